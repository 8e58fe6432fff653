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
    /// What every match begins with, at the beginning of the text: most texts are told apart by that alone.
    start: String,
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
        Self::of(source, ignore_case, unknown, compiled)
    }

    /// Compiles an ECMAScript pattern with its flags. It is run by the same engine, which can be told to stop; what the
    /// languages write differently is rewritten for it.
    #[must_use]
    pub fn ecmascript(source: &str, flags: &str, unknown: UnknownId) -> Self {
        let dot_all = if flags.contains('s') { "(?s)" } else { "" };
        let multi_line = if flags.contains('m') { "(?m)" } else { "" };
        let rewritten = format!("{dot_all}{multi_line}{}", ecmascript_in_pcre(source));
        let compiled = Self::pcre(&rewritten, flags.contains('i'), unknown);
        Self { source: source.to_owned(), flavor: Flavor::EcmaScript, ..compiled }
    }

    /// A pattern of which only a part is known.
    #[must_use]
    pub fn partial(source: &str, ignore_case: bool, unknown: UnknownId) -> Self {
        let compiled = Err(CompileError("a part of it is not known".to_owned()));
        Self::of(source, ignore_case, unknown, compiled)
    }

    fn of(
        source: &str,
        ignore_case: bool,
        unknown: UnknownId,
        compiled: Result<Box<fancy_regex::Regex>, CompileError>,
    ) -> Self {
        Self {
            source: source.to_owned(),
            flavor: Flavor::Pcre,
            ignore_case,
            variables: Vec::new(),
            unknown,
            compiled,
            start: literal_start(source),
        }
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
        if !self.may_match(subject) {
            return Ok(None);
        }
        let found = regex.captures(subject).map_err(|error| CompileError(error.to_string()))?;
        Ok(found.map(|groups| groups.iter().map(|group| group.map(|m| m.as_str().to_owned())).collect()))
    }

    fn may_match(&self, subject: &str) -> bool {
        let beginning = subject.as_bytes().get(..self.start.len());
        let start = self.start.as_bytes();
        beginning.is_some_and(
            |beginning| {
                if self.ignore_case { beginning.eq_ignore_ascii_case(start) } else { beginning == start }
            },
        )
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
        if !self.may_match(subject) {
            return Ok(false);
        }
        regex.is_match(subject).map_err(|error| CompileError(error.to_string()))
    }
}

/// The plain characters at the beginning of a pattern that is anchored there; nothing where it has alternatives.
fn literal_start(source: &str) -> String {
    let Some(rest) = source.strip_prefix('^').filter(|rest| !rest.contains('|')) else { return String::new() };
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | ':');
    let mut start: String = rest.chars().take_while(is_plain).collect();
    // What a quantifier stands behind may be missing.
    if rest[start.len()..].starts_with(['?', '*', '+', '{']) {
        start.pop();
    }
    start
}

/// A pattern of ECMAScript as PCRE writes it: in a class, `[` is itself there, `[]` matches nothing and `[^]` anything
/// (ECMA-262 section 22.2.1).
fn ecmascript_in_pcre(source: &str) -> String {
    let mut rewritten = String::with_capacity(source.len());
    let mut chars = source.chars().peekable();
    let mut in_class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('/') => rewritten.push('/'),
                Some(escaped) => rewritten.extend(['\\', escaped]),
                None => rewritten.push('\\'),
            },
            '[' if in_class => rewritten.push_str("\\["),
            '&' | '~' if in_class => rewritten.extend(['\\', c]),
            '[' => {
                let negated = chars.next_if_eq(&'^').is_some();
                if chars.next_if_eq(&']').is_some() {
                    rewritten.push_str(if negated { "[\\s\\S]" } else { "(?!)" });
                } else {
                    in_class = true;
                    rewritten.push_str(if negated { "[^" } else { "[" });
                }
            }
            ']' if in_class => {
                in_class = false;
                rewritten.push(']');
            }
            _ => rewritten.push(c),
        }
    }
    rewritten
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl std::error::Error for CompileError {}
