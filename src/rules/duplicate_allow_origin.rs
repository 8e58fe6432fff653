//! Two Allow-Origin lines in one answer: browsers join them and refuse the result.

use super::draft::{ALLOW_ORIGIN, Draft, Drafts};
use crate::exchange::Observation;
use crate::finding::Severity;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    let mut doubled = observed.exchanges.iter().filter(|exchange| exchange.response.lines(ALLOW_ORIGIN).count() > 1);
    let Some(exchange) = doubled.find(|exchange| exchange.from().is_some()).or_else(|| doubled.next()) else { return };
    let writers: Vec<_> = exchange.response.lines(ALLOW_ORIGIN).filter_map(|line| line.written).collect();
    let Some((last, others)) = writers.split_last() else { return };
    let message = "Allow-Origin is sent twice; browsers join the two values and accept neither.";
    let mut draft = Draft::new(Severity::Error, last.directive, message.to_owned()).saying("sent as well");
    for other in others {
        draft = draft.label(Some(other.directive), "sent already");
    }
    drafts.push(draft.proof(exchange));
}
