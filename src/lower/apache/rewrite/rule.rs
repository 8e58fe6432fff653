//! One rule: its pattern, its conditions, and what it does.

use super::condition::tests_origin;
use super::target::Goal;
use super::{Context, Whose, vary_statement};
use crate::lower::apache::expression::concatenated;
use crate::lower::apache::node::Node;
use crate::lower::apache::{Lowering, when};
use crate::parse::apache;
use crate::policy::{Condition, Depends, Expression, Respond, Statement, VariableId};
use crate::source::Location;
use crate::syntax::apache::{CondPattern, Flag, Piece, Text};
use crate::syntax::directive::Word;

/// How many groups can be used.
const GROUPS: usize = 10;

/// A `RewriteRule` with the conditions before it.
#[derive(Debug, Clone)]
pub(super) struct Rule<'n> {
    node: &'n Node,
    pub(super) conditions: Vec<&'n Node>,
    pattern: &'n Word,
    pub(super) target: &'n Word,
    flags: Flags,
}

/// The flags of a rule or a condition.
#[derive(Debug, Clone)]
pub(in crate::lower::apache) struct Flags(Vec<Flag>);

impl Flags {
    /// What a word in brackets says; nothing where there is none.
    pub(in crate::lower::apache) fn of(word: Option<&Word>) -> Self {
        Self(word.map_or_else(Vec::new, |word| apache::flags(word).unwrap_or_default()))
    }

    /// Whether one of the names is among them.
    pub(in crate::lower::apache) fn has(&self, names: &[&str]) -> bool {
        self.get(names).is_some()
    }

    /// The first of them that has one of the names.
    fn get(&self, names: &[&str]) -> Option<&Flag> {
        self.0.iter().find(|flag| names.iter().any(|name| flag.name.eq_ignore_ascii_case(name)))
    }
}

/// What the groups of a pattern are kept in, for what is done once the conditions were asked as well.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    rule: Option<[VariableId; GROUPS]>,
    pub(super) condition: Option<[VariableId; GROUPS]>,
}

impl<'n> Rule<'n> {
    pub(super) fn of(node: &'n Node, conditions: Vec<&'n Node>) -> Option<Self> {
        let [pattern, target, rest @ ..] = node.words.as_slice() else { return None };
        let flags = Flags::of(rest.first());
        Some(Self { node, conditions, pattern, target, flags })
    }

    pub(super) fn location(&self) -> Location {
        self.node.head()
    }

    pub(super) fn target_location(&self) -> Location {
        self.node.at(self.target)
    }

    pub(super) fn number(&self, names: &[&str]) -> Option<usize> {
        self.flags.get(names)?.value.as_deref()?.parse().ok()
    }

    /// Whether any of the names is among its flags.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        self.flags.has(names)
    }

    /// The status of `[R]`, `[R=…]`.
    pub(super) fn redirect(&self) -> Option<u16> {
        let flag = self.flags.get(&["R", "redirect"])?;
        Some(match flag.value.as_deref() {
            None | Some("temp" | "") => 302,
            Some("permanent") => 301,
            Some("seeother") => 303,
            Some(number) => number.parse().unwrap_or(302),
        })
    }

    /// What it sets: `E=NAME:value`, `E=!NAME`.
    fn assignments(&self) -> impl Iterator<Item = &str> {
        let flags = self.flags.0.iter().filter(|flag| matches!(flag.name.to_ascii_lowercase().as_str(), "e" | "env"));
        flags.filter_map(|flag| flag.value.as_deref())
    }

    /// Every text of it in which a group may be used.
    fn texts(&self) -> impl Iterator<Item = Text> {
        let tests = self.conditions.iter().filter_map(|node| node.argument(0)).map(str::to_owned);
        let own = std::iter::once(self.target.value.clone()).chain(self.assignments().map(str::to_owned));
        tests.chain(own).collect::<Vec<_>>().into_iter().map(|text| apache::rewrite_text(&text))
    }
}

