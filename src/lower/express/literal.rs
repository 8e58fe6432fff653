//! Lists, objects and arguments as they are written.

use super::expression::number_text;

use crate::source::Span;
use crate::syntax::express::{Argument, Element, Expression, Key, Property};

use super::machine::Machine;
use super::statement::Frame;
use super::value::{Kind, ObjectId, Truth, Value};

impl<'m> Machine<'m> {
    pub(super) fn array(&mut self, elements: &'m [Element], expression: &'m Expression, frame: &Frame) -> Value {
        let mut items = Vec::with_capacity(elements.len());
        for element in elements {
            match element {
                Element::Hole => items.push(Value::Undefined),
                Element::Item(item) => items.push(self.evaluate(item, frame)),
                Element::Spread(spread) => {
                    let value = self.evaluate(spread, frame);
                    match self.items(&value) {
                        Some(more) => items.extend(more),
                        // What is not known of a list stands for its members.
                        None => items.push(self.some_member(&value, expression.span)),
                    }
                }
            }
        }
        Value::Object(self.allocate(Kind::Array(items), expression.span))
    }

    pub(super) fn object_literal(
        &mut self,
        properties: &'m [Property],
        expression: &'m Expression,
        frame: &Frame,
    ) -> Value {
        let id = self.allocate(Kind::Plain, expression.span);
        for property in properties {
            match property {
                Property::Value { key, value, span } => {
                    if let Some(name) = self.key(key, frame) {
                        let value = self.evaluate(value, frame);
                        self.memory.set_property(id, &name, value);
                        self.memory.locate(id, &name, self.at(*span));
                    }
                }
                Property::Method { key, function } => {
                    if let Some(name) = self.key(key, frame) {
                        let value = self.closure(function, frame);
                        self.memory.set_property(id, &name, value);
                        self.memory.locate(id, &name, self.at(function.span));
                    }
                }
                Property::Getter { key, function } => {
                    if let Some(name) = self.key(key, frame) {
                        let getter = self.closure(function, frame);
                        let value = self.apply(&getter, Value::Object(id), Vec::new(), function.span);
                        self.memory.set_property(id, &name, value);
                    }
                }
                Property::Spread(spread) => {
                    let from = self.evaluate(spread, frame);
                    self.copy_properties(id, &from);
                }
                Property::Setter { .. } => {}
                Property::Unreadable(span) => {
                    let something = self.not_followed("what could not be read", *span);
                    self.copy_properties(id, &something);
                }
            }
        }
        Value::Object(id)
    }

    /// Copies what an object has of its own, as `Object.assign` and `...` do; of a choice, what either has.
    pub(super) fn copy_properties(&mut self, to: ObjectId, from: &Value) {
        match from {
            Value::Object(id) => {
                for (name, value) in self.memory.properties(*id) {
                    self.memory.set_property(to, &name, value);
                    if let Some(location) = self.memory.located(*id, &name) {
                        self.memory.locate(to, &name, location);
                    }
                }
            }
            Value::Choice(condition, one, other) => {
                self.branch(
                    Truth::Asked(condition.clone()),
                    |machine| machine.copy_properties(to, one),
                    |machine| machine.copy_properties(to, other),
                );
            }
            // Of what is not known, something may be in it.
            Value::Unknown(unknown) if matches!(self.memory.object(to).kind, Kind::Plain) => {
                self.memory.set_kind(to, Kind::SomeObject(*unknown));
            }
            _ => {}
        }
    }

    /// What stands for the members of a list of which nothing is known.
    pub(super) fn some_member(&mut self, list: &Value, span: Span) -> Value {
        match list {
            Value::Unknown(unknown) => self.derived(*unknown, "", span),
            _ => self.not_followed("a member of a list", span),
        }
    }

    pub(super) fn key(&mut self, key: &'m Key, frame: &Frame) -> Option<String> {
        match key {
            Key::Name(name) => Some(name.text.clone()),
            Key::Private(name) => Some(format!("#{}", name.text)),
            Key::Computed(expression) => {
                let value = self.evaluate(expression, frame);
                self.key_of(&value)
            }
        }
    }

    /// The name of a property, by a value that is known.
    #[allow(clippy::unused_self, reason = "reads as what the machine knows")]
    pub(super) fn key_of(&self, value: &Value) -> Option<String> {
        match value {
            Value::String(text, _) => Some(text.to_string()),
            Value::Number(number) => Some(number_text(*number)),
            _ => None,
        }
    }

    /// The members of a list, if it is known how many there are.
    pub(super) fn items(&mut self, value: &Value) -> Option<Vec<Value>> {
        match value {
            Value::Object(id) => match &self.memory.object(*id).kind {
                Kind::Array(items) | Kind::Set(items) => Some(items.clone()),
                _ => None,
            },
            Value::String(text, _) => Some(text.chars().map(|c| Value::string(c.to_string())).collect()),
            _ => None,
        }
    }

    /// The arguments of a call; of a list that is not known, nothing.
    pub(super) fn arguments(&mut self, arguments: &'m [Argument], frame: &Frame) -> Vec<Value> {
        let mut values = Vec::with_capacity(arguments.len());
        for argument in arguments {
            match argument {
                Argument::Item(item) => values.push(self.evaluate(item, frame)),
                Argument::Spread(spread) => {
                    let list = self.evaluate(spread, frame);
                    values.extend(self.items(&list).unwrap_or_default());
                }
            }
        }
        values
    }
}
