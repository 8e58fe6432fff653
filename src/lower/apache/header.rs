//! `Header`, and the `Vary` that httpd adds by itself.

use super::expression::concatenated;
use super::node::{Node, both};
use super::scope::{Level, Scope, given};
use super::{ALWAYS, Lowering, ON_SUCCESS, when};
use crate::parse::apache;
use crate::policy::{
    Action, Applies, Arm, Condition, Expression, HeaderOperation, IfEmpty, LayerId, Maker, Makers, Name, Statement,
    Statuses, Switch, VariableId, Written,
};
use crate::source::Location;
use crate::syntax::apache::{Format, Piece, Test, Text};
use crate::syntax::directive::Word;

/// Request headers that `Header echo` may send back and that have to do with CORS.
const ECHOED: &[&str] = &["Access-Control-Request-Method", "Access-Control-Request-Headers", "Origin", "Vary"];

/// The words of a `Header`, told apart.
struct Line<'n> {
    node: &'n Node,
    always: bool,
    action: String,
    name: &'n Word,
    /// What stands between the name and the condition.
    values: &'n [Word],
    /// `early`, `env=…`, `expr=…`
    condition: Option<&'n Word>,
}

impl<'n> Line<'n> {
    fn of(node: &'n Node) -> Option<Self> {
        let mut words = node.words.as_slice();
        let first = words.first()?.value.to_ascii_lowercase();
        let always = first == "always";
        if always || first == "onsuccess" {
            words = &words[1..];
        }
        let action = words.first()?.value.to_ascii_lowercase();
        let name = words.get(1)?;
        let rest = &words[2..];
        let values = match action.as_str() {
            "unset" | "echo" => 0,
            "edit" | "edit*" => 2,
            _ => 1,
        };
        let (values, rest) = rest.split_at(values.min(rest.len()));
        Some(Self { node, always, action, name, values, condition: rest.first() })
    }

    fn is_early(&self) -> bool {
        self.condition.is_some_and(|word| word.value.eq_ignore_ascii_case("early"))
    }

    /// A trailing colon is no part of the name (`mod_headers.c`, `header_inout_cmd`).
    fn header(&self) -> &str {
        self.name.value.strip_suffix(':').unwrap_or(&self.name.value)
    }

    fn layer(&self) -> LayerId {
        if self.always { ALWAYS } else { ON_SUCCESS }
    }

    fn written(&self) -> Written {
        let value = self.values.first().map_or(self.node.head(), |word| self.node.at(word));
        Written { directive: self.node.head(), name: self.node.at(self.name), value }
    }
}

impl Lowering {
    /// The `Header` lines of scopes. Those of folders and files count only once the path is `translated` to a file.
    pub(super) fn headers(&mut self, scopes: &[Scope<'_>], translated: VariableId) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (scope, node) in given(scopes).filter(|(_, node)| node.name == "header") {
            let Some(line) = Line::of(node).filter(|line| !line.is_early()) else { continue };
            let mut guard = scope.holds(node);
            if scope.level == Level::Folder {
                guard = both(Condition::Truthy(Expression::Variable(translated)), guard);
            }
            let mut done = Self::vary_of_condition(&line);
            done.extend(self.line(&line));
            statements.extend(when(guard, done));
        }
        statements
    }

    /// The lines with `early`, which are done before anything else.
    pub(super) fn early_headers(&mut self, scopes: &[Scope<'_>]) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (scope, node) in given(scopes).filter(|(scope, node)| scope.is_outside() && node.name == "header") {
            if let Some(line) = Line::of(node).filter(Line::is_early) {
                let done = self.line(&line);
                statements.extend(when(scope.holds(node), done));
            }
        }
        statements
    }

    fn line(&mut self, line: &Line<'_>) -> Vec<Statement> {
        let condition = self.condition(line);
        if let ("note", [name]) = (line.action.as_str(), line.values) {
            let variable = self.variable(&note(&name.value));
            let value = Expression::ResponseHeader(line.header().to_ascii_lowercase());
            return when(condition, vec![Statement::Assign { variable, value, location: line.node.head() }]);
        }
        let operations =
            if line.action == "echo" { self.echo(line) } else { self.operation(line).into_iter().collect() };
        when(condition, operations.into_iter().map(Statement::Header).collect())
    }

