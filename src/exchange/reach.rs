//! Where a request to an endpoint can go on, and whether anything there has to do with CORS.

use std::collections::BTreeSet;

use crate::policy::{
    Backend, EndpointId, Expression, Forward, Policy, Program, Responder, Statement, Target, visit_statements,
};

/// Whether anything on an endpoint's way writes or drops a CORS header; where nothing does, there is nothing to ask.
pub(super) fn concerns_cors(policy: &Policy, endpoint: EndpointId) -> bool {
    let site = policy.site(policy.endpoint(endpoint).site);
    let mut programs = reachable(policy, endpoint).into_iter().map(|id| &policy.endpoint(id).program);
    writes_cors(policy, &site.program) || programs.any(|program| writes_cors(policy, program))
}

fn writes_cors(policy: &Policy, program: &Program) -> bool {
    phases(program).into_iter().any(|phase| concerns(policy, phase))
}

/// Whether one of the statements writes or drops a CORS header.
pub(super) fn concerns(policy: &Policy, statements: &[Statement]) -> bool {
    let mut writes = false;
    visit_statements(statements, &mut |statement| {
        writes |= match statement {
            Statement::Header(operation) | Statement::Shadowed { operation, .. } => {
                operation.name.matches_prefix("access-control-")
            }
            // Another site's headers come along.
            Statement::Forward(forward) => match forward.to {
                Responder::Site { .. } => true,
                Responder::Upstream(id) => policy.upstream(id).backend.is_some(),
                _ => false,
            },
            _ => false,
        };
    });
    writes
}

/// The applications of the tree that a request to an endpoint can be handed to.
pub(super) fn backends(policy: &Policy, endpoint: EndpointId) -> Vec<&Backend> {
    let mut found = Vec::new();
    for id in reachable(policy, endpoint) {
        for phase in phases(&policy.endpoint(id).program) {
            visit_statements(phase, &mut |statement| {
                let Statement::Forward(Forward { to: Responder::Upstream(id), .. }) = statement else { return };
                found.extend(&policy.upstream(*id).backend);
            });
        }
    }
    found
}

/// The endpoints that a request to `from` can go on in.
pub(super) fn reachable(policy: &Policy, from: EndpointId) -> BTreeSet<EndpointId> {
    let mut reached = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        let endpoint = policy.endpoint(id);
        let routes = &policy.site(endpoint.site).routes;
        for phase in phases(&endpoint.program) {
            visit_statements(phase, &mut |statement| {
                let Statement::Reroute(reroute) = statement else { return };
                let next = match &reroute.target {
                    Target::Endpoint(endpoint) => Some(*endpoint),
                    Target::Named(name) => routes.named.iter().find(|(n, _)| n == name).map(|(_, e)| *e),
                    Target::Path { path, .. } => literal_route(policy, endpoint.site, path),
                };
                if let Some(next) = next
                    && reached.insert(next)
                {
                    open.push(next);
                }
            });
        }
    }
    reached
}

/// The endpoint of a path whose beginning is written out: enough to find what an `index.php?…` belongs to.
fn literal_route(policy: &Policy, site: crate::policy::SiteId, path: &Expression) -> Option<EndpointId> {
    let text = match path {
        Expression::Literal(text) => text.as_str(),
        Expression::Concatenation(parts) => parts.first().and_then(Expression::as_literal)?,
        _ => return None,
    };
    policy.route(site, text.split('?').next().unwrap_or_default())
}

pub(super) fn phases(program: &Program) -> [&[Statement]; 6] {
    [&program.route, &program.rewrite, &program.access, &program.content, &program.takeover, &program.headers]
}
