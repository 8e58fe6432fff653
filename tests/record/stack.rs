//! What a server answers with the Express application behind it that it forwards to.
//!
//! `site/server/` is the configuration of nginx or httpd, the other folders of `site/` are applications. Each is run as in a
//! case of its own; the address that the configuration has for an application becomes the one where it listens.

use std::path::Path;

use crate::case::{Case, Truth};
use crate::wire::Applications;
use crate::{apache, express, nginx};

/// Records one case; the notes say what its author may not have meant.
pub(crate) fn record(folder: &Path, case: &Case) -> Result<(Truth, Vec<String>), String> {
    let site = folder.join("site");
    let started = case.setup.applications.iter().map(|(address, application)| {
        let application = express::start(&site.join(application), case)?;
        Ok((address.clone(), application))
    });
    let started = started.collect::<Result<Vec<_>, String>>()?;
    let applications: Applications =
        started.iter().map(|(address, application)| (address.clone(), application.address())).collect();
    let server = site.join("server");
    let (mut truth, mut notes) = match case.frontend.as_str() {
        "nginx" => nginx::record_before(&applications, &server, case)?,
        "apache" => apache::record_before(&applications, &server, case)?,
        other => return Err(format!("{other} stands before no application")),
    };
    if let Some((_, application)) = started.first() {
        truth.server = format!("{} before {}", truth.server, application.server()?);
    }
    notes.extend(express::unexpected(case, &truth));
    Ok((truth, notes))
}
