//! Allow-Headers `*` does not cover Authorization, which has to be named:
//! <https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name>.

use super::draft::{ALLOW_HEADERS, Draft, Drafts};
use super::values::elements;
use crate::exchange::{Exchange, HeaderLine, Observation, Value};
use crate::finding::Severity;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    let Some((exchange, line)) = observed.passing_preflights().find_map(|exchange| Some((exchange, star(exchange)?)))
    else {
        return;
    };
    let Some(written) = line.written else { return };
    let message =
        "`Access-Control-Allow-Headers: *` does not cover Authorization: browsers want to find it by its name.";
    let draft = Draft::new(Severity::Info, written.value, message.to_owned()).saying("every header but one");
    drafts.push(draft.proof(exchange));
}

/// The line with the `*` that a preflight passes by. Where credentials are allowed, `*` covers nothing anyway.
fn star<'o>(exchange: &'o Exchange<'_>) -> Option<&'o HeaderLine> {
    if exchange.with_credentials() {
        return None;
    }
    let Value::Text(value) = exchange.response.joined(ALLOW_HEADERS) else { return None };
    let names_it = elements(&value).any(|element| element.eq_ignore_ascii_case("authorization"));
    let has_star = |line: &&HeaderLine| line.value.or_empty().split(',').any(|element| element.trim() == "*");
    exchange.response.lines(ALLOW_HEADERS).find(has_star).filter(|_| !names_it)
}
