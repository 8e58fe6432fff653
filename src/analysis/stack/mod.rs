//! Policies → policies that know each other: where nginx or httpd forwards to an application of the same tree, what
//! that answers is asked instead of guessed.
//!
//! In: the units, each lowered by itself. Out: the same, with a [`Backend`] at each upstream whose address can only
//! mean one application. Must not know: any configuration language, only which one a unit is written in. When unsure it says nothing: a wrong neighbour
//! would make everything wrong that is said about a site.

mod address;
mod compose;
mod paths;
mod reads;
mod replay;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Unit;
use crate::discover::{Dialect, real};
use crate::lower;
use crate::policy::{
    Backend, EndpointId, Forward, Policy, Responder, Site, SiteId, Statement, UpstreamId, visit_statements,
};
use crate::source::{Location, SourceId, Sources};

pub use address::Link;
pub use replay::is_mended;

use address::Directory;

/// How many endpoints of an application are asked by way of one location.
const MOST_ASKED: usize = 3;

/// An application of the tree.
#[derive(Debug)]
struct App {
    policy: Arc<Policy>,
    site: SiteId,
    /// The file that it begins with, symbolic links resolved.
    file: PathBuf,
    /// Where it listens, if that is written.
    port: Option<u16>,
}

/// Joins what forwards with what it forwards to. `links` are those that the user has written down; `folders` those that
/// may be read. What was joined is said in a sentence each.
pub(super) fn join(
    units: &mut [Unit],
    dialects: &BTreeMap<SourceId, Dialect>,
    sources: &Sources,
    links: &[Link],
    folders: &[PathBuf],
) -> Vec<String> {
    let is_program = |unit: &Unit| dialects.get(&unit.root) == Some(&Dialect::Express);
    let apps: Vec<App> = units.iter().filter(|unit| is_program(unit)).flat_map(|unit| apps(unit, sources)).collect();
    let hands_on = |unit: &Unit| unit.variants.iter().any(|variant| !variant.policy.upstreams.is_empty());
    if apps.is_empty() || !units.iter().any(hands_on) {
        return Vec::new();
    }
    let roots = units.iter().map(|unit| sources.get(unit.root).path.as_path());
    let directory = Directory { apps: &apps, services: compose::services(roots, folders), links, folders };
    for unit in units.iter_mut().filter(|unit| !is_program(unit)) {
        let file = real(&sources.get(unit.root).path);
        // Nobody else has them yet.
        for policy in unit.variants.iter_mut().filter_map(|variant| Arc::get_mut(&mut variant.policy)) {
            connect(policy, &directory, &file);
        }
    }
    let mut notes: Vec<String> = units.iter().flat_map(|unit| notes(unit, sources)).collect();
    notes.dedup();
    notes
}

/// What is asked by way of which server.
fn notes<'u>(unit: &'u Unit, sources: &'u Sources) -> impl Iterator<Item = String> + 'u {
    let joined = unit.policy().upstreams.iter().filter_map(|upstream| Some((upstream, upstream.backend.as_ref()?)));
    joined.map(|(upstream, backend)| {
        let addresses: Vec<String> = upstream.addresses.iter().map(|(host, port)| format!("{host}:{port}")).collect();
        let application = &sources.get(backend.policy.site(backend.site).location.source).name;
        let server = &sources.get(unit.root).name;
        format!("{} of {server} is taken to be the application of {application}", addresses.join(", "))
    })
}

/// The applications of a program; a router that something else may register is none.
fn apps<'u>(unit: &'u Unit, sources: &'u Sources) -> impl Iterator<Item = App> + 'u {
    let policy = &unit.variants[0].policy;
    let of_application = |site: &Site| site.name == lower::express::APPLICATION;
    let file = real(&sources.get(unit.root).path);
    (0u32..).map(SiteId).zip(&policy.sites).filter(move |(_, site)| of_application(site)).map(move |(id, site)| App {
        policy: Arc::clone(policy),
        site: id,
        file: file.clone(),
        port: site.listeners.first().map(|listener| listener.port),
    })
}

/// Gives the policy that begins with `file` the applications that its upstreams lead to.
fn connect(policy: &mut Policy, directory: &Directory<'_>, file: &Path) {
    // Where the copies of each application's unknowns begin.
    let mut copied: Vec<(*const Policy, u32)> = Vec::new();
    for index in 0..policy.upstreams.len() {
        let Some(app) = directory.find(&policy.upstreams[index].addresses, file) else { continue };
        let key = Arc::as_ptr(&app.policy);
        let known = copied.iter().find(|(other, _)| *other == key).map(|(_, from)| *from);
        let unknowns_from = known.unwrap_or_else(|| {
            let from = u32::try_from(policy.unknowns.len()).unwrap_or(u32::MAX);
            policy.unknowns.extend(app.policy.unknowns.iter().cloned());
            copied.push((key, from));
            from
        });
        let id = UpstreamId(u32::try_from(index).unwrap_or(u32::MAX));
        let telling = ask_for(policy, id, app);
        let sets = &mut policy.upstreams[index].sets;
        if !sets.is_empty() {
            // What the application does not look at need not be known: `X-Forwarded-For $proxy_add_x_forwarded_for`.
            let looked_at = reads::headers(&app.policy);
            sets.retain(|(name, _)| looked_at.contains(name.as_str()));
        }
        policy.upstreams[index].backend =
            Some(Backend { policy: Arc::clone(&app.policy), site: app.site, telling, unknowns_from });
    }
}

/// Notes paths that the endpoints before an upstream can be asked for so that the application has something there, and
/// returns what has.
fn ask_for(policy: &mut Policy, upstream: UpstreamId, app: &App) -> Vec<EndpointId> {
    let fallback = app.policy.site(app.site).routes.fallback;
    let mut telling: Vec<EndpointId> = fallback.into_iter().collect();
    let asked = policy.upstream(upstream).path.clone();
    for id in policy.endpoint_ids().filter(|id| hands_on(policy, *id, upstream)).collect::<Vec<_>>() {
        let found = paths::leading(policy, id, &asked, app);
        let method = found.first().map(|(behind, _)| app.policy.endpoint(*behind).method.clone());
        let endpoint = &mut policy.endpoints[id.index()];
        endpoint.method = method.unwrap_or_else(|| endpoint.method.clone());
        for (behind, path) in found {
            endpoint.samples.push(path);
            telling.push(behind);
        }
    }
    telling.sort_unstable();
    telling.dedup();
    telling
}

/// Where a policy hands requests on to applications of the tree.
#[must_use]
pub fn handing_on(policy: &Policy) -> Vec<Location> {
    let mut places = Vec::new();
    for endpoint in &policy.endpoints {
        visit_statements(&endpoint.program.content, &mut |statement| {
            if let Statement::Forward(Forward { to: Responder::Upstream(id), location, .. }) = statement
                && policy.upstream(*id).backend.is_some()
            {
                places.push(*location);
            }
        });
    }
    places
}

/// Whether an endpoint itself forwards to an upstream.
fn hands_on(policy: &Policy, endpoint: EndpointId, upstream: UpstreamId) -> bool {
    let mut found = false;
    let program = &policy.endpoint(endpoint).program;
    for phase in [&program.rewrite, &program.access, &program.content] {
        visit_statements(phase, &mut |statement| {
            found |=
                matches!(statement, Statement::Forward(Forward { to: Responder::Upstream(id), .. }) if *id == upstream);
        });
    }
    found
}
