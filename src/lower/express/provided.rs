//! What Node, Express and packages provide, called and read.

use crate::policy::{Condition, Depends, Expression, Statement, Statuses};
use crate::source::Span;

use super::machine::Machine;
use super::native::Native;
use super::response::request_header;
use super::stack::StackKind;
use super::value::{Truth, Value};

impl Machine<'_> {
    pub(super) fn call_native(&mut self, native: Native, arguments: Vec<Value>, span: Span) -> Value {
        match native {
            Native::Express => self.stack(StackKind::Application, span),
            Native::Router => self.stack(StackKind::Router, span),
            // `cors(options)(req, res, next)`
            Native::Cors if arguments.first() == Some(&Value::Native(Native::Request)) => Value::Undefined,
            Native::Cors => self.cors_middleware(arguments, span),
            Native::StaticMaker => {
                let id = u32::try_from(self.statics.len()).unwrap_or(u32::MAX);
                let location = self.at(span);
                self.statics.push((arguments.into_iter().nth(1).unwrap_or(Value::Undefined), location));
                Value::Native(Native::Static(id))
            }
            Native::CorsMiddleware(_)
            | Native::Static(_)
            | Native::ParsesBodies
            | Native::GoesOn
            | Native::AsksForLogin => self.run_middleware(native, arguments, span),
            Native::Next => self.next(&arguments, span),
            Native::OriginCallback => {
                self.origin_given(&arguments);
                Value::Undefined
            }
            Native::OptionsCallback => {
                self.options_given(&arguments);
                Value::Undefined
            }
            Native::Require => self.call_require(&arguments, span),
            Native::Global(name) => self.call_global(name, arguments, span),
            Native::BodyParser => Value::Native(Native::ParsesBodies),
            Native::ModulePackage => Value::Native(Native::Require),
            Native::ResponseMethod(name) => self.response_method(name, arguments, span),
            Native::Login => Value::Native(Native::AsksForLogin),
            Native::HttpErrors => self.create_error(arguments, span),
            Native::Vary => {
                if arguments.first() == Some(&Value::Native(Native::Response)) {
                    self.response_method("vary", arguments.into_iter().skip(1).collect(), span);
                }
                Value::Undefined
            }
            Native::Process
            | Native::Environment
            | Native::Request
            | Native::RequestHeaders
            | Native::RequestQuery
            | Native::RequestCookies
            | Native::Response
            | Native::Http
            | Native::NestFactory
            | Native::NestConsumer
            | Native::Url
            | Native::Path
            | Native::Super
            | Native::AnyHeaderName
            | Native::Layer(_) => self.not_followed("a call of what is no function", span),
        }
    }

    /// Middleware that is known: `(req, res, next)`.
    fn run_middleware(&mut self, native: Native, arguments: Vec<Value>, span: Span) -> Value {
        let next = arguments.into_iter().nth(2).unwrap_or(Value::Undefined);
        match native {
            Native::CorsMiddleware(id) => {
                if let Some((argument, location)) = self.cors.get(id as usize).cloned() {
                    self.run_cors(&argument, &next, location);
                }
                Value::Undefined
            }
            Native::Static(id) => {
                self.run_static(id, &next);
                Value::Undefined
            }
            Native::ParsesBodies => self.parse_body(&next, span),
            Native::AsksForLogin => self.ask_for_login(&next, span),
            _ => self.apply(&next, Value::Undefined, Vec::new(), span),
        }
    }

    /// `require(name)`
    fn call_require(&mut self, arguments: &[Value], span: Span) -> Value {
        match arguments.first() {
            Some(Value::String(name, location)) => {
                let (name, at) = (name.to_string(), location.map_or(span, |location| location.span));
                self.require(&name, at)
            }
            _ => self.not_followed("a module whose name is worked out", span),
        }
    }

    /// `next()`, `next(error)`, `next('route')`
    fn next(&mut self, arguments: &[Value], span: Span) -> Value {
        let error = arguments.first().cloned().unwrap_or(Value::Undefined);
        let location = self.at(span);
        if matches!(error.as_str(), Some("route" | "router")) {
            let (variable, value) = (self.passed_over, Expression::literal("1"));
            self.emit(Statement::Assign { variable, value, location });
        } else {
            let variable = self.failed;
            self.branch(
                error.truth(),
                |machine| machine.fail(&error, span),
                |machine| {
                    machine.outcomes.goes_on = true;
                    // A handler of errors that goes on has handled it.
                    machine.emit(Statement::Assign { variable, value: Expression::absent(), location });
                },
            );
        }
        self.emit(Statement::End);
        Value::Undefined
    }

    /// A body that cannot be read is refused.
    fn parse_body(&mut self, next: &Value, span: Span) -> Value {
        let methods = ["POST", "PUT", "PATCH", "DELETE"].map(str::to_owned).to_vec();
        for status in [400, 413, 415] {
            let error = self.create_error(vec![Value::Number(f64::from(status))], span);
            let ((), mut failing) = self.collect(|machine| machine.fail(&error, span));
            failing.push(Statement::End);
            let asked = Condition::ToAnswer(Statuses::Only(vec![status].into()));
            let condition = Condition::All(vec![Condition::MethodIn(methods.clone()), asked]);
            self.emit(Statement::When { condition, then: failing, otherwise: Vec::new() });
        }
        self.apply(next, Value::Undefined, Vec::new(), span)
    }

    /// 401 without a login.
    fn ask_for_login(&mut self, next: &Value, span: Span) -> Value {
        let unknown = self.unknown("a login", "is checked", Depends::Anything, span);
        self.either(
            Truth::Asked(Condition::Unknown(unknown)),
            |machine| {
                machine.status = Some(Value::Number(401.0));
                machine.answer(span);
                Value::Undefined
            },
            |machine| machine.apply(next, Value::Undefined, Vec::new(), span),
        )
    }

    pub(super) fn native_method(&mut self, native: Native, name: &str, arguments: Vec<Value>, span: Span) -> Value {
        match native {
            Native::Response => match self.put_in_place(name) {
                Some(function) => self.apply(&function, Value::Native(Native::Response), arguments, span),
                None => self.response_method(name, arguments, span),
            },
            Native::ResponseMethod(_) => self.function_method(&Value::Native(native), name, arguments, span),
            Native::Request => self.request_method(name, &arguments, span),
            Native::Express if name == "Router" => self.stack(StackKind::Router, span),
            Native::Express if name == "static" => self.call_native(Native::StaticMaker, arguments, span),
            Native::Express if matches!(name, "json" | "urlencoded" | "text" | "raw") => {
                Value::Native(Native::ParsesBodies)
            }
            Native::Express => Value::Native(Native::GoesOn),
            Native::Global(global) => self.global_method(global, name, arguments, span),
            Native::Process if name == "cwd" => Value::string("/"),
            Native::NestFactory if name.starts_with("create") => self.nest(&arguments, span),
            Native::NestConsumer => self.nest_consumer(name, arguments, span),
            Native::Http if name.starts_with("create") => self.server(arguments, span),
            Native::HttpErrors => self.create_error_by_name(name, arguments, span),
            // `passport.initialize()`, `passport.session()`, `passport.use(strategy)`
            Native::Login if !matches!(name, "authenticate" | "authorize" | "default" | "auth") => {
                Value::Native(Native::GoesOn)
            }
            Native::Login => Value::Native(Native::AsksForLogin),
            Native::Url if matches!(name, "parse") => self.parsed_url(arguments, span),
            Native::Path => self.not_followed("a path", span),
            Native::RequestHeaders | Native::RequestQuery if name == "hasOwnProperty" => {
                match arguments.first().and_then(Value::as_str) {
                    Some(header) => Value::Truth(Condition::Defined(request_header(header))),
                    None => self.not_followed("a header", span),
                }
            }
            native => {
                let function = self.native_member(native, name, span);
                self.apply(&function, Value::Native(native), arguments, span)
            }
        }
    }

    /// `http.createServer(application or function)`
    fn server(&mut self, arguments: Vec<Value>, span: Span) -> Value {
        let handler = arguments.into_iter().next_back().unwrap_or(Value::Undefined);
        if self.stack_of(&handler).is_some() {
            return handler;
        }
        let server = self.stack(StackKind::Foreign, span);
        if let Value::Object(id) = &server
            && let Some(stack) = self.stack_at(*id)
            && self.parameters(&handler).is_some()
        {
            self.stack_method(stack, *id, "all", vec![Value::string("{*path}"), handler], span);
        }
        server
    }

    /// `createError.NotFound()` of the package `http-errors`.
    fn create_error_by_name(&mut self, name: &str, arguments: Vec<Value>, span: Span) -> Value {
        let status = match name {
            "BadRequest" => 400.0,
            "Unauthorized" => 401.0,
            "Forbidden" => 403.0,
            "NotFound" => 404.0,
            "Conflict" => 409.0,
            _ => 500.0,
        };
        self.create_error(std::iter::once(Value::Number(status)).chain(arguments).collect(), span)
    }
}
