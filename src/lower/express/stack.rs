//! Applications and routers: what is registered with them, in order.

use super::machine::Machine;
use super::native::Native;
use super::route::{self, LayerPath};
use super::value::{Kind, ObjectId, Value};
use crate::policy::{Policy, RemarkKind};
use crate::source::{Location, Span};

/// Methods that routes are registered by, in lower case (`http.METHODS`, those in use).
const METHODS: &[&str] =
    &["get", "head", "post", "put", "patch", "delete", "options", "trace", "connect", "propfind", "search", "query"];

/// What an application is asked or told that has nothing to do with requests.
const SETTINGS: &[&str] = &[
    "set",
    "enable",
    "disable",
    "engine",
    "param",
    "on",
    "once",
    "emit",
    "disabled",
    "enabled",
    "path",
    "useGlobalPipes",
    "useGlobalFilters",
    "useGlobalInterceptors",
    "useGlobalGuards",
    "setGlobalPrefix",
    "enableShutdownHooks",
    "close",
    "enableVersioning",
    "useStaticAssets",
    "setBaseViewsDir",
    "setViewEngine",
    "useLogger",
    "useWebSocketAdapter",
    "connectMicroservice",
    "startAllMicroservices",
    "init",
    "disableErrorHandler",
];

/// Something that is registered with an application or router.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    /// For which paths; `None` for all.
    pub(super) path: Option<LayerPath>,
    /// For which methods, in upper case; `None` for all.
    pub(super) method: Option<String>,
    /// Whether it is for the paths below, too, and sees them without its own (`use`).
    pub(super) is_mount: bool,
    /// What is called, one after the other.
    pub(super) handlers: Vec<Value>,
    pub(super) location: Location,
}

/// An application or router.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stack {
    /// The list of its layers.
    pub(super) layers: ObjectId,
    pub(super) kind: StackKind,
}

/// What a stack is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StackKind {
    /// `express()`
    Application,
    /// `express.Router()`
    Router,
    /// `app.route(path)`
    Route,
    /// An application whose routes are not looked at: `NestJS`, `http.createServer(function)`.
    Foreign,
}

