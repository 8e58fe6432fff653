//! Regular expressions as the servers' engines understand them.

use std::fmt;

use super::{UnknownId, VariableId};

/// Steps after which a match is given up, so that a pathological pattern cannot hang the run.
const BACKTRACK_LIMIT: usize = 200_000;

/// Whose regular expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flavor {
    /// PCRE, as nginx and httpd link it.
    Pcre,
    /// ECMAScript.
    EcmaScript,
}

/// A regular expression.
#[derive(Debug)]
pub struct Pattern {
    /// As it is written, without delimiters or flags.
    pub source: String,
    /// Whose.
    pub flavor: Flavor,
    /// Whether case is ignored.
    pub ignore_case: bool,
    /// Variables that its groups are assigned to when it matches, with the number of the group.
    pub variables: Vec<(VariableId, usize)>,
    /// What stands for "not known" where it cannot be run.
    pub unknown: UnknownId,
    compiled: Result<Box<fancy_regex::Regex>, CompileError>,
}

/// Why a pattern cannot be run here. The server may well take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompileError(pub String);

/// What a match captured: the whole first, then the groups.
pub type Captures = Vec<Option<String>>;

impl Pattern {
    /// Compiles a PCRE pattern.
    #[must_use]
    pub fn pcre(source: &str, ignore_case: bool, unknown: UnknownId) -> Self {
        let compiled = fancy_regex::RegexBuilder::new(source)
            .case_insensitive(ignore_case)
            .backtrack_limit(BACKTRACK_LIMIT)
            .build()
            .map(Box::new)
            .map_err(|error| CompileError(error.to_string()));
        Self { source: source.to_owned(), flavor: Flavor::Pcre, ignore_case, variables: Vec::new(), unknown, compiled }
    }

    /// A pattern of which only a part is known.
    #[must_use]
    pub fn partial(source: &str, ignore_case: bool, unknown: UnknownId) -> Self {
        let compiled = Err(CompileError("a part of it is not known".to_owned()));
        Self { source: source.to_owned(), flavor: Flavor::Pcre, ignore_case, variables: Vec::new(), unknown, compiled }
    }

    /// Names of its named groups with their numbers.
    pub fn names(&self) -> impl Iterator<Item = (&str, usize)> {
        let names = self.compiled.iter().flat_map(|regex| regex.capture_names().enumerate());
        names.filter_map(|(group, name)| Some((name?, group)))
    }

    /// Why it cannot be run, if so.
    #[must_use]
    pub fn error(&self) -> Option<&CompileError> {
        self.compiled.as_ref().err()
    }

    /// Searches `subject`. `Ok(None)` is no match; an error means that the answer is not known.
    pub fn captures(&self, subject: &str) -> Result<Option<Captures>, CompileError> {
        let regex = self.compiled.as_ref().map_err(CompileError::clone)?;
        let found = regex.captures(subject).map_err(|error| CompileError(error.to_string()))?;
        Ok(found.map(|groups| groups.iter().map(|group| group.map(|m| m.as_str().to_owned())).collect()))
    }

    /// The byte at which the first match in `subject` begins; an error means that the answer is not known.
    pub fn find(&self, subject: &str) -> Result<Option<usize>, CompileError> {
        let regex = self.compiled.as_ref().map_err(CompileError::clone)?;
        let found = regex.find(subject).map_err(|error| CompileError(error.to_string()))?;
        Ok(found.map(|found| found.start()))
    }

    /// Whether `subject` contains a match; an error means that the answer is not known.
    pub fn is_match(&self, subject: &str) -> Result<bool, CompileError> {
        let regex = self.compiled.as_ref().map_err(CompileError::clone)?;
        regex.is_match(subject).map_err(|error| CompileError(error.to_string()))
    }
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl std::error::Error for CompileError {}
