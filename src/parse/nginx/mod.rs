//! nginx configuration text → [`Tree`].
//!
//! In: text, whole files as well as fragments. Out: directives with their words and spans, and what is wrong with them.
//! The lexical truth is `grammars/nginx.pest`, tried against nginx's `ngx_conf_read_token`. Must not know: which
//! directive may stand where, what one does; only a small vocabulary of names, to tell where a `;` was forgotten.
//!
//! The tags of templates are hidden from the grammar (`parse::masked`).

mod assemble;
mod condition;
mod fault;
mod grammar;
mod interpolate;
mod map_key;
mod masked;
mod recover;
mod vocabulary;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod templates;
#[cfg(test)]
mod tests;

pub use condition::condition;
pub use interpolate::interpolate;
pub use map_key::map_key;
pub(super) use vocabulary::is_simple;

use super::guard;
use crate::syntax::directive::{Directive, Tree, Word};

/// Parses one file, or a piece of one. Never fails: what is wrong is in the tree's `errors`, in file order, and the
/// directives around it are in the tree.
#[must_use]
pub fn parse(text: &str) -> Tree {
    match guard::check_size(text) {
        Ok(()) => with_conditions_checked(assemble::assemble(&masked::mask(text))),
        Err(error) => Tree { errors: vec![error], ..Tree::default() },
    }
}

/// The condition of an `if` is read by the module that knows `if`; a fault in it is no less a syntax error.
fn with_conditions_checked(mut tree: Tree) -> Tree {
    let mut faults = Vec::new();
    let mut open: Vec<&Directive> = tree.directives.iter().collect();
    while let Some(directive) = open.pop() {
        open.extend(directive.children());
        // What a template fills in may mend it.
        let known = !directive.arguments.iter().any(Word::has_hole);
        if directive.is("if") && directive.body.is_some() && known {
            faults.extend(condition(directive).err());
        }
    }
    if !faults.is_empty() && tree.errors.len() < guard::MAX_ERRORS {
        tree.errors.extend(faults);
        tree.errors.sort_by_key(|error| error.span);
        tree.errors.truncate(guard::MAX_ERRORS);
    }
    tree
}
