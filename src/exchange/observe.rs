//! Asking an endpoint everything that the rules want to know.

use std::net::IpAddr;

use super::access::{Access, errors};
use super::browser::{self, Verdict};
use super::gate::Pass;
use super::origin::Origin;
use super::probe::{ProbeKind, ProbeOrigin, probe_origins};
use super::reach::{backends, concerns_cors};
use super::sample::{further_paths, sample_path};
use super::steer::{Source, sources};
use super::trusted::trust;
use super::{Entry, Outcome, Request, Response, World, evaluate, preflight};
use crate::policy::{
    Answer, EndpointId, Method, PathMatcher, PatternId, Policy, Program, visit_conditions, visit_statements,
};

/// What the preflight of a probe asks for.
const ASKED_METHOD: &str = "PUT";
const ASKED_HEADERS: &str = "authorization,content-type";

/// The host that is asked for where nothing says which there is.
const SOME_HOST: &str = "www.example.com";

/// Everything that is asked of one endpoint, worked out once for all its worlds.
#[derive(Debug)]
pub struct Probes {
    /// Which.
    pub endpoint: EndpointId,
    /// Origins that the configuration trusts, and then those that are trusted beside it.
    pub trusted: Vec<Origin>,
    /// Those of them that are compared with Origin in a way in which no browser sends them, with what stands there.
    pub misspelt: Vec<(Origin, String)>,
    /// Patterns that the configuration searches Origin for.
    pub patterns: Vec<PatternId>,
    /// Origins that requests come from.
    pub origins: Vec<ProbeOrigin>,
    /// What Allow-Origin may be made of beside Origin.
    pub(super) sources: Vec<Source>,
    entry: Entry,
    pub(super) paths: Vec<String>,
    pass: Pass,
    host: String,
    port: Option<u16>,
    needs_login: bool,
    insider: Option<IpAddr>,
    /// What is asked with.
    method: Method,
    /// How many statements and conditions a request goes through, if it meets each once.
    work: usize,
    /// Errors that something on the way answers with where the application is said to.
    errors: Vec<u16>,
}

/// All exchanges of an endpoint in one world.
#[derive(Debug)]
pub struct Observation<'p> {
    /// The policy.
    pub policy: &'p Policy,
    /// What was asked.
    pub probes: &'p Probes,
    /// What came of it. Requests whose outcome hangs on something that differs from request to request are left out.
    pub exchanges: Vec<Exchange<'p>>,
    /// The world, for what is asked besides.
    pub(super) world: World,
}

/// A request, its response, and what a browser makes of it.
#[derive(Debug)]
pub struct Exchange<'p> {
    /// What kind of request.
    pub kind: Kind,
    /// The origin that it comes from.
    pub origin: &'p ProbeOrigin,
    /// The request.
    pub request: Request,
    /// What the application answers.
    pub answer: Answer,
    /// The response.
    pub response: Response,
    /// The browser's verdict; `None` for a request without Origin.
    pub verdict: Option<Verdict>,
}

/// The kinds of requests that are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// GET, and the application answers 200.
    Success,
    /// GET, and the application answers with this error.
    ApplicationError(u16),
    /// GET without the login or from outside the networks that are asked for.
    Refused,
    /// GET for a file or script that does not exist.
    Missing,
    /// A preflight.
    Preflight,
    /// GET, and the application cannot be reached, which is answered with this error.
    Unreachable(u16),
}

impl Probes {
    /// Works out what to ask of an endpoint, which may trust `friends` whether or not they are named there; `None` for one
    /// that cannot be asked directly, and where nothing on its way has to do with CORS.
    #[must_use]
    pub fn of(policy: &Policy, id: EndpointId, friends: &[Origin]) -> Option<Self> {
        let endpoint = policy.endpoint(id);
        if endpoint.internal || endpoint.derived || !concerns_cors(policy, id) {
            return None;
        }
        let site = policy.site(endpoint.site);
        let (path, routed) = sample_path(policy, id);
        if endpoint.path == PathMatcher::Any && !routed {
            return None;
        }
        let behind = backends(policy, id);
        let behind: Vec<&Program> = behind
            .iter()
            .flat_map(|backend| backend.telling.iter().map(|id| &backend.policy.endpoint(*id).program))
            .collect();
        let access = Access::of(&endpoint.program, &behind);
        let trust = trust(policy, id);
        let mut paths = vec![path];
        if routed {
            let further = further_paths(policy, id, &trust.paths, &paths[0]);
            let samples = endpoint.samples.iter().filter(|path| policy.route(endpoint.site, path) == Some(id)).cloned();
            let samples: Vec<String> = samples.collect();
            // Of an application whose code is known, what it has rather than what it may have.
            if !behind.is_empty() && !samples.is_empty() {
                paths.clear();
            }
            for path in further.into_iter().chain(samples) {
                if !paths.contains(&path) {
                    paths.push(path);
                }
            }
        }
        let mut probes = Self {
            endpoint: id,
            origins: Vec::new(),
            trusted: trust.origins,
            misspelt: trust.misspelt,
            patterns: trust.patterns,
            sources: sources(policy, id),
            entry: if routed { Entry::Site(endpoint.site) } else { Entry::Endpoint(id) },
            paths,
            pass: Pass::default(),
            host: Some(site.sample_host(policy))
                .filter(|host| !host.is_empty())
                .unwrap_or_else(|| SOME_HOST.to_owned()),
            port: site.listeners.iter().find(|l| l.tls).or(site.listeners.first()).map(|l| l.port),
            needs_login: access.login,
            insider: None,
            method: endpoint.method.clone(),
            errors: errors(&endpoint.program),
            work: std::iter::once(&&endpoint.program).chain(&behind).map(|program| size(program)).sum(),
        };
        probes.get_inside(policy, access.insiders);
        probes.get_past_gates(policy);
        probes.trust_what_is_sent(policy);
        let new: Vec<Origin> = friends.iter().filter(|friend| !probes.trusted.contains(friend)).cloned().collect();
        probes.trusted.extend(new);
        probes.origins = probe_origins(&probes.trusted);
        Some(probes)
    }

