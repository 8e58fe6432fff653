//! What an application does with a request: its layers in order, lowered once each.

use std::sync::Arc;

use crate::policy::{Condition, Effect, Expression, Method, RemarkKind, Respond, Statement};
use crate::source::{Location, Span};

use super::failure::{Failure, handled, respond};
use super::flow::{Exit, both};
use super::machine::Machine;
use super::native::Native;
use super::outcome::Outcomes;
use super::route::{LayerPath, Overlap, Paths, Shape};
use super::stack::Stack;
use super::value::{Kind, Value};

/// How many known errors a handler of errors is run for.
const MOST_FAILURES: usize = 16;
/// How deep routers lie in each other.
const DEEPEST: usize = 12;

/// A layer, lowered.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) paths: Paths,
    path: Option<LayerPath>,
    /// When it is registered at all.
    guard: Condition,
    pub(super) is_mount: bool,
    pub(super) method: Option<String>,
    pub(super) parts: Vec<Part>,
    /// Whether it always answers by itself, as far as it does anything.
    answers: bool,
    pub(super) location: Location,
}

/// What a layer is made of.
#[derive(Debug)]
pub(super) enum Part {
    Does(Arc<[Statement]>),
    Router(Vec<Node>),
}

/// A route of an application, with all mounts before its path.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// As it is written, for people; `None` for a regular expression.
    pub(super) path: Option<String>,
    pub(super) pattern: String,
    pub(super) shape: Shape,
    pub(super) location: Location,
}

