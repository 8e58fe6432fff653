//! Texts of the file as what they stand for; what is wrong with one is a phrase that continues "the value " or the like.

use std::path::Path;

use super::keys::Text;
use crate::discover::Globs;
use crate::exchange::origin::{Origin, OriginFault};
use crate::exchange::preflight::is_token;
use crate::simulate::Place;

/// Whether a text of a file in `folder` is what it has to be.
pub(super) fn check(text: &str, wanted: Text, folder: &Path) -> Result<(), String> {
    match wanted {
        Text::Path | Text::Present if text.trim().is_empty() => Err("is empty".to_owned()),
        Text::Present if !folder.join(text).exists() => Err("is no file or folder beside this file".to_owned()),
        Text::Glob => Globs::new(folder, [text]).map(drop),
        Text::Page if text == "null" => Ok(()),
        Text::Origin | Text::Page => origin(text).map(drop),
        Text::Upstream => upstream(text).map(drop),
        Text::Url => Place::of(text).map(drop).map_err(|_| "is neither a path nor an http or https URL".to_owned()),
        Text::Method if !is_token(text) => Err("is no method".to_owned()),
        Text::Any | Text::Path | Text::Present | Text::Method => Ok(()),
        Text::Header => header(text).map(drop),
    }
}

/// A serialized origin. An error is a phrase that continues "it ".
pub(crate) fn origin(text: &str) -> Result<Origin, String> {
    Origin::parse(text).map_err(|fault| match fault {
        OriginFault::Wildcard | OriginFault::WildcardHost => {
            "has a `*`, but patterns are not taken here; name each origin".to_owned()
        }
        OriginFault::UpperCase | OriginFault::TrailingSlash | OriginFault::DefaultPort | OriginFault::Path => {
            let better = repaired(text).map(|better| format!("; write `{better}`")).unwrap_or_default();
            format!("{fault}{better}")
        }
        OriginFault::NoScheme if Origin::parse(&format!("https://{text}")).is_ok() => {
            format!("{fault}; did you mean `https://{text}`?")
        }
        fault => fault.to_string(),
    })
}

/// The origin that was meant.
fn repaired(text: &str) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let (scheme, rest) = text.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let default = if scheme == "https" { ":443" } else { ":80" };
    let better = format!("{scheme}://{}", authority.strip_suffix(default).unwrap_or(authority));
    Origin::parse(&better).is_ok().then_some(better)
}

/// Host in lower case, and port.
pub(super) fn upstream(text: &str) -> Result<(String, Option<u16>), String> {
    let (scheme, authority) = text.split_once("://").map_or((None, text), |(scheme, rest)| (Some(scheme), rest));
    if scheme.is_some_and(|scheme| !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known))) {
        return Err("is not http or https".to_owned());
    }
    let authority = authority.strip_suffix('/').unwrap_or(authority);
    if authority.contains(['/', '?', '#']) {
        return Err("has a path; only host and port are compared".to_owned());
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => {
            let port = port.parse::<u16>().ok().filter(|port| *port > 0);
            (host, Some(port.ok_or_else(|| "has no valid port".to_owned())?))
        }
        _ => (authority, None),
    };
    let is_address = host.starts_with('[') && host.ends_with(']');
    let is_name = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    if is_address || is_name { Ok((host.to_ascii_lowercase(), port)) } else { Err("has no valid host".to_owned()) }
}

/// Name and value of a header, which is empty where none is written. An error is a phrase that continues "it ".
pub(crate) fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').unwrap_or((text, ""));
    if !is_token(name) {
        return Err("is none; write `Name` or `Name: value`".to_owned());
    }
    if value.contains(['\r', '\n', '\0']) {
        return Err("has a line end".to_owned());
    }
    Ok((name.to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_one_and_what_is_not_says_why() {
        assert!(origin("https://partner.example:8443").is_ok());
        for (text, fault) in [
            ("https://*.example.com", "has a `*`, but patterns are not taken here; name each origin"),
            ("*", "has a `*`, but patterns are not taken here; name each origin"),
            ("https://A.example/", "ends with a slash, which no Origin does; write `https://a.example`"),
            (
                "https://a.example:443",
                "names the scheme's own port, which browsers leave out; write `https://a.example`",
            ),
            ("a.example", "has no scheme such as `https://`; did you mean `https://a.example`?"),
            ("", "is empty"),
            ("null", "is `null`, not an origin"),
        ] {
            assert_eq!(origin(text).expect_err(text), fault);
        }
        assert!(check("null", Text::Page, Path::new("/")).is_ok());
    }

    #[test]
    fn an_upstream_is_a_host_with_or_without_a_port() {
        let is = |text: &str, host: &str, port| assert_eq!(upstream(text), Ok((host.to_owned(), port)), "{text}");
        is("http://api:3000", "api", Some(3000));
        is("API", "api", None);
        is("https://api.internal/", "api.internal", None);
        is("[::1]:3000", "[::1]", Some(3000));
        is("[::1]", "[::1]", None);
        for (text, fault) in [
            ("http://api/v1", "has a path; only host and port are compared"),
            ("ftp://api", "is not http or https"),
            ("api:0", "has no valid port"),
            ("api:x", "has no valid port"),
            ("http://unix:/run/api.sock", "has a path; only host and port are compared"),
            ("", "has no valid host"),
            ("a b", "has no valid host"),
        ] {
            assert_eq!(upstream(text).expect_err(text), fault);
        }
    }

    #[test]
    fn a_header_is_a_name_with_or_without_a_value() {
        assert_eq!(header("Authorization"), Ok(("Authorization".to_owned(), String::new())));
        assert_eq!(header("A: b: c "), Ok(("A".to_owned(), "b: c".to_owned())));
        assert!(header("").is_err() && header("a b").is_err() && header("a: b\nc").is_err());
    }
}
