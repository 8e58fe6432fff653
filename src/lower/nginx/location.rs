//! Locations: endpoints, and which path goes to which.
//!
//! Source: `ngx_http_core_module.c` (`ngx_http_core_find_location`), `ngx_http.c` (`ngx_http_init_locations`).

use std::cmp::Reverse;

use crate::link::Item;
use crate::policy::{
    self, BlockId, Condition, Effect, Endpoint, EndpointId, PathMatcher, PrefixRoute, Program, Respond, Responder,
    Routes, SiteId, Statement,
};

use super::content::{self, Handler};
use super::rewrite::{self, If};
use super::settings::Settings;
use super::{Lowering, access, head, headers};
use crate::lower::template as stand_in;

/// Lowers the locations among `items` and says which path goes to which of them.
pub(super) fn routes(
    lowering: &mut Lowering,
    site: SiteId,
    items: &[Item<'_>],
    settings: &Settings,
    named: &mut Vec<(String, EndpointId)>,
) -> Routes {
    let mut routes = Routes::default();
    let mut slashless = Vec::new();
    for item in items.iter().filter(|item| item.directive.is("location")) {
        let words = &item.directive.arguments;
        let (modifier, path) = match words.as_slice() {
            [path] => split_modifier(&path.value),
            [modifier, path, ..] => (modifier.value.as_str(), path.value.as_str()),
            [] => continue,
        };
        let matcher = match modifier {
            "=" => PathMatcher::Exact(stand_in::path(path)),
            "~" | "~*" => {
                let source = stand_in::path_pattern(path);
                PathMatcher::Pattern(lowering.pattern(&source, modifier == "~*", head(item)))
            }
            _ if path.starts_with('@') => PathMatcher::Named(path.to_owned()),
            _ => PathMatcher::Prefix(stand_in::path(path)),
        };
        let endpoint = location(lowering, site, item, settings, matcher.clone(), named);
        match matcher {
            PathMatcher::Exact(path) => routes.exact.push((path, endpoint)),
            PathMatcher::Pattern(pattern) => routes.patterns.push((pattern, endpoint)),
            PathMatcher::Named(name) => named.push((name, endpoint)),
            PathMatcher::Prefix(path) => {
                if path.len() > 1 && path.ends_with('/') && has_handler(lowering, endpoint) {
                    slashless.push((path.clone(), endpoint));
                }
                routes.prefixes.push(PrefixRoute { path, stops_patterns: modifier == "^~", endpoint });
            }
            PathMatcher::Any => {}
        }
    }
    for (path, endpoint) in slashless {
        redirect_to_slash(lowering, &mut routes, path.trim_end_matches('/'), endpoint);
    }
    routes.prefixes.sort_by_key(|route| Reverse(route.path.len()));
    routes
}

/// `location =/path` and `location ~*\.php$` are written without a space, too.
fn split_modifier(word: &str) -> (&str, &str) {
    ["~*", "~", "=", "^~"]
        .iter()
        .find_map(|modifier| Some((*modifier, word.strip_prefix(modifier)?)))
        .unwrap_or(("", word))
}

/// `location /api/` with a proxy answers `/api` with a redirect that carries its headers, where no location is for
/// `/api` itself (`ngx_http_core_find_static_location`: `auto_redirect`).
fn redirect_to_slash(lowering: &mut Lowering, routes: &mut Routes, path: &str, endpoint: EndpointId) {
    let taken =
        routes.exact.iter().any(|(exact, _)| exact == path) || routes.prefixes.iter().any(|route| route.path == path);
    if taken {
        return;
    }
    let proxied = lowering.policy.endpoint(endpoint);
    let respond = Respond {
        status: Some(301),
        target: Some(policy::Expression::literal(format!("{path}/"))),
        as_error_page: true,
        location: proxied.location,
    };
    let redirect = Endpoint {
        name: format!("{} (without its slash)", proxied.name),
        location: proxied.location,
        site: proxied.site,
        path: PathMatcher::Exact(path.to_owned()),
        internal: false,
        program: Program { rewrite: vec![Statement::Respond(respond)], access: Vec::new(), ..proxied.program.clone() },
        block: proxied.block,
        nested: Routes::default(),
        derived: true,
        samples: Vec::new(),
        method: "GET".to_owned(),
        is_simple: false,
    };
    let id = EndpointId(policy::push(&mut lowering.policy.endpoints, redirect));
    routes.exact.push((path.to_owned(), id));
}

/// Whether an endpoint hands requests on: these are the ones that nginx redirects to with a slash.
fn has_handler(lowering: &Lowering, endpoint: EndpointId) -> bool {
    let mut forwards = false;
    policy::visit_statements(&lowering.policy.endpoint(endpoint).program.content, &mut |statement| {
        forwards |= matches!(statement, Statement::Forward(forward) if !matches!(forward.to, Responder::File { .. }));
    });
    forwards
}

fn location(
    lowering: &mut Lowering,
    site: SiteId,
    item: &Item<'_>,
    outer: &Settings,
    path: PathMatcher,
    named: &mut Vec<(String, EndpointId)>,
) -> EndpointId {
    let settings = outer.inner(lowering, &item.children);
    let block = lowering.block(item);
    let program = program(lowering, &item.children, &settings, block, head(item), &path);
    let internal = matches!(path, PathMatcher::Named(_)) || item.children.iter().any(|c| c.directive.is("internal"));
    let name = super::head_text(item);
    let endpoint = Endpoint {
        name,
        location: head(item),
        site,
        path,
        internal,
        program,
        block,
        nested: Routes::default(),
        derived: false,
        samples: Vec::new(),
        method: "GET".to_owned(),
        is_simple: false,
    };
    let id = EndpointId(policy::push(&mut lowering.policy.endpoints, endpoint));
    let nested = routes(lowering, site, &item.children, &settings, named);
    if let Some(endpoint) = lowering.policy.endpoints.get_mut(id.index()) {
        endpoint.nested = nested;
    }
    id
}

/// The program of a block that answers: a location, or a server where no location is for the path.
pub(super) fn program(
    lowering: &mut Lowering,
    items: &[Item<'_>],
    settings: &Settings,
    block: BlockId,
    at: crate::source::Location,
    path: &PathMatcher,
) -> Program {
    let handler = Handler::named_by(lowering, items, path).unwrap_or(Handler::Files(at));
    let mut ifs: Vec<If<'_>> = Vec::new();
    let rewrites = rewrite::statements(lowering, items, &mut ifs);
    let mut program = Program { takes_over_again: settings.recursive_error_pages, ..Program::default() };
    program.content = content::unknown_ways(lowering, items, settings);
    let limit = limit_except(lowering, items, settings, path, &handler, &mut program);
    program.rewrite = limit.into_iter().chain(rewrites).collect();

    add_block(&mut program, block, settings, access::statement(&settings.access));
    let answer = content::answer(lowering, settings, &handler);
    let content = content::try_files(lowering, items, &answer).unwrap_or(answer);
    program.content.push(under(block, content));
    for If { block, item } in ifs {
        let inner = settings.inner(lowering, &item.children);
        let handler = Handler::named_by(lowering, &item.children, path).unwrap_or_else(|| handler.clone());
        add_block(&mut program, block, &inner, access::statement(&settings.access));
        program.content.push(under(block, content::answer(lowering, &inner, &handler)));
    }
    program
}

/// What applies to the answers of a block.
fn add_block(program: &mut Program, block: BlockId, settings: &Settings, access: Option<Statement>) {
    let takeover: Vec<Statement> = settings.error_pages.iter().map(super::error_page::ErrorPage::statement).collect();
    let phases = [
        (&mut program.access, access.into_iter().collect()),
        (&mut program.takeover, takeover),
        (&mut program.headers, headers::statements(settings)),
    ];
    for (phase, statements) in phases {
        if !statements.is_empty() {
            phase.push(under(block, statements));
        }
    }
}

fn under(block: BlockId, then: Vec<Statement>) -> Statement {
    Statement::When { condition: Condition::Active(block), then, otherwise: Vec::new() }
}

/// `limit_except` takes a request before the rewrite phase, so the location's `if`, `set` and `return` do not run for
/// the methods that it does not list.
fn limit_except(
    lowering: &mut Lowering,
    items: &[Item<'_>],
    settings: &Settings,
    path: &PathMatcher,
    handler: &Handler,
    program: &mut Program,
) -> Option<Statement> {
    let item = items.iter().find(|item| item.directive.is("limit_except"))?;
    let mut methods: Vec<String> = item.directive.arguments.iter().map(|word| word.value.clone()).collect();
    if methods.iter().any(|method| method == "GET") {
        methods.push("HEAD".to_owned());
    }
    for header in item.children.iter().filter(|inner| inner.directive.is("add_header")) {
        lowering.will_not_start(header, head(header), "`add_header` is not allowed in `limit_except`");
    }
    let block = lowering.block(item);
    let inner = settings.inner(lowering, &item.children);
    let handler = Handler::named_by(lowering, &item.children, path).unwrap_or_else(|| handler.clone());
    add_block(program, block, &inner, access::statement(&inner.access));
    program.content.push(under(block, content::answer(lowering, &inner, &handler)));
    let condition = Condition::MethodIn(methods).negated();
    Some(Statement::When { condition, then: vec![Statement::Activate(block), Statement::End], otherwise: Vec::new() })
}

/// Also used by a server, whose own blocks are headers and takeovers only.
pub(super) fn site_program(
    lowering: &mut Lowering,
    items: &[Item<'_>],
    settings: &Settings,
    block: BlockId,
) -> Program {
    let mut ifs = Vec::new();
    let mut program = Program { takes_over_again: settings.recursive_error_pages, ..Program::default() };
    // What cannot be seen here may answer in a location's stead; its headers reach a location only by inheritance.
    let no_headers = |statement| match statement {
        Statement::UnknownEffect { unknown, .. } => Statement::UnknownEffect { effect: Effect::Status, unknown },
        other => other,
    };
    program.route = rewrite::statements(lowering, items, &mut ifs).into_iter().map(no_headers).collect();
    add_block(&mut program, block, settings, None);
    for If { block, item } in ifs {
        let inner = settings.inner(lowering, &item.children);
        add_block(&mut program, block, &inner, None);
    }
    program
}
