//! What the language itself provides: `String(…)`, `new Set(…)`, `Object.assign(…)`.

use crate::policy::{Condition, Expression};
use crate::source::Span;

use super::call::PROTOTYPE;
use super::expression::truth_value;
use super::instance::CLASS;
use super::machine::Machine;
use super::native::Native;
use super::value::{Kind, Value};

impl<'m> Machine<'m> {
    /// `String(x)`, `Boolean(x)`, `Error(x)` …
    pub(super) fn call_global(&mut self, name: &str, arguments: Vec<Value>, span: Span) -> Value {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        match name {
            "Boolean" => truth_value(first.truth()),
            "String" => self.each_choice(&first, &mut |machine, first| match machine.as_text(first) {
                Some(Expression::Literal(text)) => Value::string(text),
                Some(Expression::Unknown(unknown)) => Value::Unknown(unknown),
                Some(text) => Value::Text(super::text::or_undefined(&text, machine.at(span))),
                None => machine.not_followed("a text", span),
            }),
            "Number" | "parseInt" | "parseFloat" => self.each_choice(&first, &mut |machine, first| match first {
                Value::String(text, _) => Value::Number(text.trim().parse().unwrap_or(f64::NAN)),
                Value::Number(number) => Value::Number(*number),
                Value::Undefined => Value::Number(f64::NAN),
                _ => machine.not_followed("a number", span),
            }),
            "Array" => self.list(arguments, span),
            "Error" | "TypeError" | "RangeError" => self.construct_global(name, arguments, span),
            "setTimeout" | "setImmediate" | "queueMicrotask" => {
                self.call_back(&first, span);
                Value::Undefined
            }
            _ => self.not_followed(format!("`{name}()`"), span),
        }
    }

    pub(super) fn construct_global(&mut self, name: &str, arguments: Vec<Value>, span: Span) -> Value {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        let kind = match name {
            "Set" => match self.items(&first) {
                Some(items) => Kind::Set(items),
                None if first.is_nullish() => Kind::Set(Vec::new()),
                None => Kind::Set(vec![self.not_followed("a member of a set", span)]),
            },
            "Error" | "TypeError" | "RangeError" | "SyntaxError" => {
                let error = self.allocate(Kind::Error(Box::new(first)), span);
                let class = Native::global(name).map_or(Value::Undefined, Value::Native);
                self.memory.set_property(error, CLASS, class);
                return Value::Object(error);
            }
            "URL" => return self.new_url(&first, arguments.get(1), span),
            "Map" => self.map_of(&first),
            "WeakMap" | "WeakSet" => Kind::Map(std::collections::BTreeMap::new()),
            "Array" => Kind::Array(arguments),
            "Promise" => return self.new_promise(&first, span),
            "RegExp" => match &first {
                Value::String(text, _) => {
                    let flags = arguments.get(1).and_then(Value::as_str).unwrap_or_default().to_owned();
                    Kind::Regex { pattern: text.to_string(), flags }
                }
                Value::Object(id) if matches!(self.memory.object(*id).kind, Kind::Regex { .. }) => return first,
                _ => return self.not_followed("a regular expression", span),
            },
            _ => return self.not_followed(format!("`new {name}()`"), span),
        };
        Value::Object(self.allocate(kind, span))
    }

