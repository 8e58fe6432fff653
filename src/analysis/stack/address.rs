//! Which application of the tree an address means.

use std::path::{Path, PathBuf};

use super::App;
use super::compose::{Build, Service};
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
    /// The one application that all these addresses mean where they stand in the configuration that begins with the file
    /// `from`.
    pub(super) fn find(&self, addresses: &[(String, u16)], from: &Path) -> Option<&App> {
        let mut found = addresses.iter().map(|(host, port)| self.at(host, *port, from));
        let first = found.next()??;
        found.all(|app| app.is_some_and(|app| std::ptr::eq(app, first))).then_some(first)
    }

    fn at(&self, host: &str, port: u16, from: &Path) -> Option<&App> {
        if let Some(link) = self.links.iter().find(|link| link.host == host && link.port.is_none_or(|p| p == port)) {
            let to = real(&link.to);
            return only(self.apps.iter().filter(|app| app.file.starts_with(&to)), port);
        }
        let named: Vec<&Service> = self.services.iter().filter(|service| service.is_called(host)).collect();
        if !named.is_empty() {
            return self.of_services(&nearest(named, from), port);
        }
        if is_local(host) {
            let published: Vec<&Service> = self.services.iter().filter(|service| service.publishes(port)).collect();
            if !published.is_empty() {
                return self.of_services(&nearest(published, from), port);
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

    /// The applications that the image of a service may hold.
    fn of_build<'a>(&'a self, service: &Service, build: &Build) -> Vec<&'a App> {
        let within = |folder: &Path| self.apps.iter().filter(|app| app.file.starts_with(folder)).collect::<Vec<_>>();
        let own = build.folder().map(within).unwrap_or_default();
        if !own.is_empty() {
            return own;
        }
        let mut apps = within(&build.context);
        let is_other = |other: &&Service| other.project == service.project && !other.is_namesake(service);
        let others = self.services.iter().filter(is_other);
        if others.filter_map(|other| other.build.as_ref()).any(|other| other.is_other_of_same(build)) {
            // Which of the folders below it is for, only a name can tell.
            apps.retain(|app| {
                let below = app.file.parent().and_then(|folder| folder.strip_prefix(&build.context).ok());
                let mut parts = below.into_iter().flat_map(Path::components);
                parts.any(|part| part.as_os_str().to_str().is_some_and(|name| service.is_called(name)))
            });
        }
        apps
    }

    /// The application that all services which go by a name are built from.
    fn of_services(&self, services: &[&Service], port: u16) -> Option<&App> {
        let mut found =
            services.iter().filter_map(|service| Some((service, service.build.as_ref()?))).map(|(service, build)| {
                let inside = service.inside(port);
                // A port that the application is told to take is one that it does not name; then it has to be the program
                // that the folder is there for.
                let folder = build.folder().unwrap_or(&build.context);
                let fits = |app: &&App| {
                    app.port == Some(inside)
                        || ((service.is_told_port || app.port.is_none()) && !is_of_another_package(&app.file, folder))
                };
                only(self.of_build(service, build).into_iter().filter(fits), inside)
            });
        let first = found.next()??;
        found.all(|app| app.is_some_and(|app| std::ptr::eq(app, first))).then_some(first)
    }
}

/// Of services that go by one name, those that a configuration beginning with `from` means: of the projects that it is
/// a part of, the innermost that builds it; of others only where none of its own has it.
fn nearest<'a>(services: Vec<&'a Service>, from: &Path) -> Vec<&'a Service> {
    let own: Vec<&Service> = services.iter().copied().filter(|service| from.starts_with(&service.project)).collect();
    if own.is_empty() {
        return services;
    }
    let built = own.iter().filter(|service| service.build.is_some()).map(|service| &service.project);
    let Some(project) = built.max_by_key(|project| project.components().count()) else { return Vec::new() };
    own.into_iter().filter(|service| service.project == *project).collect()
}

/// Whether a file belongs to a package further down than `folder`.
fn is_of_another_package(file: &Path, folder: &Path) -> bool {
    let below = file.ancestors().skip(1).take_while(|above| above.starts_with(folder) && *above != folder);
    below.into_iter().any(|above| above.join("package.json").is_file())
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
