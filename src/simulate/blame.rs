//! What in a configuration makes that a browser decides as it does.

use std::collections::BTreeSet;

use super::fetch::Fetched;
use crate::analysis::{Analysis, Unit};
use crate::exchange::browser::Reason;
use crate::exchange::{Response, StepKind};
use crate::finding::Label;
use crate::policy::{Policy, RemarkKind};
use crate::source::Location;

const ALLOW_ORIGIN: &str = "Access-Control-Allow-Origin";

/// What decides about a fetch that comes to a response: what wrote or dropped the decisive header, else what answered,
/// else the endpoint.
pub(super) fn decider(policy: &Policy, fetched: &Fetched) -> Option<Label> {
    let (sent, _) = fetched.last()?;
    let response = sent.response()?;
    let header = sent.verdict.as_ref().and_then(|verdict| match &verdict.reason {
        Some(Reason::MissingAllowOrigin) => lacking(response, fetched.success.as_deref()),
        Some(reason) => refuser(response, reason),
        None if verdict.unknown => written(response, ALLOW_ORIGIN, "what this sends is not known"),
        None => written(response, ALLOW_ORIGIN, "allowed here"),
    });
    let whole = || {
        let location = policy.endpoint(response.endpoint?).location;
        Some(Label { location, text: "answered here".to_owned() })
    };
    header.or_else(|| answerer(response)).or_else(whole)
}

/// Why there is no Allow-Origin: something drops it, or what writes it has nothing to write, or does so in success only.
fn lacking(response: &Response, success: Option<&Response>) -> Option<Label> {
    let is_it = |name: &str| name.eq_ignore_ascii_case(ALLOW_ORIGIN);
    let label = |location, text: &str| Some(Label { location, text: text.to_owned() });
    if let Some(lost) = response.lost.iter().find(|lost| is_it(&lost.line.name)) {
        return label(lost.by, "dropped here");
    }
    if let Some(unsent) = response.unsent.iter().find(|unsent| is_it(&unsent.name)) {
        return label(unsent.written.directive, "nothing is sent for this origin");
    }
    written(success?, ALLOW_ORIGIN, &format!("not sent with a {}", response.status))
}

/// What makes a browser refuse.
fn refuser(response: &Response, reason: &Reason) -> Option<Label> {
    match reason {
        Reason::CredentialsNotTrue(_) => written(response, "Access-Control-Allow-Credentials", "not `true`")
            .or_else(|| written(response, ALLOW_ORIGIN, "without Access-Control-Allow-Credentials")),
        Reason::MethodNotAllowed(_) | Reason::UnreadableMethods => {
            written(response, "Access-Control-Allow-Methods", "does not list the method")
        }
        Reason::HeaderNotAllowed(_) | Reason::UnreadableHeaders => {
            written(response, "Access-Control-Allow-Headers", "does not list the header")
        }
        Reason::MissingAllowOrigin | Reason::PreflightStatus(_) | Reason::PreflightRedirect | Reason::NoAnswer => None,
        Reason::MultipleAllowOrigin(_)
        | Reason::InvalidAllowOrigin(_)
        | Reason::OriginMismatch(_)
        | Reason::WildcardWithCredentials => written(response, ALLOW_ORIGIN, "another value is sent"),
    }
}

/// What wrote a header.
fn written(response: &Response, name: &str, text: &str) -> Option<Label> {
    let written = response.lines(name).find_map(|line| line.written)?;
    Some(Label { location: written.directive, text: text.to_owned() })
}

/// What answered in the end.
fn answerer(response: &Response) -> Option<Label> {
    let answers = |kind| !matches!(kind, StepKind::Activated(_) | StepKind::Rerouted);
    let step = response.trail.iter().rev().find(|step| answers(step.kind))?;
    let text = if step.kind == StepKind::Refused { "refused here" } else { "answered here" };
    Some(Label { location: step.location, text: text.to_owned() })
}

/// What keeps a server from starting.
pub(super) fn obstacle(analysis: &Analysis, unit: &Unit) -> Option<Label> {
    let remark = unit.policy().remarks.iter().find(|remark| remark.kind == RemarkKind::WillNotStart);
    let error = || {
        unit.needed.iter().find_map(|id| {
            let error = analysis.trees.get(id)?.errors.first()?;
            Some(Location { source: *id, span: error.span })
        })
    };
    let location = remark.map(|remark| remark.location).or_else(error)?;
    Some(Label { location, text: "because of this".to_owned() })
}

/// What to do where a site of that name listens, but not at that port.
pub(super) fn other_ports(unit: &Unit, host: &str, port: u16) -> Option<String> {
    let policy = unit.policy();
    let named = policy.sites.iter().filter(|site| site.is_named(policy, host));
    let ports: BTreeSet<u16> = named.flat_map(|site| &site.listeners).map(|listener| listener.port).collect();
    if ports.is_empty() || ports.contains(&port) {
        return None;
    }
    let ports = ports.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
    Some(format!("The URL means port {port}, but `{host}` listens at {ports}: write that port, or `http://` for 80."))
}
