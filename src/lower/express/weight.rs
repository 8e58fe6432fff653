//! How large conditions and values may grow. What is asked of what is not known, over and over, doubles with every
//! question; beyond these bounds it is no more than unknown.

use super::flow::{Exit, Flow};
use super::machine::Machine;
use super::value::Value;
use crate::policy::{Condition, Depends, Expression};

/// Parts of a condition or a value that is known as far as the request is.
const MOST_PARTS: usize = 2_000;
/// Properties and items that are compared with the request one by one.
pub(super) const MOST_COMPARED: usize = 2_000;
/// So many ways out of a statement are looked at more closely.
const FEW_EXITS: usize = 4;
/// Ways out of a statement.
const MOST_EXITS: usize = 64;
/// Parts of a text of the request.
const MOST_TEXT_PARTS: usize = 300;
/// Parts of one that hangs on what nobody knows.
const MOST_OPEN_PARTS: usize = 120;

/// Elements of a list.
const MOST_ELEMENTS: usize = 10_000;
/// So many of them, or eight times as many bytes of a text, are as dear as a step of the program: they are copied.
const ELEMENTS_A_STEP: usize = 8;
/// Bytes of a text that is known.
const MOST_BYTES: usize = 1 << 16;

impl Machine<'_> {
    /// A condition, unless it has grown too large.
    pub(super) fn bounded(&mut self, condition: Condition) -> Condition {
        let bound = if self.hangs_on_unknown(&condition) { MOST_OPEN_PARTS } else { MOST_PARTS };
        if weighs(bound, |left| condition_within(&condition, left)) {
            return condition;
        }
        let depends = self.depends_of(&Value::Truth(condition));
        Condition::Unknown(self.another_unknown("a condition of many parts", depends))
    }

    /// A value, unless it has grown too large.
    pub(super) fn bounded_value(&mut self, value: Value) -> Value {
        let bound = match &value {
            Value::String(text, _) => {
                let length = text.len();
                self.charge(length / 8 / ELEMENTS_A_STEP);
                return self.within(length, MOST_BYTES, value);
            }
            Value::Object(id) => {
                let length = self.memory.elements(*id).map_or(0, <[_]>::len);
                self.charge(length / ELEMENTS_A_STEP);
                return self.within(length, MOST_ELEMENTS, value);
            }
            Value::Choice(condition, ..) | Value::Truth(condition) if self.hangs_on_unknown(condition) => {
                MOST_OPEN_PARTS
            }
            Value::Choice(..) | Value::Truth(_) => MOST_PARTS,
            Value::Text(_) => MOST_TEXT_PARTS,
            _ => return value,
        };
        if weighs(bound, |left| value_within(&value, left)) {
            return value;
        }
        let depends = self.depends_of(&value);
        Value::Unknown(self.another_unknown("one of many values", depends))
    }

    /// A text or list, unless it is too long.
    fn within(&mut self, length: usize, bound: usize, value: Value) -> Value {
        if length <= bound {
            return value;
        }
        Value::Unknown(self.another_unknown("a value of many parts", Depends::Nothing))
    }

    /// The ways out of a statement, unless they have grown too many or too large.
    pub(super) fn bounded_flow(&mut self, flow: Flow) -> Flow {
        if flow.0.len() < FEW_EXITS {
            return flow;
        }
        let mut exits = Vec::with_capacity(flow.0.len());
        for (condition, exit) in flow.0 {
            if exits.len() == MOST_EXITS {
                let depends = self.depends_of(&Value::Truth(condition));
                let value = Value::Unknown(self.another_unknown("what is returned", depends));
                exits.push((Condition::Always, Exit::Return(value)));
                break;
            }
            exits.push((self.bounded(condition), exit));
        }
        Flow(exits)
    }

    fn depends_of(&self, value: &Value) -> Depends {
        match (self.mentions_origin(value), self.is_serving) {
            (true, _) => Depends::Origin,
            (false, true) => Depends::Anything,
            (false, false) => Depends::Nothing,
        }
    }
}

/// Whether something has no more parts than that.
fn weighs(bound: usize, count: impl FnOnce(&mut usize) -> bool) -> bool {
    let mut left = bound;
    count(&mut left)
}

fn take(left: &mut usize) -> bool {
    let is_left = *left > 0;
    *left = left.saturating_sub(1);
    is_left
}

fn condition_within(condition: &Condition, left: &mut usize) -> bool {
    take(left)
        && match condition {
            Condition::Equal { left: one, right: other, .. }
            | Condition::StartsWith { subject: one, text: other, .. }
            | Condition::EndsWith { subject: one, text: other, .. }
            | Condition::Contains { subject: one, text: other, .. } => {
                expression_within(one, left) && expression_within(other, left)
            }
            Condition::Matches { subject, .. } => expression_within(subject, left),
            Condition::Defined(expression) | Condition::Empty(expression) | Condition::Truthy(expression) => {
                expression_within(expression, left)
            }
            Condition::All(all) | Condition::Any(all) => all.iter().all(|inner| condition_within(inner, left)),
            Condition::Not(inner) => condition_within(inner, left),
            _ => true,
        }
}

fn expression_within(expression: &Expression, left: &mut usize) -> bool {
    take(left)
        && match expression {
            Expression::Concatenation(parts) => parts.iter().all(|part| expression_within(part, left)),
            Expression::Lowercase(inner) | Expression::LastName(inner) | Expression::Found { subject: inner, .. } => {
                expression_within(inner, left)
            }
            Expression::Switch(switch) => {
                let mut arms = switch.arms.iter();
                arms.all(|arm| condition_within(&arm.condition, left) && expression_within(&arm.value, left))
                    && switch.otherwise.as_ref().is_none_or(|(otherwise, _)| expression_within(otherwise, left))
            }
            _ => true,
        }
}

fn value_within(value: &Value, left: &mut usize) -> bool {
    take(left)
        && match value {
            Value::Choice(condition, one, other) => {
                condition_within(condition, left) && value_within(one, left) && value_within(other, left)
            }
            Value::Text(expression) => expression_within(expression, left),
            Value::Truth(condition) => condition_within(condition, left),
            _ => true,
        }
}
