//! Values of JavaScript, as far as they are known.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::policy::{Condition, Expression, UnknownId};
use crate::source::Location;
use crate::syntax::express::{Class, Function};

use super::native::Native;
use super::scope::ScopeId;
use super::stack::Stack;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A string, and where it is written, for what is to be pointed at.
    String(Rc<str>, Option<Location>),
    /// A string that hangs on the request; `undefined` where it is absent.
    Text(Expression),
    /// A boolean that hangs on the request.
    Truth(Condition),
    /// An object, array or function: its place in the heap.
    Object(ObjectId),
    /// Something that Node, Express or a package provides.
    Native(Native),
    /// One value or the other; choices are not nested in the first.
    Choice(Condition, Box<Self>, Box<Self>),
    /// Not known.
    Unknown(UnknownId),
}

/// Index into the heap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ObjectId(pub(super) u32);

/// What is in one place of the heap.
#[derive(Debug, Clone)]
pub(super) struct Object<'m> {
    pub(super) kind: Kind<'m>,
    /// In the order in which they were set.
    pub(super) properties: Vec<(String, Value)>,
    /// Where it is written.
    pub(super) location: Option<Location>,
    /// Where its properties are, as far as they are of interest.
    pub(super) locations: Vec<(String, Location)>,
}

/// The kinds of objects.
#[derive(Debug, Clone)]
pub(super) enum Kind<'m> {
    Plain,
    Array(Vec<Value>),
    /// `new Set(…)`: its members, each once.
    Set(Vec<Value>),
    Map(BTreeMap<String, Value>),
    Regex {
        pattern: String,
        flags: String,
    },
    Function(Closure<'m>),
    Class(&'m Class, ScopeId),
    /// A bound function: `f.bind(this, …)`.
    Bound {
        function: Box<Value>,
        this: Box<Value>,
        arguments: Vec<Value>,
    },
    Error(Box<Value>),
    Promise(Box<Value>),
    /// `new URL(text)`
    Url(Box<Value>),
    /// What a text of the request is split into, and by what.
    Parts(Expression, String),
    /// An application or router.
    Stack(Stack),
    /// What has properties of which only some are known.
    SomeObject(UnknownId),
}

/// A function with the variables around it.
#[derive(Debug, Clone)]
pub(super) struct Closure<'m> {
    pub(super) function: &'m Function,
    pub(super) scope: ScopeId,
    /// Of an arrow function, what `this` is around it.
    pub(super) this: Option<Box<Value>>,
    pub(super) module: usize,
}

/// Whether a value is truthy.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Truth {
    Known(bool),
    Asked(Condition),
}

impl Value {
    pub(super) fn string(text: impl Into<Rc<str>>) -> Self {
        Self::String(text.into(), None)
    }

    /// A number of things.
    #[allow(clippy::cast_precision_loss, reason = "nothing has 2^52 members")]
    pub(super) fn count(number: usize) -> Self {
        Self::Number(number as f64)
    }

    /// A number as a place in a list; none where it is no whole number from 0.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kept within bounds")]
    pub(super) fn place(number: f64) -> Option<usize> {
        (number >= 0.0 && number.fract() == 0.0 && number < f64::from(u32::MAX)).then_some(number as usize)
    }

    /// The text of a string that is known.
    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text, _) => Some(text),
            _ => None,
        }
    }

    /// Whether it is `undefined` or `null`.
    pub(super) fn is_nullish(&self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }

    /// Whether it is truthy; for a choice, worked out of both.
    pub(super) fn truth(&self) -> Truth {
        match self {
            Self::Undefined | Self::Null => Truth::Known(false),
            Self::Boolean(value) => Truth::Known(*value),
            Self::Number(value) => Truth::Known(*value != 0.0 && !value.is_nan()),
            Self::String(text, _) => Truth::Known(!text.is_empty()),
            Self::Text(expression) => Truth::Asked(Condition::Empty(expression.clone()).negated()),
            Self::Truth(condition) => Truth::of(condition.clone()),
            Self::Object(_) | Self::Native(_) => Truth::Known(true),
            Self::Choice(condition, one, other) => one.truth().chosen(condition, other.truth()),
            // What is not known and there is something.
            Self::Unknown(unknown) => Truth::Asked(Condition::Defined(Expression::Unknown(*unknown))),
        }
    }
}

