//! What Apache httpd answers for a case.
//!
//! `site/` is what the program sees, so it is written as for production. It is either `.htaccess` files, which are put
//! into a document root, or the configuration of a server (`*.conf`), of which a copy is made in which only ports,
//! backends' addresses and absolute paths are replaced (`edits`). The copy is started (`server`) among the documents and
//! scripts that are asked for (`fixtures`), and the probes are sent.

mod edits;
mod fixtures;
mod server;
mod site;
mod words;

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::case::{By, Case, Exchange, Headers, Kind, Truth};
use crate::probe::{self, Running};
use crate::standin::{Protocol, StandIn};
use crate::wire::Applications;
use crate::workplace::Workplace;

use site::Site;

/// How often to try again with other ports when somebody else took one in the meantime.
const ATTEMPTS: usize = 4;
/// How long another process may take from its fork to its exec.
const PAUSE: Duration = Duration::from_millis(100);

/// Records one case; the notes say what its author may not have meant.
pub(crate) fn record(folder: &Path, case: &Case) -> Result<(Truth, Vec<String>), String> {
    record_before(&Applications::new(), &folder.join("site"), case)
}

/// Records what is in `folder`, in front of these applications.
pub(crate) fn record_before(
    applications: &Applications,
    folder: &Path,
    case: &Case,
) -> Result<(Truth, Vec<String>), String> {
    let mut truth = Truth {
        server: format!("Apache/{}", server::version()?),
        run: None,
        stripped: Vec::new(),
        rejected: None,
        routes: Vec::new(),
        requests: Vec::new(),
    };
    for attempt in 1..=ATTEMPTS {
        let place = Workplace::new().map_err(|error| format!("temporary folder: {error}"))?;
        let standins = standins(&case.setup.auth_paths).map_err(|error| format!("stand-in application: {error}"))?;
        let site = Site::read(folder, case, &standins, applications)?;
        if case.setup.rejected {
            truth.rejected = server::refusal(&site, &place)?;
            if truth.rejected.is_some() {
                return Ok((truth, Vec::new()));
            }
        }
        let server = match server::start(&site, &place) {
            Ok(server) => server,
            Err(error) if attempt < ATTEMPTS && error.contains("Address already in use") => continue,
            Err(error) => return Err(error),
        };
        let mut notes = probe::all(&site, case, &mut truth)?;
        drop(standins);
        if site.has_backend() {
            backend_down(&site, case, &mut truth)?;
        }
        drop(server);
        finish(&site, case, place.path(), &mut truth);
        match (server::complaint(place.path()), case.setup.rejected) {
            (None, true) => return Err("httpd takes this configuration".to_owned()),
            (complaint, true) => truth.rejected = complaint,
            (complaint, false) => notes.extend(complaint),
        }
        return Ok((truth, notes));
    }
    Err("no port stayed free".to_owned())
}

fn standins(auth_paths: &[String]) -> std::io::Result<BTreeMap<Protocol, StandIn>> {
    let protocols = [Protocol::Http, Protocol::FastCgi];
    protocols.into_iter().map(|protocol| Ok((protocol, StandIn::start(protocol, auth_paths)?))).collect()
}

/// Asks once more now that nothing listens behind the proxy.
fn backend_down(site: &Site, case: &Case, truth: &mut Truth) -> Result<(), String> {
    for (index, recorded) in truth.routes.iter_mut().enumerate().filter(|(_, recorded)| recorded.route.dynamic) {
        let mut exchange = probe::again(site, &recorded.route, &case.ask(index))?;
        // A server that another job is just starting has a copy of the listener between fork and exec: the connection
        // is taken then, and reset.
        for _ in 1..ATTEMPTS {
            if exchange.status == 502 {
                thread::sleep(PAUSE);
                exchange = probe::again(site, &recorded.route, &case.ask(index))?;
            }
        }
        // Anything else did not come from the backend in the first place.
        if exchange.status == 503 {
            recorded.backend_down.push(exchange);
        }
    }
    Ok(())
}

/// Says who was asked for each answer, and puts into order what httpd has in none.
fn finish(site: &Site, case: &Case, place: &Path, truth: &mut Truth) {
    for (index, recorded) in truth.routes.iter_mut().enumerate() {
        let ask = case.ask(index);
        let good = ask.success.clone().unwrap_or_else(|| site.success(&recorded.route));
        let is_declared = |path: &str| {
            let mut failing = ask.errors.iter().flatten();
            failing.any(|failing| failing.status().is_some() && failing.path() == path)
        };
        let mut last: Option<Exchange> = None;
        for exchange in recorded.exchanges.iter_mut().filter(|exchange| exchange.kind == Kind::Actual) {
            // The same once more is without its login.
            let again =
                last.as_ref().is_some_and(|last| (&last.path, &last.origin) == (&exchange.path, &exchange.origin));
            let marked = ["__404", "__500"].iter().any(|mark| exchange.path.contains(mark));
            let application = marked || is_declared(&exchange.path);
            let handled = application || (exchange.path == good && !again);
            last = Some(exchange.clone());
            exchange.by = Some(if handled { By::Handler } else { By::Server });
        }
        for exchange in &mut recorded.backend_down {
            exchange.by = Some(By::Server);
        }
    }
    let probes = truth.routes.iter_mut().flat_map(|recorded| &mut recorded.exchanges);
    let requests = truth.requests.iter_mut().map(|recorded| &mut recorded.response.headers);
    for headers in probes.map(|exchange| &mut exchange.headers).chain(requests) {
        settle(headers, place);
    }
}

/// The methods of an Allow that httpd writes itself come from a hash table, and a redirect may name a folder.
fn settle(headers: &mut Headers, place: &Path) {
    for (name, value) in headers {
        if name.eq_ignore_ascii_case("allow") {
            let mut methods: Vec<&str> = value.split(',').map(str::trim).collect();
            methods.sort_unstable();
            *value = methods.join(",");
        } else if name.eq_ignore_ascii_case("location") {
            *value = edits::as_written(value, place);
        }
    }
}
