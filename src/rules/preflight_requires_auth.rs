//! A login is asked for before the preflight is answered. Preflights never carry one.

use super::draft::{Draft, Drafts};
use super::missing_options_handling::failing_preflight;
use crate::exchange::{Observation, StepKind};
use crate::finding::Severity;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    let Some((actual, failed)) = failing_preflight(observed).filter(|(_, failed)| failed.response.status == 401) else {
        return;
    };
    let Some(primary) = actual.response.allow_origin_directive() else { return };
    let name = observed.endpoint_name();
    let message = format!("The preflight of `{name}` is answered 401: browsers send preflights without any login.");
    let by = failed.response.last_step(|kind| kind == StepKind::Refused);
    drafts.push(
        Draft::new(Severity::Error, primary, message)
            .saying("lets pages read the answers")
            .label(by, "asks for a login first")
            .proof(failed)
            .proof(actual),
    );
}
