//! A line for each finding, as compilers write them: `path:line:column: severity: message [rule]`. Editors, problem
//! matchers and `grep` read it.

use std::io::{self, Write};

use super::text::{self, harmless};
use super::{Detail, Look, Range, Report, prose, severity};

/// Writes findings and errors, with `-v` notes, and unless `-q` a summary.
pub fn write(report: &Report, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let location = finding.primary.location;
        let name = harmless(&report.sources.get(location.source).name);
        let at = Range::of(report, location).start;
        let (severity, message) = (finding.severity, prose::one_line(&finding.message));
        writeln!(out, "{name}:{}:{}: {severity}: {message} [{}]", at.line, at.column, finding.rule)?;
    }
    for error in &report.errors {
        let at = error.location.map(|location| Range::of(report, location).start);
        let at = at.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
        let (severity, message) = (severity(error), prose::one_line(&error.message));
        writeln!(out, "{}{at}: {severity}: {message}", harmless(&error.file))?;
    }
    if look.detail == Detail::Verbose {
        report.notes.iter().try_for_each(|note| writeln!(out, "corslint: note: {}", prose::one_line(note)))?;
    }
    if look.detail == Detail::Quiet { Ok(()) } else { text::write_summary(report, look, out) }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn written(report: &Report, detail: Detail) -> String {
        sample::written(write, report, &Look { detail, ..sample::look() })
    }

    #[test]
    fn whatever_is_said_is_one_line() {
        let mut report = sample::full();
        report.errors = vec![sample::error("b.conf", "permission denied"), sample::error("c.conf", "odd\nbyte")];
        report.errors[1].fatal = false;
        report.errors[1].location = Some(report.findings[0].primary.location);
        report.notes.push("a note".to_owned());
        assert_eq!(
            written(&report, Detail::Verbose),
            "deploy/api.conf:3:41: error: Any site can read what its visitors can read here, with their cookies. \
             [unvalidated-origin-echo]\n\
             b.conf: error: permission denied\n\
             c.conf:3:41: warning: odd byte\n\
             corslint: note: a note\n\
             1 file, 2 endpoints: 1 error, 0 warnings, 0 infos\n"
        );
        report.findings[0].message = "a\r\nb \u{1b}[31m".to_owned();
        let quiet = written(&report, Detail::Quiet);
        assert!(
            quiet.starts_with("deploy/api.conf:3:41: error: a b \\u{1b}[31m [unvalidated-origin-echo]\n"),
            "{quiet}"
        );
        assert_eq!(quiet.lines().count(), 3);
    }
}
