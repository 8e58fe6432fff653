//! Statements of JavaScript.

use crate::syntax::express::{
    Catch, EachKind, EnumMember, Expression, ExpressionKind, ForInit, Name, Pattern, Statement, StatementKind,
    VariableKind, Variables,
};

use super::flow::{Exit, Flow, both};
use super::machine::{Branched, Machine};
use super::scope::ScopeId;
use super::value::{Closure, Kind, Truth, Value};

/// Where a statement stands: its variables, what `this` is, its module.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) scope: ScopeId,
    pub(super) this: Value,
    pub(super) module: usize,
}

impl<'m> Machine<'m> {
    /// A list of statements: functions first, which are known from the start.
    pub(super) fn run_all(&mut self, statements: &'m [Statement], frame: &Frame) -> Flow {
        for statement in statements {
            if let StatementKind::Function(function) = &statement.kind {
                let closure = self.closure(function, frame);
                if let Some(name) = &function.name {
                    self.memory.declare(frame.scope, &name.text, closure);
                }
            }
        }
        self.run_list(statements, frame)
    }

    fn run_list(&mut self, statements: &'m [Statement], frame: &Frame) -> Flow {
        for (index, statement) in statements.iter().enumerate() {
            if !self.afford() {
                return Flow::default();
            }
            let rest = &statements[index + 1..];
            if let StatementKind::If { test, then, otherwise } = &statement.kind
                && leaves(then)
            {
                return self.guarded(test, then, otherwise.as_deref(), rest, frame);
            }
            let flow = self.run(statement, frame);
            let flow = self.take_thrown().then(flow);
            let flow = self.bounded_flow(flow);
            if !flow.is_through() {
                return self.go_on_after(flow, rest, frame);
            }
        }
        Flow::default()
    }

    /// `if (test) return …; rest`: what is left is what is done otherwise.
    fn guarded(
        &mut self,
        test: &'m Expression,
        then: &'m Statement,
        otherwise: Option<&'m Statement>,
        rest: &'m [Statement],
        frame: &Frame,
    ) -> Flow {
        let truth = self.asked_by(test, then, frame);
        let before = self.take_thrown();
        let branched = self.branch(
            Truth::of(both(before.left().negated(), truth.condition())),
            |machine| machine.run_block(std::slice::from_ref(then), frame),
            |machine| {
                let flow =
                    otherwise.map_or_else(Flow::default, |other| machine.run_block(std::slice::from_ref(other), frame));
                machine.go_on_after(flow, rest, frame)
            },
        );
        let flow = before.then(match branched {
            Branched::One(flow) => flow,
            Branched::Two(condition, one, other) => Flow::branched(&condition, one, other),
        });
        self.bounded_flow(flow)
    }

    /// Does what is left where no way out was taken.
    fn go_on_after(&mut self, flow: Flow, rest: &'m [Statement], frame: &Frame) -> Flow {
        if flow.never_ends() {
            return flow;
        }
        let truth = Truth::of(flow.left());
        let only_throws = flow.0.iter().all(|(_, exit)| matches!(exit, Exit::Throw(_)));
        let branched = self.branch(
            truth,
            |machine| {
                if only_throws {
                    machine.has_thrown(&crate::policy::Condition::Always);
                }
                Flow::default()
            },
            |machine| machine.run_list(rest, frame),
        );
        match branched {
            Branched::One(rest) | Branched::Two(_, _, rest) => self.bounded_flow(flow.then(rest)),
        }
    }

    /// Whether the test of an `if` holds. A program that gives up at its start answers nothing: it is taken to start.
    fn asked_by(&mut self, test: &'m Expression, then: &Statement, frame: &Frame) -> Truth {
        let value = self.evaluate(test, frame);
        match self.truth_of(&value, test.span) {
            Truth::Asked(_) if !self.is_serving && gives_up(then) => Truth::Known(false),
            truth => truth,
        }
    }

