//! The machine that runs a program: what it has at hand, and what every part of it does in the same way.

use std::collections::HashMap;

use super::cors::Options;
use super::failure::Failure;
use super::flow::{Exit, Flow, both};
use super::module::Loaded;
use super::outcome::Outcomes;
use super::scope::Memory;
use super::stack::Layer;
use super::value::{DEEPEST_PRUNED, Kind, Object, ObjectId, Value, implied, pruned};
use crate::link::express::Program;
use crate::policy::{
    self, Condition, Depends, Expression, Pattern, PatternId, Policy, Remark, RemarkKind, Statement, UnknownId,
    VariableId,
};
use crate::source::{Location, SourceId, Span};
use crate::syntax::express::Function;

/// How many steps a program is run for; what comes after is not known.
const MOST_STEPS: usize = 600_000;
/// How many steps one handler is run for, and all of them together.
const MOST_HANDLER_STEPS: usize = 20_000;
const MOST_SERVING_STEPS: usize = 1_500_000;
/// How many of the conditions that surround a place are looked at.
const MOST_FACTS: usize = 32;
/// The major version of Express that is taken where nobody says which.
const NEWEST: u32 = 5;
/// How deep calls nest.
const DEEPEST: usize = 40;
/// How deep modules nest that are run because others import them.
const DEEPEST_IMPORTS: usize = 250;

/// Runs the modules of an application, and its middleware.
#[allow(clippy::struct_excessive_bools, reason = "each says something else about where the program is")]
pub(super) struct Machine<'m> {
    pub(super) policy: Policy,
    pub(super) memory: Memory<'m>,
    /// What the middleware at hand does, so far.
    emitted: Vec<Statement>,
    /// When the statement at hand has thrown already, and what.
    pub(super) thrown: Vec<(Condition, Value)>,
    /// The file that is run.
    pub(super) source: SourceId,
    steps: usize,
    most_steps: usize,
    depth: usize,
    imports: usize,
    pub(super) program: &'m Program<'m>,
    pub(super) loaded: Vec<Loaded>,
    /// Whether a request is at hand, rather than the start of the program.
    pub(super) is_serving: bool,
    /// Everything that is registered anywhere.
    pub(super) layers: Vec<Layer>,
    /// What `cors` was called with, and where.
    pub(super) cors: Vec<(Value, Location)>,
    /// What `express.static` was called with, and where.
    pub(super) statics: Vec<(Value, Location)>,
    /// Of the origin functions that are asked at the moment, whose options.
    pub(super) pending_origins: Vec<Options>,
    /// Of the delegates that are asked at the moment, what goes on.
    pub(super) pending_options: Vec<Options>,
    /// The status that the handler at hand has set.
    pub(super) status: Option<Value>,
    /// Whether the handler at hand is the last of a route.
    pub(super) is_terminal: bool,
    /// Whether the handler at hand is an async function.
    pub(super) is_in_async: bool,
    /// How the handler at hand can end.
    pub(super) outcomes: Outcomes,
    /// How long the path is that the handler at hand is mounted at, in bytes; `None` where that is not known.
    pub(super) mounted_at: Option<usize>,
    /// Set where handlers of errors come next: which of `failures` it is.
    pub(super) failed: VariableId,
    /// Set where what is left of a route is passed over.
    pub(super) passed_over: VariableId,
    /// The errors that are known.
    pub(super) failures: Vec<Failure>,
    /// What holds where the program is at the moment.
    pub(super) facts: Vec<Condition>,
    /// The application of `NestJS` at hand, the modules of it that were looked at, and what is being applied.
    pub(super) nest_app: Option<ObjectId>,
    pub(super) nest_modules: Vec<ObjectId>,
    pub(super) nest_applied: Vec<Value>,
    /// How many objects there were when the first request came.
    pub(super) made_at_start: u32,
    /// Where the header at hand is written, if that is not the whole call.
    pub(super) written_at: Option<Location>,
    /// What the program puts into the response.
    pub(super) response: ObjectId,
    /// What is not known by its words and, for some, its place.
    pub(super) unknown_ids: HashMap<(String, String, Depends, Option<Location>), UnknownId>,
    /// Whether what is run is middleware that nobody in the tree registers.
    pub(super) is_fragment: bool,
    /// The functions that are running.
    pub(super) running: Vec<*const Function>,
    /// How many turns of loops hang on the one before.
    pub(super) turns: usize,
    /// How many applications there are.
    pub(super) applications: usize,
    /// Which of them is at hand.
    pub(super) application: usize,
    /// The path that something was last fetched by.
    pub(super) fetched: Option<Expression>,
    /// When the handler at hand hands on the answer of another application.
    pub(super) copied: Option<Condition>,
    /// How often something was called that is not known and may throw.
    pub(super) opaque_calls: usize,
    /// The major version of Express.
    pub(super) express: u32,
}

