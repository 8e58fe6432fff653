//! What happens once a request may: the rules of folders, redirects, variables, and what answers.

use super::endpoint::Place;
use super::node::{Node, both};
use super::region::{Content, Proxy};
use super::scope::{Scope, given};
use super::{ALWAYS, Lowering, ON_SUCCESS, when};
use crate::policy::{
    self, Condition, Errors, Expression, Forward, LayerId, Reroute, Respond, Responder, Statement, StatusAfter,
    Statuses, Target, Upstream, UpstreamId,
};
use crate::source::Location;
use crate::syntax::hole;

/// What httpd answers for a file (server/core.c, `default_handler`); OPTIONS without looking whether there is one.
const FILE_METHODS: &[&str] = &["GET", "HEAD", "POST", "OPTIONS"];

/// Scripts, by the names of their files.
const SCRIPT: &str = r"\.(?:php\d?|phtml|cgi|fcgi|pl|py)$";

impl Lowering {
    /// The fixups in their order (`mod_rewrite` first, then `mod_alias` and `mod_env`, `mod_dir` last), then the handler.
    pub(super) fn content(&mut self, place: &Place<'_, '_>) -> Vec<Statement> {
        let inside: Vec<Scope<'_>> = place.scopes.iter().filter(|scope| !scope.is_outside()).cloned().collect();
        let mut fixups = self.redirects(&inside);
        fixups.extend(self.set_env(&place.scopes));
        let mut statements = self.folder_rules(place, &inside, fixups);
        statements.extend(self.fallback(place));
        statements.extend(self.handler(place));
        statements
    }

    /// `FallbackResource`: what is no file goes on there, with all variables (`mod_dir.c`, `fixup_dflt`).
    fn fallback(&mut self, place: &Place<'_, '_>) -> Vec<Statement> {
        let Some((scope, node)) = given(&place.scopes).filter(|(_, node)| node.name == "fallbackresource").last()
        else {
            return Vec::new();
        };
        let Some(path) = node.argument(0).filter(|path| path.starts_with('/')) else { return Vec::new() };
        let missing = Condition::FileExists { path: place.region.file.clone(), has_fallback: true }.negated();
        let path = self.literal(path, node.head());
        let elsewhere = Condition::Equal { left: Expression::Path, right: path.clone(), ignore_case: false }.negated();
        let reroute = Statement::Reroute(Reroute {
            target: Target::Path { path, site_again: false },
            as_get: false,
            status: StatusAfter::Target,
            first: Vec::new(),
            location: node.head(),
        });
        when(both(both(scope.holds(node), elsewhere), missing), vec![reroute])
    }

    fn handler(&mut self, place: &Place<'_, '_>) -> Vec<Statement> {
        match place.region.content {
            Content::Proxy(proxy) => {
                // What a rule of the server has put in the place of the path is a file, and no backend's.
                let rewritten = Condition::Defined(Expression::Variable(place.rewritten));
                let mut statements = when(rewritten, self.files(place));
                statements.push(self.proxied(place, proxy));
                statements
            }
            Content::Application(found) => {
                let to = if found.is_script { Responder::Script } else { Responder::Application };
                vec![forward(to, ALWAYS, found.location)]
            }
            Content::Slash => vec![Statement::Respond(Respond {
                status: Some(301),
                target: Some(Expression::Concatenation(vec![Expression::Path, Expression::literal("/")])),
                as_error_page: false,
                location: place.region.location,
            })],
            Content::Files => self.files(place),
        }
    }

    fn files(&mut self, place: &Place<'_, '_>) -> Vec<Statement> {
        let mut statements = Vec::new();
        for node in place.parts.matching_proxies() {
            let target = node.argument(1).unwrap_or_default();
            let answers = vec![backend(&place.scopes, target, node.head())];
            statements.extend(when(self.is_matched(node), answers));
        }
        for (scope, node) in given(&place.scopes) {
            let answers = match (node.name.as_str(), node.argument(0)) {
                ("proxypass" | "proxypassmatch", Some(target)) if !scope.is_outside() => {
                    if target == "!" || scope.guard == Condition::Always {
                        continue;
                    }
                    backend(&place.scopes, target, node.head())
                }
                // Innermost last, but whoever names a handler means an application.
                ("sethandler", Some(handler)) if is_application(handler) => {
                    forward(Responder::Script, ALWAYS, node.head())
                }
                _ => continue,
            };
            statements.extend(when(scope.holds(node), vec![answers]));
        }
        let location = place.region.location;
        let pattern = self.pattern(SCRIPT, true, location);
        let is_script = Condition::Matches { subject: place.region.file.clone(), pattern };
        statements.extend(when(is_script, vec![forward(Responder::Script, ALWAYS, location)]));
        let file = Responder::File {
            methods: FILE_METHODS.iter().map(|method| (*method).to_owned()).collect(),
            looks_first: Vec::new(),
            never_looks: vec!["OPTIONS".to_owned()],
        };
        statements.push(forward(file, ON_SUCCESS, location));
        statements
    }
}

