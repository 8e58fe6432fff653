//! An origin that may read the success answer cannot read that the application was not reached.

use super::draft::{Draft, Drafts};
use super::missing_always::{self, lacks_origin};
use crate::exchange::Observation;
use crate::finding::Severity;

/// What a gateway answers without its application (RFC 9110 sections 15.6.3 to 15.6.5).
const STATUSES: [u16; 3] = [502, 503, 504];

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    let found = observed.readable().find_map(|success| {
        let mut errors = STATUSES.iter().filter_map(|status| observed.unreachable(success, *status));
        Some((success, errors.find(lacks_origin)?))
    });
    let Some((success, error)) = found else { return };
    let Some(primary) = success.response.allow_origin_directive() else { return };
    // Where no error at all can be read, this is one of them.
    let mut of_all = Drafts::new();
    missing_always::check(observed, &mut of_all);
    if of_all.iter().any(|draft| draft.primary.location == primary) {
        return;
    }
    let message = format!(
        "A page that may read the answers of `{}` does not learn that the application cannot be reached: it gets a {} \
         without Allow-Origin.",
        observed.endpoint_name(),
        error.response.status
    );
    let draft = missing_always::draft(success, &error, primary, message).proof(&error).proof(success);
    drafts.push(Draft { severity: Severity::Info, ..draft });
}
