//! The check of Origin lets in an origin that an attacker can own and that only looks like a trusted one.

use super::draft::Drafts;
use super::origins;
use crate::exchange::Observation;
use crate::exchange::probe::{ProbeKind, flaw};
use crate::parse::pattern;
use crate::policy::Pattern;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    if origins::echoes_strangers(observed) {
        return;
    }
    let attacker = |kind: &ProbeKind| matches!(kind, ProbeKind::Attacker { .. });
    let Some(exchange) = origins::echo(observed, |origin| attacker(&origin.kind)) else { return };
    let (ProbeKind::Attacker { of, how }, Some(accepted)) = (&exchange.origin.kind, exchange.from()) else { return };
    // A pattern that matches everybody is not what was meant to check anything.
    let stranger = |pattern: &Pattern| {
        let mut strangers = observed.probes.origins.iter().filter(|origin| origin.kind == ProbeKind::Stranger);
        strangers.any(|origin| pattern.is_match(origin.value.as_deref().unwrap_or_default()).unwrap_or(true))
    };
    let culprit = origins::matching_patterns(observed, accepted).find(|(pattern, _)| !stranger(pattern));
    let why = culprit
        .and_then(|(compiled, _)| pattern::parse(&compiled.source).ok())
        .map_or_else(|| format!("the check {how}"), |tree| flaw(&tree, accepted, of).to_string());
    let message = format!("`{accepted}` is taken for `{of}`: {why}.");
    let Some(draft) = origins::draft(exchange, message, "an origin that anyone can own gets in") else { return };
    drafts.push(draft.label(culprit.map(|(_, location)| location), "this lets it in"));
}
