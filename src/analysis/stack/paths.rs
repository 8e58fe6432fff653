//! Paths that lead through one server to something that an application behind it has.

use super::{App, MOST_ASKED};
use crate::policy::{Endpoint, EndpointId, Expression, PathMatcher, Policy, Statement, visit_statements};

/// Endpoints of an application, each with a path by which a request to endpoint `from` gets there; `asked` is what the
/// application is asked for then. Those that answer GET come first, and all answer to the same method.
pub(super) fn leading(policy: &Policy, from: EndpointId, asked: &Expression, app: &App) -> Vec<(EndpointId, String)> {
    let endpoint = policy.endpoint(from);
    let rewrites = rewrites(endpoint);
    let mut found: Vec<(EndpointId, String)> = Vec::new();
    for id in app.policy.endpoint_ids().filter(|id| app.policy.endpoint(*id).site == app.site) {
        let samples = app.policy.endpoint(id).samples.iter();
        let mut before = samples.filter_map(|path| before(path, asked, &endpoint.path, rewrites));
        let leads_here = |path: &String| fits(path, &endpoint.path) && policy.route(endpoint.site, path) == Some(from);
        if let Some(path) = before.find(leads_here) {
            found.push((id, path));
        }
    }
    found.sort_by_key(|(id, _)| app.policy.endpoint(*id).method != "GET");
    if let Some((first, _)) = found.first() {
        let method = app.policy.endpoint(*first).method.clone();
        found.retain(|(id, _)| app.policy.endpoint(*id).method == method);
    }
    found.truncate(MOST_ASKED);
    found
}

/// Whether a path may belong to an endpoint. To find out whether it does takes a look at all the others, and there are as
/// many paths as the application has endpoints.
fn fits(path: &str, matcher: &PathMatcher) -> bool {
    match matcher {
        PathMatcher::Exact(exact) => path == exact,
        PathMatcher::Prefix(prefix) => path.starts_with(prefix),
        PathMatcher::Any | PathMatcher::Pattern(_) | PathMatcher::Named(_) => true,
    }
}

/// The path that becomes `path` where `asked` is computed from it, on a way that rewrites it besides or does not.
pub(super) fn before(path: &str, asked: &Expression, matcher: &PathMatcher, rewrites: bool) -> Option<String> {
    match (asked, matcher) {
        // What a rewrite changes is, nearly always, that the prefix is cut off.
        (Expression::Path, PathMatcher::Prefix(prefix)) if rewrites && !path.starts_with(prefix) => {
            Some(format!("{}{path}", prefix.trim_end_matches('/')))
        }
        (Expression::Path | Expression::RequestTarget, _) => Some(path.to_owned()),
        (Expression::Concatenation(parts), PathMatcher::Prefix(prefix) | PathMatcher::Exact(prefix)) => {
            let [Expression::Literal(by), Expression::PathFrom(cut)] = parts.as_slice() else { return None };
            let rest = path.strip_prefix(by.as_str())?;
            Some(format!("{}{rest}", prefix.get(..*cut)?))
        }
        _ => None,
    }
}

/// Whether an endpoint forwards another path than the one that leads to it.
pub(super) fn rewrites(endpoint: &Endpoint) -> bool {
    let mut found = false;
    visit_statements(&endpoint.program.rewrite, &mut |statement| {
        found |= matches!(statement, Statement::SetPath { choose_again: false, .. });
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_prefix_is_put_back() {
        let asked = Expression::Concatenation(vec![Expression::literal("/v1/"), Expression::PathFrom(5)]);
        let prefix = PathMatcher::Prefix("/api/".to_owned());
        let before = |path, asked, rewrites| before(path, asked, &prefix, rewrites);
        assert_eq!(before("/v1/users", &asked, false).as_deref(), Some("/api/users"));
        assert_eq!(before("/users", &asked, false), None);
        assert_eq!(before("/users", &Expression::Path, false).as_deref(), Some("/users"));
        assert_eq!(before("/users", &Expression::Path, true).as_deref(), Some("/api/users"));
    }
}
