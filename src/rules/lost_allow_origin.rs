//! Allow-Origin is written for an origin, and something later drops it from a successful answer.

use super::draft::{ALLOW_ORIGIN, Draft, Drafts};
use crate::exchange::probe::ProbeKind;
use crate::exchange::{Exchange, Kind, Lost, Observation, Unsent, Value};
use crate::finding::Severity;
use crate::policy::Maker;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    drafts.extend(dropped(observed).or_else(|| never_sent(observed)));
}

/// A line for the origin was written, and another construct dropped it.
fn dropped(observed: &Observation<'_>) -> Option<Draft> {
    let writes_its_own = |exchange: &Exchange<'_>| {
        exchange.response.unsent.iter().any(|unsent| unsent.name.eq_ignore_ascii_case(ALLOW_ORIGIN))
    };
    // A block with an Allow-Origin of its own that is empty for this origin decides; it does not lose.
    let (exchange, lost) = unanswered(observed).filter(|exchange| !writes_its_own(exchange)).find_map(|exchange| {
        let from = exchange.from()?;
        let meant = |value: &str| value == "*" || value == from;
        let is_it = |lost: &&Lost| {
            lost.line.name.eq_ignore_ascii_case(ALLOW_ORIGIN) && lost.line.value.text().is_some_and(meant)
        };
        Some((exchange, exchange.response.lost.iter().find(is_it)?))
    })?;
    let written = lost.line.written.map(|written| written.directive);
    let everybody = lost.line.value.text() == Some("*");
    let meant = if everybody { "every origin".to_owned() } else { origin(exchange) };
    let draft = Draft::new(severity(exchange), lost.by, message(observed, &meant)).saying("drops it");
    Some(draft.label(written, "Allow-Origin is written here").proof(exchange))
}

/// Allow-Origin stands there for origins that are written out, but is empty for every one of them.
fn never_sent(observed: &Observation<'_>) -> Option<Draft> {
    let mut answers = observed.of_kind(Kind::Success);
    if answers.any(|exchange| !exchange.has_certain_headers() || exchange.allow_origin() != Value::Absent) {
        return None;
    }
    let trusted = || unanswered(observed).filter(|exchange| observed.is_trusted(exchange));
    let is_it = |unsent: &&Unsent| unsent.name.eq_ignore_ascii_case(ALLOW_ORIGIN);
    let (exchange, unsent) =
        trusted().find_map(|exchange| Some((exchange, exchange.response.unsent.iter().find(is_it)?)))?;
    let draft = Draft::new(severity(exchange), unsent.written.directive, message(observed, &origin(exchange)));
    Some(draft.saying("empty for every origin that it is meant for").proof(exchange))
}

/// Successful answers to origins that are meant, without Allow-Origin.
fn unanswered<'o, 'p>(observed: &'o Observation<'p>) -> impl Iterator<Item = &'o Exchange<'p>> {
    observed.of_kind(Kind::Success).filter(|exchange| {
        matches!(exchange.origin.kind, ProbeKind::Trusted | ProbeKind::Stranger)
            && exchange.response.is_ok()
            && exchange.has_certain_headers()
            && exchange.allow_origin() == Value::Absent
    })
}

fn severity(exchange: &Exchange<'_>) -> Severity {
    if exchange.response.maker == Maker::Application { Severity::Error } else { Severity::Warning }
}

fn origin(exchange: &Exchange<'_>) -> String {
    format!("`{}`", exchange.from().unwrap_or_default())
}

fn message(observed: &Observation<'_>, meant: &str) -> String {
    let name = observed.endpoint_name();
    format!("Allow-Origin is lost on the way: it is written for {meant}, but the answer of `{name}` has none.")
}
