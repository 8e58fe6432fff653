//! What nginx answers for a case.
//!
//! `site/` is what the program sees, so it is written as for production: `listen 443 ssl`, host names of upstreams,
//! absolute paths. A copy is made in which only that is replaced (`edits`), the copy is started (`server`), and the
//! probes are sent.

mod edits;
mod server;
mod site;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::case::{Case, Truth};
use crate::probe;
use crate::standin::{Protocol, StandIn};
use crate::wire::Applications;
use crate::workplace::Workplace;

use site::Site;

/// How often to try again with other ports when somebody else took one in the meantime.
const ATTEMPTS: usize = 4;

/// Records one case; the notes say what its author may not have meant.
pub(crate) fn record(folder: &Path, case: &Case) -> Result<(Truth, Vec<String>), String> {
    let version = server::version()?;
    let run = source(case, &version);
    let (truth, notes) = record_before(&Applications::new(), &folder.join(run), case)?;
    Ok((Truth { run: (run != "site").then(|| run.to_owned()), ..truth }, notes))
}

/// Records what is in `folder`, in front of these applications.
pub(crate) fn record_before(
    applications: &Applications,
    folder: &Path,
    case: &Case,
) -> Result<(Truth, Vec<String>), String> {
    let standins = standins(&case.setup.auth_paths).map_err(|error| format!("stand-in application: {error}"))?;
    let mut truth = Truth {
        server: format!("nginx/{}", server::version()?),
        run: None,
        stripped: Vec::new(),
        rejected: None,
        routes: Vec::new(),
        requests: Vec::new(),
    };
    for attempt in 1..=ATTEMPTS {
        let place = Workplace::new().map_err(|error| format!("temporary folder: {error}"))?;
        let mut site = Site::read(folder, case, &standins, applications)?;
        if case.setup.rejected {
            truth.rejected = Some(server::refusal(&site, &place)?);
            return Ok((truth, Vec::new()));
        }
        let server = match server::start(&mut site, &place) {
            Ok(server) => server,
            Err(error) if attempt < ATTEMPTS && error.contains("Address already in use") => continue,
            Err(error) => return Err(error),
        };
        truth.stripped = site.unknown.iter().cloned().collect();
        let notes = probe::all(&site, case, &mut truth)?;
        drop(server);
        return Ok((truth, notes));
    }
    Err("no port stayed free".to_owned())
}

/// The folder to run: `site`, or `written-out` where this nginx is too old for it.
fn source(case: &Case, version: &str) -> &'static str {
    let numbers = |version: &str| -> Vec<u32> { version.split('.').filter_map(|part| part.parse().ok()).collect() };
    match &case.setup.needs {
        Some(needed) if numbers(version) < numbers(needed) => "written-out",
        _ => "site",
    }
}

fn standins(auth_paths: &[String]) -> io::Result<BTreeMap<Protocol, StandIn>> {
    let protocols = [Protocol::Http, Protocol::FastCgi, Protocol::Uwsgi];
    protocols.into_iter().map(|protocol| Ok((protocol, StandIn::start(protocol, auth_paths)?))).collect()
}
