//! A path that an endpoint is asked for.

use super::evaluate::normalize;
use super::probe::{Alphabet, path_samples, samples};
use super::trusted::PathTest;
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
pub(super) fn further_paths(policy: &Policy, id: EndpointId, tests: &[PathTest], beside: &str) -> Vec<String> {
    let site = policy.endpoint(id).site;
    let mut further: Vec<String> = Vec::new();
    for test in tests.iter().filter(|test| !test.holds(policy, beside)) {
        let candidates = match test {
            PathTest::Whole(pattern) => candidates(policy, &PathMatcher::Pattern(*pattern)),
            PathTest::LastName(pattern) => names_beside(policy, *pattern, beside),
            PathTest::From(pattern, skipped) => rests(policy, *pattern, beside.get(..*skipped).unwrap_or("/")),
            PathTest::Within(pattern) => paths_within(policy, *pattern),
        };
        let path = candidates.into_iter().find(|path| policy.route(site, path) == Some(id));
        if let Some(path) = path.filter(|path| path != beside && !further.contains(path)) {
            further.push(path);
        }
        if further.len() == MOST_FURTHER {
            break;
        }
    }
    further
}

impl PathTest {
    /// Whether a path is what it asks for.
    fn holds(&self, policy: &Policy, path: &str) -> bool {
        let (pattern, subject) = match self {
            Self::Whole(pattern) => (pattern, path.to_owned()),
            Self::LastName(pattern) => (pattern, path.rsplit('/').next().unwrap_or_default().to_owned()),
            Self::From(pattern, skipped) => (pattern, path.get(*skipped..).unwrap_or_default().to_owned()),
            Self::Within(pattern) => (pattern, format!("GET {path} HTTP/1.1")),
        };
        policy.pattern(*pattern).is_match(&subject).unwrap_or(false)
    }
}

/// Paths that go on behind `start` in a way that matches a pattern.
fn rests(policy: &Policy, pattern: PatternId, start: &str) -> Vec<String> {
    let compiled = policy.pattern(pattern);
    let Ok(tree) = pattern::parse(&compiled.source) else { return Vec::new() };
    let plain = samples(&tree, Alphabet::Text);
    // Below a folder, not the folder itself.
    let folders = plain.iter().filter(|rest| rest.ends_with('/') || rest.is_empty());
    let below = folders.map(|rest| format!("{rest}{}", name_in(rest)));
    let rests: Vec<String> = below.chain(plain.iter().cloned()).collect();
    let fits = |rest: &String| !rest.starts_with('/') && compiled.is_match(rest).unwrap_or(false);
    rests.into_iter().filter(fits).map(|rest| format!("{start}{rest}")).collect()
}

/// The name of something in a folder: where the folder's name says that it holds files, that of one.
fn name_in(folder: &str) -> &'static str {
    const OF_FILES: &[&str] =
        &["assets", "build", "css", "dist", "files", "fonts", "images", "img", "js", "media", "public", "static"];
    if folder.split('/').any(|name| OF_FILES.contains(&name)) { "x.js" } else { "x" }
}

/// Paths that a pattern speaks of which is searched for in a line with more in it.
fn paths_within(policy: &Policy, pattern: PatternId) -> Vec<String> {
    let compiled = policy.pattern(pattern);
    let Ok(tree) = pattern::parse(&compiled.source) else { return Vec::new() };
    let path = |sample: String| {
        let rest = &sample[sample.find('/')?..];
        let path = rest.split_whitespace().next()?;
        Some(if path.ends_with('/') { format!("{path}{}", name_in(path)) } else { path.to_owned() })
    };
    let fits = |path: &String| compiled.is_match(&format!("GET {path} HTTP/1.1")).unwrap_or(false);
    samples(&tree, Alphabet::Text).into_iter().filter_map(path).filter(fits).collect()
}

/// Paths in the folder of `beside` whose last names match a pattern.
fn names_beside(policy: &Policy, pattern: PatternId, beside: &str) -> Vec<String> {
    let compiled = policy.pattern(pattern);
    let Ok(tree) = pattern::parse(&compiled.source) else { return Vec::new() };
    let folder = beside.rfind('/').map_or("/", |slash| &beside[..=slash]);
    let names = samples(&tree, Alphabet::Text).into_iter().flat_map(|name| [format!("x{name}"), name]);
    let fits = |name: &String| !name.contains('/') && compiled.is_match(name).unwrap_or(false);
    names.filter(fits).map(|name| format!("{folder}{name}")).collect()
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
            Host::Exact(name) if !name.is_empty() && !name.starts_with('_') => Some(name.clone()),
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
