//! Allow-Methods names what is no method, what no page may send, or a method in letters in which none is sent.
//!
//! <https://fetch.spec.whatwg.org/#cors-preflight-fetch>: a list with an element that is not a token
//! (<https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2>) is a failure, and elements are compared in bytes with a method
//! that browsers have put into upper case, `patch` excepted (<https://fetch.spec.whatwg.org/#concept-method-normalize>).

use super::draft::{ALLOW_METHODS, Drafts};
use super::values::{self, Fault, elements, quoted};
use crate::exchange::Observation;
use crate::exchange::preflight::{is_forbidden_method, is_token};
use crate::finding::Severity;

/// Methods that have to be listed, as pages send them.
const TO_BE_LISTED: [&str; 3] = ["PUT", "PATCH", "DELETE"];

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    values::check(observed, drafts, ALLOW_METHODS, fault);
}

fn fault(value: &str) -> Option<Fault> {
    let fault = |message, said| Some(Fault { severity: Severity::Warning, message, said });
    if let Some(malformed) = elements(value).find(|element| !is_token(element)) {
        let message =
            format!("`{malformed}` is no method: browsers give up on the whole list and refuse the preflight.");
        return fault(message, "cannot be read");
    }
    // `*` covers them all; beside credentials, where it does not, that is another fault.
    let covered = |upper: &str| elements(value).any(|other| other == upper || other == "*");
    let in_other_letters = |element: &&str| {
        let upper = element.to_ascii_uppercase();
        upper != *element && TO_BE_LISTED.contains(&upper.as_str()) && !covered(&upper)
    };
    let found: Vec<&str> = elements(value).filter(in_other_letters).collect();
    if !found.is_empty() {
        let sent: Vec<String> = found.iter().map(|element| element.to_ascii_uppercase()).collect();
        let sent = quoted(&sent.iter().map(String::as_str).collect::<Vec<_>>());
        let message =
            format!("Browsers look for {sent}, letter by letter, and find {}: it does not count.", quoted(&found));
        return fault(message, "in the wrong case");
    }
    let forbidden: Vec<&str> = elements(value).filter(|element| is_forbidden_method(element)).collect();
    if forbidden.is_empty() {
        return None;
    }
    fault(format!("No page can send {}: browsers forbid it.", quoted(&forbidden)), "has no effect")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_browsers_can_use_have_no_fault() {
        for value in
            ["", "*", "GET, HEAD,PUT ,, DELETE", "put, *", "get, post, options", "PATCH, patch", "REPORT, x-own"]
        {
            assert!(fault(value).is_none(), "{value}");
        }
    }

    #[test]
    fn each_fault_names_its_method() {
        for (value, named) in [
            ("GET POST", "`GET POST` is no method"),
            ("GET, POST;", "`POST;` is no method"),
            ("\"GET, PUT\"", "`\"GET` is no method"),
            ("get, patch", "look for `PATCH`, letter by letter, and find `patch`"),
            ("put, Delete, PATCH", "find `put` and `Delete`"),
            ("GET, TRACE, connect", "`TRACE` and `connect`"),
        ] {
            let message = fault(value).map(|fault| fault.message).unwrap_or_default();
            assert!(message.contains(named), "{value}: {message}");
        }
    }
}
