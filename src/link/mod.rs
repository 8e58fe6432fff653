//! Syntax trees → configurations: which files belong together.
//!
//! In: all sources and the trees of one language. Out: configurations, each a tree of directives in the order in which
//! the server reads them, whichever file they come from, with borrowed directives that still know their source. Must not
//! know: the file system (all work on paths is lexical), what a directive does to a response.

pub mod apache;
mod expand;
pub mod express;
pub mod nginx;
mod path;
mod resolve;
mod variants;

pub use variants::Answer;

use std::collections::BTreeMap;

use crate::source::{Location, SourceId};
use crate::syntax::directive::Directive;
use crate::syntax::template::Conditional;

/// What a fragment is the inside of, where the user says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// nginx's `http`, or httpd's own configuration.
    Http,
    /// nginx's `server`, or httpd's own configuration.
    Server,
    /// nginx's `location`, or what httpd reads folder by folder.
    Location,
}

/// What files are the inside of, as far as the user says so.
pub type Insides = BTreeMap<SourceId, Inside>;

/// A directive in its place.
#[derive(Debug, Clone)]
pub struct Item<'t> {
    /// The file it is written in.
    pub source: SourceId,
    /// The directive; its own children are those before includes are followed.
    pub directive: &'t Directive,
    /// The arms of templates that it stands in, and not its block as well, the outermost first.
    pub when: Vec<Stand<'t>>,
    /// What its block holds, includes followed. An `include` is an item only if it was not followed.
    pub children: Vec<Self>,
}

/// An arm of a conditional of a template.
#[derive(Debug, Clone, Copy)]
pub struct Stand<'t> {
    /// The file that the conditional is written in.
    pub source: SourceId,
    /// The conditional.
    pub conditional: &'t Conditional,
    /// Which of its arms.
    pub arm: usize,
}

/// An include that was not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkProblem {
    /// Why not.
    pub kind: LinkProblemKind,
    /// The argument of the `include`; for a block that is too deep, its name.
    pub location: Location,
    /// One sentence without a final stop.
    pub message: String,
}

/// Why an include was not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkProblemKind {
    /// No file of the tree is meant; never for a pattern, which nginx lets match nothing, nor for a stock file.
    UnresolvedInclude,
    /// It names a file that is being read.
    IncludeCycle,
    /// Includes, or blocks by way of includes, nest too deeply.
    TooDeep,
    /// The same files are included so often that reading on would take too long.
    TooLarge,
}
