//! The request and the response that a middleware is called with.

use crate::policy::{
    self, Action, Applies, Condition, Depends, Errors, Expression, Forward, HeaderOperation, IfEmpty, LayerId, Name,
    RemarkKind, Responder, Statement, Variable, VariableId, Written,
};
use crate::source::{Location, Span};

use super::expression::undefined;
use super::failure::{as_status, handled, respond};
use super::machine::Machine;
use super::native::Native;
use super::value::{Kind, Truth, Value};

/// The one layer that an Express application writes to.
pub(super) const RESPONSE: LayerId = LayerId(0);

/// What a header counts for: it is worked out again with every request that is tried.
const HEADER_STEPS: usize = 16;

impl Machine<'_> {
    /// A property of the request.
    pub(super) fn request_property(&mut self, name: &str, span: Span) -> Value {
        match name {
            "method" => Value::Text(Expression::Method),
            "headers" => Value::Native(Native::RequestHeaders),
            "query" => Value::Native(Native::RequestQuery),
            "cookies" => Value::Native(Native::RequestCookies),
            "path" => self.path_below(span),
            "url" if self.mounted_at == Some(0) => Value::Text(Expression::RequestTarget),
            "originalUrl" => Value::Text(Expression::RequestTarget),
            "hostname" | "host" => Value::Text(Expression::Host),
            "protocol" => Value::Text(Expression::Scheme),
            "secure" => {
                let (left, right) = (Expression::Scheme, Expression::literal("https"));
                Value::Truth(Condition::Equal { left, right, ignore_case: false })
            }
            _ => self.not_followed(format!("`req.{name}`"), span),
        }
    }

    /// A header by a name with capitals, which is never there.
    pub(super) fn misspelt_header(&mut self, name: &str, span: Span) -> Value {
        if !name.eq_ignore_ascii_case("origin") {
            return Value::Undefined;
        }
        let message =
            format!("Node knows headers by lower-case names alone, so `req.headers.{name}` is always undefined");
        self.remark(RemarkKind::NeverTakesEffect, span, message);
        let name = format!("req.headers.{name}");
        let known = self.policy.variables.iter().position(|variable| variable.name == name);
        let id = known.map_or_else(
            || {
                let taken_for = Some(request_header("origin"));
                let location = Some(self.at(span));
                let variable = Variable { name, definition: None, volatile: false, location, taken_for };
                policy::push(&mut self.policy.variables, variable)
            },
            |index| u32::try_from(index).unwrap_or(u32::MAX),
        );
        Value::Text(Expression::Variable(VariableId(id)))
    }

    /// The path without what the handler is mounted at.
    fn path_below(&mut self, span: Span) -> Value {
        match self.mounted_at {
            Some(0) => Value::Text(Expression::Path),
            Some(length) => Value::Text(Expression::PathFrom(length)),
            None => self.not_followed("`req.path`", span),
        }
    }

    /// `req.name(arguments)`
    pub(super) fn request_method(&mut self, name: &str, arguments: &[Value], span: Span) -> Value {
        match (name, arguments.first().and_then(Value::as_str)) {
            ("get" | "header", Some(header)) => Value::Text(request_header(header)),
            _ => self.not_followed(format!("`req.{name}()`"), span),
        }
    }

    /// What the program has put in the place of a method of the response.
    pub(super) fn put_in_place(&self, name: &str) -> Option<Value> {
        let value = self.memory.property(self.response, name)?;
        let is_function = match &value {
            Value::Object(id) => self.is_function(*id),
            Value::Native(Native::ResponseMethod(own)) => *own != name,
            _ => false,
        };
        is_function.then_some(value)
    }

    /// `res.name(arguments)`
    pub(super) fn response_method(&mut self, name: &str, arguments: Vec<Value>, span: Span) -> Value {
        match name {
            "set" | "header" | "setHeader" => self.set_headers(name, &arguments, span),
            "setHeaders" => self.not_understood("`res.setHeaders()`", span),
            "append" | "appendHeader" => self.append(&arguments, span),
            "vary" => self.vary_by(arguments.first(), span),
            "removeHeader" if arguments.first() == Some(&Value::Native(Native::AnyHeaderName)) => {
                self.operate(Action::Unset, Name::Prefix(String::new()), Expression::literal(""), self.at(span), None);
            }
            "removeHeader" => self.header(Action::Unset, arguments.first(), Some(&Value::string("")), self.at(span)),
            "status" => self.status = arguments.into_iter().next(),
            "sendStatus" => {
                self.status = arguments.into_iter().next();
                self.answer(span);
            }
            "writeHead" => {
                self.status = arguments.first().cloned();
                match arguments.last() {
                    Some(headers @ Value::Object(id)) if self.memory.elements(*id).is_none() => {
                        self.set_all("setHeader", headers, span);
                    }
                    Some(Value::Object(list)) => {
                        let pairs = self.memory.elements(*list).unwrap_or_default().to_vec();
                        self.write_pairs(&pairs, span);
                    }
                    _ => {}
                }
            }
            // Up to Express 4, a number that is sent is a status.
            "send" | "json" | "jsonp" if self.is_old() && sends_status(name, &arguments) => {
                self.status = arguments.into_iter().next();
                self.answer(span);
            }
            "redirect" => {
                self.status = match arguments.as_slice() {
                    [status @ Value::Number(_), _] => Some(status.clone()),
                    _ => Some(Value::Number(302.0)),
                };
                self.answer(span);
            }
            "send" | "json" | "jsonp" | "end" | "render" | "sendFile" | "sendfile" | "download" => self.answer(span),
            "type" | "contentType" | "cookie" | "clearCookie" | "links" | "location" | "attachment" | "write"
            | "flushHeaders" | "removeListener" | "off" | "format" | "flush" | "setTimeout" | "on" | "once" => {}
            "getHeaderNames" => return self.list(vec![Value::Native(Native::AnyHeaderName)], span),
            "get" | "getHeader" => {
                return match arguments.first().and_then(Value::as_str) {
                    Some(header) => Value::Text(Expression::ResponseHeader(header.to_ascii_lowercase())),
                    None => Value::Undefined,
                };
            }
            _ => return self.not_followed(format!("`res.{name}()`"), span),
        }
        Value::Native(Native::Response)
    }

    fn is_old(&self) -> bool {
        self.express < 5
    }

    fn set_headers(&mut self, method: &str, arguments: &[Value], span: Span) {
        match arguments {
            [headers @ (Value::Object(_) | Value::Choice(..))] => self.set_all(method, headers, span),
            [Value::Unknown(_)] => self.not_understood("headers that are not known", span),
            [name, value, ..] => self.set_header(method, name, value, span),
            _ => {}
        }
    }

    fn set_all(&mut self, method: &str, headers: &Value, span: Span) {
        let method = method.to_owned();
        self.each_choice(headers, &mut |machine, headers| {
            if let Value::Object(id) = headers {
                for (name, value) in machine.memory.properties(*id) {
                    machine.written_at = machine.memory.located(*id, &name);
                    machine.set_header(&method, &Value::string(name), &value, span);
                    machine.written_at = None;
                }
            }
            Value::Undefined
        });
    }

    /// `res.writeHead(status, [name, value, name, value])`: of a name that is there twice, the last wins.
    fn write_pairs(&mut self, list: &[Value], span: Span) {
        for pair in list.chunks_exact(2) {
            self.set_header("setHeader", &pair[0], &pair[1], span);
        }
    }

    /// `res.set` makes a string of what it is given, `undefined` too; `res.setHeader` does not take that and throws.
    /// Neither takes a line break.
    fn set_header(&mut self, method: &str, name: &Value, value: &Value, span: Span) {
        if matches!(name, Value::Choice(..)) {
            self.each_choice(name, &mut |machine, name| {
                machine.set_header(method, name, value, span);
                Value::Undefined
            });
            return;
        }
        if let Value::Choice(condition, one, other) = value {
            self.branch(
                Truth::Asked(condition.clone()),
                |machine| machine.set_header(method, name, one, span),
                |machine| machine.set_header(method, name, other, span),
            );
            return;
        }
        if method == "setHeader" {
            match undefined(value) {
                Truth::Known(false) => {}
                truth => self.throw_implicitly(truth.condition(), span),
            }
        }
        if value.as_str().is_some_and(|text| text.contains(['\n', '\r'])) {
            self.throw_implicitly(Condition::Always, span);
        }
        if let Value::Object(id) = value
            && let Kind::Array(items) = self.memory.object(*id).kind.clone()
        {
            // A list is as many lines.
            self.header(Action::Unset, Some(name), Some(&Value::string("")), self.at(span));
            for item in &items {
                self.header(Action::Add, Some(name), Some(item), self.at(span));
            }
            return;
        }
        self.header(Action::Set, Some(name), Some(value), self.at(span));
    }

    fn append(&mut self, arguments: &[Value], span: Span) {
        let value = arguments.get(1);
        match value {
            Some(Value::Object(id)) if matches!(self.memory.object(*id).kind, Kind::Array(_)) => {
                for item in self.memory.elements(*id).unwrap_or_default().to_vec() {
                    self.header(Action::Add, arguments.first(), Some(&item), self.at(span));
                }
            }
            value => self.header(Action::Add, arguments.first(), value, self.at(span)),
        }
    }

    /// `res.vary(field)`, also for a list of fields.
    fn vary_by(&mut self, field: Option<&Value>, span: Span) {
        let vary = Value::string("Vary");
        match field {
            Some(Value::Object(id)) => {
                for item in self.memory.elements(*id).unwrap_or_default().to_vec() {
                    self.header(Action::Merge, Some(&vary), Some(&item), self.at(span));
                }
            }
            field => self.header(Action::Merge, Some(&vary), field, self.at(span)),
        }
    }

    pub(super) fn header(&mut self, action: Action, name: Option<&Value>, value: Option<&Value>, directive: Location) {
        let Some(name) = name.and_then(Value::as_str).map(str::to_owned) else {
            return self.copy_headers(directive);
        };
        let directive = self.written_at.unwrap_or(directive);
        let value = value.cloned().unwrap_or(Value::Undefined);
        self.each_choice(&value, &mut |machine, value| {
            let text = machine.as_text(value).map(|text| match value {
                Value::Text(of_request) => super::text::or_undefined(of_request, directive),
                _ => text,
            });
            let text = text.unwrap_or_else(|| match machine.not_followed("a value", directive.span) {
                Value::Unknown(unknown) => Expression::Unknown(unknown),
                _ => Expression::literal(""),
            });
            let value_at = match value {
                Value::String(_, location) => *location,
                _ => None,
            };
            machine.operate(action, Name::Exact(name.clone()), trimmed(text), directive, value_at);
            Value::Undefined
        });
    }

    fn operate(
        &mut self,
        action: Action,
        name: Name,
        value: Expression,
        directive: Location,
        value_at: Option<Location>,
    ) {
        self.charge(HEADER_STEPS);
        self.emit(Statement::Header(HeaderOperation {
            action,
            name,
            layer: RESPONSE,
            clears: Vec::new(),
            value,
            if_empty: IfEmpty::SendEmpty,
            applies: Applies::ALWAYS,
            written: Written { directive, name: directive, value: value_at.unwrap_or(directive) },
        }));
    }

    /// A header whose name is not known: of an answer that was fetched, perhaps from the other application of the program.
    fn copy_headers(&mut self, location: Location) {
        let other = match self.applications {
            2 => Some(1 - self.application),
            _ => None,
        };
        if let (Some(other), Some(path)) = (other, self.fetched.clone()) {
            let what = "what is fetched is the answer of the other application";
            let is_it = self.unknown(what, "is not known", Depends::Nothing, location.span);
            let host = Expression::literal(super::build::name_of(other));
            let copied = forward(Responder::Site { host, port: 80, path }, location);
            let condition = Condition::Unknown(is_it);
            self.copied = Some(condition.clone());
            self.emit(Statement::When { condition, then: vec![copied], otherwise: Vec::new() });
        }
        self.not_understood("a header whose name is not known", location.span);
    }

    /// Something is done to the response of which nobody knows what.
    pub(super) fn not_understood(&mut self, what: &str, span: Span) {
        let depends = crate::policy::Depends::Nothing;
        let unknown = self.unknown(what, "is not followed here", depends, span);
        self.emit(Statement::UnknownEffect { effect: crate::policy::Effect::Headers, unknown });
    }

    /// The application answers, with the status that was set. What the last handler of a route answers is for whoever
    /// asks to say, but not to OPTIONS.
    pub(super) fn answer(&mut self, span: Span) {
        let location = self.at(span);
        match self.status.take().unwrap_or(Value::Number(200.0)) {
            Value::Number(status) => {
                let status = as_status(status);
                self.outcomes.statuses.push(status);
                // A success stands for all that whoever asks says; an error is meant as it is written.
                if self.is_terminal && status < 300 {
                    let condition = Condition::MethodIn(vec!["OPTIONS".to_owned()]);
                    let (then, otherwise) = (vec![respond(status, location)], vec![handled(location)]);
                    self.emit(Statement::When { condition, then, otherwise });
                } else {
                    self.emit(respond(status, location));
                }
            }
            Value::Choice(condition, one, other) if !self.hangs_on_request(&condition) => {
                self.branch(
                    Truth::Asked(condition),
                    |machine| {
                        machine.status = Some(*one);
                        machine.answer(span);
                    },
                    |machine| {
                        machine.status = Some(*other);
                        machine.answer(span);
                    },
                );
            }
            _ => {
                self.outcomes.answers = true;
                self.emit(handled(location));
            }
        }
    }
}

/// Whether the first of the arguments is a status: alone (`send`) or before a body.
fn sends_status(name: &str, arguments: &[Value]) -> bool {
    match arguments {
        [Value::Number(_)] => name == "send",
        [Value::Number(_), _] => true,
        _ => false,
    }
}

/// A header's value is sent without the blanks round it.
fn trimmed(value: Expression) -> Expression {
    match value {
        Expression::Literal(text) => Expression::literal(text.trim()),
        other => other,
    }
}

/// Somebody else answers.
pub(super) fn forward(to: Responder, location: Location) -> Statement {
    let (clears, hides) = (Vec::new(), Vec::new());
    Statement::Forward(Forward { to, layer: RESPONSE, clears, hides, errors: Errors::HandedOn, location })
}

/// A header of the request; `Referer` goes by two names.
pub(super) fn request_header(name: &str) -> Expression {
    match name.to_ascii_lowercase().as_str() {
        "referrer" => Expression::RequestHeader("referer".to_owned()),
        name => Expression::RequestHeader(name.to_owned()),
    }
}
