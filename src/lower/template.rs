//! What stands in for the tags of templates where a text is needed to go on with.
//!
//! A value that is sent is unknown. A path, a host name or an origin that is compared with is taken to be one that
//! nothing else in the configuration is: what holds of it holds of whatever the template puts there.

use crate::syntax::hole;

/// Longest name that is made of a tag.
const LONGEST: usize = 30;

/// A path that stands for one with tags in it.
pub(super) fn path(path: &str) -> String {
    let filled = hole::fill(path, name);
    match path.chars().next() {
        Some('/' | '@') | None => filled.into_owned(),
        _ if hole::has_hole(path) => format!("/{filled}"),
        _ => filled.into_owned(),
    }
}

/// A regular expression for paths that stands for one with tags in it.
pub(super) fn path_pattern(source: &str) -> String {
    hole::fill(source, name).into_owned()
}

/// A host name, or the end of one, that stands for one with tags in it.
pub(super) fn host(host: &str) -> String {
    let filled = hole::fill(host, name);
    if hole::ends_with_hole(host) { format!("{filled}.example") } else { filled.into_owned() }
}

/// A text to compare an origin with that stands for one with tags in it.
pub(super) fn origin(text: &str) -> String {
    with_origins(text, str::is_empty, str::to_owned)
}

/// A regular expression that stands for one with tags in it; `None` where what they put there may be more than a text:
/// the whole of it, or a beginning or an end without anchor.
pub(super) fn pattern(source: &str) -> Option<String> {
    let begins = |before: &str| before.trim_end_matches("(?:").trim_end_matches('(').ends_with('^');
    let open = hole::starts_with_hole(source) || hole::ends_with_hole(source);
    (!open).then(|| with_origins(source, begins, |text| text.replace('.', r"\.")))
}

/// Puts origins, or what may be parts of them, in the place of tags; `begins` says whether an origin begins behind a
/// text.
fn with_origins(value: &str, begins: impl Fn(&str) -> bool, escape: impl Fn(&str) -> String) -> String {
    let mut filled = String::new();
    let mut pieces = hole::pieces(value).peekable();
    while let Some((piece, is_tag)) = pieces.next() {
        if !is_tag {
            filled.push_str(piece);
            continue;
        }
        let before_host =
            pieces.peek().is_some_and(|(next, is_tag)| !is_tag && next.starts_with(':') && next.contains('/'));
        let stand_in = if before_host {
            "https".to_owned()
        } else if begins(&filled) {
            format!("https://{}.example", name(&hole::decode(piece)))
        } else if filled.ends_with(':') {
            "8443".to_owned()
        } else {
            format!("{}.example", name(&hole::decode(piece)))
        };
        filled.push_str(&escape(&stand_in));
    }
    filled
}

/// A host label made of the first name in a tag.
fn name(tag: &str) -> String {
    let inside = tag.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let end =
        inside.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.' | '-')).unwrap_or(inside.len());
    let label: String =
        inside[..end].chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let label = label.get(..LONGEST).unwrap_or(&label).trim_matches('-');
    if label.is_empty() { "template".to_owned() } else { label.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value in which `<…>` is a tag.
    fn value(text: &str) -> String {
        let pieces = text.split(['<', '>']).enumerate();
        pieces.map(|(index, piece)| if index % 2 == 1 { hole::encode(piece) } else { piece.to_owned() }).collect()
    }

    #[test]
    fn tags_have_stand_ins_that_fit_their_place() {
        for (text, expected) in [
            ("/<{{ api_path }}>/x", "/api-path/x"),
            ("<__PATH__>/", "/path/"),
            ("/x", "/x"),
            ("<{{ '' }}>", "/template"),
        ] {
            assert_eq!(path(&value(text)), expected, "{text}");
        }
        assert_eq!(path_pattern(&value("^/(<{{ a|join('|') }}>)/.*")), "^/(a)/.*");
        for (text, expected) in [
            ("<{{ .Values.host }}>", "values-host.example"),
            ("<%a%>.example.com", "a.example.com"),
            ("a.<${D}>", "a.d.example"),
        ] {
            assert_eq!(host(&value(text)), expected, "{text}");
        }
        for (text, expected) in [
            ("<{{ origin|e('x') }}>", "https://origin.example"),
            ("https://<@host>", "https://host.example"),
            ("https://a.b:<$PORT>", "https://a.b:8443"),
            ("<{{ scheme }}>://<{{ host }}>", "https://host.example"),
        ] {
            assert_eq!(origin(&value(text)), expected, "{text}");
        }
        for (text, expected) in [
            (r"^https?:\/\/<{{ h|replace('.', '\.') }}>$", Some(r"^https?:\/\/h\.example$")),
            ("^(<{{ a }}>)$", Some(r"^(https://a\.example)$")),
            ("<{{ a }}>", None),
            ("^<{{ a }}>", None),
            ("<{{ a }}>$", None),
        ] {
            assert_eq!(pattern(&value(text)).as_deref(), expected, "{text}");
        }
    }
}
