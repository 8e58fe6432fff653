//! Operators between two values.

use crate::policy::{Condition, Expression};
use crate::source::Span;
use crate::syntax::express::BinaryOperator;

use super::collection::any;
use super::expression::{nullish, number_text, truth_value};
use super::machine::Machine;
use super::value::{Truth, Value};

impl Machine<'_> {
    pub(super) fn binary(&mut self, operator: BinaryOperator, left: &Value, right: &Value, span: Span) -> Value {
        if matches!(left, Value::Choice(..)) {
            let right = right.clone();
            return self.each_choice(left, &mut |machine, left| machine.binary(operator, left, &right, span));
        }
        if matches!(right, Value::Choice(..)) {
            let left = left.clone();
            return self.each_choice(right, &mut |machine, right| machine.binary(operator, &left, right, span));
        }
        match operator {
            BinaryOperator::StrictEqual => truth_value(self.same(left, right, span)),
            BinaryOperator::StrictNotEqual => truth_value(self.same(left, right, span).negated()),
            BinaryOperator::Equal => truth_value(self.loosely_same(left, right, span)),
            BinaryOperator::NotEqual => truth_value(self.loosely_same(left, right, span).negated()),
            BinaryOperator::In => self.is_in(left, right, span),
            BinaryOperator::Instanceof => self.instance_of(left, right, span),
            BinaryOperator::Add => self.add(left, right, span),
            _ => self.arithmetic(operator, left, right, span),
        }
    }

    fn arithmetic(&mut self, operator: BinaryOperator, left: &Value, right: &Value, span: Span) -> Value {
        let (Value::Number(a), Value::Number(b)) = (left, right) else {
            return match (left, right) {
                (Value::Unknown(unknown), _) | (_, Value::Unknown(unknown)) => {
                    self.made_of(*unknown, " (compared)", &[left.clone(), right.clone()], span)
                }
                _ => self.not_followed("a comparison or figure", span),
            };
        };
        match operator {
            BinaryOperator::Less => Value::Boolean(a < b),
            BinaryOperator::AtMost => Value::Boolean(a <= b),
            BinaryOperator::Greater => Value::Boolean(a > b),
            BinaryOperator::AtLeast => Value::Boolean(a >= b),
            BinaryOperator::Subtract => Value::Number(a - b),
            BinaryOperator::Multiply => Value::Number(a * b),
            BinaryOperator::Divide => Value::Number(a / b),
            BinaryOperator::Remainder => Value::Number(a % b),
            _ => self.not_followed("a figure", span),
        }
    }

    /// `===`
    pub(super) fn same(&mut self, left: &Value, right: &Value, span: Span) -> Truth {
        match (left, right) {
            (Value::Choice(..), _) | (_, Value::Choice(..)) => {
                self.binary(BinaryOperator::StrictEqual, left, right, span).truth()
            }
            (Value::Unknown(one), Value::Unknown(other)) if one == other => Truth::Known(true),
            (Value::Unknown(_), Value::Undefined | Value::Null)
            | (Value::Undefined | Value::Null, Value::Unknown(_)) => {
                let unknown = if left.is_nullish() { right } else { left };
                nullish(unknown)
            }
            (Value::Unknown(unknown), known) | (known, Value::Unknown(unknown)) => match self.as_text(known) {
                Some(Expression::Literal(text)) => {
                    let (left, right) = (Expression::Unknown(*unknown), Expression::Literal(text));
                    Truth::Asked(Condition::Equal { left, right, ignore_case: false })
                }
                _ => Truth::Asked(self.same_as_unknown(*unknown, known, span)),
            },
            (Value::Text(text), Value::String(known, _)) | (Value::String(known, _), Value::Text(text)) => {
                let right = Expression::literal(&**known);
                let equal = Condition::Equal { left: text.clone(), right, ignore_case: false };
                // The policy takes what is absent for empty; JavaScript does not.
                let defined = Condition::Defined(text.clone());
                Truth::Asked(if known.is_empty() { Condition::All(vec![defined, equal]) } else { equal })
            }
            (Value::Text(one), Value::Text(other)) => {
                Truth::Asked(Condition::Equal { left: one.clone(), right: other.clone(), ignore_case: false })
            }
            (Value::Text(text), Value::Undefined) | (Value::Undefined, Value::Text(text)) => {
                Truth::Asked(Condition::Defined(text.clone()).negated())
            }
            (Value::Truth(condition), Value::Boolean(known)) | (Value::Boolean(known), Value::Truth(condition)) => {
                let truth = Truth::of(condition.clone());
                if *known { truth } else { truth.negated() }
            }
            (Value::String(one, _), Value::String(other, _)) => Truth::Known(one == other),
            (one, other) => Truth::Known(one == other),
        }
    }

    /// `==`: of interest is that `null` and `undefined` are the same.
    fn loosely_same(&mut self, left: &Value, right: &Value, span: Span) -> Truth {
        match (left, right) {
            (Value::Undefined | Value::Null, other) | (other, Value::Undefined | Value::Null) => nullish(other),
            (Value::Number(number), Value::String(text, _)) | (Value::String(text, _), Value::Number(number)) => {
                Truth::Known(text.trim().parse() == Ok(*number))
            }
            _ => self.same(left, right, span),
        }
    }

    /// `name in object`
    fn is_in(&mut self, name: &Value, object: &Value, span: Span) -> Value {
        match (name, object) {
            (name, Value::Object(id)) => {
                let mut all = Vec::new();
                for (known, _) in self.memory.properties(*id) {
                    all.push(self.same(name, &Value::string(known), span));
                }
                truth_value(any(all))
            }
            (_, Value::Unknown(unknown)) => self.made_of(*unknown, " (in it)", std::slice::from_ref(name), span),
            _ => self.not_followed("whether an object has a property", span),
        }
    }

    fn add(&mut self, left: &Value, right: &Value, span: Span) -> Value {
        if let (Value::Number(a), Value::Number(b)) = (left, right) {
            return Value::Number(a + b);
        }
        match (self.as_text(left), self.as_text(right)) {
            (Some(one), Some(other)) => self.bounded_value(joined_text(one, other)),
            _ => self.not_followed("a sum", span),
        }
    }

    /// A value as a string, as `String(value)` makes it; `None` where it has none that is of use.
    pub(super) fn as_text(&mut self, value: &Value) -> Option<Expression> {
        Some(match value {
            Value::Undefined => Expression::literal("undefined"),
            Value::Null => Expression::literal("null"),
            Value::Boolean(value) => Expression::literal(value.to_string()),
            Value::Number(number) => Expression::literal(number_text(*number)),
            Value::String(text, _) => Expression::literal(&**text),
            Value::Text(text) => text.clone(),
            Value::Unknown(unknown) => Expression::Unknown(*unknown),
            Value::Object(_) => {
                let items = self.items(value).filter(|_| self.afford())?;
                let mut all = Expression::literal("");
                for (index, item) in items.iter().enumerate() {
                    // A list may be in itself.
                    let text = self.deeper(|machine| machine.as_text(item))??;
                    let separated = if index == 0 { text } else { concatenation(Expression::literal(","), text) };
                    all = concatenation(all, separated);
                }
                all
            }
            _ => return None,
        })
    }
}

/// Two texts as one value.
fn joined_text(one: Expression, other: Expression) -> Value {
    match concatenation(one, other) {
        Expression::Literal(text) => Value::string(text),
        expression => Value::Text(expression),
    }
}

/// Two texts as one.
pub(super) fn concatenation(one: Expression, other: Expression) -> Expression {
    match (one, other) {
        (Expression::Literal(one), Expression::Literal(other)) => Expression::Literal(one + &other),
        (Expression::Literal(empty), other) | (other, Expression::Literal(empty)) if empty.is_empty() => other,
        (Expression::Concatenation(mut parts), other) => {
            parts.push(other);
            Expression::Concatenation(parts)
        }
        (one, other) => Expression::Concatenation(vec![one, other]),
    }
}
