//! The preflight passes without Max-Age: browsers keep it for five seconds
//! (<https://fetch.spec.whatwg.org/#cors-preflight-fetch>).

use super::draft::{Draft, Drafts, MAX_AGE};
use crate::exchange::{Exchange, Observation, Value};
use crate::finding::Severity;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    let lacks =
        |exchange: &&Exchange<'_>| exchange.has_certain_headers() && exchange.response.joined(MAX_AGE) == Value::Absent;
    let Some(preflight) = observed.passing_preflights().find(lacks) else { return };
    let Some(primary) = preflight.response.allow_origin_directive() else { return };
    let message = format!(
        "Nothing says how long browsers may keep the preflight of `{}`: they ask again after five seconds.",
        observed.endpoint_name()
    );
    drafts
        .push(Draft::new(Severity::Info, primary, message).saying("sent with the preflight's answer").proof(preflight));
}
