//! Allow-Credentials `true` without Allow-Origin: by itself it allows nobody anything.

use super::draft::{ALLOW_CREDENTIALS, Draft, Drafts};
use super::lost_allow_origin;
use crate::exchange::{Exchange, Kind, Observation, Value};
use crate::finding::Severity;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    let has_none = |exchange: &Exchange<'_>| exchange.has_certain_headers() && exchange.allow_origin() == Value::Absent;
    // Where anybody is let in, this one is refused rather than forgotten.
    let path = |exchange: &Exchange<'_>| exchange.request.path.clone();
    let success = || observed.of_kind(Kind::Success);
    let forgotten = |exchange: &&Exchange<'_>| success().filter(|other| path(other) == path(exchange)).all(has_none);
    let bare = success()
        .filter(|exchange| observed.is_trusted(exchange) && exchange.response.is_ok() && exchange.with_credentials())
        .find(forgotten);
    let Some(exchange) = bare else { return };
    let mut lost = Drafts::new();
    lost_allow_origin::check(observed, &mut lost);
    let Some(written) = exchange.response.writer(ALLOW_CREDENTIALS).and_then(|line| line.written) else { return };
    if !lost.is_empty() {
        return;
    }
    let message = format!(
        "Allow-Credentials comes without Allow-Origin for `{}`: by itself it allows nothing.",
        exchange.from().unwrap_or_default()
    );
    drafts.push(Draft::new(Severity::Info, written.directive, message).saying("alone").proof(exchange));
}
