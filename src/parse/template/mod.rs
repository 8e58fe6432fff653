//! The tags of templates in a text of any language.
//!
//! In: text. Out: [`Template`]: which stretches a template fills in, which it takes away, and between which it
//! chooses. Must not know: the language round the tags, but for what [`Host`] tells of it.
//!
//! Which of the tags stand where the language takes them, and what to do with the others, is for the parser of that
//! language to say (`parse::nginx`).

mod role;
mod scan;
mod structure;

#[cfg(test)]
mod tests;

use crate::source::Span;

/// What has to be known of the language round the tags.
#[derive(Clone, Copy)]
pub(super) struct Host {
    /// Whether it has a variable of this name, which is in lower case.
    pub(super) has_variable: fn(&str) -> bool,
    /// Where the block of another language ends whose inside begins at an offset.
    pub(super) end_of_foreign: fn(&str, usize) -> usize,
    /// Whether a value that is spelt so is its own, not a template's.
    pub(super) owns: fn(&str) -> bool,
}

/// What a text has of a template, each list in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Template {
    /// What is filled in.
    pub(super) holes: Vec<Span>,
    /// Tags that leave nothing, and definitions.
    pub(super) blanks: Vec<Span>,
    /// Backslashes that a shell takes away.
    pub(super) escapes: Vec<Span>,
    /// Tags that another file stands for, with its path.
    pub(super) includes: Vec<(Span, Span)>,
    /// What is chosen between; one that holds another comes before it.
    pub(super) branches: Vec<Branch>,
}

/// Stretches of which at most one is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Branch {
    /// From the first tag to the last.
    pub(super) span: Span,
    /// What decides, without tags; where `negated`, the opposite.
    pub(super) question: String,
    /// Whether the first arm is there where `question` does not hold.
    pub(super) negated: bool,
    /// The stretches, in order.
    pub(super) arms: Vec<Arm>,
    /// The tag that ends it.
    pub(super) close: Span,
}

/// One of the stretches of a [`Branch`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arm {
    /// The tag before it.
    pub(super) tag: Span,
    /// What lies between that and the next one.
    pub(super) content: Span,
    /// Whether it is there wherever none before it is.
    pub(super) otherwise: bool,
}

/// Finds the tags of a text; `None` if there is none.
pub(super) fn read(text: &str, host: Host) -> Option<Template> {
    if !scan::may_have_tags(text) {
        return None;
    }
    let tags = scan::tags(text, host);
    (!tags.is_empty()).then(|| structure::build(text, &tags))
}
