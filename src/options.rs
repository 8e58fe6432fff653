//! What a run is asked to do; how its result is shown is no part of it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::analysis::Wanted;
use crate::config::{Config, Level};
use crate::discover;
use crate::finding::{Finding, Severity};
use crate::link::Inside;
use crate::link::express::Environment;
use crate::rules::catalogue;
use crate::source::Sources;
use crate::suppress::baseline::Baseline;

/// How to lint; [`Options::default`] is what `corslint` does without any option.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What to look for among the files.
    pub discover: discover::Options,
    /// What files that were named are the inside of, where they are fragments.
    pub inside: Option<Inside>,
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
    /// What else the project's file says.
    pub config: Config,
}

impl From<Config> for Options {
    /// What a project's file asks for.
    fn from(mut config: Config) -> Self {
        let exclude = config.exclude.take().into_iter().collect();
        Self {
            discover: discover::Options { exclude, ..discover::Options::default() },
            environment: std::mem::take(&mut config.environment),
            pedantic: config.pedantic,
            config,
            ..Self::default()
        }
    }
}

impl Options {
    /// What the stages from paths to policies are told of it.
    #[must_use]
    pub fn wanted<'a>(&'a self, environment: &'a Environment) -> Wanted<'a> {
        Wanted { discover: &self.discover, inside: self.inside, links: &self.config.links, environment }
    }

    /// Whether a rule is to be checked.
    #[must_use]
    pub fn selects(&self, rule: &str) -> bool {
        if self.skip.iter().any(|id| id == rule) {
            return false;
        }
        if !self.only.is_empty() {
            return self.only.iter().any(|id| id == rule);
        }
        self.config.levels.selects(rule).unwrap_or_else(|| self.is_on(rule))
    }

    /// A finding as the project's file wants it reported; `None` where its rule is not checked, or is off in its file.
    ///
    /// What hangs on an assumption stays at most a warning.
    #[must_use]
    pub fn settle(&self, mut finding: Finding, sources: &Sources) -> Option<Finding> {
        if !self.selects(finding.rule) {
            return None;
        }
        match self.level(finding.rule, &sources.get(finding.primary.location.source).path) {
            Some(Level::Off) => return None,
            Some(Level::Severity(severity)) if finding.assumptions.is_empty() => finding.severity = severity,
            Some(Level::Severity(severity)) => finding.severity = severity.min(Severity::Warning),
            None => {}
        }
        Some(finding)
    }

    /// Whether what a rule finds in `file` is reported.
    #[must_use]
    pub fn reports(&self, rule: &str, file: &Path) -> bool {
        self.selects(rule) && self.level(rule, file) != Some(Level::Off)
    }

    /// What a selected rule is set to in `file`, by whatever; `None`: nothing.
    fn level(&self, rule: &str, file: &Path) -> Option<Level> {
        let is_named = self.only.iter().any(|id| id == rule);
        let levels = &self.config.levels;
        // Whoever asks for a rule by name wants it checked, except in files where it never is.
        let counts = |level: &Level| !(is_named && *level == Level::Off);
        let level = levels.in_file(rule, file).or_else(|| levels.everywhere(rule).filter(counts));
        // Another file's override may be all that switches it on.
        level.or_else(|| (!is_named && !self.is_on(rule)).then_some(Level::Off))
    }

    /// Whether a rule is checked where the project's file says nothing of it.
    fn is_on(&self, rule: &str) -> bool {
        self.pedantic || catalogue::entry(rule).is_none_or(|entry| !entry.off)
    }
}
