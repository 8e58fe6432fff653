//! The endpoints of a site, and what each does.

use super::node::{Node, both};
use super::region::{Content, Region, regions};
use super::rewrite::Flags;
use super::scope::{Scope, given};
use super::site::SiteParts;
use super::{Lowering, when};
use crate::parse::apache;
use crate::policy::{
    self, Arm, BlockId, Condition, Endpoint, EndpointId, Expression, PathMatcher, Program, Respond, SiteId, Statement,
    Switch, VariableId,
};
use crate::source::Location;

/// What an endpoint's program is put together with.
pub(super) struct Place<'p, 'n> {
    pub(super) parts: &'p SiteParts<'n>,
    pub(super) region: Region<'n>,
    pub(super) scopes: Vec<Scope<'n>>,
    /// Set once the path is translated to a file: what an earlier answer carries, folders have no say in.
    pub(super) translated: VariableId,
    /// The path that a `RewriteRule` of the server put in the place of the one that was asked for.
    pub(super) rewritten: VariableId,
    /// Set once a `RewriteRule` with `[END]` was applied.
    pub(super) ended: VariableId,
}

impl Lowering {
    pub(super) fn endpoints(
        &mut self,
        parts: &SiteParts<'_>,
        site: SiteId,
        block: BlockId,
        whole: (String, Location),
    ) -> Vec<EndpointId> {
        let mut ids = Vec::new();
        for region in regions(parts, whole) {
            let place = self.place(parts, region);
            let program = self.program(&place);
            let region = &place.region;
            let path = if region.at.ends_with('/') {
                PathMatcher::Prefix(region.at.clone())
            } else {
                PathMatcher::Exact(region.at.clone())
            };
            let endpoint = Endpoint {
                name: region.name.clone(),
                location: region.location,
                site,
                // What is said of all paths below it holds of the path itself.
                derived: matches!(path, PathMatcher::Exact(_)),
                samples: samples(&place),
                method: "GET".to_owned(),
                is_simple: false,
                path,
                internal: false,
                program,
                block,
                nested: policy::Routes::default(),
            };
            ids.push(EndpointId(policy::push(&mut self.policy.endpoints, endpoint)));
        }
        ids
    }

