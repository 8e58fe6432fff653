//! The tree of a configuration that is made of directives and blocks of directives: nginx's and Apache httpd's.
//!
//! Words keep both their spelling (by span) and their value, as the server's own reader leaves it: without quotes, with
//! its escapes replaced. What `$name`, `${NAME}` or `%{NAME}` in a value means is for those who know the directive.

use super::template::{Conditional, ConditionalId, Reading};
use super::{Comment, SyntaxError, hole};
use crate::source::Span;

/// One file.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// Directives at the top level.
    pub directives: Vec<Directive>,
    /// All comments, in file order.
    pub comments: Vec<Comment>,
    /// What could not be read; the directives around it are in the tree.
    pub errors: Vec<SyntaxError>,
    /// What a template chooses between, in file order.
    pub conditionals: Vec<Conditional>,
    /// Conditionals whose pieces are no whole directives, so that one of them is read as if it were always there.
    pub readings: Vec<Reading>,
}

/// A simple directive (`name args;`) or a block directive (`name args { … }`).
#[derive(Debug, Clone)]
pub struct Directive {
    /// The first word.
    pub name: Word,
    /// The other words. For `if` these are still its raw words, parentheses included.
    pub arguments: Vec<Word>,
    /// What stands between the braces, if there are any.
    pub body: Option<Body>,
    /// From the first byte of the name to the closing `;` or `}`, inclusive.
    pub span: Span,
    /// The arms that it stands in, the outermost first, and not its block as well.
    pub when: Vec<(ConditionalId, usize)>,
}

/// The inside of a block directive.
#[derive(Debug, Clone)]
pub enum Body {
    /// Directives (the entries of `map`, `types`, `geo` … are directives too: the key is the name).
    Directives(Vec<Directive>),
    /// Text of another language: `*_by_lua_block { … }`. The span excludes the braces.
    Raw(Span),
}

/// One word of a directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The value: without its quotes, escapes replaced, variables still spelt out, tags of templates as
    /// [`super::hole::encode`] spells them.
    pub value: String,
    /// Where it stands, quotes included.
    pub span: Span,
    /// How it was quoted.
    pub quote: Quote,
}

impl Word {
    /// Whether a template fills in a part of it.
    #[must_use]
    pub fn has_hole(&self) -> bool {
        hole::has_hole(&self.value)
    }
}

/// How a word was quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// Not at all.
    Bare,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
}

impl Directive {
    /// The directives of the body; none for a simple directive and for a raw body.
    #[must_use]
    pub fn children(&self) -> &[Self] {
        match &self.body {
            Some(Body::Directives(directives)) => directives,
            _ => &[],
        }
    }

    /// Whether it is called `name` (directive names are case-sensitive).
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.value == name
    }

    /// Whether it is something that a template fills in as a whole.
    #[must_use]
    pub fn is_hole(&self) -> bool {
        self.name.has_hole()
    }

    /// Value of the `index`th argument.
    #[must_use]
    pub fn argument(&self, index: usize) -> Option<&str> {
        self.arguments.get(index).map(|word| word.value.as_str())
    }

    /// From the name to the last argument: what a report underlines of a block directive.
    #[must_use]
    pub fn head(&self) -> Span {
        self.arguments.last().map_or(self.name.span, |last| self.name.span.to(last.span))
    }
}