    fn run(&mut self, statement: &'m Statement, frame: &Frame) -> Flow {
        match &statement.kind {
            StatementKind::Variables(variables) => self.declare_all(variables, frame),
            StatementKind::Class(class) => {
                let id = self.allocate(Kind::Class(class, frame.scope), class.span);
                if let Some(name) = &class.name {
                    self.memory.declare(frame.scope, &name.text, Value::Object(id));
                }
            }
            StatementKind::Expression(expression) => drop(self.evaluate(expression, frame)),
            StatementKind::If { test, then, otherwise } => {
                return self.conditional_statement(test, then, otherwise.as_deref(), frame);
            }
            StatementKind::Return(value) => {
                let value = value.as_ref().map_or(Value::Undefined, |value| self.evaluate(value, frame));
                return self.take_thrown().then(Flow::always(Exit::Return(value)));
            }
            StatementKind::Throw(value) => {
                let value = self.evaluate(value, frame);
                self.note_thrown(&value);
                return Flow::always(Exit::Throw(value));
            }
            StatementKind::Block(statements) => return self.run_block(statements, frame),
            StatementKind::Labelled { body, .. } => return self.run(body, frame),
            StatementKind::Break(label) => {
                return Flow::always(Exit::Break(label.as_ref().map(|label| label.text.clone())));
            }
            StatementKind::Continue(_) => return Flow::always(Exit::Continue),
            StatementKind::Try { block, catch, finally } => {
                return self.try_statement(block, catch.as_ref(), finally.as_deref(), frame);
            }
            StatementKind::ForEach { .. }
            | StatementKind::While { .. }
            | StatementKind::DoWhile { .. }
            | StatementKind::For { .. } => return self.run_loop(statement, frame),
            StatementKind::Switch { on, cases } => {
                let value = self.evaluate(on, frame);
                return self.switch(&value, cases, frame);
            }
            StatementKind::Export(export) => return self.export(export, frame),
            StatementKind::ImportEquals { name, value } => {
                let value = self.evaluate(value, frame);
                self.memory.declare(frame.scope, &name.text, value);
            }
            StatementKind::Enum { name, members } => self.enumeration(name, members, frame),
            StatementKind::Namespace { .. }
            | StatementKind::Import(_)
            | StatementKind::Function(_)
            | StatementKind::Nothing
            | StatementKind::Unreadable => {}
        }
        Flow::default()
    }

    fn conditional_statement(
        &mut self,
        test: &'m Expression,
        then: &'m Statement,
        otherwise: Option<&'m Statement>,
        frame: &Frame,
    ) -> Flow {
        let truth = self.asked_by(test, then, frame);
        let run =
            |machine: &mut Self, statement: &'m Statement| machine.run_block(std::slice::from_ref(statement), frame);
        let branched = self.branch(
            truth,
            |machine| run(machine, then),
            |machine| otherwise.map_or_else(Flow::default, |other| run(machine, other)),
        );
        match branched {
            Branched::One(flow) => flow,
            Branched::Two(condition, one, other) => Flow::branched(&condition, one, other),
        }
    }

    fn try_statement(
        &mut self,
        block: &'m [Statement],
        catch: Option<&'m Catch>,
        finally: Option<&'m [Statement]>,
        frame: &Frame,
    ) -> Flow {
        let flow = match catch {
            Some(catch) => self.tried(block, catch, frame),
            None => self.run_block(block, frame),
        };
        let Some(finally) = finally else { return flow };
        let last = self.run_block(finally, frame);
        if last.never_ends() { last } else { flow.then(last) }
    }

