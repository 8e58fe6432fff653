//! Servers of a configuration that pass requests to other servers of it.

use std::collections::{HashMap, HashSet};

use crate::link::Item;
use crate::policy::{Expression, PathMatcher};

/// Where a `proxy_pass` leads within the configuration.
#[derive(Debug, Clone)]
pub(super) struct Upstream {
    /// The host that is asked for, unless `proxy_set_header Host` says otherwise.
    pub(super) host: String,
    pub(super) port: u16,
    /// The path that is asked for.
    pub(super) path: Expression,
}

/// What is needed to tell such a `proxy_pass` from others.
#[derive(Debug, Default)]
pub(super) struct Upstreams {
    /// The address of each `upstream` block whose servers are all on this machine and on one port.
    local: HashMap<String, u16>,
    /// Ports that servers of the configuration listen on.
    ports: HashSet<u16>,
}

impl Upstreams {
    /// Notes the `upstream` blocks and ports among the directives of `http`.
    pub(super) fn note(&mut self, items: &[Item<'_>]) {
        for item in items {
            if item.directive.is("upstream") {
                if let (Some(name), Some(port)) = (item.directive.argument(0), common_port(&item.children)) {
                    self.local.insert(name.to_owned(), port);
                }
            } else if item.directive.is("server") {
                self.ports.extend(super::server::listeners(&item.children).iter().map(|listener| listener.port));
            }
        }
    }

    /// Where a `proxy_pass` in a block for `path` leads, if it is to a server of the configuration.
    pub(super) fn find(&self, item: &Item<'_>, path: &PathMatcher) -> Option<Upstream> {
        let url = item.directive.argument(0).filter(|url| item.directive.is("proxy_pass") && !url.contains('$'))?;
        let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"))?;
        let (authority, uri) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let default = if url.starts_with("https") { 443 } else { 80 };
        let port = match self.local.get(authority) {
            Some(port) => *port,
            None => local_port(authority, default)?,
        };
        if !self.ports.contains(&port) {
            return None;
        }
        let path = match path {
            _ if uri.is_empty() => Expression::Path,
            // The part of the path that the location matched is replaced.
            PathMatcher::Prefix(prefix) | PathMatcher::Exact(prefix) => {
                Expression::Concatenation(vec![Expression::literal(uri), Expression::PathFrom(prefix.len())])
            }
            _ => Expression::literal(uri),
        };
        let host = authority.split(':').next().unwrap_or_default().to_owned();
        Some(Upstream { host, port, path })
    }
}

/// The one port on this machine that the `server`s of an `upstream` block have, if they have one.
fn common_port(items: &[Item<'_>]) -> Option<u16> {
    let servers = items.iter().filter(|item| item.directive.is("server"));
    let mut ports = servers.map(|item| local_port(item.directive.argument(0).unwrap_or_default(), 80));
    let first = ports.next()??;
    ports.all(|port| port == Some(first)).then_some(first)
}

fn local_port(authority: &str, default: u16) -> Option<u16> {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port.parse().ok()?),
        _ => (authority, default),
    };
    matches!(host, "127.0.0.1" | "localhost" | "[::1]").then_some(port)
}
