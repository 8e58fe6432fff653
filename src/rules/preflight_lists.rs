//! The preflight passes the origin but lists no methods, or no headers.

use super::draft::{ALLOW_HEADERS, ALLOW_METHODS, Draft, Drafts};
use crate::exchange::{Exchange, Kind, Observation, Value};
use crate::finding::Severity;
use crate::policy::Maker;

pub(super) fn check_methods(observed: &Observation<'_>, drafts: &mut Drafts) {
    check(observed, drafts, ALLOW_METHODS, "lists no methods: PUT, PATCH and DELETE are refused");
}

pub(super) fn check_headers(observed: &Observation<'_>, drafts: &mut Drafts) {
    check(observed, drafts, ALLOW_HEADERS, "lists no headers: Authorization and a JSON Content-Type are refused");
}

fn check(observed: &Observation<'_>, drafts: &mut Drafts, name: &str, fault: &str) {
    let by_application = |exchange: &&Exchange<'_>| exchange.response.maker == Maker::Application;
    let readable = observed.of_kind(Kind::Success).filter(by_application).filter(|exchange| exchange.is_allowed());
    let lacking = readable.into_iter().find_map(|success| {
        let preflight = observed.same_origin(success, Kind::Preflight)?;
        let lacks =
            preflight.response.joined(name) == Value::Absent || preflight.response.joined(name).text() == Some("");
        (preflight.is_allowed() && preflight.is_certain() && lacks).then_some(preflight)
    });
    let Some(preflight) = lacking else { return };
    let Some(primary) = preflight.response.allow_origin_directive() else { return };
    let message = format!("The preflight of `{}` {fault}.", observed.endpoint_name());
    let draft = Draft::new(Severity::Warning, primary, message).saying("sent with the preflight's answer");
    drafts.push(draft.proof(preflight));
}
