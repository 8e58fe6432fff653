//! JavaScript and TypeScript as far as a value can come out of them.
//!
//! Every node has the span of its own text, without the parentheses around it; a node that begins with a parenthesised
//! one begins at its parenthesis. Types of TypeScript are gone: `x as T`, `x satisfies T`, `x!`, `<T>x` are `x`, with the
//! span of `x`, and `f<T>(x)` is `f(x)`. Where a text can't be read there is an `Unreadable` with its span, among what
//! could be read around it.

mod class;
mod expression;
mod function;
mod pattern;
mod statement;

pub use class::{Class, Member, MemberKind};
pub use expression::{
    Argument, AssignOperator, BinaryOperator, Element, Expression, ExpressionKind, Key, LogicalOperator, Property,
    Template, UnaryOperator, UpdateOperator,
};
pub use function::{Body, Function, Parameter};
pub use pattern::{ElementPattern, Pattern, PropertyPattern};
pub use statement::{
    Case, Catch, Declarator, EachKind, EnumMember, Export, ExportName, ForInit, Import, ImportName, Imported,
    Statement, StatementKind, VariableKind, Variables,
};

use crate::source::Span;
use crate::syntax::{Comment, SyntaxError};

/// A file: a script, a module of either kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Module {
    /// What it does, in order.
    pub body: Vec<Statement>,
    /// Comments of both kinds, in file order; a hashbang is none.
    pub comments: Vec<Comment>,
    /// Why stretches could not be read, in file order.
    pub errors: Vec<SyntaxError>,
}

/// A name as it is written in one place, escapes replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// What it says; without `#` for a private one.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A string literal where only a literal can stand: the module of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its value.
    pub value: String,
    /// Where, quotes included.
    pub span: Span,
}