impl Machine<'_> {
    /// Lowers the layers of a stack.
    pub(super) fn nodes(&mut self, stack: Stack, mount: &Paths, depth: usize) -> Vec<Node> {
        let mut nodes = Vec::new();
        if depth == DEEPEST {
            return nodes;
        }
        for element in self.memory.elements(stack.layers).unwrap_or_default().to_vec() {
            self.registered(&element, Condition::Always, mount, depth, &mut nodes);
        }
        nodes
    }

    fn registered(&mut self, value: &Value, guard: Condition, mount: &Paths, depth: usize, nodes: &mut Vec<Node>) {
        match value {
            Value::Native(Native::Layer(id)) => nodes.push(self.node(*id as usize, guard, mount, depth)),
            Value::Choice(condition, one, other) => {
                self.registered(one, both(guard.clone(), condition.clone()), mount, depth, nodes);
                self.registered(other, both(guard, condition.clone().negated()), mount, depth, nodes);
            }
            _ => {}
        }
    }

    fn node(&mut self, id: usize, guard: Condition, mount: &Paths, depth: usize) -> Node {
        let layer = self.layers[id].clone();
        let paths = mount.below(layer.path.as_ref(), self.express);
        let outer = std::mem::replace(&mut self.source, layer.location.source);
        let mut parts = Vec::with_capacity(layer.handlers.len());
        let last = layer.handlers.len().saturating_sub(1);
        let mut answers = false;
        for (index, handler) in layer.handlers.iter().enumerate() {
            let is_route = !layer.is_mount || layer.path.is_some();
            let is_terminal = is_route && index == last && layer.method.as_deref() != Some("OPTIONS");
            self.mounted_at = if layer.is_mount { paths.literal } else { mount.literal };
            if let Some(inner) = self.stack_of(handler) {
                parts.push(Part::Router(self.nodes(inner, &paths, depth + 1)));
                continue;
            }
            let does = self.handler(handler, is_terminal, layer.method.is_none(), layer.location.span);
            parts.push(Part::Does(does.into()));
            answers = index == last && self.outcomes.always_answers();
        }
        self.source = outer;
        let super::stack::Layer { path, method, is_mount, location, .. } = layer;
        Node { paths, path, guard, is_mount, method, parts, answers, location }
    }

    /// What one handler does: it ends by going on or by answering, or there is never an answer. The last one of a route
    /// is what answers, unless it hands everything on.
    fn handler(&mut self, handler: &Value, may_be_terminal: bool, is_for_all: bool, span: Span) -> Vec<Statement> {
        if !may_be_terminal || matches!(handler, Value::Native(_)) {
            return self.run_handler(handler, false, span);
        }
        self.memory.mark();
        let done = self.run_handler(handler, true, span);
        let Outcomes { goes_on, answers, ref statuses, .. } = self.outcomes;
        if goes_on && (is_for_all || !answers && statuses.is_empty()) {
            drop(self.memory.take_back());
            self.memory.keep();
            return self.run_handler(handler, false, span);
        }
        self.memory.keep();
        done
    }

    fn run_handler(&mut self, handler: &Value, is_terminal: bool, span: Span) -> Vec<Statement> {
        if self.parameters(handler) == Some(4) {
            return self.error_handler(handler, span);
        }
        self.is_terminal = is_terminal;
        self.status = None;
        self.outcomes = Outcomes::default();
        let does = self.called(handler, None, span);
        self.is_terminal = false;
        let skipped = Condition::Defined(Expression::Variable(self.passed_over));
        let condition = Condition::Any(vec![self.has_failed(), skipped]).negated();
        vec![Statement::When { condition, then: vec![Statement::Group(does)], otherwise: Vec::new() }]
    }

    /// A handler of errors is run for each that is known, and for one that is not.
    fn error_handler(&mut self, handler: &Value, span: Span) -> Vec<Statement> {
        let mut outcomes = Outcomes::default();
        let mut does = Vec::new();
        let failures: Vec<Failure> = self.failures.iter().take(MOST_FAILURES).cloned().collect();
        let unknown = self.not_followed("an error", span);
        let known =
            failures.into_iter().enumerate().rev().map(|(index, failure)| (Some(index), failure.value, failure.set));
        for (index, error, set) in std::iter::once((None, unknown, None)).chain(known) {
            self.status = set;
            self.outcomes = Outcomes::default();
            let then = vec![Statement::Group(self.called(handler, Some(error), span))];
            outcomes.add(std::mem::take(&mut self.outcomes));
            does = match index {
                None => then,
                Some(index) => vec![Statement::When { condition: self.is_failure(index), then, otherwise: does }],
            };
        }
        self.outcomes = outcomes;
        vec![Statement::When { condition: self.has_failed(), then: does, otherwise: Vec::new() }]
    }

    /// What a handler does when it is called, with an error or without. If it does nothing, the request is never answered;
    /// but the last handler of a route that is not seen to answer does so in a way that is not followed.
    fn called(&mut self, handler: &Value, error: Option<Value>, span: Span) -> Vec<Statement> {
        let location = self.at(span);
        self.is_in_async = self.is_async(handler);
        let (is_enough, mut does) = self.collect(|machine| {
            machine.with_bound(|machine| {
                let given = [Native::Request, Native::Response, Native::Next].map(Value::Native);
                let arguments = error.into_iter().chain(given).collect();
                machine.apply(handler, Value::Undefined, arguments, span);
                let thrown = machine.take_thrown();
                for (condition, exit) in thrown.0 {
                    let Exit::Throw(error) = exit else { continue };
                    let failing = machine.failing(&error, span);
                    machine.emit(Statement::When { condition, then: failing, otherwise: Vec::new() });
                }
            })
        });
        if !is_enough {
            return self.not_run(location);
        }
        self.settle_exceptions(&mut does, span);
        if self.is_terminal {
            does.push(handled(location));
        } else if !self.is_fragment {
            // A helper that only sets headers is called by others that answer.
            does.push(Statement::Respond(Respond { status: None, target: None, as_error_page: false, location }));
        }
        does
    }

    /// A handler that does too much to be followed.
    fn not_run(&mut self, location: Location) -> Vec<Statement> {
        let message = "this does too much to be followed; it is taken to do nothing about CORS";
        self.remark_at(RemarkKind::NotUnderstood, location, message);
        let Value::Unknown(unknown) = self.not_followed("what a handler does", location.span) else {
            return Vec::new();
        };
        let mut does = vec![Statement::UnknownEffect { effect: Effect::Any, unknown }];
        does.extend(self.is_terminal.then(|| handled(location)));
        does
    }

    /// An exception of a handler. Express 4 does not look at what an async function comes to: the process ends.
    pub(super) fn failing(&mut self, error: &Value, span: Span) -> Vec<Statement> {
        let location = self.at(span);
        if self.express < 5 && self.is_in_async && !self.imports("express-async-errors") {
            let none = Respond { status: None, target: None, as_error_page: false, location };
            return vec![Statement::Respond(none)];
        }
        let ((), mut failing) = self.collect(|machine| machine.fail(error, span));
        failing.push(Statement::End);
        failing
    }

    pub(super) fn is_async(&self, value: &Value) -> bool {
        let Value::Object(id) = value else { return false };
        matches!(&self.memory.object(*id).kind, Kind::Function(closure) if closure.function.is_async)
    }

    fn imports(&self, package: &str) -> bool {
        let modules = &self.program.modules.files;
        self.program.reached.iter().any(|module| modules[*module].imports.iter().any(|name| name == package))
    }

    /// How many parameters a function has.
    pub(super) fn parameters(&self, value: &Value) -> Option<usize> {
        let Value::Object(id) = value else { return None };
        match &self.memory.object(*id).kind {
            Kind::Function(closure) => {
                Some(closure.function.parameters.iter().take_while(|p| !p.rest && p.default.is_none()).count())
            }
            Kind::Bound { function, .. } => self.parameters(function),
            _ => None,
        }
    }

    /// What layers do with requests for paths of a shape, or for any path. The first that answers ends it.
    pub(super) fn statements(&mut self, nodes: &[Node], shape: Option<&Shape>) -> Vec<Statement> {
        let mut statements = shape.map_or_else(Vec::new, |shape| self.too_late(nodes, shape));
        for node in nodes {
            let Some(path) = self.path_condition(node, shape) else { continue };
            let mut done = Vec::new();
            for part in &node.parts {
                match part {
                    Part::Does(does) => done.push(Statement::Shared(Arc::clone(does))),
                    Part::Router(inner) => {
                        done.extend(self.statements(inner, shape));
                        done.extend(self.automatic_answer(inner, shape, node.location));
                    }
                }
            }
            if done.is_empty() {
                continue;
            }
            let condition = both(both(node.guard.clone(), path), methods(node.method.as_deref()));
            if !node.is_mount {
                let variable = self.passed_over;
                done.push(Statement::Assign { variable, value: Expression::absent(), location: node.location });
            }
            match condition {
                Condition::Always => statements.extend(done),
                condition => statements.push(Statement::When { condition, then: done, otherwise: Vec::new() }),
            }
        }
        statements
    }

    /// Express answers OPTIONS by itself where a router has a route for the path, but none that takes OPTIONS.
    pub(super) fn automatic_answer(
        &mut self,
        nodes: &[Node],
        shape: Option<&Shape>,
        location: Location,
    ) -> Option<Statement> {
        let mut routed = Vec::new();
        for node in nodes.iter().filter(|node| !node.is_mount) {
            if node.method.as_deref().is_some_and(|method| method != "OPTIONS")
                && let Some(condition) = self.path_condition(node, shape)
            {
                routed.push(both(node.guard.clone(), condition));
            }
        }
        if routed.is_empty() {
            return None;
        }
        let asked = Condition::MethodIn(vec!["OPTIONS".to_owned()]);
        let any = if routed.contains(&Condition::Always) { Condition::Always } else { Condition::Any(routed) };
        let condition = both(both(asked, self.has_failed().negated()), any);
        Some(Statement::When { condition, then: vec![respond(200, location)], otherwise: Vec::new() })
    }

    /// When a layer is for the path; `None` where it never is.
    pub(super) fn path_condition(&mut self, node: &Node, shape: Option<&Shape>) -> Option<Condition> {
        if node.path == Some(LayerPath::Unknown) {
            let unknown = self.unknown("a path", "is not known", crate::policy::Depends::Anything, node.location.span);
            return Some(Condition::Unknown(unknown));
        }
        let overlap = shape.map_or(Overlap::Sometimes, |shape| shape.overlap(&node.paths.shape, node.is_mount));
        let is_everything = node.is_mount && node.paths.regex.is_empty();
        match overlap {
            Overlap::Never => None,
            Overlap::Always => Some(Condition::Always),
            Overlap::Sometimes if is_everything => Some(Condition::Always),
            Overlap::Sometimes => {
                let source = node.paths.pattern(node.path.as_ref(), node.is_mount);
                let pattern = self.pattern(&source, "i", node.location.span);
                Some(Condition::Matches { subject: Expression::Path, pattern })
            }
        }
    }
}

