//! Findings → what people and programs read.
//!
//! In: a [`Report`]. Out: bytes, in one of the [`FORMATS`]. Must not know: how anything was found. Each format is a
//! module and a line of the table; what more than one of them needs stands here.

pub mod concise;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod junit;
mod prose;
pub mod sarif;
pub mod text;
mod verdict;

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::discover::Dialect;
use crate::finding::{Finding, InputError, Severity, Suppressed};
use crate::rules::catalogue::{self, Entry};
use crate::source::{Location, Position, SourceId, Sources};
use crate::suppress::baseline::Baseline;

/// What a run has found.
#[derive(Debug, Default)]
pub struct Report {
    /// The texts that locations point into.
    pub sources: Sources,
    /// The languages of those that were read as configurations.
    pub dialects: BTreeMap<SourceId, Dialect>,
    /// Sorted by file, position and rule.
    pub findings: Vec<Finding>,
    /// What could not be read or analysed.
    pub errors: Vec<InputError>,
    /// How many files were read.
    pub files: usize,
    /// How many endpoints they make up.
    pub endpoints: usize,
    /// What a comment or a baseline took away, in the same order.
    pub suppressed: Vec<Suppressed>,
    /// The baseline that takes away all of that, where one is to be written.
    pub baseline: Option<Baseline>,
    /// What was not understood and taken as unknown; one sentence each.
    pub notes: Vec<String>,
}

impl Report {
    /// How many findings have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// How a report is to look, and what of it is wanted; a format heeds what it has a place for.
#[derive(Debug, Clone)]
pub struct Look {
    /// Whether to write escape sequences for colours.
    pub color: bool,
    /// Whether to draw with more than ASCII.
    pub unicode: bool,
    /// How much to say.
    pub detail: Detail,
    /// Whether to tell how often each rule is reported, in place of its findings.
    pub statistics: bool,
    /// What tells this run from others of the same repository; for SARIF.
    pub category: String,
    /// What the user asked to be read, as it is shown.
    pub inputs: Vec<String>,
}

/// How much to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Findings and errors, no summary.
    Quiet,
    /// The summary, too.
    Normal,
    /// All evidence and the notes, too.
    Verbose,
}

/// A way to write a report.
#[derive(Debug)]
pub struct Format {
    /// What the user calls it.
    pub name: &'static str,
    /// Writes the whole report.
    pub write: fn(&Report, &Look, &mut dyn Write) -> io::Result<()>,
    /// Whether people read it, and errors and summary are part of it, so that they need not be told again.
    pub for_people: bool,
}

/// Every format; the first is the default. `text` and `concise` (a line each) are for people; `json` (version 1) and
/// `sarif` (2.1.0) for programs; `github` makes annotations of a workflow's output, `gitlab` a Code Quality report,
/// `junit` a report of tests.
pub static FORMATS: &[Format] = &[
    Format { name: "text", write: text::write, for_people: true },
    Format { name: "concise", write: concise::write, for_people: true },
    Format { name: "json", write: json::write, for_people: false },
    Format { name: "sarif", write: sarif::write, for_people: false },
    Format { name: "github", write: github::write, for_people: true },
    Format { name: "gitlab", write: gitlab::write, for_people: false },
    Format { name: "junit", write: junit::write, for_people: false },
];

/// How to mend a finding: in its own words, or else in the catalogue's for the language that its file is written in.
fn help<'a>(report: &Report, finding: &'a Finding, entry: Option<&'a Entry>) -> Option<&'a str> {
    let catalogued = || {
        let fix = &entry?.fix;
        // What is written in none of the languages, as the project's settings are, is mended in one way.
        let text = match report.dialects.get(&finding.primary.location.source) {
            Some(dialect) => fix.of((*dialect).into()),
            None => fix.texts().find_map(|(frontend, text)| frontend.is_none().then_some(text)),
        };
        text.map(str::trim_end)
    };
    finding.help.as_deref().or_else(catalogued)
}

/// Lines and columns of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
struct Range {
    start: Position,
    /// One past the last character.
    end: Position,
}

impl Range {
    fn of(report: &Report, location: Location) -> Self {
        let source = report.sources.get(location.source);
        Self { start: source.position(location.span.start), end: source.position(location.span.end) }
    }
}

/// How grave it is that something could not be read.
fn severity(error: &InputError) -> Severity {
    if error.fatal { Severity::Error } else { Severity::Warning }
}

/// What the catalogue says of the rule of a finding.
fn entry(finding: &Finding) -> Option<&'static Entry> {
    catalogue::entry(finding.rule)
}

#[cfg(test)]
pub(crate) mod sample;
