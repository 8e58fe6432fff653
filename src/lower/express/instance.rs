//! `instanceof`.

use super::expression::truth_value;
use super::machine::Machine;
use super::native::Native;
use super::value::{Kind, ObjectId, Truth, Value};
use crate::source::Span;

/// What an object is made by.
pub(super) const CLASS: &str = "[[Class]]";

/// How many classes extend each other.
const MOST_PARENTS: usize = 8;

impl Machine<'_> {
    /// `left instanceof right`
    pub(super) fn instance_of(&mut self, left: &Value, right: &Value, span: Span) -> Value {
        let truth = match (left, right) {
            (Value::Object(id), Value::Native(Native::Global(name))) => self.is_made_by_global(*id, name),
            (Value::Object(id), Value::Object(class)) => self.is_made_by(*id, *class),
            // Nobody else's class makes what is made here.
            (Value::Object(id), Value::Unknown(_)) => self.parents(*id).map(|_| false),
            (Value::Unknown(unknown), _) => {
                return self.made_of(*unknown, " (its class)", &[left.clone(), right.clone()], span);
            }
            _ => Some(false),
        };
        match truth {
            Some(truth) => truth_value(Truth::Known(truth)),
            None => self.not_followed("the class of an object", span),
        }
    }

    fn is_made_by_global(&mut self, id: ObjectId, name: &str) -> Option<bool> {
        match (&self.memory.object(id).kind, name) {
            (_, "Object") | (Kind::Error(_), "Error") => Some(true),
            (Kind::Regex { .. }, name) => Some(name == "RegExp"),
            (Kind::Array(_), name) => Some(name == "Array"),
            (Kind::Set(_), name) => Some(name == "Set"),
            (Kind::Map(_), name) => Some(name == "Map"),
            (Kind::Url(_), name) => Some(name == "URL"),
            (Kind::Promise(_), name) => Some(name == "Promise"),
            (Kind::Function(_) | Kind::Bound { .. } | Kind::Class(..), name) => Some(name == "Function"),
            (Kind::Error(_) | Kind::Plain, name) => {
                let class = Native::global(name).map(Value::Native)?;
                self.parents(id).map(|parents| parents.contains(&class))
            }
            _ => None,
        }
    }

    fn is_made_by(&mut self, id: ObjectId, class: ObjectId) -> Option<bool> {
        match self.memory.object(class).kind {
            Kind::Class(..) => self.parents(id).map(|parents| parents.contains(&Value::Object(class))),
            _ => None,
        }
    }

    /// The class of an object and those above it; `None` where that is not known.
    fn parents(&mut self, id: ObjectId) -> Option<Vec<Value>> {
        let mut parents = Vec::new();
        let mut class = match self.memory.property(id, CLASS) {
            Some(class) => class,
            None if matches!(self.memory.object(id).kind, Kind::Plain) => return Some(parents),
            None => return None,
        };
        for _ in 0..MOST_PARENTS {
            parents.push(class.clone());
            let Value::Object(own) = class else {
                return (!matches!(class, Value::Unknown(_))).then_some(parents);
            };
            let Kind::Class(definition, scope) = self.memory.object(own).kind else { return None };
            let Some(parent) = &definition.parent else { return Some(parents) };
            let frame = super::statement::Frame { scope, this: Value::Undefined, module: self.module_of(own) };
            class = self.evaluate(parent, &frame);
        }
        None
    }
}