/// The method that paths of a shape are asked with: GET, or where that has no route, the first that has one. And whether
/// there are only routes for methods that need no preflight.
pub(super) fn method(nodes: &[Node], shape: &Shape) -> (Method, bool) {
    let mut routed: Vec<&str> = Vec::new();
    routed_methods(nodes, shape, &mut routed);
    let is_read = routed.is_empty() || routed.iter().any(|method| matches!(*method, "GET" | "HEAD" | "*"));
    let is_simple = !routed.is_empty() && routed.iter().all(|method| matches!(*method, "GET" | "HEAD" | "POST"));
    let own = routed.into_iter().find(|method| *method != "OPTIONS");
    (own.filter(|_| !is_read).unwrap_or("GET").to_owned(), is_simple)
}

fn routed_methods<'n>(nodes: &'n [Node], shape: &Shape, routed: &mut Vec<&'n str>) {
    for node in nodes.iter().filter(|node| shape.overlap(&node.paths.shape, node.is_mount) != Overlap::Never) {
        for part in &node.parts {
            if let Part::Router(inner) = part {
                routed_methods(inner, shape, routed);
            }
        }
        if !node.is_mount {
            // A handler for every method that goes on is no route.
            match node.method.as_deref() {
                Some(method) => routed.push(method),
                None if node.answers => routed.push("*"),
                None => {}
            }
        } else if node.answers {
            routed.push("*");
        }
    }
}