    /// Where a request from anywhere is refused, one from an address that is spoken of may not be.
    fn get_inside(&mut self, policy: &Policy, insiders: Vec<IpAddr>) {
        let nobody = ProbeOrigin { value: None, kind: ProbeKind::Absent };
        let refused = |probes: &Self| {
            let exchange = probes.exchange(policy, &mut World::default(), &nobody, &probes.paths[0], Kind::Success);
            exchange.is_none_or(|exchange| matches!(exchange.response.status, 401 | 403))
        };
        for insider in insiders {
            if !refused(self) {
                return;
            }
            self.insider = Some(insider);
        }
        if refused(self) {
            self.insider = None;
        }
    }

    /// Where a plain request is turned away or sent elsewhere, one that carries what is looked for may get through; or one
    /// for the path as a folder's.
    fn get_past_gates(&mut self, policy: &Policy) {
        let nobody = ProbeOrigin { value: None, kind: ProbeKind::Absent };
        let turned_away = |probes: &Self| {
            let exchange = probes.exchange(policy, &mut World::default(), &nobody, &probes.paths[0], Kind::Success);
            exchange.is_none_or(|exchange| exchange.response.status >= 300)
        };
        if !turned_away(self) {
            return;
        }
        let host = self.host.clone();
        self.pass = Pass::for_endpoint(policy, self.endpoint);
        // Where the site has a name, that is the host that is asked for.
        if let Some(wanted) = self.pass.host.take().filter(|_| host == SOME_HOST) {
            self.host = wanted;
        }
        let with_slash = format!("{}/", self.paths[0]);
        if turned_away(self) && !self.paths[0].ends_with('/') {
            let path = std::mem::replace(&mut self.paths[0], with_slash);
            if turned_away(self)
                || policy.route(policy.endpoint(self.endpoint).site, &self.paths[0]) != Some(self.endpoint)
            {
                self.paths[0] = path;
            }
        }
        if turned_away(self) {
            self.pass = Pass::default();
            self.host = host;
        }
    }

    /// An origin that is sent to everybody is trusted as well; it may be put together from parts.
    fn trust_what_is_sent(&mut self, policy: &Policy) {
        let nobody = ProbeOrigin { value: None, kind: ProbeKind::Absent };
        let exchange = self.exchange(policy, &mut World::default(), &nobody, &self.paths[0], Kind::Success);
        let sent = exchange.and_then(|exchange| {
            exchange.response.joined("access-control-allow-origin").text().and_then(|text| Origin::parse(text).ok())
        });
        if let Some(origin) = sent.filter(|origin| !self.trusted.contains(origin)) {
            self.trusted.push(origin);
        }
    }

    /// Asks everything in one world.
    #[must_use]
    pub fn ask<'p>(&'p self, policy: &'p Policy, world: &mut World) -> Observation<'p> {
        let mut exchanges = Vec::new();
        for origin in &self.origins {
            for path in &self.paths {
                for kind in self.kinds() {
                    exchanges.extend(self.exchange(policy, world, origin, path, kind));
                }
            }
        }
        Observation { policy, probes: self, exchanges, world: world.clone() }
    }

    /// How many statements and conditions all of it goes through in one world, if each is met once in an exchange.
    #[must_use]
    pub fn work(&self) -> usize {
        self.work * self.origins.len() * self.paths.len() * self.kinds().count()
    }

    fn kinds(&self) -> impl Iterator<Item = Kind> {
        let gated = self.needs_login || self.insider.is_some() || self.pass.asks_of_pages();
        let refused = gated.then_some(Kind::Refused);
        let errors = self.errors.iter().map(|status| Kind::ApplicationError(*status));
        std::iter::once(Kind::Success).chain(errors).chain([Kind::Missing]).chain(refused).chain([Kind::Preflight])
    }