impl<'m> Machine<'m> {
    pub(super) fn new(program: &'m Program<'m>) -> Self {
        let mut policy = Policy::default();
        let failed = internal(&mut policy, "something has failed");
        let mut memory = Memory::default();
        let plain = Object { kind: Kind::Plain, properties: Vec::new(), location: None, locations: Vec::new() };
        let response = memory.allocate(plain);
        let passed_over = internal(&mut policy, "the rest of a route is passed over");
        Self {
            policy,
            memory,
            response,
            written_at: None,
            nest_app: None,
            nest_modules: Vec::new(),
            nest_applied: Vec::new(),
            made_at_start: 0,
            emitted: Vec::new(),
            thrown: Vec::new(),
            source: program.modules.files[program.entry].source,
            steps: 0,
            most_steps: MOST_STEPS,
            depth: 0,
            imports: 0,
            program,
            loaded: vec![Loaded::No; program.modules.files.len()],
            is_serving: false,
            layers: Vec::new(),
            cors: Vec::new(),
            statics: Vec::new(),
            pending_origins: Vec::new(),
            pending_options: Vec::new(),
            status: None,
            is_terminal: false,
            is_in_async: false,
            outcomes: Outcomes::default(),
            mounted_at: Some(0),
            failed,
            passed_over,
            failures: Vec::new(),
            facts: Vec::new(),
            unknown_ids: HashMap::new(),
            is_fragment: false,
            running: Vec::new(),
            turns: 0,
            applications: 0,
            application: 0,
            fetched: None,
            copied: None,
            opaque_calls: 0,
            express: program.express.unwrap_or(NEWEST),
        }
    }

    pub(super) fn at(&self, span: Span) -> Location {
        Location { source: self.source, span }
    }

    /// Counts a step; false where the program has run for too long.
    pub(super) fn afford(&mut self) -> bool {
        self.steps += 1;
        self.steps <= self.most_steps
    }

    /// Counts what is dearer than a step.
    pub(super) fn charge(&mut self, steps: usize) {
        self.steps += steps;
    }

    /// Runs a handler, with a bound of its own; false where that was not enough.
    pub(super) fn with_bound(&mut self, run: impl FnOnce(&mut Self)) -> bool {
        let start = self.steps;
        self.most_steps = MOST_HANDLER_STEPS.min(MOST_SERVING_STEPS.saturating_sub(start)) + start;
        run(self);
        let is_enough = self.steps <= self.most_steps;
        self.steps = self.steps.min(self.most_steps);
        is_enough
    }

    /// The program has started: requests come.
    pub(super) fn start_serving(&mut self) {
        self.made_at_start = self.memory.size();
        self.is_serving = true;
        self.steps = 0;
    }

    /// Whether it has run for too long.
    pub(super) fn is_exhausted(&self) -> bool {
        !self.is_serving && self.steps > self.most_steps
    }

