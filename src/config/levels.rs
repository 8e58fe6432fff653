//! How severe the findings of a rule are to be, in which files.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::discover::Globs;
use crate::finding::Severity;

/// What a rule is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not checked.
    Off,
    /// Checked, and reported with this severity.
    #[serde(untagged)]
    Severity(Severity),
}

/// What rules are set to, by id.
pub(super) type ByRule = BTreeMap<String, Level>;

/// What rules are set to: everywhere, and in some files.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    pub(super) everywhere: ByRule,
    pub(super) overrides: Vec<(Globs, ByRule)>,
}

impl Levels {
    /// Whether a rule is to be checked; `None`: nothing is said of it.
    #[must_use]
    pub fn selects(&self, rule: &str) -> Option<bool> {
        let said = self.everywhere(rule);
        let somewhere = self.overrides.iter().filter_map(|(_, rules)| rules.get(rule));
        if somewhere.chain(&said).any(|level| *level != Level::Off) { Some(true) } else { said.map(|_| false) }
    }

    /// What a rule is set to wherever no override says otherwise.
    #[must_use]
    pub fn everywhere(&self, rule: &str) -> Option<Level> {
        self.everywhere.get(rule).copied()
    }

    /// What an override sets a rule to in `file`; the last one counts.
    #[must_use]
    pub fn in_file(&self, rule: &str, file: &Path) -> Option<Level> {
        self.overrides.iter().rev().find_map(|(paths, rules)| {
            let level = rules.get(rule)?;
            paths.matches(file, false).then_some(*level)
        })
    }
}
