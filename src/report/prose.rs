//! A finding in plain sentences: for formats that have room for a text and none for a drawing.

use super::text::harmless;
use super::verdict::{self, sentence, shortened};
use crate::finding::{Evidence, Finding};

/// How many endpoints are named.
const ENDPOINTS: usize = 4;
/// How many headers of an answer are told.
const HEADERS: usize = 8;

/// A line each: the message, the first `exchanges` that prove it, what is taken to be so, where it is reached from.
pub(super) fn lines(finding: &Finding, exchanges: usize) -> Vec<String> {
    let mut lines = vec![one_line(&finding.message)];
    lines.extend(finding.evidence.iter().take(exchanges).map(proof));
    lines.extend(finding.assumptions.iter().map(|assumption| format!("This assumes {}.", one_line(assumption))));
    lines.extend(endpoints(&finding.endpoints));
    lines
}

/// A text without line breaks and without what steers a terminal.
pub(super) fn one_line(text: &str) -> String {
    let lines: Vec<&str> = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect();
    harmless(&lines.join(" ")).into_owned()
}

fn proof(evidence: &Evidence) -> String {
    let request = exchange(evidence);
    let headers: Vec<String> =
        evidence.response.headers.iter().take(HEADERS).map(|header| format!("`{}`", verdict::header(header))).collect();
    let headers = if headers.is_empty() { "no CORS headers".to_owned() } else { headers.join(", ") };
    let more = if evidence.response.headers.len() > HEADERS { " and others" } else { "" };
    let verdict = evidence.verdict.as_ref().map(|verdict| format!("; {}", sentence(&evidence.request, verdict)));
    let (status, verdict) = (evidence.response.status, verdict.unwrap_or_default());
    format!("Proof: {request} is answered {status} with {headers}{more}{verdict}.")
}

/// A request and what the application makes of it, as a noun.
pub(super) fn exchange(Evidence { request, answer, .. }: &Evidence) -> String {
    let headers: Vec<String> =
        request.headers.iter().map(|(name, value)| format!("`{}: {}`", harmless(name), shortened(value))).collect();
    let with = if headers.is_empty() { String::new() } else { format!(" with {}", headers.join(", ")) };
    let start = format!("`{} {}`", harmless(&request.method), shortened(&request.path));
    format!("{start}{with} ({})", verdict::answer(*answer))
}

fn endpoints(endpoints: &[String]) -> Option<String> {
    let named: Vec<String> = endpoints.iter().take(ENDPOINTS).map(|name| format!("`{}`", one_line(name))).collect();
    let more = match endpoints.len().saturating_sub(ENDPOINTS) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!named.is_empty()).then(|| format!("Reached from {}{more}.", named.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_finding_is_told_in_lines_that_hold_no_others() {
        let mut finding = sample::full().findings.remove(0);
        assert_eq!(
            lines(&finding, 2),
            [
                "Any site can read what its visitors can read here, with their cookies.",
                "Proof: `GET /api/x` with `Origin: https://evil.example` (application answers 200) is answered 200 with \
                 `Access-Control-Allow-Origin: https://evil.example`, `Access-Control-Allow-Credentials: true`; the \
                 browser lets https://evil.example read this, with the user's cookies.",
                "This assumes the file `x` exists.",
                "Reached from `location /api/`, `location /b/`.",
            ]
        );
        finding.message = "One\r\n two\u{1b}[2J\nthree.".to_owned();
        finding.endpoints = (0..6).map(|n| format!("/{n}")).collect();
        let told = lines(&finding, 0);
        assert_eq!(told[0], "One two\\u{1b}[2J three.");
        assert_eq!(told[2], "Reached from `/0`, `/1`, `/2`, `/3` and 2 more.");
    }

    #[test]
    fn an_answer_without_headers_and_without_a_browser_is_told() {
        let mut evidence = sample::evidence("GET", &[], &[], sample::allowed());
        evidence.verdict = None;
        assert_eq!(
            proof(&evidence),
            "Proof: `GET /api/x` (application answers 200) is answered 200 with no CORS headers."
        );
    }
}
