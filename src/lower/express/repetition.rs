//! Loops.

use super::statement::Frame;
use crate::policy::Condition;
use crate::source::Span;
use crate::syntax::express::{Expression, Pattern, Statement, VariableKind};

use super::flow::{Exit, Flow};
use super::machine::{Branched, Machine};
use super::value::{Kind, Truth, Value};

/// How many turns of a loop are run.
const MOST_TURNS: usize = 1_000;
/// How many turns of loops are run that are taken only where the one before did not leave the loop.
const MOST_OPEN_TURNS: usize = 64;

impl<'m> Machine<'m> {
    /// A `for` or `while`: its turns as long as it is known that there is another; where it is not, one.
    pub(super) fn repeated(
        &mut self,
        test: Option<&'m Expression>,
        update: Option<&'m Expression>,
        body: &'m Statement,
        frame: &Frame,
    ) -> Flow {
        let mut turns = 0;
        loop {
            let truth = test.map_or(Truth::Known(true), |test| self.evaluate(test, frame).truth());
            turns += 1;
            if truth == Truth::Known(false) || !self.afford() || turns > MOST_TURNS {
                return Flow::default();
            }
            let flow = self.run_block(std::slice::from_ref(body), frame);
            let is_last = truth != Truth::Known(true);
            if flow.0.iter().all(|(_, exit)| matches!(exit, Exit::Continue)) && !is_last {
                if let Some(update) = update {
                    self.evaluate(update, frame);
                }
                continue;
            }
            // Whether there is another turn hangs on the request.
            let left: Vec<_> = flow.0.into_iter().filter(|(_, exit)| !matches!(exit, Exit::Continue)).collect();
            let further = if is_last {
                Flow::default()
            } else {
                self.deeper_turn(Flow(left.clone()).left(), |machine| {
                    if let Some(update) = update {
                        machine.evaluate(update, frame);
                    }
                    machine.repeated(test, update, body, frame)
                })
            };
            return Flow(left.into_iter().filter(|(_, exit)| exit.leaves_loop()).collect()).then(further);
        }
    }

    /// The next turn of a loop, where the last one did not leave it.
    pub(super) fn deeper_turn(&mut self, left: Condition, next: impl FnOnce(&mut Self) -> Flow) -> Flow {
        if self.turns == MOST_OPEN_TURNS {
            return Flow::default();
        }
        self.turns += 1;
        let branched = self.branch(Truth::of(left), |_| Flow::default(), next);
        self.turns -= 1;
        match branched {
            Branched::One(further) | Branched::Two(_, _, further) => further,
        }
    }

    /// The keys that `for … in` walks.
    pub(super) fn keys(&mut self, value: &Value, span: Span) -> Vec<Value> {
        match value {
            Value::Object(id) => match &self.memory.object(*id).kind {
                Kind::Array(items) => (0..items.len()).map(Value::count).collect(),
                Kind::SomeObject(_) => vec![self.not_followed("a key", span)],
                _ => self.memory.properties(*id).into_iter().map(|(name, _)| Value::string(name)).collect(),
            },
            Value::Unknown(_) => vec![self.not_followed("a key", span)],
            _ => Vec::new(),
        }
    }

    /// The turns of a `for … of` over known values.
    pub(super) fn each(
        &mut self,
        items: &[Value],
        declares: Option<VariableKind>,
        target: &'m Pattern,
        body: &'m Statement,
        frame: &Frame,
    ) -> Flow {
        for (index, item) in items.iter().enumerate() {
            let inner = Frame { scope: self.memory.open(Some(frame.scope)), ..frame.clone() };
            self.bind(target, item.clone(), &inner, declares.is_some());
            let flow = self.run_block(std::slice::from_ref(body), &inner);
            let left: Vec<_> = flow.0.into_iter().filter(|(_, exit)| !matches!(exit, Exit::Continue)).collect();
            if !left.is_empty() {
                let rest = &items[index + 1..];
                let further = self.deeper_turn(Flow(left.clone()).left(), |machine| {
                    machine.each(rest, declares, target, body, frame)
                });
                return Flow(left.into_iter().filter(|(_, exit)| exit.leaves_loop()).collect()).then(further);
            }
        }
        Flow::default()
    }
}
