//! The policy: what a server would do with a request, as data that can be run.
//!
//! In: nothing, these are types that `lower` fills. Out: what `exchange` evaluates. Must not know: any
//! configuration language, any browser.
//!
//! # How three servers look in it
//!
//! **nginx, the last matching `if` wins.** A location is an [`Endpoint`]; each of its `if` blocks is a [`BlockId`] of
//! its own. Its rewrite phase begins with the location's block active and holds, for each `if`,
//! `When(condition, [Activate(if block), …body…])`: whichever runs last decides. Access, content, takeover and
//! headers are lists of `When(Active(block), …)`: the list that the block has or inherits is copied there by
//! lowering, so the evaluator knows nothing of inheritance. `limit_except` is chosen before the rewrite phase:
//! `When(Not(MethodIn …), [Activate(limit block), End])` stands first.
//!
//! **Apache, two tables.** `Header set` and `Header always set` write to two [`LayerId`]s. Operations of the first
//! carry [`Applies`] with the makers application and file only, those of the second carry all makers; the backend's own
//! headers enter the first, whose lines they take the place of ([`Forward::clears`]), a CGI script's the second
//! ([`Forward::layer`]). The response is the layers in the policy's order, so a name that is in both comes out twice. `<If>`,
//! `<Files>` and `env=` are [`Condition`]s round the operations, not endpoints; per-directory rewrites stand behind access
//! in the content phase, in a [`Statement::Group`] that `[L]` ends. What they lead to is a [`Reroute`] whose
//! [`Reroute::first`] renames the variables that do not go along.
//!
//! **Express, `callback(null, false)`.** A route is an endpoint with one layer, whose content phase is the middleware in
//! order: each is a [`Statement::Group`] that `next()` ends, shared by all endpoints it is for ([`Statement::Shared`]).
//! What a callback is called with is worked out by lowering: of `callback(null, ok)` remains `When(ok, [Set Allow-Origin,
//! Merge Vary, …, When(method is OPTIONS, [Respond 204])])`. Where it does not hold nothing happens, not even Vary, and
//! the statements after it, those of the application, go on. `next(err)` assigns a variable that the middleware after it
//! asks for and handlers of errors wait for; what is left over, `finalhandler` answers.

mod condition;
mod expression;
mod header;
mod matcher;
mod pattern;
mod statement;
mod upstream;
mod variant;
mod walk;

use std::fmt;

pub use condition::Condition;
pub use expression::{Arm, Expression, Switch, Variable};
pub use header::{Action, Applies, HeaderOperation, IfEmpty, Layer, Maker, Makers, Name, Statuses, Written};
pub use matcher::{Host, Listener, PathMatcher, PrefixRoute, Routes};
pub use pattern::{Captures, CompileError, Flavor, Pattern};
pub use statement::{
    AddressRule, Answer, Effect, Errors, Forward, Method, Network, Program, Require, Requirement, RequirementKind,
    Reroute, Respond, Responder, Statement, StatusAfter, Target,
};
pub use upstream::{Backend, Upstream};
pub use variant::Variant;
pub(crate) use walk::{condition_expressions, nested_conditions, nested_expressions};
pub use walk::{visit_conditions, visit_expressions, visit_statements};

use crate::source::Location;

