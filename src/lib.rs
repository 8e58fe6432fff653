//! corslint predicts what a browser will make of a CORS configuration before it is deployed.
//!
//! It does not match patterns; it predicts responses:
//!
//! ```text
//! discover → parse → link → lower → policy → exchange → rules → suppress → report
//!  files     pest    trees   server   the IR   probes ×   judge   comments,  text, JSON,
//!            trees   joined  semantics         browser            baseline   SARIF …
//! ```
//!
//! [`analysis`] is the stages up to the policies, which linting and [`simulate`] share; there, servers are joined with the
//! applications that they forward to. What a project says in its [`config`] reaches the stages by [`Options`].
//!
//! A stage knows the type before it and the type after it. No pest type leaves [`parse`], no server's name enters
//! [`rules`], server semantics live in [`lower`], browser semantics in [`exchange`], and nothing below [`report`]
//! formats text for a terminal.

pub mod analysis;
pub mod cli;
pub mod config;
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
mod words;

pub use options::Options;

use std::path::PathBuf;

/// Lints what lies below `paths`.
#[must_use]
pub fn lint(paths: &[PathBuf], options: &Options) -> report::Report {
    let environment = link::express::Environment::known(&options.environment);
    let mut analysis = analysis::analyze(paths, &options.wanted(&environment));
    let selected = |rule: &str| options.selects(rule);
    let ignores = suppress::Ignores::read(&analysis, options);
    let comment = |finding: &finding::Finding| ignores.covering(finding);
    let config = &options.config;
    let settings =
        rules::Settings { selected: &selected, trusted: &config.trusted, limits: config.limits, ignored: &comment };
    let mut merged = judge::judge(&analysis, settings);
    let unmet = unmet(&mut analysis, options);
    merged.add(input::findings(&analysis).chain(unmet));
    let settled = |finding| options.settle(finding, &analysis.sources);
    let findings = merged.findings.into_iter().filter_map(settled).collect();
    merged.notes.splice(0..0, std::mem::take(&mut analysis.notes));
    if let Some(file) = &config.source {
        merged.notes.insert(0, format!("the settings are those of {}", file.name));
    }
    let sifted = suppress::sift(&analysis, options, ignores, findings);
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

/// What the project's file expects and is not so.
fn unmet(analysis: &mut analysis::Analysis, options: &Options) -> Vec<finding::Finding> {
    let config = &options.config;
    let wanted = !config.expectations.is_empty() && options.selects(simulate::UNMET);
    let Some(file) = config.source.clone().filter(|_| wanted) else { return Vec::new() };
    let source = analysis.sources.add(file);
    simulate::unmet(analysis, source, &config.expectations)
}
