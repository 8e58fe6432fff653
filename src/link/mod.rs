//! Syntax trees → configurations: which files belong together.
//!
//! In: all sources and the trees of one language. Out: configurations, each a tree of directives in the order in which
//! the server reads them, whichever file they come from, with borrowed directives that still know their source. Must not
//! know: the file system (all work on paths is lexical), what a directive does to a response.

pub mod nginx;
mod path;
