//! The files of a site as trees, and where everything in them is on this machine.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;

use crate::case::{Ask, Case, Route, Setup};
use crate::files::{self, is_configuration, matching};
use crate::probe::{self, Running, is_plain};
use crate::process::free_ports;
use crate::standin::{Protocol, StandIn};
use crate::wire::{Applications, Ports};
use corslint::parse::nginx::parse;
use corslint::syntax::directive::{Directive, Tree};

/// One file.
pub(super) struct File {
    /// Its bytes, each as the character of that number, so that any file can be read and written back as it was. A
    /// byte-order mark is left out: nginx takes it for a directive.
    pub(super) text: String,
    /// The tree of a configuration file.
    pub(super) tree: Option<Tree>,
}

/// See the module.
pub(super) struct Site {
    pub(super) setup: Setup,
    /// By name relative to the site.
    pub(super) files: BTreeMap<String, File>,
    /// Port as it is written → port on this machine.
    pub(super) ports: Ports,
    /// Where the stand-in application listens.
    pub(super) standins: BTreeMap<Protocol, SocketAddr>,
    applications: Applications,
    /// How the servers of each upstream, or of a name in a `…_pass`, are spoken to.
    pub(super) protocols: BTreeMap<String, Protocol>,
    /// Directives that this nginx does not know.
    pub(super) unknown: BTreeSet<String>,
}

impl Site {
    /// Reads every file below `folder`.
    pub(super) fn read(
        folder: &Path,
        case: &Case,
        standins: &BTreeMap<Protocol, StandIn>,
        applications: &Applications,
    ) -> Result<Self, String> {
        let files = files::read(folder)?.into_iter().map(|(name, text)| {
            let text = text.strip_prefix("\u{ef}\u{bb}\u{bf}").map(str::to_owned).unwrap_or(text);
            let tree = parse(&text);
            // A password file is no configuration, and need not be readable as one.
            let tree = (is_configuration(&name) || tree.errors.is_empty()).then_some(tree);
            (name, File { text, tree })
        });
        let files: BTreeMap<String, File> = files.collect();
        for (name, file) in files.iter().filter(|_| !case.setup.rejected) {
            if let Some(error) = file.tree.as_ref().and_then(|tree| tree.errors.first()) {
                return Err(format!("{name}: {}", error.message));
            }
        }
        let mut site = Self {
            setup: case.setup.clone(),
            files,
            ports: Ports::new(),
            standins: standins.iter().map(|(protocol, standin)| (*protocol, standin.address())).collect(),
            applications: applications.clone(),
            protocols: BTreeMap::new(),
            unknown: BTreeSet::new(),
        };
        site.protocols = site.find_protocols();
        site.ports = free_ports(site.written_ports())?;
        Ok(site)
    }

    /// Every directive of every file, outer ones before inner ones.
    pub(super) fn directives(&self) -> Vec<&Directive> {
        let mut all = Vec::new();
        let mut open: Vec<&Directive> =
            self.files.values().rev().flat_map(|file| file.directives().iter().rev()).collect();
        while let Some(directive) = open.pop() {
            all.push(directive);
            open.extend(directive.children().iter().rev());
        }
        all
    }

    /// The `server` blocks.
    pub(super) fn servers(&self) -> Vec<&Directive> {
        self.directives().into_iter().filter(|directive| directive.is("server") && directive.body.is_some()).collect()
    }

    fn find_protocols(&self) -> BTreeMap<String, Protocol> {
        let passes = self.directives().into_iter().filter_map(|directive| {
            let protocol = protocol_of(&directive.name.value)?;
            let target = directive.argument(0)?;
            let host = target.split_once("://").map_or(target, |(_, rest)| rest);
            Some((host.split('/').next().unwrap_or_default().to_owned(), protocol))
        });
        passes.collect()
    }

    /// The ports that the site listens on, and 80.
    fn written_ports(&self) -> BTreeSet<u16> {
        let listens = self.directives().into_iter().filter(|directive| directive.is("listen"));
        listens.map(listen_port).chain([80]).collect()
    }

    /// The files that an `include` names.
    pub(super) fn included(&self, argument: &str) -> Vec<&str> {
        matching(self.files.keys(), inside(argument))
    }

