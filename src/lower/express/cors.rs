//! The package `cors` (`lib/index.js`), option by option.

use crate::policy::{Action, Condition, Effect, Expression, RemarkKind, Respond, Statement};
use crate::source::{Location, Span};

use super::collection::any;
use super::failure::{as_status, respond};
use super::machine::Machine;
use super::native::Native;
use super::value::{Kind, ObjectId, Truth, Value, choice};

/// The methods that are listed where none are configured.
const METHODS: &str = "GET,HEAD,PUT,PATCH,POST,DELETE";

/// The options that `cors` is given, as far as it looks at them.
#[derive(Debug, Clone)]
pub(super) struct Options {
    object: Option<ObjectId>,
    pub(super) next: Value,
    /// The call of `cors`.
    pub(super) location: Location,
    /// Of a function that is asked: what holds whether it has called back, and whether it is async.
    answered: Option<(ObjectId, bool)>,
}

/// The property that says so.
const ANSWERED: &str = "answered";

impl Machine<'_> {
    /// `cors(argument)`
    pub(super) fn cors_middleware(&mut self, arguments: Vec<Value>, span: Span) -> Value {
        let argument = arguments.into_iter().next().unwrap_or(Value::Undefined);
        self.remark_on_missing(&argument);
        self.remark_on_argument(&argument, span);
        let id = u32::try_from(self.cors.len()).unwrap_or(u32::MAX);
        let location = self.at(span);
        self.cors.push((argument, location));
        Value::Native(Native::CorsMiddleware(id))
    }

    /// `cors(argument)(req, res, next)`
    pub(super) fn run_cors(&mut self, argument: &Value, next: &Value, location: Location) {
        self.each_choice(argument, &mut |machine, argument| {
            let mut options = Options { object: None, next: next.clone(), location, answered: None };
            match argument {
                Value::Object(id) if machine.is_function(*id) => machine.delegate(*id, &options),
                Value::Object(id) if matches!(machine.memory.object(*id).kind, Kind::Plain | Kind::SomeObject(_)) => {
                    options.object = Some(*id);
                    machine.with_options(&options);
                }
                Value::Unknown(unknown) => {
                    machine.emit(Statement::UnknownEffect { effect: Effect::Any, unknown: *unknown });
                    machine.go_on(&options);
                }
                // A string, a list, `true`: nothing that it looks at.
                _ => machine.with_options(&options),
            }
            Value::Undefined
        });
    }

    pub(super) fn is_function(&self, id: ObjectId) -> bool {
        matches!(self.memory.object(id).kind, Kind::Function(_) | Kind::Bound { .. })
    }

    /// A function that is asked for the options of each request.
    fn delegate(&mut self, function: ObjectId, options: &Options) {
        let arguments = vec![Value::Native(Native::Request), Value::Native(Native::OptionsCallback)];
        let answered = self.allocate(Kind::Plain, options.location.span);
        self.pending_options
            .push(Options { answered: Some((answered, self.is_async(&Value::Object(function)))), ..options.clone() });
        self.run_asked(function, arguments, options);
        self.pending_options.pop();
        self.remark_on_silence(function, answered, options);
    }

    /// Runs a function that is to call back. Nobody looks at what an async one comes to: if it fails, the process ends.
    fn run_asked(&mut self, function: ObjectId, arguments: Vec<Value>, options: &Options) {
        let outer = self.take_thrown();
        let function = Value::Object(function);
        self.apply(&function, Value::Undefined, arguments, options.location.span);
        let thrown = self.take_thrown();
        self.throw_again(outer);
        if !self.is_async(&function) {
            return self.throw_again(thrown);
        }
        for (condition, _) in thrown.0 {
            let none = Respond { status: None, target: None, as_error_page: false, location: options.location };
            self.emit(Statement::When { condition, then: vec![Statement::Respond(none)], otherwise: Vec::new() });
        }
    }

    /// Notes that a function that is asked has called back.
    fn has_answered(&mut self) {
        for pending in [self.pending_origins.last(), self.pending_options.last()].into_iter().flatten() {
            if let Some((answered, _)) = pending.answered {
                self.memory.set_property(answered, ANSWERED, Value::Boolean(true));
            }
        }
    }

    /// Notes that a function that is asked ends with an exception, which is an answer unless it is an async one.
    pub(super) fn has_thrown(&mut self, condition: &Condition) {
        for pending in [self.pending_origins.last(), self.pending_options.last()].into_iter().flatten() {
            if let Some((answered, false)) = pending.answered {
                let before = self.memory.property(answered, ANSWERED).unwrap_or(Value::Undefined);
                self.memory.set_property(answered, ANSWERED, choice(condition, Value::Boolean(true), before));
            }
        }
    }

    /// Says so where a function does not call back: requests are never answered.
    fn remark_on_silence(&mut self, function: ObjectId, answered: ObjectId, options: &Options) {
        let answered = self.memory.property(answered, ANSWERED);
        let message = match answered.map(|value| value.truth()) {
            Some(Truth::Known(true)) => return,
            None | Some(Truth::Known(false)) => {
                "this function never calls its callback, so that no request is ever answered; what it returns is not \
                 looked at"
            }
            Some(Truth::Asked(_)) => {
                "this function does not always call its callback, and where it does not, the request is never answered"
            }
        };
        let at = self.memory.object(function).location.unwrap_or(options.location);
        self.remark_at(RemarkKind::NeverAnswers, at, message);
    }

    /// What a delegate's callback is called with: an error, or options.
    pub(super) fn options_given(&mut self, arguments: &[Value]) {
        let Some(pending) = self.pending_options.last().cloned() else { return };
        self.has_answered();
        let error = arguments.first().cloned().unwrap_or(Value::Undefined);
        let given = arguments.get(1).cloned().unwrap_or(Value::Undefined);
        self.branch(
            error.truth(),
            |machine| machine.refuse(&pending, &error),
            |machine| {
                // What it is given is no delegate again.
                let given = match &given {
                    Value::Object(id) if machine.is_function(*id) => Value::Undefined,
                    given => given.clone(),
                };
                machine.run_cors(&given, &pending.next, pending.location);
            },
        );
    }

    fn refuse(&mut self, options: &Options, error: &Value) {
        self.apply(&options.next, Value::Undefined, vec![error.clone()], options.location.span);
    }

    /// A callback is handed to what is not known: whatever comes of it is not known either.
    pub(super) fn callback_handed_on(&mut self, callback: Native) {
        let pending = match callback {
            Native::OriginCallback => self.pending_origins.last().cloned(),
            _ => self.pending_options.last().cloned(),
        };
        let Some(pending) = pending else { return };
        self.has_answered();
        self.go_on(&pending);
    }

    /// An option: what is written, `undefined` too, goes over the default.
    fn option(&mut self, options: &Options, name: &str) -> Option<Value> {
        let id = options.object?;
        let value = self.memory.property(id, name);
        match self.memory.object(id).kind {
            Kind::SomeObject(unknown) if value.is_none() => {
                Some(self.derived(unknown, &format!(".{name}"), options.location.span))
            }
            _ => value,
        }
    }

    /// Where an option is written.
    fn place(&self, options: &Options, name: &str) -> Location {
        options.object.and_then(|id| self.memory.located(id, name)).unwrap_or(options.location)
    }

    fn with_options(&mut self, options: &Options) {
        let origin = self.option(options, "origin").unwrap_or_else(|| Value::string("*"));
        self.each_choice(&origin, &mut |machine, origin| {
            match origin {
                Value::Object(id) if machine.is_function(*id) => machine.ask(*id, options),
                // What is set somewhere else is taken to be set.
                Value::Unknown(unknown) if machine.is_fixed(*unknown) => {
                    machine.answer_preflight_or_go_on(options, origin);
                }
                origin => machine.with_origin(options, origin),
            }
            Value::Undefined
        });
    }

    /// A function that is asked about each origin.
    fn ask(&mut self, function: ObjectId, options: &Options) {
        let of_request = Value::Text(Expression::RequestHeader("origin".to_owned()));
        let arguments = vec![of_request, Value::Native(Native::OriginCallback)];
        let answered = self.allocate(Kind::Plain, options.location.span);
        self.pending_origins
            .push(Options { answered: Some((answered, self.is_async(&Value::Object(function)))), ..options.clone() });
        self.run_asked(function, arguments, options);
        self.pending_origins.pop();
        self.remark_on_silence(function, answered, options);
    }

    /// What an origin function's callback is called with: an error, or an origin.
    pub(super) fn origin_given(&mut self, arguments: &[Value]) {
        let Some(options) = self.pending_origins.last().cloned() else { return };
        self.has_answered();
        let error = arguments.first().cloned().unwrap_or(Value::Undefined);
        let origin = arguments.get(1).cloned().unwrap_or(Value::Undefined);
        self.branch(
            error.truth(),
            |machine| machine.refuse(&options, &error),
            |machine| machine.with_origin(&options, &origin),
        );
    }

    /// What is falsy turns it off: not even Vary is sent.
    fn with_origin(&mut self, options: &Options, origin: &Value) {
        self.each_choice(origin, &mut |machine, origin| {
            machine.branch(
                origin.truth(),
                |machine| machine.answer_preflight_or_go_on(options, origin),
                |machine| machine.go_on(options),
            );
            Value::Undefined
        });
    }

    fn go_on(&mut self, options: &Options) {
        self.apply(&options.next, Value::Undefined, Vec::new(), options.location.span);
    }

    fn answer_preflight_or_go_on(&mut self, options: &Options, origin: &Value) {
        let is_preflight = Truth::Asked(Condition::MethodIn(vec!["OPTIONS".to_owned()]));
        self.branch(
            is_preflight,
            |machine| {
                let location = options.location;
                if machine.option(options, "methods").is_some_and(|methods| methods.is_nullish()) {
                    // `undefined.join`, before any header is sent.
                    return machine.throw_implicitly(Condition::Always, location.span);
                }
                machine.send_origin(options, origin);
                machine.send_credentials(options);
                machine.send_list(options, "methods", "Access-Control-Allow-Methods", Some(METHODS));
                machine.send_allowed_headers(options);
                machine.send_max_age(options);
                machine.send_list(options, "exposedHeaders", "Access-Control-Expose-Headers", None);
                let goes_on = machine.option(options, "preflightContinue").map_or(Truth::Known(false), |v| v.truth());
                machine.branch(goes_on, |machine| machine.go_on(options), |machine| machine.end_preflight(options));
            },
            |machine| {
                machine.send_origin(options, origin);
                machine.send_credentials(options);
                machine.send_list(options, "exposedHeaders", "Access-Control-Expose-Headers", None);
                machine.go_on(options);
            },
        );
    }

    fn end_preflight(&mut self, options: &Options) {
        let status = self.option(options, "optionsSuccessStatus").unwrap_or(Value::Number(204.0));
        let location = self.place(options, "optionsSuccessStatus");
        self.each_choice(&status, &mut |machine, status| {
            match status {
                Value::Number(status) => machine.emit(respond(as_status(*status), location)),
                Value::Undefined | Value::Null => machine.throw_implicitly(Condition::Always, options.location.span),
                Value::String(text, _) if text.parse::<u16>().is_ok() => {
                    machine.emit(respond(text.parse().unwrap_or(204), location));
                }
                _ => machine.emit(respond(204, location)),
            }
            Value::Undefined
        });
    }

    fn send_origin(&mut self, options: &Options, origin: &Value) {
        const NAME: &str = "Access-Control-Allow-Origin";
        let at = self.place(options, "origin");
        let sent = Expression::RequestHeader("origin".to_owned());
        match origin {
            Value::String(text, _) if &**text == "*" => return self.send(NAME, origin, at),
            // A text of the request that is not there turned it off before.
            Value::String(..) | Value::Unknown(_) | Value::Text(_) => self.send(NAME, origin, at),
            _ => {
                let allowed = self.is_allowed(origin, at.span);
                let there = Truth::Asked(Condition::Empty(sent.clone()).negated());
                let both = any([allowed.negated(), there.negated()]).negated();
                self.branch(both, |machine| machine.send(NAME, &Value::Text(sent), at), |_| ());
            }
        }
        self.vary("Origin", at);
    }

    /// Whether the Origin of the request is one of those that are allowed.
    fn is_allowed(&mut self, allowed: &Value, span: Span) -> Truth {
        let sent = Value::Text(Expression::RequestHeader("origin".to_owned()));
        match allowed {
            Value::Object(id) => match self.memory.object(*id).kind.clone() {
                Kind::Array(items) => {
                    let mut all = Vec::with_capacity(items.len());
                    for item in &items {
                        // A list may be in itself.
                        let allowed = if self.afford() { self.deeper(|it| it.is_allowed(item, span)) } else { None };
                        all.push(allowed.unwrap_or_else(|| self.not_followed("a list of lists", span).truth()));
                    }
                    any(all)
                }
                Kind::Regex { .. } => self.test(*id, &sent, span),
                Kind::SomeObject(unknown) => self.is_allowed(&Value::Unknown(unknown), span),
                _ => Truth::Known(true),
            },
            Value::String(..) | Value::Unknown(_) => self.same(allowed, &sent, span),
            Value::Choice(condition, one, other) => {
                let (one, other) = (self.is_allowed(one, span), self.is_allowed(other, span));
                one.chosen(condition, other)
            }
            other => other.truth(),
        }
    }

    /// Only the boolean counts.
    fn send_credentials(&mut self, options: &Options) {
        let Some(value) = self.option(options, "credentials") else { return };
        let at = self.place(options, "credentials");
        let is_true = self.same(&value, &Value::Boolean(true), at.span);
        self.branch(
            is_true,
            |machine| machine.send("Access-Control-Allow-Credentials", &Value::string("true"), at),
            |_| (),
        );
    }

    fn send_list(&mut self, options: &Options, name: &str, header: &str, default: Option<&str>) {
        let value = self.option(options, name).or(default.map(Value::string)).unwrap_or(Value::Undefined);
        let at = self.place(options, name);
        let text = self.listed(value, at.span);
        self.branch(text.truth(), |machine| machine.send(header, &text, at), |_| ());
    }

    /// A list as one text.
    fn listed(&mut self, value: Value, span: Span) -> Value {
        match &value {
            Value::Object(id) if matches!(self.memory.object(*id).kind, Kind::Array(_)) => {
                self.array_method(*id, "join", vec![Value::string(",")], span)
            }
            _ => value,
        }
    }

    fn send_allowed_headers(&mut self, options: &Options) {
        const NAME: &str = "Access-Control-Allow-Headers";
        let is_set = |value: &Value| value.truth() != Truth::Known(false);
        let at = self.place(options, "allowedHeaders");
        let value = self.option(options, "allowedHeaders").filter(is_set);
        let value = value.or_else(|| self.option(options, "headers").filter(is_set));
        if let Some(value) = value {
            let text = self.listed(value, at.span);
            if !matches!(text, Value::Boolean(_)) {
                self.branch(text.truth(), |machine| machine.send(NAME, &text, at), |_| ());
            }
            return;
        }
        let asked = Expression::RequestHeader("access-control-request-headers".to_owned());
        let there = Truth::Asked(Condition::Empty(asked.clone()).negated());
        self.branch(there, |machine| machine.send(NAME, &Value::Text(asked), at), |_| ());
        self.vary("Access-Control-Request-Headers", at);
    }

    fn send_max_age(&mut self, options: &Options) {
        let Some(value) = self.option(options, "maxAge") else { return };
        let is_sent = match &value {
            Value::Number(_) => Truth::Known(true),
            other => other.truth(),
        };
        let at = self.place(options, "maxAge");
        self.branch(is_sent, |machine| machine.send("Access-Control-Max-Age", &value, at), |_| ());
    }

    fn send(&mut self, name: &str, value: &Value, at: Location) {
        self.header(Action::Set, Some(&Value::string(name)), Some(value), at);
    }

    fn vary(&mut self, name: &str, at: Location) {
        self.header(Action::Merge, Some(&Value::string("Vary")), Some(&Value::string(name)), at);
    }
}
