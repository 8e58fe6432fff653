//! The files of a site, and where everything in them is on this machine.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;

use super::words::{Line, lines};
use crate::case::{Ask, Case, Request, Route, Setup};
use crate::files::{self, is_configuration, matching};
use crate::probe::{self, Running, is_plain};
use crate::process::free_ports;
use crate::standin::{Protocol, StandIn};
use crate::wire::{Applications, Ports};

/// Whose Host requests have where no server has a name.
const HOST: &str = "www.example.com";

/// A `<VirtualHost>`.
#[derive(Debug, Default)]
struct VirtualHost {
    ports: Vec<u16>,
    names: Vec<String>,
}

/// See the module.
pub(super) struct Site {
    pub(super) setup: Setup,
    pub(super) routes: Vec<Route>,
    pub(super) requests: Vec<Request>,
    /// By name relative to the site.
    pub(super) files: BTreeMap<String, String>,
    /// Port as it is written → port on this machine.
    pub(super) ports: Ports,
    /// Where the stand-in application listens.
    standins: BTreeMap<Protocol, SocketAddr>,
    applications: Applications,
    virtual_hosts: Vec<VirtualHost>,
}

impl Site {
    /// Reads every file below `folder`.
    pub(super) fn read(
        folder: &Path,
        case: &Case,
        standins: &BTreeMap<Protocol, StandIn>,
        applications: &Applications,
    ) -> Result<Self, String> {
        let mut site = Self {
            setup: case.setup.clone(),
            routes: case.routes.clone(),
            requests: case.requests.clone(),
            files: files::read(folder)?,
            ports: Ports::new(),
            standins: standins.iter().map(|(protocol, standin)| (*protocol, standin.address())).collect(),
            applications: applications.clone(),
            virtual_hosts: Vec::new(),
        };
        site.virtual_hosts = site.find_virtual_hosts();
        let listens = site.lines().into_iter().filter(|line| line.name == "listen");
        let mut written: BTreeSet<u16> = listens.filter_map(|line| line.value(0).map(port_of)).collect();
        written.extend(site.virtual_hosts.iter().flat_map(|host| &host.ports));
        if written.is_empty() {
            written.insert(80);
        }
        site.ports = free_ports(written)?;
        Ok(site)
    }

    /// Whether it is the configuration of a server, as against `.htaccess` files alone.
    pub(super) fn is_server(&self) -> bool {
        self.files.keys().any(|name| is_configuration(name))
    }

    /// The lines of the server's configuration.
    pub(super) fn lines(&self) -> Vec<Line> {
        self.files.iter().filter(|(name, _)| is_configuration(name)).flat_map(|(_, text)| lines(text)).collect()
    }

    /// The lines of every file that httpd reads.
    pub(super) fn all_lines(&self) -> Vec<Line> {
        let read = |name: &str| is_configuration(name) || is_htaccess(name);
        self.files.iter().filter(|(name, _)| read(name)).flat_map(|(_, text)| lines(text)).collect()
    }

    fn find_virtual_hosts(&self) -> Vec<VirtualHost> {
        let mut found: Vec<VirtualHost> = Vec::new();
        let mut inside = false;
        for line in self.lines() {
            let values = line.words.iter().map(|word| word.value.as_str());
            match line.name.as_str() {
                "virtualhost" => {
                    inside = true;
                    let ports = values.filter(|address| !address.ends_with(":*")).map(port_of);
                    found.push(VirtualHost { ports: ports.collect(), names: Vec::new() });
                }
                "/virtualhost" => inside = false,
                "servername" | "serveralias" if inside => {
                    let host = |name: &str| {
                        let name = name.split_once("://").map_or(name, |(_, name)| name);
                        name.split(':').next().unwrap_or_default().to_owned()
                    };
                    found.last_mut().expect("one was opened").names.extend(values.map(host));
                }
                _ => {}
            }
        }
        found
    }

    /// The files of the site that an `Include` names.
    pub(super) fn included(&self, argument: &str) -> Vec<&str> {
        matching(self.files.keys(), inside(argument))
    }

