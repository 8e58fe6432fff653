//! Regular expressions: a pattern as it is written, without delimiters, to its tree.
//!
//! In: the text of a pattern. Out: [`Tree`], or the first thing that is wrong with it. Must not know: which server runs
//! it, or what its matches are for.

mod build;
mod escape;

use pest::Parser as _;

use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::syntax::pattern::Tree;

/// Groups inside one another; PCRE2 stops at 250, people at five.
const MAX_DEPTH: usize = 128;

/// Bytes; PCRE2 as servers build it (link size 2) takes no compiled pattern above 64 KiB.
const MAX_LENGTH: usize = 64 * 1024;

/// What pest generates, kept from the rest of the crate.
mod grammar {
    /// The tokens of a pattern.
    #[derive(pest_derive::Parser)]
    #[grammar = "grammars/pattern.pest"]
    pub(super) struct Tokens;
}

/// Reads a pattern, PCRE or ECMAScript.
///
/// Where the two disagree, PCRE wins: `\A`, `\z`, `\Q…\E` and possessive quantifiers are what they are there. Recursion
/// and conditions are an error, as is a quantifier on a quantifier.
pub fn parse(source: &str) -> Result<Tree, SyntaxError> {
    if source.len() > MAX_LENGTH {
        let message = format!("a pattern of more than {MAX_LENGTH} bytes");
        return Err(SyntaxError { span: Span::new(0, source.len()), message, help: None });
    }
    let tokens = grammar::Tokens::parse(grammar::Rule::pattern, source).map_err(|error| {
        let at = match error.location {
            pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
        };
        SyntaxError { span: Span::new(at, at), message: "a pattern that cannot be read".to_owned(), help: None }
    })?;
    build::build(source, tokens)
}

#[cfg(test)]
mod tests;
