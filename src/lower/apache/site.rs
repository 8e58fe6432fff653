//! Virtual hosts.

use super::node::Node;
use super::region::{Proxy, covers};
use super::{Lowering, TakenIn};
use crate::link::apache::Configuration;
use crate::policy::{self, Block, BlockId, Host, Listener, PathMatcher, PrefixRoute, Program, Routes, Site, SiteId};
use crate::source::{Location, Span};
use crate::syntax::hole;

/// Where files lie where nothing says so: what Debian's package configures.
const USUAL_ROOT: &str = "/var/www/html";

/// What a site is made of.
pub(super) struct SiteParts<'n> {
    /// Outside of virtual hosts.
    pub(super) server: &'n [Node],
    /// The virtual host's own.
    pub(super) host: &'n [Node],
    /// The `.htaccess` files below its document root, outer before inner.
    pub(super) folders: Vec<FolderPart<'n>>,
    pub(super) document_root: String,
    /// In the order in which they are asked.
    pub(super) proxies: Vec<Proxy>,
    /// In the order in which they are asked.
    pub(super) aliases: Vec<Alias>,
    /// Paths that an application answers.
    pub(super) applications: Vec<Application>,
}

/// A `.htaccess`.
pub(super) struct FolderPart<'n> {
    /// Below the document root, without slashes at its ends.
    pub(super) path: &'n str,
    pub(super) nodes: &'n [Node],
    /// Its first line.
    pub(super) head: Location,
    /// Whether httpd refuses it.
    pub(super) broken: bool,
}

/// Where an application or its scripts answer whatever the path.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Application {
    pub(super) path: String,
    /// Whether a path is the file of a script, which may not be there.
    pub(super) is_script: bool,
    pub(super) location: Location,
}

/// An `Alias`.
pub(super) struct Alias {
    pub(super) path: String,
    pub(super) target: String,
    /// The directive, as it is called in the manual.
    pub(super) name: &'static str,
    pub(super) location: Location,
}

impl FolderPart<'_> {
    /// What paths below it begin with.
    pub(super) fn prefix(&self) -> String {
        if self.path.is_empty() { "/".to_owned() } else { format!("/{}/", self.path) }
    }
}

impl<'n> SiteParts<'n> {
    /// The sections of these names, the server's before the virtual host's.
    pub(super) fn sections(&self, names: &'static [&'static str]) -> impl Iterator<Item = &'n Node> + use<'n> {
        self.server.iter().chain(self.host).filter(move |node| names.contains(&node.name.as_str()))
    }

    /// The path that a folder on disk is served at.
    pub(super) fn url_of(&self, folder: &str) -> Option<String> {
        let root = self.document_root.trim_end_matches('/');
        let alias = |alias: &Alias| {
            let target = alias.target.trim_end_matches('/');
            covers(target, folder).then(|| format!("{}{}", alias.path.trim_end_matches('/'), &folder[target.len()..]))
        };
        let url = match self.aliases.iter().find_map(alias) {
            Some(url) => Some(url),
            None => covers(root, folder).then(|| folder[root.len()..].to_owned()),
        };
        url.map(|url| format!("{url}/"))
    }

    /// Whether the `.htaccess` of a folder is read at all: what the deepest `Directory` above it says of `AllowOverride`.
    fn reads(&self, folder: &FolderPart<'_>) -> bool {
        let place = format!("{}{}", self.document_root, folder.prefix());
        let mut allowed: Option<(usize, bool)> = None;
        for section in self.sections(&["directory"]) {
            let Some(path) = section.argument(0).map(|path| path.trim_end_matches('/')) else { continue };
            let said = section.children.iter().rev().find(|node| node.name == "allowoverride");
            if let Some(node) = said.filter(|_| path.is_empty() || covers(path, place.trim_end_matches('/')))
                && allowed.is_none_or(|(length, _)| length <= path.len())
            {
                allowed = Some((path.len(), !node.says(0, "None")));
            }
        }
        allowed.is_none_or(|(_, allowed)| allowed)
    }

    /// The `ProxyPassMatch` outside of sections.
    pub(super) fn matching_proxies(&self) -> impl Iterator<Item = &'n Node> + use<'n> {
        let all = self.host.iter().chain(self.server).filter(|node| node.name == "proxypassmatch");
        all.filter(|node| node.argument(1).is_some_and(|target| target != "!"))
    }

    /// How many names the path of the document root has.
    pub(super) fn root_depth(&self) -> usize {
        self.document_root.split('/').filter(|name| !name.is_empty()).count()
    }
}

