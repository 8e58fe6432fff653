//! What Node, Express and packages provide.

/// Something that no module of the tree defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Native {
    /// The function that the package `express` exports.
    Express,
    /// `express.Router`
    Router,
    /// The function that the package `cors` exports.
    Cors,
    /// `require`
    Require,
    /// `process`, and what is read off it.
    Process,
    /// `process.env`
    Environment,
    /// `Object`, `Array`, `String`, `Boolean`, `Number`, `JSON`, `Math`, `Promise`, `console` … by their names.
    Global(&'static str),
    /// The request that a middleware is called with.
    Request,
    /// `req.headers`
    RequestHeaders,
    /// `req.query`
    RequestQuery,
    /// `req.cookies`
    RequestCookies,
    /// The response that a middleware is called with.
    Response,
    /// A method of the response, taken off it.
    ResponseMethod(&'static str),
    /// The function that goes on with the next middleware.
    Next,
    /// The callback that `cors` calls an origin function with.
    OriginCallback,
    /// The callback that `cors` calls a delegate with.
    OptionsCallback,
    /// `super`
    Super,
    /// The package `module`, and its `createRequire`.
    ModulePackage,
    /// The name of any header of the response.
    AnyHeaderName,
    /// A parser of bodies, which refuses what it cannot read.
    ParsesBodies,
    /// What makes parsers of bodies.
    BodyParser,
    /// Middleware that goes on.
    GoesOn,
    /// `express.static`
    StaticMaker,
    /// Middleware that asks for a login.
    AsksForLogin,
    /// The packages whose middleware does.
    Login,
    /// `createError` of the package `http-errors`.
    HttpErrors,
    /// `http`, `https`, `http2`: what makes servers.
    Http,
    /// `NestFactory` of `NestJS`.
    NestFactory,
    /// What a module of `NestJS` is configured with: `consumer.apply(…).forRoutes(…)`.
    NestConsumer,
    /// Node's `url`, and what it parses.
    Url,
    /// Node's `path`.
    Path,
    /// The package `vary`.
    Vary,
    /// `express.static(…)`: its place in the list of those.
    Static(u32),
    /// Middleware that `cors(…)` has made: its place in the list of those.
    CorsMiddleware(u32),
    /// Something registered with an application or router: its place in the list of those.
    Layer(u32),
}

/// Methods of the response that programs put others in the place of.
const RESPONSE_METHODS: [&str; 16] = [
    "json",
    "send",
    "end",
    "jsonp",
    "set",
    "header",
    "setHeader",
    "status",
    "sendStatus",
    "writeHead",
    "append",
    "vary",
    "render",
    "sendFile",
    "redirect",
    "write",
];

impl Native {
    /// A method of the response by its name.
    pub(super) fn response_method(name: &str) -> Option<Self> {
        RESPONSE_METHODS.iter().find(|known| **known == name).map(|known| Self::ResponseMethod(known))
    }

    /// What a name stands for that no module declares.
    pub(super) fn global(name: &str) -> Option<Self> {
        const GLOBALS: &[&str] = &[
            "Array",
            "Boolean",
            "Date",
            "Error",
            "JSON",
            "Map",
            "Math",
            "Number",
            "Object",
            "Promise",
            "RangeError",
            "RegExp",
            "Set",
            "String",
            "Symbol",
            "SyntaxError",
            "TypeError",
            "URL",
            "WeakMap",
            "WeakSet",
            "console",
            "decodeURIComponent",
            "encodeURIComponent",
            "isNaN",
            "parseFloat",
            "parseInt",
            "setImmediate",
            "setInterval",
            "setTimeout",
            "queueMicrotask",
        ];
        match name {
            "require" => Some(Self::Require),
            "process" => Some(Self::Process),
            _ => GLOBALS.iter().find(|known| **known == name).map(|known| Self::Global(known)),
        }
    }

    /// What a package exports that is known here, by its name.
    pub(super) fn package(name: &str) -> Option<Self> {
        Some(match name.strip_prefix("node:").unwrap_or(name) {
            "express" | "ultimate-express" => Self::Express,
            "cors" => Self::Cors,
            "process" => Self::Process,
            "http-errors" => Self::HttpErrors,
            "http" | "https" | "http2" | "spdy" => Self::Http,
            "url" => Self::Url,
            "module" => Self::ModulePackage,
            "body-parser" => Self::BodyParser,
            "path" => Self::Path,
            "vary" => Self::Vary,
            "passport" | "express-basic-auth" | "express-oauth2-jwt-bearer" => Self::Login,
            "@nestjs/core" => Self::NestFactory,
            _ => return None,
        })
    }
}
