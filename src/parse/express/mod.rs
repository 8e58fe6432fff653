//! JavaScript and TypeScript text → [`Module`].
//!
//! In: the text of one file. Out: its tree, with the stretches that could not be read as nodes among what could be. The
//! lexical truth is `grammars/express.pest` and ECMA-262; types are read as TypeScript has them and thrown away. Must not
//! know: what is imported, what a name means, Express.

mod build;
mod grammar;
mod lex;

use super::guard;
use crate::syntax::express::Module;

/// Parses one file. Never fails: what could not be read is in the tree as unreadable, and why is in its `errors`.
#[must_use]
pub fn parse(text: &str) -> Module {
    match guard::check_size(text) {
        Ok(()) => build::build(text, lex::lex(text)),
        Err(error) => Module { errors: vec![error], ..Module::default() },
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
