//! The fixed probes of each route, and the further requests of the case.

use std::time::{Duration, Instant};

use corslint::syntax::directive::Directive;

use super::site::{Site, listen_port};
use super::wire::{Target, send};
use crate::case::{
    Answer, Ask, Case, Exchange, Headers, Kind, Outcome, RecordedRequest, RecordedRoute, Request, Response, Route,
    Truth,
};
use crate::origins;
use crate::standin::STATUS_HEADER;

/// What a preflight asks for.
const METHOD: &str = "PUT";
const HEADERS: &str = "authorization,content-type";
/// User and password `probe`, as every password file here has them.
const LOGIN: &str = "Basic cHJvYmU6cHJvYmU=";
/// The longest that the probes of a case may take together.
const PATIENCE: Duration = Duration::from_secs(120);

/// Sends them all and puts the answers into `truth`; returns what its author may not have meant.
pub(super) fn all(site: &Site, case: &Case, truth: &mut Truth) -> Result<Vec<String>, String> {
    let deadline = Instant::now() + PATIENCE;
    let mut notes = Vec::new();
    for (index, route) in case.routes.iter().enumerate() {
        let exchanges = probes(site, route, &case.ask(index), deadline)?;
        for (outcome, note) in [(Outcome::Success, "succeeds"), (Outcome::Error, "fails")] {
            if !exchanges.iter().any(|exchange| exchange.kind == Kind::Actual && exchange.outcome == outcome) {
                notes.push(format!("no GET {note} at {}", route.path));
            }
        }
        truth.routes.push(RecordedRoute { route: route.clone(), exchanges });
    }
    for request in &case.requests {
        let response = further(site, request)?;
        truth.requests.push(RecordedRequest { request: request.clone(), response });
    }
    Ok(notes)
}

fn probes(site: &Site, route: &Route, ask: &Ask, deadline: Instant) -> Result<Vec<Exchange>, String> {
    let (host, port) = place(site, ask);
    let good = ask.success.clone().unwrap_or_else(|| format!("{}/items", route.path.trim_end_matches('/')));
    let bad = ask.errors.clone().unwrap_or_else(|| failing(&good, route.dynamic));
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

/// Paths that fail: below an application what it answers 404 and 500, else a missing file of the same kind.
fn failing(good: &str, dynamic: bool) -> Vec<String> {
    if dynamic {
        return vec![format!("{good}/__404"), format!("{good}/__500")];
    }
    let (folder, name) = good.rsplit_once('/').unwrap_or(("", good));
    let extension = name.rfind('.').map_or("", |dot| &name[dot..]);
    vec![format!("{folder}/__missing{extension}")]
}

fn probe(site: &Site, kind: Kind, target: &Target, origin: Option<&str>, login: bool) -> Result<Exchange, String> {
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
    let Response { status, headers } = send(site, method, target, &headers)?;
    Ok(Exchange {
        kind,
        outcome: if status >= 400 { Outcome::Error } else { Outcome::Success },
        method: method.to_owned(),
        path: target.path.clone(),
        origin: origin.map(str::to_owned),
        acrm: preflight.then(|| METHOD.to_owned()),
        acrh: preflight.then(|| HEADERS.to_owned()),
        status,
        headers,
    })
}

fn further(site: &Site, request: &Request) -> Result<Response, String> {
    let mut headers = request.headers.clone();
    if request.login {
        headers.push(("Authorization".to_owned(), LOGIN.to_owned()));
    }
    if let Some(Answer::Status(status)) = request.answer.filter(|answer| *answer != Answer::Status(200)) {
        headers.push((STATUS_HEADER.to_owned(), status.to_string()));
    }
    send(site, &request.method, &target(site, &request.url)?, &headers)
}

/// A URL is taken as it is, a path goes to the usual place.
fn target(site: &Site, url: &str) -> Result<Target, String> {
    let Some((scheme, rest)) = url.split_once("://") else {
        let (host, port) = place(site, &Ask::default());
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

/// Host and port: as the case says, else the first plain server name, on 443 or the first port of that server.
fn place(site: &Site, ask: &Ask) -> (String, u16) {
    let servers = site.servers();
    let plain = || servers.iter().flat_map(|server| names(server)).find(|name| is_plain(name));
    let host = ask.host.clone().or_else(|| plain().map(str::to_owned)).unwrap_or_else(|| "localhost".to_owned());
    let port = ask.port.unwrap_or_else(|| {
        let named: Vec<&&Directive> = servers.iter().filter(|server| names(server).contains(&host.as_str())).collect();
        let mine = if named.is_empty() { servers.iter().collect() } else { named };
        let ports =
            mine.iter().flat_map(|server| server.children()).filter(|child| child.is("listen")).map(listen_port);
        let ports: Vec<u16> = ports.collect();
        if ports.contains(&443) { 443 } else { ports.first().copied().unwrap_or(80) }
    });
    (host, port)
}

fn names(server: &Directive) -> Vec<&str> {
    let lines = server.children().iter().filter(|child| child.is("server_name"));
    lines.flat_map(|line| &line.arguments).map(|word| word.value.as_str()).collect()
}

/// Neither a pattern nor the catch-all `_`.
fn is_plain(name: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.chars().all(|char| char.is_alphanumeric() || char == '-' || char == '_')
    };
    name != "_" && name.split('.').all(label)
}
