//! Choosing the site and the endpoint of a request.

use super::{Run, Stop};
use crate::exchange::Request;
use crate::policy::{Captures, EndpointId, Host, PatternId, Policy, Routes, Site, SiteId, UnknownId};

/// The site for a request: among those that listen on its port, the one with the best matching name, else the port's
/// default, else its first.
pub(super) fn site(policy: &Policy, request: &Request) -> Option<SiteId> {
    let asked = request.port.filter(|_| !policy.at_any_port);
    let listens = |site: &Site| asked.is_none_or(|port| site.listeners.iter().any(|l| l.port == port));
    let candidates: Vec<(SiteId, &Site)> =
        (0u32..).map(SiteId).zip(&policy.sites).filter(|(_, site)| listens(site)).collect();
    let host = request.host.to_ascii_lowercase();
    let best = candidates
        .iter()
        .filter_map(|(id, site)| Some((site.hosts.iter().filter_map(|h| rank(policy, h, &host)).max()?, *id)))
        .max_by(|a, b| if policy.first_host_wins { b.1.cmp(&a.1) } else { a.0.cmp(&b.0).then(b.1.cmp(&a.1)) });
    if let Some((_, id)) = best {
        return Some(id);
    }
    let default = |site: &Site| site.listeners.iter().any(|l| l.default && asked.is_none_or(|port| l.port == port));
    candidates.iter().find(|(_, site)| default(site)).or(candidates.first()).map(|(id, _)| *id)
}

/// How well a name fits; higher is better. Exact, then the longest suffix, then the longest prefix, then patterns
/// (nginx and httpd agree on exact before the rest).
fn rank(policy: &Policy, host: &Host, asked: &str) -> Option<(u8, usize)> {
    match host {
        Host::Exact(name) => (name == asked).then_some((4, 0)),
        Host::Suffix { suffix, apex } => (asked.ends_with(suffix.as_str()) && asked.len() > suffix.len()
            || *apex && Some(asked) == suffix.strip_prefix('.'))
        .then_some((3, suffix.len())),
        Host::Prefix(prefix) => (asked.starts_with(prefix.as_str())).then_some((2, prefix.len())),
        Host::Pattern(pattern) => policy.pattern(*pattern).is_match(asked).unwrap_or(false).then_some((1, 0)),
    }
}

impl Site {
    /// Whether the site answers to the name `host`, in whatever case.
    #[must_use]
    pub fn is_named(&self, policy: &Policy, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.hosts.iter().any(|name| rank(policy, name, &host).is_some())
    }
}

impl Policy {
    /// The endpoint of a site that a path belongs to; `None` also where a pattern on the way cannot be run.
    #[must_use]
    pub fn route(&self, site: SiteId, path: &str) -> Option<EndpointId> {
        let routes = &self.site(site).routes;
        match self.among(routes, path) {
            Ok(choice) => choice.map(|choice| choice.endpoint).or(routes.fallback),
            Err(_) => None,
        }
    }

    /// See [`Routes`]. An error is a pattern that cannot be run.
    fn among(&self, routes: &Routes, path: &str) -> Result<Option<Choice>, UnknownId> {
        if let Some((_, endpoint)) = routes.exact.iter().find(|(exact, _)| exact == path) {
            return Ok(Some(Choice { endpoint: *endpoint, captures: None }));
        }
        let prefix = routes.prefixes.iter().find(|route| path.starts_with(&route.path));
        if let Some(route) = prefix {
            let inner = self.among(&self.endpoint(route.endpoint).nested, path)?;
            if inner.is_some() {
                return Ok(inner);
            }
            if route.stops_patterns {
                return Ok(Some(Choice { endpoint: route.endpoint, captures: None }));
            }
        }
        for (pattern, endpoint) in &routes.patterns {
            let compiled = self.pattern(*pattern);
            if let Some(captures) = compiled.captures(path).map_err(|_| compiled.unknown)? {
                let inner = self.among(&self.endpoint(*endpoint).nested, path)?;
                let here = Choice { endpoint: *endpoint, captures: Some((*pattern, captures)) };
                return Ok(Some(inner.unwrap_or(here)));
            }
        }
        Ok(prefix.map(|route| Choice { endpoint: route.endpoint, captures: None }))
    }
}

/// The endpoint chosen, and what the pattern captured that chose it.
struct Choice {
    endpoint: EndpointId,
    captures: Option<(PatternId, Captures)>,
}

impl Run<'_, '_> {
    /// The endpoint for the path as it stands.
    pub(super) fn select_endpoint(&mut self) -> Result<Option<EndpointId>, Stop> {
        let routes = &self.policy.site(self.site).routes;
        let choice = self.policy.among(routes, &self.path).map_err(Stop::Undetermined)?;
        let Some(choice) = choice else { return Ok(routes.fallback) };
        if let Some((pattern, captures)) = choice.captures {
            self.bind_captures(pattern, captures);
        }
        Ok(Some(choice.endpoint))
    }
}
