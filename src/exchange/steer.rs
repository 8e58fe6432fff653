//! Data of a request, beside Origin, that Allow-Origin is made of, and requests in which a page chooses it.

use std::collections::HashSet;
use std::fmt;

use super::observe::{Exchange, Kind, Observation, Probes};
use super::origin::Origin;
use super::probe::{Alphabet, ProbeKind, samples};
use super::reach::{phases, reachable};
use super::trusted::writes_allow_origin;
use super::{Request, Value};
use crate::parse::pattern;
use crate::policy::{
    Condition, EndpointId, Expression, PathMatcher, PatternId, Policy, Program, Statement, VariableId,
    visit_conditions, visit_statements,
};

/// How many variables are followed through assignments to each other.
const MOST_HOPS: usize = 8;

/// How many texts that a pattern matches are filled with the origin.
const MOST_SAMPLES: usize = 8;

/// A part of a request.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Data {
    /// The query; with a name, that argument of it.
    Query(Option<String>),
    /// The cookie of that name.
    Cookie(String),
    /// The path.
    Path,
    /// The host that is asked for, which no page chooses.
    Host,
}

impl fmt::Display for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Query(None) => f.write_str("the query"),
            Self::Query(Some(name)) => write!(f, "`{name}` in the query"),
            Self::Cookie(name) => write!(f, "the cookie `{name}`"),
            Self::Path => f.write_str("the path"),
            Self::Host => f.write_str("the host that is asked for"),
        }
    }
}

/// Data that may end up in Allow-Origin, and the pattern that takes a part of it, if one does.
pub(super) type Source = (Data, Option<PatternId>);

/// What Allow-Origin may be made of on an endpoint's way, each once.
pub(super) fn sources(policy: &Policy, endpoint: EndpointId) -> Vec<Source> {
    let site = policy.site(policy.endpoint(endpoint).site);
    let reached = reachable(policy, endpoint);
    let programs = reached.iter().map(|id| &policy.endpoint(*id).program).chain([&site.program]);
    let mut search = Search { policy, variables: HashSet::new(), captures: false, found: Vec::new() };
    let statements: Vec<&Statement> = programs.flat_map(statements_of).collect();
    for statement in &statements {
        if let Statement::Header(operation) | Statement::Shadowed { operation, .. } = statement
            && writes_allow_origin(operation)
        {
            search.value(&operation.value);
        }
    }
    for _ in 0..MOST_HOPS {
        let known = search.variables.len();
        for statement in &statements {
            if let Statement::Assign { variable, value, .. } = statement
                && search.variables.contains(variable)
            {
                search.value(value);
            }
        }
        if search.variables.len() == known {
            break;
        }
    }
    if search.captures {
        for statement in &statements {
            visit_conditions(statement, &mut |condition| search.captured(condition));
        }
        if let PathMatcher::Pattern(pattern) = policy.endpoint(endpoint).path {
            search.add(Data::Path, Some(pattern));
        }
    }
    search.found
}

/// At any depth, in every phase.
fn statements_of(program: &Program) -> Vec<&Statement> {
    let mut statements = Vec::new();
    for phase in phases(program) {
        visit_statements(phase, &mut |statement| statements.push(statement));
    }
    statements
}

struct Search<'p> {
    policy: &'p Policy,
    /// Variables that end up in Allow-Origin.
    variables: HashSet<VariableId>,
    /// Whether what a regular expression captured does.
    captures: bool,
    found: Vec<Source>,
}

impl<'p> Search<'p> {
    fn add(&mut self, data: Data, pattern: Option<PatternId>) {
        let source = (data, pattern);
        if !self.found.contains(&source) {
            self.found.push(source);
        }
    }

    /// Notes what a value is made of.
    fn value(&mut self, expression: &'p Expression) {
        match expression {
            Expression::Capture(_) => self.captures = true,
            Expression::Variable(id) => self.variable(*id),
            Expression::Concatenation(parts) => parts.iter().for_each(|part| self.value(part)),
            Expression::Lowercase(inner) | Expression::LastName(inner) => self.value(inner),
            Expression::Found { subject, pattern, .. } => {
                if let Some(data) = data(subject) {
                    self.add(data, Some(*pattern));
                }
            }
            Expression::Switch(switch) => {
                switch.arms.iter().for_each(|arm| self.value(&arm.value));
                if let Some((otherwise, _)) = &switch.otherwise {
                    self.value(otherwise);
                }
            }
            other => {
                if let Some(data) = data(other) {
                    self.add(data, None);
                }
            }
        }
    }

    fn variable(&mut self, id: VariableId) {
        if !self.variables.insert(id) {
            return;
        }
        let is_captured = |pattern: &crate::policy::Pattern| pattern.variables.iter().any(|(to, _)| *to == id);
        self.captures |= self.policy.patterns.iter().any(is_captured);
        if let Some(definition) = &self.policy.variable(id).definition {
            self.value(definition);
        }
    }

