//! `SetEnvIf`, `SetEnv` and what else sets variables of the environment.

use super::expression::concatenated;
use super::node::{Node, both};
use super::pattern::has_wildcard;
use super::scope::{Scope, given};
use super::{Lowering, when};
use crate::parse::apache;
use crate::policy::{Arm, Condition, Expression, Statement, Switch};
use crate::source::Location;
use crate::syntax::directive::Word;
use crate::syntax::hole;

impl Lowering {
    /// What the `SetEnvIf` of these scopes do, in order.
    pub(super) fn set_env_if(&mut self, scopes: &[Scope<'_>]) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (scope, node) in given(scopes) {
            let sets = matches!(
                node.name.as_str(),
                "setenvif" | "setenvifnocase" | "browsermatch" | "browsermatchnocase" | "setenvifexpr"
            );
            // What only a log reads changes no answer.
            if !sets || !self.is_read(node) {
                continue;
            }
            let done = match node.name.as_str() {
                "setenvif" | "setenvifnocase" => self.set_if(node, 0, node.name.ends_with("nocase")),
                "setenvifexpr" => self.set_if_expression(node),
                _ => self.browser_match(node),
            };
            statements.extend(when(scope.holds(node), done));
        }
        statements
    }

    /// Whether anything that has to do with answers reads one of the variables that a directive sets.
    fn is_read(&self, node: &Node) -> bool {
        node.words.iter().any(|word| {
            let name = variable_in(&word.value);
            self.read.contains(&format!("{REDIRECT}{name}")) || self.read.contains(&name)
        })
    }

    /// `SetEnvIf attribute pattern [!]variable[=value] …`
    fn set_if(&mut self, node: &Node, attribute: usize, ignore_case: bool) -> Vec<Statement> {
        let Some(word) = node.words.get(attribute) else { return Vec::new() };
        let subject = self.attribute(&word.value, node.at(word));
        self.set_where(node, subject, attribute + 1, ignore_case)
    }

    fn browser_match(&mut self, node: &Node) -> Vec<Statement> {
        let subject = Expression::RequestHeader("user-agent".to_owned());
        self.set_where(node, subject, 0, node.name.ends_with("nocase"))
    }

    fn set_where(&mut self, node: &Node, subject: Expression, at: usize, ignore_case: bool) -> Vec<Statement> {
        let Some(pattern) = node.words.get(at) else { return Vec::new() };
        let searched = is_regex(&pattern.value) || hole::has_hole(&pattern.value);
        let condition = if searched {
            let pattern = self.pattern(&pattern.value, ignore_case, node.at(pattern));
            Condition::Matches { subject, pattern }
        } else {
            // Without any special character it is no regular expression (mod_setenvif.c, `non_regex`).
            let text = Expression::literal(pattern.value.as_str());
            Condition::Contains { subject, text, ignore_case }
        };
        let sets = node.words[at + 1..].iter().map(|word| self.set(node, word, searched)).collect();
        when(condition, sets)
    }

    fn set_if_expression(&mut self, node: &Node) -> Vec<Statement> {
        let Some(word) = node.words.first() else { return Vec::new() };
        let Ok(test) = apache::test(word, 0) else { return Vec::new() };
        let condition = self.test(&test, node.at(word));
        let sets = node.words[1..].iter().map(|word| self.set(node, word, true)).collect();
        let mut statements = Self::vary_by_origin(&test, node.at(word));
        statements.extend(when(condition, sets));
        statements
    }

    /// `variable`, `variable=value`, `!variable`; in the value, `$1` is what the first group matched.
    fn set(&mut self, node: &Node, word: &Word, captures: bool) -> Statement {
        let location = node.at(word);
        if let Some(name) = word.value.strip_prefix('!') {
            let variable = self.variable(name);
            return Statement::Assign { variable, value: Expression::absent(), location };
        }
        let (name, value) = word.value.split_once('=').unwrap_or((&word.value, "1"));
        let variable = self.variable(name);
        let value = if captures { self.substitution(value, location) } else { self.literal(value, location) };
        Statement::Assign { variable, value, location }
    }

