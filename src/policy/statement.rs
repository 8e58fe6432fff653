//! Statements and programs: what a server does with a request, step by step.

use std::net::IpAddr;
use std::sync::Arc;

use super::{
    BlockId, Condition, EndpointId, Expression, HeaderOperation, LayerId, Statuses, UnknownId, UpstreamId, VariableId,
};
use crate::source::Location;

/// A request method, case-sensitive as in HTTP.
pub type Method = String;

/// What a site or an endpoint does, phase by phase.
///
/// [`Statement::Respond`] in any of the first four phases ends these; the takeover phase may then hand the answer to
/// another endpoint; the headers phase always runs.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// Before a path is chosen (sites only).
    pub route: Vec<Statement>,
    /// Conditions, assignments, rewrites.
    pub rewrite: Vec<Statement>,
    /// Who may.
    pub access: Vec<Statement>,
    /// What makes the answer.
    pub content: Vec<Statement>,
    /// What takes an answer over, asked once there is one.
    pub takeover: Vec<Statement>,
    /// Whether an answer that was taken over before may be taken over again.
    pub takes_over_again: bool,
    /// What is done to its headers.
    pub headers: Vec<Statement>,
}

/// One step.
#[derive(Debug, Clone)]
pub enum Statement {
    /// A variable gets a value.
    Assign {
        /// Which.
        variable: VariableId,
        /// What.
        value: Expression,
        /// Where it is written.
        location: Location,
    },
    /// One list or the other.
    When {
        /// The question.
        condition: Condition,
        /// If so.
        then: Vec<Self>,
        /// If not.
        otherwise: Vec<Self>,
    },
    /// The path changes.
    SetPath {
        /// The new one, perhaps with a query.
        path: Expression,
        /// Whether the endpoint is chosen anew when the phase is over; the last such statement decides.
        choose_again: bool,
        /// What changes it.
        location: Location,
    },
    /// A block becomes the active one.
    Activate(BlockId),
    /// The rest of the group is left out; outside of a group, the rest of the phase.
    End,
    /// A list that [`Statement::End`] leaves, so that what stands behind it still runs.
    Group(Vec<Self>),
    /// A list that several endpoints have; it is as if it stood here.
    Shared(Arc<[Self]>),
    /// Something is done to the headers.
    Header(HeaderOperation),
    /// Something would have been done to the headers, had not this place kept it from being so.
    Shadowed {
        /// What.
        operation: HeaderOperation,
        /// What keeps it away.
        by: Location,
        /// Whether whoever wrote it may well mean it so.
        perhaps_meant: bool,
    },
    /// The server answers by itself.
    Respond(Respond),
    /// Another endpoint goes on.
    Reroute(Reroute),
    /// Not everybody may.
    Require(Require),
    /// An application or a file answers.
    Forward(Forward),
    /// Something happens that is not understood.
    UnknownEffect {
        /// What it may change.
        effect: Effect,
        /// What it is.
        unknown: UnknownId,
    },
}

/// What an [`Statement::UnknownEffect`] may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Headers of the answer.
    Headers,
    /// Whether another answer takes the place of this one.
    Status,
    /// Anything.
    Any,
}

/// An answer made by the server.
#[derive(Debug, Clone)]
pub struct Respond {
    /// Its status; `None` means that the connection is closed without any answer.
    pub status: Option<u16>,
    /// Its Location header, for redirects.
    pub target: Option<Expression>,
    /// Whether it goes the way of the server's error pages: then the takeover phase is asked, and a status that a
    /// reroute fixed before does not hold.
    pub as_error_page: bool,
    /// What makes it answer.
    pub location: Location,
}

/// Another endpoint goes on with the request.
#[derive(Debug, Clone)]
pub struct Reroute {
    /// Which.
    pub target: Target,
    /// Whether the method becomes GET.
    pub as_get: bool,
    /// What becomes of the status.
    pub status: StatusAfter,
    /// What is done first of all where it goes on: what of the request does not go along.
    pub first: Vec<Statement>,
    /// What reroutes.
    pub location: Location,
}

/// Where a [`Reroute`] leads.
#[derive(Debug, Clone)]
pub enum Target {
    /// To the endpoint that this path belongs to; the site's route phase runs again where `site_again` says so.
    Path {
        /// The new path, perhaps with a query.
        path: Expression,
        /// Whether the site's route phase runs again.
        site_again: bool,
    },
    /// To the endpoint of this name in the same site.
    Named(String),
    /// To this endpoint.
    Endpoint(EndpointId),
}

