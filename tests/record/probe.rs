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
    /// Sends a request and reads the answer.
    fn send(&self, method: &str, target: &Target, headers: &Headers) -> Result<Response, String> {
        send(self.ports(), method, target, headers)
    }
    /// What is to be done before each probe and each further request.
    fn between(&self) -> Result<(), String> {
        Ok(())
    }
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
    probe(site, Kind::Actual, &Target { host, port, path }, Some(origin), &login_of(ask))
}

fn probes(site: &impl Running, route: &Route, ask: &Ask, deadline: Instant) -> Result<Vec<Exchange>, String> {
    let (host, port) = site.place(ask);
    let good = ask.success.clone().unwrap_or_else(|| site.success(route));
    let bad: Vec<String> = match &ask.errors {
        Some(errors) => errors.iter().map(|failing| failing.path().to_owned()).collect(),
        None => site.failing(&good, route.dynamic),
    };
    let for_preflight = ask.preflight.as_ref().unwrap_or(&good);
    let login = [login_of(ask), ask.headers.clone()].concat();
    let mut exchanges = Vec::new();
    for origin in origins::probes(&route.trusted) {
        if Instant::now() > deadline {
            return Err(format!("the probes of {} take too long", route.path));
        }
        let mut send = |kind: Kind, path: &str, more: &Headers| -> Result<(), String> {
            let target = Target { host: host.clone(), port, path: path.to_owned() };
            exchanges.push(probe(site, kind, &target, origin.as_deref(), more)?);
            Ok(())
        };
        send(Kind::Actual, &good, &login)?;
        if ask.auth.is_some() {
            send(Kind::Actual, &good, &ask.headers)?;
        }
        for path in &bad {
            send(Kind::Actual, path, &login)?;
        }
        send(Kind::Preflight, for_preflight, &Headers::new())?;
    }
    Ok(exchanges)
}

fn login_of(ask: &Ask) -> Headers {
    ask.auth.iter().map(|_| ("Authorization".to_owned(), LOGIN.to_owned())).collect()
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
    more: &Headers,
) -> Result<Exchange, String> {
    let mut headers: Headers = origin.iter().map(|origin| ("Origin".to_owned(), (*origin).to_owned())).collect();
    let mut method = "GET";
    let preflight = kind == Kind::Preflight;
    if preflight {
        method = "OPTIONS";
        headers.push(("Access-Control-Request-Method".to_owned(), METHOD.to_owned()));
        headers.push(("Access-Control-Request-Headers".to_owned(), HEADERS.to_owned()));
    }
    headers.extend(more.iter().cloned());
    site.between()?;
    let Response { status, headers } = site.send(method, target, &headers)?;
    Ok(Exchange {
        kind,
        outcome: if (1..400).contains(&status) { Outcome::Success } else { Outcome::Error },
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
    let target = target(site, &request.url)?;
    site.between()?;
    if request.again {
        site.send(&request.method, &target, &headers)?;
    }
    site.send(&request.method, &target, &headers)
}

/// A URL is taken as it is, a path goes to the usual place.
fn target(site: &impl Running, url: &str) -> Result<Target, String> {
    // A path may have a URL in its query.
    let whole = url.split_once("://").filter(|_| !url.starts_with('/'));
    let Some((scheme, rest)) = whole else {
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
