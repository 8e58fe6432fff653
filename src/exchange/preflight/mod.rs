//! The CORS-preflight fetch: when a browser makes one, what it sends and how it judges the answer.
//!
//! In: what a page asks for, and the answer to the preflight. Out: the preflight's headers, a [`Verdict`]. Must not know:
//! who answers. The steps are those of <https://fetch.spec.whatwg.org/#cors-preflight-fetch>.

mod safelist;

pub use safelist::{
    is_forbidden_method, is_forbidden_request_header, is_safelisted_method, normalize_method, unsafe_names,
};

use super::browser::{self, Combined, HeaderLine, Outcome, Reason, Verdict, strip};

/// What a page asks `fetch()` for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fetch<'a> {
    /// Method, as [`normalize_method`] leaves it.
    pub method: &'a str,
    /// The headers that the page sets.
    pub headers: &'a [(String, String)],
    /// Whether the credentials mode is `include`.
    pub include: bool,
    /// The use-CORS-preflight flag, which upload listeners and streamed bodies set.
    pub forced: bool,
}

/// Whether a preflight comes first: <https://fetch.spec.whatwg.org/#concept-main-fetch>, the step on the unsafe-request
/// flag, which `fetch()` always sets.
#[must_use]
pub fn is_needed(fetch: &Fetch<'_>) -> bool {
    fetch.forced || !is_safelisted_method(fetch.method) || !unsafe_names(fetch.headers).is_empty()
}

/// The preflight's own headers: Origin, Access-Control-Request-Method and, if there is something to ask for,
/// Access-Control-Request-Headers.
#[must_use]
pub fn request_headers(origin: &str, fetch: &Fetch<'_>) -> Vec<(String, String)> {
    let mut headers = vec![
        ("Origin".to_owned(), origin.to_owned()),
        ("Access-Control-Request-Method".to_owned(), fetch.method.to_owned()),
    ];
    let names = unsafe_names(fetch.headers);
    if !names.is_empty() {
        // Joined without a blank: "separated from each other by `,`".
        headers.push(("Access-Control-Request-Headers".to_owned(), names.join(",")));
    }
    headers
}

/// Judges the answer to a preflight.
///
/// The credentials mode is the fetch's, although the preflight itself carries no credentials: where it is `include`, its
/// answer must say Access-Control-Allow-Credentials `true`, too.
#[must_use]
pub fn judge(origin: &str, fetch: &Fetch<'_>, status: u16, headers: &[HeaderLine]) -> Verdict {
    Verdict::new(fetch.include, |include| {
        let fetch = Fetch { include, ..*fetch };
        // A failure further down is certain even where an earlier step is not known.
        let steps = [
            check_redirect(status, headers),
            browser::check(origin, include, headers),
            check_status(status),
            check_method(&fetch, headers),
            check_headers(&fetch, headers),
        ];
        let unknown = steps.contains(&Outcome::Unknown);
        let failure = steps.into_iter().find(|step| matches!(step, Outcome::Failure(_)));
        failure.unwrap_or(if unknown { Outcome::Unknown } else { Outcome::Success })
    })
}

/// A redirect fails like any other status that is not 2xx; Chromium sees it before it looks at headers, and says so.
fn check_redirect(status: u16, headers: &[HeaderLine]) -> Outcome {
    let redirects = matches!(status, 301 | 302 | 303 | 307 | 308)
        && headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("location"));
    if redirects { Outcome::Failure(Reason::PreflightRedirect) } else { Outcome::Success }
}

/// <https://fetch.spec.whatwg.org/#ok-status>
fn check_status(status: u16) -> Outcome {
    if (200..=299).contains(&status) { Outcome::Success } else { Outcome::Failure(Reason::PreflightStatus(status)) }
}

fn check_method(fetch: &Fetch<'_>, headers: &[HeaderLine]) -> Outcome {
    let methods = match extract(headers, "access-control-allow-methods") {
        List::Unreadable => return Outcome::Failure(Reason::UnreadableMethods),
        List::Absent if fetch.forced => return Outcome::Success,
        List::Absent => Vec::new(),
        List::Values(methods) => methods,
        List::Unknown if is_safelisted_method(fetch.method) => return Outcome::Success,
        List::Unknown => return Outcome::Unknown,
    };
    // Methods are compared in bytes: `patch` is not `PATCH`.
    let listed = methods.iter().any(|method| method == fetch.method);
    let any = !fetch.include && methods.iter().any(|method| method == "*");
    if listed || any || is_safelisted_method(fetch.method) {
        Outcome::Success
    } else {
        Outcome::Failure(Reason::MethodNotAllowed(fetch.method.to_owned()))
    }
}

fn check_headers(fetch: &Fetch<'_>, headers: &[HeaderLine]) -> Outcome {
    let wanted = unsafe_names(fetch.headers);
    let listed = match extract(headers, "access-control-allow-headers") {
        List::Unreadable => return Outcome::Failure(Reason::UnreadableHeaders),
        List::Absent => Vec::new(),
        List::Values(names) => names,
        List::Unknown if wanted.is_empty() => return Outcome::Success,
        List::Unknown => return Outcome::Unknown,
    };
    let is_listed = |name: &str| listed.iter().any(|listed| listed.eq_ignore_ascii_case(name));
    let any = !fetch.include && listed.iter().any(|name| name == "*");
    // The only CORS non-wildcard request-header name: https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
    let authorization = wanted.iter().find(|name| *name == "authorization" && !is_listed(name));
    let refused = authorization.or_else(|| wanted.iter().find(|name| !any && !is_listed(name)));
    refused.map_or(Outcome::Success, |name| Outcome::Failure(Reason::HeaderNotAllowed(name.clone())))
}

/// What <https://fetch.spec.whatwg.org/#extract-header-list-values> gives.
enum List {
    Absent,
    Values(Vec<String>),
    Unreadable,
    Unknown,
}

fn extract(headers: &[HeaderLine], name: &str) -> List {
    match browser::get(headers, name) {
        Combined::Absent => List::Absent,
        Combined::Unknown | Combined::PartlyUnknown(_) => List::Unknown,
        // A list may have empty elements: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2
        Combined::Known(value) => {
            let items = value.split(',').map(strip).filter(|item| !item.is_empty());
            let items: Vec<String> = items.map(str::to_owned).collect();
            if items.iter().all(|item| is_token(item)) { List::Values(items) } else { List::Unreadable }
        }
    }
}

/// <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2>
#[must_use]
pub fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

#[cfg(test)]
mod tests;