    fn exchange<'p>(
        &self,
        policy: &'p Policy,
        world: &mut World,
        origin: &'p ProbeOrigin,
        path: &str,
        kind: Kind,
    ) -> Option<Exchange<'p>> {
        self.send(policy, world, origin, self.request(origin, path, kind), kind)
    }

    /// The exchange that a request of that kind from an origin leads to.
    pub(super) fn send<'p>(
        &self,
        policy: &'p Policy,
        world: &mut World,
        origin: &'p ProbeOrigin,
        request: Request,
        kind: Kind,
    ) -> Option<Exchange<'p>> {
        let answer = match kind {
            Kind::ApplicationError(status) => Answer::Status(status),
            Kind::Missing => Answer::Missing,
            Kind::Unreachable(status) => Answer::Unreachable(status),
            Kind::Success | Kind::Refused | Kind::Preflight => Answer::Status(200),
        };
        let Outcome::Answered(response) = evaluate(policy, self.entry, &request, answer, world) else { return None };
        let verdict = request.origin().map(|from| judge(from, kind, &response));
        Some(Exchange { kind, origin, request, answer, response: *response, verdict })
    }

    pub(super) fn request(&self, origin: &ProbeOrigin, path: &str, kind: Kind) -> Request {
        let method = if kind == Kind::Preflight { "OPTIONS" } else { &self.method };
        let mut request = Request::new(method, path);
        request.host.clone_from(&self.host);
        request.port = self.port;
        if let Some(value) = &origin.value {
            request = request.with("Origin", value);
            // What a browser tells another site of the page by default (Referrer Policy, strict-origin-when-cross-origin).
            if value.contains("://") {
                request = request.with("Referer", format!("{value}/"));
            }
        }
        if kind == Kind::Preflight {
            request = request
                .with("Access-Control-Request-Method", ASKED_METHOD)
                .with("Access-Control-Request-Headers", ASKED_HEADERS);
        }
        self.carry(&mut request, kind);
        request.login = self.needs_login && !matches!(kind, Kind::Refused | Kind::Preflight);
        if let Some(insider) = self.insider.filter(|_| kind != Kind::Refused) {
            request.client = insider;
        }
        request
    }
}

impl Probes {
    /// Whether a request has to carry headers of the page's own.
    #[must_use]
    pub fn asks_for_headers(&self) -> bool {
        self.pass.headers.iter().any(|(name, _)| !name.eq_ignore_ascii_case("authorization"))
    }

    /// What gets a request past the gates. A query is part of the URL and goes with every request for it; a preflight
    /// has no other data of the page's.
    fn carry(&self, request: &mut Request, kind: Kind) {
        let pairs = |list: &[(String, String)], between: &str| {
            list.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(between)
        };
        if !self.pass.arguments.is_empty() && kind != Kind::Refused {
            request.query = Some(pairs(&self.pass.arguments, "&"));
        }
        request.headers.extend(self.pass.always.iter().cloned());
        if matches!(kind, Kind::Refused | Kind::Preflight) {
            return;
        }
        request.headers.extend(self.pass.headers.iter().cloned());
        if !self.pass.cookies.is_empty() {
            request.headers.push(("Cookie".to_owned(), pairs(&self.pass.cookies, "; ")));
        }
    }
}

impl<'p> Observation<'p> {
    /// The exchanges of a kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Exchange<'p>> {
        self.exchanges.iter().filter(move |exchange| exchange.kind == kind)
    }

    /// The exchange of that kind from the same origin.
    #[must_use]
    pub fn same_origin(&self, exchange: &Exchange<'p>, kind: Kind) -> Option<&Exchange<'p>> {
        let same = |other: &&Exchange<'p>| {
            std::ptr::eq(other.origin, exchange.origin) && other.request.path == exchange.request.path
        };
        self.of_kind(kind).find(same)
    }

    /// What an exchange comes to where the application cannot be reached.
    #[must_use]
    pub fn unreachable(&self, exchange: &Exchange<'p>, status: u16) -> Option<Exchange<'p>> {
        let (origin, path) = (exchange.origin, &exchange.request.path);
        self.probes.exchange(self.policy, &mut self.world.clone(), origin, path, Kind::Unreachable(status))
    }

    /// Whether the origin of an exchange is trusted by the configuration.
    #[must_use]
    pub fn is_trusted(&self, exchange: &Exchange<'_>) -> bool {
        exchange.origin.kind == ProbeKind::Trusted
    }
}

/// How many statements and conditions there are behind the route phase.
fn size(program: &Program) -> usize {
    let mut size = 0;
    for phase in [&program.rewrite, &program.access, &program.content, &program.takeover, &program.headers] {
        visit_statements(phase, &mut |statement| {
            size += 1;
            visit_conditions(statement, &mut |_| size += 1);
        });
    }
    size
}

/// The verdict without credentials, which also tells whether it would be the same with them. Of a preflight, whether it
/// passes at all: a method and headers that need not be listed are asked for.
fn judge(origin: &str, kind: Kind, response: &Response) -> Verdict {
    let lines = response.received();
    match kind {
        Kind::Preflight => {
            let simple = preflight::Fetch { method: "GET", headers: &[], include: false, forced: false };
            preflight::judge(origin, &simple, response.status, &lines)
        }
        _ => browser::cors_check(origin, false, &lines),
    }
}
