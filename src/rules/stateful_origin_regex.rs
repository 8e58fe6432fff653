//! An origin is allowed with one request and refused with the next.

use super::draft::{Draft, Drafts};
use crate::finding::Severity;
use crate::policy::{Policy, RemarkKind};

pub(super) fn check(policy: &Policy, drafts: &mut Drafts) {
    for remark in policy.remarks.iter().filter(|remark| remark.kind == RemarkKind::Stateful) {
        let message = format!("An allowed origin is refused every now and then: {}.", remark.message);
        drafts.push(Draft::new(Severity::Error, remark.location, message));
    }
}