    pub(super) fn map_of(&mut self, pairs: &Value) -> Kind<'m> {
        let mut map = std::collections::BTreeMap::new();
        for pair in self.items(pairs).unwrap_or_default() {
            if let Some([key, value]) = self.items(&pair).as_deref()
                && let Some(key) = self.key_of(key)
            {
                map.insert(key, value.clone());
            }
        }
        Kind::Map(map)
    }

    /// `new Promise((resolve, reject) => …)`: what it comes to is not followed, what is done on the way is.
    pub(super) fn new_promise(&mut self, function: &Value, span: Span) -> Value {
        self.call_back(function, span);
        let value = self.not_followed("what a promise comes to", span);
        Value::Object(self.allocate(Kind::Promise(Box::new(value)), span))
    }

    /// `Object.assign(…)`, `JSON.stringify(…)`, `Array.isArray(…)` …
    pub(super) fn global_method(&mut self, global: &str, name: &str, arguments: Vec<Value>, span: Span) -> Value {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        if global == "Object" {
            return self.object_method(name, &arguments, span);
        }
        match (global, name) {
            ("Array", "isArray") => self.each_choice(&first, &mut |machine, first| match first {
                Value::Object(id) => Value::Boolean(matches!(machine.memory.object(*id).kind, Kind::Array(_))),
                Value::Unknown(unknown) => machine.derived(*unknown, " is a list", span),
                _ => Value::Boolean(false),
            }),
            ("Array", "of") => self.list(arguments, span),
            ("Array", "from") => {
                let items = self.items(&first);
                let list = match items {
                    Some(items) => self.list(items, span),
                    None => return self.not_followed("a list", span),
                };
                match arguments.get(1) {
                    Some(map) => self.call_method(&list, "map", vec![map.clone()], span),
                    None => list,
                }
            }
            ("Promise", "resolve") => {
                let value = self.settled(first);
                Value::Object(self.allocate(Kind::Promise(Box::new(value)), span))
            }
            ("Promise", "reject") => {
                self.throw_where(Condition::Always, first);
                Value::Undefined
            }
            ("String", "raw") => self.not_followed("a text", span),
            ("URL", "canParse") => {
                let Value::Text(text) = &first else { return self.not_followed("a URL", span) };
                let pattern = self.pattern(super::url::ABSOLUTE, "", span);
                Value::Truth(Condition::Matches { subject: text.clone(), pattern })
            }
            ("Number", "parseInt" | "parseFloat") => self.call_global(name, arguments, span),
            ("JSON", "parse") => match first.as_str().map(serde_json::from_str::<serde_json::Value>) {
                Some(Ok(json)) => self.json_value(&json, span),
                _ => self.not_followed("what a text holds", span),
            },
            ("console", _) => Value::Undefined,
            _ => self.not_followed(format!("`{global}.{name}()`"), span),
        }
    }

    /// `Object.defineProperty(object, name, { value })`
    fn define_property(&mut self, first: Value, arguments: &[Value]) -> Value {
        if let (Value::Object(id), Some(name), Some(Value::Object(about))) =
            (&first, arguments.get(1).and_then(Value::as_str), arguments.get(2))
            && let Some(value) = self.memory.property(*about, "value")
        {
            self.memory.set_property(*id, name, value);
        }
        first
    }

    /// `Object.name(…)`
    fn object_method(&mut self, name: &str, arguments: &[Value], span: Span) -> Value {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        match name {
            "assign" => {
                if let Value::Object(id) = &first {
                    for from in &arguments[1..] {
                        self.copy_properties(*id, from);
                    }
                }
                first
            }
            "freeze" | "seal" | "preventExtensions" => first,
            "create" => {
                let object = self.allocate(Kind::Plain, span);
                if matches!(first, Value::Object(_)) {
                    self.memory.set_property(object, PROTOTYPE, first);
                }
                Value::Object(object)
            }
            "defineProperty" => self.define_property(first, arguments),
            "keys" | "values" | "entries" => self.each_choice(&first, &mut |machine, first| {
                let Value::Object(id) = first else { return machine.not_followed("the keys of an object", span) };
                let properties = machine.memory.properties(*id);
                let mut items = Vec::with_capacity(properties.len());
                for (key, value) in properties {
                    items.push(match name {
                        "keys" => Value::string(key),
                        "values" => value,
                        _ => machine.list(vec![Value::string(key), value], span),
                    });
                }
                machine.list(items, span)
            }),
            "fromEntries" => {
                let object = self.allocate(Kind::Plain, span);
                for pair in self.items(&first).unwrap_or_default() {
                    if let Some([key, value]) = self.items(&pair).as_deref()
                        && let Some(key) = self.key_of(key)
                    {
                        self.memory.set_property(object, &key, value.clone());
                    }
                }
                Value::Object(object)
            }
            "hasOwn" => {
                let name = arguments.get(1).and_then(Value::as_str).map(str::to_owned);
                match (&first, name) {
                    (Value::Object(id), Some(name)) => Value::Boolean(self.memory.property(*id, &name).is_some()),
                    _ => self.not_followed("whether an object has a property", span),
                }
            }
            _ => self.not_followed(format!("`Object.{name}()`"), span),
        }
    }

    /// The value that a text of JSON stands for.
    pub(super) fn json_value(&mut self, json: &serde_json::Value, span: Span) -> Value {
        match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Boolean(*value),
            serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
            serde_json::Value::String(text) => Value::string(text.as_str()),
            serde_json::Value::Array(items) => {
                let items = items.iter().map(|item| self.json_value(item, span)).collect();
                self.list(items, span)
            }
            serde_json::Value::Object(properties) => {
                let object = self.allocate(Kind::Plain, span);
                for (name, value) in properties {
                    let value = self.json_value(value, span);
                    self.memory.set_property(object, name, value);
                }
                Value::Object(object)
            }
        }
    }
}
