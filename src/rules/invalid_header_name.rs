//! Allow-Headers or Expose-Headers names what is no header, or Allow-Headers one that no page sends.
//!
//! A list with an element that is not a token (<https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2>) is a failure as a
//! whole: <https://fetch.spec.whatwg.org/#extract-header-list-values>.

use super::draft::{ALLOW_HEADERS, Drafts, EXPOSE_HEADERS};
use super::values::{self, Fault, among, elements, quoted};
use crate::exchange::Observation;
use crate::exchange::preflight::is_token;
use crate::finding::Severity;

/// Headers of responses: the response fields of RFC 9110 and those of the CORS protocol.
const OF_RESPONSES: &[&str] = &[
    "accept-ranges",
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "access-control-max-age",
    "age",
    "authentication-info",
    "etag",
    "location",
    "retry-after",
    "server",
    "set-cookie",
    "vary",
    "www-authenticate",
];

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    values::check(observed, drafts, ALLOW_HEADERS, |value| {
        malformed(value, "browsers give up on the whole list and refuse the preflight")
            .or_else(|| of_responses(value))
            .or_else(|| forbidden(value))
    });
    values::check(observed, drafts, EXPOSE_HEADERS, |value| {
        malformed(value, "browsers give up on the whole list and expose none of it")
    });
}

fn malformed(value: &str, effect: &str) -> Option<Fault> {
    let malformed = elements(value).find(|element| !is_token(element))?;
    let message = format!("`{malformed}` is no header name: {effect}.");
    Some(Fault { severity: Severity::Warning, message, said: "cannot be read" })
}

fn of_responses(value: &str) -> Option<Fault> {
    let names = among(value, OF_RESPONSES);
    let message =
        || format!("Allow-Headers is about what pages send, not about headers of answers such as {}.", quoted(&names));
    (!names.is_empty()).then(|| Fault { severity: Severity::Info, message: message(), said: "not for requests" })
}

/// Of the headers that browsers let no page set (<https://fetch.spec.whatwg.org/#forbidden-request-header>) those that
/// somebody believes to allow by it. `Origin`, `DNT` and the like stand in every list that was ever copied, and do no harm.
fn forbidden(value: &str) -> Option<Fault> {
    let names = among(value, &["cookie", "cookie2"]);
    let message = || format!("No page can set {}: cookies come along where Allow-Credentials says so.", quoted(&names));
    (!names.is_empty()).then(|| Fault { severity: Severity::Info, message: message(), said: "browsers forbid it" })
}
