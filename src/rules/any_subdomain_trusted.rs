//! Any name below a trusted domain is let in with credentials: one that is taken over, or runs others' code, is enough.

use super::draft::{Draft, Drafts};
use super::origins;
use crate::exchange::Observation;
use crate::exchange::origin::Origin;
use crate::exchange::probe::{ANY_NAME, ProbeKind, ProbeOrigin};
use crate::finding::Severity;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    let neighbour = |origin: &ProbeOrigin| matches!(origin.kind, ProbeKind::Neighbour { .. });
    if origins::echoes_strangers(observed) || origins::echo(observed, neighbour).is_some() {
        return;
    }
    let Some(exchange) = origins::echo_with_credentials(observed, is_any_name) else { return };
    let Some(accepted) = exchange.from() else { return };
    let message = format!("`{accepted}` is let in with credentials, and so is any name like it.");
    let Some(draft) = origins::draft(exchange, message, "any subdomain gets in") else { return };
    let culprit = origins::matching_patterns(observed, accepted).next().map(|(_, location)| location);
    drafts.push(Draft { severity: Severity::Info, ..draft.label(culprit, "this lets it in") });
}

/// Whether an origin is made up below one that is trusted; siblings come of tricks with dots, too.
fn is_any_name(origin: &ProbeOrigin) -> bool {
    let is_below = matches!(origin.kind, ProbeKind::Subdomain { .. } | ProbeKind::Sibling { .. });
    let parsed = Origin::parse(origin.value.as_deref().unwrap_or_default());
    is_below && parsed.is_ok_and(|origin| origin.host.split('.').next() == Some(ANY_NAME))
}
