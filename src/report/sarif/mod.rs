//! SARIF 2.1.0 (OASIS), as GitHub's code scanning and other programs read it.
//!
//! In: a report. Out: one document with one run. Must not know: how anything was found. `model` is the standard's own
//! words, and the other modules fill it.
//!
//! GitHub shows of a result its message, its first place, what the message links, and the code flows; it takes alerts to
//! be the same by `primaryLocationLineHash`; and it shows suppressed results as open alerts, whatever `suppressions`
//! says. Those are therefore only written with `-v`.

mod line_hash;
mod model;
mod outcome;
mod place;
mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use self::model::{
    AutomationDetails, BaseId, Driver, Invocation, Log, Message, Notification, Outcome, RuleReference, Run, Tool,
};
use self::outcome::Outcomes;
use self::place::{BASE, Places};
use super::{Detail, Look, Report, prose, severity};
use crate::finding::{Finding, InputError, SYNTAX_ERROR, Severity, Suppressed};

/// GitHub refuses a run with more results.
const MOST_RESULTS: usize = 25_000;
/// How many files that could not be read, or not understood, are told.
const MOST_NOTIFICATIONS: usize = 1_000;

/// Writes a report as one JSON document and a line end.
pub fn write(report: &Report, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &log(report, look))?;
    writeln!(out)
}

fn log(report: &Report, look: &Look) -> Log {
    let detail = look.detail;
    let places = Places::new(report);
    let results = results(report, &places, detail);
    let base = BaseId { description: Message::plain("The folder that corslint was run in.") };
    Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver: driver() },
            invocations: [invocation(report, &places, detail)],
            // A category of its own: the alerts of other tools, and of other runs, stay.
            automation_details: AutomationDetails { id: format!("{}/", look.category) },
            original_uri_base_ids: BTreeMap::from([(BASE, base)]),
            column_kind: "unicodeCodePoints",
            results,
        }],
    }
}

fn driver() -> Driver {
    Driver {
        name: "corslint",
        full_name: concat!("corslint ", env!("CARGO_PKG_VERSION")),
        version: env!("CARGO_PKG_VERSION"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        information_uri: env!("CARGO_PKG_REPOSITORY"),
        rules: rules::rules(),
    }
}

/// The findings, and with `-v` those that were suppressed; of too many, the gravest.
fn results(report: &Report, places: &Places<'_>, detail: Detail) -> Vec<Outcome> {
    let suppressed: &[Suppressed] = if detail == Detail::Verbose { &report.suppressed } else { &[] };
    let shown = gravest(&report.findings, MOST_RESULTS);
    let suppressed = &suppressed[..suppressed.len().min(MOST_RESULTS - shown.len())];
    let all: Vec<&Finding> =
        shown.iter().copied().chain(suppressed.iter().map(|suppressed| &suppressed.finding)).collect();
    let outcomes = Outcomes::new(report, places, &all, !suppressed.is_empty());
    let shown = shown.iter().map(|finding| outcomes.shown(finding));
    shown.chain(suppressed.iter().map(|suppressed| outcomes.suppressed(suppressed))).collect()
}

/// All, or as many as `most` of those that matter most, in their order.
fn gravest(findings: &[Finding], most: usize) -> Vec<&Finding> {
    let mut numbered: Vec<(usize, &Finding)> = findings.iter().enumerate().collect();
    if numbered.len() > most {
        numbered.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity));
        numbered.truncate(most);
        numbered.sort_by_key(|(number, _)| *number);
    }
    numbered.into_iter().map(|(_, finding)| finding).collect()
}

fn invocation(report: &Report, places: &Places<'_>, detail: Detail) -> Invocation {
    let mut notifications: Vec<Notification> = report.errors.iter().map(|error| failed(places, error)).collect();
    let mut unparsed = BTreeSet::new();
    let syntax_errors = report.findings.iter().filter(|finding| finding.rule == SYNTAX_ERROR);
    // A result each as well, since nothing else is shown by GitHub; here, one for each file.
    let files = syntax_errors.filter(|finding| unparsed.insert(finding.primary.location.source));
    notifications.extend(files.map(|finding| misread(places, finding)));
    if notifications.len() > MOST_NOTIFICATIONS {
        let more = notifications.len() - MOST_NOTIFICATIONS;
        notifications.truncate(MOST_NOTIFICATIONS);
        notifications.push(said("error", format!("There are {more} more inputs that could not be read or parsed.")));
    }
    if let Some(more) = report.findings.len().checked_sub(MOST_RESULTS).filter(|more| *more > 0) {
        let text = format!("There are {more} more findings; the {MOST_RESULTS} that are listed are the most severe.");
        notifications.push(said("warning", text));
    }
    if detail == Detail::Verbose {
        notifications.extend(report.notes.iter().take(MOST_NOTIFICATIONS).map(|note| said("note", sentence(note))));
    }
    // Of a run that says that it failed, GitHub may take no result at all (github/codeql-action 1316). This one went to its
    // end; what it had to leave out is told above, and by the exit code.
    Invocation { execution_successful: true, tool_execution_notifications: notifications }
}

fn failed(places: &Places<'_>, error: &InputError) -> Notification {
    let place = error.location.map_or_else(|| places.whole(&error.file), |location| places.place(location));
    let text = sentence(&format!("{}: {}", error.file, error.message));
    Notification { locations: vec![place], ..said(level(severity(error)), text) }
}

fn misread(places: &Places<'_>, finding: &Finding) -> Notification {
    Notification {
        locations: vec![places.place(finding.primary.location)],
        associated_rule: Some(RuleReference { id: finding.rule, index: rules::index(finding.rule) }),
        ..said("error", prose::one_line(&finding.message))
    }
}

fn said(level: &'static str, text: String) -> Notification {
    Notification { level, message: Message::plain(text), locations: Vec::new(), associated_rule: None }
}

/// In one line, with a final stop.
fn sentence(text: &str) -> String {
    let text = prose::one_line(text);
    if text.ends_with('.') { text } else { format!("{text}.") }
}

/// A severity by the standard's name (3.27.10).
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

#[cfg(test)]
mod tests;
