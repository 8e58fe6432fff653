//! Expressions of JavaScript.

use std::cell::RefCell;

use crate::policy::{Condition, Depends, RemarkKind};
use crate::source::Span;
use crate::syntax::express::{
    BinaryOperator, Expression, ExpressionKind, LogicalOperator, Name, Template, UnaryOperator,
};

use super::call::may_be_skipped;
use super::class::SUPER;
use super::machine::{Branched, Machine};
use super::native::Native;
use super::statement::Frame;
use super::value::{Kind, Truth, Value, choice};

/// How many values a choice may come to.
const MOST_CHOICES: usize = 256;

/// How many names of an object are compared with the request.
const MOST_NAMES: usize = 200;

impl<'m> Machine<'m> {
    pub(super) fn evaluate(&mut self, expression: &'m Expression, frame: &Frame) -> Value {
        if !self.afford() {
            return Value::Undefined;
        }
        let value = self.value_of_expression(expression, frame);
        self.bounded_value(value)
    }

    fn value_of_expression(&mut self, expression: &'m Expression, frame: &Frame) -> Value {
        let here = self.at(expression.span);
        match &expression.kind {
            ExpressionKind::Identifier(name) => self.identifier(name, expression, frame),
            ExpressionKind::This => frame.this.clone(),
            ExpressionKind::Null => Value::Null,
            ExpressionKind::Boolean(value) => Value::Boolean(*value),
            ExpressionKind::Number(value) => Value::Number(*value),
            ExpressionKind::String(text) => Value::String(text.as_str().into(), Some(here)),
            ExpressionKind::Template(template) => self.template(template, frame),
            ExpressionKind::Regex { pattern, flags } => {
                let kind = Kind::Regex { pattern: pattern.clone(), flags: flags.clone() };
                Value::Object(self.allocate(kind, expression.span))
            }
            ExpressionKind::Array(elements) => self.array(elements, expression, frame),
            ExpressionKind::Object(properties) => self.object_literal(properties, expression, frame),
            ExpressionKind::Function(function) => self.closure(function, frame),
            ExpressionKind::Class(class) => Value::Object(self.allocate(Kind::Class(class, frame.scope), class.span)),
            ExpressionKind::Call { callee, arguments, optional } => {
                self.call(callee, arguments, *optional, expression.span, frame)
            }
            ExpressionKind::New { callee, arguments } => self.construct(callee, arguments, expression.span, frame),
            ExpressionKind::Member { object, property, optional, private } => {
                let name = member_name(property, *private);
                self.read(object, *optional, frame, |machine, object| machine.member(object, &name, expression.span))
            }
            ExpressionKind::Index { object, index, optional } => {
                self.read(object, *optional, frame, |machine, object| {
                    let index = machine.evaluate(index, frame);
                    machine.index(object, &index, expression.span)
                })
            }
            ExpressionKind::Unary { operator, operand } => self.unary(*operator, operand, frame),
            ExpressionKind::Binary { operator, left, right } => {
                let (left, right) = (self.evaluate(left, frame), self.evaluate(right, frame));
                self.binary(*operator, &left, &right, expression.span)
            }
            ExpressionKind::Logical { operator, left, right } => {
                let left = self.evaluate(left, frame);
                self.logical(*operator, left, |machine| machine.evaluate(right, frame))
            }
            ExpressionKind::Conditional { test, then, otherwise } => self.conditional(test, then, otherwise, frame),
            ExpressionKind::Assign { operator, target, value } => self.assignment(*operator, target, value, frame),
            ExpressionKind::Sequence(all) => all.iter().fold(Value::Undefined, |_, one| self.evaluate(one, frame)),
            ExpressionKind::Await(value) => self.awaited(value, frame),
            ExpressionKind::Update { operator, prefix, target } => self.update(*operator, *prefix, target, frame),
            ExpressionKind::Import(module) => {
                let name = self.evaluate(module, frame);
                self.call_native(Native::Require, vec![name], expression.span)
            }
            ExpressionKind::Super => self.memory.variable(frame.scope, SUPER).unwrap_or(Value::Native(Native::Super)),
            ExpressionKind::Tagged { .. }
            | ExpressionKind::BigInt(_)
            | ExpressionKind::Yield { .. }
            | ExpressionKind::Meta(_)
            | ExpressionKind::Jsx
            | ExpressionKind::Unreadable => self.not_followed("an expression", expression.span),
        }
    }

    /// `test ? then : otherwise`
    fn conditional(
        &mut self,
        test: &'m Expression,
        then: &'m Expression,
        otherwise: &'m Expression,
        frame: &Frame,
    ) -> Value {
        let value = self.evaluate(test, frame);
        let truth = self.truth_of(&value, test.span);
        let branched =
            self.branch(truth, |machine| machine.evaluate(then, frame), |machine| machine.evaluate(otherwise, frame));
        joined(branched)
    }

