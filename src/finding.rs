//! Findings: what `rules` hands to `suppress` and `report`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::source::Location;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Fails for some, or exposes what is not secret.
    Warning,
    /// Exploitable, or broken in every browser.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// The rule that reports a file that could not be parsed: it is a failure of the run as well, and nothing takes it away.
pub const SYNTAX_ERROR: &str = "syntax-error";

/// One fault, once, however many endpoints it is reached from.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Id of the rule.
    pub rule: &'static str,
    /// As decided by the strongest exchange.
    pub severity: Severity,
    /// What is wrong here: one sentence with a final stop.
    pub message: String,
    /// How to mend it here; where it says nothing more than the catalogue, the catalogue's `fix`.
    pub help: Option<String>,
    /// The place to look at first.
    pub primary: Label,
    /// Other places that have a part in it.
    pub labels: Vec<Label>,
    /// Names of the endpoints that it is reached from, sorted, each once.
    pub endpoints: Vec<String>,
    /// The exchanges that prove it; empty only for findings about the input itself.
    pub evidence: Vec<Evidence>,
    /// What was taken to be so; each fit to follow "assuming ".
    pub assumptions: Vec<String>,
    /// Its name from run to run: 16 hexadecimal digits, given when all findings are together; empty before.
    pub fingerprint: String,
    /// The comment that takes it away, if one does.
    pub ignored: Option<Location>,
}

impl Finding {
    /// One of which nothing can be said but what is wrong, and where.
    #[must_use]
    pub fn bare(rule: &'static str, severity: Severity, location: Location, message: String) -> Self {
        Self {
            rule,
            severity,
            message,
            help: None,
            primary: Label { location, text: String::new() },
            labels: Vec::new(),
            endpoints: Vec::new(),
            evidence: Vec::new(),
            assumptions: Vec::new(),
            fingerprint: String::new(),
            ignored: None,
        }
    }

    /// Whether it is of the same cause as another, so that one tells of both. Of what is reached from several endpoints,
    /// a comment may take away one of them alone.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.cause() == other.cause()
    }

    /// What findings of the same cause have in common: the rule, the place, and the comment that takes it away.
    #[must_use]
    pub fn cause(&self) -> (&'static str, Location, Option<Location>) {
        (self.rule, self.primary.location, self.ignored)
    }
}

/// A finding that is not shown, and by whose word.
#[derive(Debug, Clone)]
pub struct Suppressed {
    /// What would have been shown.
    pub finding: Finding,
    /// What takes it away.
    pub by: SuppressedBy,
    /// Why, in the words of whoever did.
    pub reason: Option<String>,
}

/// What takes a finding away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuppressedBy {
    /// A comment there.
    Comment(Location),
    /// An entry of the baseline.
    Baseline,
}

/// A place and its part in the matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub location: Location,
    /// A phrase without capital and final stop, short enough to stand beside the line; may be empty for a primary.
    pub text: String,
}

/// A request, what would be answered, and what a browser makes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// What is sent.
    pub request: SentRequest,
    /// What the application behind the configuration answers: a status or `"missing"`.
    pub answer: AnswerGiven,
    /// What arrives.
    pub response: ReceivedResponse,
    /// What the browser decides; absent where no browser would send this request.
    pub verdict: Option<Judgement>,
    /// The way of Allow-Origin through the configuration, in the order in which the server goes: where its value is set
    /// and where it is written, what takes the request on, what drops it. Bounded; no part of JSON, version 1.
    #[serde(skip)]
    pub steps: Vec<Label>,
}

/// A request as it goes over the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentRequest {
    /// Method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Headers that matter, in order.
    pub headers: Vec<(String, String)>,
}

/// A response as it comes over the wire; a value that is not known is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceivedResponse {
    /// Status.
    pub status: u16,
    /// `Access-Control-*`, Vary, Allow, Location and WWW-Authenticate, in order, doubles kept.
    pub headers: Vec<(String, Option<String>)>,
}

/// `200`, or `"missing"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AnswerGiven {
    /// The application answers with this status.
    Status(u16),
    /// There is a file, which is answered with this status.
    File(u16),
    /// There is no such file or script.
    #[serde(serialize_with = "missing")]
    Missing,
    /// The application cannot be reached, and the server answers so.
    Unreachable(u16),
}

fn missing<S: serde::Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("missing")
}

/// The browser's decision on a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// Whether the page may read it (for a preflight: whether the request goes on).
    pub allowed: bool,
    /// Whether also with the user's cookies.
    pub credentials: bool,
    /// Why not: `missing-allow-origin`, `origin-mismatch` …
    pub reason: Option<&'static str>,
}

/// Something that kept an input from being read or analysed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputError {
    /// The file or folder, as it is shown.
    pub file: String,
    /// Where in it, if that can be said.
    pub location: Option<Location>,
    /// What happened: one sentence without a final stop.
    pub message: String,
    /// Whether something was left out of the analysis; otherwise it is worth a word but no failure.
    pub fatal: bool,
}
