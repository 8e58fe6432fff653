//! Predicted responses.

use crate::policy::{BlockId, Effect, EndpointId, Maker, UnknownId, Written};
use crate::source::Location;

/// What evaluating a request comes to.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// An answer.
    Answered(Box<Response>),
    /// The connection is closed, or the server goes round in circles.
    NoAnswer,
    /// No site or endpoint is for it.
    NoEndpoint,
    /// It hangs on something unknown that differs from request to request.
    Undetermined(UnknownId),
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Response {
    /// Its status.
    pub status: u16,
    /// Who made it.
    pub maker: Maker,
    /// Its header lines as they are sent; those that no statement wrote and CORS does not look at are left out.
    pub headers: Vec<HeaderLine>,
    /// The endpoint that answered; `None` when the site did.
    pub endpoint: Option<EndpointId>,
    /// The block that was active.
    pub block: BlockId,
    /// What led here, in order.
    pub trail: Vec<Step>,
    /// Steps that were not understood and may have changed it.
    pub unknown_effects: Vec<(Effect, UnknownId)>,
    /// Lines that were written for it and that something dropped.
    pub lost: Vec<Lost>,
    /// Operations that sent no line because their value was absent or empty.
    pub unsent: Vec<Unsent>,
}

/// A header operation that sent nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    /// The header's name.
    pub name: String,
    /// Where it is written.
    pub written: Written,
}

/// A header line that was written and dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The line.
    pub line: HeaderLine,
    /// What dropped it.
    pub by: Location,
    /// Whether whoever wrote it may well mean it so.
    pub perhaps_meant: bool,
}

/// One header line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderLine {
    /// Its name, as it is spelt.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// What wrote it; `None` for what the application or the server sends of itself.
    pub written: Option<Written>,
    /// The lines that gave the value, where it did not stand in the operation: `set`, an entry of a `map`.
    pub via: Vec<Location>,
    /// Whether another server sent it, and this one hands it on.
    pub handed_on: bool,
    /// How many steps of the [`trail`](Response::trail) had been made when it was written.
    pub at: usize,
}

/// A string that may be absent or not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Not there.
    Absent,
    /// This.
    Text(String),
    /// Not known.
    Unknown(UnknownId),
}

/// Something on the way to an answer that explains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What.
    pub kind: StepKind,
    /// Where it is written.
    pub location: Location,
}

/// The kinds of [`Step`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// A block became the active one.
    Activated(BlockId),
    /// Another endpoint went on.
    Rerouted,
    /// The server answered by itself.
    Responded,
    /// The request was refused.
    Refused,
    /// An application or file answered.
    Forwarded,
    /// A script answered, which is a file of the server's own.
    Ran,
}

impl Value {
    /// The text; `None` when absent or unknown.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// As a configuration's string operations see it: absent is empty.
    #[must_use]
    pub fn or_empty(&self) -> &str {
        self.text().unwrap_or_default()
    }
}

impl HeaderLine {
    /// Name and value as a client has them; `None` for a value that is not known.
    #[must_use]
    pub fn received(&self) -> (String, Option<String>) {
        (self.name.clone(), self.value.text().map(str::to_owned))
    }
}

impl Response {
    /// The lines as a client has them.
    #[must_use]
    pub fn received(&self) -> Vec<(String, Option<String>)> {
        self.headers.iter().map(HeaderLine::received).collect()
    }

    /// All lines of that name, in whatever case.
    pub fn lines<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r HeaderLine> + 'r {
        self.headers.iter().filter(move |line| line.name.eq_ignore_ascii_case(name))
    }

    /// Whether the status says success (RFC 9110 section 15.3).
    #[must_use]
    pub fn is_ok(&self) -> bool {
        (200..=299).contains(&self.status)
    }

    /// The lines of that name as a browser joins them (Fetch, "get" a header list: with `, `). `Absent` without any;
    /// `Unknown` when a part of it is not known.
    #[must_use]
    pub fn joined(&self, name: &str) -> Value {
        let mut text: Option<String> = None;
        for line in self.lines(name) {
            match &line.value {
                Value::Unknown(id) => return Value::Unknown(*id),
                Value::Absent => {}
                Value::Text(value) => {
                    let value = value.trim_matches([' ', '\t', '\r', '\n']);
                    match &mut text {
                        Some(joined) => {
                            joined.push_str(", ");
                            joined.push_str(value);
                        }
                        None => text = Some(value.to_owned()),
                    }
                }
            }
        }
        text.map_or(Value::Absent, Value::Text)
    }
}
