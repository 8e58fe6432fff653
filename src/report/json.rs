//! JSON, version 1: what other programs read. Stable: a key is added, never changed or taken away.

use std::io::{self, Write};

use serde::Serialize;

use super::{Look, Range, Report, entry, help};
use crate::finding::{Evidence, Finding, InputError, Severity};
use crate::rules::catalogue;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    findings: Vec<Found<'a>>,
    errors: Vec<Failed<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Found<'a> {
    rule: &'a str,
    severity: Severity,
    title: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    file: &'a str,
    range: Range,
    endpoints: &'a [String],
    labels: Vec<Labelled<'a>>,
    evidence: &'a [Evidence],
    assumptions: &'a [String],
    fingerprint: &'a str,
    url: String,
}

#[derive(Serialize)]
struct Labelled<'a> {
    file: &'a str,
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Failed<'a> {
    file: &'a str,
    range: Option<Range>,
    message: &'a str,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    endpoints: usize,
    error: usize,
    warning: usize,
    info: usize,
    suppressed: usize,
}

/// Writes a report as one JSON document and a line end.
pub fn write(report: &Report, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &document(report))?;
    writeln!(out)
}

fn document(report: &Report) -> Document<'_> {
    Document {
        version: 1,
        findings: report.findings.iter().map(|finding| found(report, finding)).collect(),
        errors: report.errors.iter().map(|error| failed(report, error)).collect(),
        summary: Summary {
            files: report.files,
            endpoints: report.endpoints,
            error: report.count(Severity::Error),
            warning: report.count(Severity::Warning),
            info: report.count(Severity::Info),
            suppressed: report.suppressed.len(),
        },
    }
}

fn found<'a>(report: &'a Report, finding: &'a Finding) -> Found<'a> {
    let entry = entry(finding);
    let labels = finding.labels.iter().map(|label| Labelled {
        file: &report.sources.get(label.location.source).name,
        range: Range::of(report, label.location),
        text: &label.text,
    });
    Found {
        rule: finding.rule,
        severity: finding.severity,
        title: entry.map_or(finding.rule, |entry| &entry.title),
        message: &finding.message,
        help: help(report, finding, entry),
        file: &report.sources.get(finding.primary.location.source).name,
        range: Range::of(report, finding.primary.location),
        endpoints: &finding.endpoints,
        labels: labels.collect(),
        evidence: &finding.evidence,
        assumptions: &finding.assumptions,
        fingerprint: &finding.fingerprint,
        url: catalogue::url(finding.rule),
    }
}

fn failed<'a>(report: &Report, error: &'a InputError) -> Failed<'a> {
    let range = error.location.map(|location| Range::of(report, location));
    Failed { file: &error.file, range, message: &error.message }
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
    fn a_finding_has_every_key_and_columns_count_code_points() {
        let mut report = sample::full();
        report.errors.push(sample::error("b.conf", "is binary, not a configuration"));
        let value = written(&report);
        let finding = &value["findings"][0];
        assert_eq!(value["version"], 1);
        assert_eq!(
            finding["range"],
            json!({
                "start": {"line": 3, "column": 41, "offset": 65},
                "end": {"line": 3, "column": 53, "offset": 77},
            })
        );
        assert_eq!(finding["file"], "deploy/api.conf");
        assert_eq!(finding["labels"][0]["text"], "the answer's own block");
        assert_eq!(finding["endpoints"], json!(["location /api/", "location /b/"]));
        assert_eq!(
            finding["evidence"][0],
            json!({
                "request": {"method": "GET", "path": "/api/x", "headers": [["Origin", "https://evil.example"]]},
                "answer": 200,
                "response": {"status": 200, "headers": [
                    ["Access-Control-Allow-Origin", "https://evil.example"],
                    ["Access-Control-Allow-Credentials", "true"],
                ]},
                "verdict": {"allowed": true, "credentials": true, "reason": null},
            })
        );
        assert_eq!(
            finding["url"],
            "https://github.com/corslint/corslint/blob/main/rules/README.md#unvalidated-origin-echo"
        );
        assert_eq!(finding["fingerprint"].as_str().map(str::len), Some(16));
        assert_eq!(
            value["errors"],
            json!([{"file": "b.conf", "range": null, "message": "is binary, not a configuration"}])
        );
        assert_eq!(
            value["summary"],
            json!(
                {"files": 1, "endpoints": 2, "error": 1, "warning": 0, "info": 0, "suppressed": 0}
            )
        );
        let keys: Vec<&String> = finding.as_object().expect("is an object").keys().collect();
        assert_eq!(keys.len(), 13);
    }
}
