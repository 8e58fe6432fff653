//! What a browser makes of a response: the CORS check of the Fetch standard.
//!
//! In: the request's origin and credentials mode, the header lines of a response. Out: a [`Verdict`] and, where it is a
//! refusal, the [`Reason`]. Must not know: which server sent the lines. The steps are those of
//! <https://fetch.spec.whatwg.org/#concept-cors-check>; the reasons and their texts are Chromium's.

mod reason;

pub use reason::{Reason, Stage};

/// A line of a response: its name, and its value where that is known.
pub type HeaderLine = (String, Option<String>);

/// What a browser decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the page may read the response; for a preflight, whether the request goes on.
    pub allowed: bool,
    /// Whether it would be allowed in credentials mode `include`, with the user's cookies.
    pub credentials: bool,
    /// Why it is not allowed. Absent when it is, and when that is not known.
    pub reason: Option<Reason>,
    /// Whether `allowed` hangs on a value that is not known; it is false then.
    pub unknown: bool,
}

/// The lines of one name, combined.
pub(super) enum Combined {
    /// There is none.
    Absent,
    /// Joined with `, `.
    Known(String),
    /// One line, whose value is not known.
    Unknown,
    /// Several lines, not all of them known; the unknown ones are written `…`.
    PartlyUnknown(String),
}

/// The outcome of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    Success,
    Failure(Reason),
    Unknown,
}

/// Judges a response to a CORS request of `origin`, serialized (or `null`); `include` is the credentials mode.
#[must_use]
pub fn cors_check(origin: &str, include: bool, headers: &[HeaderLine]) -> Verdict {
    Verdict::new(include, |include| check(origin, include, headers))
}

/// The CORS check, step by step.
pub(super) fn check(origin: &str, include: bool, headers: &[HeaderLine]) -> Outcome {
    // 1. and 2.: a missing header is a failure; the value `null` is not a missing header.
    let value = match get(headers, "access-control-allow-origin") {
        Combined::Absent => return Outcome::Failure(Reason::MissingAllowOrigin),
        // No serialized origin contains a comma, so whatever the unknown lines are, step 4 fails.
        Combined::PartlyUnknown(shown) => return Outcome::Failure(Reason::MultipleAllowOrigin(shown)),
        Combined::Unknown => {
            // `*` or the origin itself would pass steps 3 and 4; step 7 may still fail for certain.
            let failed = include.then(|| check_credentials(headers)).filter(|o| matches!(o, Outcome::Failure(_)));
            return failed.unwrap_or(Outcome::Unknown);
        }
        Combined::Known(value) => value,
    };
    // 3. Without credentials `*` is any origin.
    if !include && value == "*" {
        return Outcome::Success;
    }
    // 4. Bytes are compared: case counts, and no slash is forgiven.
    if value != origin {
        return Outcome::Failure(refusal(value));
    }
    // 5. to 8.
    if include { check_credentials(headers) } else { Outcome::Success }
}

/// Steps 6 to 8: `true`, in these four bytes.
fn check_credentials(headers: &[HeaderLine]) -> Outcome {
    match get(headers, "access-control-allow-credentials") {
        Combined::Known(value) if value == "true" => Outcome::Success,
        Combined::Known(value) | Combined::PartlyUnknown(value) => Outcome::Failure(Reason::CredentialsNotTrue(value)),
        Combined::Absent => Outcome::Failure(Reason::CredentialsNotTrue(String::new())),
        Combined::Unknown => Outcome::Unknown,
    }
}

/// Which reason Chromium gives for a value that is not the request's origin (`CheckAccess` in
/// services/network/public/cpp/cors/cors.cc).
fn refusal(value: String) -> Reason {
    if value == "*" {
        Reason::WildcardWithCredentials
    } else if value.contains([' ', ',']) {
        Reason::MultipleAllowOrigin(value)
    } else if value == "null" || is_url(&value) {
        Reason::OriginMismatch(value)
    } else {
        Reason::InvalidAllowOrigin(value)
    }
}

/// Whether a URL parser takes the value, as far as that shows in a reason: a scheme, and for those that need a host, a
/// host. `localhost:3000` is a URL: its scheme is `localhost`.
fn is_url(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once(':') else { return false };
    let mut bytes = scheme.bytes();
    let named = bytes.next().is_some_and(|b| b.is_ascii_alphabetic())
        && bytes.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    if !named {
        return false;
    }
    if !["http", "https", "ws", "wss", "ftp"].iter().any(|special| scheme.eq_ignore_ascii_case(special)) {
        return true;
    }
    let authority = rest.trim_start_matches(['/', '\\']);
    let authority = authority.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (authority, ""),
    };
    // The URL standard's forbidden host code points that a header value can hold, brackets of an address aside.
    let forbidden = |c: char| c.is_ascii_control() || "<>^|%".contains(c);
    !host.is_empty() && !host.contains(forbidden) && (port.is_empty() || port.parse::<u16>().is_ok())
}

/// <https://fetch.spec.whatwg.org/#concept-header-list-get>: all values of a name, joined with `, `. A header value has
/// no HTTP white space at its ends: <https://fetch.spec.whatwg.org/#concept-header-value>.
pub(super) fn get(headers: &[HeaderLine], name: &str) -> Combined {
    let lines = headers.iter().filter(|(line, _)| line.eq_ignore_ascii_case(name));
    let values: Vec<Option<&str>> = lines.map(|(_, value)| value.as_deref().map(strip)).collect();
    let joined = || values.iter().map(|value| value.unwrap_or("…")).collect::<Vec<_>>().join(", ");
    match values[..] {
        [] => Combined::Absent,
        [None] => Combined::Unknown,
        _ if values.contains(&None) => Combined::PartlyUnknown(joined()),
        _ => Combined::Known(joined()),
    }
}

/// Without HTTP white space at its ends: <https://fetch.spec.whatwg.org/#http-whitespace>.
pub(super) fn strip(value: &str) -> &str {
    value.trim_matches([' ', '\t', '\r', '\n'])
}

impl Verdict {
    /// Runs a check in the mode asked for, and in mode `include`.
    pub(super) fn new(include: bool, check: impl Fn(bool) -> Outcome) -> Self {
        let asked = check(include);
        let credentials = if include { asked == Outcome::Success } else { check(true) == Outcome::Success };
        Self {
            allowed: asked == Outcome::Success,
            credentials,
            unknown: asked == Outcome::Unknown,
            reason: match asked {
                Outcome::Failure(reason) => Some(reason),
                Outcome::Success | Outcome::Unknown => None,
            },
        }
    }

    /// The verdict where no answer ever comes.
    #[must_use]
    pub const fn no_answer() -> Self {
        Self { allowed: false, credentials: false, reason: Some(Reason::NoAnswer), unknown: false }
    }
}

#[cfg(test)]
mod tests;
