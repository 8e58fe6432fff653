//! What stands behind `mod_proxy`: `ProxyPass`, `ProxyPassMatch`, `RewriteRule … [P]`.

use super::expression::concatenated;
use super::node::Node;
use super::scope::{Scope, given};
use super::{ALWAYS, Lowering, ON_SUCCESS};
use crate::policy::{
    self, Condition, Errors, Expression, Forward, Responder, Statement, Statuses, Upstream, UpstreamId,
};
use crate::source::Location;
use crate::syntax::hole;

impl Lowering {
    /// A backend answers: an application at an address, where `target`, a URL, has that written out.
    pub(super) fn backend(&mut self, scopes: &[Scope<'_>], target: Expression, location: Location) -> Statement {
        let (first, rest) = match target {
            Expression::Literal(first) => (first, Vec::new()),
            Expression::Concatenation(parts) => match parts.split_first() {
                Some((Expression::Literal(first), rest)) => (first.clone(), rest.to_vec()),
                _ => (String::new(), Vec::new()),
            },
            _ => (String::new(), Vec::new()),
        };
        let mut statement = unknown_backend(scopes, &first, location);
        // Whatever else follows on the host may be a part of it.
        let is_path = |rest: &Expression| matches!(rest, Expression::Path | Expression::PathFrom(_));
        let known = addresses(scopes, &first).filter(|(_, path)| !path.is_empty() || rest.first().is_none_or(is_path));
        if let (Some((addresses, path)), Some(sets), Statement::Forward(forward)) =
            (known, changes(scopes), &mut statement)
        {
            let mut parts = vec![Expression::literal(path)];
            parts.retain(|first| first.as_literal() != Some("") || rest.first() != Some(&Expression::Path));
            parts.extend(rest);
            let preserves = given(scopes).filter(|(_, node)| node.name == "proxypreservehost").last();
            let asked_for = match preserves {
                Some((_, node)) if node.says(0, "on") => Expression::Host,
                _ => Expression::literal(addresses[0].0.as_str()),
            };
            let upstream = Upstream { addresses, path: concatenated(parts), host: asked_for, sets, backend: None };
            forward.to = Responder::Upstream(UpstreamId(policy::push(&mut self.policy.upstreams, upstream)));
        }
        statement
    }

    /// What a `ProxyPassMatch` leads to. Where its target takes nothing over from the path, the path follows it
    /// (`mod_proxy.c`, `ap_proxy_trans_match`).
    pub(super) fn matching_backend(&mut self, scopes: &[Scope<'_>], node: &Node) -> Statement {
        let target = node.argument(1).unwrap_or_default();
        if target.contains('\\') {
            return unknown_backend(scopes, target, node.head());
        }
        let mut pieces = target.split('$');
        let mut parts = vec![Expression::literal(pieces.next().unwrap_or_default())];
        let mut takes_over = false;
        for piece in pieces {
            let digit = piece.chars().next().and_then(|char| char.to_digit(10));
            let Some(group) = digit.and_then(|digit| usize::try_from(digit).ok()) else {
                parts.push(Expression::literal(format!("${piece}")));
                continue;
            };
            let pattern = self.pattern(node.argument(0).unwrap_or_default(), false, node.head());
            parts.push(Expression::Found { subject: Box::new(Expression::Path), pattern, group });
            parts.push(Expression::literal(&piece[1..]));
            takes_over = true;
        }
        if !takes_over {
            parts.push(Expression::Path);
        }
        parts.retain(|part| part.as_literal() != Some(""));
        self.backend(scopes, concatenated(parts), node.head())
    }

    /// Whether a `ProxyPassMatch` takes the path.
    pub(super) fn is_matched(&mut self, node: &Node) -> Condition {
        let pattern = self.pattern(node.argument(0).unwrap_or_default(), false, node.head());
        Condition::Matches { subject: Expression::Path, pattern }
    }
}

/// A backend answers; its headers take the place of those that are there (`mod_proxy_http.c`, `ap_proxy_read_headers`).
pub(super) fn unknown_backend(scopes: &[Scope<'_>], target: &str, location: Location) -> Statement {
    let overridden = given(scopes).filter(|(_, node)| node.name == "proxyerroroverride").last();
    let errors = match overridden {
        Some((_, node)) if node.says(0, "on") => {
            let listed: Vec<u16> = node.words[1..].iter().filter_map(|word| word.value.parse().ok()).collect();
            let statuses = if listed.is_empty() { (400..600).collect() } else { listed };
            Errors::Remade(Statuses::Only(statuses.into()), node.head())
        }
        _ => Errors::HandedOn,
    };
    // An application behind FastCGI is read like a script (mod_proxy_fcgi.c, `ap_scan_script_header_err_brigade_ex`).
    let is_script = ["fcgi:", "scgi:"].iter().any(|scheme| target.contains(scheme));
    let (layer, clears) = if is_script { (ALWAYS, Vec::new()) } else { (ON_SUCCESS, vec![ON_SUCCESS]) };
    Statement::Forward(Forward { to: Responder::Application, layer, clears, hides: Vec::new(), errors, location })
}

/// Hosts and ports that a URL means, and the path that it asks for there.
fn addresses(scopes: &[Scope<'_>], url: &str) -> Option<(Vec<(String, u16)>, String)> {
    let Some(balancer) = url.strip_prefix("balancer://") else {
        return address(url).map(|(address, path)| (vec![address], path.to_owned()));
    };
    let (name, path) = balancer.split_at(balancer.find('/').unwrap_or(balancer.len()));
    let mut all = Vec::new();
    let mut below = None;
    for (scope, node) in given(scopes).filter(|(_, node)| node.name == "balancermember") {
        // In `<Proxy "balancer://name">`, or with that name before it.
        let (of, member) = match (node.argument(0)?, node.argument(1)) {
            (of, Some(member)) if of.starts_with("balancer://") => (of, member),
            (member, _) => match &scope.guard {
                Condition::StartsWith { text: Expression::Literal(of), .. } => (of.as_str(), member),
                _ => continue,
            },
        };
        if of.strip_prefix("balancer://").is_none_or(|of| of.trim_end_matches('/') != name) {
            continue;
        }
        let (address, path) = address(member)?;
        if below.is_some_and(|below| below != path) {
            return None;
        }
        (below, all) = (Some(path), [all, vec![address]].concat());
    }
    Some((all, format!("{}{path}", below?)))
}

/// The host and port of a URL, and what stands behind them.
fn address(target: &str) -> Option<((String, u16), &str)> {
    let (rest, default) = match target.split_once("://")? {
        ("http", rest) => (rest, 80),
        ("https", rest) => (rest, 443),
        _ => return None,
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port.parse().ok()?),
        _ => (authority, default),
    };
    let is_written_out = !host.is_empty() && !hole::has_hole(host) && !host.contains(['$', '%']);
    is_written_out.then(|| ((host.to_ascii_lowercase(), port), path))
}

/// What a backend is asked with in place of the Origin, the method and the headers that a browser sends; `None` where
/// that hangs on more than can be told.
fn changes(scopes: &[Scope<'_>]) -> Option<Vec<(String, Expression)>> {
    let asks = |name: &str| name == "origin" || name.starts_with("access-control-request-");
    let mut sets = Vec::new();
    for (scope, node) in given(scopes).filter(|(_, node)| node.name == "requestheader") {
        let words: Vec<String> = node.words.iter().map(|word| word.value.to_ascii_lowercase()).collect();
        if !words.iter().any(|word| asks(word)) {
            continue;
        }
        let is_plain = |value: &str| !value.contains('%') && !hole::has_hole(value);
        let value = match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["unset", _] => "",
            ["set", _, _] => node.argument(2).filter(|value| !value.is_empty() && is_plain(value))?,
            _ => return None,
        };
        if scope.holds(node) != Condition::Always {
            return None;
        }
        sets.push((words[1].clone(), Expression::literal(value)));
    }
    Some(sets)
}