impl Lowering {
    /// What a rule does, and `further` where it matches.
    pub(super) fn rule(&mut self, rule: &Rule<'_>, context: &Context<'_>, further: Vec<Statement>) -> Vec<Statement> {
        let uses = |is_it: fn(&Piece) -> bool| rule.texts().any(|text| text.0.iter().any(is_it));
        let kept = Kept {
            rule: uses(|piece| matches!(piece, Piece::Capture(_))).then(|| self.group_variables("$")),
            condition: uses(|piece| matches!(piece, Piece::ConditionCapture(_))).then(|| self.group_variables("%")),
        };
        let mut actions = self.actions(rule, context, kept);
        // What ends the rules stands last in what a rule does; a chain goes on before that.
        let last = actions.iter().rposition(|statement| !matches!(statement, Statement::End)).map_or(0, |at| at + 1);
        let ends = actions.split_off(last);
        actions.extend(further);
        actions.extend(ends);
        let mut matched = self.conditions(rule, context, kept, actions);
        if let Some(variables) = kept.rule {
            matched.splice(0..0, keep(&variables, rule.location()));
        }
        let location = rule.node.at(rule.pattern);
        let condition = match apache::rule_pattern(&rule.pattern.value) {
            CondPattern::Regex { pattern, negated } => {
                let ignore_case = rule.has(&["NC", "nocase"]);
                let found = Condition::Matches {
                    subject: context.subject.clone(),
                    pattern: self.pattern(&pattern, ignore_case, location),
                };
                if negated { found.negated() } else { found }
            }
            _ => Condition::Always.negated(),
        };
        when(condition, matched)
    }

    /// All rules keep their groups in the same variables: one is through with them before the next begins.
    fn group_variables(&mut self, mark: &str) -> [VariableId; GROUPS] {
        std::array::from_fn(|group| self.internal_variable(&format!("{mark}{group}")))
    }

    /// What a rule does once it matched: variables, `Vary`, and what becomes of the request.
    fn actions(&mut self, rule: &Rule<'_>, context: &Context<'_>, kept: Kept) -> Vec<Statement> {
        let location = rule.location();
        let mut statements: Vec<Statement> = rule
            .assignments()
            .map(|assignment| {
                let (name, value) = assignment.split_once(':').unwrap_or((assignment, ""));
                let (variable, value) = if let Some(name) = name.strip_prefix('!') {
                    (self.variable(name), Expression::absent())
                } else {
                    let text = apache::rewrite_text(value);
                    let value = self.rewrite_text(&text, context, kept, location);
                    // Absent is empty here: the variable is set either way.
                    (self.variable(name), Expression::Concatenation(vec![value]))
                };
                Statement::Assign { variable, value, location }
            })
            .collect();
        if rule.conditions.iter().any(|node| tests_origin(node)) {
            statements.push(vary_statement(location));
        }
        if rule.has(&["END"]) {
            let value = Expression::literal("1");
            statements.push(Statement::Assign { variable: context.ended, value, location });
        }
        statements.extend(self.outcome(rule, context, kept));
        statements
    }

    /// What becomes of the request.
    fn outcome(&mut self, rule: &Rule<'_>, context: &Context<'_>, kept: Kept) -> Vec<Statement> {
        let location = rule.location();
        let respond = |status, target| {
            vec![Statement::Respond(Respond { status: Some(status), target, as_error_page: true, location })]
        };
        if rule.has(&["F", "forbidden"]) {
            return respond(403, None);
        }
        if rule.has(&["G", "gone"]) {
            return respond(410, None);
        }
        if let Some(status) = rule.redirect().filter(|status| !(300..400).contains(status)) {
            return respond(status, None);
        }
        let ends =
            || vec![Statement::End; usize::from(rule.has(&["L", "last", "END", "N", "next", "PT", "passthrough"]))];
        if rule.target.value == "-" {
            return ends();
        }
        if rule.has(&["P", "proxy"]) {
            let target = match self.goal(rule, context, kept) {
                Goal::Elsewhere(target) | Goal::Path(target) => target,
            };
            return vec![self.backend(context.scopes, target, location)];
        }
        let goal = self.goal(rule, context, kept);
        let mut statements = match goal {
            Goal::Elsewhere(target) => return respond(rule.redirect().unwrap_or(302), Some(target)),
            Goal::Path(target) if rule.redirect().is_some() => {
                return respond(rule.redirect().unwrap_or(302), Some(target));
            }
            Goal::Path(path) => self.change_path(rule, context, path),
        };
        statements.extend(ends());
        statements
    }

