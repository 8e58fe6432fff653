//! Allow-Origin is written for an origin, and something later drops it from a successful answer.

use super::draft::{ALLOW_ORIGIN, Draft, Drafts};
use crate::exchange::probe::ProbeKind;
use crate::exchange::{Exchange, Kind, Lost, Observation, Unsent, Value};
use crate::finding::Severity;
use crate::policy::{Maker, RemarkKind, STAND_IN};

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    drafts.extend(
        dropped(observed)
            .or_else(|| never_sent(observed))
            .or_else(|| never_equal(observed))
            .or_else(|| turned_round(observed)),
    );
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
    let severity = if lost.perhaps_meant { Severity::Info } else { severity(exchange) };
    let draft = Draft::new(severity, lost.by, message(observed, &meant)).saying("drops it");
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

/// Origin is compared with something that no browser sends, such as one with a slash at its end, and what is meant by
/// that is refused.
fn never_equal(observed: &Observation<'_>) -> Option<Draft> {
    let refused = observed.of_kind(Kind::Success).filter(|exchange| {
        observed.is_trusted(exchange) && exchange.has_certain_headers() && exchange.allow_origin() == Value::Absent
    });
    let (exchange, text) = refused.into_iter().find_map(|exchange| {
        let from = exchange.from()?;
        let misspelt = observed.probes.misspelt.iter().find(|(meant, _)| meant.to_string() == from)?;
        Some((exchange, &misspelt.1))
    })?;
    let unsent = exchange.response.unsent.iter().find(|unsent| unsent.name.eq_ignore_ascii_case(ALLOW_ORIGIN))?;
    let message = format!(
        "Allow-Origin is lost on the way: Origin is compared with `{text}`, which no browser sends, so {} is refused by \
         `{}`.",
        origin(exchange),
        observed.endpoint_name()
    );
    Some(Draft::new(severity(exchange), unsent.written.directive, message).proof(exchange))
}

/// The place in a list is taken for whether something is in it: the first is refused, and strangers are not.
fn turned_round(observed: &Observation<'_>) -> Option<Draft> {
    let remark = observed.policy.remarks.iter().find(|remark| remark.kind == RemarkKind::TurnedRound)?;
    let exchanges = || observed.of_kind(Kind::Success).filter(|exchange| exchange.has_certain_headers());
    let stranger = exchanges().find(|exchange| exchange.origin.kind == ProbeKind::Stranger && exchange.is_allowed())?;
    let refused =
        exchanges().find(|exchange| observed.is_trusted(exchange) && exchange.allow_origin() == Value::Absent)?;
    let message = format!(
        "Allow-Origin is lost on the way: {}, so that `{}` refuses {} and lets strangers in.",
        remark.message,
        observed.endpoint_name(),
        origin(refused)
    );
    Some(Draft::new(Severity::Error, remark.location, message).proof(refused).proof(stranger))
}

/// Successful answers to origins that are meant, without Allow-Origin.
fn unanswered<'o, 'p>(observed: &'o Observation<'p>) -> impl Iterator<Item = &'o Exchange<'p>> {
    observed.of_kind(Kind::Success).filter(|exchange| {
        matches!(exchange.origin.kind, ProbeKind::Trusted | ProbeKind::Stranger)
            && exchange.from() != Some(STAND_IN)
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
