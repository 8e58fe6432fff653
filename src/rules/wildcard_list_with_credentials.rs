//! A literal `*` in Allow-Methods, Allow-Headers or Expose-Headers beside credentials means a method or header called `*`.

use super::draft::{ALLOW_HEADERS, ALLOW_METHODS, Draft, Drafts, EXPOSE_HEADERS};
use super::values::by_use;
use crate::exchange::Observation;
use crate::finding::Severity;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    for name in [ALLOW_METHODS, ALLOW_HEADERS, EXPOSE_HEADERS] {
        let without_origin = observed.exchanges.iter().filter(|exchange| exchange.from().is_none());
        let exchanges = by_use(observed, name).map(|(exchange, _)| exchange).chain(without_origin);
        for exchange in exchanges.filter(|exchange| exchange.with_credentials()) {
            let has_star = |value: &str| value.split(',').any(|token| token.trim() == "*");
            let line = exchange.response.lines(name).find(|line| line.value.text().is_some_and(has_star));
            let Some(written) = line.and_then(|line| line.written) else { continue };
            if drafts.iter().any(|draft| draft.primary.location == written.value) {
                continue;
            }
            let message =
                format!("`{name}: *` covers nothing where credentials are allowed: browsers look for `*` itself.");
            // A preflight of the endpoint may list what is meant.
            let elsewhere = name != EXPOSE_HEADERS && !exchange.is_preflight();
            let severity = if elsewhere { Severity::Info } else { Severity::Warning };
            let draft = Draft::new(severity, written.value, message).saying("taken literally");
            drafts.push(draft.proof(exchange));
        }
    }
}
