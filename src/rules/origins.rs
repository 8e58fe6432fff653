//! Which probe origins an endpoint lets in; the rules on origins share it.

use super::draft::{ALLOW_CREDENTIALS, ALLOW_ORIGIN, Draft, by_credentials};
use crate::exchange::probe::{ProbeKind, ProbeOrigin};
use crate::exchange::{Exchange, Observation};
use crate::source::Location;

/// The exchange in which the origin of an actual request comes back as Allow-Origin, of those whose origin is `wanted`;
/// one with credentials if there is one.
pub(super) fn echo<'o, 'p>(
    observed: &'o Observation<'p>,
    wanted: impl Fn(&ProbeOrigin) -> bool,
) -> Option<&'o Exchange<'p>> {
    let echoes = || {
        observed.exchanges.iter().filter(|exchange| {
            !exchange.is_preflight()
                && wanted(exchange.origin)
                && exchange.from().is_some_and(|origin| exchange.allows(origin))
        })
    };
    echoes().find(|exchange| exchange.with_credentials()).or_else(|| echoes().next())
}

/// The exchange in which the origin of an actual request comes back as Allow-Origin with credentials.
pub(super) fn echo_with_credentials<'o, 'p>(
    observed: &'o Observation<'p>,
    wanted: impl Fn(&ProbeOrigin) -> bool,
) -> Option<&'o Exchange<'p>> {
    echo(observed, wanted).filter(|exchange| exchange.with_credentials())
}

/// Whether everybody's Origin is sent back, which says all that there is to say about single origins.
pub(super) fn echoes_strangers(observed: &Observation<'_>) -> bool {
    echo(observed, |origin| origin.kind == ProbeKind::Stranger).is_some()
}

/// A finding about the value of Allow-Origin: an error with credentials, else a warning.
pub(super) fn draft(exchange: &Exchange<'_>, message: String, said: &str) -> Option<Draft> {
    let line = exchange.response.writer(ALLOW_ORIGIN)?;
    let credentials = exchange.with_credentials();
    let by = exchange.response.writer(ALLOW_CREDENTIALS).and_then(|line| line.written).map(|written| written.directive);
    let mut draft = Draft::new(by_credentials(credentials), line.written?.value, message)
        .saying(said)
        .label(by.filter(|_| credentials), "with credentials");
    for via in line.via.iter().rev() {
        draft = draft.label(Some(*via), "the value comes from here");
    }
    Some(draft.proof(exchange))
}

/// The patterns on the endpoint's way that match this origin, with the place where each is written.
pub(super) fn matching_patterns<'o>(
    observed: &'o Observation<'_>,
    origin: &'o str,
) -> impl Iterator<Item = (&'o crate::policy::Pattern, Location)> {
    let policy = observed.policy;
    observed.probes.patterns.iter().filter_map(move |id| {
        let pattern = policy.pattern(*id);
        let matches = pattern.is_match(origin).unwrap_or(false);
        matches.then(|| (pattern, policy.unknown(pattern.unknown).location))
    })
}
