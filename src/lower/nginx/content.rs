//! The precontent and content phases: `try_files`, `index`, and what makes the answer.

use crate::link::Item;
use crate::policy;
use crate::policy::{
    Condition, Effect, Errors, Expression, Forward, PathMatcher, Reroute, Respond, Responder, Statement, StatusAfter,
    Target, Upstream, UpstreamId,
};
use crate::source::Location;
use crate::syntax::hole;

use super::headers::APPLICATION;
use super::settings::Settings;
use super::upstream::{Address, Addresses, Found};
use super::{Lowering, head, word_at};

/// Directives that hand the request to an application.
const APPLICATIONS: &[&str] = &[
    "proxy_pass",
    "fastcgi_pass",
    "uwsgi_pass",
    "scgi_pass",
    "grpc_pass",
    "memcached_pass",
    "redis_pass",
    "redis2_pass",
    "tunnel_pass",
    "js_content",
    "perl",
    "content_by_lua",
    "content_by_lua_block",
    "content_by_lua_file",
    "passenger_enabled",
    "postgres_pass",
    "drizzle_pass",
    "srcache_fetch",
    "rtmp_stat",
    "echo",
    "stub_status",
    "api",
    "upload_pass",
    "push_stream_publisher",
    "push_stream_subscriber",
    "nchan_subscriber",
    "nchan_publisher",
    "zip",
];
/// Directives with which an answer comes from files in ways of their own, OPTIONS included.
const OWN_WAYS: &[&str] = &["dav_methods", "dav_ext_methods"];

/// What makes the answers of a location or of an `if` in it.
#[derive(Debug, Clone)]
pub(super) enum Handler {
    /// An application, by this directive.
    Application(Location),
    /// Another server of this configuration, by this directive.
    Server(Location, Address),
    /// An application somewhere else, by this directive.
    Elsewhere(Location, Addresses),
    /// Files.
    Files(Location),
}

impl Handler {
    /// The handler that these directives of a block for `path` name, if they name one.
    pub(super) fn named_by(lowering: &mut Lowering, items: &[Item<'_>], path: &PathMatcher) -> Option<Self> {
        let is_application = |item: &&Item<'_>| {
            APPLICATIONS.contains(&item.directive.name.value.as_str()) && item.directive.argument(0) != Some("off")
        };
        let item = items.iter().find(is_application)?;
        Some(match lowering.passed_to(item, path) {
            Some(Found::Server(address)) => Self::Server(head(item), address),
            Some(Found::Elsewhere(addresses)) => Self::Elsewhere(head(item), addresses),
            None => Self::Application(head(item)),
        })
    }
}

/// The statements that make the answer, without `try_files`.
pub(super) fn answer(lowering: &mut Lowering, settings: &Settings, handler: &Handler) -> Vec<Statement> {
    let forward = |to, location| {
        let hides = settings.hidden.clone();
        let errors = if settings.intercept_errors { Errors::TakenOver } else { Errors::HandedOn };
        vec![Statement::Forward(Forward { to, layer: APPLICATION, clears: Vec::new(), hides, errors, location })]
    };
    match handler {
        Handler::Application(location) => forward(Responder::Application, *location),
        Handler::Server(location, address) => {
            let (host, _) = proxied(settings, &address.host);
            let path = address.path.clone();
            forward(Responder::Site { host, port: address.port, path }, *location)
        }
        Handler::Elsewhere(location, addresses) => {
            let (host, sets) = proxied(settings, &addresses.host);
            let (path, addresses) = (addresses.path.clone(), addresses.all.clone());
            let upstream = Upstream { addresses, path, host, sets, backend: None };
            let id = UpstreamId(policy::push(&mut lowering.policy.upstreams, upstream));
            forward(Responder::Upstream(id), *location)
        }
        Handler::Files(location) => files(settings, *location),
    }
}

/// The Host that is sent on, and the other headers that are set for whoever answers.
fn proxied(settings: &Settings, host: &str) -> (Expression, Vec<(String, Expression)>) {
    let (hosts, others): (Vec<_>, Vec<_>) =
        settings.proxy_headers.iter().cloned().partition(|(name, _)| name == "host");
    let host = hosts.into_iter().next().map_or_else(|| Expression::literal(host), |(_, value)| value);
    (host, others)
}