impl Lowering {
    /// The sites of a configuration, in the order in which httpd tries them.
    pub(super) fn sites(&mut self, configuration: &Configuration<'_>, taken_in: &TakenIn) {
        self.declare_variables(&taken_in.server);
        self.declare_variables(&taken_in.hosts);
        for folder in &taken_in.folders {
            self.declare_variables(folder);
        }
        let beginning = Location { source: configuration.root, span: Span::new(0, 0) };
        let folders = || {
            let nodes = configuration.folders.iter().zip(&taken_in.folders);
            nodes.map(|(folder, nodes)| FolderPart {
                path: &folder.path,
                nodes,
                head: nodes.first().map_or(Location { source: folder.source, span: Span::new(0, 0) }, Node::head),
                broken: folder.broken,
            })
        };
        if !configuration.is_server() {
            let parts = parts(&[], &[], folders().collect());
            let location = parts.folders.first().map_or(beginning, |folder| folder.head);
            // Nothing says where the server listens: on the usual ports.
            let listeners = [(80, false), (443, true)].map(|(port, tls)| listener(port, tls, true)).to_vec();
            self.site(&parts, listeners, (".htaccess".to_owned(), location), location);
            return;
        }
        let mut taken: Vec<u16> = Vec::new();
        for host in &taken_in.hosts {
            let mut parts = parts(&taken_in.server, &host.children, Vec::new());
            if configuration.document_root.as_ref().is_some_and(|root| same_folder(root, &parts.document_root)) {
                let all: Vec<FolderPart<'_>> = folders().collect();
                parts.folders = all.into_iter().filter(|folder| parts.reads(folder)).collect();
            }
            let listeners = host_listeners(host, &mut taken);
            let name = server_name(&host.children).unwrap_or_else(|| listener_name(&listeners));
            self.site(&parts, listeners, (format!("virtual host {name}"), host.head()), host.head());
        }
        if taken_in.hosts.is_empty() {
            let parts = parts(&taken_in.server, &[], folders().collect());
            let location = taken_in.server.first().map_or(beginning, Node::head);
            let listeners = server_listeners(&taken_in.server);
            let name = server_name(&taken_in.server).map_or("the server".to_owned(), |name| format!("server {name}"));
            self.site(&parts, listeners, (name, location), location);
        }
    }

    fn site(&mut self, parts: &SiteParts<'_>, listeners: Vec<Listener>, whole: (String, Location), location: Location) {
        let own = if parts.host.is_empty() { parts.server } else { parts.host };
        let hosts = self.hosts(own);
        let block = BlockId(policy::push(&mut self.policy.blocks, Block { name: whole.0.clone(), location }));
        let site = SiteId(policy::push(
            &mut self.policy.sites,
            Site {
                name: whole.0.clone(),
                location,
                listeners,
                hosts,
                program: Program::default(),
                block,
                routes: Routes::default(),
            },
        ));
        self.hides_origin = hides_origin(parts);
        let endpoints = self.endpoints(parts, site, block, whole);
        let mut routes = Routes::default();
        for id in endpoints {
            match &self.policy.endpoint(id).path {
                PathMatcher::Exact(path) => routes.exact.push((path.clone(), id)),
                PathMatcher::Prefix(path) => {
                    routes.prefixes.push(PrefixRoute { path: path.clone(), stops_patterns: true, endpoint: id });
                }
                _ => {}
            }
        }
        routes.prefixes.sort_by_key(|route| std::cmp::Reverse(route.path.len()));
        self.policy.sites[site.index()].routes = routes;
    }

