//! Syntax trees: plain data with spans.
//!
//! In: nothing, these are types. Out: what `parse` builds and `link` and `lower` read. Must not know: pest, meaning.

pub mod apache;
pub mod directive;
pub mod express;
pub mod hole;
pub mod nginx;
pub mod pattern;
pub mod template;

use crate::source::Span;

/// A place where a text is not what its language asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, as narrowly as it can be told.
    pub span: Span,
    /// One sentence without a final stop, fit to follow "syntax error: ".
    pub message: String,
    /// How to mend it, where that is known.
    pub help: Option<String>,
}

/// A comment, for suppressions; the span covers its mark (`#`, `//`) and its text, not the line end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands.
    pub span: Span,
    /// Whether only white space precedes it on its line.
    pub own_line: bool,
}
