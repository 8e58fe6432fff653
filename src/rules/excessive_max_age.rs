//! Max-Age is more than browsers honour.

use super::Limits;
use super::draft::{Drafts, MAX_AGE};
use super::values::{self, Fault};
use crate::exchange::Observation;
use crate::finding::Severity;

/// Seconds that Chromium keeps a preflight at most (`kMaxTimeout`, two hours, in
/// `services/network/public/cpp/cors/preflight_result.cc`).
pub(super) const MOST_IN_CHROMIUM: u64 = 7_200;

/// Seconds that Firefox keeps a preflight at most ("Cap at 24 hours" in `netwerk/protocol/http/nsCORSListenerProxy.cpp`).
const MOST_IN_FIREFOX: u64 = 86_400;

pub(super) fn check(observed: &Observation<'_>, limits: Limits, drafts: &mut Drafts) {
    values::check(observed, drafts, MAX_AGE, |value| fault(value, limits.max_age));
}

fn fault(value: &str, limit: u64) -> Option<Fault> {
    // Digits that are too many for a number are too many seconds as well.
    let digits = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    let seconds = digits.then(|| value.parse().unwrap_or(u64::MAX)).filter(|seconds| *seconds > limit)?;
    if seconds <= MOST_IN_CHROMIUM {
        let message = format!("A preflight is kept for {value} seconds; the project wants {limit} at most.");
        return Some(Fault { severity: Severity::Info, message, said: "longer than the project wants it" });
    }
    let firefox = if seconds > MOST_IN_FIREFOX { format!(", Firefox {MOST_IN_FIREFOX}") } else { String::new() };
    let message = format!(
        "No preflight is kept for {value} seconds everywhere: Chromium keeps it for {MOST_IN_CHROMIUM} at most{firefox}."
    );
    Some(Fault { severity: Severity::Info, message, said: "longer than browsers keep it" })
}

#[cfg(test)]
mod tests {
    use super::{MOST_IN_CHROMIUM, fault};

    #[test]
    fn browsers_have_their_limits() {
        for value in ["", "0", "-1", "7200", "1d"] {
            assert!(fault(value, MOST_IN_CHROMIUM).is_none(), "{value}");
        }
        for (value, in_firefox) in [("7201", false), ("86400", false), ("86401", true), ("99999999999999999999", true)]
        {
            let message = fault(value, MOST_IN_CHROMIUM).map(|fault| fault.message).unwrap_or_default();
            assert!(message.contains("Chromium") && message.contains("Firefox") == in_firefox, "{value}: {message}");
        }
    }

    #[test]
    fn the_project_has_its_own() {
        let message = |value, limit| fault(value, limit).map(|fault| fault.message);
        assert_eq!(
            message("601", 600).as_deref(),
            Some("A preflight is kept for 601 seconds; the project wants 600 at most.")
        );
        assert_eq!(message("600", 600), None);
        assert_eq!(message("86400", 86_400), None);
        assert!(message("86401", 86_400).is_some_and(|message| message.contains("Firefox")));
    }
}