    fn place<'p, 'n>(&mut self, parts: &'p SiteParts<'n>, mut region: Region<'n>) -> Place<'p, 'n>
    where
        'p: 'n,
    {
        let rewritten = self.internal_variable("path of the file");
        region.file = self.file(region.location, rewritten, DEFAULT_INDEX);
        region.is_in_folder =
            parts.matching_proxies().fold(Condition::Always, |none, node| both(none, self.is_matched(node).negated()));
        let mut scopes = self.scopes(parts, &region);
        let index = directory_index(&scopes, &region.is_in_folder);
        if index != DEFAULT_INDEX {
            // Which file a folder stands for decides which `Files` apply to it.
            region.file = self.file(region.location, rewritten, &index);
            scopes = self.scopes(parts, &region);
        }
        Place {
            parts,
            region,
            scopes,
            translated: self.internal_variable("path is translated"),
            rewritten,
            ended: self.internal_variable("rewriting has ended"),
        }
    }

    /// The path of the file that a request ends at: without what follows a script's name, and with the index file of a
    /// folder.
    fn file(&mut self, location: Location, rewritten: VariableId, index: &str) -> Expression {
        let name = format!("file or {index}");
        if let Some(known) = self.internal.get(&name) {
            return Expression::Variable(*known);
        }
        let path_info = self.pattern(r"^(.*?/[^/]+\.(?:php\d?|phtml|cgi|fcgi|pl|py))/", true, location);
        let arm = |condition, value| Arm { condition, value, location };
        let in_folder = if index.starts_with('/') {
            Expression::literal(index)
        } else {
            Expression::Concatenation(vec![Expression::Path, Expression::literal(index)])
        };
        let slash = Expression::literal("/");
        // Nobody wrote this pattern, so no path is asked for because of it.
        let path_as_such = Expression::Concatenation(vec![Expression::Path]);
        let rewritten = Expression::Variable(rewritten);
        let arms = vec![
            arm(Condition::Defined(rewritten.clone()), rewritten),
            arm(Condition::Matches { subject: path_as_such, pattern: path_info }, Expression::Capture(1)),
            arm(Condition::EndsWith { subject: Expression::Path, text: slash, ignore_case: false }, in_folder),
        ];
        let definition = Expression::Switch(Box::new(Switch { arms, otherwise: Some((Expression::Path, location)) }));
        let id = self.new_variable(&name, Some(definition));
        self.internal.insert(name, id);
        Expression::Variable(id)
    }

    fn program(&mut self, place: &Place<'_, '_>) -> Program {
        let location = place.region.location;
        if let Some(refused) = refused(place) {
            return Program { content: vec![bare_error(refused)], ..Program::default() };
        }
        let mut headers = Vec::new();
        if !place.region.is_proxied() {
            headers.extend(self.variables_of_script(location));
        }
        headers.extend(Self::forget_on_error(location));
        headers.extend(self.headers(&place.scopes, place.translated));
        Program {
            rewrite: self.translation(place),
            access: self.access(place),
            content: self.content(place),
            takeover: self.error_documents(place),
            headers,
            ..Program::default()
        }
    }

    /// What happens until the path is translated to a file, and what folders do first.
    fn translation(&mut self, place: &Place<'_, '_>) -> Vec<Statement> {
        let location = place.region.location;
        let set = |variable, value| Statement::Assign { variable, value, location };
        let (outside, inside): (Vec<&Scope<'_>>, Vec<&Scope<'_>>) =
            place.scopes.iter().partition(|scope| scope.is_outside());
        let (outside, inside) = (copies(&outside), copies(&inside));
        let reset = [place.translated, place.rewritten].map(|variable| set(variable, Expression::absent()));
        let mut first = self.early_headers(&outside);
        first.extend(self.set_env_if(&outside));
        first.extend(Self::vary_of_ifs(&place.scopes));
        first.extend(self.server_rules(place, &outside));
        if !place.region.is_proxied() {
            first.extend(self.redirects(&outside));
        }
        let mut statements = reset.to_vec();
        // A rule that passes the path on has chosen this place: what is done once is done.
        let passed = self.internal_variable("path was passed through");
        let again = Condition::Truthy(Expression::Variable(passed));
        let then = vec![set(passed, Expression::absent())];
        statements.push(Statement::When { condition: again, then, otherwise: first });
        statements.push(set(place.translated, Expression::literal("1")));
        statements.extend(self.set_env_if(&inside));
        statements
    }

    /// An `If` that looks at Origin says so to caches, whether it holds or not.
    fn vary_of_ifs(scopes: &[Scope<'_>]) -> Vec<Statement> {
        let mut statements = Vec::new();
        for scope in scopes {
            let Some((word, location, outer)) = &scope.test else { continue };
            let Ok(test) = apache::test(word, 0) else { continue };
            statements.extend(when(outer.clone(), Self::vary_by_origin(&test, *location)));
        }
        statements
    }
}

/// The index file where none is configured.
const DEFAULT_INDEX: &str = "index.html";

/// The first index file of the innermost `DirectoryIndex`; a script among them is what a folder is there for.
fn directory_index(scopes: &[Scope<'_>], always: &Condition) -> String {
    let applies = |scope: &Scope<'_>| scope.guard == Condition::Always || scope.guard == *always;
    let configured = given(scopes).filter(|(scope, node)| node.name == "directoryindex" && applies(scope));
    let Some((_, node)) = configured.last() else { return DEFAULT_INDEX.to_owned() };
    let script = node.words.iter().find(|word| is_script(&word.value));
    script.or(node.words.first()).map_or(DEFAULT_INDEX.to_owned(), |word| word.value.clone())
}

fn is_script(name: &str) -> bool {
    let extension = name.rsplit('.').next().unwrap_or_default();
    matches!(extension, "php" | "cgi" | "pl" | "py")
}

/// The `.htaccess` that keeps httpd from answering anything but 500 here.
fn refused(place: &Place<'_, '_>) -> Option<Location> {
    let depth = place.parts.root_depth();
    let broken = place.parts.folders.iter().find(|folder| {
        folder.broken && !place.region.is_proxied() && place.region.depth_of(folder.path, depth).is_some()
    });
    broken.map(|folder| folder.head)
}

/// httpd answers 500, without any header of its configuration.
fn bare_error(location: Location) -> Statement {
    Statement::Respond(Respond { status: Some(500), target: None, as_error_page: false, location })
}

fn copies<'n>(scopes: &[&Scope<'n>]) -> Vec<Scope<'n>> {
    scopes.iter().map(|scope| (*scope).clone()).collect()
}

/// Paths of scripts, where a `.htaccess` is written for an API and no application is elsewhere.
fn samples(place: &Place<'_, '_>) -> Vec<String> {
    let is_elsewhere = !place.parts.server.is_empty()
        || !place.parts.host.is_empty()
        || !place.parts.proxies.is_empty()
        || !place.parts.applications.is_empty()
        || given(&place.scopes).any(|(_, node)| leads_to_application(node));
    if is_elsewhere || place.region.content != Content::Files || !place.region.at.ends_with('/') {
        return Vec::new();
    }
    let speaks = given(&place.scopes).any(|(_, node)| node.name == "header" && offers_more_than_files(node));
    if speaks { vec![format!("{}x.php", place.region.at)] } else { Vec::new() }
}

/// Whether a directive hands requests on to a backend or a front controller.
fn leads_to_application(node: &Node) -> bool {
    let target = match node.name.as_str() {
        "rewriterule" => node.argument(1),
        "fallbackresource" => node.argument(0),
        _ => None,
    };
    let hands_on = Flags::of(node.words.get(2)).has(&["P", "proxy"]);
    hands_on || target.is_some_and(|target| target.split(['?', '/']).any(is_script))
}

/// Whether a `Header` lists methods that no file answers.
fn offers_more_than_files(node: &Node) -> bool {
    let mut words = node.words.iter().map(|word| word.value.to_ascii_lowercase());
    let is_list = words.any(|word| word.trim_end_matches(':') == "access-control-allow-methods");
    is_list && words.any(|word| word == "*" || ["put", "delete", "patch"].iter().any(|method| word.contains(method)))
}
