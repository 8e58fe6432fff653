//! An origin may read the answers, but its preflight fails.

use super::draft::{ALLOW_CREDENTIALS, ALLOW_HEADERS, ALLOW_METHODS, Draft, Drafts};
use crate::exchange::browser::{Reason, Verdict};
use crate::exchange::probe::ProbeKind;
use crate::exchange::{Exchange, Kind, Observation, StepKind, Value, preflight};
use crate::finding::Severity;
use crate::policy::Maker;
use crate::source::Location;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    let Some((actual, failed)) = failing_preflight(observed).filter(|(_, failed)| failed.response.status != 401) else {
        return;
    };
    let Some(primary) = actual.response.allow_origin_directive() else { return };
    let is_simple = observed.policy.endpoint(observed.probes.endpoint).is_simple;
    let severity = match failed.response.maker {
        // It has routes for simple methods alone; only what a page puts into its headers may need a preflight.
        _ if is_simple && !lists_more_than_simple(observed) => Severity::Info,
        // Nothing that is written asks for anything but simple requests, which need no preflight; or it answers them
        // for other paths.
        _ if !speaks_of_preflights(observed) || answers_elsewhere(observed, failed) => Severity::Info,
        // A script of the same author's may well answer OPTIONS by itself.
        Maker::Application if ran(failed) => Severity::Info,
        Maker::Server => Severity::Error,
        Maker::Application | Maker::File => Severity::Warning,
    };
    let name = observed.endpoint_name();
    let status = failed.response.status;
    let how = match failed.allow_origin() {
        Value::Absent if failed.response.is_ok() => "without Allow-Origin".to_owned(),
        _ => status.to_string(),
    };
    let path = &failed.request.path;
    let message = if failed.response.maker == Maker::Application && ran(failed) {
        format!("The preflight of `{name}` is left to the script: unless that answers OPTIONS with success, it fails.")
    } else if answers_elsewhere(observed, failed) {
        format!("A preflight of `{name}` for `{path}` is answered {how}, so every request there that needs one fails.")
    } else {
        format!("The preflight of `{name}` is answered {how}, so every request that needs one fails.")
    };
    let (by, said) = answered_by(observed, failed);
    drafts.push(
        Draft::new(severity, primary, message)
            .saying("lets pages read the answers")
            .label(by, said)
            .proof(failed)
            .proof(actual),
    );
}

/// The actual exchange of an origin that may read it, and the preflight of the same origin that fails. `None` where
/// strangers are rightly refused, and where nothing needs a preflight.
pub(super) fn failing_preflight<'o, 'p>(observed: &'o Observation<'p>) -> Option<(&'o Exchange<'p>, &'o Exchange<'p>)> {
    let asked_for = lists_more_than_simple(observed);
    let trusted_pass = observed
        .of_kind(Kind::Preflight)
        .any(|preflight| preflight.origin.kind == ProbeKind::Trusted && preflight.is_allowed());
    let readable =
        observed.of_kind(Kind::Success).filter(|exchange| exchange.is_allowed() && exchange.response.is_ok());
    readable
        .filter(|exchange| asked_for || exchange.response.maker == Maker::Application)
        .filter(|exchange| {
            !trusted_pass || observed.is_trusted(exchange) || exchange.allow_origin().text() == Some("*")
        })
        .filter_map(|exchange| Some((exchange, observed.same_origin(exchange, Kind::Preflight)?)))
        .find(|(_, preflight)| {
            let refused = |verdict: &Verdict| !verdict.allowed && !verdict.unknown && !is_about_lists(verdict);
            preflight.verdict.as_ref().is_some_and(refused) && preflight.is_certain()
        })
}

/// Whether a preflight fails for a list that cannot be read: that is a fault of the list, not of what answers.
fn is_about_lists(verdict: &Verdict) -> bool {
    matches!(verdict.reason, Some(Reason::UnreadableMethods | Reason::UnreadableHeaders))
}

/// Whether anything is written for requests that need a preflight: headers, credentials, methods beyond the simple ones,
/// or an answer to OPTIONS.
fn speaks_of_preflights(observed: &Observation<'_>) -> bool {
    let written = |name| observed.exchanges.iter().any(|exchange| exchange.response.writer(name).is_some());
    let answered = observed.of_kind(Kind::Preflight).any(|preflight| preflight.response.maker == Maker::Server);
    answered || [ALLOW_HEADERS, ALLOW_CREDENTIALS].into_iter().any(written) || lists_more_than_simple(observed)
}

/// Whether an answer offers a method or a header for which browsers send a preflight.
fn lists_more_than_simple(observed: &Observation<'_>) -> bool {
    observed.exchanges.iter().any(|exchange| {
        let methods = exchange.response.joined(ALLOW_METHODS);
        let mut listed = methods.or_empty().split(',').map(str::trim).filter(|method| !method.is_empty());
        let beyond = listed.any(|method| !preflight::is_safelisted_method(method) && method != "OPTIONS");
        beyond || !exchange.response.joined(ALLOW_HEADERS).or_empty().is_empty()
    })
}

/// Whether a script of the server's own answered.
fn ran(exchange: &Exchange<'_>) -> bool {
    matches!(exchange.response.answered_by(), Some((StepKind::Ran, _)))
}

/// Whether preflights for another path of the endpoint pass.
fn answers_elsewhere(observed: &Observation<'_>, failed: &Exchange<'_>) -> bool {
    let elsewhere = |other: &Exchange<'_>| other.is_allowed() && other.request.path != failed.request.path;
    observed.of_kind(Kind::Preflight).any(elsewhere)
}

/// What answered the preflight, and what is to be said of it.
fn answered_by(observed: &Observation<'_>, failed: &Exchange<'_>) -> (Option<Location>, &'static str) {
    let response = &failed.response;
    match response.answered_by() {
        Some((StepKind::Refused, location)) => (Some(location), "refuses the preflight"),
        Some((StepKind::Forwarded | StepKind::Ran, location)) if response.maker == Maker::Application => {
            // Where no directive of its own hands it on, the one that led there does.
            let own = observed.policy.endpoint(observed.probes.endpoint).location != location;
            let by = if own { Some(location) } else { response.last_step(|kind| kind == StepKind::Rerouted) };
            (by, "hands the preflight to the application")
        }
        Some((_, location)) => (Some(location), "answers the preflight"),
        None => (None, ""),
    }
}
