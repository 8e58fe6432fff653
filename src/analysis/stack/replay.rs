//! Whether what is wrong with an application arrives at a browser that asks the servers before it.

use std::sync::Arc;

use super::super::Unit;
use super::{hands_on, paths};
use crate::exchange::{Entry, Outcome, Request, Response, World, evaluate};
use crate::finding::{AnswerGiven, Evidence, Finding, ReceivedResponse};
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
    let mut answers = fronts(unit, units).filter_map(|front| front.repeats(&finding.evidence)).peekable();
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
    fn repeats(&self, evidence: &[Evidence]) -> Option<bool> {
        let endpoint = self.policy.endpoint(self.endpoint);
        for proof in evidence {
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
            let Outcome::Answered(response) = outcome else { return None };
            if !is_same(&response, &proof.response) {
                return Some(false);
            }
        }
        Some(true)
    }
}

/// Whether a browser and a cache make the same of both.
fn is_same(response: &Response, proof: &ReceivedResponse) -> bool {
    let matters = |name: &str| name == "vary" || name.starts_with("access-control-");
    let told = |lines: &[(String, Option<String>)]| {
        let lines = lines.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
        let mut lines: Vec<_> = lines.filter(|(name, _)| matters(name)).collect();
        lines.sort();
        lines
    };
    response.status == proof.status && told(&response.received()) == told(&proof.headers)
}
