//! Which origins a configuration trusts: the literals that Origin is compared with or that are written to
//! Allow-Origin on the endpoint's way, and samples of its patterns. Not every URL in the file.

use std::collections::HashSet;

use super::origin::Origin;
use super::probe::{Alphabet, origin_samples, samples};
use super::reach::{backends, concerns, phases, reachable};
use crate::parse::pattern;
use crate::policy::{
    Condition, EndpointId, Expression, HeaderOperation, Name, PatternId, Policy, Program, Statement, Variable,
    VariableId, visit_conditions, visit_statements,
};

/// How many trusted origins of one endpoint are probed.
const MOST_TRUSTED: usize = 48;

/// Whom an endpoint trusts.
pub(super) struct Trust {
    /// The origins, in the order in which they are met, each once.
    pub(super) origins: Vec<Origin>,
    /// Those of them that stand there in a way in which no browser sends them, with what stands there.
    pub(super) misspelt: Vec<(Origin, String)>,
    /// The patterns that Origin is searched for.
    pub(super) patterns: Vec<PatternId>,
    /// What paths are searched for on the way; what decides about headers of CORS comes first.
    pub(super) paths: Vec<PathTest>,
}

/// A pattern that paths are searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum PathTest {
    /// The whole path.
    Whole(PatternId),
    /// What stands behind its last slash.
    LastName(PatternId),
    /// What is left of it without so many bytes at its beginning.
    From(PatternId, usize),
    /// A text that holds it.
    Within(PatternId),
}

/// Whom an endpoint trusts.
pub(super) fn trust(policy: &Policy, endpoint: EndpointId) -> Trust {
    let (variables, written) = (HashSet::new(), HashSet::new());
    let mut search = Search {
        policy,
        copies: HashSet::new(),
        variables,
        written,
        found: Vec::new(),
        misspelt: Vec::new(),
        patterns: Vec::new(),
        decides: false,
        decisive_paths: Vec::new(),
        other_paths: Vec::new(),
        known_paths: HashSet::new(),
    };
    let reached = reachable(policy, endpoint);
    let site = policy.site(policy.endpoint(endpoint).site);
    let programs: Vec<&Program> =
        std::iter::once(&site.program).chain(reached.iter().map(|id| &policy.endpoint(*id).program)).collect();
    for program in &programs {
        for phase in phases(program) {
            visit_statements(phase, &mut |statement| search.copy(statement));
        }
    }
    for program in &programs {
        for phase in phases(program) {
            visit_statements(phase, &mut |statement| search.statement(statement));
        }
    }
    // What is assigned to a variable that ends up in Allow-Origin is written there, wherever that stands.
    for program in &programs {
        for phase in phases(program) {
            visit_statements(phase, &mut |statement| search.assignment(statement));
        }
    }
    for backend in backends(policy, endpoint) {
        let whom = backend.telling.iter().map(|id| trust(&backend.policy, *id));
        search.found.extend(whom.flat_map(|trust| trust.origins));
    }
    let mut seen = HashSet::new();
    search.found.retain(|origin| seen.insert(origin.clone()));
    search.found.truncate(MOST_TRUSTED);
    let paths = search.decisive_paths.into_iter().chain(search.other_paths).collect();
    Trust { origins: search.found, misspelt: search.misspelt, patterns: search.patterns, paths }
}

struct Search<'p> {
    policy: &'p Policy,
    /// Variables that the Origin is copied to.
    copies: HashSet<VariableId>,
    /// Variables whose definitions have been looked through for conditions.
    variables: HashSet<VariableId>,
    /// Variables whose value ends up in Allow-Origin.
    written: HashSet<VariableId>,
    found: Vec<Origin>,
    misspelt: Vec<(Origin, String)>,
    patterns: Vec<PatternId>,
    /// Whether headers of CORS hang on them.
    decides: bool,
    decisive_paths: Vec<PathTest>,
    other_paths: Vec<PathTest>,
    /// What is in either: an application asks for as many paths as it has routes.
    known_paths: HashSet<(bool, PathTest)>,
}

impl<'p> Search<'p> {
    /// Notes a variable that the Origin is copied to.
    fn copy(&mut self, statement: &'p Statement) {
        if let Statement::Assign { variable, value, .. } = statement
            && self.is_origin(value)
        {
            self.copies.insert(*variable);
        }
    }

