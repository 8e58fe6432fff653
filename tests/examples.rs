//! Runs the examples of `rules/*.yaml`: `bad` gives exactly its rule, once, at the text that `at` quotes, and `good`
//! gives nothing.
//!
//! A rule that is off by default is on for its own examples.
//!
//! A test for each example and side, named `rule/example/bad` and `rule/example/good`. Further tests hold that the
//! table of rules, the catalogue and the folder name the same rules, and that every rule has an example.

#[path = "support/folder.rs"]
mod folder;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;
use std::slice;

use corslint::Options;
use corslint::report::Report;
use corslint::rules::RULES;
use corslint::rules::catalogue::{self, Entry, Example, FRONTENDS, Files};
use libtest_mimic::{Arguments, Failed, Trial};

use folder::Folder;

/// Rules about the input itself, which are no predicates over exchanges and so do not stand in the table.
const ABOUT_THE_INPUT: &[&str] =
    &["suppression-without-reason", "syntax-error", "unresolved-include", "unused-suppression"];
/// What is checked by the project's own word; it does not stand in the table either.
const ABOUT_SETTINGS: &[&str] = &["unmet-expectation"];

fn main() -> ExitCode {
    let mut trials = vec![
        Trial::test("catalogue/the table, the catalogue and the folder name the same rules", same_rules),
        Trial::test("catalogue/every rule has an example of both sides", every_rule_has_an_example),
    ];
    for entry in catalogue::entries() {
        for (number, example) in runnable(entry).enumerate() {
            let name = example.name.clone().unwrap_or_else(|| (number + 1).to_string());
            trials.push(Trial::test(format!("{}/{name}/bad", entry.id), || bad(entry, example)));
            if let Some(good) = &example.good {
                trials.push(Trial::test(format!("{}/{name}/good", entry.id), || nothing(entry, example, good)));
            }
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn runnable(entry: &Entry) -> impl Iterator<Item = &Example> {
    entry.examples.iter().filter(|example| FRONTENDS.contains(&example.frontend))
}

/// What is checked without any option, and the rule itself where that is off then.
fn only(entry: &Entry) -> Vec<String> {
    let on = catalogue::entries().iter().filter(|other| !other.off || other.id == entry.id);
    if entry.off { on.map(|entry| entry.id.clone()).collect() } else { Vec::new() }
}

fn lint(entry: &Entry, example: &Example, files: &Files) -> Result<Report, Failed> {
    let folder = files.iter(example.frontend).fold(Folder::new(), |folder, (name, text)| folder.with(name, text));
    let paths = slice::from_ref(&folder.0);
    let settings = corslint::config::find(paths).map_err(|files| format!("several settings: {files:?}"))?;
    let config = settings.map(|file| corslint::config::load(&file)).transpose();
    let config = config.map_err(|rejected| format!("{:?}", rejected.errors))?.unwrap_or_default();
    let options = Options { only: only(entry), ..Options::from(config) };
    let report = corslint::lint(paths, &options);
    match report.errors.first() {
        Some(error) => Err(format!("{}: {}", error.file, error.message).into()),
        None => Ok(report),
    }
}

/// What was found, a line each.
fn told(report: &Report) -> String {
    let line = |finding: &corslint::finding::Finding| {
        let text = report.sources.slice(finding.primary.location);
        format!("\n  {}[{}] at `{text}`: {}", finding.severity, finding.rule, finding.message)
    };
    report.findings.iter().map(line).collect()
}

fn bad(entry: &Entry, example: &Example) -> Result<(), Failed> {
    let report = lint(entry, example, &example.bad)?;
    let at = example.at.trim_end();
    let [finding] = report.findings.as_slice() else {
        return Err(format!("expected `{}` alone, found:{}", entry.id, told(&report)).into());
    };
    if finding.rule != entry.id || report.sources.slice(finding.primary.location) != at {
        return Err(format!("expected `{}` at `{at}`, found:{}", entry.id, told(&report)).into());
    }
    if finding.evidence.is_empty() && !tells_without_an_exchange(finding.rule) {
        return Err(format!("there is no exchange to prove:{}", told(&report)).into());
    }
    Ok(())
}

/// Rules about what never comes to an exchange, or shows in none.
fn tells_without_an_exchange(rule: &str) -> bool {
    let about_what_is_written = ["rejected-configuration", "stateful-origin-regex", "ineffective-cors-option"];
    ABOUT_THE_INPUT.contains(&rule) || about_what_is_written.contains(&rule)
}

fn nothing(entry: &Entry, example: &Example, good: &Files) -> Result<(), Failed> {
    let report = lint(entry, example, good)?;
    if report.findings.is_empty() { Ok(()) } else { Err(format!("expected nothing, found:{}", told(&report)).into()) }
}

fn same_rules() -> Result<(), Failed> {
    let elsewhere = ABOUT_THE_INPUT.iter().chain(ABOUT_SETTINGS).copied();
    let table: Vec<&str> = RULES.iter().map(|rule| rule.id).chain(elsewhere).collect();
    let names: BTreeSet<&str> = table.iter().copied().collect();
    if names.len() < table.len() {
        return Err(format!("a rule stands twice in {table:?}").into());
    }
    let entries: BTreeSet<&str> = catalogue::entries().iter().map(|entry| entry.id.as_str()).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut files = BTreeSet::new();
    for file in std::fs::read_dir(folder)? {
        let name = file?.file_name();
        files.extend(name.to_str().and_then(|name| name.strip_suffix(".yaml")).map(str::to_owned));
    }
    let files: BTreeSet<&str> = files.iter().map(String::as_str).collect();
    for (what, ids) in [("catalogue", &entries), ("folder", &files)] {
        if *ids != names {
            let odd: Vec<&&str> = ids.symmetric_difference(&names).collect();
            return Err(format!("the table and the {what} disagree about {odd:?}").into());
        }
    }
    Ok(())
}

fn every_rule_has_an_example() -> Result<(), Failed> {
    let bare: Vec<&str> = catalogue::entries()
        .iter()
        .filter(|entry| !runnable(entry).any(|example| example.good.is_some()))
        .map(|entry| entry.id.as_str())
        .collect();
    if bare.is_empty() { Ok(()) } else { Err(format!("no example of both sides: {bare:?}").into()) }
}
