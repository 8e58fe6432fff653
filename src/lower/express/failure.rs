//! Errors on their way to whoever handles them: middleware of four parameters, else `finalhandler`.

use crate::policy::{
    Action, Applies, Condition, Depends, Errors, Expression, Forward, HeaderOperation, IfEmpty, Name, Respond,
    Responder, Statement, Statuses, Written,
};
use crate::source::{Location, Span};

use super::flow::both;
use super::machine::Machine;
use super::response::RESPONSE;
use super::value::{Kind, Value};

/// What stands for an error of which nothing is known but that whoever asks wants its status.
const ASKED: &str = "asked";

/// An error that is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Failure {
    pub(super) value: Value,
    /// The status that `finalhandler` answers with.
    status: u16,
    /// The status that the answer had by then.
    pub(super) set: Option<Value>,
}

impl Machine<'_> {
    /// Handlers of errors come next, not the ones that are registered for requests.
    pub(super) fn fail(&mut self, error: &Value, span: Span) {
        self.each_choice(error, &mut |machine, error| {
            let name = match error {
                Value::Unknown(_) | Value::Text(_) | Value::Truth(_) => {
                    machine.outcomes.throws = true;
                    ASKED.to_owned()
                }
                known => machine.failure(known).to_string(),
            };
            let (location, variable) = (machine.at(span), machine.failed);
            machine.emit(Statement::Assign { variable, value: Expression::literal(name), location });
            Value::Undefined
        });
    }

    /// Something is done that may end with an exception: in the last handler of a route, whoever asks for its status gets
    /// one here.
    pub(super) fn may_throw(&mut self, span: Span) {
        if !self.is_serving {
            return;
        }
        self.opaque_calls += 1;
        if !self.is_terminal {
            return;
        }
        let condition = self.exception_here(span);
        let error = self.not_followed("an error", span);
        let outcomes = self.outcomes.clone();
        let then = self.failing(&error, span);
        self.outcomes = outcomes;
        self.emit(Statement::When { condition, then, otherwise: Vec::new() });
    }

    /// What stands for the question whether there is an exception, until it is known what else a handler answers.
    fn exception_here(&mut self, span: Span) -> Condition {
        Condition::Unknown(self.unknown(
            "an exception",
            "may come of a call that is not followed",
            Depends::Anything,
            span,
        ))
    }

    /// Puts a question that can be answered in its place: an error that a handler does not make by itself is an exception.
    pub(super) fn settle_exceptions(&mut self, statements: &mut Vec<Statement>, span: Span) {
        let marker = self.exception_here(span);
        let made = &self.outcomes.statuses;
        let others: Vec<u16> = (500..600).filter(|status| !made.contains(status)).collect();
        let asked = Condition::ToAnswer(Statuses::Only(others.into()));
        // An error of the other application is none of this one.
        let own = self.copied.take().map_or(asked.clone(), |copied| both(copied.negated(), asked));
        replace(statements, &marker, Some(&own));
    }

    /// Takes the exceptions out of what is done in a `try`.
    pub(super) fn drop_exceptions(&mut self, statements: &mut Vec<Statement>, span: Span) {
        let marker = self.exception_here(span);
        replace(statements, &marker, None);
    }

    /// Notes that an exception is on its way.
    pub(super) fn note_thrown(&mut self, error: &Value) {
        self.has_thrown(&Condition::Always);
        match error {
            Value::Unknown(_) | Value::Text(_) | Value::Truth(_) => self.outcomes.throws = true,
            Value::Choice(_, one, other) => {
                self.note_thrown(one);
                self.note_thrown(other);
            }
            known => {
                let status = self.status_of(known);
                self.outcomes.thrown.push(status);
            }
        }
    }

    /// The number of an error that is known, from 1.
    fn failure(&mut self, error: &Value) -> usize {
        let status = self.status_of(error);
        self.outcomes.statuses.push(status);
        let failure = Failure { value: error.clone(), status, set: self.status.clone() };
        if let Some(index) = self.failures.iter().position(|known| *known == failure) {
            return index + 1;
        }
        self.failures.push(failure);
        self.failures.len()
    }

    /// The status that an error is answered with: its own, else the one that the answer has so far, else 500
    /// (`finalhandler`, `getErrorStatusCode`, `getResponseStatusCode`).
    fn status_of(&self, error: &Value) -> u16 {
        let own = match error {
            Value::Object(id) => [self.memory.property(*id, "status"), self.memory.property(*id, "statusCode")],
            _ => [None, None],
        };
        let set = self.status.clone();
        let is_error = |value: &Value| match value {
            Value::Number(status) if (400.0..600.0).contains(status) => Some(as_status(*status)),
            _ => None,
        };
        own.into_iter().flatten().chain(set).find_map(|value| is_error(&value)).unwrap_or(500)
    }

    /// Whether the error on its way is this one of those that are known.
    pub(super) fn is_failure(&self, index: usize) -> Condition {
        self.is_named(&(index + 1).to_string())
    }

    fn is_named(&self, name: &str) -> Condition {
        let left = Expression::Variable(self.failed);
        Condition::Equal { left, right: Expression::literal(name), ignore_case: false }
    }

    /// Whether an error is on its way.
    pub(super) fn has_failed(&self) -> Condition {
        Condition::Defined(Expression::Variable(self.failed))
    }

    /// What `finalhandler` answers where an error was handled by nobody.
    pub(super) fn answer_failures(&mut self, location: Location) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (index, failure) in self.failures.clone().into_iter().enumerate() {
            let mut then = self.headers_of(&failure.value, location);
            then.push(respond(failure.status, location));
            let condition = self.is_failure(index);
            statements.push(Statement::When { condition, then, otherwise: Vec::new() });
        }
        let condition = self.is_named(ASKED);
        let then = vec![handled(location)];
        statements.push(Statement::When { condition, then, otherwise: Vec::new() });
        vec![Statement::When { condition: self.has_failed(), then: statements, otherwise: Vec::new() }]
    }

    /// The headers that an error with a status brings along.
    fn headers_of(&mut self, error: &Value, location: Location) -> Vec<Statement> {
        let Value::Object(id) = error else { return Vec::new() };
        let has_status = ["status", "statusCode"].iter().any(|name| self.memory.property(*id, name).is_some());
        let Some(Value::Object(headers)) = self.memory.property(*id, "headers").filter(|_| has_status) else {
            return Vec::new();
        };
        let mut statements = Vec::new();
        for (name, value) in self.memory.object(headers).properties.clone() {
            let Some(value) = self.as_text(&value) else { continue };
            statements.push(Statement::Header(HeaderOperation {
                action: Action::Set,
                name: Name::Exact(name),
                layer: RESPONSE,
                clears: Vec::new(),
                value,
                if_empty: IfEmpty::SendEmpty,
                applies: Applies::ALWAYS,
                written: Written { directive: location, name: location, value: location },
            }));
        }
        statements
    }

    /// `createError(status, message)` of the package `http-errors`.
    pub(super) fn create_error(&mut self, arguments: Vec<Value>, span: Span) -> Value {
        let message = arguments.get(1).cloned().unwrap_or(Value::Undefined);
        let error = self.allocate(Kind::Error(Box::new(message)), span);
        let status = arguments.into_iter().next().unwrap_or(Value::Number(500.0));
        self.memory.set_property(error, "status", status);
        Value::Object(error)
    }
}

