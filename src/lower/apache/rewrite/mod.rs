//! `mod_rewrite`: the rules of the server, and those of folders.
//!
//! What is the same for both is in [`rule`]: a rule is a pattern, its conditions, and what it does. What differs: the
//! server's rules look at the path and put a file in its place; a folder's look at what is left of the path behind the
//! folder, and the request goes on with another path from the beginning (`mod_rewrite.c`, `hook_uri2file`, `hook_fixup`).

mod condition;
mod rule;
mod target;

use std::collections::BTreeSet;

use super::endpoint::Place;
use super::header::vary;
use super::node::Node;
use super::scope::{Base, Scope};
use super::{Lowering, when};
use crate::policy::{Condition, Expression, Reroute, Statement, StatusAfter, Target, VariableId};
use crate::source::Location;

pub(super) use self::rule::Flags;
use self::rule::Rule;

/// How many chained rules stand inside each other.
const DEEPEST_CHAIN: usize = 16;

/// What the rules of a section are read with.
#[derive(Clone)]
pub(super) struct Context<'p> {
    /// What patterns are matched against.
    subject: Expression,
    /// The file that the request ends at.
    file: Expression,
    document_root: &'p str,
    scopes: &'p [Scope<'p>],
    /// Of a folder, what a relative target is put behind; of the server, the variable that takes the file.
    whose: Whose,
    /// Of a folder, the path that its rules lead to, where they changed it.
    target: VariableId,
    /// What the paths here begin with.
    at: &'p str,
    /// Set by `[END]`.
    ended: VariableId,
}

/// Whose rules.
#[derive(Clone)]
enum Whose {
    Server { rewritten: VariableId },
    Folder { base: String },
}

/// The rules of one section.
struct RuleSet<'n> {
    /// `RewriteEngine`, if the section says it.
    engine: Option<bool>,
    base: Option<String>,
    inherits: bool,
    rules: Vec<Rule<'n>>,
}

impl<'n> RuleSet<'n> {
    fn of(scope: &Scope<'n>) -> Self {
        let mut rules = Self { engine: None, base: None, inherits: false, rules: Vec::new() };
        let mut conditions: Vec<&'n Node> = Vec::new();
        for node in &scope.nodes {
            match node.name.as_str() {
                "rewriteengine" => rules.engine = Some(!node.says(0, "off")),
                "rewritebase" => rules.base = node.argument(0).map(|base| format!("{}/", base.trim_end_matches('/'))),
                "rewriteoptions" => {
                    rules.inherits |=
                        node.words.iter().any(|word| word.value.to_ascii_lowercase().starts_with("inherit"));
                }
                "rewritecond" => conditions.push(node),
                "rewriterule" => rules.rules.extend(Rule::of(node, std::mem::take(&mut conditions))),
                _ => {}
            }
        }
        rules
    }

    /// Whether the section has any say: then it speaks instead of those outside it.
    fn speaks(&self) -> bool {
        self.engine.is_some() || !self.rules.is_empty()
    }
}

