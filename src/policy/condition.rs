//! Conditions: what a configuration asks before it does something.

use super::{BlockId, Expression, Maker, Method, Network, PatternId, Statuses, UnknownId};

/// A question with the answer yes or no, or unknown.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Always so.
    Always,
    /// Two strings are the same. An absent one counts as empty.
    Equal {
        /// One side.
        left: Expression,
        /// The other side.
        right: Expression,
        /// Whether ASCII case is ignored.
        ignore_case: bool,
    },
    /// The subject contains a match of the pattern. Sets the captures, also when it fails (then they are empty).
    Matches {
        /// What is searched.
        subject: Expression,
        /// For what.
        pattern: PatternId,
    },
    /// The subject begins with the text.
    StartsWith {
        /// The string in question.
        subject: Expression,
        /// The text looked for.
        text: Expression,
        /// Whether ASCII case is ignored.
        ignore_case: bool,
    },
    /// The subject ends with the text.
    EndsWith {
        /// The string in question.
        subject: Expression,
        /// The text looked for.
        text: Expression,
        /// Whether ASCII case is ignored.
        ignore_case: bool,
    },
    /// The subject contains the text.
    Contains {
        /// The string in question.
        subject: Expression,
        /// The text looked for.
        text: Expression,
        /// Whether ASCII case is ignored.
        ignore_case: bool,
    },
    /// The string is there, even if empty.
    Defined(Expression),
    /// The string is absent or empty.
    Empty(Expression),
    /// The string is neither absent nor empty nor `0`.
    Truthy(Expression),
    /// The request's method is one of these.
    MethodIn(Vec<Method>),
    /// The request carries a valid login; a preflight never does.
    LoggedIn,
    /// The client's address is in this network.
    ClientIn(Network),
    /// This block is the active one.
    Active(BlockId),
    /// What the application is said to answer is one of these statuses.
    ToAnswer(Statuses),
    /// The answer so far has one of these statuses.
    Status(Statuses),
    /// The answer so far was made by this one.
    MadeBy(Maker),
    /// The file or directory that the expression names exists.
    FileExists {
        /// Its path as far as the request decides it.
        path: Expression,
        /// Whether something else answers where it does not exist: an application, a page that stands in for it.
        has_fallback: bool,
    },
    /// All of them; true when there is none.
    All(Vec<Self>),
    /// At least one of them; false when there is none.
    Any(Vec<Self>),
    /// Not so.
    Not(Box<Self>),
    /// Not known.
    Unknown(UnknownId),
}

impl Condition {
    /// Its opposite.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }
}
