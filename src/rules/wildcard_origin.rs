//! Everybody may read what an application answers.

use super::draft::{Draft, Drafts};
use crate::exchange::{Exchange, Kind, Observation};
use crate::finding::Severity;
use crate::policy::Maker;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    let is_open = |exchange: &&Exchange<'_>| {
        let response = &exchange.response;
        exchange.from().is_some()
            && exchange.allows("*")
            && !exchange.with_credentials()
            && response.is_ok()
            && response.maker == Maker::Application
    };
    let Some(exchange) = observed.of_kind(Kind::Success).find(is_open) else { return };
    let Some(primary) = exchange.response.allow_origin_value() else { return };
    let message = format!("Any website may read what the application answers at `{}`.", observed.endpoint_name());
    drafts.push(Draft::new(Severity::Info, primary, message).saying("every origin").proof(exchange));
}
