//! Any name below a public suffix is let in: everybody can have one.

use super::draft::Drafts;
use super::origins;
use crate::exchange::Observation;
use crate::exchange::probe::ProbeKind;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    if origins::echoes_strangers(observed) {
        return;
    }
    let neighbour = |kind: &ProbeKind| matches!(kind, ProbeKind::Neighbour { .. });
    let Some(exchange) = origins::echo(observed, |origin| neighbour(&origin.kind)) else { return };
    let Some(accepted) = exchange.from() else { return };
    let culprit = origins::matching_patterns(observed, accepted).next().map(|(_, location)| location);
    let message = format!("`{accepted}` is let in, and anyone can register a name there.");
    let Some(draft) = origins::draft(exchange, message, "a name that anyone can have gets in") else { return };
    drafts.push(draft.label(culprit, "this lets it in"));
}
