//! Header operations, and the layers of a response that they write to.

use std::borrow::Cow;

use super::{Expression, LayerId, PatternId};
use crate::source::Location;

/// A list of header lines that a server keeps apart from others until it sends the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// For people.
    pub name: Cow<'static, str>,
}

/// Something done to the header lines of the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderOperation {
    /// What is done.
    pub action: Action,
    /// To which header.
    pub name: Name,
    /// In which layer.
    pub layer: LayerId,
    /// Layers out of which lines of this name are taken first.
    pub clears: Vec<LayerId>,
    /// The value, where the action has one.
    pub value: Expression,
    /// What is done with a value that is absent or empty.
    pub if_empty: IfEmpty,
    /// To which answers it applies.
    pub applies: Applies,
    /// Where it is written.
    pub written: Written,
}

/// What is done to the lines of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// One line takes the place of those there are.
    Set,
    /// One more line.
    Add,
    /// Joined to the last line with `, `; a new line where there is none.
    Append,
    /// As [`Action::Append`] unless the token is there already.
    Merge,
    /// Set where there is none.
    SetIfEmpty,
    /// All lines go.
    Unset,
    /// In each line, the value takes the place of what the pattern matches; groups of it can be used.
    Edit {
        /// What is searched for.
        pattern: PatternId,
        /// Whether every match is replaced, not just the first.
        all: bool,
    },
}

/// What an operation does with a value that is absent or empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IfEmpty {
    /// No line is sent.
    Omit,
    /// A [`Action::Set`] removes the lines there are, and sends none.
    Remove,
    /// An empty line is sent.
    SendEmpty,
    /// An absent value is sent as this text, an empty one as an empty line.
    Send(Cow<'static, str>),
}

/// Which header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// This one, spelt so; compared without regard to case.
    Exact(String),
    /// All whose names begin so, compared without regard to case.
    Prefix(String),
}

/// The answers that an operation applies to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applies {
    /// With these statuses.
    pub statuses: Statuses,
    /// Made by these.
    pub makers: Makers,
}

/// A set of statuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statuses {
    /// Every status.
    All,
    /// These.
    Only(Cow<'static, [u16]>),
}

/// Who made an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Maker {
    /// An application: a proxied backend, a script.
    Application,
    /// A file on disk.
    File,
    /// The server itself: its error pages, redirects, `return`.
    Server,
}

/// A set of makers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Makers {
    /// Whether applications are in it.
    pub application: bool,
    /// Whether files are.
    pub file: bool,
    /// Whether the server is.
    pub server: bool,
}

/// Where a header line comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Written {
    /// The whole directive, from its name to its last argument.
    pub directive: Location,
    /// The header's name in it.
    pub name: Location,
    /// The value in it; the same as `directive` for an operation without one.
    pub value: Location,
}

impl Makers {
    /// Everybody.
    pub const ALL: Self = Self { application: true, file: true, server: true };

    /// Whether `maker` is in the set.
    #[must_use]
    pub fn contains(self, maker: Maker) -> bool {
        match maker {
            Maker::Application => self.application,
            Maker::File => self.file,
            Maker::Server => self.server,
        }
    }
}

impl Statuses {
    /// Whether `status` is in the set.
    #[must_use]
    pub fn contains(&self, status: u16) -> bool {
        match self {
            Self::All => true,
            Self::Only(list) => list.contains(&status),
        }
    }
}

impl Applies {
    /// To every answer.
    pub const ALWAYS: Self = Self { statuses: Statuses::All, makers: Makers::ALL };

    /// Whether an answer with this status and maker is one of them.
    #[must_use]
    pub fn covers(&self, status: u16, maker: Maker) -> bool {
        self.statuses.contains(status) && self.makers.contains(maker)
    }
}

impl Name {
    /// Whether a header whose name begins so may be meant.
    #[must_use]
    pub fn matches_prefix(&self, start: &str) -> bool {
        let (Self::Exact(name) | Self::Prefix(name)) = self;
        let common = name.len().min(start.len());
        let whole = matches!(self, Self::Exact(_)) && name.len() < start.len();
        !whole && name.as_bytes()[..common].eq_ignore_ascii_case(&start.as_bytes()[..common])
    }

    /// Whether a header called `name` is meant.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        match self {
            Self::Exact(exact) => exact.eq_ignore_ascii_case(name),
            Self::Prefix(prefix) => name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)),
        }
    }
}
