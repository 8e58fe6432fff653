//! What is not known: where it comes from, and what becomes of what is made of it.

use super::machine::Machine;
use super::native::Native;
use super::value::{Kind, Value};
use crate::policy::{self, Condition, Depends, Effect, Expression, RemarkKind, Statement, Unknown, UnknownId};
use crate::source::{Location, Span};
use crate::syntax::express::Pattern;

/// Why something is not known that a package provides.
const FROM_PACKAGE: &str = "comes from a package";
/// Why something is not known that another module of the tree should provide.
pub(super) const NOT_READ: &str = "is not among the files that were read";
/// How long a description may grow, in bytes.
const LONGEST: usize = 80;

impl Machine<'_> {
    /// Something that is not known; what is the same by its words is the same.
    pub(super) fn unknown(&mut self, what: impl Into<String>, why: &str, depends: Depends, span: Span) -> UnknownId {
        self.unknown_of(what.into(), why, depends, self.at(span), false)
    }

    fn unknown_of(
        &mut self,
        what: String,
        why: &str,
        depends: Depends,
        location: Location,
        is_here: bool,
    ) -> UnknownId {
        let key = (what, why.to_owned(), depends, is_here.then_some(location));
        if let Some(id) = self.unknown_ids.get(&key) {
            return *id;
        }
        let unknown = Unknown { what: key.0.clone(), why: why.to_owned(), depends, location };
        let id = UnknownId(policy::push(&mut self.policy.unknowns, unknown));
        self.unknown_ids.insert(key, id);
        id
    }

    /// Something that is not known and like nothing else.
    pub(super) fn another_unknown(&mut self, what: &str, depends: Depends) -> UnknownId {
        let (why, location) = ("is not followed here".to_owned(), self.at(Span::new(0, 0)));
        let unknown = Unknown { what: what.to_owned(), why, depends, location };
        UnknownId(policy::push(&mut self.policy.unknowns, unknown))
    }

    /// A value that is not followed; while a request is at hand, it may be another with each. What is written elsewhere is
    /// something else.
    pub(super) fn not_followed(&mut self, what: impl Into<String>, span: Span) -> Value {
        let depends = if self.is_serving { Depends::Anything } else { Depends::Nothing };
        let location = self.at(span);
        Value::Unknown(self.unknown_of(what.into(), "is not followed here", depends, location, true))
    }

    /// Whether it is the same with every request.
    pub(super) fn is_fixed(&self, unknown: UnknownId) -> bool {
        self.policy.unknown(unknown).depends == Depends::Nothing
    }

    /// What a package exports.
    pub(super) fn of_package(&mut self, name: &str, span: Span) -> Value {
        Value::Unknown(self.unknown(format!("what `{name}` exports"), FROM_PACKAGE, Depends::Nothing, span))
    }

    /// Whether a package provides it: it is taken to know nothing of CORS.
    pub(super) fn is_from_package(&self, unknown: UnknownId) -> bool {
        self.policy.unknown(unknown).why == FROM_PACKAGE
    }

    /// Something else that comes of what is not known.
    pub(super) fn derived(&mut self, unknown: UnknownId, by: &str, span: Span) -> Value {
        let depends = self.policy.unknown(unknown).depends;
        Value::Unknown(self.derived_as(unknown, by, depends, span))
    }

    fn derived_as(&mut self, unknown: UnknownId, by: &str, depends: Depends, span: Span) -> UnknownId {
        let Unknown { what, why, depends: own, .. } = self.policy.unknown(unknown);
        let what = if what.len() > LONGEST { what.clone() } else { format!("{what}{by}") };
        let (why, depends) = (why.clone(), widest(*own, depends));
        self.unknown(what, &why, depends, span)
    }

    /// What something that is not known says of other values, such as whether it holds them.
    pub(super) fn made_of(&mut self, unknown: UnknownId, by: &str, others: &[Value], span: Span) -> Value {
        let depends = if others.iter().any(|other| self.mentions_origin(other)) {
            Depends::Origin
        } else if self.is_serving {
            Depends::Anything
        } else {
            Depends::Nothing
        };
        Value::Unknown(self.derived_as(unknown, by, depends, span))
    }

    /// Something that is made of a text of the request, in a way that is not followed.
    pub(super) fn made_by(&mut self, text: &Expression, what: &str, span: Span) -> Value {
        let of_origin = self.mentions_origin(&Value::Text(text.clone()));
        let depends = if of_origin { Depends::Origin } else { Depends::Anything };
        Value::Unknown(self.unknown(what, "is not followed here", depends, span))
    }

    /// Whether a value hangs on the Origin of the request.
    pub(super) fn mentions_origin(&self, value: &Value) -> bool {
        let in_condition = |condition: &Condition| {
            let mut found = false;
            policy::condition_expressions(condition, &mut |inner| found |= self.is_origin(inner));
            found
        };
        let in_text = |text: &Expression| {
            let mut found = false;
            policy::nested_expressions(text, &mut |inner| found |= self.is_origin(inner));
            found
        };
        match value {
            Value::Text(text) => in_text(text),
            Value::Truth(condition) => in_condition(condition),
            Value::Choice(condition, one, other) => {
                in_condition(condition) || self.mentions_origin(one) || self.mentions_origin(other)
            }
            Value::Unknown(unknown) => self.policy.unknown(*unknown).depends == Depends::Origin,
            Value::Object(id) => match &self.memory.object(*id).kind {
                Kind::Url(text) | Kind::Promise(text) => self.mentions_origin(text),
                Kind::Array(items) => {
                    items.iter().take(8).any(|item| matches!(item, Value::Text(_)) && self.mentions_origin(item))
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn is_origin(&self, expression: &Expression) -> bool {
        match expression {
            Expression::RequestHeader(name) => matches!(name.as_str(), "origin" | "referer"),
            Expression::Unknown(unknown) => self.policy.unknown(*unknown).depends == Depends::Origin,
            Expression::Variable(variable) => {
                self.policy.variable(*variable).taken_for.as_ref().is_some_and(|value| self.is_origin(value))
            }
            _ => false,
        }
    }

    /// Whether a text of the request is the same as something that is not known.
    pub(super) fn same_as_unknown(&mut self, unknown: UnknownId, text: &Value, span: Span) -> Condition {
        match text {
            Value::Text(text) if self.is_fixed(unknown) && self.mentions_origin(&Value::Text(text.clone())) => {
                is_stand_in(text)
            }
            _ => self.made_of(unknown, "", std::slice::from_ref(text), span).truth().condition(),
        }
    }

    /// Whether a list that is not known holds a text of the request.
    pub(super) fn is_held(&mut self, unknown: UnknownId, name: &str, text: Option<&Value>, span: Span) -> Value {
        match text {
            Some(Value::Text(text)) if self.mentions_origin(&Value::Text(text.clone())) => {
                Value::Truth(is_stand_in(text))
            }
            text => {
                self.made_of(unknown, &format!(".{name}()"), text.map(std::slice::from_ref).unwrap_or_default(), span)
            }
        }
    }

    /// Says so where what decides about CORS is in a file that is not there.
    pub(super) fn remark_on_missing(&mut self, value: &Value) {
        let Value::Unknown(unknown) = value else { return };
        let Unknown { what, why, location, .. } = self.policy.unknown(*unknown);
        let is_beside = what.starts_with("`./") || what.starts_with("`../");
        if why == NOT_READ && is_beside {
            let name = what.trim_start_matches('`').split('`').next().unwrap_or_default();
            let message = format!("`{name}` {NOT_READ}");
            let module = self.policy.unknowns.iter().find(|known| known.what == format!("`{name}`"));
            let location = module.map_or(*location, |module| module.location);
            self.remark_at(RemarkKind::Unresolved, location, message);
        }
    }

    /// Calls something that is not known.
    pub(super) fn call_unknown(&mut self, unknown: UnknownId, arguments: &[Value], span: Span) -> Value {
        let is_known_to_be_harmless = self.is_from_package(unknown);
        if !self.is_serving {
            // `asyncHandler(handler)`
            if let [handler] = arguments
                && self.is_handler(handler)
            {
                return handler.clone();
            }
            for argument in arguments {
                if !self.is_handler(argument) {
                    self.call_back(argument, span);
                }
            }
            return self.derived(unknown, "()", span);
        }
        self.may_throw(span);
        let given = |native| arguments.contains(&Value::Native(native));
        if !is_known_to_be_harmless && (given(Native::Next) || given(Native::Response)) {
            self.emit(Statement::UnknownEffect { effect: Effect::Any, unknown });
        }
        for callback in [Native::OriginCallback, Native::OptionsCallback] {
            if given(callback) {
                self.emit(Statement::UnknownEffect { effect: Effect::Any, unknown });
                self.callback_handed_on(callback);
            }
        }
        if given(Native::Next) {
            self.apply(&Value::Native(Native::Next), Value::Undefined, Vec::new(), span);
        } else if given(Native::Response) && (is_known_to_be_harmless || self.is_terminal) {
            self.answer(span);
        }
        for argument in arguments {
            self.call_back(argument, span);
        }
        self.made_of(unknown, "()", arguments, span)
    }

    /// A function that somebody calls some time, with what is not known.
    pub(super) fn call_back(&mut self, function: &Value, span: Span) {
        let Some(count) = self.parameters(function) else { return };
        let mut arguments = Vec::with_capacity(count);
        for _ in 0..count {
            arguments.push(self.not_followed("what a function is called with", span));
        }
        let thrown = self.take_thrown();
        self.apply(function, Value::Undefined, arguments, span);
        // What it throws is for whoever calls it.
        drop(self.take_thrown());
        self.throw_again(thrown);
    }

    /// Whether something looks like what a request is handed to: by the names of its first parameters.
    pub(super) fn is_handler(&self, value: &Value) -> bool {
        let Value::Object(id) = value else { return matches!(value, Value::Native(Native::CorsMiddleware(_))) };
        let Kind::Function(closure) = &self.memory.object(*id).kind else { return false };
        let is_of_request = |pattern: &Pattern| match pattern {
            Pattern::Name(name) => {
                matches!(name.text.trim_start_matches('_'), "req" | "request" | "res" | "response")
            }
            _ => false,
        };
        closure.function.parameters.iter().take(3).any(|parameter| is_of_request(&parameter.pattern))
    }
}

/// What is configured somewhere else is taken to be an origin like any other, as what a pattern allows is.
fn is_stand_in(text: &Expression) -> Condition {
    let (left, right) = (text.clone(), Expression::literal(policy::STAND_IN));
    Condition::Equal { left, right, ignore_case: false }
}

/// What changes with either.
fn widest(one: Depends, other: Depends) -> Depends {
    match (one, other) {
        (Depends::Origin, _) | (_, Depends::Origin) => Depends::Origin,
        (Depends::Anything, _) | (_, Depends::Anything) => Depends::Anything,
        _ => Depends::Nothing,
    }
}
