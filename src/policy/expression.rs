//! Expressions: how a configuration computes a string.

use super::{Condition, PatternId, UnknownId, VariableId};
use crate::source::Location;

/// A string to be computed for a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// Itself.
    Literal(String),
    /// The parts, one after the other. An absent part counts as empty.
    Concatenation(Vec<Self>),
    /// A variable's value.
    Variable(VariableId),
    /// A request header by its lower-case name; absent when it was not sent.
    RequestHeader(String),
    /// A header of the response as far as it is built, by its lower-case name.
    ResponseHeader(String),
    /// A header that the application sent, by its lower-case name.
    UpstreamHeader(String),
    /// The address that the request comes from.
    ClientAddress,
    /// The request method.
    Method,
    /// `http` or `https`.
    Scheme,
    /// The host that was asked for, without its port.
    Host,
    /// The path, decoded and as internal redirects have changed it.
    Path,
    /// The path without so many bytes at its beginning.
    PathFrom(usize),
    /// Path and query as the client sent them.
    RequestTarget,
    /// The query, without `?`; with a name, that argument of it.
    Query(Option<String>),
    /// A cookie's value by its name.
    Cookie(String),
    /// The status of the answer as it stands.
    Status,
    /// What the `n`th group of the last regular expression matched; 0 is the whole match.
    Capture(usize),
    /// What stands behind the last slash of a path.
    LastName(Box<Self>),
    /// In lower case, as far as it is ASCII.
    Lowercase(Box<Self>),
    /// What a group of the pattern captures where it first matches the text; absent where it does not.
    Found {
        /// What is searched.
        subject: Box<Self>,
        /// For what.
        pattern: PatternId,
        /// Which group; 0 is the whole match.
        group: usize,
    },
    /// Computed by the first arm that applies.
    Switch(Box<Switch>),
    /// Not known.
    Unknown(UnknownId),
}

/// A choice among expressions.
#[derive(Debug, Clone, PartialEq)]
pub struct Switch {
    /// Looked at in this order.
    pub arms: Vec<Arm>,
    /// Where no arm applies; absent when there is none.
    pub otherwise: Option<(Expression, Location)>,
}

/// One arm of a [`Switch`].
#[derive(Debug, Clone, PartialEq)]
pub struct Arm {
    /// When it applies.
    pub condition: Condition,
    /// What it gives.
    pub value: Expression,
    /// The line that says so.
    pub location: Location,
}

/// A variable of the configuration.
#[derive(Debug)]
pub struct Variable {
    /// Its name, without sigil.
    pub name: String,
    /// What it is until something is assigned to it; absent where there is none.
    pub definition: Option<Expression>,
    /// Whether `definition` is computed anew at each use instead of once a request.
    pub volatile: bool,
    /// Where it is defined.
    pub location: Option<Location>,
    /// What somebody plainly takes it for, where it never is that: a name that is spelt wrong.
    pub taken_for: Option<Expression>,
}

impl Expression {
    /// Shorthand for [`Expression::Literal`].
    #[must_use]
    pub fn literal(text: impl Into<String>) -> Self {
        Self::Literal(text.into())
    }

    /// What is not there.
    #[must_use]
    pub fn absent() -> Self {
        Self::Switch(Box::new(Switch { arms: Vec::new(), otherwise: None }))
    }

    /// The literal text, if it is one.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        match self {
            Self::Literal(text) => Some(text),
            _ => None,
        }
    }
}
