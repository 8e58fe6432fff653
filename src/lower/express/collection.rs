//! Methods of arrays, sets and objects.

use crate::policy::Condition;
use crate::source::Span;

use super::expression::truth_value;
use super::machine::Machine;
use super::value::{Kind, ObjectId, Truth, Value, choice};
use super::weight::MOST_COMPARED;

impl Machine<'_> {
    /// `array.name(arguments)`
    pub(super) fn array_method(&mut self, id: ObjectId, name: &str, arguments: Vec<Value>, span: Span) -> Value {
        let items = match name {
            "push" => return Value::count(self.memory.push(id, arguments)),
            _ => self.memory.elements(id).unwrap_or_default().to_vec(),
        };
        match name {
            "includes" | "indexOf" | "findIndex" | "lastIndexOf" | "some" | "every" | "find" => {
                self.search(&items, name, &arguments, span)
            }
            "pop" | "shift" | "unshift" | "forEach" => self.change(id, items, name, arguments, span),
            _ => self.list_from(items, name, &arguments, span),
        }
    }

    /// Whether something is in a list, and where.
    fn search(&mut self, items: &[Value], name: &str, arguments: &[Value], span: Span) -> Value {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        if items.len() > MOST_COMPARED {
            return self.not_followed("a search in a long list", span);
        }
        match name {
            "includes" => truth_value(self.among(items, &first, span)),
            "indexOf" | "findIndex" | "lastIndexOf" => {
                let mut place = Value::Number(-1.0);
                for (index, item) in items.iter().enumerate().rev() {
                    let here = match name {
                        "findIndex" => self.asked(&first, item, index, span),
                        _ => self.same(item, &first, span),
                    };
                    place = choice(&here.condition(), Value::count(index), place);
                }
                place
            }
            "some" | "every" => {
                let mut all = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    all.push(self.asked(&first, item, index, span));
                }
                truth_value(if name == "some" { any(all) } else { any(all.into_iter().map(Truth::negated)).negated() })
            }
            "find" => {
                let mut found = Value::Undefined;
                for (index, item) in items.iter().enumerate().rev() {
                    let here = self.asked(&first, item, index, span);
                    found = choice(&here.condition(), item.clone(), found);
                }
                found
            }
            _ => self.not_followed(format!("`.{name}()` of a list"), span),
        }
    }

    /// What changes a list, or is done with its items.
    fn change(&mut self, id: ObjectId, items: Vec<Value>, name: &str, arguments: Vec<Value>, span: Span) -> Value {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        match name {
            "forEach" => {
                for (index, item) in items.into_iter().enumerate() {
                    self.apply(&first, Value::Undefined, vec![item, Value::count(index)], span);
                }
                Value::Undefined
            }
            "pop" | "shift" => {
                let mut rest = items;
                let taken = match name {
                    "pop" => rest.pop(),
                    _ => (!rest.is_empty()).then(|| rest.remove(0)),
                };
                self.memory.set_elements(id, rest);
                taken.unwrap_or(Value::Undefined)
            }
            "unshift" => {
                let mut all = items;
                all.splice(0..0, arguments);
                let length = all.len();
                self.memory.set_elements(id, all);
                Value::count(length)
            }
            _ => self.not_followed(format!("`.{name}()` of a list"), span),
        }
    }

    /// What is made of a list.
    fn list_from(&mut self, items: Vec<Value>, name: &str, arguments: &[Value], span: Span) -> Value {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        match name {
            "concat" => {
                let mut all = items;
                for argument in arguments {
                    match self.items(argument) {
                        Some(more) if !matches!(argument, Value::String(..)) => all.extend(more),
                        _ => all.push(argument.clone()),
                    }
                }
                self.list(all, span)
            }
            "join" => {
                let separator = first.as_str().unwrap_or(",").to_owned();
                let mut all = Value::string("");
                for (index, item) in items.iter().enumerate() {
                    use crate::syntax::express::BinaryOperator::Add;
                    if index > 0 {
                        all = self.binary(Add, &all, &Value::string(separator.as_str()), span);
                    }
                    if !item.is_nullish() {
                        all = self.binary(Add, &all, item, span);
                    }
                }
                all
            }
            "flat" | "sort" | "toSorted" | "values" => self.list(items, span),
            "reverse" | "toReversed" => self.list(items.into_iter().rev().collect(), span),
            "slice" => match bounds(arguments, items.len()) {
                Some((from, to)) => self.list(items[from..to].to_vec(), span),
                None => self.not_followed("a part of a list", span),
            },
            "at" => match bounds(arguments, items.len()) {
                Some((from, _)) => items.get(from).cloned().unwrap_or(Value::Undefined),
                None => self.not_followed("a member of a list", span),
            },
            _ => self.mapped(items, name, arguments, span),
        }
    }

    /// What a function makes of the items of a list.
    fn mapped(&mut self, items: Vec<Value>, name: &str, arguments: &[Value], span: Span) -> Value {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        match name {
            "map" => {
                let mut mapped = Vec::with_capacity(items.len());
                for (index, item) in items.into_iter().enumerate() {
                    let arguments = vec![item, Value::count(index)];
                    mapped.push(self.apply(&first, Value::Undefined, arguments, span));
                }
                self.list(mapped, span)
            }
            "filter" => {
                let mut kept = Vec::new();
                for (index, item) in items.into_iter().enumerate() {
                    match self.asked(&first, &item, index, span) {
                        Truth::Known(true) => kept.push(item),
                        Truth::Known(false) => {}
                        // What is there only perhaps is nobody's equal where it is not.
                        Truth::Asked(condition) => kept.push(choice(&condition, item, Value::Undefined)),
                    }
                }
                self.list(kept, span)
            }
            "flatMap" => {
                let mut all = Vec::new();
                for item in items {
                    let made = self.apply(&first, Value::Undefined, vec![item], span);
                    match self.items(&made) {
                        Some(more) if !matches!(made, Value::String(..)) => all.extend(more),
                        _ => all.push(made),
                    }
                }
                self.list(all, span)
            }
            "reduce" => {
                let mut items = items.into_iter();
                let mut all = arguments.get(1).cloned().or_else(|| items.next()).unwrap_or(Value::Undefined);
                for item in items {
                    all = self.apply(&first, Value::Undefined, vec![all, item], span);
                }
                all
            }
            _ => self.not_followed(format!("`.{name}()` of a list"), span),
        }
    }

    /// `set.has(value)` and its kin.
    pub(super) fn set_method(&mut self, id: ObjectId, name: &str, arguments: Vec<Value>, span: Span) -> Value {
        let items = self.memory.elements(id).unwrap_or_default().to_vec();
        let first = arguments.into_iter().next().unwrap_or(Value::Undefined);
        match name {
            "has" => truth_value(self.among(&items, &first, span)),
            "add" => {
                let mut all = items;
                all.push(first);
                self.memory.set_elements(id, all);
                Value::Object(id)
            }
            "values" | "keys" => self.list(items, span),
            "forEach" => {
                for item in items {
                    self.apply(&first, Value::Undefined, vec![item], span);
                }
                Value::Undefined
            }
            _ => self.not_followed(format!("`.{name}()` of a set"), span),
        }
    }

    /// `map.get(key)` and its kin.
    pub(super) fn map_method(
        &mut self,
        id: ObjectId,
        pairs: &std::collections::BTreeMap<String, Value>,
        name: &str,
        arguments: Vec<Value>,
        span: Span,
    ) -> Value {
        let key = arguments.first().cloned().unwrap_or(Value::Undefined);
        match name {
            "get" | "has" => {
                let mut found = Value::Undefined;
                let mut all = Vec::with_capacity(pairs.len());
                for (known, value) in pairs.iter().rev() {
                    let here = self.same(&key, &Value::string(known.as_str()), span);
                    found = choice(&here.clone().condition(), value.clone(), found);
                    all.push(here);
                }
                if name == "get" { found } else { truth_value(any(all)) }
            }
            "set" => {
                if let Some(key) = self.key_of(&key) {
                    let mut pairs = pairs.clone();
                    pairs.insert(key, arguments.into_iter().nth(1).unwrap_or(Value::Undefined));
                    self.memory.set_kind(id, Kind::Map(pairs));
                }
                Value::Object(id)
            }
            "keys" => self.list(pairs.keys().map(|key| Value::string(key.as_str())).collect(), span),
            "values" => self.list(pairs.values().cloned().collect(), span),
            _ => self.not_followed(format!("`.{name}()` of a map"), span),
        }
    }

    /// Whether a value is one of a list.
    pub(super) fn among(&mut self, items: &[Value], value: &Value, span: Span) -> Truth {
        let mut all = Vec::with_capacity(items.len());
        for item in items {
            all.push(match item {
                Value::Unknown(unknown) => self.is_held(*unknown, "includes", Some(value), span).truth(),
                item => self.same(item, value, span),
            });
        }
        any(all)
    }

    /// What a function says of a member.
    fn asked(&mut self, function: &Value, item: &Value, index: usize, span: Span) -> Truth {
        self.apply(function, Value::Undefined, vec![item.clone(), Value::count(index)], span).truth()
    }

    pub(super) fn list(&mut self, items: Vec<Value>, span: Span) -> Value {
        Value::Object(self.allocate(Kind::Array(items), span))
    }
}

/// Where a slice of a list begins and ends.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kept within bounds")]
fn bounds(arguments: &[Value], length: usize) -> Option<(usize, usize)> {
    let place = |value: Option<&Value>, default: usize| match value {
        None | Some(Value::Undefined) => Some(default),
        Some(Value::Number(number)) if *number < 0.0 => Some(length.saturating_sub((-number) as usize)),
        Some(Value::Number(number)) => Some((*number as usize).min(length)),
        Some(_) => None,
    };
    let (from, to) = (place(arguments.first(), 0)?, place(arguments.get(1), length)?);
    Some((from, to.max(from)))
}

/// Whether one of several holds.
pub(super) fn any(all: impl IntoIterator<Item = Truth>) -> Truth {
    let mut asked = Vec::new();
    for truth in all {
        match truth {
            Truth::Known(true) => return truth,
            Truth::Known(false) => {}
            Truth::Asked(condition) => asked.push(condition),
        }
    }
    match asked.len() {
        0 => Truth::Known(false),
        1 => Truth::Asked(asked.swap_remove(0)),
        _ => Truth::Asked(Condition::Any(asked)),
    }
}
