//! The server does not start with a CORS line, or answers every request with an error because of a file with one.

use super::draft::{Draft, Drafts};
use crate::finding::Severity;
use crate::policy::{Policy, RemarkKind};

pub(super) fn check(policy: &Policy, drafts: &mut Drafts) {
    for remark in &policy.remarks {
        let effect = match remark.kind {
            RemarkKind::WillNotStart => "The server does not start with this",
            RemarkKind::AnswersWithError => "Every request below this folder is answered with an error",
            _ => continue,
        };
        let message = format!("{effect}: {}.", remark.message);
        drafts.push(Draft::new(Severity::Error, remark.location, message));
    }
}
