//! What a request has to carry to get past the conditions on the way: an API key, a cookie, a signature in its query.

use super::probe::{Alphabet, samples};
use super::reach::backends;
use crate::parse::pattern;
use crate::policy::{
    Condition, EndpointId, Expression, Policy, Statement, VariableId, visit_conditions, visit_statements,
};

/// What is sent where any value will do.
const SOMETHING: &str = "x";
/// Request headers that browsers and probes fill in by themselves.
const NOT_A_KEY: &[&str] =
    &["origin", "referer", "user-agent", "access-control-request-method", "access-control-request-headers"];
/// Request headers that a proxy in front of the server adds to whatever passes it.
const BY_PROXIES: &[&str] = &["cf-visitor", "forwarded", "front-end-https", "via"];

/// Request data that the conditions of an endpoint look at, with values that may satisfy them.
#[derive(Debug, Default)]
pub(super) struct Pass {
    /// The host that is asked for.
    pub(super) host: Option<String>,
    /// Headers that every request has.
    pub(super) always: Vec<(String, String)>,
    /// Headers.
    pub(super) headers: Vec<(String, String)>,
    /// Cookies.
    pub(super) cookies: Vec<(String, String)>,
    /// Arguments of the query.
    pub(super) arguments: Vec<(String, String)>,
}

impl Pass {
    /// For an endpoint and the site above it.
    pub(super) fn for_endpoint(policy: &Policy, id: EndpointId) -> Self {
        let mut pass = Self::default();
        pass.add(policy, id);
        for backend in backends(policy, id) {
            for id in &backend.telling {
                pass.add(&backend.policy, *id);
            }
        }
        pass
    }

    fn add(&mut self, policy: &Policy, id: EndpointId) {
        let endpoint = policy.endpoint(id);
        let site = &policy.site(endpoint.site).program;
        let phases = [&site.route, &endpoint.program.rewrite, &endpoint.program.access, &endpoint.program.content];
        let mut assigned: Vec<(VariableId, &Expression)> = Vec::new();
        for phase in phases {
            visit_statements(phase, &mut |statement| {
                if let Statement::Assign { variable, value, .. } = statement {
                    assigned.push((*variable, value));
                }
            });
        }
        for phase in phases {
            visit_statements(phase, &mut |statement| {
                visit_conditions(statement, &mut |condition| self.look_at(policy, &assigned, condition));
            });
        }
    }

    /// Whether a request that fails to carry something is turned away for that.
    pub(super) fn asks_of_pages(&self) -> bool {
        [&self.headers, &self.cookies, &self.arguments].into_iter().any(|list| !list.is_empty())
    }

    fn look_at(&mut self, policy: &Policy, assigned: &[(VariableId, &Expression)], condition: &Condition) {
        let (subject, value) = match condition {
            Condition::Equal { left, right, .. } => (left, right.as_literal().unwrap_or_default().to_owned()),
            Condition::Matches { subject, pattern } => {
                let compiled = policy.pattern(*pattern);
                let tree = pattern::parse(&compiled.source);
                let samples = tree.map(|tree| samples(&tree, Alphabet::Text)).unwrap_or_default();
                (subject, samples.into_iter().find(|s| compiled.is_match(s).unwrap_or(false)).unwrap_or_default())
            }
            Condition::StartsWith { subject, text, .. } => {
                (subject, format!("{}{SOMETHING}", text.as_literal().unwrap_or_default()))
            }
            Condition::Truthy(subject) | Condition::Empty(subject) | Condition::Defined(subject) => {
                (subject, String::new())
            }
            _ => return,
        };
        let value = if value.is_empty() { SOMETHING.to_owned() } else { value };
        self.carry(policy, assigned, subject, &value, 3);
    }

    /// Notes the data that an expression comes from, through variables at most `hops` deep.
    fn carry(
        &mut self,
        policy: &Policy,
        assigned: &[(VariableId, &Expression)],
        subject: &Expression,
        value: &str,
        hops: usize,
    ) {
        let list = match subject {
            Expression::Host => {
                self.host.get_or_insert_with(|| value.to_owned());
                return;
            }
            Expression::RequestHeader(name) if name == "host" => {
                self.host.get_or_insert_with(|| value.to_owned());
                return;
            }
            Expression::RequestHeader(name)
                if name.starts_with("x-forwarded-") || BY_PROXIES.contains(&name.as_str()) =>
            {
                (&mut self.always, name)
            }
            Expression::RequestHeader(name) if !NOT_A_KEY.contains(&name.as_str()) => (&mut self.headers, name),
            Expression::Cookie(name) => (&mut self.cookies, name),
            Expression::Query(Some(name)) => (&mut self.arguments, name),
            Expression::Variable(id) if hops > 0 => {
                let definition = policy.variable(*id).definition.as_ref();
                let values = assigned.iter().filter(|(variable, _)| variable == id).map(|(_, value)| *value);
                for inner in definition.into_iter().chain(values) {
                    self.carry(policy, assigned, inner, value, hops - 1);
                }
                return;
            }
            _ => return,
        };
        let (list, name) = list;
        match list.iter_mut().find(|(known, _)| known == name) {
            // Something particular is rather what is looked for.
            Some((_, known)) if known == SOMETHING => value.clone_into(known),
            Some(_) => {}
            None => list.push((name.clone(), value.to_owned())),
        }
    }
}
