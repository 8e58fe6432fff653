//! An origin of plain `http://` is let in with credentials: whoever sits on the network can speak in its name.

use std::net::Ipv4Addr;

use super::draft::{Draft, Drafts};
use super::origins;
use crate::exchange::Observation;
use crate::exchange::origin::Origin;
use crate::exchange::probe::{ProbeKind, ProbeOrigin};
use crate::finding::Severity;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    // Whom anyone can be by registering a name says more than whom the network can be.
    let attacker = |origin: &ProbeOrigin| {
        matches!(origin.kind, ProbeKind::Stranger | ProbeKind::Attacker { .. } | ProbeKind::Neighbour { .. })
    };
    if origins::echo(observed, attacker).is_some() {
        return;
    }
    let meant = |origin: &ProbeOrigin| matches!(origin.kind, ProbeKind::Trusted | ProbeKind::Downgrade { .. });
    let found = origins::echo_with_credentials(observed, |origin| meant(origin) && is_insecure(origin))
        .or_else(|| origins::echo_with_credentials(observed, is_insecure));
    let Some(exchange) = found else { return };
    let Some(accepted) = exchange.from() else { return };
    let message = format!(
        "`{accepted}` is let in with credentials: whoever can change what travels over the network can be that origin."
    );
    let Some(draft) = origins::draft(exchange, message, "an origin without TLS gets in") else { return };
    let culprit = origins::matching_patterns(observed, accepted).next().map(|(_, location)| location);
    drafts.push(Draft { severity: Severity::Warning, ..draft.label(culprit, "this lets it in") });
}

/// Whether an origin is reached without TLS. This machine needs none; `0.0.0.0` leads there as well, and a single label is a
/// name of somebody's own network. What ends with a number is an address, or nothing that a browser goes to
/// (<https://url.spec.whatwg.org/#concept-host-parser>).
fn is_insecure(origin: &ProbeOrigin) -> bool {
    let Ok(origin) = Origin::parse(origin.value.as_deref().unwrap_or_default()) else { return false };
    let last = origin.host.rsplit('.').next().unwrap_or_default();
    let is_numeric = last.bytes().all(|b| b.is_ascii_digit());
    let is_outside = match origin.host.parse::<Ipv4Addr>() {
        Ok(address) => !address.is_unspecified(),
        Err(_) => !is_numeric && origin.host.contains(['.', ':']),
    };
    origin.scheme == "http" && is_outside && !origin.is_loopback()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_and_what_is_no_host_need_no_tls() {
        let insecure =
            |value: &str| is_insecure(&ProbeOrigin { value: Some(value.to_owned()), kind: ProbeKind::Trusted });
        for value in ["http://app.example.com", "http://10.0.0.7:8080", "http://[fd00::1]"] {
            assert!(insecure(value), "{value}");
        }
        for value in [
            "https://app.example.com",
            "http://localhost:3000",
            "http://app.localhost",
            "http://127.0.0.1",
            "http://[::1]:80",
            "http://0.0.0.0:3000",
            "http://frontend:3000",
            "http://app.127.0.0.1",
            "null",
        ] {
            assert!(!insecure(value), "{value}");
        }
    }
}
