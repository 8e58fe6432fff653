//! Allow-Origin `*` with Allow-Credentials `true`: browsers refuse the pair wherever credentials are sent.

use super::draft::{ALLOW_CREDENTIALS, Draft, Drafts};
use crate::exchange::Observation;
use crate::finding::Severity;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    let mut cors = observed.exchanges.iter().filter(|exchange| exchange.from().is_some());
    let Some(exchange) = cors.find(|exchange| exchange.allows("*") && exchange.with_credentials()) else { return };
    let Some(primary) = exchange.response.allow_origin_value() else { return };
    let message = "Browsers refuse `Access-Control-Allow-Origin: *` together with `Access-Control-Allow-Credentials: \
                   true` for every request that carries cookies or a login.";
    let credentials = exchange.response.writer(ALLOW_CREDENTIALS).and_then(|line| line.written);
    drafts.push(
        Draft::new(Severity::Error, primary, message.to_owned())
            .saying("every origin")
            .label(credentials.map(|written| written.directive), "with credentials")
            .proof_with_credentials(exchange),
    );
}