    fn statement(&mut self, statement: &'p Statement) {
        self.decides =
            matches!(statement, Statement::When { .. }) && concerns(self.policy, std::slice::from_ref(statement));
        if let Statement::When { condition, then, otherwise } = statement
            && !(idle(then) && idle(otherwise))
        {
            self.paths(condition);
        }
        visit_conditions(statement, &mut |condition| self.condition(condition));
        crate::policy::visit_expressions(statement, &mut |expression| self.follow(expression));
        if let Statement::Header(operation) | Statement::Shadowed { operation, .. } = statement
            && writes_allow_origin(operation)
        {
            self.written(&operation.value);
        }
    }

    fn assignment(&mut self, statement: &'p Statement) {
        if let Statement::Assign { variable, value, .. } = statement
            && self.written.contains(variable)
        {
            self.written(value);
        }
    }

    /// Looks into the definition of a variable, once.
    fn follow(&mut self, expression: &'p Expression) {
        let Expression::Variable(id) = expression else { return };
        if !self.variables.insert(*id) {
            return;
        }
        if let Some(definition) = &self.policy.variable(*id).definition {
            self.definition(definition);
        }
    }

    fn definition(&mut self, expression: &'p Expression) {
        match expression {
            Expression::Switch(switch) => {
                for arm in &switch.arms {
                    self.paths(&arm.condition);
                    self.condition(&arm.condition);
                    self.definition(&arm.value);
                }
                if let Some((otherwise, _)) = &switch.otherwise {
                    self.definition(otherwise);
                }
            }
            Expression::Concatenation(parts) => parts.iter().for_each(|part| self.definition(part)),
            other => self.follow(other),
        }
    }

    fn condition(&mut self, condition: &'p Condition) {
        match condition {
            Condition::Equal { left, right, .. } => {
                for (subject, text) in [(left, right), (right, left)] {
                    self.definition(subject);
                    if self.is_origin(subject) {
                        self.add_meant(text);
                    } else if self.holds_origin(subject) {
                        self.add_embedded(text.as_literal().unwrap_or_default());
                    }
                }
            }
            Condition::Matches { subject, pattern } => {
                self.definition(subject);
                if self.is_origin(subject) {
                    self.add_samples(*pattern);
                } else if self.holds_origin(subject) {
                    self.add_embedded_samples(*pattern);
                }
            }
            Condition::EndsWith { subject, text, .. } | Condition::Contains { subject, text, .. } => {
                self.definition(subject);
                if self.is_origin(subject) {
                    self.add_host_end(text);
                } else if self.is_origin(text) {
                    // A list in one text: Origin is sought in it.
                    let list = subject.as_literal().unwrap_or_default();
                    let members = list.split(|c: char| c == ',' || c == ';' || c == '|' || c.is_whitespace());
                    self.found.extend(members.filter_map(|member| Origin::parse(member).ok()));
                }
            }
            Condition::StartsWith { subject, text, .. } => {
                self.definition(subject);
                if self.is_origin(subject) {
                    self.add_literal(text);
                }
            }
            Condition::All(list) | Condition::Any(list) => list.iter().for_each(|inner| self.condition(inner)),
            Condition::Not(inner) => self.condition(inner),
            _ => {}
        }
    }

    /// Notes the paths that a condition asks for; what it asks not to be is most paths.
    fn paths(&mut self, condition: &Condition) {
        match condition {
            Condition::Matches { subject, pattern } => self.add_path(subject, *pattern),
            Condition::All(list) | Condition::Any(list) => list.iter().for_each(|inner| self.paths(inner)),
            _ => {}
        }
    }

    /// Whether the expression is the Origin header, perhaps by another name.
    fn is_origin(&self, expression: &Expression) -> bool {
        match expression {
            Expression::RequestHeader(name) => name == "origin",
            Expression::Lowercase(inner) | Expression::Found { subject: inner, .. } => self.is_origin(inner),
            Expression::Switch(switch) => {
                let mut arms = switch.arms.iter();
                arms.any(|arm| self.is_origin(&arm.value))
                    || switch.otherwise.as_ref().is_some_and(|(otherwise, _)| self.is_origin(otherwise))
            }
            Expression::Variable(id) => {
                let Variable { definition, taken_for, .. } = self.policy.variable(*id);
                let is_it = |value: &Expression| matches!(value, Expression::RequestHeader(name) if name == "origin");
                let is_defined_so = definition.iter().chain(taken_for).any(is_it);
                is_defined_so || self.copies.contains(id)
            }
            _ => false,
        }
    }

