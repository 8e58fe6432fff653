//! What Express answers for a case.
//!
//! `site/` is an application as its author wrote it. A copy of it is run by node among the npm packages that it may ask
//! for (`packages`), with Express 4 or 5 as its `package.json` says; TypeScript goes through tsx. `listen.cjs` makes it
//! listen on a free port of this machine. There is no stand-in: the case names paths at which the site's own code
//! answers, and how.

mod packages;
mod site;

use std::path::Path;

use crate::case::{Ask, Case, Failing, Kind, Truth};
use crate::probe;

pub(crate) use site::Site;

/// How often to try again with another port when somebody else took it in the meantime.
const ATTEMPTS: usize = 4;

/// Records one case; the notes say what its author may not have meant.
pub(crate) fn record(folder: &Path, case: &Case) -> Result<(Truth, Vec<String>), String> {
    let (site, started) = run(&folder.join("site"), case)?;
    let mut truth = Truth {
        server: site.server()?,
        run: None,
        stripped: Vec::new(),
        rejected: None,
        routes: Vec::new(),
        requests: Vec::new(),
    };
    match (started, case.setup.rejected) {
        (Err(error), false) => return Err(error),
        (Ok(()), true) => return Err("it starts".to_owned()),
        (Err(error), true) => {
            truth.rejected = Some(reason(&error));
            return Ok((truth, Vec::new()));
        }
        (Ok(()), false) => {}
    }
    let mut notes = probe::all(&site, case, &mut truth)?;
    notes.extend(unexpected(case, &truth));
    Ok((truth, notes))
}

/// The application in `folder`, running until it is dropped.
pub(crate) fn start<'c>(folder: &Path, case: &'c Case) -> Result<Site<'c>, String> {
    let (site, started) = run(folder, case)?;
    started.map(|()| site)
}

/// A copy of the application in `folder`, and how its start went.
fn run<'c>(folder: &Path, case: &'c Case) -> Result<(Site<'c>, Result<(), String>), String> {
    for _ in 0..ATTEMPTS {
        let site = Site::copy(folder, case)?;
        let started = site.start();
        if !started.as_ref().is_err_and(|error| error.contains("EADDRINUSE")) {
            return Ok((site, started));
        }
    }
    Err("no port stayed free".to_owned())
}

/// The line of node's report that names the error.
fn reason(report: &str) -> String {
    let is_error = |line: &&str| line.split([':', ' ']).next().is_some_and(|word| word.ends_with("Error"));
    report.lines().find(is_error).unwrap_or(report).trim().to_owned()
}

/// Where the first origin that is trusted does not get the status that the case declares: the site is then not what its
/// author believed, or refuses even those that it trusts.
pub(crate) fn unexpected(case: &Case, truth: &Truth) -> Vec<String> {
    let mut notes = Vec::new();
    for (index, recorded) in truth.routes.iter().enumerate() {
        let Ask { errors, .. } = case.ask(index);
        for failing in errors.iter().flatten() {
            let Failing::Answered(declared, path) = failing else { continue };
            let sample = recorded.route.trusted.first();
            let mut answers = recorded.exchanges.iter().filter(|exchange| {
                exchange.kind == Kind::Actual && exchange.path == *path && exchange.origin.as_ref() == sample
            });
            if let Some(other) = answers.find(|exchange| exchange.status != *declared) {
                notes.push(format!("{path} is answered {}, not {declared}", other.status));
            }
        }
    }
    notes
}