    /// A text with `$0` … `$9` and backslash escapes (`ap_pregsub`); empty, not absent, where a group did not match.
    pub(super) fn substitution(&mut self, text: &str, location: Location) -> Expression {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match (c, chars.peek().copied()) {
                ('$', Some(digit)) if digit.is_ascii_digit() => {
                    chars.next();
                    if !literal.is_empty() {
                        parts.push(self.literal(&std::mem::take(&mut literal), location));
                    }
                    parts.push(Expression::Capture(digit as usize - '0' as usize));
                }
                ('\\', Some(next)) => {
                    chars.next();
                    literal.push(next);
                }
                (c, _) => literal.push(c),
            }
        }
        if !literal.is_empty() {
            parts.push(self.literal(&literal, location));
        }
        match concatenated(parts) {
            group @ Expression::Capture(_) => Expression::Concatenation(vec![group]),
            other => other,
        }
    }

    /// What `SetEnvIf` looks at by this name: something about the request, a header, or else a variable.
    fn attribute(&mut self, name: &str, location: Location) -> Expression {
        match name.to_ascii_lowercase().as_str() {
            "request_method" => Expression::Method,
            "request_uri" => Expression::Path,
            "request_protocol" => Expression::literal("HTTP/1.1"),
            "remote_addr" | "remote_host" => Expression::ClientAddress,
            "server_addr" => self.opaque(&format!("`{name}`"), location),
            header if is_regex(header) => self.header_by_pattern(header, location),
            header => {
                let value = self.request_header(header);
                let arm = Arm { condition: Condition::Defined(value.clone()), value, location };
                let variable = Expression::Variable(self.variable(name));
                if header == "origin" {
                    // A variable called so is nobody's; and an Origin that is not sent counts as empty.
                    return arm.value;
                }
                Expression::Switch(Box::new(Switch { arms: vec![arm], otherwise: Some((variable, location)) }))
            }
        }
    }

    /// A request header as it is left by `RequestHeader … early`.
    pub(super) fn request_header(&self, name: &str) -> Expression {
        let name = name.to_ascii_lowercase();
        if name == "origin" && self.hides_origin { Expression::absent() } else { Expression::RequestHeader(name) }
    }

    /// The first header whose name matches; of interest is Origin.
    fn header_by_pattern(&mut self, source: &str, location: Location) -> Expression {
        let pattern = self.pattern(source, true, location);
        match self.policy.pattern(pattern).is_match("Origin") {
            Ok(true) => self.request_header("origin"),
            _ => self.opaque(&format!("the headers `{}`", hole::decode(source)), location),
        }
    }

    /// What `SetEnv` of these scopes do: the innermost counts, and a variable that is set already stays (`mod_env.c`,
    /// `fixup_env_module`: the request's own table lies over the configured one).
    pub(super) fn set_env(&mut self, scopes: &[Scope<'_>]) -> Vec<Statement> {
        let nodes: Vec<_> = given(scopes).collect();
        let mut gone: Vec<String> = Vec::new();
        let mut statements = Vec::new();
        for (scope, node) in nodes.into_iter().rev() {
            match node.name.as_str() {
                "unsetenv" => {
                    gone.extend(node.words.iter().map(|word| word.value.to_ascii_lowercase()));
                }
                "setenv" => {
                    let Some(word) = node.words.first() else { continue };
                    if gone.contains(&word.value.to_ascii_lowercase()) {
                        continue;
                    }
                    let variable = self.variable(&word.value);
                    let value = node.argument(1).unwrap_or_default().to_owned();
                    let value = self.literal(&value, node.head());
                    let unset = Condition::Defined(Expression::Variable(variable)).negated();
                    let assign = Statement::Assign { variable, value, location: node.head() };
                    statements.extend(when(both(scope.holds(node), unset), vec![assign]));
                }
                "passenv" => {
                    for word in &node.words {
                        let variable = self.variable(&word.value);
                        let value = self.filled_in(format!("`${{{}}}`", word.value), node.at(word));
                        let value = Expression::Unknown(value);
                        let assign = Statement::Assign { variable, value, location: node.at(word) };
                        statements.extend(when(scope.holds(node), vec![assign]));
                    }
                }
                _ => {}
            }
        }
        statements
    }

    /// What a request goes on without when it goes on with another path: the table of successes, and its variables, each
    /// of which is there as `REDIRECT_NAME`; what sets it sets it again (`ap_internal_redirect`, `rename_original_env`).
    pub(super) fn begin_anew(&mut self, location: Location) -> Vec<Statement> {
        let names: Vec<String> = self.variables.keys().filter(|name| !name.starts_with(REDIRECT)).cloned().collect();
        let mut sorted = names;
        sorted.sort();
        let mut statements = vec![Self::forget_successes(location)];
        for name in sorted {
            let variable = self.variable(&name);
            if let Some(renamed) = self.variables.get(&format!("{REDIRECT}{name}")).copied() {
                let value = Expression::Variable(variable);
                statements.push(Statement::Assign { variable: renamed, value, location });
            }
            statements.push(Statement::Assign { variable, value: Expression::absent(), location });
        }
        if let Some(status) = self.variables.get("redirect_status").copied() {
            statements.push(Statement::Assign { variable: status, value: Expression::literal("200"), location });
        }
        statements
    }

    /// Notes every variable that a directive reads or sets, so that all are known before the first statement is made.
    pub(super) fn declare_variables(&mut self, nodes: &[Node]) {
        for node in nodes {
            self.declare_variables(&node.children);
            let words = node.words.iter().map(|word| word.value.as_str());
            match node.name.as_str() {
                "setenv" | "passenv" => {
                    for name in words.take(1) {
                        self.variable(name);
                    }
                }
                // A variable may be what another line looks at.
                "setenvif" | "setenvifnocase" => {
                    self.read.extend(words.clone().take(1).map(str::to_ascii_lowercase));
                    for word in words.skip(2) {
                        self.variable(&variable_in(word));
                    }
                }
                "header" | "rewriterule" | "rewritecond" | "if" | "elseif" | "setenvifexpr" | "require" | "allow"
                | "deny" => self.declare_mentioned(words),
                _ => {}
            }
        }
    }

    /// `%{NAME}e`, `env=NAME`, `E=NAME:…`, `%{ENV:NAME}`, `env('NAME')`; `Require env NAME`.
    fn declare_mentioned<'w>(&mut self, words: impl Iterator<Item = &'w str>) {
        for word in words {
            for name in word.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | '.')) {
                if !name.is_empty() {
                    self.read.insert(name.to_ascii_lowercase());
                }
            }
            let flags = word.strip_prefix('[').unwrap_or(word).trim_end_matches(']');
            for flag in flags.split(',').map(str::trim) {
                let condition = flag.get(..4).filter(|start| start.eq_ignore_ascii_case("env=")).map(|_| &flag[4..]);
                let named =
                    condition.or(flag.strip_prefix("E=")).or(flag.strip_prefix("e=")).or(flag.strip_prefix("ENV="));
                if let Some(name) = named.and_then(|rest| rest.trim_start_matches('!').split(':').next()) {
                    self.variable(name);
                }
            }
            for (start, _) in word.match_indices("%{") {
                let Some(length) = word[start..].find('}') else { break };
                let (inner, after) = (&word[start + 2..start + length], &word[start + length + 1..]);
                let named = inner.strip_prefix("ENV:").or(inner.strip_prefix("env:"));
                if let Some(name) = named.or(after.starts_with('e').then_some(inner)) {
                    self.variable(name);
                }
            }
        }
    }
}

/// The variable that a word of a `SetEnvIf` sets, in lower case.
fn variable_in(word: &str) -> String {
    word.trim_start_matches('!').split('=').next().unwrap_or_default().to_ascii_lowercase()
}

/// How a variable is called after the request went on with another path.
pub(super) const REDIRECT: &str = "redirect_";

/// Whether `mod_setenvif` takes a text for a regular expression (`is_header_regex` and `non_special`).
pub(super) fn is_regex(text: &str) -> bool {
    has_wildcard(text) || text.contains(['.', '\\', '^', '$', '(', ')', '+', '{', '}', '|', ']'])
}