macro_rules! index {
    ($(#[doc = $doc:literal] $name:ident)+) => {$(
        #[doc = $doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// As an index into the vector it points into.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

index! {
    /// Index into [`Policy::sites`].
    SiteId
    /// Index into [`Policy::endpoints`].
    EndpointId
    /// Index into [`Policy::blocks`].
    BlockId
    /// Index into [`Policy::variables`].
    VariableId
    /// Index into [`Policy::patterns`].
    PatternId
    /// Index into [`Policy::unknowns`].
    UnknownId
    /// Index into [`Policy::upstreams`].
    UpstreamId
    /// Index into [`Policy::layers`]; the response is the layers in this order.
    LayerId
}

/// An origin that stands for one that is configured where nobody can see it.
pub const STAND_IN: &str = "https://configured.example";

/// One configuration, lowered.
#[derive(Debug, Default)]
pub struct Policy {
    /// The virtual hosts or applications, in the order in which the server would try them.
    pub sites: Vec<Site>,
    /// The places that answer.
    pub endpoints: Vec<Endpoint>,
    /// The blocks that can become active; for labels.
    pub blocks: Vec<Block>,
    /// The variables.
    pub variables: Vec<Variable>,
    /// The regular expressions, compiled once.
    pub patterns: Vec<Pattern>,
    /// What is not known.
    pub unknowns: Vec<Unknown>,
    /// The applications at addresses of their own.
    pub upstreams: Vec<Upstream>,
    /// The layers of a response, in the order in which their lines are sent.
    pub layers: Vec<Layer>,
    /// Facts that no exchange shows.
    pub remarks: Vec<Remark>,
    /// Whether paths are decoded and freed of `.`, `..` and double slashes before anything looks at them.
    pub normalizes_paths: bool,
    /// Whether of the sites that answer to a host the first is taken, rather than the one that names it best.
    pub first_host_wins: bool,
    /// Whether it answers at whatever port it is asked: what stands before it may listen at another.
    pub at_any_port: bool,
}

/// A virtual host or application: what is chosen by address and host name, before any path is looked at.
#[derive(Debug)]
pub struct Site {
    /// For people: `server api.example.com`.
    pub name: String,
    /// Where its block begins: what a label underlines.
    pub location: Location,
    /// Where it listens.
    pub listeners: Vec<Listener>,
    /// Names it answers to.
    pub hosts: Vec<Host>,
    /// What runs for every request before a path is chosen. Its route phase may end the request; then its own
    /// takeover and headers phases apply, not an endpoint's.
    pub program: Program,
    /// The block that is active while `program` runs.
    pub block: BlockId,
    /// Which endpoint a path goes to.
    pub routes: Routes,
}

/// A place that answers.
#[derive(Debug)]
pub struct Endpoint {
    /// For people and JSON: `location /api/`.
    pub name: String,
    /// What a label underlines.
    pub location: Location,
    /// Its site.
    pub site: SiteId,
    /// Which paths are its own.
    pub path: PathMatcher,
    /// Whether only other endpoints lead to it (`internal`, named locations).
    pub internal: bool,
    /// What it does.
    pub program: Program,
    /// The block that is active when its program begins.
    pub block: BlockId,
    /// Endpoints below it that are looked at first.
    pub nested: Routes,
    /// Whether it only goes with another one that is written, and says nothing new.
    pub derived: bool,
    /// What pages ask it with: GET, or one of its own methods where it has no GET.
    pub method: Method,
    /// Whether it is known to take safelisted methods alone, which need no preflight of their own.
    pub is_simple: bool,
    /// Paths of it that are worth asking for, beside those that its matcher and its conditions tell.
    pub samples: Vec<String>,
}

/// A block of the configuration that can be the active one.
#[derive(Debug)]
pub struct Block {
    /// For people: `if ($request_method = OPTIONS)`.
    pub name: String,
    /// What a label underlines.
    pub location: Location,
}

/// Something that the configuration does not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Fit to follow "assuming ": `${CORS_ORIGIN}` …
    pub what: String,
    /// Why it is not known: "is filled in by a template".
    pub why: String,
    /// What it may change with.
    pub depends: Depends,
    /// Where it stands.
    pub location: Location,
}

/// What an unknown may change with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Depends {
    /// The same for every request: a template's value, an environment variable.
    Nothing,
    /// The Origin header only.
    Origin,
    /// Anything about the request or the moment.
    Anything,
}

/// A fact that lowering sees and no exchange shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What kind of fact.
    pub kind: RemarkKind,
    /// Where.
    pub location: Location,
    /// One sentence without a final stop.
    pub message: String,
}

/// The kinds of [`Remark`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RemarkKind {
    /// Written, but can never take effect.
    NeverTakesEffect,
    /// Whether something is found is asked in a way that takes the first for none and none for something.
    TurnedRound,
    /// Works differently from one request to the next.
    Stateful,
    /// The server does not start with it.
    WillNotStart,
    /// Requests are answered with an error instead of what is configured.
    AnswersWithError,
    /// A request gets no answer.
    NeverAnswers,
    /// Something that decides about CORS is in a file that was not read.
    Unresolved,
    /// Not understood; only for `-v`.
    NotUnderstood,
}

impl Policy {
    /// The site of an id.
    #[must_use]
    pub fn site(&self, id: SiteId) -> &Site {
        &self.sites[id.index()]
    }

    /// The endpoint of an id.
    #[must_use]
    pub fn endpoint(&self, id: EndpointId) -> &Endpoint {
        &self.endpoints[id.index()]
    }

    /// The block of an id.
    #[must_use]
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.index()]
    }

    /// The variable of an id.
    #[must_use]
    pub fn variable(&self, id: VariableId) -> &Variable {
        &self.variables[id.index()]
    }

    /// The pattern of an id.
    #[must_use]
    pub fn pattern(&self, id: PatternId) -> &Pattern {
        &self.patterns[id.index()]
    }

    /// The unknown of an id.
    #[must_use]
    pub fn unknown(&self, id: UnknownId) -> &Unknown {
        &self.unknowns[id.index()]
    }

    /// The upstream of an id.
    #[must_use]
    pub fn upstream(&self, id: UpstreamId) -> &Upstream {
        &self.upstreams[id.index()]
    }

    /// Ids of all endpoints.
    pub fn endpoint_ids(&self) -> impl Iterator<Item = EndpointId> + use<> {
        (0..u32::try_from(self.endpoints.len()).unwrap_or(u32::MAX)).map(EndpointId)
    }
}

/// Appends to a vector and returns the index of the new element, for the id types above.
pub(crate) fn push<T>(list: &mut Vec<T>, item: T) -> u32 {
    let id = u32::try_from(list.len()).unwrap_or(u32::MAX);
    list.push(item);
    id
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.what)
    }
}