impl Truth {
    pub(super) fn of(condition: Condition) -> Self {
        match condition {
            Condition::Always => Self::Known(true),
            Condition::Not(inner) if *inner == Condition::Always => Self::Known(false),
            other => Self::Asked(other),
        }
    }

    pub(super) fn condition(self) -> Condition {
        match self {
            Self::Known(true) => Condition::Always,
            Self::Known(false) => Condition::Always.negated(),
            Self::Asked(condition) => condition,
        }
    }

    pub(super) fn negated(self) -> Self {
        match self {
            Self::Known(value) => Self::Known(!value),
            Self::Asked(condition) => Self::Asked(condition.negated()),
        }
    }

    /// This where the condition holds, else the other.
    pub(super) fn chosen(self, condition: &Condition, other: Self) -> Self {
        if self == other {
            return self;
        }
        let (yes, no) = (condition.clone(), condition.clone().negated());
        Self::Asked(match (self, other) {
            (Self::Known(true), Self::Known(_)) => yes,
            (Self::Known(false), Self::Known(_)) => no,
            (Self::Known(true), Self::Asked(other)) => Condition::Any(vec![yes, other]),
            (Self::Known(false), Self::Asked(other)) => Condition::All(vec![no, other]),
            (Self::Asked(one), Self::Known(true)) => Condition::Any(vec![no, one]),
            (Self::Asked(one), Self::Known(false)) => Condition::All(vec![yes, one]),
            (Self::Asked(one), Self::Asked(other)) => {
                Condition::Any(vec![Condition::All(vec![yes, one]), Condition::All(vec![no, other])])
            }
        })
    }
}

/// `one` where the condition holds, else `other`.
pub(super) fn choice(condition: &Condition, one: Value, other: Value) -> Value {
    // Where it is known already which of two it is, the other one is out.
    let one = pruned(one, condition, true, DEEPEST_PRUNED);
    let other = pruned(other, condition, false, DEEPEST_PRUNED);
    match condition {
        _ if one == other => one,
        Condition::Always => one,
        Condition::Not(inner) if **inner == Condition::Always => other,
        Condition::Not(inner) => choice(inner, other, one),
        condition => Value::Choice(condition.clone(), Box::new(one), Box::new(other)),
    }
}

/// How deep choices are looked through for what is known already.
pub(super) const DEEPEST_PRUNED: usize = 6;

/// A value where a condition is known to hold, or not to.
pub(super) fn pruned(value: Value, fact: &Condition, holds: bool, depth: usize) -> Value {
    let Value::Choice(condition, one, other) = value else { return value };
    match implied(fact, holds, &condition) {
        _ if depth == 0 => Value::Choice(condition, one, other),
        Some(true) => pruned(*one, fact, holds, depth - 1),
        Some(false) => pruned(*other, fact, holds, depth - 1),
        None => {
            let (one, other) = (pruned(*one, fact, holds, depth - 1), pruned(*other, fact, holds, depth - 1));
            if one == other { one } else { Value::Choice(condition, Box::new(one), Box::new(other)) }
        }
    }
}

/// Whether a condition holds where another one does or does not, as far as that shows at once.
pub(super) fn implied(fact: &Condition, holds: bool, asked: &Condition) -> Option<bool> {
    if fact == asked {
        return Some(holds);
    }
    if let Condition::Not(inner) = asked
        && **inner == *fact
    {
        return Some(!holds);
    }
    match (fact, holds) {
        (Condition::Not(inner), holds) => implied(inner, !holds, asked),
        (Condition::All(all), true) | (Condition::Any(all), false) => {
            all.iter().find_map(|one| implied(one, holds, asked))
        }
        _ => None,
    }
}
