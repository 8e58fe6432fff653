//! corslint predicts what a browser will make of a CORS configuration before it is deployed.
//!
//! It does not match patterns; it predicts responses:
//!
//! ```text
//! discover → parse → link → lower → policy → exchange → rules → report
//!  files     pest    trees   server   the IR   probes ×   judge    text,
//!            trees   joined  semantics         browser             JSON
//! ```
//!
//! A stage knows the type before it and the type after it. No pest type leaves [`parse`], no server's name enters
//! [`rules`], server semantics live in [`lower`], browser semantics in [`exchange`], and nothing below [`report`]
//! formats text for a terminal.

pub mod analysis;
pub mod cli;
pub mod discover;
pub mod exchange;
pub mod finding;
mod input;
mod judge;
pub mod link;
pub mod lower;
mod options;
pub mod parse;
pub mod policy;
pub mod report;
pub mod rules;
pub mod simulate;
pub mod source;
pub mod suppress;
pub mod syntax;

pub use options::Options;

use std::path::PathBuf;

/// Lints what lies below `paths`.
#[must_use]
pub fn lint(paths: &[PathBuf], options: &Options) -> report::Report {
    let analysis = analysis::analyze(paths, options, &link::express::Environment::known(&options.environment));
    let selected = |rule: &str| options.selects(rule);
    let mut merged = judge::judge(&analysis, &selected);
    input::findings(&analysis).filter(|finding| selected(finding.rule)).for_each(|finding| merged.add(finding));
    let sifted = suppress::sift(&analysis, options, merged.findings);
    report::Report {
        findings: sifted.findings,
        files: analysis.files.len(),
        endpoints: merged.endpoints,
        suppressed: sifted.suppressed,
        baseline: sifted.baseline,
        notes: merged.notes,
        errors: analysis.errors.into_iter().chain(sifted.errors).collect(),
        sources: analysis.sources,
        dialects: analysis.files,
    }
}