    /// The path becomes another one, if it is another one (`mod_rewrite.c`: "initial URL equal rewritten URL").
    fn change_path(&mut self, rule: &Rule<'_>, context: &Context<'_>, path: Expression) -> Vec<Statement> {
        let location = rule.location();
        match &context.whose {
            Whose::Server { rewritten } if !rule.has(&["PT", "passthrough"]) => {
                vec![Statement::Assign { variable: *rewritten, value: path, location }]
            }
            Whose::Server { .. } => {
                let variable = self.internal_variable("path was passed through");
                let passed = Statement::Assign { variable, value: Expression::literal("1"), location };
                vec![passed, Statement::SetPath { path, choose_again: true, location }]
            }
            Whose::Folder { .. } => {
                let same = Condition::Equal { left: Expression::Path, right: path.clone(), ignore_case: false };
                let set = Statement::SetPath { path, choose_again: false, location };
                let keep = Statement::Assign { variable: context.target, value: Expression::Path, location };
                when(same.negated(), vec![set, keep])
            }
        }
    }

    /// A text of `mod_rewrite`.
    pub(super) fn rewrite_text(&mut self, text: &Text, context: &Context<'_>, kept: Kept, at: Location) -> Expression {
        concatenated(text.0.iter().map(|piece| self.rewrite_piece(piece, context, kept, at)).collect())
    }

    pub(super) fn rewrite_piece(
        &mut self,
        piece: &Piece,
        context: &Context<'_>,
        kept: Kept,
        at: Location,
    ) -> Expression {
        match piece {
            Piece::Literal(text) => self.literal(text, at),
            Piece::Capture(group) => kept.rule.map_or(Expression::absent(), |all| Expression::Variable(all[*group])),
            Piece::ConditionCapture(group) => {
                kept.condition.map_or(Expression::absent(), |all| Expression::Variable(all[*group]))
            }
            Piece::Variable(name) => match name.to_ascii_uppercase().as_str() {
                "REQUEST_FILENAME" | "SCRIPT_FILENAME" => context.file.clone(),
                "DOCUMENT_ROOT" => Expression::literal(context.document_root),
                "SERVER_ADDR" | "REMOTE_PORT" => self.of_connection(name, at),
                name if name.starts_with("TIME") => self.of_connection(name, at),
                // Of the request's headers it knows these few by name (mod_rewrite.c, `lookup_variable`).
                "HTTP_HOST"
                | "HTTP_USER_AGENT"
                | "HTTP_REFERER"
                | "HTTP_COOKIE"
                | "HTTP_ACCEPT"
                | "HTTP_FORWARDED"
                | "HTTP_PROXY_CONNECTION"
                | "HTTPS" => self.server_variable(name, at),
                other if other.starts_with("HTTP_") => Expression::literal(""),
                _ => self.server_variable(name, at),
            },
            Piece::Function { name, argument } => self.rewrite_lookup(name, argument, context, kept, at),
            Piece::Map { map, key, .. } => self.derived(&format!("`${{{map}:…}}`"), key, at),
        }
    }

    /// `%{HTTP:Origin}`, `%{ENV:NAME}`, `%{LA-U:REQUEST_FILENAME}`, `%{SSL:…}`.
    fn rewrite_lookup(
        &mut self,
        name: &str,
        argument: &Text,
        context: &Context<'_>,
        kept: Kept,
        at: Location,
    ) -> Expression {
        let [Piece::Literal(of)] = argument.0.as_slice() else { return self.opaque(&format!("`%{{{name}:…}}`"), at) };
        match name.to_ascii_uppercase().as_str() {
            "HTTP" => self.request_header(of),
            "ENV" => Expression::Variable(self.variable(of)),
            "LA-U" | "LA-F" => self.rewrite_piece(&Piece::Variable(of.clone()), context, kept, at),
            "SSL" if of.eq_ignore_ascii_case("HTTPS") => self.server_variable("HTTPS", at),
            _ => self.of_connection(&format!("{name}:{of}"), at),
        }
    }

    /// Something that is the same for all requests of a client.
    fn of_connection(&mut self, name: &str, at: Location) -> Expression {
        let why = "is not in this configuration";
        Expression::Unknown(self.unknown(format!("`%{{{name}}}`"), why, Depends::Nothing, at))
    }
}

/// Keeps the groups of the last match.
pub(super) fn keep(variables: &[VariableId; GROUPS], location: Location) -> Vec<Statement> {
    let assign = |(group, variable): (usize, &VariableId)| Statement::Assign {
        variable: *variable,
        value: Expression::Capture(group),
        location,
    };
    variables.iter().enumerate().map(assign).collect()
}
