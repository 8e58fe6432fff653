//! Annotations: lines by which a program that runs in a GitHub workflow marks lines of the repository's files ("workflow
//! commands"). GitHub shows ten of each kind for a step, the rest in the log alone.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Detail, Look, Range, Report, prose, severity, text};
use crate::finding::Severity;
use crate::source::Location;

/// Writes findings and errors as annotations, with `-v` notes, and unless `-q` a summary as plain text.
pub fn write(report: &Report, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let place = place(report, finding.primary.location);
        let message = data(&prose::lines(finding, 1).join("\n"));
        let title = property(&format!("corslint ({})", finding.rule));
        writeln!(out, "::{} {place},title={title}::{message}", command(finding.severity))?;
    }
    for error in &report.errors {
        let file = || format!("file={}", property(&error.file));
        let place = error.location.map_or_else(file, |location| place(report, location));
        let message = data(&format!("{}: {}", error.file, prose::one_line(&error.message)));
        writeln!(out, "::{} {place},title=corslint::{message}", command(severity(error)))?;
    }
    if look.detail == Detail::Verbose {
        let note = |note: &String| writeln!(out, "::notice title=corslint::{}", data(&prose::one_line(note)));
        report.notes.iter().try_for_each(note)?;
    }
    if look.detail == Detail::Quiet { Ok(()) } else { text::write_summary(report, look, out) }
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

/// The properties that say where. Columns are taken only where all is on one line; otherwise the runner drops them with a
/// warning (`actions/runner`, `ValidateLinesAndColumns`).
fn place(report: &Report, location: Location) -> String {
    let Range { start, end } = Range::of(report, location);
    let file = property(&report.sources.get(location.source).name);
    let mut place = format!("file={file},line={},endLine={}", start.line, end.line);
    if start.line == end.line {
        let _ = write!(place, ",col={},endColumn={}", start.column, end.column);
    }
    place
}

/// What follows the second `::`: no line ends, and so no further command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn written(report: &Report) -> String {
        sample::written(write, report, &sample::look())
    }

    #[test]
    fn a_finding_is_an_annotation_of_its_line() {
        let mut report = sample::full();
        report.findings[0].evidence.clear();
        report.errors.push(sample::error("a,b:c.conf", "permission denied"));
        assert_eq!(
            written(&report),
            "::error file=deploy/api.conf,line=3,endLine=3,col=41,endColumn=53,\
             title=corslint (unvalidated-origin-echo)::\
             Any site can read what its visitors can read here, with their cookies.%0A\
             This assumes the file `x` exists.%0AReached from `location /api/`, `location /b/`.\n\
             ::error file=a%2Cb%3Ac.conf,title=corslint::a,b:c.conf: permission denied\n\
             1 file, 2 endpoints: 1 error, 0 warnings, 0 infos\n"
        );
    }

    #[test]
    fn text_cannot_become_a_command_and_many_lines_have_no_columns() {
        let text = "location / {\n}\n";
        let mut report = sample::report(&[("100%\n::x.conf", text)], &[("100%\n::x.conf", 0, text.len() - 1)]);
        report.findings[0].severity = Severity::Info;
        report.findings[0].message = "50%\n::error::x\r.".to_owned();
        let written = written(&report);
        let first = written.lines().next().unwrap_or_default();
        assert!(
            first.starts_with(
                "::notice file=100%25%0A%3A%3Ax.conf,line=1,endLine=2,title=corslint (missing-vary)::50%25 ::error::x .%0A"
            ),
            "{written}"
        );
        assert_eq!(written.lines().count(), 2);
    }
}
