//! Allow-Origin is made of data of the request that the page which asks can choose.

use super::draft::{Draft, Drafts};
use super::origins;
use crate::exchange::{Data, Observation};
use crate::finding::Severity;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    if origins::echoes_strangers(observed) {
        return;
    }
    let mut steered = observed.steered();
    // What a page chooses comes before the Host, and what has credentials before all.
    steered.sort_by_key(|(data, exchange)| (*data == Data::Host, !exchange.with_credentials()));
    let Some((data, exchange)) = steered.first() else { return };
    if *data == Data::Host {
        let message = "Allow-Origin follows the Host header, which says how the server was asked, not who asks.";
        let draft = origins::draft(exchange, message.to_owned(), "made of Host");
        drafts.extend(draft.map(|draft| Draft { severity: Severity::Info, ..draft }));
        return;
    }
    let who = if matches!(data, Data::Cookie(_)) { "Whoever can set a cookie here" } else { "Any website" };
    let as_user = if exchange.with_credentials() { " as the logged-in user" } else { "" };
    let message = format!("{who} may read the answers{as_user}: Allow-Origin is whatever {data} says.");
    drafts.extend(origins::draft(exchange, message, "whatever the request says"));
}