    fn condition(&mut self, line: &Line<'_>) -> Condition {
        let Some(word) = line.condition else { return Condition::Always };
        let location = line.node.at(word);
        if let Some(name) = strip_prefix_ignoring_case(&word.value, "env=") {
            let (negated, name) = name.strip_prefix('!').map_or((false, name), |rest| (true, rest));
            let defined = Condition::Defined(self.environment(name));
            return if negated { defined.negated() } else { defined };
        }
        match expression_in(word).map(|from| apache::test(word, from)) {
            Some(Ok(test)) => self.test(&test, location),
            Some(Err(_)) => Condition::Always.negated(),
            None => Condition::Always,
        }
    }

    fn operation(&mut self, line: &Line<'_>) -> Option<HeaderOperation> {
        let location = line.written().value;
        let (action, value) = match line.action.as_str() {
            "unset" => (Action::Unset, Expression::literal("")),
            "edit" | "edit*" => {
                let [pattern, replacement] = line.values else { return None };
                let action = Action::Edit {
                    pattern: self.pattern(&pattern.value, false, line.node.at(pattern)),
                    all: line.action == "edit*",
                };
                (action, self.substitution(&replacement.value, line.node.at(replacement)))
            }
            other => {
                let action = match other {
                    "set" => Action::Set,
                    "add" => Action::Add,
                    "append" => Action::Append,
                    "merge" => Action::Merge,
                    "setifempty" => Action::SetIfEmpty,
                    _ => return None,
                };
                (action, self.value(line.values.first()?, location)?)
            }
        };
        Some(HeaderOperation {
            action,
            name: Name::Exact(line.header().to_owned()),
            layer: line.layer(),
            clears: Vec::new(),
            value,
            if_empty: IfEmpty::SendEmpty,
            applies: applies(line.layer()),
            written: line.written(),
        })
    }

    /// The request headers whose names match come back with the answer.
    fn echo(&mut self, line: &Line<'_>) -> Vec<HeaderOperation> {
        let pattern = self.pattern(&line.name.value, true, line.node.at(line.name));
        let echoed = |name: &&&str| self.policy.pattern(pattern).is_match(name).unwrap_or(false);
        let operation = |name: &&str| HeaderOperation {
            action: Action::Add,
            name: Name::Exact((*name).to_owned()),
            layer: line.layer(),
            clears: Vec::new(),
            value: Expression::RequestHeader(name.to_ascii_lowercase()),
            if_empty: IfEmpty::Omit,
            applies: applies(line.layer()),
            written: line.written(),
        };
        ECHOED.iter().filter(echoed).map(operation).collect()
    }

    /// A value: a text with `%{NAME}e` and the like, or an expression.
    fn value(&mut self, word: &Word, location: Location) -> Option<Expression> {
        if let Some(from) = expression_in(word) {
            let text = apache::text(word, from).ok()?;
            return Some(self.text(&text, location));
        }
        let pieces = apache::format(word).ok()?;
        let parts = pieces.iter().map(|piece| self.format(piece, location)).collect();
        Some(concatenated(parts))
    }

    fn format(&mut self, piece: &Format, location: Location) -> Expression {
        match piece {
            Format::Literal(text) => self.literal(text, location),
            Format::Environment(name) => or_null(self.environment(name), location),
            // Without TLS there is none of its variables; over TLS nobody knows them.
            Format::Tls(name) if name.eq_ignore_ascii_case("HTTPS") => {
                let value = self.server_variable("HTTPS", location);
                let on = Condition::Equal { left: value.clone(), right: Expression::literal("on"), ignore_case: false };
                let arm = Arm { condition: on, value, location };
                let otherwise = Some((Expression::literal("(null)"), location));
                Expression::Switch(Box::new(Switch { arms: vec![arm], otherwise }))
            }
            Format::Tls(_) => Expression::literal("(null)"),
            Format::Figure(letter) => self.opaque(&format!("`%{letter}`"), location),
            Format::Other(text) => self.opaque(&format!("`{text}`"), location),
        }
    }

    /// A variable as `Header` sees it.
    fn environment(&mut self, name: &str) -> Expression {
        Expression::Variable(self.variable(name))
    }

    /// What a condition on Origin adds by itself, on whatever answer.
    fn vary_of_condition(line: &Line<'_>) -> Vec<Statement> {
        let Some(word) = line.condition else { return Vec::new() };
        let Some(Ok(test)) = expression_in(word).map(|from| apache::test(word, from)) else { return Vec::new() };
        if !looks_at_origin(&test) {
            return Vec::new();
        }
        vec![Statement::Header(HeaderOperation { applies: Applies::ALWAYS, ..vary(line.node.at(word)) })]
    }

