//! `RewriteCond`.

use super::Context;
use super::rule::{Flags, Kept, Rule, keep};
use crate::lower::apache::node::Node;
use crate::lower::apache::{Lowering, when};
use crate::parse::apache;
use crate::policy::{Condition, Depends, Expression, Statement};
use crate::syntax::apache::{CondPattern, Piece};

impl Lowering {
    /// The conditions, those joined by `[OR]` together, and inside them what is done.
    pub(super) fn conditions(
        &mut self,
        rule: &Rule<'_>,
        context: &Context<'_>,
        kept: Kept,
        actions: Vec<Statement>,
    ) -> Vec<Statement> {
        let mut groups: Vec<Vec<&Node>> = vec![Vec::new()];
        for node in &rule.conditions {
            let flags = Flags::of(node.words.get(2));
            let or = flags.has(&["OR", "ornext"]);
            if let Some(group) = groups.last_mut() {
                group.push(node);
            }
            if !or {
                groups.push(Vec::new());
            }
        }
        let mut inner = actions;
        for group in groups.into_iter().rev().filter(|group| !group.is_empty()) {
            let mut before = Vec::new();
            let mut asked = Vec::new();
            let mut captures = false;
            for node in group {
                let (condition, vary) = self.condition_of(node, context, kept);
                captures |= matches!(condition, Condition::Matches { .. });
                asked.push(condition);
                before.extend(vary);
            }
            if let Some(variables) = kept.condition.filter(|_| captures) {
                inner.splice(0..0, keep(&variables, rule.location()));
            }
            let condition = if asked.len() == 1 { asked.swap_remove(0) } else { Condition::Any(asked) };
            before.extend(when(condition, inner));
            inner = before;
        }
        inner
    }

    /// A `RewriteCond`, and what it adds to the answer by being asked.
    fn condition_of(&mut self, node: &Node, context: &Context<'_>, kept: Kept) -> (Condition, Vec<Statement>) {
        let [test, pattern, ..] = node.words.as_slice() else { return (Condition::Always, Vec::new()) };
        let location = node.at(pattern);
        if test.value.eq_ignore_ascii_case("expr") {
            let negated = pattern.value.starts_with('!');
            return match apache::test(pattern, usize::from(negated)) {
                Ok(test) => {
                    let holds = self.test(&test, location);
                    (if negated { holds.negated() } else { holds }, Self::vary_by_origin(&test, location))
                }
                Err(_) => (Condition::Always.negated(), Vec::new()),
            };
        }
        let flags = Flags::of(node.words.get(2));
        let ignore_case = flags.has(&["NC", "nocase"]);
        let asked = apache::rewrite_text(&test.value);
        let (condition, negated) = match apache::cond_pattern(&pattern.value) {
            CondPattern::Regex { pattern, negated } => {
                let subject = self.rewrite_text(&asked, context, kept, node.at(test));
                (Condition::Matches { subject, pattern: self.pattern(&pattern, ignore_case, location) }, negated)
            }
            CondPattern::Same { text: right, negated } => {
                let left = self.rewrite_text(&asked, context, kept, node.at(test));
                let right = apache::rewrite_text(&right);
                let right = self.rewrite_text(&right, context, kept, location);
                (Condition::Equal { left, right, ignore_case }, negated)
            }
            CondPattern::File { what, negated } => {
                // A folder is asked about as such, not by its index file.
                let of_folder = Context { file: Expression::Path, ..context.clone() };
                let context = if what == 'd' { &of_folder } else { context };
                let path = self.path_of_file(&asked, context, kept, node.at(test));
                (file_condition(what, path, context), negated)
            }
            CondPattern::Other { text, negated } => {
                let what = format!("`RewriteCond … {text}` holds");
                let why = "is not followed here";
                let unknown = self.unknown(what, why, Depends::Nothing, location);
                (Condition::Unknown(unknown), negated)
            }
        };
        (if negated { condition.negated() } else { condition }, Vec::new())
    }
}

/// Whether a `RewriteCond` looks at the Origin header, so that a rule that it lets through adds `Vary`.
pub(super) fn tests_origin(node: &Node) -> bool {
    let Some(test) = node.argument(0) else { return false };
    let flags = Flags::of(node.words.get(2));
    if flags.has(&["NV", "novary"]) {
        return false;
    }
    apache::rewrite_text(test).0.iter().any(|piece| match piece {
        Piece::Function { name, argument } => {
            name.eq_ignore_ascii_case("HTTP")
                && matches!(argument.0.as_slice(), [Piece::Literal(header)] if header.eq_ignore_ascii_case("origin"))
        }
        _ => false,
    })
}

/// `-f` and its kin. Folders are those that the configuration speaks of, symbolic links are not there.
fn file_condition(what: char, path: Expression, context: &Context<'_>) -> Condition {
    let is =
        |folder: &str| Condition::Equal { left: path.clone(), right: Expression::literal(folder), ignore_case: false };
    match what {
        'd' => Condition::Any(vec![is("/"), is(context.at)]),
        'l' | 'h' | 'L' | 'x' => Condition::Always.negated(),
        _ => Condition::FileExists { path, has_fallback: true },
    }
}
