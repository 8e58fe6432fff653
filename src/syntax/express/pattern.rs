//! What a value is put into.

use super::{Expression, Key, Name};
use crate::source::Span;

/// The left side of a declaration or an assignment, a parameter, what a `for … of` fills.
#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    /// `name`
    Name(Name),
    /// `{ a, b: c = 1, ...rest }`
    Object {
        /// What is taken out.
        properties: Vec<PropertyPattern>,
        /// What takes the rest.
        rest: Option<Box<Self>>,
        /// From brace to brace.
        span: Span,
    },
    /// `[a, , b = 1, ...rest]`
    Array {
        /// What is taken out, holes included.
        elements: Vec<Option<ElementPattern>>,
        /// What takes the rest.
        rest: Option<Box<Self>>,
        /// From bracket to bracket.
        span: Span,
    },
    /// `a.b`, `a[b]`: only in assignments; anything else that stands there is unreadable.
    Expression(Expression),
    /// What could not be read.
    Unreadable(Span),
}

/// `key: value = default`
#[derive(Debug, Clone, PartialEq)]
pub struct PropertyPattern {
    /// What is taken out.
    pub key: Key,
    /// What it is put into.
    pub value: Pattern,
    /// What it is where there is none.
    pub default: Option<Expression>,
}

/// `value = default`
#[derive(Debug, Clone, PartialEq)]
pub struct ElementPattern {
    /// What it is put into.
    pub value: Pattern,
    /// What it is where there is none.
    pub default: Option<Expression>,
}

impl Pattern {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Name(name) => name.span,
            Self::Object { span, .. } | Self::Array { span, .. } | Self::Unreadable(span) => *span,
            Self::Expression(expression) => expression.span,
        }
    }
}