    /// What a test of Origin adds by itself, matched or not.
    pub(super) fn vary_by_origin(test: &Test, location: Location) -> Vec<Statement> {
        if looks_at_origin(test) { vec![Statement::Header(vary(location))] } else { Vec::new() }
    }

    /// What is left of the table of successes where httpd makes the answer itself: nothing, but for a bare 204
    /// (`modules/http/http_protocol.c`, `ap_send_error_response`).
    pub(super) fn forget_on_error(location: Location) -> Vec<Statement> {
        let made_by_server = Condition::MadeBy(Maker::Server);
        let no_content = Condition::Status(Statuses::Only(std::borrow::Cow::Borrowed(&[204])));
        when(both(made_by_server, no_content.negated()), vec![Self::forget_successes(location)])
    }

    /// Empties the table of successes.
    pub(super) fn forget_successes(location: Location) -> Statement {
        Statement::Header(HeaderOperation {
            action: Action::Unset,
            name: Name::Prefix(String::new()),
            applies: Applies::ALWAYS,
            ..vary(location)
        })
    }

    /// The variables that a script is given are there once one has run (`util_script.c`, `ap_add_common_vars`).
    pub(super) fn variables_of_script(&mut self, location: Location) -> Vec<Statement> {
        let mut names: Vec<String> = self.variables.keys().filter(|name| name.starts_with("http_")).cloned().collect();
        names.sort();
        let assign = |name: String| {
            let header = name.trim_start_matches("http_").replace('_', "-");
            let value = self.request_header(&header);
            let variable = self.variable(&name);
            let sent = Condition::Defined(value.clone());
            when(sent, vec![Statement::Assign { variable, value, location }])
        };
        let assigns = names.into_iter().flat_map(assign).collect();
        when(Condition::MadeBy(Maker::Application), assigns)
    }
}

/// The variable that stands for a note.
pub(super) fn note(name: &str) -> String {
    format!("note:{name}")
}

/// What is not there is sent as `(null)` (`mod_headers.c`, `header_request_env_var`).
fn or_null(value: Expression, location: Location) -> Expression {
    let arm = Arm { condition: Condition::Defined(value.clone()), value, location };
    let otherwise = Some((Expression::literal("(null)"), location));
    Expression::Switch(Box::new(Switch { arms: vec![arm], otherwise }))
}

/// The answers that a table is sent with.
fn applies(layer: LayerId) -> Applies {
    let makers = Makers { server: layer == ALWAYS, ..Makers::ALL };
    Applies { statuses: Statuses::All, makers }
}

/// `Vary: Origin`, as httpd adds it.
pub(super) fn vary(location: Location) -> HeaderOperation {
    HeaderOperation {
        action: Action::Merge,
        name: Name::Exact("Vary".to_owned()),
        layer: ON_SUCCESS,
        clears: Vec::new(),
        value: Expression::literal("Origin"),
        if_empty: IfEmpty::Omit,
        applies: Applies::ALWAYS,
        written: Written { directive: location, name: location, value: location },
    }
}

/// Where the expression of a word begins that begins with `expr=`.
fn expression_in(word: &Word) -> Option<usize> {
    strip_prefix_ignoring_case(&word.value, "expr=").map(|rest| word.value.len() - rest.len())
}

fn strip_prefix_ignoring_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let start = text.get(..prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// Whether a test looks at Origin in a way that httpd tells caches of.
fn looks_at_origin(test: &Test) -> bool {
    match test {
        Test::Always(_) => false,
        Test::Not(inner) => looks_at_origin(inner),
        Test::And(list) | Test::Or(list) => list.iter().any(looks_at_origin),
        Test::Compare { left, right, .. } => names_origin(left) || names_origin(right),
        Test::Match { text, .. } => names_origin(text),
        Test::In { text, list } => names_origin(text) || list.iter().any(names_origin),
        Test::Ask { of, .. } => of.iter().any(names_origin),
    }
}

pub(super) fn names_origin(text: &Text) -> bool {
    text.0.iter().any(|piece| match piece {
        Piece::Function { name, argument } => {
            let is_header = name.eq_ignore_ascii_case("req") || name.eq_ignore_ascii_case("http");
            let is_origin =
                matches!(argument.0.as_slice(), [Piece::Literal(header)] if header.eq_ignore_ascii_case("origin"));
            is_header && is_origin || names_origin(argument)
        }
        _ => false,
    })
}
