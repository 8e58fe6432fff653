//! Servers: sites, their addresses and names.
//!
//! Source: <https://nginx.org/en/docs/http/request_processing.html>, `listen` and `server_name` in
//! <https://nginx.org/en/docs/http/ngx_http_core_module.html>.

use crate::link::Item;
use crate::policy::{
    self, Block, BlockId, Effect, Endpoint, EndpointId, Host, Listener, PathMatcher, Program, Routes, Site, SiteId,
    Statement,
};
use crate::source::{Location, SourceId, Span};
use crate::syntax::hole;

use super::headers::AddHeaders;
use super::settings::Settings;
use super::{Lowering, content, head, location, word_at};
use crate::lower::template as stand_in;

impl Lowering {
    /// A `server { … }`.
    pub(super) fn server(&mut self, item: &Item<'_>, http: &Settings) {
        self.refuse_headers_in_ifs(&item.children);
        self.site(&item.children, http, head(item));
    }

    /// A file of a server's directives without `server { … }` round them: what is above is not known.
    pub(super) fn bare_server(&mut self, items: &[Item<'_>], root: SourceId) {
        let (settings, location) = self.surroundings(items, root);
        self.site(items, &settings, location);
    }

    /// A file of a location's directives: where it is included is not known, nor, unless it says so, what answers there.
    pub(super) fn bare_location(&mut self, items: &[Item<'_>], root: SourceId) {
        let (settings, location) = self.surroundings(items, root);
        let site = self.site(&[], &settings, location);
        let inner = settings.inner(self, items);
        let block = BlockId(policy::push(&mut self.policy.blocks, Block { name: "fragment".to_owned(), location }));
        let mut program = location::program(self, items, &inner, block, location, &PathMatcher::Any);
        if content::Handler::named_by(self, items, &PathMatcher::Any).is_none() {
            let unknown =
                self.unknown("nothing around this fragment matters".to_owned(), "is not in the tree", location);
            program.rewrite.insert(0, Statement::UnknownEffect { effect: Effect::Any, unknown });
        }
        let endpoint = self.endpoint("fragment".to_owned(), location, site, program, block);
        if let Some(site) = self.policy.sites.get_mut(site.index()) {
            site.routes.fallback = Some(endpoint);
        }
    }

    /// In an `if` of a server itself neither `add_header` nor headers-more's directives may stand.
    fn refuse_headers_in_ifs(&mut self, items: &[Item<'_>]) {
        let only_in_locations = ["add_header", "more_set_headers", "more_clear_headers"];
        for item in items.iter().filter(|item| item.directive.is("if")) {
            for header in &item.children {
                let name = header.directive.name.value.as_str();
                if only_in_locations.contains(&name) {
                    let message = format!("`{name}` is not allowed in an `if` outside a location");
                    self.will_not_start(header, head(header), message);
                }
            }
        }
    }

    fn surroundings(&mut self, items: &[Item<'_>], root: SourceId) -> (Settings, Location) {
        let location = items.first().map_or(Location { source: root, span: Span::new(0, 0) }, head);
        let unknown = self.unknown("nothing around this fragment matters".to_owned(), "is not in the tree", location);
        (Settings { add_headers: AddHeaders::unseen(unknown), ..Settings::default() }, location)
    }

    fn site(&mut self, items: &[Item<'_>], outer: &Settings, location: Location) -> SiteId {
        let settings = outer.inner(self, items);
        let id = SiteId(u32::try_from(self.policy.sites.len()).unwrap_or(u32::MAX));
        let hosts = self.hosts(items);
        let name = site_name(items);
        let block = BlockId(policy::push(&mut self.policy.blocks, Block { name: name.clone(), location }));
        let program = location::site_program(self, items, &settings, block);
        let site =
            Site { name, location, listeners: listeners(items), hosts, program, block, routes: Routes::default() };
        self.policy.sites.push(site);
        let mut named = Vec::new();
        let mut routes = location::routes(self, id, items, &settings, &mut named);
        routes.named = named;
        // `location /` leaves no path over.
        if !routes.prefixes.iter().any(|route| route.path == "/") {
            routes.fallback = Some(self.outside_locations(items, &settings, id, location));
        }
        if let Some(site) = self.policy.sites.get_mut(id.index()) {
            site.routes = routes;
        }
        id
    }

    /// What answers paths for which there is no location: the server with its root.
    fn outside_locations(&mut self, items: &[Item<'_>], settings: &Settings, site: SiteId, at: Location) -> EndpointId {
        let name = self.policy.site(site).name.clone();
        let block = BlockId(policy::push(&mut self.policy.blocks, Block { name: name.clone(), location: at }));
        // Its rewrite directives have run as the site's; they are not the endpoint's.
        let rest: Vec<Item<'_>> = items.iter().filter(|item| !is_rewrite(item)).cloned().collect();
        let program = location::program(self, &rest, settings, block, at, &PathMatcher::Any);
        self.endpoint(name, at, site, program, block)
    }

    /// An endpoint for every path that no other is for.
    fn endpoint(&mut self, name: String, at: Location, site: SiteId, program: Program, block: BlockId) -> EndpointId {
        let endpoint = Endpoint {
            name,
            location: at,
            site,
            path: PathMatcher::Any,
            internal: false,
            program,
            block,
            nested: Routes::default(),
            derived: false,
            samples: Vec::new(),
            method: "GET".to_owned(),
            is_simple: false,
        };
        EndpointId(policy::push(&mut self.policy.endpoints, endpoint))
    }

    fn hosts(&mut self, items: &[Item<'_>]) -> Vec<Host> {
        let mut hosts = Vec::new();
        for item in items.iter().filter(|item| item.directive.is("server_name")) {
            for word in &item.directive.arguments {
                let name = stand_in::host(&word.value).to_ascii_lowercase();
                hosts.push(if let Some(pattern) = word.value.strip_prefix('~') {
                    // Host names are compared without regard to case; nginx lower-cases them first.
                    Host::Pattern(self.pattern(pattern, true, word_at(item, word)))
                } else if let Some(suffix) = name.strip_prefix('*').filter(|rest| rest.starts_with('.')) {
                    Host::Suffix { suffix: suffix.to_owned(), apex: false }
                } else if name.starts_with('.') {
                    Host::Suffix { suffix: name, apex: true }
                } else if let Some(prefix) = name.strip_suffix('*') {
                    Host::Prefix(prefix.to_owned())
                } else {
                    Host::Exact(name)
                });
            }
        }
        hosts
    }
}

fn is_rewrite(item: &Item<'_>) -> bool {
    matches!(item.directive.name.value.as_str(), "if" | "set" | "return" | "rewrite" | "break")
}

fn site_name(items: &[Item<'_>]) -> String {
    let names = items.iter().filter(|item| item.directive.is("server_name"));
    let first = names.flat_map(|item| &item.directive.arguments).map(|word| word.value.as_str()).next();
    first.map_or_else(|| "server".to_owned(), |name| format!("server {}", hole::decode(name)))
}

pub(super) fn listeners(items: &[Item<'_>]) -> Vec<Listener> {
    let mut listeners: Vec<Listener> =
        items.iter().filter(|item| item.directive.is("listen")).filter_map(listener).collect();
    if listeners.is_empty() {
        // `*:80` for a server without any (the manual: "If the directive is not present then either *:80 is used …").
        listeners.push(Listener { address: String::new(), port: 80, tls: false, default: false });
    }
    let tls_everywhere = items.iter().any(|item| item.directive.is("ssl") && item.directive.argument(0) == Some("on"));
    for listener in &mut listeners {
        listener.tls |= tls_everywhere;
    }
    listeners
}

fn listener(item: &Item<'_>) -> Option<Listener> {
    let address = item.directive.argument(0)?;
    if address.starts_with("unix:") {
        return None;
    }
    let flag =
        |names: &[&str]| item.directive.arguments.iter().skip(1).any(|word| names.contains(&word.value.as_str()));
    let secure = flag(&["ssl", "quic"]);
    let (host, port) = match address.rsplit_once(':') {
        _ if hole::has_hole(address) => ("", if secure { 443 } else { 80 }),
        Some((host, port)) if !port.contains(']') => (host, port.parse().ok()?),
        _ => match address.parse() {
            Ok(port) => ("", port),
            Err(_) => (address, 80),
        },
    };
    let address = if host == "*" { "" } else { host };
    Some(Listener { address: address.to_owned(), port, tls: secure, default: flag(&["default_server", "default"]) })
}
