//! What values are put into: patterns, names, members.

use super::expression::joined;
use super::expression::member_name;
use super::expression::undefined;

use crate::syntax::express::{AssignOperator, Expression, ExpressionKind, Pattern, UpdateOperator};

use super::machine::Machine;
use super::statement::Frame;
use super::value::{Kind, Value};

impl<'m> Machine<'m> {
    /// Puts a value into a pattern: a new variable, or what is there.
    pub(super) fn bind(&mut self, pattern: &'m Pattern, value: Value, frame: &Frame, declares: bool) {
        match pattern {
            Pattern::Name(name) if declares => self.memory.declare(frame.scope, &name.text, value),
            Pattern::Name(name) => self.memory.assign(frame.scope, &name.text, value),
            Pattern::Object { properties, rest, span } => {
                for property in properties {
                    let Some(name) = self.key(&property.key, frame) else { continue };
                    let inner = self.member(&value, &name, *span);
                    let inner = self.or_default(inner, property.default.as_ref(), frame);
                    self.bind(&property.value, inner, frame, declares);
                }
                if let Some(rest) = rest {
                    let id = self.allocate(Kind::Plain, *span);
                    self.copy_properties(id, &value);
                    self.bind(rest, Value::Object(id), frame, declares);
                }
            }
            Pattern::Array { elements, rest, span } => {
                let items = self.items(&value);
                for (index, element) in elements.iter().enumerate() {
                    let Some(element) = element else { continue };
                    let inner = match &items {
                        // What is split out of a text that is not known has as many parts as are asked for.
                        Some(items) if index >= items.len() && matches!(items.last(), Some(Value::Unknown(_))) => {
                            self.member(&value, &index.to_string(), *span)
                        }
                        None if matches!(value, Value::Object(_)) => self.member(&value, &index.to_string(), *span),
                        Some(items) => items.get(index).cloned().unwrap_or(Value::Undefined),
                        None => self.some_member(&value, *span),
                    };
                    let inner = self.or_default(inner, element.default.as_ref(), frame);
                    self.bind(&element.value, inner, frame, declares);
                }
                if let Some(rest) = rest {
                    let left = items.unwrap_or_default().into_iter().skip(elements.len()).collect();
                    let id = self.allocate(Kind::Array(left), *span);
                    self.bind(rest, Value::Object(id), frame, declares);
                }
            }
            Pattern::Expression(Expression {
                kind: ExpressionKind::Member { object, property, private, .. }, ..
            }) => {
                let object = self.evaluate(object, frame);
                self.set_member(&object, &member_name(property, *private), value);
            }
            Pattern::Expression(Expression { kind: ExpressionKind::Index { object, index, .. }, .. }) => {
                let object = self.evaluate(object, frame);
                let index = self.evaluate(index, frame);
                if let Some(name) = self.key_of(&index) {
                    self.set_member(&object, &name, value);
                }
            }
            Pattern::Expression(_) | Pattern::Unreadable(_) => {}
        }
    }

    pub(super) fn or_default(&mut self, value: Value, default: Option<&'m Expression>, frame: &Frame) -> Value {
        let Some(default) = default else { return value };
        let absent = undefined(&value);
        joined(self.branch(absent, |machine| machine.evaluate(default, frame), |_| value))
    }

    pub(super) fn assignment(
        &mut self,
        operator: AssignOperator,
        target: &'m Pattern,
        value: &'m Expression,
        frame: &Frame,
    ) -> Value {
        let new = match operator {
            AssignOperator::Plain => self.evaluate(value, frame),
            AssignOperator::Binary(operator) => {
                let old = self.target_value(target, frame);
                let value_now = self.evaluate(value, frame);
                self.binary(operator, &old, &value_now, value.span)
            }
            AssignOperator::Logical(operator) => {
                let old = self.target_value(target, frame);
                self.logical(operator, old, |machine| machine.evaluate(value, frame))
            }
        };
        self.bind(target, new.clone(), frame, false);
        new
    }

    pub(super) fn target_value(&mut self, target: &'m Pattern, frame: &Frame) -> Value {
        match target {
            Pattern::Name(name) => self.memory.variable(frame.scope, &name.text).unwrap_or(Value::Undefined),
            Pattern::Expression(expression) => self.evaluate(expression, frame),
            _ => Value::Undefined,
        }
    }

    /// `i++`
    pub(super) fn update(
        &mut self,
        operator: UpdateOperator,
        prefix: bool,
        target: &'m Expression,
        frame: &Frame,
    ) -> Value {
        let old = self.evaluate(target, frame);
        let Value::Number(number) = old else { return self.not_followed("a counter", target.span) };
        let new = Value::Number(if operator == UpdateOperator::Increment { number + 1.0 } else { number - 1.0 });
        match &target.kind {
            ExpressionKind::Identifier(name) => self.memory.assign(frame.scope, name, new.clone()),
            ExpressionKind::Member { object, property, private, .. } => {
                let object = self.evaluate(object, frame);
                self.set_member(&object, &member_name(property, *private), new.clone());
            }
            _ => {}
        }
        if prefix { new } else { old }
    }
}
