//! Whether an operand or an operator comes next, which is what a `/`, a `<` and a `{` are told by.

use super::token::Kind;

/// What is known of the tokens so far.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    next: Next,
    last: Last,
}

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// Behind a value: `/` divides.
    Operator,
    /// `/` begins a regular expression, `<` an element, `{` an object.
    Operand,
    /// The same, but `{` begins a block.
    Statement,
}

/// What the last token is, where that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Any,
    /// A dot: a keyword behind it is a name.
    Dot,
    /// `if`, `while` …: no operator follows its parenthesis.
    Control,
}

/// How a bracket was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    /// `(`, behind `if` and the like or not.
    Paren { control: bool },
    /// `[`
    Square,
    /// `{` of a block or of an object.
    Brace { block: bool },
    /// `${`
    Hole,
    /// `{` in JSX: in a tag, or among the children.
    Jsx { tag: bool },
}

/// Keywords that an operand follows.
const BEFORE_OPERAND: [&str; 17] = [
    "await",
    "case",
    "default",
    "delete",
    "do",
    "else",
    "export",
    "extends",
    "finally",
    "in",
    "instanceof",
    "new",
    "return",
    "throw",
    "try",
    "typeof",
    "void",
];

impl State {
    /// At the beginning of a file.
    pub(super) const START: Self = Self { next: Next::Statement, last: Last::Any };
    /// Behind a value.
    pub(super) const VALUE: Self = Self { next: Next::Operator, last: Last::Any };
    /// Behind an operator, or what begins a hole.
    pub(super) const OPERATOR: Self = Self { next: Next::Operand, last: Last::Any };

    /// Whether an operand comes next.
    pub(super) fn wants_operand(self) -> bool {
        self.next != Next::Operator
    }

    /// Behind one more token that is no bracket.
    pub(super) fn after(self, kind: Kind, spelling: &str, newline: bool) -> Self {
        match kind {
            Kind::Word => self.after_word(spelling),
            Kind::Mark => self.after_mark(spelling, newline),
            Kind::TemplateHead | Kind::TemplateMiddle => Self::OPERATOR,
            _ => Self::VALUE,
        }
    }

    fn after_word(self, spelling: &str) -> Self {
        if self.last == Last::Dot {
            return Self::VALUE;
        }
        match spelling {
            "else" | "do" | "try" | "finally" => Self::START,
            "if" | "while" | "for" | "with" => Self { last: Last::Control, ..Self::VALUE },
            "await" if self.last == Last::Control => self,
            "yield" => Self::OPERATOR,
            _ if BEFORE_OPERAND.binary_search(&spelling).is_ok() => Self::OPERATOR,
            _ => Self::VALUE,
        }
    }

    fn after_mark(self, spelling: &str, newline: bool) -> Self {
        match spelling {
            ";" | "=>" => Self::START,
            "." | "?." => Self { last: Last::Dot, ..Self::OPERATOR },
            // `a!` of TypeScript, `a++`: behind a value on the same line they belong to it.
            "!" | "++" | "--" if !self.wants_operand() && !newline => Self::VALUE,
            _ => Self::OPERATOR,
        }
    }

    /// What kind of bracket this is, and what is known behind it.
    pub(super) fn open(self, spelling: &str) -> (Bracket, Self) {
        match spelling {
            "(" => (Bracket::Paren { control: self.last == Last::Control }, Self::OPERATOR),
            "[" => (Bracket::Square, Self::OPERATOR),
            _ if self.next == Next::Operand => (Bracket::Brace { block: false }, Self::OPERATOR),
            _ => (Bracket::Brace { block: true }, Self::START),
        }
    }

    /// What is known behind the bracket that closes this one.
    pub(super) fn close(bracket: Bracket) -> Self {
        match bracket {
            Bracket::Paren { control: true } | Bracket::Brace { block: true } => Self::START,
            _ => Self::VALUE,
        }
    }
}
