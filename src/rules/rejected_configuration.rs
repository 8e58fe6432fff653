//! The server does not start with a CORS line, answers every request with an error because of a file
//! with one, or never answers.

use super::draft::{Draft, Drafts};
use crate::finding::Severity;
use crate::policy::{Policy, RemarkKind};

pub(super) fn check(policy: &Policy, drafts: &mut Drafts) {
    for remark in &policy.remarks {
        let effect = match remark.kind {
            RemarkKind::WillNotStart => "The server does not start with this",
            RemarkKind::AnswersWithError => "Every request below this folder is answered with an error",
            RemarkKind::NeverAnswers => "A request gets no answer",
            _ => continue,
        };
        let message = format!("{effect}: {}.", remark.message);
        drafts.push(Draft::new(Severity::Error, remark.location, message));
    }
}