    fn hosts(&mut self, nodes: &[Node]) -> Vec<Host> {
        let mut hosts = Vec::new();
        for node in nodes.iter().filter(|node| matches!(node.name.as_str(), "servername" | "serveralias")) {
            for word in &node.words {
                let name = host_of(&word.value);
                hosts.push(match name.strip_prefix('*') {
                    Some(suffix) if suffix.starts_with('.') && !suffix.contains(['*', '?']) => {
                        Host::Suffix { suffix: suffix.to_owned(), apex: false }
                    }
                    _ if name.contains(['*', '?']) => Host::Pattern(self.wildcard(&name, true, true, node.at(word))),
                    _ => Host::Exact(name),
                });
                if node.name == "servername" {
                    break;
                }
            }
        }
        hosts
    }
}

/// The parts that a site is put together from, without its `.htaccess` files where it has none.
fn parts<'n>(server: &'n [Node], host: &'n [Node], folders: Vec<FolderPart<'n>>) -> SiteParts<'n> {
    let lists = [host, server];
    let named = |name: &str| {
        let mut nodes = lists.iter().flat_map(|nodes| nodes.iter());
        nodes.find(|node| node.name == name).and_then(|node| node.argument(0)).map(str::to_owned)
    };
    let document_root = named("documentroot").or_else(|| likely_root(&lists)).unwrap_or_else(|| USUAL_ROOT.to_owned());
    SiteParts {
        server,
        host,
        folders,
        document_root: document_root.trim_end_matches('/').to_owned(),
        proxies: proxies(&lists),
        aliases: aliases(&lists),
        applications: applications(&lists),
    }
}

/// The folder that a piece of a configuration without `DocumentRoot` speaks of.
fn likely_root(lists: &[&[Node]]) -> Option<String> {
    let directories = lists.iter().flat_map(|nodes| nodes.iter()).filter(|node| node.name == "directory");
    let paths = directories.filter_map(|node| node.argument(0));
    let plain = paths
        .map(|path| path.trim_end_matches('/'))
        .filter(|path| !path.is_empty() && !super::pattern::has_wildcard(path) && *path != "~");
    plain.min_by_key(|path| path.len()).map(str::to_owned)
}

/// Inside `Location`, the deepest one first; then in the order of their lines, the virtual host's before the server's.
fn proxies(lists: &[&[Node]]) -> Vec<Proxy> {
    let is_pass = |node: &&Node| matches!(node.name.as_str(), "proxypass" | "jkmount");
    let mut inside: Vec<Proxy> = Vec::new();
    for section in lists.iter().flat_map(|nodes| nodes.iter()).filter(|node| node.name == "location") {
        let Some(path) = section.argument(0).filter(|path| path.starts_with('/')) else { continue };
        for node in section.children.iter().filter(is_pass) {
            if let Some(target) = node.argument(0) {
                let (path, target) = (path.to_owned(), target.to_owned());
                inside.push(Proxy { path, target, location: node.head() });
            }
        }
    }
    inside.sort_by_key(|proxy| std::cmp::Reverse(proxy.path.len()));
    let plain = lists.iter().flat_map(|nodes| nodes.iter()).filter(is_pass).filter_map(|node| {
        let (path, target) = (node.argument(0)?, node.argument(1)?);
        Some(Proxy { path: path.trim_end_matches('*').to_owned(), target: target.to_owned(), location: node.head() })
    });
    inside.extend(plain);
    inside
}

fn aliases(lists: &[&[Node]]) -> Vec<Alias> {
    let nodes = lists.iter().flat_map(|nodes| nodes.iter());
    let alias = |node: &Node| {
        let (path, target) = (node.argument(0)?, node.argument(1)?);
        let (path, target) = match node.name.as_str() {
            "alias" | "scriptalias" => (path, target),
            // Every path below is that one script's, in its folder.
            "wsgiscriptalias" => (path, target.rsplit_once('/')?.0),
            "aliasmatch" => (literal_folder(path.strip_prefix('^')?)?, literal_folder(target)?),
            _ => return None,
        };
        let name = match node.name.as_str() {
            "scriptalias" => "ScriptAlias",
            "wsgiscriptalias" => "WSGIScriptAlias",
            "aliasmatch" => "AliasMatch",
            _ => "Alias",
        };
        Some(Alias { name, path: path.to_owned(), target: target.to_owned(), location: node.head() })
    };
    nodes.filter_map(alias).collect()
}

