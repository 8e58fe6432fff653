//! The server does not start with a CORS line.

use super::draft::{Draft, Drafts};
use crate::finding::Severity;
use crate::policy::{Policy, RemarkKind};

pub(super) fn check(policy: &Policy, drafts: &mut Drafts) {
    for remark in policy.remarks.iter().filter(|remark| remark.kind == RemarkKind::WillNotStart) {
        let message = format!("The server does not start with this: {}.", remark.message);
        drafts.push(Draft::new(Severity::Error, remark.location, message));
    }
}
