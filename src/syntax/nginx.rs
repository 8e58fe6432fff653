//! The tree of an nginx configuration file.
//!
//! Words keep both their spelling (by span) and their value as `ngx_conf_read_token` leaves it: quotes stripped and
//! `\"`, `\'`, `\\`, `\t`, `\r`, `\n` replaced; every other backslash stays.

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

/// How a conditional is read that a tree cannot show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The conditional.
    pub conditional: Conditional,
    /// The answer that this takes, as for [`Conditional::arm`].
    pub answer: usize,
    /// The piece that is read, to the end of the last directive that begins in it.
    pub reach: Span,
}

/// Index into [`Tree::conditionals`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConditionalId(pub u32);

/// A place at which a template puts one of several pieces of text, or none. A loop is one of a single piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conditional {
    /// What decides, without tags. Where two ask the same, they are decided alike.
    pub question: String,
    /// Whether the first arm is there where `question` does not hold.
    pub negated: bool,
    /// The pieces, in order.
    pub arms: Vec<Arm>,
}

impl Conditional {
    /// Whether it is a loop, by the first word of its question.
    #[must_use]
    pub fn is_loop(&self) -> bool {
        let first = self.question.split_whitespace().next().unwrap_or_default();
        matches!(first, "for" | "foreach" | "while" | "until" | "range" | "each")
            || self.question.ends_with(" do")
            || self.question.ends_with('|')
    }

    /// How many answers there are to its question: one for each condition, and that none holds.
    #[must_use]
    pub fn answers(&self) -> usize {
        self.arms.iter().filter(|arm| !arm.otherwise).count() + 1
    }

    /// The answer at which the first arm is there.
    #[must_use]
    pub fn first_answer(&self) -> usize {
        usize::from(self.negated)
    }

    /// The arm that is there when the question is answered so, if any is.
    #[must_use]
    pub fn arm(&self, answer: usize) -> Option<usize> {
        let index = if self.negated { 1usize.checked_sub(answer)? } else { answer };
        let condition = index < self.answers() - 1;
        if condition { Some(index) } else { self.arms.iter().position(|arm| arm.otherwise) }
    }
}

/// One of the pieces of a [`Conditional`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arm {
    /// The tag before it.
    pub tag: Span,
    /// Whether it is there wherever none before it is.
    pub otherwise: bool,
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

/// A piece of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text as it stands; never empty.
    Text(String),
    /// `$name` or `${name}`, without the mark.
    Variable(String),
    /// `$1` … `$9`.
    Capture(usize),
    /// What a template fills in: its tag, with the beginning of the variable's name if it stands in one.
    Hole(String),
}

/// The condition of an `if`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// `($variable)`: neither empty nor `0`.
    Truthy(String),
    /// `($variable = value)`, `($variable != value)`.
    Equal {
        /// Name, without `$`.
        variable: String,
        /// What it is compared with; may hold variables.
        value: Word,
        /// `!=`
        negated: bool,
    },
    /// `($variable ~ pattern)` and its variants.
    Match {
        /// Name, without `$`.
        variable: String,
        /// The regular expression; variables in it are not replaced.
        pattern: Word,
        /// `~*`
        ignore_case: bool,
        /// `!~`
        negated: bool,
    },
    /// `(-f path)` and its variants.
    File {
        /// What is asked of the path.
        kind: FileTest,
        /// The path; may hold variables.
        path: Word,
        /// `!-f`
        negated: bool,
    },
}

/// What a condition asks of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileTest {
    /// `-f`: is a file.
    File,
    /// `-d`: is a directory.
    Directory,
    /// `-e`: exists.
    Exists,
    /// `-x`: is executable.
    Executable,
}

/// The key of a `map` entry. Wildcards of `hostnames` are literals here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MapKey {
    /// `default`
    Default,
    /// `~pattern`, `~*pattern`
    Regex {
        /// Without its marks.
        pattern: String,
        /// `~*`
        ignore_case: bool,
    },
    /// Anything else, without the one backslash that may hide a mark.
    Literal(String),
}