    /// Does something one call deeper; `None` where that is too deep.
    pub(super) fn deeper<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth == DEEPEST {
            return None;
        }
        self.depth += 1;
        let result = run(self);
        self.depth -= 1;
        Some(result)
    }

    /// The same for a module that is imported.
    pub(super) fn one_module_deeper<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.imports == DEEPEST_IMPORTS {
            return None;
        }
        self.imports += 1;
        let result = run(self);
        self.imports -= 1;
        Some(result)
    }

    pub(super) fn pattern(&mut self, source: &str, flags: &str, span: Span) -> PatternId {
        let same = |pattern: &Pattern| {
            pattern.source == source && pattern.ignore_case == flags.contains('i') && !flags.contains(['m', 's'])
        };
        if let Some(index) = self.policy.patterns.iter().position(same) {
            return PatternId(u32::try_from(index).unwrap_or(u32::MAX));
        }
        let what = format!("`/{source}/{flags}` matches");
        let unknown = self.unknown(what, "is a pattern that cannot be run here", Depends::Origin, span);
        let pattern = Pattern::ecmascript(source, flags, unknown);
        PatternId(policy::push(&mut self.policy.patterns, pattern))
    }

    pub(super) fn remark(&mut self, kind: RemarkKind, span: Span, message: impl Into<String>) {
        self.remark_at(kind, self.at(span), message);
    }

    pub(super) fn remark_at(&mut self, kind: RemarkKind, location: Location, message: impl Into<String>) {
        let remark = Remark { kind, location, message: message.into() };
        if !self.policy.remarks.contains(&remark) {
            self.policy.remarks.push(remark);
        }
    }

    pub(super) fn allocate(&mut self, kind: Kind<'m>, span: Span) -> ObjectId {
        let location = Some(self.at(span));
        self.memory.allocate(Object { kind, properties: Vec::new(), location, locations: Vec::new() })
    }

    /// Lets the middleware at hand do something, unless the statement has thrown before that.
    pub(super) fn emit(&mut self, statement: Statement) {
        self.emit_all(vec![statement]);
    }

    /// The same for several things.
    pub(super) fn emit_all(&mut self, statements: Vec<Statement>) {
        if statements.is_empty() {
            return;
        }
        let spared = self
            .thrown
            .iter()
            .fold(Condition::Always, |spared, (condition, _)| both(spared, condition.clone().negated()));
        match self.bounded(spared) {
            Condition::Always => self.emitted.extend(statements),
            condition => self.emitted.push(Statement::When { condition, then: statements, otherwise: Vec::new() }),
        }
    }

    /// Throws, where a condition holds; what follows in the same statement is done where it does not.
    pub(super) fn throw_where(&mut self, condition: Condition, value: Value) {
        self.has_thrown(&condition);
        self.thrown.push((condition, value));
    }

    /// Throws an error that the language makes. At its start a program is taken to get by: what is missing there is
    /// rather missing here.
    pub(super) fn throw_implicitly(&mut self, condition: Condition, span: Span) {
        if self.hangs_on_request(&condition) {
            return self.may_throw(span);
        }
        if self.is_serving && !self.is_out(&condition) {
            let error = Kind::Error(Box::new(Value::Undefined));
            let error = Value::Object(self.allocate(error, span));
            self.throw_where(condition, error);
        }
    }

    /// Whether a condition holds where the program is, as far as that shows at once.
    pub(super) fn known_here(&self, condition: &Condition) -> Option<bool> {
        self.facts.iter().rev().take(MOST_FACTS).find_map(|fact| implied(fact, true, condition))
    }

    /// A value without what it is known not to be where the program is.
    pub(super) fn as_known_here(&self, value: Value) -> Value {
        if !matches!(value, Value::Choice(..)) {
            return value;
        }
        self.facts.iter().rev().take(MOST_FACTS).fold(value, |value, fact| pruned(value, fact, true, DEEPEST_PRUNED))
    }

    /// Whether it is known that something that is asked for is there.
    fn is_out(&self, condition: &Condition) -> bool {
        let Condition::Not(inner) = condition else { return false };
        let Condition::Defined(text) = &**inner else { return false };
        self.facts.iter().any(|fact| says_there_is(fact, text))
    }

    /// What was thrown since the last statement, as ways out.
    pub(super) fn take_thrown(&mut self) -> Flow {
        let thrown = std::mem::take(&mut self.thrown);
        Flow(thrown.into_iter().map(|(condition, value)| (condition, Exit::Throw(value))).collect())
    }

    /// Throws again what was taken.
    pub(super) fn throw_again(&mut self, flow: Flow) {
        for (condition, exit) in flow.0 {
            if let Exit::Throw(value) = exit {
                self.throw_where(condition, value);
            }
        }
    }

    /// Runs something and takes what it emits.
    pub(super) fn collect<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> (T, Vec<Statement>) {
        let outer = std::mem::take(&mut self.emitted);
        let result = run(self);
        (result, std::mem::replace(&mut self.emitted, outer))
    }
}

/// Whether a condition holds only where a text is there.
fn says_there_is(fact: &Condition, text: &Expression) -> bool {
    match fact {
        Condition::Defined(known) => known == text,
        Condition::Equal { left, right, .. } => left == text && right.as_literal().is_some_and(|text| !text.is_empty()),
        Condition::All(all) => all.iter().any(|fact| says_there_is(fact, text)),
        Condition::Not(inner) => match &**inner {
            Condition::Empty(known) => known == text,
            Condition::Any(all) => all.iter().any(|fact| says_there_is(&fact.clone().negated(), text)),
            _ => false,
        },
        _ => false,
    }
}

/// A variable of the policy that no program can name.
fn internal(policy: &mut Policy, name: &str) -> VariableId {
    let variable =
        policy::Variable { name: name.to_owned(), definition: None, volatile: false, location: None, taken_for: None };
    VariableId(policy::push(&mut policy.variables, variable))
}

/// What came of a branch.
pub(super) enum Branched<T> {
    /// Only one side could be taken.
    One(T),
    /// The first where the condition holds, else the second.
    Two(Condition, T, T),
}
