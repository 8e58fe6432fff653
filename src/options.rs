//! What a run is asked to do; how its result is shown is no part of it.

use std::collections::BTreeMap;

use crate::analysis::Link;
use crate::discover;
use crate::rules::catalogue;
use crate::suppress::baseline::Baseline;

/// How to lint; [`Options::default`] is what `corslint` does without any option.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What to look for among the files.
    pub discover: discover::Options,
    /// Where servers of the tree forward to, as far as that cannot be told from it.
    pub links: Vec<Link>,
    /// Values of environment variables, by name.
    pub environment: BTreeMap<String, String>,
    /// Whether the rules that are off by default are checked, too.
    pub pedantic: bool,
    /// Ids of the only rules to check; empty: all. One that is off by default is checked when it is named here.
    pub only: Vec<String>,
    /// Ids of rules not to check.
    pub skip: Vec<String>,
    /// Whether comments that ask for something to be ignored are not heeded.
    pub no_ignores: bool,
    /// Findings that are known.
    pub baseline: Option<Baseline>,
}

impl Options {
    /// Whether a rule is to be checked.
    #[must_use]
    pub fn selects(&self, rule: &str) -> bool {
        if self.skip.iter().any(|id| id == rule) {
            return false;
        }
        if !self.only.is_empty() {
            return self.only.iter().any(|id| id == rule);
        }
        self.pedantic || catalogue::entry(rule).is_none_or(|entry| !entry.off)
    }
}
