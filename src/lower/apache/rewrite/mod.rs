//! `mod_rewrite`: the rules of the server, and those of folders.
//!
//! What is the same for both is in [`rule`]: a rule is a pattern, its conditions, and what it does. What differs: the
//! server's rules look at the path and put a file in its place; a folder's look at what is left of the path behind the
//! folder, and the request goes on with another path from the beginning (`mod_rewrite.c`, `hook_uri2file`, `hook_fixup`).

mod condition;
mod rule;
mod target;

use super::endpoint::Place;
use super::header::vary;
use super::node::{Node, both};
use super::scope::{Base, Scope};
use super::{Lowering, when};
use crate::policy::{Condition, Expression, Reroute, Statement, StatusAfter, Target, VariableId};
use crate::source::Location;

pub(super) use self::rule::Flags;
use self::rule::Rule;

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
        let mut skips: Vec<(VariableId, usize)> = Vec::new();
        let mut rest = rules;
        while !rest.is_empty() {
            let chained = rest.iter().take_while(|rule| rule.has(&["C", "chain"])).count();
            let (chain, after) = rest.split_at((chained + 1).min(rest.len()));
            rest = after;
            let mut guard = Condition::Always;
            for (skipped, left) in skips.iter_mut().filter(|(_, left)| *left > 0) {
                *left = left.saturating_sub(chain.len());
                guard = both(guard, Condition::Truthy(Expression::Variable(*skipped)).negated());
            }
            let count = chain.last().and_then(|rule| rule.number(&["S", "skip"]));
            let skip = count.map(|count| {
                let variable = self.internal_variable(&format!("rules are skipped, {}", skips.len()));
                skips.push((variable, count));
                variable
            });
            if let (Some(variable), Some(rule)) = (skip, chain.first()) {
                let value = Expression::absent();
                statements.push(Statement::Assign { variable, value, location: rule.location() });
            }
            let done = self.chain(chain, context, skip);
            statements.extend(when(guard, done));
        }
        statements
    }

    fn chain(&mut self, chain: &[&Rule<'_>], context: &Context<'_>, skip: Option<VariableId>) -> Vec<Statement> {
        let Some((rule, rest)) = chain.split_first() else { return Vec::new() };
        let further = if rest.is_empty() {
            let skipping =
                |variable| Statement::Assign { variable, value: Expression::literal("1"), location: rule.location() };
            skip.map(skipping).into_iter().collect()
        } else {
            self.chain(rest, context, skip)
        };
        self.rule(rule, context, further)
    }
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
