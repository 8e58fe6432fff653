//! Classes.

use super::{Expression, Function, Key, Name, Statement};
use crate::source::Span;

/// A class declaration or expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// Its name.
    pub name: Option<Name>,
    /// What it extends.
    pub parent: Option<Expression>,
    /// What it is made of; what has a type only (overloads, abstract members, index signatures) is left out.
    pub members: Vec<Member>,
    /// What stands behind each `@` before it.
    pub decorators: Vec<Expression>,
    /// From `class` (or `abstract`) to its brace, decorators excluded.
    pub span: Span,
}

/// A method, field or block of a class.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// What it is.
    pub kind: MemberKind,
    /// Whether it belongs to the class itself.
    pub is_static: bool,
    /// What stands behind each `@` before it.
    pub decorators: Vec<Expression>,
    /// All of it, decorators excluded.
    pub span: Span,
}

/// What a member is.
#[derive(Debug, Clone, PartialEq)]
pub enum MemberKind {
    /// `key(…) { … }`; the constructor is the method `constructor`.
    Method(Key, Function),
    /// `get key() { … }`
    Getter(Key, Function),
    /// `set key(value) { … }`
    Setter(Key, Function),
    /// `key = value`
    Field(Key, Option<Expression>),
    /// `static { … }`
    Block(Vec<Statement>),
    /// What could not be read.
    Unreadable,
}