    /// `await value`
    fn awaited(&mut self, value: &'m Expression, frame: &Frame) -> Value {
        let awaited = self.evaluate(value, frame);
        if matches!(awaited, Value::Unknown(_)) {
            self.may_throw(value.span);
        }
        self.settled(awaited)
    }

    /// A part of an object, unless a `?.` skips it.
    fn read(
        &mut self,
        object: &'m Expression,
        optional: bool,
        frame: &Frame,
        read: impl FnOnce(&mut Self, &Value) -> Value,
    ) -> Value {
        let is_skipped = optional || may_be_skipped(object);
        let object = self.evaluate(object, frame);
        self.unless_nullish(is_skipped, &object, read)
    }

    fn identifier(&mut self, name: &str, expression: &'m Expression, frame: &Frame) -> Value {
        if name == "undefined" {
            return Value::Undefined;
        }
        if let Some(value) = self.memory.variable(frame.scope, name) {
            return self.as_known_here(value);
        }
        if let Some(native) = Native::global(name) {
            return Value::Native(native);
        }
        let why = "is not defined in what was read";
        Value::Unknown(self.unknown(format!("`{name}`"), why, Depends::Nothing, expression.span))
    }

    /// Whether a value is truthy. Where it is a place in a list, the first counts as none, and none (-1) as one.
    pub(super) fn truth_of(&mut self, value: &Value, span: Span) -> Truth {
        let is_place = matches!(value, Value::Choice(..)) && holds(value, -1.0) && holds(value, 0.0);
        if is_place && self.mentions_origin(value) {
            let message = "`indexOf` is 0 for the first of a list and -1 for what is not in it";
            self.remark(RemarkKind::TurnedRound, span, message);
        }
        value.truth()
    }

    /// `object[index]`
    fn index(&mut self, object: &Value, index: &Value, span: Span) -> Value {
        self.each_choice(index, &mut |machine, index| {
            if let Some(name) = machine.key_of(index) {
                return machine.member(object, &name, span);
            }
            match object {
                // `allowed[origin]`: what an object has for what the request says.
                Value::Object(id)
                    if matches!(machine.memory.object(*id).kind, Kind::Plain)
                        && machine.memory.object(*id).properties.len() <= MOST_NAMES =>
                {
                    let mut found = Value::Undefined;
                    for (name, value) in machine.memory.properties(*id).into_iter().rev() {
                        let here = machine.same(index, &Value::string(name), span);
                        found = choice(&here.condition(), value, found);
                    }
                    found
                }
                Value::Native(Native::RequestHeaders) => machine.not_followed("a header of the request", span),
                Value::Unknown(unknown) => machine.made_of(*unknown, "[…]", std::slice::from_ref(index), span),
                _ => machine.not_followed("a property whose name is worked out", span),
            }
        })
    }

    /// What a promise comes to; anything else is itself.
    pub(super) fn settled(&self, value: Value) -> Value {
        match &value {
            Value::Object(id) => match &self.memory.object(*id).kind {
                Kind::Promise(inner) => (**inner).clone(),
                _ => value,
            },
            _ => value,
        }
    }

    fn template(&mut self, template: &'m Template, frame: &Frame) -> Value {
        let mut all = Value::string(template.texts.first().map(String::as_str).unwrap_or_default());
        for (expression, text) in template.expressions.iter().zip(template.texts.iter().skip(1)) {
            let value = self.evaluate(expression, frame);
            let span = expression.span;
            all = self.binary(BinaryOperator::Add, &all, &value, span);
            all = self.binary(BinaryOperator::Add, &all, &Value::string(text.as_str()), span);
        }
        all
    }

    fn unary(&mut self, operator: UnaryOperator, operand: &'m Expression, frame: &Frame) -> Value {
        let value = self.evaluate(operand, frame);
        match (operator, &value) {
            (UnaryOperator::Not, value) => truth_value(self.truth_of(value, operand.span).negated()),
            (UnaryOperator::Void, _) => Value::Undefined,
            (UnaryOperator::Minus, Value::Number(number)) => Value::Number(-number),
            (UnaryOperator::Plus, Value::Number(number)) => Value::Number(*number),
            (UnaryOperator::Plus, Value::String(text, _)) => Value::Number(text.trim().parse().unwrap_or(f64::NAN)),
            (UnaryOperator::Typeof, value) => self.type_of(value),
            (UnaryOperator::Delete, _) => Value::Boolean(true),
            _ => self.not_followed("a number", operand.span),
        }
    }