    /// Notes what a regular expression may have captured a part of.
    fn captured(&mut self, condition: &'p Condition) {
        if let Condition::Matches { subject, pattern } = condition
            && let Some(data) = data(subject)
        {
            self.add(data, Some(*pattern));
        }
    }
}

/// The part of a request that an expression is.
fn data(expression: &Expression) -> Option<Data> {
    match expression {
        Expression::Query(name) => Some(Data::Query(name.clone())),
        Expression::Cookie(name) => Some(Data::Cookie(name.clone())),
        Expression::Path | Expression::PathFrom(_) | Expression::RequestTarget => Some(Data::Path),
        Expression::Host => Some(Data::Host),
        Expression::RequestHeader(name) if name == "host" => Some(Data::Host),
        Expression::Concatenation(parts) => match &parts[..] {
            [only] => data(only),
            _ => None,
        },
        Expression::Lowercase(inner) | Expression::LastName(inner) => data(inner),
        _ => None,
    }
}

impl<'p> Observation<'p> {
    /// Successful answers to a stranger whose Allow-Origin somebody else than the configuration has chosen, each with the
    /// data that it was chosen by: the stranger's own origin, or for [`Data::Host`] the host that was asked for.
    #[must_use]
    pub fn steered(&self) -> Vec<(Data, Exchange<'p>)> {
        let Some(stranger) = self.probes.origins.iter().find(|origin| origin.kind == ProbeKind::Stranger) else {
            return Vec::new();
        };
        let Some(origin) = stranger.value.as_deref().and_then(|value| Origin::parse(value).ok()) else {
            return Vec::new();
        };
        let mut steered: Vec<(Data, Exchange<'p>)> = Vec::new();
        for (data, pattern) in &self.probes.sources {
            let tried = values(self.policy, &origin, *pattern).into_iter().find_map(|value| {
                let request = self.probes.request(stranger, &self.probes.paths[0], Kind::Success);
                let request = self.probes.with(self.policy, request, data, &value)?;
                let mut world = self.world.clone();
                let exchange = self.probes.send(self.policy, &mut world, stranger, request, Kind::Success)?;
                is_chosen(&exchange, data, &origin).then_some(exchange)
            });
            if let Some(exchange) = tried.filter(|_| !steered.iter().any(|(known, _)| known == data)) {
                steered.push((data.clone(), exchange));
            }
        }
        steered
    }
}

/// Whether Allow-Origin is the origin that was put into the request; where that was its Host, made of it.
fn is_chosen(exchange: &Exchange<'_>, data: &Data, origin: &Origin) -> bool {
    let Value::Text(allowed) = exchange.response.joined("access-control-allow-origin") else { return false };
    match data {
        Data::Host => {
            let asked = &exchange.request.host;
            Origin::parse(&allowed).is_ok_and(|allowed| allowed.host == *asked || allowed.host.ends_with(asked))
        }
        _ => allowed == origin.to_string(),
    }
}

/// What is put into the data to become that origin: the origin, its host, or what a pattern takes either out of.
fn values(policy: &Policy, origin: &Origin, pattern: Option<PatternId>) -> Vec<String> {
    let mut values = vec![origin.to_string(), origin.host.clone()];
    let Some(compiled) = pattern.map(|pattern| policy.pattern(pattern)) else { return values };
    let samples = pattern::parse(&compiled.source).map(|tree| samples(&tree, Alphabet::Text)).unwrap_or_default();
    for sample in samples.iter().take(MOST_SAMPLES) {
        let groups = compiled.captures(sample).ok().flatten().unwrap_or_default();
        for group in groups.iter().skip(1).flatten().filter(|group| !group.is_empty()) {
            values.extend([origin.to_string(), origin.host.clone()].map(|by| sample.replacen(group.as_str(), &by, 1)));
        }
    }
    values
}

impl Probes {
    /// The request with that value in its data; `None` where it does not arrive at the endpoint then.
    fn with(&self, policy: &Policy, mut request: Request, data: &Data, value: &str) -> Option<Request> {
        match data {
            Data::Query(None) => request.query = Some(value.to_owned()),
            Data::Query(Some(name)) => {
                let others = request.query.map(|query| format!("&{query}")).unwrap_or_default();
                request.query = Some(format!("{name}={value}{others}"));
            }
            Data::Cookie(name) => request.headers.push(("Cookie".to_owned(), format!("{name}={value}"))),
            Data::Path => {
                let folder = request.path.rfind('/').map_or("/", |slash| &request.path[..=slash]);
                request.path = if value.starts_with('/') { value.to_owned() } else { format!("{folder}{value}") };
                let endpoint = policy.endpoint(self.endpoint);
                if policy.route(endpoint.site, &request.path) != Some(self.endpoint) {
                    return None;
                }
            }
            Data::Host => {
                // Another one than where the page comes from, or it would seem to be let in.
                let host = format!("api.{}", request.host);
                request.headers.push(("Host".to_owned(), host.clone()));
                request.host = host;
            }
        }
        Some(request)
    }
}
