//! The policy that an application comes to.

use crate::link::express::Program;
use crate::policy::{
    self, Block, BlockId, Condition, Effect, Endpoint, EndpointId, Host, Layer as PolicyLayer, Listener, PathMatcher,
    Policy, Program as Phases, Remark, RemarkKind, Routes, Site, SiteId, Statement,
};
use crate::source::{Location, Span};
use crate::syntax::express::Pattern;

use super::dispatch::{Node, Place, method, places};
use super::failure::{handled, respond};
use super::machine::Machine;
use super::native::Native;
use super::route::{Paths, Shape, sample};
use super::stack::{Stack, StackKind};
use super::value::{Kind, ObjectId, Value};

/// What people call an application that a function is given.
const APPLICATIONS: [&str; 7] = ["app", "server", "router", "expressApp", "application", "api", "express"];
/// How many exports of a module are looked at that nobody imports.
const MOST_EXPORTS: usize = 32;
/// What a site is called that is an application of its own, and no router that something else may register.
pub const APPLICATION: &str = "the application";
/// How many routes of an application are looked at.
const MOST_ROUTES: usize = 1_000;

/// Lowers a program.
#[must_use]
pub fn lower(program: &Program<'_>) -> Policy {
    let mut machine = Machine::new(program);
    machine.load(program.entry);
    if machine.is_exhausted() {
        return not_followed(machine.policy, program);
    }
    machine.settle_version();
    machine.start_serving();

    machine.policy.at_any_port = true;
    machine.policy.layers.push(PolicyLayer { name: "response".into() });
    let applications = machine.applications();
    machine.applications = applications.len();
    for (index, (id, stack)) in applications.into_iter().enumerate() {
        machine.application = index;
        machine.site(id, stack);
    }
    if machine.policy.sites.is_empty() {
        machine.exported();
    }
    machine.policy
}

/// A program that does too much to be followed: nothing is known of it.
fn not_followed(policy: Policy, program: &Program<'_>) -> Policy {
    let source = program.modules.files[program.entry].source;
    let location = Location { source, span: Span::new(0, 0) };
    let message = "this program does too much to be followed: nothing is said about it".to_owned();
    let remark = Remark { kind: RemarkKind::NotUnderstood, location, message };
    Policy { sites: Vec::new(), endpoints: Vec::new(), remarks: vec![remark], ..policy }
}

