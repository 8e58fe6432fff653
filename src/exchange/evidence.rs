//! An exchange as findings show it.

use super::browser::{Reason, Verdict};
use super::steps::steps;
use super::{HeaderLine, Request, Response};
use crate::finding::{AnswerGiven, Evidence, Judgement, ReceivedResponse, SentRequest};
use crate::policy::{Answer, Maker};

/// Headers that are shown beside those of CORS.
const SHOWN: &[&str] = &["vary", "allow", "location", "www-authenticate"];

impl Evidence {
    /// A request, what was answered to it, and what a browser makes of that.
    #[must_use]
    pub fn of(request: &Request, answer: Answer, response: &Response, verdict: Option<&Verdict>) -> Self {
        let headers = request.headers.iter().filter(|(name, _)| !is_usual(name)).cloned().collect();
        let shown = |line: &&HeaderLine| {
            let name = line.name.to_ascii_lowercase();
            name.starts_with("access-control-") || SHOWN.contains(&name.as_str())
        };
        Self {
            request: SentRequest { method: request.method.clone(), path: request.target(), headers },
            answer: match answer {
                Answer::Status(status) if response.maker == Maker::File => AnswerGiven::File(status),
                Answer::Status(status) => AnswerGiven::Status(status),
                Answer::Missing => AnswerGiven::Missing,
                Answer::Unreachable(status) => AnswerGiven::Unreachable(status),
            },
            response: ReceivedResponse {
                status: response.status,
                headers: response.headers.iter().filter(shown).map(HeaderLine::received).collect(),
            },
            verdict: verdict.map(|verdict| Judgement {
                allowed: verdict.allowed,
                credentials: verdict.credentials,
                reason: verdict.reason.as_ref().map(Reason::name),
            }),
            steps: steps(response),
        }
    }
}

/// Whether browsers send a header of themselves with whatever they ask.
fn is_usual(name: &str) -> bool {
    ["user-agent", "referer"].iter().any(|usual| usual.eq_ignore_ascii_case(name))
}
