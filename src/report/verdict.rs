//! Exchanges in words: what every format says of a request, its answer and the browser's decision.

use super::text::harmless;
use crate::finding::{AnswerGiven, Judgement, SentRequest};

/// No header of a response says more than this many characters to a reader.
const VALUE: usize = 240;

/// What the application behind the configuration does, as a remark.
pub(super) fn answer(answer: AnswerGiven) -> String {
    match answer {
        AnswerGiven::Status(status) => format!("application answers {status}"),
        AnswerGiven::Unreachable(_) => "application cannot be reached".to_owned(),
        AnswerGiven::File(_) => "the file is there".to_owned(),
        AnswerGiven::Missing => "no such file or script".to_owned(),
    }
}

/// A header as a line without its end; a value that is not known says so.
pub(super) fn header((name, value): &(String, Option<String>)) -> String {
    let value = value.as_deref().map_or("(not known)".to_owned(), shortened);
    format!("{}: {value}", harmless(name))
}

/// A value made harmless and cut.
pub(super) fn shortened(value: &str) -> String {
    let mut shown: String = value.chars().take(VALUE).collect();
    if shown.len() < value.len() {
        shown.push_str("...");
    }
    harmless(&shown).into_owned()
}

/// The browser's decision as a sentence without a final stop.
pub(super) fn sentence(request: &SentRequest, verdict: &Judgement) -> String {
    let origin = shortened(sent(request, "Origin").unwrap_or("the page"));
    let preflight = sent(request, "Access-Control-Request-Method").filter(|_| request.method == "OPTIONS");
    let because = verdict.reason.map(|reason| format!(": {}", words(reason))).unwrap_or_default();
    match (preflight, verdict.allowed) {
        (Some(method), true) => format!("the preflight passes; the browser goes on with {}", shortened(method)),
        (Some(method), false) => {
            format!("the preflight fails, and the browser sends no {}{because}", shortened(method))
        }
        (None, true) if verdict.credentials => format!("the browser lets {origin} read this, with the user's cookies"),
        (None, true) => format!("the browser lets {origin} read this, without the user's cookies"),
        (None, false) => format!("the browser does not let {origin} read this{because}"),
    }
}

fn sent<'a>(request: &'a SentRequest, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// What a verdict's reason means.
pub(super) fn words(reason: &str) -> &str {
    const WORDS: &[(&str, &str)] = &[
        ("missing-allow-origin", "there is no Access-Control-Allow-Origin"),
        ("multiple-allow-origin", "there is more than one Access-Control-Allow-Origin"),
        ("invalid-allow-origin", "Access-Control-Allow-Origin is no origin"),
        ("origin-mismatch", "Access-Control-Allow-Origin names another origin"),
        ("wildcard-with-credentials", "Access-Control-Allow-Origin must not be `*` when cookies are sent"),
        ("credentials-not-true", "Access-Control-Allow-Credentials is not `true`"),
        ("preflight-status", "the answer to a preflight has to be a 2xx"),
        ("preflight-redirect", "a preflight must not be redirected"),
        ("method-not-allowed", "Access-Control-Allow-Methods does not list the method"),
        ("header-not-allowed", "Access-Control-Allow-Headers does not list a header"),
        ("no-answer", "there is no answer"),
    ];
    WORDS.iter().find(|(known, _)| *known == reason).map_or(reason, |(_, words)| words)
}