impl Machine<'_> {
    /// A new application or router.
    pub(super) fn stack(&mut self, kind: StackKind, span: Span) -> Value {
        let layers = self.allocate(Kind::Array(Vec::new()), span);
        Value::Object(self.allocate(Kind::Stack(Stack { layers, kind }), span))
    }

    /// `app.name(arguments)`, `router.name(arguments)`
    pub(super) fn stack_method(
        &mut self,
        stack: Stack,
        this: ObjectId,
        name: &str,
        arguments: Vec<Value>,
        span: Span,
    ) -> Value {
        match name {
            "use" => self.register(stack, this, None, true, arguments, span),
            "all" => self.register(stack, this, None, false, arguments, span),
            // With one argument it reads a setting.
            "get" if stack.kind != StackKind::Route && arguments.len() < 2 => {
                return self.not_followed("a setting", span);
            }
            "route" => {
                let route = self.stack(StackKind::Route, span);
                if let Value::Object(id) = &route {
                    let path = arguments.into_iter().next().unwrap_or(Value::Undefined);
                    self.memory.set_property(*id, "path", path);
                    self.memory.set_property(*id, "registers with", Value::Object(this));
                }
                return route;
            }
            "enableCors" => {
                let middleware = self.cors_middleware(arguments, span);
                self.register(stack, this, None, true, vec![middleware], span);
            }
            "listen" => {
                self.memory.set_property(this, "listens", Value::Boolean(true));
                if let Some(port) = arguments.first().and_then(port) {
                    self.memory.set_property(this, "port", Value::Number(port));
                }
                for argument in &arguments {
                    self.call_back(argument, span);
                }
                return self.not_followed("a server", span);
            }
            _ if METHODS.contains(&name) => {
                self.register(stack, this, Some(name), false, arguments, span);
            }
            "getHttpAdapter" | "getHttpServer" => {}
            _ if SETTINGS.contains(&name) => {}
            _ => return self.not_followed(format!("`.{name}()` of an application"), span),
        }
        Value::Object(this)
    }

    fn register(
        &mut self,
        stack: Stack,
        this: ObjectId,
        method: Option<&str>,
        is_mount: bool,
        arguments: Vec<Value>,
        span: Span,
    ) {
        let mut arguments = arguments.into_iter().peekable();
        let route = (stack.kind == StackKind::Route).then(|| self.memory.property(this, "path")).flatten();
        let is_route = route.is_some();
        let paths = route.as_ref().or_else(|| arguments.peek()).and_then(|path| self.layer_paths(path));
        if paths.is_some() && !is_route {
            arguments.next();
        }
        let handlers = self.flattened(arguments.collect());

        self.remark_on(&handlers, span);
        if is_mount {
            // What a route hands over to is of no interest here.
            let missing: Vec<Value> =
                handlers.iter().filter(|handler| speaks_of_cors(&self.policy, handler)).cloned().collect();
            for handler in &missing {
                self.remark_on_missing(handler);
            }
        }
        let paths = paths.map_or_else(|| vec![None], |paths| paths.into_iter().map(Some).collect());
        let location = self.at(span);
        let list = self.registered_with(stack, this);
        for path in paths {
            let id = u32::try_from(self.layers.len()).unwrap_or(u32::MAX);
            let (method, handlers) = (method.map(str::to_ascii_uppercase), handlers.clone());
            self.layers.push(Layer { path, method, is_mount, handlers, location });
            self.memory.push(list, vec![Value::Native(Native::Layer(id))]);
        }
    }

    /// The list that something is registered in: a route's is that of its application.
    fn registered_with(&self, stack: Stack, this: ObjectId) -> ObjectId {
        match self.memory.property(this, "registers with") {
            Some(Value::Object(outer)) => self.stack_at(outer).map_or(stack.layers, |outer| outer.layers),
            _ => stack.layers,
        }
    }

    /// Says what keeps requests from being answered.
    fn remark_on(&mut self, handlers: &[Value], span: Span) {
        if handlers.contains(&Value::Native(Native::Cors)) {
            let message = "`cors` is registered itself instead of what `cors()` returns: no request is ever answered";
            self.remark(RemarkKind::NeverAnswers, span, message);
        }
    }

    /// Says what keeps an application from starting, once it is known which Express it runs on. Where nobody says so, a
    /// path that only one major version takes does.
    pub(super) fn settle_version(&mut self) {
        let paths = self.layers.iter().filter_map(|layer| match &layer.path {
            Some(LayerPath::Route(path)) => Some((path.clone(), layer)),
            _ => None,
        });
        if self.program.express.is_none()
            && let Some(major) = paths.clone().find_map(|(path, _)| route::major_of(&path))
        {
            self.express = major;
        }
        let concerns_cors = |layer: &Layer| {
            layer.handlers.iter().any(|handler| matches!(handler, Value::Native(Native::CorsMiddleware(_))))
        };
        let is_splat = |path: &str| path.contains("/*") && !path.ends_with('*') || path.contains("{*");
        let ineffective: Vec<(String, Location)> = paths
            .clone()
            .filter(|(path, layer)| self.express < 5 && concerns_cors(layer) && is_splat(path))
            .map(|(path, layer)| {
                (format!("in Express 4, `{path}` is not every path: `*` and `/*` are"), layer.location)
            })
            .collect();
        let refused: Vec<(String, Location)> = paths
            .filter(|(_, layer)| concerns_cors(layer))
            .filter_map(|(path, layer)| {
                let why = route::refused(&path, self.express)?;
                Some((format!("Express {} does not start with `{path}`: {why}", self.express), layer.location))
            })
            .collect();
        for (message, location) in ineffective {
            self.remark_at(RemarkKind::NeverTakesEffect, location, message);
        }
        for (message, location) in refused {
            self.remark_at(RemarkKind::WillNotStart, location, message);
        }
    }

    /// Handlers, those in lists taken out of them; of a list that is in itself, as deep as one looks.
    fn flattened(&mut self, values: Vec<Value>) -> Vec<Value> {
        let mut flat = Vec::new();
        for value in values {
            match &value {
                Value::Object(id) if matches!(self.memory.object(*id).kind, Kind::Array(_)) => {
                    let items = self.memory.elements(*id).unwrap_or_default().to_vec();
                    if self.afford() {
                        flat.extend(self.deeper(|machine| machine.flattened(items)).unwrap_or_default());
                    }
                }
                _ => flat.push(value),
            }
        }
        flat
    }

    pub(super) fn stack_of(&self, value: &Value) -> Option<Stack> {
        let Value::Object(id) = value else { return None };
        self.stack_at(*id)
    }

    pub(super) fn stack_at(&self, id: ObjectId) -> Option<Stack> {
        match self.memory.object(id).kind {
            Kind::Stack(stack) => Some(stack),
            _ => None,
        }
    }
}

/// Whether something that is not known is called by a name of CORS.
fn speaks_of_cors(policy: &Policy, value: &Value) -> bool {
    matches!(value, Value::Unknown(unknown) if policy.unknown(*unknown).what.to_lowercase().contains("cors"))
}

/// The port that is written, perhaps as what a variable of the environment stands in for.
fn port(value: &Value) -> Option<f64> {
    match value {
        Value::Number(port) => Some(*port),
        Value::String(text, _) => text.parse().ok(),
        Value::Choice(_, one, other) => port(one).or_else(|| port(other)),
        _ => None,
    }
}
