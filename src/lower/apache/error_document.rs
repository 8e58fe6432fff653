//! `ErrorDocument`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Lowering;
use super::endpoint::Place;
use super::node::{Node, both};
use super::scope::{Level, Scope, given};
use crate::policy::{Condition, Expression, Reroute, Respond, Statement, StatusAfter, Statuses, Target};
use crate::syntax::directive::Quote;

impl Lowering {
    /// What takes over the answers that httpd makes itself: of each status, what the innermost section says.
    pub(super) fn error_documents(&mut self, place: &Place<'_, '_>) -> Vec<Statement> {
        let mut by_status: BTreeMap<u16, Vec<(&Scope<'_>, &Node)>> = BTreeMap::new();
        for (scope, node) in given(&place.scopes).filter(|(_, node)| node.name == "errordocument") {
            if let Some(status) = node.argument(0).and_then(|status| status.parse().ok()) {
                by_status.entry(status).or_default().push((scope, node));
            }
        }
        let mut statements = Vec::new();
        for (status, documents) in by_status {
            let mut chosen = Vec::new();
            for (scope, node) in documents {
                let mut condition = scope.holds(node);
                if scope.level == Level::Folder {
                    condition = both(Condition::Truthy(Expression::Variable(place.translated)), condition);
                }
                let then = self.document(node);
                chosen = match condition {
                    Condition::Always => then,
                    condition => vec![Statement::When { condition, then, otherwise: chosen }],
                };
            }
            if !chosen.is_empty() {
                let condition = Condition::Status(Statuses::Only(Cow::Owned(vec![status])));
                statements.push(Statement::When { condition, then: chosen, otherwise: Vec::new() });
            }
        }
        statements
    }

    /// A page of this server, a page elsewhere, or a text, which changes nothing about headers.
    fn document(&mut self, node: &Node) -> Vec<Statement> {
        let Some(word) = node.words.get(1) else { return Vec::new() };
        let location = node.head();
        if word.value.contains("://") && word.quote != Quote::Double {
            let target = Some(self.literal(&word.value, node.at(word)));
            return vec![Statement::Respond(Respond { status: Some(302), target, as_error_page: false, location })];
        }
        if !word.value.starts_with('/') {
            return Vec::new();
        }
        let path = self.literal(&word.value, node.at(word));
        vec![Statement::Reroute(Reroute {
            target: Target::Path { path, site_again: true },
            as_get: true,
            status: StatusAfter::KeptByFiles,
            first: self.begin_anew(location),
            location,
        })]
    }
}
