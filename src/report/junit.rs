//! A report of tests, in the XML of `JUnit` that every CI reads: a suite for each file, a case that fails for each
//! finding, one that passes for a file without any.
//!
//! Written by hand: it is four elements, and the crates for it bring clocks and identifiers that the same run would write
//! differently each time.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use super::text::harmless;
use super::{Look, Range, Report, help, prose};
use crate::finding::{Finding, InputError};
use crate::rules::catalogue;

/// What is said of one file.
#[derive(Default)]
struct Suite<'a> {
    findings: Vec<&'a Finding>,
    errors: Vec<&'a InputError>,
}

/// Writes an XML document.
pub fn write(report: &Report, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut suites: BTreeMap<&str, Suite<'_>> = BTreeMap::new();
    for source in report.dialects.keys() {
        suites.entry(&report.sources.get(*source).name).or_default();
    }
    for finding in &report.findings {
        let name = &report.sources.get(finding.primary.location.source).name;
        suites.entry(name).or_default().findings.push(finding);
    }
    // What is worth a word and no failure is told on standard error alone.
    for error in report.errors.iter().filter(|error| error.fatal) {
        suites.entry(&error.file).or_default().errors.push(error);
    }
    if suites.is_empty() {
        // A report without any test counts as a failure in many a CI.
        suites.insert("no configuration found", Suite::default());
    }
    let failures: usize = suites.values().map(|suite| suite.findings.len()).sum();
    let errors: usize = suites.values().map(|suite| suite.errors.len()).sum();
    let tests: usize = suites.values().map(Suite::tests).sum();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="corslint" tests="{tests}" failures="{failures}" errors="{errors}">"#)?;
    suites.iter().try_for_each(|(name, suite)| suite.write(report, name, out))?;
    writeln!(out, "</testsuites>")
}

impl Suite<'_> {
    fn tests(&self) -> usize {
        (self.findings.len() + self.errors.len()).max(1)
    }

    fn write(&self, report: &Report, name: &str, out: &mut dyn Write) -> io::Result<()> {
        let file = escaped(name);
        let (tests, failures, errors) = (self.tests(), self.findings.len(), self.errors.len());
        writeln!(out, r#"  <testsuite name="{file}" tests="{tests}" failures="{failures}" errors="{errors}">"#)?;
        for finding in &self.findings {
            let at = Range::of(report, finding.primary.location).start;
            let case = format!("{} at {}:{}", finding.rule, at.line, at.column);
            let message = escaped(&prose::one_line(&finding.message)).into_owned();
            writeln!(out, r#"    <testcase name="{case}" classname="{file}" file="{file}" line="{}">"#, at.line)?;
            writeln!(out, r#"      <failure type="{}" message="{message}">"#, finding.severity)?;
            body(report, finding).iter().try_for_each(|line| writeln!(out, "{}", escaped(line)))?;
            writeln!(out, "      </failure>\n    </testcase>")?;
        }
        for error in &self.errors {
            let message = escaped(&prose::one_line(&error.message)).into_owned();
            writeln!(out, r#"    <testcase name="can be read" classname="{file}" file="{file}">"#)?;
            writeln!(out, r#"      <error type="error" message="{message}"/>"#)?;
            writeln!(out, "    </testcase>")?;
        }
        if self.findings.is_empty() && self.errors.is_empty() {
            writeln!(out, r#"    <testcase name="no findings" classname="{file}"/>"#)?;
        }
        writeln!(out, "  </testsuite>")
    }
}

/// What is told of a finding: where, the proof, how to mend it, where to read on.
fn body(report: &Report, finding: &Finding) -> Vec<String> {
    let at = Range::of(report, finding.primary.location).start;
    let name = &report.sources.get(finding.primary.location.source).name;
    let mut lines = vec![format!("{name}:{}:{}", at.line, at.column)];
    lines.extend(prose::lines(finding, 2));
    if let Some(help) = help(report, finding, super::entry(finding)) {
        lines.push(String::new());
        lines.extend(help.lines().map(str::to_owned));
    }
    lines.extend([String::new(), catalogue::url(finding.rule)]);
    lines
}

/// Text as XML takes it, in an attribute as well. Control characters, which XML 1.0 cannot hold in any form, are spelt
/// out, and so are the two code points that are no characters.
fn escaped(text: &str) -> Cow<'_, str> {
    let safe = harmless(text);
    if !safe.contains(['&', '<', '>', '"', '\'', '\t', '\u{fffe}', '\u{ffff}']) {
        return safe;
    }
    let mut escaped = String::with_capacity(safe.len() + 16);
    for c in safe.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            // An attribute would have it turned into a space.
            '\t' => escaped.push_str("&#9;"),
            '\u{fffe}' | '\u{ffff}' => escaped.extend(c.escape_unicode()),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn written(report: &Report) -> String {
        sample::written(write, report, &sample::look())
    }

    #[test]
    fn files_are_suites_and_clean_ones_pass() {
        let mut report = sample::report(&[("a.conf", "x"), ("b.conf", "y")], &[("a.conf", 0, 1)]);
        report.errors.push(sample::error("c.conf", "permission denied"));
        assert_eq!(
            written(&report),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="corslint" tests="3" failures="1" errors="1">
  <testsuite name="a.conf" tests="1" failures="1" errors="0">
    <testcase name="missing-vary at 1:1" classname="a.conf" file="a.conf" line="1">
      <failure type="warning" message="Allow-Origin depends on Origin.">
a.conf:1:1
Allow-Origin depends on Origin.
Reached from `location /`.

Add it.

https://github.com/corslint/corslint/blob/main/rules/README.md#missing-vary
      </failure>
    </testcase>
  </testsuite>
  <testsuite name="b.conf" tests="1" failures="0" errors="0">
    <testcase name="no findings" classname="b.conf"/>
  </testsuite>
  <testsuite name="c.conf" tests="1" failures="0" errors="1">
    <testcase name="can be read" classname="c.conf" file="c.conf">
      <error type="error" message="permission denied"/>
    </testcase>
  </testsuite>
</testsuites>
"#
        );
        assert!(written(&Report::default()).contains(r#"<testcase name="no findings" "#));
    }

    #[test]
    fn nothing_breaks_out_of_the_document() {
        assert_eq!(escaped("<a b=\"'&\">\t"), "&lt;a b=&quot;&apos;&amp;&quot;&gt;&#9;");
        assert_eq!(escaped("\u{0}\u{1b}]]>\u{ffff}"), "\\u{0}\\u{1b}]]&gt;\\u{ffff}");
        assert!(matches!(escaped("é漢😀"), Cow::Borrowed(_)));
    }
}
