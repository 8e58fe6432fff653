//! The tree of a regular expression, PCRE or ECMAScript.
//!
//! Spans are byte offsets in the pattern itself, not in the file that it is written in.

use crate::source::Span;

/// A whole pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// As it was written.
    pub source: String,
    /// All of it.
    pub root: Node,
    /// Names of the capturing groups that have one, with their numbers.
    pub names: Vec<(String, u32)>,
}

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where it is written, its parentheses and quantifier included.
    pub span: Span,
}

/// What a part of a pattern is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// This character, escapes resolved.
    Literal(char),
    /// `.`
    Dot,
    /// One character out of a set.
    Class(Class),
    /// Something that holds between two characters.
    Assertion(Assertion),
    /// `( … )`
    Group {
        /// Which parentheses.
        group: Group,
        /// What is in them.
        body: Box<Node>,
    },
    /// A part that may occur several times.
    Repeat {
        /// The part.
        body: Box<Node>,
        /// How often at least.
        min: u32,
        /// How often at most; `None` is any number of times.
        max: Option<u32>,
        /// In which order the possibilities are tried.
        greed: Greed,
    },
    /// What a group has matched, once more.
    Backreference(Reference),
    /// The parts one after the other; none for the empty pattern.
    Sequence(Vec<Node>),
    /// One of at least two parts.
    Alternation(Vec<Node>),
    /// `(?i)`: options for what follows in the same group.
    Flags(Flags),
}

/// A set of characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Whether it is everything but the items.
    pub negated: bool,
    /// What is in it.
    pub items: Vec<ClassItem>,
}

/// A part of a [`Class`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClassItem {
    /// From the first to the second, both included; a single character is both.
    Range(char, char),
    /// `\d`, `[:alpha:]` …; with `true`, everything else.
    Shorthand(Shorthand, bool),
}

/// A set of characters that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shorthand {
    /// `\d`, `[:digit:]`
    Digit,
    /// `\w`, `[:word:]`
    Word,
    /// `\s`, `[:space:]`
    Space,
    /// `\h`, `[:blank:]`
    Blank,
    /// `\v` in PCRE, `\R`: line ends. ECMAScript's `\v` is one of them.
    LineEnd,
    /// `[:alpha:]`, and `\p{…}`, of which nothing more is known
    Letter,
    /// `[:alnum:]`
    LetterOrDigit,
    /// `[:lower:]`
    Lower,
    /// `[:upper:]`
    Upper,
    /// `[:punct:]`
    Punctuation,
    /// `[:xdigit:]`
    HexDigit,
    /// Printable ASCII and above: `[:graph:]`, `[:print:]`.
    Visible,
    /// `[:cntrl:]`
    Control,
}

/// Something that holds between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assertion {
    /// `^`, `\A`
    Start,
    /// `$`, `\z`, `\Z`
    End,
    /// `\b`
    WordBoundary,
    /// `\B`
    NoWordBoundary,
    /// `\G`, `\K` and what else consumes nothing and needs no attention here.
    Other,
}

/// Which parentheses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    /// `(`, `(?<name>`: counted from 1.
    Capture {
        /// Its number.
        index: u32,
        /// Its name.
        name: Option<String>,
    },
    /// `(?:`, `(?i:`, `(?|`
    Scope(Flags),
    /// `(?>`
    Atomic,
    /// `(?=`, `(?!`, `(?<=`, `(?<!`
    Look {
        /// Whether it looks at what comes before.
        behind: bool,
        /// Whether the body must not match.
        negative: bool,
    },
}

/// Options that are switched inside a pattern.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags {
    /// Letters switched on.
    pub on: String,
    /// Letters switched off.
    pub off: String,
}

/// In which order the possibilities of a repetition are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greed {
    /// As many as possible first.
    Greedy,
    /// As few as possible first.
    Lazy,
    /// As many as possible, and none is given back.
    Possessive,
}

/// Which group a backreference means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// By number.
    Number(u32),
    /// By name.
    Name(String),
}

impl Tree {
    /// The text of a part; empty for a span that is not of this tree.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.source.get(span.range()).unwrap_or_default()
    }

    /// Number of the group that a backreference means, if there is one.
    #[must_use]
    pub fn group_number(&self, reference: &Reference) -> Option<u32> {
        match reference {
            Reference::Number(number) => Some(*number),
            Reference::Name(name) => self.names.iter().find(|(known, _)| known == name).map(|(_, number)| *number),
        }
    }
}

impl Node {
    /// Whether it is one character out of several: `.`, a class, or either in plain parentheses.
    #[must_use]
    pub fn as_set(&self) -> Option<&Self> {
        match &self.kind {
            Kind::Dot | Kind::Class(_) => Some(self),
            Kind::Group { group: Group::Capture { .. } | Group::Scope(_) | Group::Atomic, body } => body.as_set(),
            Kind::Sequence(parts) if parts.len() == 1 => parts[0].as_set(),
            _ => None,
        }
    }

    /// Whether `c` is in the set; false for what is not a set. `.` takes everything but a line feed.
    #[must_use]
    pub fn accepts(&self, c: char) -> bool {
        match &self.kind {
            Kind::Literal(literal) => *literal == c,
            Kind::Dot => c != '\n',
            Kind::Class(class) => class.contains(c),
            _ => false,
        }
    }
}

impl Class {
    /// Whether `c` is in it; case matters.
    #[must_use]
    pub fn contains(&self, c: char) -> bool {
        self.negated != self.items.iter().any(|item| item.contains(c))
    }
}

impl ClassItem {
    fn contains(self, c: char) -> bool {
        match self {
            Self::Range(first, last) => (first..=last).contains(&c),
            Self::Shorthand(shorthand, negated) => negated != shorthand.contains(c),
        }
    }
}

impl Shorthand {
    fn contains(self, c: char) -> bool {
        match self {
            Self::Digit => c.is_ascii_digit(),
            Self::Word => c.is_ascii_alphanumeric() || c == '_',
            Self::Space => c.is_whitespace(),
            Self::Blank => c == ' ' || c == '\t',
            Self::LineEnd => matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}'),
            Self::Letter => c.is_alphabetic(),
            Self::LetterOrDigit => c.is_ascii_alphanumeric(),
            Self::Lower => c.is_ascii_lowercase(),
            Self::Upper => c.is_ascii_uppercase(),
            Self::Punctuation => c.is_ascii_punctuation(),
            Self::HexDigit => c.is_ascii_hexdigit(),
            Self::Visible => !c.is_control() && !c.is_whitespace(),
            Self::Control => c.is_control(),
        }
    }
}

impl Flags {
    /// Whether case is ignored from here on, where they say so.
    #[must_use]
    pub fn ignore_case(&self) -> Option<bool> {
        match (self.on.contains('i'), self.off.contains('i')) {
            (_, true) => Some(false),
            (true, false) => Some(true),
            (false, false) => None,
        }
    }
}
