//! Which configuration a request goes to, and which others it could have gone to.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::ask::{Asked, Place};
use super::fetch::fetch;
use crate::analysis::{Analysis, Unit};
use crate::discover::{real, shown};
use crate::exchange::{Outcome, Request, World};
use crate::policy::{Host, Site};
use crate::source::SourceId;

/// How many candidates are told: of a tree with hundreds of applications each could be asked for a path.
const MOST_CANDIDATES: usize = 8;

/// A configuration that could have answered, but was not asked.
///
/// A URL with a host could have gone to every configuration that has a site of that name, or, if none has, to every one
/// with a site at all, as a server takes its default for a name that it does not know. A path alone could have gone to
/// every one; those that name a site come first. One that does not start, or that has no endpoint for the request, could
/// not have answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The endpoint that would have answered; `None` where the site itself would, or where nothing comes of it.
    pub endpoint: Option<String>,
    /// The file that the configuration begins with, as it is shown: what `--in` takes.
    pub file: String,
}

/// A file that picks among configurations: those that it belongs to are asked.
#[derive(Debug)]
pub(super) struct Picked(BTreeSet<SourceId>);

impl Picked {
    /// By its name, or its path, whatever way that goes.
    pub(super) fn of(analysis: &Analysis, file: &Path) -> Self {
        let (name, path) = (shown(file), real(file));
        let files = analysis.units.iter().flat_map(|unit| &unit.files).copied().collect::<BTreeSet<_>>();
        let is_it = |id: &SourceId| {
            let source = analysis.sources.get(*id);
            source.name == name || real(&source.path) == path
        };
        Self(files.into_iter().filter(is_it).collect())
    }

    /// Whether it belongs to no configuration.
    pub(super) fn is_nobodys(&self) -> bool {
        self.0.is_empty()
    }

    fn is_of(&self, unit: &Unit) -> bool {
        !self.0.is_disjoint(&unit.files)
    }
}

/// The configurations that a fetch could go to.
pub(super) struct Choice<'a> {
    /// The one that it goes to.
    pub(super) taken: Option<&'a Unit>,
    /// The others, best first.
    others: Vec<&'a Unit>,
}

impl<'a> Choice<'a> {
    /// Of all configurations, or of those that a file belongs to.
    pub(super) fn of(analysis: &'a Analysis, picked: Option<&Picked>, place: &Place) -> Self {
        let all = || analysis.units.iter();
        let is_asked = |unit: &&Unit| picked.is_none_or(|file| file.is_of(unit));
        let taken = fitting(analysis, all().filter(is_asked), place).first().copied();
        let mut others = fitting(analysis, all(), place);
        others.retain(|other| !taken.is_some_and(|taken| std::ptr::eq(taken, *other)));
        Self { taken, others }
    }

    /// Those of the others that could have answered, best first; no more than eight.
    pub(super) fn candidates(&self, analysis: &Analysis, asked: &Asked, place: &Place) -> Vec<Candidate> {
        let candidate = |unit: &&Unit| {
            let policy = unit.policy();
            let fetched = fetch(policy, &request(unit, asked, place), asked, &mut World::default());
            let endpoint = match &fetched.last()?.0.outcome {
                Outcome::NoEndpoint => return None,
                Outcome::Answered(response) => response.endpoint.map(|id| policy.endpoint(id).name.clone()),
                Outcome::NoAnswer | Outcome::Undetermined(_) => None,
            };
            Some(Candidate { endpoint, file: analysis.sources.get(unit.root).name.clone() })
        };
        let starting = self.others.iter().filter(|unit| analysis.starts(unit));
        starting.filter_map(candidate).take(MOST_CANDIDATES).collect()
    }
}

/// The configurations that a URL fits, best first.
fn fitting<'a>(analysis: &Analysis, units: impl Iterator<Item = &'a Unit>, place: &Place) -> Vec<&'a Unit> {
    let names = |unit: &&Unit| {
        unit.policy().sites.iter().any(|site| match &place.host {
            Some(host) => site.is_named(unit.policy(), host),
            None => plain_names(site).next().is_some(),
        })
    };
    let (mut fitting, mut others): (Vec<_>, Vec<_>) =
        units.filter(|unit| !unit.policy().sites.is_empty()).partition(names);
    // Of a server and the application behind it, the server is asked.
    others.sort_by_key(|unit| is_behind(analysis, unit));
    if place.host.is_none() || fitting.is_empty() {
        fitting.extend(others);
    }
    fitting
}

/// Whether one of the units hands requests on to another.
fn is_behind(analysis: &Analysis, unit: &Unit) -> bool {
    let upstreams = analysis.units.iter().flat_map(|front| &front.policy().upstreams);
    let mut backends = upstreams.filter_map(|upstream| upstream.backend.as_ref());
    backends.any(|backend| std::ptr::eq(Arc::as_ptr(&backend.policy), unit.policy()))
}

/// The request as it goes to a configuration: with the host and port that it is sent to.
pub(super) fn request(unit: &Unit, asked: &Asked, place: &Place) -> Request {
    let sites = &unit.policy().sites;
    let host = match &place.host {
        Some(host) => host.clone(),
        None => sites.iter().find_map(|site| plain_names(site).next()).unwrap_or("localhost").to_owned(),
    };
    let named: Vec<&Site> = sites.iter().filter(|site| plain_names(site).any(|name| name == host)).collect();
    let candidates: Vec<&Site> = if named.is_empty() { sites.iter().collect() } else { named };
    let mut ports = candidates.iter().flat_map(|site| &site.listeners).map(|listener| listener.port);
    let port = place.port.or_else(|| {
        let first = ports.clone().next();
        // Of a piece of a server nobody knows whether it speaks TLS.
        ports.find(|port| !unit.fragment && *port == 443).or(first)
    });
    let mut request = Request::new(&asked.method, &place.path);
    request.host = host;
    request.port = port;
    request.login = asked.login;
    for (name, value) in &asked.headers {
        if name.eq_ignore_ascii_case("host") {
            value.split(':').next().unwrap_or_default().clone_into(&mut request.host);
        }
        request
            .headers
            .retain(|(default, _)| !default.eq_ignore_ascii_case("user-agent") || !name.eq_ignore_ascii_case(default));
        request = request.with(name, value);
    }
    request
}

fn plain_names(site: &Site) -> impl Iterator<Item = &str> {
    site.hosts.iter().filter_map(|host| match host {
        Host::Exact(name) if !name.is_empty() && !name.starts_with('_') => Some(name.as_str()),
        _ => None,
    })
}
