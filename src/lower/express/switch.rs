//! `switch`.

use crate::syntax::express::Case;

use super::flow::{Exit, Flow};
use super::machine::{Branched, Machine};
use super::statement::Frame;
use super::value::Value;

impl<'m> Machine<'m> {
    /// `switch`: the first case that is the same, and those it falls through to.
    pub(super) fn switch(&mut self, value: &Value, cases: &'m [Case], frame: &Frame) -> Flow {
        let inner = Frame { scope: self.memory.open(Some(frame.scope)), ..frame.clone() };
        self.switch_from(value, cases, 0, &inner)
    }

    fn switch_from(&mut self, value: &Value, cases: &'m [Case], from: usize, frame: &Frame) -> Flow {
        let next = (from..cases.len()).find(|index| cases[*index].test.is_some());
        let Some(index) = next else {
            let default = cases.iter().position(|case| case.test.is_none());
            return default.map_or_else(Flow::default, |index| self.cases(cases, index, frame));
        };
        let Some(test) = &cases[index].test else { return Flow::default() };
        let test_span = test.span;
        let test = self.evaluate(test, frame);
        let same = self.same(value, &test, test_span);
        let branched = self.branch(
            same,
            |machine| machine.cases(cases, index, frame),
            |machine| machine.switch_from(value, cases, index + 1, frame),
        );
        match branched {
            Branched::One(flow) => flow,
            Branched::Two(condition, one, other) => Flow::branched(&condition, one, other),
        }
    }

    /// The statements from a case on, to the first `break`.
    fn cases(&mut self, cases: &'m [Case], from: usize, frame: &Frame) -> Flow {
        for case in &cases[from..] {
            let flow = self.run_all(&case.body, frame);
            if !flow.is_through() {
                let kept = flow.0.into_iter().filter(|(_, exit)| !matches!(exit, Exit::Break(None)));
                return Flow(kept.collect());
            }
        }
        Flow::default()
    }
}
