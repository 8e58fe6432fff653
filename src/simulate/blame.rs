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

/// How many of the places that gave a value are told; the last ones matter.
const MOST_VALUES: usize = 2;

/// What decides about a fetch that comes to a response: what wrote or dropped the decisive header, else what answered,
/// else the endpoint. The place to look at first comes first.
pub(super) fn deciders(policy: &Policy, fetched: &Fetched) -> Vec<Label> {
    let Some((sent, _)) = fetched.last() else { return Vec::new() };
    let Some(response) = sent.response() else { return Vec::new() };
    let deciding = match sent.verdict.as_ref().map(|verdict| (verdict.reason.as_ref(), verdict.unknown)) {
        Some((Some(Reason::MissingAllowOrigin), _)) => lacking(response, fetched.success.as_deref()),
        Some((Some(reason), _)) => refusers(response, reason),
        Some((None, true)) => written(response, ALLOW_ORIGIN, "what this sends is not known"),
        Some((None, false)) => written(response, ALLOW_ORIGIN, "allowed here"),
        None => Vec::new(),
    };
    if !deciding.is_empty() {
        return deciding;
    }
    let whole = || Some(label(policy.endpoint(response.endpoint?).location, "answered here"));
    answerer(response).or_else(whole).into_iter().collect()
}

/// Why there is no Allow-Origin: something drops it, or what writes it has nothing to write, or does so in success only.
fn lacking(response: &Response, success: Option<&Response>) -> Vec<Label> {
    let is_it = |name: &str| name.eq_ignore_ascii_case(ALLOW_ORIGIN);
    if let Some(lost) = response.lost.iter().find(|lost| is_it(&lost.line.name)) {
        return vec![label(lost.by, "dropped here")];
    }
    if let Some(unsent) = response.unsent.iter().find(|unsent| is_it(&unsent.name)) {
        return vec![label(unsent.written.directive, "nothing is sent for this origin")];
    }
    let text = format!("not sent with a {}", response.status);
    success.map(|success| written(success, ALLOW_ORIGIN, &text)).unwrap_or_default()
}

/// What makes a browser refuse.
fn refusers(response: &Response, reason: &Reason) -> Vec<Label> {
    match reason {
        Reason::CredentialsNotTrue(_) => {
            let not_true = written(response, "Access-Control-Allow-Credentials", "not `true`");
            let without = || written(response, ALLOW_ORIGIN, "without Access-Control-Allow-Credentials");
            if not_true.is_empty() { without() } else { not_true }
        }
        Reason::MethodNotAllowed(_) | Reason::UnreadableMethods => {
            written(response, "Access-Control-Allow-Methods", "does not list the method")
        }
        Reason::HeaderNotAllowed(_) | Reason::UnreadableHeaders => {
            written(response, "Access-Control-Allow-Headers", "does not list the header")
        }
        Reason::MultipleAllowOrigin(_) if response.lines(ALLOW_ORIGIN).count() > 1 => {
            let lines = response.lines(ALLOW_ORIGIN).filter_map(|line| line.written);
            lines.map(|written| label(written.directive, "sent here")).collect()
        }
        Reason::MultipleAllowOrigin(_) => written(response, ALLOW_ORIGIN, "more than one value is sent"),
        Reason::InvalidAllowOrigin(_) => written(response, ALLOW_ORIGIN, "what is sent is no origin"),
        Reason::OriginMismatch(_) => written(response, ALLOW_ORIGIN, "another origin is sent"),
        Reason::WildcardWithCredentials => written(response, ALLOW_ORIGIN, "`*` is not for requests with credentials"),
        Reason::MissingAllowOrigin | Reason::PreflightStatus(_) | Reason::PreflightRedirect | Reason::NoAnswer => {
            Vec::new()
        }
    }
}

/// What wrote a header, and what gave it its value, if that is elsewhere.
fn written(response: &Response, name: &str, text: &str) -> Vec<Label> {
    let Some((line, directive)) = response.lines(name).find_map(|line| Some((line, line.written?.directive))) else {
        return Vec::new();
    };
    let elsewhere = |via: &&Location| !contains(directive, **via);
    let values = line.via.iter().rev().filter(elsewhere).take(MOST_VALUES);
    std::iter::once(label(directive, text)).chain(values.map(|via| label(*via, "the value comes from here"))).collect()
}

fn contains(whole: Location, part: Location) -> bool {
    whole.source == part.source && whole.span.start <= part.span.start && part.span.end <= whole.span.end
}

fn label(location: Location, text: &str) -> Label {
    Label { location, text: text.to_owned() }
}

/// What answered in the end.
fn answerer(response: &Response) -> Option<Label> {
    let answers = |kind| !matches!(kind, StepKind::Activated(_) | StepKind::Rerouted);
    let step = response.trail.iter().rev().find(|step| answers(step.kind))?;
    let text = if step.kind == StepKind::Refused { "refused here" } else { "answered here" };
    Some(label(step.location, text))
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
    Some(label(location, "because of this"))
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