/// The status of an answer that was rerouted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusAfter {
    /// The target's own.
    Target,
    /// The one before, unless the server makes an error page for the target.
    Kept,
    /// This one, unless the server makes an error page for the target.
    Fixed(u16),
    /// The one before where a file answers; an application that stands in for the first answer has its own, a success.
    KeptByFiles,
}

/// Requirements that a request must meet.
#[derive(Debug, Clone)]
pub struct Require {
    /// Whether one of them is enough.
    pub any: bool,
    /// The requirements, in the order in which they are checked.
    pub of: Vec<Requirement>,
    /// What requires it.
    pub location: Location,
}

/// One requirement.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// What is asked for.
    pub kind: RequirementKind,
    /// What a request gets that fails: 401 or 403.
    pub status: u16,
    /// Where it is written.
    pub location: Location,
}

/// What can be required.
#[derive(Debug, Clone)]
pub enum RequirementKind {
    /// An address: the first network that the client is in decides; where there is none, it may.
    Address(Vec<AddressRule>),
    /// A condition.
    Holds(Condition),
}

/// Whether a network may.
#[derive(Debug, Clone)]
pub struct AddressRule {
    /// Whether it may.
    pub allow: bool,
    /// Which; `None` is every address.
    pub network: Option<Network>,
}

/// A range of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// An address in it.
    pub address: IpAddr,
    /// How many leading bits of it count.
    pub prefix: u8,
}

impl Network {
    /// Reads `10.0.0.0/8`, `2001:db8::/32` or one address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(a, p)| (a, Some(p)));
        let address: IpAddr = address.parse().ok()?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Some(bits), |p| p.parse().ok())?;
        (prefix <= bits).then_some(Self { address, prefix })
    }

    /// Whether `client` is in it.
    #[must_use]
    pub fn contains(self, client: IpAddr) -> bool {
        let same = |a: u128, b: u128, bits: u8| {
            let shift = u32::from(bits.saturating_sub(self.prefix));
            a.checked_shr(shift).unwrap_or(0) == b.checked_shr(shift).unwrap_or(0)
        };
        match (self.address, client) {
            (IpAddr::V4(a), IpAddr::V4(b)) => same(u128::from(a.to_bits()), u128::from(b.to_bits()), 32),
            (IpAddr::V6(a), IpAddr::V6(b)) => same(a.to_bits(), b.to_bits(), 128),
            _ => false,
        }
    }
}

/// Somebody else makes the answer.
#[derive(Debug, Clone)]
pub struct Forward {
    /// Who.
    pub to: Responder,
    /// The layer that its own headers enter.
    pub layer: LayerId,
    /// Layers that its headers take the place of.
    pub clears: Vec<LayerId>,
    /// Header names that are dropped from its answer.
    pub hides: Vec<String>,
    /// What becomes of its errors.
    pub errors: Errors,
    /// What forwards.
    pub location: Location,
}

/// What becomes of an application's answers from 400 on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errors {
    /// They are handed on.
    HandedOn,
    /// The takeover phase is asked; what it leaves alone is handed on.
    TakenOver,
    /// Of those with these statuses, the server makes answers of its own, because of what stands there; the others are
    /// handed on.
    Remade(Statuses, Location),
}

/// Who can make an answer besides the server.
#[derive(Debug, Clone, PartialEq)]
pub enum Responder {
    /// An application.
    Application,
    /// The application at an address.
    Upstream(UpstreamId),
    /// A handler of an application whose code is known: it answers what it is said to answer, OPTIONS too.
    Handler,
    /// An application that is the file which the path names: where there is none, the server answers 404.
    Script,
    /// The file that the path names.
    File {
        /// Methods that files answer; others are answered 405 by the server.
        methods: Vec<Method>,
        /// Methods that are refused only where the file exists.
        looks_first: Vec<Method>,
        /// Methods that are answered whether the file exists or not.
        never_looks: Vec<Method>,
    },
    /// Another site of the policy: the one that its host and port lead to.
    Site {
        /// The host that is asked for.
        host: Expression,
        /// Its port.
        port: u16,
        /// The path that is asked for.
        path: Expression,
    },
}

/// What the responder behind the configuration is taken to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The application answers so; where there are only files, a success means that the file is there.
    Status(u16),
    /// There is no such file or script: the server itself answers.
    Missing,
    /// The application that is asked first cannot be reached, or gives no answer: the server itself answers so. Those that
    /// stand in for it can.
    Unreachable(u16),
}