impl Node {
    /// Whether it is a route, or has some, that answers more than OPTIONS.
    pub(super) fn routes(&self) -> bool {
        let is_routed = |part: &Part| matches!(part, Part::Router(inner) if inner.iter().any(Self::routes));
        self.answers_otherwise() || self.parts.iter().any(is_routed)
    }

    /// Whether it has a route for a method that only pages with a preflight can use.
    pub(super) fn takes_unsafe(&self) -> bool {
        let is_unsafe = self.method.as_deref().is_some_and(|method| matches!(method, "PUT" | "PATCH" | "DELETE"));
        let has_some = |part: &Part| matches!(part, Part::Router(inner) if inner.iter().any(Self::takes_unsafe));
        is_unsafe || self.parts.iter().any(has_some)
    }

    /// Whether it is a route for something else than OPTIONS.
    pub(super) fn answers_otherwise(&self) -> bool {
        !self.is_mount && self.method.as_deref().is_some_and(|method| method != "OPTIONS")
    }
}

fn methods(method: Option<&str>) -> Condition {
    match method {
        None => Condition::Always,
        Some("GET") => Condition::MethodIn(vec!["GET".to_owned(), "HEAD".to_owned()]),
        Some(method) => Condition::MethodIn(vec![method.to_owned()]),
    }
}

/// All routes, in the order in which they are registered.
pub(super) fn places(nodes: &[Node], places: &mut Vec<Place>, written: &str) {
    for node in nodes {
        let own = match &node.path {
            Some(LayerPath::Route(path)) => Some(super::build::below(written, path)),
            None => Some(written.to_owned()),
            _ => None,
        };
        if node.is_mount {
            for part in &node.parts {
                if let Part::Router(inner) = part {
                    self::places(inner, places, own.as_deref().unwrap_or(written));
                }
            }
        }
        if !node.is_mount || node.answers && node.path.is_some() {
            let pattern = node.paths.pattern(node.path.as_ref(), node.is_mount);
            places.push(Place { path: own, pattern, shape: node.paths.shape.clone(), location: node.location });
        }
    }
}
