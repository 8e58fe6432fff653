//! Origins as browsers serialize them, and what else is found in their place.
//!
//! In: a text. Out: [`Origin`], or the [`OriginFault`] that keeps it from being one. Must not know: where the text was
//! written. Nothing is repaired here, as a URL parser would: `https://Example.com/` is two faults, not an origin.
//! The serialization is <https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin>.

use std::fmt;

/// A tuple origin: what a browser sends as Origin, other than `null`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// In lower case, without `:`.
    pub scheme: String,
    /// A name or an address in lower case; IPv6 with its brackets.
    pub host: String,
    /// Absent where it is the scheme's own.
    pub port: Option<u16>,
}

/// Why a text is not a serialized tuple origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OriginFault {
    /// Nothing but white space.
    Empty,
    /// `*`, which is a value of its own right.
    Wildcard,
    /// `null`, likewise.
    Null,
    /// `(null)`: what httpd writes for an unset variable.
    ParenthesisedNull,
    /// `undefined`: what JavaScript makes of an unset one.
    Undefined,
    /// Several values, with commas or blanks between.
    List,
    /// No `scheme://`.
    NoScheme,
    /// `https://*.example.com`
    WildcardHost,
    /// A slash and nothing after it.
    TrailingSlash,
    /// A path, query or fragment.
    Path,
    /// An upper-case letter in scheme or host.
    UpperCase,
    /// `:443` with https, `:80` with http.
    DefaultPort,
    /// Anything else; the phrase continues "the value ".
    Other(&'static str),
}

impl Origin {
    /// Reads a serialized tuple origin; `*` and `null` are faults here, see [`is_serialized_origin`].
    pub fn parse(value: &str) -> Result<Self, OriginFault> {
        whole(value)?;
        let (scheme, rest) = value.split_once("://").ok_or(OriginFault::NoScheme)?;
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        if authority.contains('*') {
            return Err(OriginFault::WildcardHost);
        }
        match path {
            "" => {}
            "/" => return Err(OriginFault::TrailingSlash),
            _ => return Err(OriginFault::Path),
        }
        check_scheme(scheme)?;
        if authority.contains('@') {
            return Err(OriginFault::Other("contains a user name"));
        }
        let (host, port) = split_port(authority);
        if host.bytes().any(|b| b.is_ascii_uppercase()) || scheme.bytes().any(|b| b.is_ascii_uppercase()) {
            return Err(OriginFault::UpperCase);
        }
        check_host(host)?;
        let port = port.map(parse_port).transpose()?;
        if port.is_some() && port == default_port(scheme) {
            return Err(OriginFault::DefaultPort);
        }
        Ok(Self { scheme: scheme.to_owned(), host: host.to_owned(), port })
    }

    /// The domain that somebody has registered: `example.co.uk` of `app.example.co.uk`, `me.github.io` of itself.
    ///
    /// By the public suffix list, private section included. Addresses, single labels and public suffixes have none.
    #[must_use]
    pub fn registrable(&self) -> Option<&str> {
        registrable(&self.host)
    }

    /// Whether the host is this machine: `localhost`, names below it, 127.0.0.0/8 and `[::1]`, as in
    /// <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.host)
    }

    /// Whether both are in one hand as far as names tell: the same registrable domain, or the same host.
    #[must_use]
    pub fn same_registrable(&self, other: &Self) -> bool {
        match (self.registrable(), other.registrable()) {
            (Some(mine), Some(theirs)) => mine == theirs,
            (None, None) => self.host == other.host,
            _ => false,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.host)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

impl OriginFault {
    /// A phrase that continues "the value ".
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Empty => "is empty",
            Self::Wildcard => "is `*`, not an origin",
            Self::Null => "is `null`, not an origin",
            Self::ParenthesisedNull => "stands for a variable that is not set",
            Self::Undefined => "is `undefined`, which is what an unset variable is written as",
            Self::List => "is a list, but only one origin is allowed",
            Self::NoScheme => "has no scheme such as `https://`",
            Self::WildcardHost => "has a `*` in its host, which browsers take literally",
            Self::TrailingSlash => "ends with a slash, which no Origin does",
            Self::Path => "has a path, which no Origin has",
            Self::UpperCase => "has upper-case letters, but browsers send lower case",
            Self::DefaultPort => "names the scheme's own port, which browsers leave out",
            Self::Other(phrase) => phrase,
        }
    }
}

impl fmt::Display for OriginFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.phrase())
    }
}

impl std::error::Error for OriginFault {}

/// Whether a browser could find the value equal to an Origin that it sends, or takes it as a wildcard: `*`, `null` or
/// one serialized origin.
#[must_use]
pub fn is_serialized_origin(value: &str) -> bool {
    matches!(Origin::parse(value), Ok(_) | Err(OriginFault::Wildcard | OriginFault::Null))
}