fn files(settings: &Settings, location: Location) -> Vec<Statement> {
    let default = vec!["index.html".to_owned()];
    let index = settings.index.as_ref().unwrap_or(&default);
    // A script among the index files is what a directory is there for.
    let first = index
        .iter()
        .find(|name| name.rsplit_once('.').is_some_and(|(_, extension)| extension == "php"))
        .or(index.first());
    let forward = Statement::Forward(Forward {
        // ngx_http_static_handler refuses what is none of these three first, and POST once the file is open.
        to: Responder::File {
            methods: vec!["GET".to_owned(), "HEAD".to_owned()],
            looks_first: vec!["POST".to_owned()],
            never_looks: Vec::new(),
        },
        layer: APPLICATION,
        hides: Vec::new(),
        errors: Errors::TakenOver,
        clears: Vec::new(),
        location,
    });
    let Some(name) = first.filter(|name| !name.contains('$') && !hole::has_hole(name)) else { return vec![forward] };
    let path = if name.starts_with('/') {
        Expression::literal(name.as_str())
    } else {
        Expression::Concatenation(vec![Expression::Path, Expression::literal(name.as_str())])
    };
    let is_directory =
        Condition::EndsWith { subject: Expression::Path, text: Expression::literal("/"), ignore_case: false };
    let reads = Condition::MethodIn(["GET", "HEAD", "POST"].map(str::to_owned).to_vec());
    let exists = Condition::FileExists { path: path.clone(), has_fallback: false };
    let to_index = Statement::Reroute(Reroute {
        target: Target::Path { path, site_again: true },
        as_get: false,
        status: StatusAfter::Target,
        first: Vec::new(),
        location,
    });
    let condition = Condition::All(vec![is_directory, reads, exists]);
    vec![Statement::When { condition, then: vec![to_index], otherwise: Vec::new() }, forward]
}

/// `try_files file … uri|=code`: the first file that exists is what is then asked for; else the last word decides.
/// `to_application` says whether a path belongs to an application.
pub(super) fn try_files(lowering: &mut Lowering, items: &[Item<'_>], answer: &[Statement]) -> Option<Vec<Statement>> {
    let item = items.iter().find(|item| item.directive.is("try_files"))?;
    let (last, tried) = item.directive.arguments.split_last()?;
    let location = head(item);
    let fallback = match last.value.as_str() {
        code if code.starts_with('=') => Statement::Respond(Respond {
            status: Some(code[1..].parse().ok()?),
            target: None,
            as_error_page: true,
            location,
        }),
        name => {
            let target = if name.starts_with('@') {
                Target::Named(name.to_owned())
            } else {
                Target::Path { path: lowering.expression(item, last), site_again: true }
            };
            Statement::Reroute(Reroute {
                target,
                as_get: false,
                status: StatusAfter::Target,
                first: Vec::new(),
                location,
            })
        }
    };
    let has_fallback = !last.value.starts_with('=');
    let mut statements = vec![fallback];
    for word in tried.iter().rev() {
        let path = lowering.expression(item, word);
        let condition = existence(lowering, item, word, path.clone(), has_fallback);
        let mut then = vec![Statement::SetPath { path, choose_again: false, location }];
        then.extend_from_slice(answer);
        statements = vec![Statement::When { condition, then, otherwise: statements }];
    }
    Some(statements)
}

/// Whether one of the words of `try_files` names something that is there.
fn existence(
    lowering: &mut Lowering,
    item: &Item<'_>,
    word: &crate::syntax::directive::Word,
    path: Expression,
    has_fallback: bool,
) -> Condition {
    if path.as_literal().is_some() {
        let what = format!("`{}` exists", hole::decode(&word.value));
        return Condition::Unknown(lowering.unknown(what, "depends on the machine", word_at(item, word)));
    }
    let exists = Condition::FileExists { path: path.clone(), has_fallback };
    if !word.value.ends_with('/') {
        return exists;
    }
    // A directory: the root is one, and no other path that does not end with a slash is taken for one.
    let root = Condition::Equal { left: path, right: Expression::literal("//"), ignore_case: false };
    Condition::All(vec![root, Condition::FileExists { path: Expression::literal("/"), has_fallback: false }])
}

/// Where answers come about in ways that are not followed.
pub(super) fn unknown_ways(lowering: &mut Lowering, items: &[Item<'_>], settings: &Settings) -> Vec<Statement> {
    let own = items.iter().filter(|item| OWN_WAYS.contains(&item.directive.name.value.as_str())).map(|item| {
        let what = format!("`{}` does not touch CORS", item.directive.name.value);
        (Effect::Any, lowering.unknown(what, "answers requests in its own way", head(item)))
    });
    let own: Vec<_> = own.collect();
    let foreign = settings.opaque.iter().map(|(_, effect, unknown)| (*effect, *unknown));
    own.into_iter().chain(foreign).map(|(effect, unknown)| Statement::UnknownEffect { effect, unknown }).collect()
}
