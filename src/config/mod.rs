//! `corslint.toml`: what a project says once and for all.
//!
//! In: the paths that are linted, or the path of the file. Out: a [`Config`], or everything that is wrong with the file,
//! each fault with its place. Must not know: what was typed, which wins over the file (`cli` merges the two); how
//! anything is found or judged.
//!
//! What can be said stands in one table, in `keys`: the check of the file, its schema and the file that `corslint init`
//! writes all come from there.

mod check;
mod find;
mod keys;
mod levels;
mod read;
mod sample;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::de::{DeTable, Error};

use crate::analysis::Link;
use crate::discover::{self, Globs};
use crate::exchange::origin::Origin;
use crate::finding::{InputError, Severity};
use crate::rules::Limits;
use crate::simulate::Expectation;
use crate::source::{Location, Source, Sources, Span};

pub use find::{NAMES, find};
pub use levels::{Level, Levels};
pub use sample::sample;
pub(crate) use text::{header, origin};

/// The JSON schema of the file, draft 7.
pub const SCHEMA: &str = include_str!("schema.json");

/// How many faults of a file are told.
const MOST_FAULTS: usize = 100;

/// What a project's file says; [`Config::default`] is what an empty one does.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Its text; `None` where there is no file.
    pub source: Option<Source>,
    /// What is passed over when folders are walked.
    pub exclude: Option<Globs>,
    /// The least severity that makes a run fail.
    pub fail_on: Option<Threshold>,
    /// The least severity that is reported.
    pub min_severity: Option<Severity>,
    /// Whether the rules that are off by default are checked.
    pub pedantic: bool,
    /// The file of known findings, below the file's folder unless it is absolute; whether it is there is not looked at.
    pub baseline: Option<PathBuf>,
    /// Values of environment variables, by name.
    pub environment: BTreeMap<String, String>,
    /// Whom the site trusts beyond the origins that its configuration names.
    pub trusted: Vec<Origin>,
    /// What rules are set to.
    pub levels: Levels,
    /// What is said of single rules beside that.
    pub limits: Limits,
    /// Which upstreams are applications of the tree.
    pub links: Vec<Link>,
    /// What shall be allowed and what not.
    pub expectations: Vec<Expectation>,
}

/// From where on findings make a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Threshold {
    /// Never.
    Never,
    /// From this severity on.
    #[serde(untagged)]
    Severity(Severity),
}

/// A file that cannot be taken as it is.
#[derive(Debug, Default)]
pub struct Rejected {
    /// The file's text, if it could be read.
    pub sources: Sources,
    /// What is wrong with it, in the order of the text: everything, or a hundred faults and how many more there are.
    pub errors: Vec<InputError>,
}

/// Reads and checks a file.
pub fn load(file: &Path) -> Result<Config, Box<Rejected>> {
    let name = discover::shown(file);
    match discover::read_utf8(file) {
        Ok(text) => take(Source::new(file.to_path_buf(), name, text)),
        Err(message) => Err(Box::new(Rejected { errors: vec![fault(&name, None, message)], ..Rejected::default() })),
    }
}

/// Checks the text of a file.
fn take(source: Source) -> Result<Config, Box<Rejected>> {
    let name = source.name.clone();
    let folder = source.path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).to_path_buf();
    let (root, errors) = DeTable::parse_recoverable(&source.text);
    let faults = if errors.is_empty() { check::check(&root, &folder) } else { syntax(&errors, &source.text) };
    drop(root);
    if faults.is_empty() {
        let rejected = |message| Rejected { errors: vec![fault(&name, None, message)], ..Rejected::default() };
        return read::read(source, &folder).map_err(|message| Box::new(rejected(message)));
    }
    let mut sources = Sources::default();
    let source = sources.add(source);
    let more = faults.len().saturating_sub(MOST_FAULTS);
    let located = |(span, message): check::Fault| {
        fault(&name, Some(Location { source, span: Span::new(span.start, span.end) }), message)
    };
    let mut errors: Vec<InputError> = faults.into_iter().take(MOST_FAULTS).map(located).collect();
    if more > 0 {
        errors.push(fault(&name, None, format!("{more} more faults are not shown")));
    }
    Err(Box::new(Rejected { sources, errors }))
}

fn fault(file: &str, location: Option<Location>, message: String) -> InputError {
    InputError { file: file.to_owned(), location, message, fatal: true }
}

/// What keeps the text from being TOML. One fault often brings others, which say nothing new on the same line.
fn syntax(errors: &[Error], text: &str) -> Vec<check::Fault> {
    let mut faults: Vec<check::Fault> = Vec::new();
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let same_line = faults.last().is_some_and(|(last, _)| {
            text.get(last.start.min(span.start)..span.start.max(last.start))
                .is_some_and(|between| !between.contains('\n'))
        });
        if !same_line {
            faults.push((span, format!("not TOML: {}", error.message())));
        }
    }
    faults
}
