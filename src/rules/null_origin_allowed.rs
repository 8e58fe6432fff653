//! Allow-Origin `null` can be sent: any page can make itself that origin with a sandboxed frame.

use super::draft::{Draft, Drafts};
use super::origins;
use crate::exchange::Observation;
use crate::exchange::probe::ProbeKind;
use crate::finding::Severity;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    if origins::echoes_strangers(observed) {
        return;
    }
    let null = || observed.exchanges.iter().filter(|exchange| exchange.allows("null"));
    let by_null = |exchange: &&_| -> bool { crate::exchange::Exchange::from(exchange) == Some("null") };
    let strongest = null()
        .filter(by_null)
        .find(|exchange| exchange.with_credentials() && !exchange.is_preflight())
        .or_else(|| null().find(by_null))
        .or_else(|| null().next());
    let Some(exchange) = strongest else { return };
    let let_in = observed.exchanges.iter().any(|exchange| !exchange.is_preflight() && exchange.allows("null"));
    // Where preflights of anybody pass, `null` is nobody in particular.
    let stranger = |exchange: &&crate::exchange::Exchange<'_>| exchange.origin.kind == ProbeKind::Stranger;
    if !let_in && observed.exchanges.iter().filter(stranger).any(crate::exchange::Exchange::is_allowed) {
        return;
    }
    let message = if let_in {
        "`null` is no nobody: any website can send it from a sandboxed frame, and is then let in."
    } else {
        "`null` is no nobody: preflights of any website's sandboxed frames pass, although no answer is for them."
    };
    let draft = origins::draft(exchange, message.to_owned(), "lets in the origin `null`");
    drafts.extend(draft.map(|draft| if let_in { draft } else { Draft { severity: Severity::Info, ..draft } }));
}