impl Lowering {
    /// The rules that run before the path is translated to a file. A virtual host does not inherit the server's.
    pub(super) fn server_rules(&mut self, place: &Place<'_, '_>, outside: &[Scope<'_>]) -> Vec<Statement> {
        let sets: Vec<RuleSet<'_>> = outside.iter().map(RuleSet::of).collect();
        let is_host = !place.parts.host.is_empty();
        let own = if is_host { sets.last() } else { sets.first() };
        let Some(own) = own else { return Vec::new() };
        let inherited = sets.first().filter(|_| is_host && own.inherits);
        if own.engine != Some(true) {
            return Vec::new();
        }
        let context = Context {
            subject: place.region.file_or_path(place.rewritten),
            file: place.region.file_or_path(place.rewritten),
            document_root: &place.parts.document_root,
            scopes: &place.scopes,
            whose: Whose::Server { rewritten: place.rewritten },
            target: place.rewritten,
            at: &place.region.at,
            ended: place.ended,
        };
        let rules: Vec<&Rule<'_>> =
            own.rules.iter().chain(inherited.into_iter().flat_map(|inherited| &inherited.rules)).collect();
        vec![Statement::Group(self.rules(&rules, &context))]
    }

    /// The rules of folders: of the sections that have any, the innermost that applies. `fixups` is what other modules do
    /// before a request whose path the rules changed goes on with it: they still see the old one.
    pub(super) fn folder_rules(
        &mut self,
        place: &Place<'_, '_>,
        inside: &[Scope<'_>],
        fixups: Vec<Statement>,
    ) -> Vec<Statement> {
        let mut engine = false;
        let mut chosen: Vec<Statement> = Vec::new();
        let mut inherited: Vec<Rule<'_>> = Vec::new();
        let target = self.internal_variable("path after rewriting");
        for scope in inside {
            let mut own = RuleSet::of(scope);
            if !own.speaks() {
                continue;
            }
            engine = own.engine.unwrap_or(engine);
            if own.inherits {
                own.rules.append(&mut inherited.clone());
            }
            let context = Context {
                subject: folder_subject(place, &scope.base),
                file: place.region.file.clone(),
                document_root: &place.parts.document_root,
                scopes: &place.scopes,
                whose: Whose::Folder { base: own.base.clone().unwrap_or_else(|| base(&scope.base)) },
                target,
                at: &place.region.at,
                ended: place.ended,
            };
            let rules: Vec<&Rule<'_>> = own.rules.iter().collect();
            let then = if engine { self.rules(&rules, &context) } else { Vec::new() };
            chosen = match scope.guard.clone() {
                Condition::Always => then,
                condition => vec![Statement::When { condition, then, otherwise: chosen }],
            };
            inherited = own.rules;
        }
        if chosen.is_empty() {
            return fixups;
        }
        let location = place.region.location;
        let before = self.internal_variable("path before rewriting");
        let set = |variable, value| Statement::Assign { variable, value, location };
        let path =
            |variable| Statement::SetPath { path: Expression::Variable(variable), choose_again: false, location };
        let not_ended = Condition::Truthy(Expression::Variable(place.ended)).negated();
        let mut statements = vec![set(target, Expression::absent()), set(before, Expression::Path)];
        statements.extend(when(not_ended, vec![Statement::Group(chosen)]));
        // The others see the path as it was.
        statements.push(path(before));
        statements.extend(fixups);
        statements.extend(self.go_on(target, location));
        statements
    }

    /// Once the rules are through, a request whose path they changed goes on with that from the beginning.
    fn go_on(&mut self, target: VariableId, location: Location) -> Vec<Statement> {
        let then = vec![Statement::Reroute(Reroute {
            target: Target::Path { path: Expression::Variable(target), site_again: true },
            as_get: false,
            status: StatusAfter::Target,
            first: self.begin_anew(location),
            location,
        })];
        when(Condition::Defined(Expression::Variable(target)), then)
    }

    /// Rules one after the other: chained ones inside each other, skipped ones behind what skips them.
    fn rules(&mut self, rules: &[&Rule<'_>], context: &Context<'_>) -> Vec<Statement> {
        let mut statements = Vec::new();
        // Its value is the index of the rule that is not skipped any more: what is skipped skips nothing itself.
        let skipping = self.internal_variable("rules are skipped");
        let mut ends: BTreeSet<usize> = BTreeSet::new();
        let mut rest = rules;
        while let Some(first) = rest.first() {
            let at = rules.len() - rest.len();
            let later = ends.split_off(&(at + 1));
            for end in std::mem::replace(&mut ends, later) {
                let over =
                    Condition::Equal { left: Expression::Variable(skipping), right: index(end), ignore_case: false };
                statements.extend(when(over, vec![assign(skipping, Expression::absent(), first)]));
            }
            let chained = rest.iter().take_while(|rule| rule.has(&["C", "chain"])).count();
            let (chain, after) = rest.split_at((chained + 1).min(rest.len()));
            rest = after;
            let guard = if ends.is_empty() {
                Condition::Always
            } else {
                Condition::Defined(Expression::Variable(skipping)).negated()
            };
            let count = chain.last().and_then(|rule| rule.number(&["S", "skip"])).filter(|count| *count > 0);
            let further = count.zip(chain.last()).map(|(count, rule)| {
                if ends.is_empty() {
                    statements.push(assign(skipping, Expression::absent(), first));
                }
                let end = (at + chain.len()).saturating_add(count);
                ends.insert(end);
                assign(skipping, index(end), rule)
            });
            let done = self.chain(chain, context, further.into_iter().collect());
            statements.extend(when(guard, done));
        }
        statements
    }

    /// Rules of which each runs where the one before it matched, and `further` where all did.
    fn chain(&mut self, chain: &[&Rule<'_>], context: &Context<'_>, mut further: Vec<Statement>) -> Vec<Statement> {
        // Statements are walked and dropped recursively: a long chain goes on behind its first rules, not inside of them.
        let holds = self.internal_variable("chain holds");
        let mut statements = Vec::new();
        let mut pieces = chain.chunks(DEEPEST_CHAIN).peekable();
        while let Some(piece @ [first, ..]) = pieces.next() {
            let is_first = statements.is_empty();
            let goes_on = pieces.peek().map(|_| assign(holds, Expression::literal("1"), first));
            let done = match goes_on {
                Some(goes_on) => {
                    let reset = assign(holds, Expression::absent(), first);
                    std::iter::once(reset).chain(self.chained(piece, context, vec![goes_on])).collect()
                }
                None => self.chained(piece, context, std::mem::take(&mut further)),
            };
            let held = Condition::Defined(Expression::Variable(holds));
            statements.extend(if is_first { done } else { when(held, done) });
        }
        statements
    }

    fn chained(&mut self, chain: &[&Rule<'_>], context: &Context<'_>, further: Vec<Statement>) -> Vec<Statement> {
        chain.iter().rev().fold(further, |further, rule| self.rule(rule, context, further))
    }
}

fn index(index: usize) -> Expression {
    Expression::literal(index.to_string())
}

fn assign(variable: VariableId, value: Expression, rule: &Rule<'_>) -> Statement {
    Statement::Assign { variable, value, location: rule.location() }
}

/// What a folder's patterns are matched against: the path behind the folder, without a slash before it.
fn folder_subject(place: &Place<'_, '_>, base: &Base) -> Expression {
    match base {
        Base::Folder(prefix) => Expression::PathFrom(prefix.len()),
        Base::Whole if place.region.is_proxied() => {
            Expression::Concatenation(vec![Expression::literal("proxy:"), place.region.proxied_name()])
        }
        Base::Whole => place.region.file_name(),
    }
}

fn base(base: &Base) -> String {
    match base {
        Base::Folder(prefix) => prefix.clone(),
        Base::Whole => "/".to_owned(),
    }
}

/// The `Vary` of a condition on Origin.
fn vary_statement(location: Location) -> Statement {
    Statement::Header(vary(location))
}
