//! The preflight passes the origin but lists no methods, or no headers.

use super::draft::{ALLOW_HEADERS, ALLOW_METHODS, Draft, Drafts};
use crate::exchange::{Exchange, Observation, Value};
use crate::finding::Severity;

pub(super) fn check_methods(observed: &Observation<'_>, drafts: &mut Drafts) {
    check(observed, drafts, ALLOW_METHODS, "lists no methods: PUT, PATCH and DELETE are refused");
}

pub(super) fn check_headers(observed: &Observation<'_>, drafts: &mut Drafts) {
    check(observed, drafts, ALLOW_HEADERS, "lists no headers: Authorization and a JSON Content-Type are refused");
}

fn check(observed: &Observation<'_>, drafts: &mut Drafts, name: &str, fault: &str) {
    let lacks = |preflight: &&Exchange<'_>| {
        let list = preflight.response.joined(name);
        preflight.is_certain() && (list == Value::Absent || list.text() == Some(""))
    };
    let Some(preflight) = observed.passing_preflights().find(lacks) else { return };
    let Some(primary) = preflight.response.allow_origin_directive() else { return };
    let message = format!("The preflight of `{}` {fault}.", observed.endpoint_name());
    let draft = Draft::new(Severity::Warning, primary, message).saying("sent with the preflight's answer");
    drafts.push(draft.proof(preflight));
}
