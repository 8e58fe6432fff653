//! What happens once a request may: the rules of folders, redirects, variables, and what answers.

use super::backend::unknown_backend;
use super::endpoint::Place;
use super::expression::concatenated;
use super::node::both;
use super::region::Content;
use super::scope::{Scope, given};
use super::{ALWAYS, Lowering, ON_SUCCESS, when};
use crate::policy::{
    Condition, Errors, Expression, Forward, LayerId, Reroute, Respond, Responder, Statement, StatusAfter, Target,
};
use crate::source::Location;

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
                let rest = Expression::PathFrom(proxy.path.len());
                let target = concatenated(vec![Expression::literal(proxy.target.as_str()), rest]);
                statements.push(self.backend(&place.scopes, target, proxy.location));
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
            let answers = vec![self.matching_backend(&place.scopes, node)];
            statements.extend(when(self.is_matched(node), answers));
        }
        for (scope, node) in given(&place.scopes) {
            let answers = match (node.name.as_str(), node.argument(0)) {
                ("proxypass" | "proxypassmatch", Some(target)) if !scope.is_outside() => {
                    if target == "!" || scope.guard == Condition::Always {
                        continue;
                    }
                    unknown_backend(&place.scopes, target, node.head())
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

/// A script, a file or an application of the server's own answers; none of httpd's headers are lost to it.
fn forward(to: Responder, layer: LayerId, location: Location) -> Statement {
    let (clears, hides) = (Vec::new(), Vec::new());
    Statement::Forward(Forward { to, layer, clears, hides, errors: Errors::HandedOn, location })
}