    /// The files that httpd is to load, by the setup or by their content.
    pub(super) fn entries(&self) -> Vec<&str> {
        if !self.setup.entry.is_empty() {
            return self.setup.entry.iter().map(String::as_str).collect();
        }
        let lines: Vec<Line> = self.lines().into_iter().filter(|line| is_include(&line.name)).collect();
        let included: BTreeSet<&str> =
            lines.iter().filter_map(|line| line.value(0)).flat_map(|argument| self.included(argument)).collect();
        let names = self.files.keys().map(String::as_str);
        names.filter(|name| is_configuration(name) && !included.contains(name)).collect()
    }

    /// The document roots as they are written; none for `.htaccess` files alone.
    pub(super) fn roots(&self) -> BTreeSet<String> {
        let lines = self.lines();
        let roots = lines.iter().filter(|line| line.name == "documentroot").filter_map(|line| line.value(0));
        roots.map(|root| root.trim_end_matches('/').to_owned()).collect()
    }

    /// What stands behind an address, on this machine: an application of the case, else the stand-in.
    pub(super) fn behind(&self, address: &str, protocol: Protocol) -> SocketAddr {
        self.applications.get(address).copied().unwrap_or(self.standins[&protocol])
    }

    /// Whether something is passed on to a backend.
    pub(super) fn has_backend(&self) -> bool {
        self.lines().iter().any(|line| line.name.starts_with("proxypass"))
    }
}

impl Running for Site {
    fn ports(&self) -> &Ports {
        &self.ports
    }

    fn place(&self, ask: &Ask) -> (String, u16) {
        let plain = || self.virtual_hosts.iter().flat_map(|host| &host.names).find(|name| is_plain(name));
        let host = ask.host.clone().or_else(|| plain().cloned()).unwrap_or_else(|| HOST.to_owned());
        let port = ask.port.unwrap_or_else(|| {
            let named: Vec<_> = self.virtual_hosts.iter().filter(|server| server.names.contains(&host)).collect();
            let mine = if named.is_empty() { self.virtual_hosts.iter().collect() } else { named };
            let ports: Vec<u16> = mine.iter().flat_map(|server| server.ports.iter().copied()).collect();
            let first = || ports.first().or_else(|| self.ports.keys().next()).copied().unwrap_or(80);
            if ports.contains(&443) { 443 } else { first() }
        });
        (host, port)
    }

    fn success(&self, route: &Route) -> String {
        let path = route.path.trim_end_matches('/');
        let application = self.is_server() || self.setup.front_controller.is_some();
        match (has_extension(path), route.dynamic) {
            (true, false) => path.to_owned(),
            (false, false) => format!("{path}/data.json"),
            (_, true) if is_script(path) => path.to_owned(),
            (_, true) if application => format!("{path}/items"),
            (_, true) => format!("{path}/items.php"),
        }
    }

    fn failing(&self, good: &str, dynamic: bool) -> Vec<String> {
        let mut paths = if dynamic { probe::failing_application(good) } else { Vec::new() };
        if !dynamic || is_script(good) {
            paths.push(probe::missing_beside(good));
        }
        paths
    }
}

/// Whether its last segment has a dot within.
pub(super) fn has_extension(path: &str) -> bool {
    path.rsplit('/').next().unwrap_or_default().trim_start_matches('.').contains('.')
}

/// Whether httpd runs it.
pub(super) fn is_script(path: &str) -> bool {
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("php" | "cgi"))
}

/// Whether it is a `.htaccess` by its name.
pub(super) fn is_htaccess(name: &str) -> bool {
    name.rsplit('/').next() == Some(".htaccess")
}

pub(super) fn is_include(name: &str) -> bool {
    matches!(name, "include" | "includeoptional")
}

/// An include's argument relative to the site.
pub(super) fn inside(argument: &str) -> &str {
    let prefixes = ["/etc/apache2/", "/etc/httpd/", "./", "/"];
    prefixes.iter().find_map(|prefix| argument.strip_prefix(prefix)).unwrap_or(argument)
}

/// The port of a `Listen` or of a `<VirtualHost>`'s address, as it is written.
pub(super) fn port_of(address: &str) -> u16 {
    address.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or(80)
}
