//! What can be called.

use super::{Expression, Name, Pattern, Statement};
use crate::source::Span;

/// A function declaration or expression, an arrow function, a method.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// Its own name; a method has none.
    pub name: Option<Name>,
    /// What it is called with; TypeScript's `this` is none.
    pub parameters: Vec<Parameter>,
    /// What it does.
    pub body: Body,
    /// `async`
    pub is_async: bool,
    /// `function*`
    pub is_generator: bool,
    /// `=>`: it has the `this` of what surrounds it.
    pub is_arrow: bool,
    /// From its first word (`async`, `function`, a parameter, a key) to the end of its body.
    pub span: Span,
}

/// What a function does.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// `{ … }`
    Block(Vec<Statement>),
    /// `=> value`
    Expression(Box<Expression>),
}

/// `pattern = default`, `...pattern`
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// What the argument is put into.
    pub pattern: Pattern,
    /// What it is where there is none.
    pub default: Option<Expression>,
    /// Whether it takes the rest.
    pub rest: bool,
    /// Whether a constructor puts it into a property of the same name (TypeScript: `private x`, `readonly x`).
    pub property: bool,
}