    /// The files that nginx is to load, by the setup or by their content.
    pub(super) fn entries(&self) -> Vec<&str> {
        if !self.setup.entry.is_empty() {
            return self.setup.entry.iter().map(String::as_str).collect();
        }
        let main = self.files.iter().find(|(_, file)| file.directives().iter().any(|directive| directive.is("http")));
        if let Some((name, _)) = main {
            return vec![name];
        }
        let lines = self.directives().into_iter().filter(|directive| directive.is("include"));
        let included: BTreeSet<&str> =
            lines.filter_map(|directive| directive.argument(0)).flat_map(|argument| self.included(argument)).collect();
        let names = self.files.keys().map(String::as_str);
        names.filter(|name| is_configuration(name) && !included.contains(name)).collect()
    }

    /// What stands behind an address, on this machine: an application of the case, the site's own server, else the
    /// stand-in.
    pub(super) fn behind(&self, address: &str, protocol: Protocol) -> SocketAddr {
        let application = self.applications.get(address).copied();
        application.or_else(|| self.own(address)).unwrap_or(self.standins[&protocol])
    }

    fn own(&self, address: &str) -> Option<SocketAddr> {
        let port = address.strip_prefix("127.0.0.1:").or_else(|| address.strip_prefix("localhost:"))?;
        let real = self.ports.get(&port.parse().ok()?)?;
        Some(SocketAddr::from(([127, 0, 0, 1], *real)))
    }

    /// The ports on this machine that the running copy listens on.
    pub(super) fn live_ports(&self) -> BTreeSet<u16> {
        let servers = self.servers();
        let mut written = BTreeSet::new();
        for server in &servers {
            let listens: Vec<&Directive> = server.children().iter().filter(|child| child.is("listen")).collect();
            if listens.is_empty() {
                written.insert(80);
            }
            written.extend(listens.into_iter().filter(|listen| !is_socket(listen)).map(listen_port));
        }
        if servers.is_empty() {
            written.insert(80);
        }
        written.iter().filter_map(|port| self.ports.get(port).copied()).collect()
    }
}

impl Running for Site {
    fn ports(&self) -> &Ports {
        &self.ports
    }

    fn place(&self, ask: &Ask) -> (String, u16) {
        let servers = self.servers();
        let plain = || servers.iter().flat_map(|server| names(server)).find(|name| is_plain(name));
        let host = ask.host.clone().or_else(|| plain().map(str::to_owned)).unwrap_or_else(|| "localhost".to_owned());
        let port = ask.port.unwrap_or_else(|| {
            let named: Vec<&&Directive> =
                servers.iter().filter(|server| names(server).contains(&host.as_str())).collect();
            let mine = if named.is_empty() { servers.iter().collect() } else { named };
            let ports =
                mine.iter().flat_map(|server| server.children()).filter(|child| child.is("listen")).map(listen_port);
            let ports: Vec<u16> = ports.collect();
            if ports.contains(&443) { 443 } else { ports.first().copied().unwrap_or(80) }
        });
        (host, port)
    }

    fn success(&self, route: &Route) -> String {
        format!("{}/items", route.path.trim_end_matches('/'))
    }

    fn failing(&self, good: &str, dynamic: bool) -> Vec<String> {
        if dynamic { probe::failing_application(good) } else { vec![probe::missing_beside(good)] }
    }
}

fn names(server: &Directive) -> Vec<&str> {
    let lines = server.children().iter().filter(|child| child.is("server_name"));
    lines.flat_map(|line| &line.arguments).map(|word| word.value.as_str()).collect()
}

impl File {
    /// Its directives; none if it is not a configuration file.
    pub(super) fn directives(&self) -> &[Directive] {
        self.tree.as_ref().map_or(&[], |tree| &tree.directives)
    }
}

/// An include's argument relative to the site.
pub(super) fn inside(argument: &str) -> &str {
    let prefixes = ["/etc/nginx/", "/usr/local/nginx/conf/", "/usr/local/openresty/nginx/conf/", "./", "/"];
    prefixes.iter().find_map(|prefix| argument.strip_prefix(prefix)).unwrap_or(argument)
}

/// The protocol of a `…_pass` directive.
pub(super) fn protocol_of(directive: &str) -> Option<Protocol> {
    match directive {
        "proxy_pass" => Some(Protocol::Http),
        "fastcgi_pass" => Some(Protocol::FastCgi),
        "uwsgi_pass" => Some(Protocol::Uwsgi),
        _ => None,
    }
}

/// The port of a `listen`, as it is written.
pub(super) fn listen_port(listen: &Directive) -> u16 {
    let address = listen.argument(0).unwrap_or_default();
    address.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or(80)
}

/// Whether a `listen` names a Unix socket.
pub(super) fn is_socket(listen: &Directive) -> bool {
    listen.argument(0).is_some_and(|address| address.starts_with("unix:"))
}
