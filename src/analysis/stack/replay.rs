//! Whether what is wrong with an application arrives at a browser that asks the servers before it.

use std::sync::Arc;

use super::super::Unit;
use super::{hands_on, paths};
use crate::exchange::{Entry, Outcome, Request, Response, World, evaluate};
use crate::finding::{AnswerGiven, Finding, ReceivedResponse};
use crate::policy::{Answer, EndpointId, Policy, Upstream, UpstreamId};

/// A place of a server that forwards to the application.
struct Front<'u> {
    policy: &'u Policy,
    endpoint: EndpointId,
    upstream: &'u Upstream,
}

/// Whether a finding about the application `unit` does not hold for whoever asks the servers of the tree that forward to
/// it: each that can be asked for what proves it answers something else. False where there is none.
#[must_use]
pub fn is_mended(unit: &Unit, units: &[Unit], finding: &Finding) -> bool {
    if finding.evidence.is_empty() || !finding.assumptions.is_empty() {
        return false;
    }
    let mut answers = fronts(unit, units).filter_map(|front| front.repeats(finding)).peekable();
    answers.peek().is_some() && !answers.any(|repeats| repeats)
}

fn fronts<'u>(unit: &'u Unit, units: &'u [Unit]) -> impl Iterator<Item = Front<'u>> {
    let application = unit.policy();
    let policies = units.iter().map(Unit::policy);
    policies.flat_map(move |policy| {
        let upstreams = (0u32..).map(UpstreamId).zip(&policy.upstreams);
        let leads_here = move |(_, upstream): &(UpstreamId, &Upstream)| {
            upstream.backend.as_ref().is_some_and(|backend| std::ptr::eq(Arc::as_ptr(&backend.policy), application))
        };
        upstreams.filter(leads_here).flat_map(move |(id, upstream)| {
            let before = policy.endpoint_ids().filter(move |endpoint| hands_on(policy, *endpoint, id));
            before.map(move |endpoint| Front { policy, endpoint, upstream })
        })
    })
}

impl Front<'_> {
    /// Whether all this is answered as it is without it; `None` where it cannot be asked for that.
    fn repeats(&self, finding: &Finding) -> Option<bool> {
        let endpoint = self.policy.endpoint(self.endpoint);
        for proof in &finding.evidence {
            let mut request = Request::new(&proof.request.method, &proof.request.path);
            let path = paths::before(&request.path, &self.upstream.path, &endpoint.path, paths::rewrites(endpoint))?;
            if self.policy.route(endpoint.site, &path) != Some(self.endpoint) {
                return None;
            }
            request.path = path;
            request.headers.extend(proof.request.headers.iter().cloned());
            request.host = self.policy.site(endpoint.site).sample_host(self.policy);
            request.login = proof.response.status != 401 && proof.request.method != "OPTIONS";
            let answer = match proof.answer {
                AnswerGiven::Status(status) | AnswerGiven::File(status) => Answer::Status(status),
                AnswerGiven::Missing => Answer::Missing,
                AnswerGiven::Unreachable(status) => Answer::Unreachable(status),
            };
            let outcome = evaluate(self.policy, Entry::Site(endpoint.site), &request, answer, &mut World::default());
            let response = match outcome {
                Outcome::Answered(response) => response,
                // It may well arrive there.
                Outcome::Undetermined(_) => return Some(true),
                Outcome::NoEndpoint | Outcome::NoAnswer => return None,
            };
            if !is_same(finding.rule, &response, &proof.response) {
                return Some(false);
            }
        }
        Some(true)
    }
}

/// Whether both have the fault that `rule` tells of: they are alike in the headers that it is about.
fn is_same(rule: &str, response: &Response, proof: &ReceivedResponse) -> bool {
    let varies = |lines: &[(String, String)]| {
        let named = lines.iter().filter(|(name, _)| name == "vary").flat_map(|(_, value)| value.split(','));
        named.map(str::trim).any(|token| token == "*" || token.eq_ignore_ascii_case("origin"))
    };
    let told = |lines: &[(String, Option<String>)]| {
        let value = |value: &Option<String>| value.clone().unwrap_or_default();
        let mut lines: Vec<_> = lines.iter().map(|(name, v)| (name.to_ascii_lowercase(), value(v))).collect();
        let varies = rule == "missing-vary" && varies(&lines);
        lines.retain(|(name, _)| name.strip_prefix("access-control-").is_some_and(|name| is_about(rule, name)));
        lines.sort();
        (lines, varies)
    };
    response.status == proof.status && told(&response.received()) == told(&proof.headers)
}

/// Whether a rule tells of what stands in a header, by what its name has behind `access-control-`. A header that another
/// rule is about may be added or dropped on the way, and the fault arrives all the same.
fn is_about(rule: &str, header: &str) -> bool {
    match header {
        "allow-methods" => {
            ["preflight-without-methods", "invalid-method", "wildcard-list-with-credentials"].contains(&rule)
        }
        "allow-headers" => [
            "preflight-without-headers",
            "wildcard-omits-authorization",
            "invalid-header-name",
            "wildcard-list-with-credentials",
        ]
        .contains(&rule),
        "expose-headers" => {
            ["exposed-sensitive-header", "invalid-header-name", "wildcard-list-with-credentials"].contains(&rule)
        }
        "max-age" => rule.ends_with("max-age"),
        _ => true,
    }
}
