//! Strangers are refused with a server error: it fills logs and alarms, and looks like an outage to whoever calls.

use super::draft::{Draft, Drafts};
use crate::exchange::probe::ProbeKind;
use crate::exchange::{Exchange, Kind, Observation, StepKind};
use crate::finding::Severity;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    let fails = |exchange: &&Exchange<'_>| {
        exchange.origin.kind == ProbeKind::Stranger && exchange.response.status >= 500 && exchange.is_certain()
    };
    let is_let_in =
        |exchange: &&Exchange<'_>| observed.is_trusted(exchange) && exchange.is_allowed() && exchange.response.is_ok();
    let pair = observed.of_kind(Kind::Success).filter(fails).find_map(|stranger| {
        let same_path = |other: &&Exchange<'_>| other.request.path == stranger.request.path;
        Some((stranger, observed.of_kind(Kind::Success).filter(same_path).find(is_let_in)?))
    });
    let Some((stranger, trusted)) = pair else { return };
    let Some(primary) = trusted.response.allow_origin_value() else { return };
    let by = stranger.response.last_step(|kind| kind == StepKind::Responded);
    let message = format!(
        "An origin that is not let in gets a {}, as if the server had failed, instead of an answer without Allow-Origin.",
        stranger.response.status
    );
    let draft = Draft::new(Severity::Info, primary, message).saying("not for strangers").label(by, "answers them");
    drafts.push(draft.proof(stranger).proof(trusted));
}