    fn run_loop(&mut self, statement: &'m Statement, frame: &Frame) -> Flow {
        match &statement.kind {
            StatementKind::ForEach { kind, declares, target, values, body } => {
                let values = self.evaluate(values, frame);
                let items = match kind {
                    EachKind::Key => self.keys(&values, statement.span),
                    EachKind::Value | EachKind::Awaited => {
                        let items = self.items(&values);
                        items.unwrap_or_else(|| vec![self.some_member(&values, statement.span)])
                    }
                };
                self.each(&items, *declares, target, body, frame)
            }
            StatementKind::While { test, body } => self.repeated(Some(test), None, body, frame),
            StatementKind::DoWhile { body, .. } => {
                let flow = self.run_block(std::slice::from_ref(body), frame);
                Flow(flow.0.into_iter().filter(|(_, exit)| exit.leaves_loop()).collect())
            }
            StatementKind::For { init, test, update, body } => {
                let inner = Frame { scope: self.memory.open(Some(frame.scope)), ..frame.clone() };
                match init {
                    Some(ForInit::Variables(variables)) => self.declare_all(variables, &inner),
                    Some(ForInit::Expression(expression)) => drop(self.evaluate(expression, &inner)),
                    None => {}
                }
                self.repeated(test.as_ref(), update.as_ref(), body, &inner)
            }
            _ => Flow::default(),
        }
    }

    /// Statements with variables of their own.
    pub(super) fn run_block(&mut self, statements: &'m [Statement], frame: &Frame) -> Flow {
        let inner = Frame { scope: self.memory.open(Some(frame.scope)), ..frame.clone() };
        self.run_all(statements, &inner)
    }

    fn declare_all(&mut self, variables: &'m Variables, frame: &Frame) {
        for declarator in &variables.declarators {
            let value = match &declarator.value {
                Some(value) => self.evaluate(value, frame),
                None if variables.kind == VariableKind::Var && self.is_declared(&declarator.target, frame) => continue,
                None => Value::Undefined,
            };
            self.bind(&declarator.target, value, frame, true);
        }
    }

    /// Whether there is a variable of that name in the function: `var` does not make it anew.
    fn is_declared(&self, target: &Pattern, frame: &Frame) -> bool {
        matches!(target, Pattern::Name(name) if self.memory.variable(frame.scope, &name.text).is_some())
    }

    /// TypeScript's `enum`: an object.
    fn enumeration(&mut self, name: &Name, members: &'m [EnumMember], frame: &Frame) {
        let id = self.allocate(Kind::Plain, name.span);
        let mut next = Value::Number(0.0);
        for member in members {
            let value = member.value.as_ref().map_or(next, |value| self.evaluate(value, frame));
            next = match &value {
                Value::Number(number) => Value::Number(number + 1.0),
                _ => Value::Undefined,
            };
            if let Some(key) = self.key(&member.key, frame) {
                self.memory.set_property(id, &key, value);
            }
        }
        self.memory.declare(frame.scope, &name.text, Value::Object(id));
    }

    /// A function with the variables around it.
    pub(super) fn closure(&mut self, function: &'m crate::syntax::express::Function, frame: &Frame) -> Value {
        let this = function.is_arrow.then(|| Box::new(frame.this.clone()));
        let closure = Closure { function, scope: frame.scope, this, module: frame.module };
        Value::Object(self.allocate(Kind::Function(closure), function.span))
    }
}

/// Whether a function is left with a statement.
fn leaves(statement: &Statement) -> bool {
    match &statement.kind {
        StatementKind::Return(_) | StatementKind::Throw(_) => true,
        StatementKind::Block(all) => all.last().is_some_and(leaves),
        _ => false,
    }
}

/// Whether a statement ends with an exception or the process with it.
fn gives_up(statement: &Statement) -> bool {
    match &statement.kind {
        StatementKind::Throw(_) => true,
        StatementKind::Block(all) => all.last().is_some_and(gives_up),
        StatementKind::Expression(Expression { kind: ExpressionKind::Call { callee, .. }, .. }) => {
            matches!(&callee.kind, ExpressionKind::Member { property, .. } if property.text == "exit")
        }
        _ => false,
    }
}
