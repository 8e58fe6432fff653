//! Regular expressions, and wildcards as regular expressions.

use super::Lowering;
use crate::lower::template;
use crate::policy::{self, Depends, Pattern, PatternId};
use crate::source::Location;
use crate::syntax::hole;

impl Lowering {
    /// A regular expression that is written in the configuration.
    pub(super) fn pattern(&mut self, source: &str, ignore_case: bool, location: Location) -> PatternId {
        let key = (source.to_owned(), ignore_case);
        if let Some(known) = self.patterns.get(&key) {
            return *known;
        }
        let shown = hole::decode(source).into_owned();
        let what = format!("`{shown}` matches");
        let filled = if hole::has_hole(source) { template::pattern(source) } else { Some(source.to_owned()) };
        let pattern = match filled {
            None => Pattern::partial(&shown, ignore_case, self.filled_in(what, location)),
            Some(source) => {
                let why = "is a pattern that cannot be run here";
                let unknown = self.unknown(what, why, Depends::Nothing, location);
                Pattern::pcre(&source, ignore_case, unknown)
            }
        };
        let id = PatternId(policy::push(&mut self.policy.patterns, pattern));
        self.patterns.insert(key, id);
        id
    }

    /// The regular expression of a section, whose named groups are there as variables (`ap_regname`: `MATCH_NAME`).
    pub(super) fn section_pattern(&mut self, source: &str, location: Location) -> PatternId {
        let id = self.pattern(source, false, location);
        let names: Vec<(String, usize)> =
            self.policy.pattern(id).names().map(|(name, group)| (format!("MATCH_{name}"), group)).collect();
        let variables = names.into_iter().map(|(name, group)| (self.variable(&name), group)).collect();
        self.policy.patterns[id.index()].variables = variables;
        id
    }

    /// A shell pattern as httpd matches it (`apr_fnmatch`); `crosses` says whether `*` and `?` take a slash.
    pub(super) fn wildcard(&mut self, source: &str, crosses: bool, ignore_case: bool, location: Location) -> PatternId {
        let (any, one) = if crosses { (".*", ".") } else { ("[^/]*", "[^/]") };
        let mut regex = String::from("^");
        for c in source.chars() {
            match c {
                '*' => regex.push_str(any),
                '?' => regex.push_str(one),
                '[' | ']' | '-' => regex.push(c),
                c if c.is_alphanumeric() || c == '/' => regex.push(c),
                c => {
                    regex.push('\\');
                    regex.push(c);
                }
            }
        }
        regex.push('$');
        self.pattern(&regex, ignore_case, location)
    }
}

/// Whether httpd takes a text for a shell pattern (`apr_fnmatch_test`).
pub(super) fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?', '['])
}