impl Machine<'_> {
    /// The applications: stacks that have something registered and are registered with no other.
    fn applications(&mut self) -> Vec<(ObjectId, Stack)> {
        let mut mounted = Vec::new();
        for layer in &self.layers {
            mounted.extend(layer.handlers.iter().filter_map(|handler| self.stack_of(handler)));
        }
        let is_application = |(_, stack): &(ObjectId, Stack)| {
            let registered = self.memory.elements(stack.layers).is_some_and(|layers| !layers.is_empty());
            registered && stack.kind != StackKind::Route && !mounted.contains(stack)
        };
        let mut all: Vec<(ObjectId, Stack)> = self.memory.stacks().into_iter().filter(is_application).collect();
        // What listens is what a browser meets, rather than what does so on any port that is free.
        let entry = self.program.modules.files[self.program.entry].source;
        all.sort_by_key(|(id, _)| {
            let is_elsewhere = self.memory.object(*id).location.is_none_or(|location| location.source != entry);
            let is_internal = self.memory.property(*id, "port") == Some(Value::Number(0.0));
            (self.memory.property(*id, "listens").is_none(), is_internal, is_elsewhere)
        });
        all
    }

    fn site(&mut self, id: ObjectId, stack: Stack) {
        let start = Location { source: self.source, span: Span::new(0, 0) };
        let location = self.memory.object(id).location.unwrap_or(start);
        let port = match self.memory.property(id, "port") {
            Some(Value::Number(port)) => Some(super::failure::as_port(port)),
            _ => None,
        };
        self.source = location.source;
        let nodes = self.nodes(stack, &Paths::root(), 0);
        self.site_of(&nodes, stack.kind, port, location);
    }

    fn site_of(&mut self, nodes: &[Node], kind: StackKind, port: Option<u16>, location: Location) {
        let name = if kind == StackKind::Router { "the router" } else { APPLICATION }.to_owned();
        let block = BlockId(policy::push(&mut self.policy.blocks, Block { name: name.clone(), location }));
        let listener = |port| Listener { address: String::new(), port, tls: false, default: true };
        let site = SiteId(policy::push(
            &mut self.policy.sites,
            Site {
                name: name.clone(),
                location,
                listeners: port.map(listener).into_iter().collect(),
                hosts: vec![Host::Exact(name_of(self.application))],
                program: Phases::default(),
                block,
                routes: Routes::default(),
            },
        ));
        let mut found: Vec<Place> = Vec::new();
        places(nodes, &mut found, "");
        found.truncate(MOST_ROUTES);
        let mut routes = Routes::default();
        let mut seen: Vec<String> = Vec::new();
        for place in found {
            if seen.contains(&place.pattern) {
                continue;
            }
            let pattern = self.pattern(&place.pattern, "i", place.location.span);
            let content = self.whole(nodes, Some(&place.shape), kind, place.location);
            let name = match &place.path {
                Some(path) if path.is_empty() => "/".to_owned(),
                Some(path) => path.clone(),
                None => format!("/{}/", place.pattern),
            };
            let samples = place.path.iter().map(|path| sample(path)).collect();
            let (method, is_simple) = method(nodes, &place.shape);
            let at = Where { name, location: place.location, site, block, method, is_simple };
            let id = self.endpoint(at, PathMatcher::Pattern(pattern), content, samples);
            routes.patterns.push((pattern, id));
            seen.push(place.pattern);
        }
        let content = self.whole(nodes, None, kind, location);
        let at = Where { name, location, site, block, method: "GET".to_owned(), is_simple: false };
        routes.fallback = Some(self.endpoint(at, PathMatcher::Prefix("/".to_owned()), content, Vec::new()));
        self.policy.sites[site.index()].routes = routes;
    }

    fn endpoint(&mut self, at: Where, path: PathMatcher, content: Vec<Statement>, samples: Vec<String>) -> EndpointId {
        let endpoint = Endpoint {
            name: at.name,
            location: at.location,
            site: at.site,
            path,
            internal: false,
            program: Phases { content, ..Phases::default() },
            block: at.block,
            nested: Routes::default(),
            derived: false,
            method: at.method,
            is_simple: at.is_simple,
            samples,
        };
        EndpointId(policy::push(&mut self.policy.endpoints, endpoint))
    }

    /// What the application does with a request for paths of a shape, or for any.
    fn whole(&mut self, nodes: &[Node], shape: Option<&Shape>, kind: StackKind, location: Location) -> Vec<Statement> {
        let mut statements = self.statements(nodes, shape);
        let failures = self.answer_failures(location);
        match kind {
            StackKind::Application | StackKind::Route => {
                statements.extend(self.automatic_answer(nodes, shape, location));
                statements.extend(failures);
                statements.push(respond(404, location));
            }
            // What is behind it is not in the tree, and may well answer preflights.
            StackKind::Router => {
                statements.extend(self.automatic_answer(nodes, shape, location));
                statements.extend(failures);
                if let Value::Unknown(unknown) = self.not_followed("what comes next", location.span) {
                    statements.push(Statement::UnknownEffect { effect: Effect::Any, unknown });
                }
                statements.push(handled(location));
            }
            StackKind::Foreign => {
                statements.extend(failures);
                let then = vec![respond(404, location)];
                let condition = Condition::MethodIn(vec!["OPTIONS".to_owned()]);
                statements.push(Statement::When { condition, then, otherwise: vec![handled(location)] });
            }
        }
        statements
    }

    /// Where nothing is registered with anything, what the program exports may do so when it is called, or be middleware.
    fn exported(&mut self) {
        let module = self.load(self.program.entry);
        let Some(exports) = self.memory.property(module, "exports") else { return };
        let mut candidates = vec![exports.clone()];
        if let Value::Object(id) = &exports {
            candidates.extend(self.memory.properties(*id).into_iter().map(|(_, value)| value));
        }
        candidates.truncate(MOST_EXPORTS);
        self.is_serving = false;
        for candidate in &candidates {
            self.set_up(candidate);
        }
        let _ = self.take_thrown();
        self.start_serving();
        let applications = self.applications();
        for (index, (id, stack)) in applications.into_iter().enumerate() {
            self.application = index;
            self.site(id, stack);
        }
        if self.policy.sites.is_empty() {
            for candidate in &candidates {
                self.fragment(candidate);
            }
        }
    }

    /// Calls a function, or makes an instance of a class, that nobody in the tree calls: `module.exports = (app) => …`,
    /// `export function createServer() { … }`.
    fn set_up(&mut self, candidate: &Value) {
        let Value::Object(id) = candidate else { return };
        let span = self.location_of(candidate).span;
        match self.memory.object(*id).kind.clone() {
            Kind::Function(closure) if !self.is_handler(candidate) => {
                let mut arguments = Vec::new();
                for parameter in &closure.function.parameters {
                    let is_application =
                        matches!(&parameter.pattern, Pattern::Name(name) if APPLICATIONS.contains(&name.text.as_str()));
                    arguments.push(if is_application {
                        self.stack(StackKind::Application, span)
                    } else if parameter.default.is_some() {
                        Value::Undefined
                    } else {
                        self.not_followed("what a function is called with", span)
                    });
                }
                self.apply(candidate, Value::Undefined, arguments, span);
            }
            Kind::Class(class, scope) => {
                let module = self.module_of(*id);
                drop(self.instantiate(class, scope, Vec::new(), module, span));
            }
            _ => {}
        }
    }

    /// Middleware that nobody in the tree registers.
    fn fragment(&mut self, candidate: &Value) {
        let handler = match candidate {
            Value::Object(id) if matches!(self.memory.object(*id).kind, Kind::Class(..)) => {
                let span = self.location_of(candidate).span;
                self.nest_handler(candidate, span)
            }
            candidate => self.is_handler(candidate).then(|| candidate.clone()),
        };
        let Some(handler) = handler else { return };
        let Value::Object(layers) = self.list(Vec::new(), Span::new(0, 0)) else { return };
        let location = self.location_of(candidate);
        let id = u32::try_from(self.layers.len()).unwrap_or(u32::MAX);
        let handlers = vec![handler];
        self.layers.push(super::stack::Layer { path: None, method: None, is_mount: true, handlers, location });
        self.memory.set_elements(layers, vec![Value::Native(Native::Layer(id))]);
        let stack = Stack { layers, kind: StackKind::Router };
        self.is_fragment = true;
        let nodes = self.nodes(stack, &Paths::root(), 0);
        self.site_of(&nodes, StackKind::Router, None, location);
    }

    fn location_of(&self, value: &Value) -> Location {
        let start = Location { source: self.source, span: Span::new(0, 0) };
        match value {
            Value::Object(id) => self.memory.object(*id).location.unwrap_or(start),
            Value::Native(Native::CorsMiddleware(id)) => {
                self.cors.get(*id as usize).map_or(start, |(_, location)| *location)
            }
            _ => start,
        }
    }
}

/// The name by which the applications of a program know each other; a browser knows none of them by it.
pub(super) fn name_of(application: usize) -> String {
    format!("_{application}")
}

/// Where an endpoint is, and in what.
struct Where {
    name: String,
    location: Location,
    site: SiteId,
    block: BlockId,
    method: policy::Method,
    is_simple: bool,
}

/// A path below another, as people write it.
pub(super) fn below(mount: &str, path: &str) -> String {
    let mount = mount.trim_end_matches('/');
    let slash = if path.starts_with('/') || path.is_empty() { "" } else { "/" };
    if path == "/" && !mount.is_empty() { mount.to_owned() } else { format!("{mount}{slash}{path}") }
}
