//! Which application of the tree an address means.

use std::path::{Path, PathBuf};

use super::App;
use super::compose::Service;
use crate::discover::real;

/// A connection that the user has written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The host that is forwarded to, as it stands in the configuration, in lower case.
    pub host: String,
    /// Its port; without one, any.
    pub port: Option<u16>,
    /// The folder or file of the application, below the folder of the project's file unless it is absolute; it is there.
    pub to: PathBuf,
}

/// What there is to look an address up in.
pub(super) struct Directory<'a> {
    pub(super) apps: &'a [App],
    pub(super) services: Vec<Service>,
    pub(super) links: &'a [Link],
    pub(super) folders: &'a [PathBuf],
}

impl Directory<'_> {
    /// The one application that all these addresses mean.
    pub(super) fn find(&self, addresses: &[(String, u16)]) -> Option<&App> {
        let mut found = addresses.iter().map(|(host, port)| self.at(host, *port));
        let first = found.next()??;
        found.all(|app| app.is_some_and(|app| std::ptr::eq(app, first))).then_some(first)
    }

    fn at(&self, host: &str, port: u16) -> Option<&App> {
        if let Some(link) = self.links.iter().find(|link| link.host == host && link.port.is_none_or(|p| p == port)) {
            let to = real(&link.to);
            return only(self.apps.iter().filter(|app| app.file.starts_with(&to)), port);
        }
        let named: Vec<&Service> = self.services.iter().filter(|service| service.is_called(host)).collect();
        if !named.is_empty() {
            return self.of_services(&named, port);
        }
        if is_local(host) {
            let published: Vec<&Service> = self.services.iter().filter(|service| service.publishes(port)).collect();
            if !published.is_empty() {
                return self.of_services(&published, port);
            }
            return only_same(self.apps.iter().filter(|app| app.port == Some(port)));
        }
        // A host that is called like a folder of the tree, on the port that the application there listens on.
        let lies_in = |app: &&App| {
            let below = self.folders.iter().filter_map(|top| app.file.parent()?.strip_prefix(top).ok());
            below.flat_map(Path::components).any(|part| part.as_os_str() == host)
        };
        only_same(self.apps.iter().filter(|app| app.port == Some(port)).filter(lies_in))
    }

    /// The application that all services which go by a name are built from.
    fn of_services(&self, services: &[&Service], port: u16) -> Option<&App> {
        let built: Vec<&Service> = services.iter().copied().filter(|service| service.context.is_some()).collect();
        let mut found = built.iter().map(|service| {
            let inside = service.inside(port);
            let context = service.context.as_deref()?;
            let apps = self.apps.iter().filter(|app| app.file.starts_with(context));
            // A port that the application is told to take is one that it does not name.
            let fits = |app: &&App| service.is_told_port || app.port.is_none_or(|own| own == inside);
            only(apps.filter(fits), inside)
        });
        let first = found.next()??;
        found.all(|app| app.is_some_and(|app| std::ptr::eq(app, first))).then_some(first)
    }
}

/// The only application, or of several the only one that names this port.
fn only<'a>(apps: impl Iterator<Item = &'a App>, port: u16) -> Option<&'a App> {
    let apps: Vec<&App> = apps.collect();
    only_same(apps.iter().copied()).or_else(|| only_same(apps.iter().copied().filter(|app| app.port == Some(port))))
}

/// The only application; several programs that run the same one are taken for one.
fn only_same<'a>(mut apps: impl Iterator<Item = &'a App>) -> Option<&'a App> {
    let place = |app: &App| app.policy.site(app.site).location;
    let first = apps.next()?;
    apps.all(|app| place(app) == place(first)).then_some(first)
}

fn is_local(host: &str) -> bool {
    matches!(host, "127.0.0.1" | "localhost" | "[::1]" | "host.docker.internal")
}