/// Puts a condition in the place of another, or takes what hangs on that out.
fn replace(statements: &mut Vec<Statement>, marker: &Condition, by: Option<&Condition>) {
    if by.is_none() {
        let is_it =
            |statement: &Statement| matches!(statement, Statement::When { condition, .. } if condition == marker);
        statements.retain(|statement| !is_it(statement));
    }
    for statement in statements {
        match statement {
            Statement::When { condition, then, otherwise } => {
                if let Some(by) = by.filter(|_| condition == marker) {
                    condition.clone_from(by);
                }
                replace(then, marker, by);
                replace(otherwise, marker, by);
            }
            Statement::Group(all) => replace(all, marker, by),
            _ => {}
        }
    }
}

/// The server answers by itself.
pub(super) fn respond(status: u16, location: Location) -> Statement {
    Statement::Respond(Respond { status: Some(status), target: None, as_error_page: false, location })
}

/// The application answers what it is said to answer.
pub(super) fn handled(location: Location) -> Statement {
    Statement::Forward(Forward {
        to: Responder::Handler,
        layer: RESPONSE,
        clears: Vec::new(),
        hides: Vec::new(),
        errors: Errors::HandedOn,
        location,
    })
}

/// A number as a status of three digits.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a status has three digits")]
pub(super) fn as_status(number: f64) -> u16 {
    number.clamp(100.0, 999.0) as u16
}

/// A number as a port.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kept within bounds")]
pub(super) fn as_port(number: f64) -> u16 {
    number.clamp(1.0, 65_535.0) as u16
}
