//! Reports for the tests of the formats and of the command line.

use std::io;
use std::path::PathBuf;

use super::{Detail, Look, Report};
use crate::discover::Dialect;
use crate::finding::{
    AnswerGiven, Evidence, Finding, InputError, Judgement, Label, ReceivedResponse, SentRequest, Severity, Suppressed,
    SuppressedBy,
};
use crate::source::{Location, Source, Span};

/// [`super::Format::write`].
type Write = fn(&Report, &Look, &mut dyn io::Write) -> io::Result<()>;

pub(crate) fn look() -> Look {
    Look {
        color: false,
        unicode: true,
        detail: Detail::Normal,
        statistics: false,
        category: "corslint".to_owned(),
        inputs: vec![".".to_owned()],
    }
}

/// What a format writes.
pub(crate) fn written(write: Write, report: &Report, look: &Look) -> String {
    let mut bytes = Vec::new();
    write(report, look, &mut bytes).expect("a vector takes everything");
    String::from_utf8(bytes).expect("is UTF-8")
}

/// What a format of JSON writes.
pub(crate) fn json(write: Write, report: &Report, look: &Look) -> serde_json::Value {
    serde_json::from_str(&written(write, report, look)).expect("is JSON")
}

/// Findings without evidence at byte ranges of files.
pub(crate) fn report(files: &[(&str, &str)], spans: &[(&str, usize, usize)]) -> Report {
    let mut report = Report { files: files.len(), endpoints: 1, ..Report::default() };
    for (name, text) in files {
        let id = report.sources.add(Source::new(PathBuf::from(name), (*name).to_owned(), (*text).to_owned()));
        report.dialects.insert(id, Dialect::Nginx);
    }
    for (name, start, end) in spans {
        let here = label(&report, name, *start, *end, "here");
        let message = "Allow-Origin depends on Origin.".to_owned();
        let bare = Finding::bare("missing-vary", Severity::Warning, here.location, message);
        report.findings.push(Finding {
            help: Some("Add it.".to_owned()),
            primary: here,
            endpoints: vec!["location /".to_owned()],
            ..bare
        });
    }
    report
}

pub(crate) fn label(report: &Report, name: &str, start: usize, end: usize, text: &str) -> Label {
    let (source, _) = report.sources.iter().find(|(_, source)| source.name == name).expect("is among the files");
    Label { location: Location { source, span: Span::new(start, end) }, text: text.to_owned() }
}

pub(crate) fn error(file: &str, message: &str) -> InputError {
    InputError { file: file.to_owned(), location: None, message: message.to_owned(), fatal: true }
}

pub(crate) fn suppressed(finding: Finding) -> Suppressed {
    Suppressed { finding, by: SuppressedBy::Baseline, reason: Some("to be mended with the next release".to_owned()) }
}

pub(crate) fn pairs(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A request for `/api/x` answered 200, with `response` as the headers.
pub(crate) fn evidence(
    method: &str,
    request: &[(&str, &str)],
    response: &[(&str, &str)],
    verdict: Judgement,
) -> Evidence {
    Evidence {
        request: SentRequest { method: method.to_owned(), path: "/api/x".to_owned(), headers: pairs(request) },
        answer: AnswerGiven::Status(200),
        response: ReceivedResponse {
            status: 200,
            headers: pairs(response).into_iter().map(|(name, value)| (name, Some(value))).collect(),
        },
        verdict: Some(verdict),
        steps: Vec::new(),
    }
}

/// A browser that lets a page read, without cookies.
pub(crate) fn allowed() -> Judgement {
    Judgement { allowed: true, credentials: false, reason: None }
}

/// One finding with everything that a finding can have.
pub(crate) fn full() -> Report {
    let text = "# é漢\nlocation /api/ {\n\tadd_header Access-Control-Allow-Origin $http_origin always;\n}\n";
    let start = text.find("$http_origin").expect("is in the text");
    let mut report = report(&[("deploy/api.conf", text)], &[("deploy/api.conf", start, start + "$http_origin".len())]);
    let block = label(&report, "deploy/api.conf", 8, 16, "the answer's own block");
    report.endpoints = 2;
    let finding = &mut report.findings[0];
    finding.rule = "unvalidated-origin-echo";
    finding.severity = Severity::Error;
    finding.message = "Any site can read what its visitors can read here, with their cookies.".to_owned();
    finding.primary.text = "sends back whatever Origin was sent".to_owned();
    finding.endpoints = vec!["location /api/".to_owned(), "location /b/".to_owned()];
    finding.assumptions = vec!["the file `x` exists".to_owned()];
    let steps = vec![block.clone(), finding.primary.clone()];
    finding.labels = vec![block];
    let proof = evidence(
        "GET",
        &[("Origin", "https://evil.example")],
        &[("Access-Control-Allow-Origin", "https://evil.example"), ("Access-Control-Allow-Credentials", "true")],
        Judgement { allowed: true, credentials: true, reason: None },
    );
    finding.evidence = vec![Evidence { steps, ..proof }];
    finding.fingerprint = "5d0c3f6e8b27a914".to_owned();
    report
}
