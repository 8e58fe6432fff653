//! `try` and `catch`.

use super::statement::Frame;
use crate::policy::{Condition, Depends, Statement as Emitted};
use crate::source::Span;
use crate::syntax::express::{Catch, Statement};

use super::flow::{Exit, Flow, both};
use super::machine::{Branched, Machine};
use super::value::{Truth, Value, choice};

impl<'m> Machine<'m> {
    /// `try { block } catch { … }`. What is called in it and not known may throw: what has been done to the headers
    /// before its first answer is done by then.
    pub(super) fn tried(&mut self, block: &'m [Statement], catch: &'m Catch, frame: &Frame) -> Flow {
        let calls = self.opaque_calls;
        let before = self.outcomes.thrown.len();
        let (flow, does) = self.collect(|machine| machine.run_block(block, frame));
        self.outcomes.thrown.truncate(before);
        let mut does = does;
        self.drop_exceptions(&mut does, catch_span(catch));
        let may_throw = self.is_serving && self.opaque_calls > calls && self.pending_origins.is_empty();
        if !may_throw {
            self.emit_all(does);
            return self.caught(flow, |machine, value| machine.catch(catch, value, frame));
        }
        let answers = does.iter().position(ends).unwrap_or(does.len());
        let mut before = does;
        let after = before.split_off(answers);
        self.emit_all(before);
        let throws = self.unknown("an exception", "is not known", Depends::Anything, catch_span(catch));
        let outcomes = std::mem::take(&mut self.outcomes);
        let branched = self.branch(
            Truth::Asked(Condition::Unknown(throws)),
            |machine| {
                let error = machine.not_followed("an exception", catch_span(catch));
                machine.catch(catch, error, frame)
            },
            |machine| {
                machine.outcomes = outcomes;
                machine.emit_all(after);
                machine.caught(flow, |machine, value| machine.catch(catch, value, frame))
            },
        );
        match branched {
            Branched::One(flow) => flow,
            Branched::Two(condition, one, other) => Flow::branched(&condition, one, other),
        }
    }

    pub(super) fn catch(&mut self, catch: &'m Catch, value: Value, frame: &Frame) -> Flow {
        let inner = Frame { scope: self.memory.open(Some(frame.scope)), ..frame.clone() };
        if let Some(pattern) = &catch.parameter {
            self.bind(pattern, value, &inner, true);
        }
        self.run_all(&catch.body, &inner)
    }

    /// The ways out of a `try`, with what its `catch` makes of exceptions.
    pub(super) fn caught(&mut self, flow: Flow, catch: impl FnOnce(&mut Self, Value) -> Flow) -> Flow {
        let is_throw = |exit: &Exit| matches!(exit, Exit::Throw(_));
        let (thrown, others): (Vec<_>, Vec<_>) = flow.exclusive().into_iter().partition(|(_, exit)| is_throw(exit));
        if thrown.is_empty() {
            return Flow(others);
        }
        let mut value = Value::Undefined;
        for (condition, exit) in thrown.iter().rev() {
            if let Exit::Throw(thrown) = exit {
                value = choice(condition, thrown.clone(), value);
            }
        }
        let when = Flow(thrown).left();
        let branched = self.branch(Truth::of(when), |machine| catch(machine, value), |_| Flow::default());
        let caught = match branched {
            Branched::One(flow) => flow,
            Branched::Two(condition, flow, _) => {
                Flow(flow.0.into_iter().map(|(inner, exit)| (both(condition.clone(), inner), exit)).collect())
            }
        };
        caught.then(Flow(others))
    }
}

/// Whether what is emitted answers, or hands the request on, somewhere.
fn ends(statement: &Emitted) -> bool {
    match statement {
        Emitted::Respond(_) | Emitted::Forward(_) | Emitted::End => true,
        Emitted::When { then, otherwise, .. } => then.iter().chain(otherwise).any(ends),
        Emitted::Group(all) => all.iter().any(ends),
        _ => false,
    }
}

fn catch_span(catch: &Catch) -> Span {
    catch.body.first().map_or(Span::new(0, 0), |statement| statement.span)
}
