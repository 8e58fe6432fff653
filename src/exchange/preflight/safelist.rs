//! Which methods and request headers are safe, unsafe or forbidden: the definitions of the Fetch standard.

use crate::exchange::browser::strip;

/// Methods that need no preflight: <https://fetch.spec.whatwg.org/#cors-safelisted-method>.
#[must_use]
pub fn is_safelisted_method(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "POST")
}

/// Upper case for the methods that browsers write so; `patch` stays as it is.
///
/// <https://fetch.spec.whatwg.org/#concept-method-normalize>
#[must_use]
pub fn normalize_method(method: &str) -> String {
    const NORMALIZED: [&str; 6] = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];
    let known = NORMALIZED.iter().find(|known| known.eq_ignore_ascii_case(method));
    known.map_or_else(|| method.to_owned(), |known| (*known).to_owned())
}

/// The names that a preflight asks for, in lower case, sorted, each once.
///
/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names>. Headers that no page can set are left out: the
/// browser drops them before.
#[must_use]
pub fn unsafe_names(headers: &[(String, String)]) -> Vec<String> {
    let (mut names, mut safelisted, mut size) = (Vec::new(), Vec::new(), 0);
    for (name, value) in headers.iter().filter(|(name, value)| !is_forbidden_request_header(name, value)) {
        let (name, value) = (name.to_ascii_lowercase(), strip(value));
        if is_safelisted_header(&name, value) {
            safelisted.push(name);
            size += value.len();
        } else {
            names.push(name);
        }
    }
    if size > 1024 {
        names.append(&mut safelisted);
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>, for a name in lower case.
fn is_safelisted_header(name: &str, value: &str) -> bool {
    if value.len() > 128 {
        return false;
    }
    match name {
        "accept" => !value.bytes().any(is_unsafe_byte),
        "accept-language" | "content-language" => {
            value.bytes().all(|b| b.is_ascii_alphanumeric() || b" *,-.;=".contains(&b))
        }
        "content-type" => !value.bytes().any(is_unsafe_byte) && is_form_type(value),
        "range" => is_simple_range(value),
        _ => false,
    }
}

/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte>
fn is_unsafe_byte(b: u8) -> bool {
    (b < 0x20 && b != b'\t') || b == 0x7f || b"\"():<>?@[\\]{}".contains(&b)
}

/// Whether the essence of a media type is one that a form can send.
fn is_form_type(value: &str) -> bool {
    let essence = strip(value.split(';').next().unwrap_or_default());
    ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"]
        .iter()
        .any(|form| form.eq_ignore_ascii_case(essence))
}

/// `bytes=5-` or `bytes=5-9`: <https://fetch.spec.whatwg.org/#simple-range-header-value>, with a start.
fn is_simple_range(value: &str) -> bool {
    let Some(("bytes", range)) = value.split_once('=') else { return false };
    let Some((start, end)) = range.split_once('-') else { return false };
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.trim_start_matches('0').to_owned());
    match (number(start), number(end)) {
        (Some(first), Some(last)) if !start.is_empty() => {
            // Compared as numbers of any length.
            end.is_empty() || (first.len(), &first) <= (last.len(), &last)
        }
        _ => false,
    }
}

/// Headers that a page cannot set: <https://fetch.spec.whatwg.org/#forbidden-request-header>.
#[must_use]
pub fn is_forbidden_request_header(name: &str, value: &str) -> bool {
    const FORBIDDEN: [&str; 22] = [
        "accept-charset",
        "accept-encoding",
        "access-control-request-headers",
        "access-control-request-method",
        "access-control-request-private-network",
        "connection",
        "content-length",
        "cookie",
        "cookie2",
        "date",
        "dnt",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
        "set-cookie",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
    ];
    let name = name.to_ascii_lowercase();
    let overrides = matches!(name.as_str(), "x-http-method" | "x-http-method-override" | "x-method-override");
    FORBIDDEN.contains(&name.as_str())
        || name.starts_with("proxy-")
        || name.starts_with("sec-")
        || (overrides && value.split(',').any(|method| is_forbidden_method(strip(method))))
}

/// Methods that `fetch()` refuses: <https://fetch.spec.whatwg.org/#forbidden-method>.
#[must_use]
pub fn is_forbidden_method(method: &str) -> bool {
    ["CONNECT", "TRACE", "TRACK"].iter().any(|forbidden| forbidden.eq_ignore_ascii_case(method))
}
