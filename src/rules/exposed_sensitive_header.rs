//! Expose-Headers names a header that scripts shall not see.
//!
//! `Set-Cookie` and `Set-Cookie2` are never exposed: <https://fetch.spec.whatwg.org/#forbidden-response-header-name>.

use super::draft::{Drafts, EXPOSE_HEADERS};
use super::values::{self, Fault, among, quoted};
use crate::exchange::Observation;
use crate::finding::Severity;

/// Never exposed, whatever the list says.
const NEVER_EXPOSED: &[&str] = &["set-cookie", "set-cookie2"];

/// Headers that carry what whoever has it is let in with.
const CREDENTIALS: &[&str] = &[
    "authorization",
    "cookie",
    "proxy-authorization",
    "x-access-token",
    "x-api-key",
    "x-auth-token",
    "x-refresh-token",
    "x-session-token",
];

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    values::check(observed, drafts, EXPOSE_HEADERS, |value| never_exposed(value).or_else(|| credential(value)));
}

fn never_exposed(value: &str) -> Option<Fault> {
    let names = among(value, NEVER_EXPOSED);
    let message =
        || format!("No page ever sees {}, whatever is listed: browsers keep cookies to themselves.", quoted(&names));
    (!names.is_empty()).then(|| Fault { severity: Severity::Info, message: message(), said: "has no effect" })
}

fn credential(value: &str) -> Option<Fault> {
    let names = among(value, CREDENTIALS);
    let message = || format!("Every script of the pages that are let in may read {}.", quoted(&names));
    (!names.is_empty()).then(|| Fault { severity: Severity::Info, message: message(), said: "a credential" })
}