/// The folder that a pattern or its replacement begins with before anything special in it.
fn literal_folder(text: &str) -> Option<&str> {
    let plain = text.find(['(', '[', '.', '*', '+', '?', '\\', '$', '|', '{']).map_or(text, |end| &text[..end]);
    plain.rfind('/').map(|slash| &plain[..=slash]).filter(|folder| folder.len() > 1)
}

/// Places where scripts or applications answer whatever the path.
fn applications(lists: &[&[Node]]) -> Vec<Application> {
    let nodes = lists.iter().flat_map(|nodes| nodes.iter());
    let application = |node: &Node| {
        let path = match node.name.as_str() {
            "scriptalias" | "wsgiscriptalias" => node.argument(0)?.to_owned(),
            "passengerenabled" if node.says(0, "on") => "/".to_owned(),
            "passengerapproot" | "railsenv" | "rackenv" => "/".to_owned(),
            _ => return None,
        };
        // A folder of scripts, some of which may not be there; or one script, which is.
        let is_script = node.name == "scriptalias" && node.argument(1).is_some_and(|target| target.ends_with('/'));
        Some(Application { path, is_script, location: node.head() })
    };
    nodes.filter_map(application).collect()
}

/// Whether `RequestHeader unset Origin early` stands outside of sections; without `early` it comes too late to hide it.
fn hides_origin(parts: &SiteParts<'_>) -> bool {
    let mut nodes = parts.server.iter().chain(parts.host).filter(|node| node.name == "requestheader");
    nodes.any(|node| node.says(0, "unset") && node.says(1, "origin") && node.says(2, "early"))
}

/// The name without a scheme or port, in lower case.
fn host_of(value: &str) -> String {
    let value = hole::fill(value, |_| "template".to_owned());
    let host = value.split_once("://").map_or(&*value, |(_, rest)| rest);
    host.split(':').next().unwrap_or_default().trim_end_matches('/').to_ascii_lowercase()
}

fn server_name(nodes: &[Node]) -> Option<String> {
    let node = nodes.iter().find(|node| node.name == "servername")?;
    node.argument(0).map(|name| hole::decode(name).into_owned())
}

fn listener_name(listeners: &[Listener]) -> String {
    listeners.first().map_or(String::new(), |listener| format!("*:{}", listener.port))
}

fn listener(port: u16, tls: bool, default: bool) -> Listener {
    Listener { address: String::new(), port, tls, default }
}

/// Where a virtual host listens. The first one on a port is what unknown names there go to.
fn host_listeners(host: &Node, taken: &mut Vec<u16>) -> Vec<Listener> {
    let tls = host.children.iter().any(|node| node.name == "sslengine" && node.says(0, "on"));
    let mut listeners: Vec<Listener> = Vec::new();
    for word in &host.words {
        let port = port_of(&word.value).unwrap_or(80);
        if !listeners.iter().any(|listener| listener.port == port) {
            let default = !taken.contains(&port);
            taken.push(port);
            listeners.push(listener(port, tls || port == 443, default));
        }
    }
    listeners
}

fn server_listeners(nodes: &[Node]) -> Vec<Listener> {
    let ports = nodes.iter().filter(|node| node.name == "listen").filter_map(|node| node.argument(0));
    let mut listeners: Vec<Listener> = ports
        .map(|value| value.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or(80))
        .map(|port: u16| listener(port, port == 443, true))
        .collect();
    if listeners.is_empty() {
        listeners.push(listener(80, false, true));
    }
    listeners
}

/// `*:80`, `_default_:443`, `[::1]:80`.
fn port_of(value: &str) -> Option<u16> {
    let (_, port) = value.rsplit_once(':')?;
    port.parse().ok()
}

fn same_folder(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}