/// Whether a `SetHandler` or `AddHandler` names something that runs an application.
fn is_application(handler: &str) -> bool {
    let handler = handler.to_ascii_lowercase();
    !matches!(
        handler.as_str(),
        "none"
            | "default-handler"
            | "server-status"
            | "server-info"
            | "balancer-manager"
            | "ldap-status"
            | "type-map"
            | "send-as-is"
            | "imap-file"
            | "text/plain"
            | "default"
            | "http/send"
    ) && !handler.contains("html")
}

impl Lowering {
    /// A `ProxyPass`: an application at an address, where that is written out.
    fn proxied(&mut self, place: &Place<'_, '_>, proxy: &Proxy) -> Statement {
        let mut statement = backend(&place.scopes, &proxy.target, proxy.location);
        let known = address(&proxy.target).filter(|_| !changes_question(&place.scopes));
        if let (Some(((host, port), path)), Statement::Forward(forward)) = (known, &mut statement) {
            let rest = Expression::PathFrom(proxy.path.len());
            let upstream = Upstream {
                host: Expression::literal(format!("{host}:{port}")),
                addresses: vec![(host, port)],
                path: Expression::Concatenation(vec![Expression::literal(path), rest]),
                sets: Vec::new(),
                backend: None,
            };
            forward.to = Responder::Upstream(UpstreamId(policy::push(&mut self.policy.upstreams, upstream)));
        }
        statement
    }

    /// Whether a `ProxyPassMatch` takes the path.
    pub(super) fn is_matched(&mut self, node: &Node) -> Condition {
        let pattern = self.pattern(node.argument(0).unwrap_or_default(), false, node.head());
        Condition::Matches { subject: Expression::Path, pattern }
    }
}

/// A backend answers; its headers take the place of those that are there (`mod_proxy_http.c`, `ap_proxy_read_headers`).
pub(super) fn backend(scopes: &[Scope<'_>], target: &str, location: Location) -> Statement {
    let overridden = given(scopes).filter(|(_, node)| node.name == "proxyerroroverride").last();
    let errors = match overridden {
        Some((_, node)) if node.says(0, "on") => {
            let listed: Vec<u16> = node.words[1..].iter().filter_map(|word| word.value.parse().ok()).collect();
            let statuses = if listed.is_empty() { (400..600).collect() } else { listed };
            Errors::Remade(Statuses::Only(statuses.into()), node.head())
        }
        _ => Errors::HandedOn,
    };
    // An application behind FastCGI is read like a script (mod_proxy_fcgi.c, `ap_scan_script_header_err_brigade_ex`).
    let is_script = ["fcgi:", "scgi:"].iter().any(|scheme| target.contains(scheme));
    let (layer, clears) = if is_script { (ALWAYS, Vec::new()) } else { (ON_SUCCESS, vec![ON_SUCCESS]) };
    Statement::Forward(Forward { to: Responder::Application, layer, clears, hides: Vec::new(), errors, location })
}

/// The host and port of a URL, and what stands behind them.
fn address(target: &str) -> Option<((String, u16), &str)> {
    let (rest, default) = match target.split_once("://")? {
        ("http", rest) => (rest, 80),
        ("https", rest) => (rest, 443),
        _ => return None,
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port.parse().ok()?),
        _ => (authority, default),
    };
    let is_written_out = !host.is_empty() && !hole::has_hole(host) && !host.contains(['$', '%']);
    is_written_out.then(|| ((host.to_ascii_lowercase(), port), path))
}

/// Whether what a backend is asked may have another Origin, or none, or another method or headers to ask for.
fn changes_question(scopes: &[Scope<'_>]) -> bool {
    let asks = |name: &str| name == "origin" || name.starts_with("access-control-request-");
    let mut nodes = given(scopes).map(|(_, node)| node).filter(|node| node.name == "requestheader");
    nodes.any(|node| node.words.iter().any(|word| asks(&word.value.to_ascii_lowercase())))
}

/// A script, a file or an application of the server's own answers; none of httpd's headers are lost to it.
fn forward(to: Responder, layer: LayerId, location: Location) -> Statement {
    let (clears, hides) = (Vec::new(), Vec::new());
    Statement::Forward(Forward { to, layer, clears, hides, errors: Errors::HandedOn, location })
}