    /// Whether the expression is put together from the Origin and other things.
    fn holds_origin(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Concatenation(parts) => parts.iter().any(|part| self.is_origin(part)),
            _ => false,
        }
    }

    /// Notes the literals that can end up in Allow-Origin by this expression.
    fn written(&mut self, expression: &'p Expression) {
        match expression {
            Expression::Literal(_) => self.add_literal(expression),
            Expression::Variable(id) => {
                if self.written.insert(*id)
                    && let Some(definition) = &self.policy.variable(*id).definition
                {
                    self.written(definition);
                }
            }
            Expression::Switch(switch) => {
                switch.arms.iter().for_each(|arm| self.written(&arm.value));
                if let Some((otherwise, _)) = &switch.otherwise {
                    self.written(otherwise);
                }
            }
            _ => {}
        }
    }

    fn add_literal(&mut self, expression: &Expression) {
        let Some(text) = expression.as_literal() else { return };
        self.found.extend(Origin::parse(text).ok());
    }

    /// What somebody compares with Origin is meant as one, also where it can never be: `app.example.com`,
    /// `*.example.com`, `https://app.example.com/`.
    fn add_meant(&mut self, expression: &Expression) {
        let Some(text) = expression.as_literal() else { return };
        let (scheme, rest) = text.split_once("://").unwrap_or(("https", text));
        let host = rest.split('/').next().unwrap_or_default();
        let host = match host.strip_prefix('*').unwrap_or(host).strip_prefix('.') {
            Some(parent) => format!("app.{parent}"),
            None => host.to_owned(),
        };
        if host.contains('.') || host.starts_with("localhost") {
            let Ok(meant) = Origin::parse(&format!("{scheme}://{}", host.to_ascii_lowercase())) else { return };
            if meant.to_string() != text && text.contains("://") && !text.contains('*') {
                self.misspelt.push((meant.clone(), text.to_owned()));
            }
            self.found.push(meant);
        }
    }

    /// The origin in a text with other things before and after it.
    fn add_embedded(&mut self, text: &str) {
        let Some(start) = text.find("https://").or_else(|| text.find("http://")) else { return };
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '.' | '-');
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
        self.found.extend(Origin::parse(text[start..end].trim_end_matches(':')).ok());
    }

    fn add_path(&mut self, subject: &Expression, pattern: PatternId) {
        let test = match subject {
            Expression::Path | Expression::RequestTarget => PathTest::Whole(pattern),
            // The path, unless something has put another one in its place.
            Expression::Switch(switch) if matches!(switch.otherwise, Some((Expression::Path, _))) => {
                PathTest::Whole(pattern)
            }
            Expression::LastName(_) => PathTest::LastName(pattern),
            Expression::PathFrom(skipped) => PathTest::From(pattern, *skipped),
            Expression::Concatenation(parts) if parts.contains(&Expression::RequestTarget) => PathTest::Within(pattern),
            _ => return,
        };
        let paths = if self.decides { &mut self.decisive_paths } else { &mut self.other_paths };
        if self.known_paths.insert((self.decides, test)) {
            paths.push(test);
        }
    }

    fn add_embedded_samples(&mut self, id: PatternId) {
        let compiled = self.policy.pattern(id);
        let Ok(tree) = pattern::parse(&compiled.source) else { return };
        for sample in samples(&tree, Alphabet::Origin) {
            self.add_embedded(&sample);
        }
    }

    fn add_samples(&mut self, id: PatternId) {
        if self.patterns.contains(&id) {
            return;
        }
        self.patterns.push(id);
        let compiled = self.policy.pattern(id);
        let Ok(tree) = pattern::parse(&compiled.source) else { return };
        let samples = origin_samples(&tree, compiled.ignore_case);
        let matching = samples.into_iter().filter(|sample| compiled.is_match(sample).unwrap_or(false));
        self.found.extend(matching.filter_map(|sample| Origin::parse(&sample).ok()));
    }

    /// `.example.com` stands for `https://app.example.com`, `example.com` for itself.
    fn add_host_end(&mut self, text: &Expression) {
        let Some(text) = text.as_literal() else { return };
        let origin = match text.strip_prefix('.') {
            Some(rest) => format!("https://app.{rest}"),
            None if text.contains("://") => text.to_owned(),
            None => format!("https://{text}"),
        };
        self.found.extend(Origin::parse(&origin).ok());
    }
}

/// Whether statements do nothing but end what they stand in.
fn idle(statements: &[Statement]) -> bool {
    statements.iter().all(|statement| matches!(statement, Statement::End))
}

/// Whether an operation is about Allow-Origin.
pub(super) fn writes_allow_origin(operation: &HeaderOperation) -> bool {
    matches!(&operation.name, Name::Exact(name) if name.eq_ignore_ascii_case("access-control-allow-origin"))
}
