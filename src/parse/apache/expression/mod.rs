//! Expressions of httpd (`ap_expr`): true or false, or a text.
//!
//! In: the word that holds one. Out: its tree, or the error with which httpd does not start. The lexical truth is
//! `util_expr_scan.l`, the grammar `util_expr_parse.y` of httpd 2.4. Must not know: what a request looks like.

mod build;
mod fault;
mod known;
mod pieces;

#[cfg(test)]
mod tests;

use super::grammar::{self, Rule};
use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::syntax::apache::{Test, Text};
use crate::syntax::directive::{Quote, Word};

/// Deepest nesting of parentheses, negations and variables; httpd gives up evaluating below 20.
const MAX_DEPTH: usize = 64;

/// Reads what is true or false, from the byte `from` of the word's value on (behind `expr=`; 0 for `<If>`).
///
/// The error is one with which httpd does not start. A variable, function or operator that httpd and its modules do not
/// have is one too.
pub fn test(word: &Word, from: usize) -> Result<Test, SyntaxError> {
    let source = Source { word, from };
    source.check_depth()?;
    let (tokens, end) = grammar::tokens(Rule::expression, source.text());
    build::test(&source, &tokens, end)
}

/// Reads a text, from the byte `from` of the word's value on, as `Header set NAME expr=…` has it.
///
/// The error is one with which httpd does not start.
pub fn text(word: &Word, from: usize) -> Result<Text, SyntaxError> {
    let source = Source { word, from };
    source.check_depth()?;
    let (pieces, end) = grammar::tokens(Rule::string, source.text());
    if end < source.text().len() {
        return Err(fault::broken_string(&source, end));
    }
    pieces::text(&source, pieces)
}

/// The expression in a word.
struct Source<'w> {
    word: &'w Word,
    from: usize,
}

impl Source<'_> {
    fn text(&self) -> &str {
        self.word.value.get(self.from..).unwrap_or_default()
    }

    /// Where a stretch of the expression stands in the file: exactly if the word is spelt as its value is.
    fn span(&self, start: usize, end: usize) -> Span {
        let quotes = usize::from(self.word.quote != Quote::Bare);
        if self.word.span.len() != self.word.value.len() + 2 * quotes || self.word.has_hole() {
            return self.word.span;
        }
        let offset = self.word.span.start as usize + quotes + self.from;
        let end = (self.word.span.end as usize).min(offset + end);
        Span::new(end.min(offset + start), end)
    }

    /// The expression as a whole.
    fn whole(&self) -> Span {
        self.span(0, self.text().len())
    }

    /// The grammar recurses where variables stand in variables.
    fn check_depth(&self) -> Result<(), SyntaxError> {
        let mut depth = 0usize;
        let mut previous = ' ';
        for c in self.text().chars() {
            match c {
                '{' if previous == '%' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > MAX_DEPTH {
                return Err(fault::too_deep(self));
            }
            previous = c;
        }
        Ok(())
    }
}
