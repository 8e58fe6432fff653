//! The Origin of a stranger comes back as Allow-Origin.

use super::draft::Drafts;
use super::origins;
use crate::exchange::Observation;
use crate::exchange::probe::ProbeKind;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    let Some(exchange) = origins::echo(observed, |origin| origin.kind == ProbeKind::Stranger) else { return };
    let message = if exchange.with_credentials() {
        "Any website may read the answers as the logged-in user: every Origin is sent back as allowed, with credentials."
    } else {
        "Any website may read the answers: every Origin is sent back as allowed."
    };
    drafts.extend(origins::draft(exchange, message.to_owned(), "the Origin of the request, whatever it is"));
}
