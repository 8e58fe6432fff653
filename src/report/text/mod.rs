//! The report for people: for each finding what is wrong, where, how to mend it, and the exchange that proves it.

mod excerpt;
mod layout;
mod plain;
mod prediction;
mod proof;
mod snippet;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{Detail, Look, Report, entry};
use crate::finding::{Finding, InputError, Label, Severity};
use crate::rules::catalogue::{self, Entry};
use layout::{arrow, field, snippets};

pub use plain::{Paint, harmless, reflow};
pub use prediction::write as write_prediction;

/// How many exchanges of a finding are told; all with `-v`.
const EXCHANGES: usize = 2;
/// How many endpoints are named; all with `-v`.
const ENDPOINTS: usize = 4;
/// Where the text of a field begins.
const COLUMN: usize = 11;

/// Writes findings, errors, with `-v` notes, and unless `-q` a summary.
pub fn write(report: &Report, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    if look.statistics {
        write_statistics(report, look, out)?;
    } else {
        write_findings(report, look, out)?;
    }
    write_errors(report, look, out)?;
    if look.detail == Detail::Verbose {
        for note in &report.notes {
            writeln!(out, "{}: {}", Paint { color: look.color }.bold("note"), harmless(note))?;
        }
    }
    if look.detail == Detail::Quiet { Ok(()) } else { write_summary(report, look, out) }
}

fn write_findings(report: &Report, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut explained = HashSet::new();
    for finding in &report.findings {
        // Why it matters, and the whole of how to mend it, are told once.
        let first = explained.insert(finding.rule);
        out.write_all(one(report, finding, first, look).as_bytes())?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes how often each rule is reported, the most frequent first: count, severity and id.
fn write_statistics(report: &Report, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for finding in &report.findings {
        *counts.entry((finding.rule, finding.severity)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|((rule, severity), count)| (Reverse(*count), Reverse(*severity), *rule));
    let width = counts.first().map_or(1, |(_, count)| count.to_string().len());
    let paint = Paint { color: look.color };
    for ((rule, severity), count) in counts {
        let kind = paint.paint(style(severity), &format!("{:7}", severity.to_string()));
        writeln!(out, "{count:width$}  {kind}  {rule}")?;
    }
    Ok(())
}

/// Writes what could not be read, a line each; where that is the fault of a place in a text, with the place.
pub fn write_errors(report: &Report, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let paint = Paint { color: look.color };
    for error @ InputError { file, location, message, fatal } in &report.errors {
        let place = location.map(|location| report.sources.get(location.source).position(location.span.start));
        let place = place.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
        let severity = super::severity(error);
        let kind = paint.paint(style(severity), &severity.to_string());
        writeln!(out, "{kind}: {}: {}", paint.bold(&format!("{}{place}", harmless(file))), harmless(message))?;
        if let Some(location) = location.filter(|_| *fatal) {
            let here = Label { location, text: String::new() };
            write!(out, "{}", snippets(&report.sources, &here, &[], severity, look))?;
        }
    }
    Ok(())
}

/// Writes the last line: how much was read and what was found.
pub fn write_summary(report: &Report, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    if report.files == 0 {
        if report.errors.iter().any(|error| error.fatal) {
            return Ok(());
        }
        let inputs = look.inputs.iter().map(|input| harmless(input)).collect::<Vec<_>>().join(", ");
        return writeln!(out, "no nginx, Apache or Express configuration found in {inputs}");
    }
    let found = [Severity::Error, Severity::Warning, Severity::Info]
        .map(|severity| counted(report.count(severity), &severity.to_string()))
        .join(", ");
    let suppressed = match report.suppressed.len() {
        0 => String::new(),
        suppressed => format!(" ({suppressed} suppressed)"),
    };
    let files = counted(report.files, "file");
    let endpoints = counted(report.endpoints, "endpoint");
    writeln!(out, "{files}, {endpoints}: {found}{suppressed}")
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

fn style(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    color.on_default().bold()
}

/// One finding; `first`: the first of its rule.
fn one(report: &Report, finding: &Finding, first: bool, look: &Look) -> String {
    let paint = Paint { color: look.color };
    let entry = entry(finding);
    let kind = paint.paint(style(finding.severity), &format!("{}[{}]", finding.severity, finding.rule));
    let mut text = format!("{kind}: {}\n", paint.bold(&harmless(&finding.message)));
    text.push_str(&snippets(&report.sources, &finding.primary, &finding.labels, finding.severity, look));
    if let Some(entry) = entry.filter(|_| first) {
        field(&mut text, COLUMN, "why:", &reflow(first_paragraph(&entry.why), COLUMN), paint);
    }
    if let Some(help) = help(report, finding, entry, first) {
        field(&mut text, COLUMN, "help:", &reflow(&help, COLUMN), paint);
    }
    let all = look.detail == Detail::Verbose;
    let shown = if all { finding.evidence.len() } else { EXCHANGES };
    for evidence in finding.evidence.iter().take(shown) {
        field(&mut text, COLUMN, "proof:", &proof::lines(evidence, arrow(look)), paint);
    }
    for assumption in &finding.assumptions {
        field(&mut text, COLUMN, "note:", &reflow(&format!("assuming {assumption}"), COLUMN), paint);
    }
    if finding.endpoints.len() > 1 {
        field(&mut text, COLUMN, "reached:", &reflow(&endpoints(finding, all), COLUMN), paint);
    }
    field(&mut text, COLUMN, "more:", &[catalogue::url(finding.rule)], paint);
    text
}

/// How to mend it. Of the catalogue's words, all the first time and later the first paragraph alone.
fn help(report: &Report, finding: &Finding, entry: Option<&Entry>, first: bool) -> Option<String> {
    let help = super::help(report, finding, entry)?;
    if finding.help.is_some() || first {
        return Some(help.to_owned());
    }
    let paragraph = first_paragraph(help).trim_end();
    Some(match paragraph.strip_suffix(':') {
        Some(start) => format!("{start} (see above)."),
        None => paragraph.to_owned(),
    })
}

fn first_paragraph(text: &str) -> &str {
    text.trim_start().split("\n\n").next().unwrap_or_default()
}

fn endpoints(finding: &Finding, all: bool) -> String {
    let shown = if all { finding.endpoints.len() } else { ENDPOINTS };
    let named = finding.endpoints.iter().take(shown).map(String::as_str).collect::<Vec<_>>().join(", ");
    match finding.endpoints.len().saturating_sub(shown) {
        0 => format!("from {named}"),
        more => format!("from {named} and {more} more"),
    }
}

#[cfg(test)]
mod tests;
