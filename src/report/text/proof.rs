//! An exchange in a few lines: what is sent, what comes back, what the browser makes of it.

use super::super::verdict::{self, sentence, shortened};
use super::plain::harmless;
use crate::finding::{Evidence, SentRequest};

/// A request whose headers do not fit beside its path within this many columns has each on its own line.
const WIDTH: usize = 96;

/// The lines that tell an exchange; `arrow` is what stands before an answer.
pub(super) fn lines(evidence: &Evidence, arrow: &str) -> Vec<String> {
    let mut lines = request(&evidence.request);
    if let Some(first) = lines.first_mut() {
        // A column of their own keeps the notes from reading as part of the request.
        let gap = 56usize.saturating_sub(first.chars().count()).max(2);
        *first = format!("{first}{}({})", " ".repeat(gap), verdict::answer(evidence.answer));
    }
    let status = format!("{arrow} {}  ", evidence.response.status);
    let indent = " ".repeat(status.chars().count());
    let mut headers = evidence.response.headers.iter().map(verdict::header);
    let first = headers.next().unwrap_or_else(|| "(no CORS headers)".to_owned());
    lines.push(format!("{status}{first}"));
    lines.extend(headers.map(|header| format!("{indent}{header}")));
    if let Some(verdict) = &evidence.verdict {
        lines.push(format!("{arrow} {}", sentence(&evidence.request, verdict)));
    }
    lines
}

fn request(request: &SentRequest) -> Vec<String> {
    let start = format!("{} {}", harmless(&request.method), shortened(&request.path));
    // A header that a page sets to something may stand here without a value.
    let header = |(name, value): &(String, String)| format!("{}: {}", harmless(name), shortened(value));
    let headers: Vec<String> = request.headers.iter().map(|pair| header(pair).trim_end().to_owned()).collect();
    let one_line = [std::slice::from_ref(&start), headers.as_slice()].concat().join("  ");
    if one_line.chars().count() <= WIDTH || headers.len() < 2 {
        return vec![one_line];
    }
    let mut lines = vec![format!("{start}  {}", headers[0])];
    let indent = " ".repeat(start.chars().count() + 2);
    lines.extend(headers[1..].iter().map(|header| format!("{indent}{header}")));
    lines
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;
    use crate::finding::{AnswerGiven, Judgement};

    #[test]
    fn a_preflight_is_told_as_one() {
        let refused = Judgement { allowed: false, credentials: false, reason: Some("preflight-status") };
        let headers = [
            ("Origin", "https://app.example.com"),
            ("Access-Control-Request-Method", "PUT"),
            ("Access-Control-Request-Headers", "authorization,content-type"),
        ];
        let mut evidence = sample::evidence("OPTIONS", &headers, &[], refused);
        evidence.response.status = 405;
        evidence.answer = AnswerGiven::Missing;
        assert_eq!(
            lines(&evidence, "→"),
            [
                "OPTIONS /api/x  Origin: https://app.example.com         (no such file or script)",
                "                Access-Control-Request-Method: PUT",
                "                Access-Control-Request-Headers: authorization,content-type",
                "→ 405  (no CORS headers)",
                "→ the preflight fails, and the browser sends no PUT: the answer to a preflight has to be a 2xx",
            ]
        );
        let passes = Judgement { allowed: true, credentials: false, reason: None };
        assert_eq!(sentence(&evidence.request, &passes), "the preflight passes; the browser goes on with PUT");
    }

    #[test]
    fn values_are_harmless_and_of_finite_length() {
        let allowed = Judgement { allowed: true, credentials: false, reason: None };
        let long = "x".repeat(10_000);
        let evidence =
            sample::evidence("GET", &[("Origin", "\u{1b}[2J")], &[("Vary", &long), ("Allow", "\r\n")], allowed);
        let lines = lines(&evidence, "->");
        assert!(lines.iter().all(|line| line.len() < 300 && !line.contains(char::is_control)), "{lines:?}");
        assert_eq!(lines[2], "        Allow: \\u{d}\\u{a}");
        assert_eq!(lines[3], "-> the browser lets \\u{1b}[2J read this, without the user's cookies");
    }
}
