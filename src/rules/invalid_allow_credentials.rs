//! Allow-Credentials is neither `true` nor `false`.

use super::draft::{ALLOW_CREDENTIALS, Draft, Drafts};
use crate::exchange::{Observation, Value};
use crate::finding::Severity;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    let odd = observed.exchanges.iter().find_map(|exchange| match exchange.response.joined(ALLOW_CREDENTIALS) {
        Value::Text(value) if value != "true" && value != "false" => Some((exchange, value)),
        _ => None,
    });
    let Some((exchange, value)) = odd else { return };
    let writers: Vec<_> = exchange.response.lines(ALLOW_CREDENTIALS).filter_map(|line| line.written).collect();
    let Some((first, others)) = writers.split_first() else { return };
    let message = format!(
        "Browsers take `Access-Control-Allow-Credentials: {value}` for no: only `true` in lower case, once, counts."
    );
    let mut draft = Draft::new(Severity::Warning, first.value, message).saying("not `true`");
    if !others.is_empty() {
        draft = draft.saying("sent here");
    }
    for other in others {
        draft = draft.label(Some(other.value), "and here");
    }
    drafts.push(draft.proof(exchange));
}
