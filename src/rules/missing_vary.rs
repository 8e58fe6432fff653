//! Allow-Origin depends on Origin, and an answer that caches store does not say so.

use super::draft::{Draft, Drafts};
use crate::exchange::{Exchange, Observation, Value};
use crate::finding::Severity;

/// What caches may store without being told to (RFC 9110 section 15.1).
const STORED_BY_DEFAULT: &[u16] = &[200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501];

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    let stored = |exchange: &&Exchange<'_>| {
        !exchange.is_preflight()
            && exchange.has_certain_headers()
            && STORED_BY_DEFAULT.contains(&exchange.response.status)
    };
    let candidates: Vec<&Exchange<'_>> = observed.exchanges.iter().filter(stored).collect();
    let pair = candidates.iter().find_map(|silent| {
        if silent.response.varies_by_origin() || silent.response.is_unknown("vary") {
            return None;
        }
        let other = candidates.iter().find(|other| differs(silent, other))?;
        Some((*silent, *other))
    });
    let Some((silent, other)) = pair else { return };
    // Of the two, the one with Allow-Origin has something to point at.
    let shown = if silent.allow_origin() == Value::Absent { other } else { silent };
    let Some(primary) = shown.response.allow_origin_directive() else { return };
    let name = observed.endpoint_name();
    let on = match silent.response.status {
        200 => String::new(),
        status => format!(" on its {status} answers"),
    };
    let message = format!(
        "Allow-Origin of `{name}` depends on the request's Origin, but caches are not told{on}: there is no `Vary: Origin`."
    );
    drafts
        .push(Draft::new(Severity::Warning, primary, message).saying("changes with Origin").proof(silent).proof(other));
}

/// Whether a cache that stored one answer would give it for the other, wrongly.
fn differs(one: &Exchange<'_>, other: &Exchange<'_>) -> bool {
    one.kind == other.kind
        && one.request.path == other.request.path
        && one.response.status == other.response.status
        && one.allow_origin() != other.allow_origin()
        && ![one, other].iter().any(|exchange| matches!(exchange.allow_origin(), Value::Unknown(_)))
}