    fn type_of(&mut self, value: &Value) -> Value {
        match value {
            Value::Undefined => Value::string("undefined"),
            Value::Null => Value::string("object"),
            Value::Boolean(_) | Value::Truth(_) => Value::string("boolean"),
            Value::Number(_) => Value::string("number"),
            Value::String(..) => Value::string("string"),
            Value::Text(text) => {
                choice(&Condition::Defined(text.clone()), Value::string("string"), Value::string("undefined"))
            }
            Value::Object(id) => match self.memory.object(*id).kind {
                Kind::Function(_) | Kind::Class(..) | Kind::Bound { .. } | Kind::Stack(_) => Value::string("function"),
                Kind::SomeObject(_) => self.not_followed("a type", Span::new(0, 0)),
                _ => Value::string("object"),
            },
            Value::Native(_) => Value::string("function"),
            Value::Choice(condition, one, other) => {
                let (one, other) = (self.type_of(one), self.type_of(other));
                choice(condition, one, other)
            }
            Value::Unknown(unknown) => self.derived(*unknown, " (its type)", Span::new(0, 0)),
        }
    }

    /// `a && b`, `a || b`, `a ?? b`, where the second is worked out only if it is asked for.
    pub(super) fn logical(
        &mut self,
        operator: LogicalOperator,
        left: Value,
        right: impl FnOnce(&mut Self) -> Value,
    ) -> Value {
        let goes_on = match operator {
            LogicalOperator::And => left.truth(),
            LogicalOperator::Or => left.truth().negated(),
            LogicalOperator::Coalesce => nullish(&left),
        };
        // What is kept is what it is where the other is not asked for.
        let kept = match (&left, operator) {
            (Value::Choice(_, one, other), LogicalOperator::Or) if one.truth() == Truth::Known(false) => {
                (**other).clone()
            }
            (Value::Choice(_, one, other), LogicalOperator::Or) if other.truth() == Truth::Known(false) => {
                (**one).clone()
            }
            (Value::Truth(_), LogicalOperator::And) => Value::Boolean(false),
            (Value::Truth(_), LogicalOperator::Or) => Value::Boolean(true),
            _ => left,
        };
        joined(self.branch(goes_on, right, |_| kept))
    }

    /// Does something with each of the values that a choice comes to.
    pub(super) fn each_choice(&mut self, value: &Value, one: &mut dyn FnMut(&mut Self, &Value) -> Value) -> Value {
        let Value::Choice(condition, then, otherwise) = value else { return one(self, value) };
        if leaves(value) > MOST_CHOICES {
            let any = self.not_followed("one of many values", Span::new(0, 0));
            return one(self, &any);
        }
        let one = RefCell::new(one);
        self.either(
            Truth::Asked(condition.clone()),
            |machine| machine.each_choice(then, &mut |machine, value| (one.borrow_mut())(machine, value)),
            |machine| machine.each_choice(otherwise, &mut |machine, value| (one.borrow_mut())(machine, value)),
        )
    }
}

/// The name that a member is kept by; private ones have names of their own.
pub(super) fn member_name(property: &Name, private: bool) -> String {
    if private { format!("#{}", property.text) } else { property.text.clone() }
}

/// Whether a number is among those that a choice comes to.
fn holds(value: &Value, number: f64) -> bool {
    match value {
        Value::Choice(_, one, other) => holds(one, number) || holds(other, number),
        value => *value == Value::Number(number),
    }
}

fn leaves(value: &Value) -> usize {
    match value {
        Value::Choice(_, one, other) => leaves(one).saturating_add(leaves(other)),
        _ => 1,
    }
}

/// The value of a branch.
pub(super) fn joined(branched: Branched<Value>) -> Value {
    match branched {
        Branched::One(value) => value,
        Branched::Two(condition, one, other) => choice(&condition, one, other),
    }
}

/// A boolean that may hang on the request.
pub(super) fn truth_value(truth: Truth) -> Value {
    match truth {
        Truth::Known(value) => Value::Boolean(value),
        Truth::Asked(condition) => Value::Truth(condition),
    }
}

/// Whether a value is `undefined`.
pub(super) fn undefined(value: &Value) -> Truth {
    match value {
        Value::Undefined => Truth::Known(true),
        Value::Text(text) => Truth::Asked(Condition::Defined(text.clone()).negated()),
        Value::Choice(condition, one, other) => undefined(one).chosen(condition, undefined(other)),
        Value::Unknown(unknown) => {
            Truth::Asked(Condition::Defined(crate::policy::Expression::Unknown(*unknown)).negated())
        }
        _ => Truth::Known(false),
    }
}

/// Whether a value is `undefined` or `null`.
pub(super) fn nullish(value: &Value) -> Truth {
    match value {
        Value::Null => Truth::Known(true),
        Value::Choice(condition, one, other) => nullish(one).chosen(condition, nullish(other)),
        value => undefined(value),
    }
}

/// A number as JavaScript writes it, for those that are whole or short.
pub(super) fn number_text(number: f64) -> String {
    if number.is_nan() { "NaN".to_owned() } else { format!("{number}") }
}
