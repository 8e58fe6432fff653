//! The keys of `map` entries.

use crate::syntax::directive::Word;
use crate::syntax::nginx::MapKey;

/// What kind of key the first word of a `map` entry is, as `ngx_http_map` tells them apart (quotes play no part).
///
/// `hostnames`, `volatile` and `include x` are no entries: the caller asks only for the name of an entry of two words
/// that is not `include`.
#[must_use]
pub fn map_key(word: &Word) -> MapKey {
    let key = word.value.as_str();
    if key == "default" {
        return MapKey::Default;
    }
    if let Some(pattern) = key.strip_prefix('~') {
        let (pattern, ignore_case) = pattern.strip_prefix('*').map_or((pattern, false), |rest| (rest, true));
        return MapKey::Regex { pattern: pattern.to_owned(), ignore_case };
    }
    MapKey::Literal(key.strip_prefix('\\').unwrap_or(key).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_apart_by_their_first_character() {
        let regex = |pattern: &str, ignore_case| MapKey::Regex { pattern: pattern.to_owned(), ignore_case };
        let literal = |text: &str| MapKey::Literal(text.to_owned());
        for (spelling, expected) in [
            ("default", MapKey::Default),
            ("\"default\"", MapKey::Default),
            ("\\default", literal("default")),
            ("~^https://a$", regex("^https://a$", false)),
            ("\"~*^https://a{1,3}$\"", regex("^https://a{1,3}$", true)),
            ("\\~x", literal("~x")),
            ("\"\\~x\"", literal("~x")),
            ("\"\"", literal("")),
            ("*.example.com", literal("*.example.com")),
            ("https://a", literal("https://a")),
        ] {
            let tree = super::super::parse(&format!("{spelling} 1;"));
            assert_eq!(map_key(&tree.directives[0].name), expected, "{spelling}");
        }
    }
}
