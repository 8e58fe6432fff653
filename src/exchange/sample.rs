//! A path that an endpoint is asked for.

use super::evaluate::normalize;
use super::probe::{Alphabet, path_samples, samples};
use crate::parse::pattern;
use crate::policy::{EndpointId, Host, PathMatcher, PatternId, Policy, Site};

/// Last parts of paths that are tried below a prefix; the first is the one people recognise.
const BELOW: &[&str] = &["x", "", "items", "x.html", "x.json", "x.php", "x.js"];

/// How many further paths are asked for.
const MOST_FURTHER: usize = 3;

/// A path and whether the site leads it to the endpoint; where none was found that does, one to enter directly with.
#[must_use]
pub(super) fn sample_path(policy: &Policy, id: EndpointId) -> (String, bool) {
    let endpoint = policy.endpoint(id);
    let candidates: Vec<String> =
        candidates(policy, &endpoint.path).into_iter().filter(|path| arrives(policy, path)).collect();
    let routed = candidates.iter().find(|path| policy.route(endpoint.site, path) == Some(id));
    match routed {
        Some(path) => (path.clone(), true),
        None => (candidates.into_iter().next().unwrap_or_else(|| "/".to_owned()), false),
    }
}

/// More paths of an endpoint that the site leads to it: those that something on its way looks for.
pub(super) fn further_paths(policy: &Policy, id: EndpointId, patterns: &[PatternId]) -> Vec<String> {
    let site = policy.endpoint(id).site;
    let samples = patterns.iter().filter_map(|pattern| {
        let matcher = PathMatcher::Pattern(*pattern);
        candidates(policy, &matcher).into_iter().find(|path| policy.route(site, path) == Some(id))
    });
    samples.take(MOST_FURTHER).collect()
}

/// Whether a path arrives as it is: not `/.`, which a server takes for `/`.
fn arrives(policy: &Policy, path: &str) -> bool {
    !policy.normalizes_paths || normalize(path) == path
}

fn candidates(policy: &Policy, matcher: &PathMatcher) -> Vec<String> {
    match matcher {
        PathMatcher::Exact(path) => vec![path.clone()],
        PathMatcher::Any => BELOW.iter().map(|rest| format!("/{rest}")).collect(),
        PathMatcher::Prefix(prefix) => {
            let slash = if prefix.ends_with('/') { "" } else { "/" };
            let below = BELOW.iter().map(|rest| format!("{prefix}{slash}{rest}"));
            below.chain([prefix.clone()]).filter(|path| path.starts_with('/')).collect()
        }
        PathMatcher::Pattern(pattern) => {
            let compiled = policy.pattern(*pattern);
            let samples = pattern::parse(&compiled.source).map(|tree| path_samples(&tree)).unwrap_or_default();
            samples.into_iter().filter(|path| compiled.is_match(path).unwrap_or(false)).collect()
        }
        PathMatcher::Named(_) => Vec::new(),
    }
}

impl Site {
    /// A host name that the site answers to; empty where it names none.
    #[must_use]
    pub fn sample_host(&self, policy: &Policy) -> String {
        let plain = self.hosts.iter().find_map(|host| match host {
            Host::Exact(name) if !name.is_empty() && name != "_" => Some(name.clone()),
            _ => None,
        });
        let other = || {
            self.hosts.iter().find_map(|host| match host {
                Host::Suffix { suffix, .. } => Some(format!("app{suffix}")),
                Host::Prefix(prefix) => Some(format!("{prefix}example")),
                Host::Pattern(pattern) => {
                    let compiled = policy.pattern(*pattern);
                    let tree = pattern::parse(&compiled.source).ok()?;
                    let mut samples = samples(&tree, Alphabet::Text).into_iter();
                    samples.find(|sample| compiled.is_match(sample).unwrap_or(false))
                }
                Host::Exact(_) => None,
            })
        };
        plain.or_else(other).unwrap_or_default()
    }
}
