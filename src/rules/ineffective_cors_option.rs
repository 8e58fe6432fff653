//! Something that is written for CORS can never take effect.

use super::draft::{Draft, Drafts};
use crate::finding::Severity;
use crate::policy::{Policy, RemarkKind};

pub(super) fn check(policy: &Policy, drafts: &mut Drafts) {
    for remark in policy.remarks.iter().filter(|remark| remark.kind == RemarkKind::NeverTakesEffect) {
        let message = format!("This has no effect: {}.", remark.message);
        drafts.push(Draft::new(Severity::Warning, remark.location, message));
    }
}
