//! Apache httpd configuration text (`httpd.conf`, `.htaccess`) → [`Tree`], and what stands in its words.
//!
//! In: text, whole files as well as fragments. Out: directives with their words and spans, sections as directives with a
//! body, and what is wrong with them. The lexical truth is `grammars/apache.pest`, tried against httpd 2.4. Must not
//! know: which directive may stand where, what one does. The tags of templates are hidden from the grammar
//! (`parse::masked`).

mod assemble;
mod check;
mod expression;
mod fault;
mod grammar;
mod masked;
mod pattern;
mod rewrite;
mod value;
mod vocabulary;

pub use expression::{test, text};
pub use rewrite::{cond_pattern, flags, rewrite_text, rule_pattern};
pub use value::{defines, format};

#[cfg(test)]
mod properties;
#[cfg(test)]
mod templates;
#[cfg(test)]
mod tests;

use super::guard;
use crate::syntax::directive::Tree;

/// Parses one file, or a piece of one. Never fails: what is wrong is in the tree's `errors`, in file order, and the
/// directives around it are in the tree.
///
/// A section is a directive whose name has no `<`; the span of it goes to the `>` of its end. What `Require expr` asks
/// is one word, as it is for httpd.
#[must_use]
pub fn parse(text: &str) -> Tree {
    match guard::check_size(text) {
        Ok(()) => {
            let masked = masked::mask(text);
            with_words_checked(assemble::assemble(&masked), text, masked.is_template())
        }
        Err(error) => Tree { errors: vec![error], ..Tree::default() },
    }
}

/// Words are read by the modules that know the directive; a fault in them is no less a syntax error.
fn with_words_checked(mut tree: Tree, text: &str, is_template: bool) -> Tree {
    if tree.errors.len() < guard::MAX_ERRORS {
        tree.errors.extend(check::check(&tree.directives, text, is_template));
        tree.errors.sort_by_key(|error| error.span);
        tree.errors.truncate(guard::MAX_ERRORS);
    }
    tree
}
