//! Max-Age is not a number of seconds: browsers ignore it and keep the preflight for five seconds.
//!
//! <https://fetch.spec.whatwg.org/#http-access-control-max-age>. `-1` switches the cache off.

use super::draft::{Draft, Drafts, MAX_AGE};
use super::values::by_use;
use crate::exchange::Observation;
use crate::finding::Severity;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    for (exchange, is_read) in by_use(observed, MAX_AGE) {
        // Several lines are one value, and no number any more.
        let joined = exchange.response.joined(MAX_AGE);
        let Some(value) = joined.text().filter(|value| !is_seconds(value)) else { continue };
        let writers: Vec<_> = exchange.response.lines(MAX_AGE).filter_map(|line| line.written).collect();
        let Some((first, others)) = writers.split_first() else { continue };
        if drafts.iter().any(|draft| draft.primary.location == first.value) {
            continue;
        }
        let message = format!(
            "`Access-Control-Max-Age: {value}` is not a number of seconds: browsers ignore it and ask again every five \
             seconds."
        );
        let severity = if is_read { Severity::Warning } else { Severity::Info };
        let mut draft = Draft::new(severity, first.value, message);
        draft = draft.saying(if others.is_empty() { "no number of seconds" } else { "sent here" });
        for other in others {
            draft = draft.label(Some(other.value), "and here");
        }
        drafts.push(draft.proof(exchange));
    }
}

/// Whether a value is an integer from -1 up.
fn is_seconds(value: &str) -> bool {
    value == "-1" || (!value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::is_seconds;

    #[test]
    fn seconds_are_digits_alone() {
        for value in ["0", "600", "-1", "99999999999999999999999"] {
            assert!(is_seconds(value), "{value}");
        }
        for value in ["", "-2", "+600", "600s", "1h", "10.5", "NaN", "600, 600", "600;", "\"600\"", "24 * 3600"] {
            assert!(!is_seconds(value), "{value}");
        }
    }
}