/// [`Origin::registrable`] for a host that may contain what no serialized origin does, such as `_` or `{`.
#[must_use]
pub fn registrable(host: &str) -> Option<&str> {
    // Names below `localhost` are this machine, and the list does not know that.
    if is_address(host) || is_loopback(host) { None } else { psl::domain_str(host) }
}

/// The public suffix of a host, and whether it stands in the list's private section (`github.io`, not `co.uk`).
///
/// `None` for addresses. A last label that the list does not know is a suffix, as the list's own rule `*` has it.
#[must_use]
pub fn public_suffix(host: &str) -> Option<(&str, bool)> {
    if is_address(host) {
        return None;
    }
    let suffix = psl::suffix(host.as_bytes())?;
    let private = suffix.typ() == Some(psl::Type::Private);
    std::str::from_utf8(suffix.trim().as_bytes()).ok().map(|suffix| (suffix, private))
}

/// [`Origin::is_loopback`] for a host.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "[::1]"
        || (is_address(host) && host.starts_with("127."))
}

/// The port that a scheme means when none is written.
#[must_use]
pub fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        _ => None,
    }
}

/// Whether it is an IPv4 or IPv6 address. The URL standard's "ends in a number" takes any such host for IPv4.
fn is_address(host: &str) -> bool {
    host.starts_with('[')
        || host.rsplit('.').next().is_some_and(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit()))
}

/// Faults of the text as a whole, before it is taken apart.
fn whole(value: &str) -> Result<(), OriginFault> {
    match value.trim() {
        "" => return Err(OriginFault::Empty),
        "*" if value.len() == 1 => return Err(OriginFault::Wildcard),
        "null" if value.len() == 4 => return Err(OriginFault::Null),
        "(null)" => return Err(OriginFault::ParenthesisedNull),
        "undefined" => return Err(OriginFault::Undefined),
        "[object Object]" => return Err(OriginFault::Other("is a JavaScript object written as text")),
        _ => {}
    }
    let separated = |c: char| c == ',' || c.is_whitespace();
    let values = value.split(separated).filter(|part| !part.is_empty()).count();
    if values > 1 {
        return Err(OriginFault::List);
    }
    if value.contains(separated) {
        return Err(OriginFault::Other("has a comma or a blank beside the origin"));
    }
    if value.contains(';') {
        return Err(OriginFault::Other("contains a semicolon"));
    }
    if value.contains(['"', '\'']) {
        return Err(OriginFault::Other("contains quotes"));
    }
    Ok(())
}

fn check_scheme(scheme: &str) -> Result<(), OriginFault> {
    let mut bytes = scheme.bytes();
    match bytes.next() {
        None => Err(OriginFault::NoScheme),
        Some(b) if !b.is_ascii_alphabetic() => {
            Err(OriginFault::Other("has a scheme that does not begin with a letter"))
        }
        _ if bytes.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)) => Ok(()),
        _ => Err(OriginFault::Other("has characters in its scheme that no scheme has")),
    }
}

/// Host and what follows the colon after it, if there is one.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    let after_address = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    match authority[after_address..].find(':') {
        Some(colon) => {
            let (host, port) = authority.split_at(after_address + colon);
            (host, Some(&port[1..]))
        }
        None => (authority, None),
    }
}

fn check_host(host: &str) -> Result<(), OriginFault> {
    if let Some(address) = host.strip_prefix('[') {
        let address = address.strip_suffix(']').unwrap_or_default();
        let valid = address.bytes().all(|b| b.is_ascii_hexdigit() || b == b':' || b == b'.') && !address.is_empty();
        return if valid { Ok(()) } else { Err(OriginFault::Other("has a malformed address")) };
    }
    if host.is_empty() {
        return Err(OriginFault::Other("has no host"));
    }
    if !host.is_ascii() {
        return Err(OriginFault::Other("has letters beyond ASCII, but browsers send `xn--` names"));
    }
    if host.split('.').any(str::is_empty) {
        return Err(OriginFault::Other("has an empty label in its host"));
    }
    if host.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b)) {
        Ok(())
    } else {
        Err(OriginFault::Other("has characters in its host that no host name has"))
    }
}

fn parse_port(port: &str) -> Result<u16, OriginFault> {
    let canonical = port == "0" || !port.starts_with('0');
    match port.parse() {
        Ok(number) if canonical && port.bytes().all(|b| b.is_ascii_digit()) => Ok(number),
        _ => Err(OriginFault::Other("has a port that is no port number")),
    }
}

#[cfg(test)]
mod tests;
