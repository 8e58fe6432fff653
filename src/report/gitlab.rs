//! GitLab's Code Quality report: what it shows beside a merge request.

use std::io::{self, Write};

use serde::Serialize;

use super::{Look, Range, Report, entry, prose, severity};
use crate::finding::{Finding, InputError, SYNTAX_ERROR, Severity};

/// What an input that could not be read is filed under.
const UNREADABLE: &str = "unreadable-input";

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    /// No two alike, or GitLab shows one of them only.
    fingerprint: String,
    severity: &'static str,
    location: Place<'a>,
}

/// GitLab takes either form; the second tells columns.
#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    lines: Lines,
    #[serde(skip_serializing_if = "Option::is_none")]
    positions: Option<Positions>,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

#[derive(Serialize)]
struct Positions {
    begin: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

/// Writes findings and errors as a JSON list and a line end.
pub fn write(report: &Report, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let findings = report.findings.iter().map(|finding| found(report, finding));
    let errors = report.errors.iter().enumerate().map(|(number, error)| failed(report, number, error));
    serde_json::to_writer_pretty(&mut *out, &findings.chain(errors).collect::<Vec<_>>())?;
    writeln!(out)
}

fn found<'a>(report: &'a Report, finding: &'a Finding) -> Issue<'a> {
    let location = finding.primary.location;
    Issue {
        description: format!("{}: {}", finding.rule, prose::one_line(&finding.message)),
        check_name: finding.rule,
        fingerprint: finding.fingerprint.clone(),
        severity: grade(finding),
        location: place(&report.sources.get(location.source).name, Some(Range::of(report, location))),
    }
}

fn failed<'a>(report: &'a Report, number: usize, error: &'a InputError) -> Issue<'a> {
    Issue {
        description: format!("{UNREADABLE}: {}", prose::one_line(&error.message)),
        check_name: UNREADABLE,
        fingerprint: format!("{UNREADABLE}-{number}-{}", error.file),
        severity: if severity(error) == Severity::Error { "blocker" } else { "minor" },
        location: place(&error.file, error.location.map(|location| Range::of(report, location))),
    }
}

/// What could not be parsed stands in the way of everything else; a fault that can be exploited weighs more than one that
/// merely breaks.
fn grade(finding: &Finding) -> &'static str {
    let is_security = entry(finding).is_some_and(|entry| entry.security_severity.is_some());
    match finding.severity {
        Severity::Error if finding.rule == SYNTAX_ERROR => "blocker",
        Severity::Error if is_security => "critical",
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}

fn place(path: &str, range: Option<Range>) -> Place<'_> {
    let (begin, end) = range.map_or((1, 1), |range| (range.start.line, range.end.line));
    let positions = range.map(|Range { start, end }| Positions {
        begin: Position { line: start.line, column: start.column },
        end: Position { line: end.line, column: end.column },
    });
    Place { path, lines: Lines { begin, end }, positions }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::sample;
    use super::*;

    fn written(report: &Report) -> Value {
        sample::json(write, report, &sample::look())
    }

    #[test]
    fn findings_and_errors_are_issues() {
        let mut report = sample::full();
        report.findings[0].fingerprint = "0123456789abcdef".to_owned();
        report.errors.push(sample::error("b.conf", "permission denied"));
        assert_eq!(
            written(&report),
            json!([
                {
                    "description": "unvalidated-origin-echo: Any site can read what its visitors can read here, with \
                                    their cookies.",
                    "check_name": "unvalidated-origin-echo",
                    "fingerprint": "0123456789abcdef",
                    "severity": "critical",
                    "location": {
                        "path": "deploy/api.conf",
                        "lines": {"begin": 3, "end": 3},
                        "positions": {"begin": {"line": 3, "column": 41}, "end": {"line": 3, "column": 53}},
                    },
                },
                {
                    "description": "unreadable-input: permission denied",
                    "check_name": "unreadable-input",
                    "fingerprint": "unreadable-input-0-b.conf",
                    "severity": "blocker",
                    "location": {"path": "b.conf", "lines": {"begin": 1, "end": 1}},
                },
            ])
        );
        assert_eq!(written(&Report::default()), json!([]));
    }

    #[test]
    fn grades_follow_severity_and_what_is_at_stake() {
        let mut finding = sample::full().findings.remove(0);
        for (rule, severity, grade_of_it) in [
            ("unvalidated-origin-echo", Severity::Error, "critical"),
            ("unvalidated-origin-echo", Severity::Warning, "minor"),
            ("duplicate-allow-origin", Severity::Error, "major"),
            ("syntax-error", Severity::Error, "blocker"),
            ("unresolved-include", Severity::Info, "info"),
        ] {
            finding.rule = rule;
            finding.severity = severity;
            assert_eq!(grade(&finding), grade_of_it, "{rule}");
        }
    }
}
