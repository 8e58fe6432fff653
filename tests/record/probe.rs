//! The fixed probes of each route, and the further requests of the case.

use std::time::{Duration, Instant};

use crate::case::{
    Answer, Ask, Case, Exchange, Headers, Kind, Outcome, RecordedRequest, RecordedRoute, Request, Response, Route,
    Truth,
};
use crate::origins;
use crate::standin::STATUS_HEADER;
use crate::wire::{Ports, Target, send};

/// What a preflight asks for.
const METHOD: &str = "PUT";
const HEADERS: &str = "authorization,content-type";
/// User and password `probe`, as every password file here has them.
const LOGIN: &str = "Basic cHJvYmU6cHJvYmU=";
/// The longest that the probes of a case may take together.
const PATIENCE: Duration = Duration::from_secs(120);

/// A site that is running, as far as the probes have to know it.
pub(crate) trait Running {
    /// Where its ports are on this machine.
    fn ports(&self) -> &Ports;
    /// Host and port of a request: as the case says, else the first plain server name, on 443 or the first port of that
    /// server.
    fn place(&self, ask: &Ask) -> (String, u16);
    /// The path of a route that answers, where the case names none.
    fn success(&self, route: &Route) -> String;
    /// Paths that fail, where the case names none; `good` is the one that answers.
    fn failing(&self, good: &str, dynamic: bool) -> Vec<String>;
}

/// Sends them all and puts the answers into `truth`; returns what its author may not have meant.
pub(crate) fn all(site: &impl Running, case: &Case, truth: &mut Truth) -> Result<Vec<String>, String> {
    let deadline = Instant::now() + PATIENCE;
    let mut notes = Vec::new();
    for (index, route) in case.routes.iter().enumerate() {
        let exchanges = probes(site, route, &case.ask(index), deadline)?;
        for (outcome, note) in [(Outcome::Success, "succeeds"), (Outcome::Error, "fails")] {
            if !exchanges.iter().any(|exchange| exchange.kind == Kind::Actual && exchange.outcome == outcome) {
                notes.push(format!("no GET {note} at {}", route.path));
            }
        }
        truth.routes.push(RecordedRoute { route: route.clone(), exchanges, backend_down: Vec::new() });
    }
    for request in &case.requests {
        let response = further(site, request)?;
        truth.requests.push(RecordedRequest { request: request.clone(), response });
    }
    Ok(notes)
}

/// What a route answers to GET when asked once more: from an origin that it trusts, or from any.
pub(crate) fn again(site: &impl Running, route: &Route, ask: &Ask) -> Result<Exchange, String> {
    let (host, port) = site.place(ask);
    let path = ask.success.clone().unwrap_or_else(|| site.success(route));
    let origin = route.trusted.first().map_or(origins::EVIL, String::as_str);
    probe(site, Kind::Actual, &Target { host, port, path }, Some(origin), ask.auth.is_some())
}

fn probes(site: &impl Running, route: &Route, ask: &Ask, deadline: Instant) -> Result<Vec<Exchange>, String> {
    let (host, port) = site.place(ask);
    let good = ask.success.clone().unwrap_or_else(|| site.success(route));
    let bad = ask.errors.clone().unwrap_or_else(|| site.failing(&good, route.dynamic));
    let login = ask.auth.is_some();
    let mut exchanges = Vec::new();
    for origin in origins::probes(&route.trusted) {
        if Instant::now() > deadline {
            return Err(format!("the probes of {} take too long", route.path));
        }
        let mut ask = |kind: Kind, path: &str, login: bool| -> Result<(), String> {
            let target = Target { host: host.clone(), port, path: path.to_owned() };
            exchanges.push(probe(site, kind, &target, origin.as_deref(), login)?);
            Ok(())
        };
        ask(Kind::Actual, &good, login)?;
        if login {
            ask(Kind::Actual, &good, false)?;
        }
        for path in &bad {
            ask(Kind::Actual, path, login)?;
        }
        ask(Kind::Preflight, &good, false)?;
    }
    Ok(exchanges)
}

/// Below an application, paths that it answers 404 and 500.
pub(crate) fn failing_application(good: &str) -> Vec<String> {
    vec![format!("{good}/__404"), format!("{good}/__500")]
}

/// Beside a file, a missing one of the same kind.
pub(crate) fn missing_beside(good: &str) -> String {
    let (folder, name) = good.rsplit_once('/').unwrap_or(("", good));
    let extension = name.rfind('.').map_or("", |dot| &name[dot..]);
    format!("{folder}/__missing{extension}")
}

fn probe(
    site: &impl Running,
    kind: Kind,
    target: &Target,
    origin: Option<&str>,
    login: bool,
) -> Result<Exchange, String> {
    let mut headers: Headers = origin.iter().map(|origin| ("Origin".to_owned(), (*origin).to_owned())).collect();
    let mut method = "GET";
    let preflight = kind == Kind::Preflight;
    if preflight {
        method = "OPTIONS";
        headers.push(("Access-Control-Request-Method".to_owned(), METHOD.to_owned()));
        headers.push(("Access-Control-Request-Headers".to_owned(), HEADERS.to_owned()));
    }
    if login {
        headers.push(("Authorization".to_owned(), LOGIN.to_owned()));
    }
    let Response { status, headers } = send(site.ports(), method, target, &headers)?;
    Ok(Exchange {
        kind,
        outcome: if status >= 400 { Outcome::Error } else { Outcome::Success },
        method: method.to_owned(),
        path: target.path.clone(),
        by: None,
        origin: origin.map(str::to_owned),
        acrm: preflight.then(|| METHOD.to_owned()),
        acrh: preflight.then(|| HEADERS.to_owned()),
        status,
        headers,
    })
}

fn further(site: &impl Running, request: &Request) -> Result<Response, String> {
    let mut headers = request.headers.clone();
    if request.login {
        headers.push(("Authorization".to_owned(), LOGIN.to_owned()));
    }
    if let Some(Answer::Status(status)) = request.answer.filter(|answer| *answer != Answer::Status(200)) {
        headers.push((STATUS_HEADER.to_owned(), status.to_string()));
    }
    send(site.ports(), &request.method, &target(site, &request.url)?, &headers)
}

/// A URL is taken as it is, a path goes to the usual place.
fn target(site: &impl Running, url: &str) -> Result<Target, String> {
    let Some((scheme, rest)) = url.split_once("://") else {
        let (host, port) = site.place(&Ask::default());
        return Ok(Target { host, port, path: url.to_owned() });
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let usual = if scheme == "https" { 443 } else { 80 };
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, port.parse().map_err(|_| format!("{url}: no such port"))?),
        None => (authority, usual),
    };
    let path = if path.is_empty() { "/" } else { path };
    Ok(Target { host: host.to_owned(), port, path: path.to_owned() })
}

/// Whether a server name is a plain one: neither a pattern nor the catch-all `_`.
pub(crate) fn is_plain(name: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.chars().all(|char| char.is_alphanumeric() || char == '-' || char == '_')
    };
    name != "_" && name.split('.').all(label)
}
