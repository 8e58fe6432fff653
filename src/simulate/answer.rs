//! How it is answered.

use serde_json::{Value as Json, json};

use super::ask::{Asked, Asking, Place};
use super::fetch;
use crate::analysis::{Analysis, Unit};
use crate::exchange::{Entry, MOST_WORLDS, Outcome, Request, Response, Value, World, assumptions, evaluate};
use crate::policy::{Answer, Host, Policy, Site};

/// What one request comes to in one world.
pub(super) struct Told {
    pub(super) outcome: &'static str,
    pub(super) endpoint: Option<String>,
    /// What depends on the kind of the request: the response, or preflight, actual exchange and verdict.
    pub(super) body: serde_json::Map<String, Json>,
    pub(super) assumptions: Vec<String>,
}

/// The answer to a line. An error is a request that cannot be understood.
pub(super) fn reply(analysis: &Analysis, asked: &Asked) -> Result<Json, String> {
    let place = Place::of(&asked.url)?;
    let units: Vec<&Unit> = analysis.units.iter().collect();
    let Some((unit, request)) = address(&units, asked, &place) else {
        return Ok(told_json(Told::nothing(), Vec::new()));
    };
    if !analysis.starts(unit) {
        return Ok(told_json(Told { outcome: "does-not-start", ..Told::nothing() }, Vec::new()));
    }
    let policy = unit.policy();
    let told = in_worlds(policy, |world| match asked.kind {
        Asking::Raw => raw(policy, &request, asked.answer, world),
        Asking::Fetch => fetch::fetch(policy, &request, asked, world).told(policy, asked),
    });
    let mut worlds = told.into_iter().map(|(told, assumptions)| {
        let assumptions = assumptions.into_iter().chain(told.assumptions).collect();
        Told { assumptions, ..told }
    });
    let first = worlds.next().unwrap_or_else(Told::nothing);
    Ok(told_json(first, worlds.collect()))
}

/// What comes of something in each world, and what each takes to be so.
pub(super) fn in_worlds<T>(policy: &Policy, run: impl Fn(&mut World) -> T) -> Vec<(T, Vec<String>)> {
    let mut worlds = Vec::new();
    let mut next = Some(World::default());
    while let Some(mut world) = next.filter(|_| worlds.len() < MOST_WORLDS) {
        let came = run(&mut world);
        worlds.push((came, assumptions(policy, &world)));
        next = world.successor();
    }
    worlds
}

/// The configuration that a request goes to, and the request with the host and port that it is sent to.
pub(super) fn address<'a>(units: &[&'a Unit], asked: &Asked, place: &Place) -> Option<(&'a Unit, Request)> {
    let with_sites = || units.iter().copied().filter(|unit| !unit.policy().sites.is_empty());
    let serves =
        |unit: &&'a Unit, host: &str| unit.policy().sites.iter().any(|site| site.is_named(unit.policy(), host));
    let unit = match &place.host {
        Some(host) => with_sites().find(|unit| serves(unit, host)).or(with_sites().next())?,
        None => with_sites()
            .find(|unit| unit.policy().sites.iter().any(|site| plain_name(site).is_some()))
            .or(with_sites().next())?,
    };
    let sites = &unit.policy().sites;
    let host = match &place.host {
        Some(host) => host.clone(),
        None => sites.iter().find_map(plain_name).unwrap_or("localhost").to_owned(),
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
    Some((unit, request))
}

fn plain_names(site: &Site) -> impl Iterator<Item = &str> {
    site.hosts.iter().filter_map(|host| match host {
        Host::Exact(name) if !name.is_empty() && !name.starts_with('_') => Some(name.as_str()),
        _ => None,
    })
}

fn plain_name(site: &Site) -> Option<&str> {
    plain_names(site).next()
}

fn raw(policy: &Policy, request: &Request, answer: Answer, world: &mut World) -> Told {
    let outcome = evaluate(policy, Entry::ByHost, request, answer, world);
    let mut told = Told::of(policy, &outcome);
    let response = match &outcome {
        Outcome::Answered(response) => response_json(response),
        _ => Json::Null,
    };
    told.body.insert("response".to_owned(), response);
    told
}

impl Told {
    pub(super) fn nothing() -> Self {
        Self { outcome: "no-endpoint", endpoint: None, body: serde_json::Map::new(), assumptions: Vec::new() }
    }

    /// What an outcome comes to, without a body.
    pub(super) fn of(policy: &Policy, outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Answered(response) => {
                let endpoint = response.endpoint.map(|id| policy.endpoint(id).name.clone());
                let mut assumptions: Vec<String> = Vec::new();
                for (_, unknown) in &response.unknown_effects {
                    let assumption = format!("{} changes nothing about CORS", policy.unknown(*unknown).what);
                    if !assumptions.contains(&assumption) {
                        assumptions.push(assumption);
                    }
                }
                Self { outcome: "answered", endpoint, assumptions, ..Self::nothing() }
            }
            Outcome::NoAnswer => Self { outcome: "no-answer", ..Self::nothing() },
            Outcome::NoEndpoint => Self::nothing(),
            Outcome::Undetermined(unknown) => {
                let unknown = policy.unknown(*unknown);
                let why = format!("{} {}, and that differs from request to request", unknown.what, unknown.why);
                Self { outcome: "answered", assumptions: vec![why], ..Self::nothing() }
            }
        }
    }
}

fn told_json(told: Told, others: Vec<Told>) -> Json {
    let mut all = told.body;
    all.insert("outcome".to_owned(), told.outcome.into());
    all.insert("endpoint".to_owned(), told.endpoint.into());
    all.insert("assumptions".to_owned(), told.assumptions.into());
    let others: Vec<Json> = others.into_iter().map(|other| told_json(other, Vec::new())).collect();
    all.insert("alternatives".to_owned(), others.into());
    Json::Object(all)
}

pub(super) fn response_json(response: &Response) -> Json {
    let headers: Vec<Json> = response
        .headers
        .iter()
        .map(|line| {
            let value = match &line.value {
                Value::Text(text) => Json::from(text.as_str()),
                Value::Absent | Value::Unknown(_) => Json::Null,
            };
            json!([line.name, value])
        })
        .collect();
    json!({ "status": response.status, "headers": headers })
}
