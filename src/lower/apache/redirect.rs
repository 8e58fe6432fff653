//! `Redirect` and `RedirectMatch`.

use super::node::Node;
use super::scope::{Scope, given};
use super::{Lowering, when};
use crate::policy::{Condition, Expression, Respond, Statement};
use crate::syntax::directive::Word;

impl Lowering {
    /// The redirects of scopes, in order: the first that applies answers.
    pub(super) fn redirects(&mut self, scopes: &[Scope<'_>]) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (scope, node) in given(scopes) {
            let done = match node.name.as_str() {
                "redirect" | "redirectmatch" | "redirectpermanent" | "redirecttemp" => self.redirect(node),
                _ => continue,
            };
            statements.extend(when(scope.holds(node), done));
        }
        statements
    }

    fn redirect(&mut self, node: &Node) -> Vec<Statement> {
        let mut words = node.words.as_slice();
        let mut status = if node.name == "redirectpermanent" { 301 } else { 302 };
        if !matches!(node.name.as_str(), "redirectpermanent" | "redirecttemp")
            && let Some(said) = words.first().and_then(|word| status_of(&word.value))
        {
            status = said;
            words = &words[1..];
        }
        let redirects = (300..400).contains(&status);
        let (path, target) = match words {
            [path, target] => (Some(path), Some(target)),
            // In a section the path may be left out; what is then there is where to.
            [target] if redirects => (None, Some(target)),
            [path] => (Some(path), None),
            _ => (None, None),
        };
        let condition = match path {
            Some(word) if node.name == "redirectmatch" => {
                let pattern = self.pattern(&word.value, false, node.at(word));
                Condition::Matches { subject: Expression::Path, pattern }
            }
            Some(word) => begins_with(word),
            None => Condition::Always,
        };
        let target = target.filter(|_| redirects).map(|word| self.substitution(&word.value, node.at(word)));
        let respond = Respond { status: Some(status), target, as_error_page: true, location: node.head() };
        when(condition, vec![Statement::Respond(respond)])
    }
}

/// Whether the path is that of the word or below it (`mod_alias.c`, `alias_matches`).
fn begins_with(word: &Word) -> Condition {
    let path = word.value.as_str();
    let text = |text: String| Expression::Literal(text);
    if path == "/" {
        return Condition::Always;
    }
    if path.ends_with('/') {
        return Condition::StartsWith { subject: Expression::Path, text: text(path.to_owned()), ignore_case: false };
    }
    Condition::Any(vec![
        Condition::Equal { left: Expression::Path, right: text(path.to_owned()), ignore_case: false },
        Condition::StartsWith { subject: Expression::Path, text: text(format!("{path}/")), ignore_case: false },
    ])
}

/// The status that the first word of a `Redirect` names.
fn status_of(word: &str) -> Option<u16> {
    match word.to_ascii_lowercase().as_str() {
        "permanent" => Some(301),
        "temp" => Some(302),
        "seeother" => Some(303),
        "gone" => Some(410),
        number => number.parse().ok().filter(|status| (100..600).contains(status)),
    }
}
