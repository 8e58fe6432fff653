//! Where requests are passed to: other servers of the configuration, and applications.

use std::collections::{HashMap, HashSet};

use crate::link::Item;
use crate::policy::{Expression, PathMatcher};
use crate::syntax::hole;

use super::{Lowering, word_at};

/// Variables that begin with a slash.
const ROOTED: &[&str] = &["$request_uri", "$uri", "$document_uri"];

/// How the query is put behind a path.
const QUERIES: &[&str] = &["$is_args$args", "$is_args$query_string", "?$args", "?$query_string"];

/// Where a `proxy_pass` leads.
#[derive(Debug, Clone)]
pub(super) enum Found {
    /// To a server of the configuration.
    Server(Address),
    /// To an application.
    Elsewhere(Addresses),
}

/// Where an application is.
#[derive(Debug, Clone)]
pub(super) struct Addresses {
    /// The host that is asked for, unless `proxy_set_header Host` says otherwise.
    pub(super) host: String,
    /// The hosts and ports of the servers that share the work.
    pub(super) all: Vec<(String, u16)>,
    /// The path that is asked for.
    pub(super) path: Expression,
}

/// Where a server of the configuration is.
#[derive(Debug, Clone)]
pub(super) struct Address {
    /// The host that is asked for, unless `proxy_set_header Host` says otherwise.
    pub(super) host: String,
    pub(super) port: u16,
    /// The path that is asked for.
    pub(super) path: Expression,
}

/// What is needed to tell where a `proxy_pass` leads.
#[derive(Debug, Default)]
pub(super) struct Upstreams {
    /// The hosts and ports of each `upstream` block, unless one of them is not known.
    blocks: HashMap<String, Option<Vec<(String, u16)>>>,
    /// Ports that servers of the configuration listen on.
    ports: HashSet<u16>,
    /// What variables are set to, in lower case; none for those that are set to different texts, or to what is none.
    constants: HashMap<String, Option<String>>,
}

impl Upstreams {
    /// Notes the `upstream` blocks and ports among the directives of `http`.
    pub(super) fn note(&mut self, items: &[Item<'_>]) {
        for item in items {
            if item.directive.is("upstream") {
                if let Some(name) = item.directive.argument(0) {
                    self.blocks.insert(name.to_owned(), servers(&item.children));
                }
            } else if item.directive.is("server") {
                self.ports.extend(super::server::listeners(&item.children).iter().map(|listener| listener.port));
            }
            self.note_constants(item);
        }
    }

    fn note_constants(&mut self, item: &Item<'_>) {
        if let (true, Some(name), Some(text)) =
            (item.directive.is("set"), item.directive.argument(0), item.directive.argument(1))
        {
            let text = Some(text.to_owned()).filter(|text| !text.contains('$') && !hole::has_hole(text));
            let known = self.constants.entry(name.to_ascii_lowercase()).or_insert_with(|| text.clone());
            if *known != text {
                *known = None;
            }
        }
        item.children.iter().for_each(|inner| self.note_constants(inner));
    }

    /// A URL with the variable that it begins with, or that its host is, written out.
    fn written_out(&self, url: &str) -> String {
        let (scheme, rest) = url.split_at(url.find("://").map_or(0, |at| at + 3));
        let end = rest.get(1..).and_then(|name| name.find(|char: char| !char.is_alphanumeric() && char != '_'));
        let (name, behind) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
        match self.constants.get(&name.to_ascii_lowercase()) {
            Some(Some(text)) => format!("{scheme}{text}{behind}"),
            _ => url.to_owned(),
        }
    }

    /// Where an authority of a URL leads that asks for `path`, if that is written out.
    fn find(&self, authority: &str, default: u16, path: Expression) -> Option<Found> {
        let all = match self.blocks.get(authority) {
            Some(servers) => servers.clone()?,
            None => vec![address(authority, default)?],
        };
        let (first, others) = all.split_first()?;
        let is_here = |(host, port): &(String, u16)| is_local(host) && *port == first.1;
        if self.ports.contains(&first.1) && is_local(&first.0) && others.iter().all(is_here) {
            let host = authority.split(':').next().unwrap_or_default().to_owned();
            return Some(Found::Server(Address { host, port: first.1, path }));
        }
        Some(Found::Elsewhere(Addresses { host: authority.to_owned(), all, path }))
    }
}

impl Lowering {
    /// Where a `proxy_pass` in a block for `path` leads, if its address is written out.
    pub(super) fn passed_to(&mut self, item: &Item<'_>, path: &PathMatcher) -> Option<Found> {
        let word = item.directive.arguments.first().filter(|_| item.directive.is("proxy_pass"))?;
        let url = self.upstreams.written_out(&word.value);
        let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"))?;
        let (authority, uri) = rest.split_at(rest.find(['/', '$']).unwrap_or(rest.len()));
        // Of other variables nobody knows whether they go on with the host.
        let is_path = uri.is_empty() || uri.starts_with('/') || ROOTED.iter().any(|name| uri.starts_with(name));
        let default = if url.starts_with("https") { 443 } else { 80 };
        let path = match path {
            _ if uri.is_empty() => Expression::Path,
            // What variables are put together to is asked for as it is; the query is handed on in any case.
            _ if word.value.contains('$') => {
                let uri = QUERIES.iter().find_map(|query| uri.strip_suffix(query)).unwrap_or(uri);
                self.text(word_at(item, word), uri)
            }
            // The part of the path that the location matched is replaced.
            PathMatcher::Prefix(prefix) | PathMatcher::Exact(prefix) => {
                Expression::Concatenation(vec![Expression::literal(uri), Expression::PathFrom(prefix.len())])
            }
            _ => Expression::literal(uri),
        };
        is_path.then(|| self.upstreams.find(authority, default, path)).flatten()
    }
}

/// The addresses of the `server`s of an `upstream` block; `None` where there is none, or one that cannot be told.
fn servers(items: &[Item<'_>]) -> Option<Vec<(String, u16)>> {
    let servers = items.iter().filter(|item| item.directive.is("server"));
    let all: Option<Vec<_>> = servers.map(|item| address(item.directive.argument(0)?, 80)).collect();
    all.filter(|all| !all.is_empty())
}

/// `host`, `host:port`, `[::1]:port`
fn address(authority: &str, default: u16) -> Option<(String, u16)> {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port.parse().ok()?),
        _ => (authority, default),
    };
    let is_written_out = !host.is_empty() && host != "unix" && !hole::has_hole(host);
    is_written_out.then(|| (host.to_ascii_lowercase(), port))
}

/// Whether a host is the machine itself.
fn is_local(host: &str) -> bool {
    matches!(host, "127.0.0.1" | "localhost" | "[::1]")
}
