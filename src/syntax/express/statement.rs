//! What is done.

use super::{Class, Expression, Function, Key, Name, Pattern, Text};
use crate::source::Span;

/// A statement and where it stands, its semicolon included.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// What it is.
    pub kind: StatementKind,
    /// Where.
    pub span: Span,
}

/// What a statement is.
#[derive(Debug, Clone, PartialEq)]
pub enum StatementKind {
    /// `const a = 1, b = 2;`
    Variables(Variables),
    /// `function name() { … }`, known in all of its block.
    Function(Box<Function>),
    /// `class Name { … }`
    Class(Box<Class>),
    /// `a();` A directive (`'use strict'`) is a string.
    Expression(Expression),
    /// `if (test) then else otherwise`
    If {
        /// What is asked.
        test: Expression,
        /// Where it is truthy.
        then: Box<Statement>,
        /// Where it is not.
        otherwise: Option<Box<Statement>>,
    },
    /// `return value;`
    Return(Option<Expression>),
    /// `throw value;`
    Throw(Expression),
    /// `try { … } catch (e) { … } finally { … }`
    Try {
        /// What is tried.
        block: Vec<Statement>,
        /// What takes an exception.
        catch: Option<Catch>,
        /// What is done in any case.
        finally: Option<Vec<Statement>>,
    },
    /// `for (init; test; update) body`
    For {
        /// Done first.
        init: Option<ForInit>,
        /// Asked before every turn.
        test: Option<Expression>,
        /// Done after every turn.
        update: Option<Expression>,
        /// What is repeated.
        body: Box<Statement>,
    },
    /// `for (target of values) body`, `for (target in values) body`
    ForEach {
        /// Whether values or keys are walked.
        kind: EachKind,
        /// What declares the target; none where it exists already.
        declares: Option<VariableKind>,
        /// What each is put into.
        target: Pattern,
        /// What is walked.
        values: Expression,
        /// What is repeated.
        body: Box<Statement>,
    },
    /// `while (test) body`
    While {
        /// What is asked.
        test: Expression,
        /// What is repeated.
        body: Box<Statement>,
    },
    /// `do body while (test);`
    DoWhile {
        /// What is repeated.
        body: Box<Statement>,
        /// What is asked.
        test: Expression,
    },
    /// `switch (on) { case a: … default: … }`
    Switch {
        /// What is compared, with `===`.
        on: Expression,
        /// In order.
        cases: Vec<Case>,
    },
    /// `label: body`
    Labelled {
        /// The name.
        label: Name,
        /// What it names.
        body: Box<Statement>,
    },
    /// `break label;`
    Break(Option<Name>),
    /// `continue label;`
    Continue(Option<Name>),
    /// `{ … }`; `with (a) { … }` is unreadable.
    Block(Vec<Statement>),
    /// `import … from 'module';`
    Import(Import),
    /// `import name = require('module');`, `import name = a.b;`: a call, or names and members.
    ImportEquals {
        /// What is declared.
        name: Name,
        /// What it is.
        value: Expression,
    },
    /// `export …`
    Export(Export),
    /// TypeScript's `enum Name { … }`, `const` or not.
    Enum {
        /// Its name.
        name: Name,
        /// In order.
        members: Vec<EnumMember>,
    },
    /// TypeScript's `namespace a.b { … }`
    Namespace {
        /// Its name; `a.b` is one namespace in another.
        name: Name,
        /// What it does.
        body: Vec<Statement>,
    },
    /// What does nothing: `;`, `debugger`, declarations of types (`interface`, `type`, `declare`, overloads, imports
    /// and exports of types alone).
    Nothing,
    /// What could not be read.
    Unreadable,
}

/// `const a = 1, b = 2`
#[derive(Debug, Clone, PartialEq)]
pub struct Variables {
    /// `const`, `let` …
    pub kind: VariableKind,
    /// In order.
    pub declarators: Vec<Declarator>,
}

/// How variables are declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VariableKind {
    /// `var`
    Var,
    /// `let`
    Let,
    /// `const`, `using`, `await using`
    Const,
}

/// `target = value`
#[derive(Debug, Clone, PartialEq)]
pub struct Declarator {
    /// What is declared.
    pub target: Pattern,
    /// What it is.
    pub value: Option<Expression>,
    /// From target to value.
    pub span: Span,
}

/// `catch (parameter) { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Catch {
    /// What the exception is put into.
    pub parameter: Option<Pattern>,
    /// What is done.
    pub body: Vec<Statement>,
}

/// What stands before the first semicolon of a `for`.
#[derive(Debug, Clone, PartialEq)]
pub enum ForInit {
    /// `let i = 0`
    Variables(Variables),
    /// `i = 0`
    Expression(Expression),
}

/// What a `for` without semicolons walks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EachKind {
    /// `for … in`: keys.
    Key,
    /// `for … of`: values.
    Value,
    /// `for await … of`: values to be awaited.
    Awaited,
}

/// `case test: …`
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// None for `default`.
    pub test: Option<Expression>,
    /// What is done, falling through to the next.
    pub body: Vec<Statement>,
}

/// `import a, { b as c } from 'module'`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// What is declared; types are left out.
    pub names: Vec<ImportName>,
    /// From where.
    pub module: Text,
}

/// One name of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportName {
    /// What it is there.
    pub imported: Imported,
    /// What it is here.
    pub local: Name,
}

/// What is imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imported {
    /// `import a`; `{ default as a }` is `Name("default")`.
    Default,
    /// `import * as a`
    Namespace,
    /// `import { name as a }`
    Name(String),
}

/// `export …`
#[derive(Debug, Clone, PartialEq)]
pub enum Export {
    /// `export const a = 1`, `export function …`, `export class …`, `export enum …`, `export import a = …`
    Declaration(Box<Statement>),
    /// `export default value`; a function or class with a name is declared under it as well.
    Default(Expression),
    /// `export { a as b }`, `export { a as b } from 'module'`
    Names {
        /// In order; types are left out.
        names: Vec<ExportName>,
        /// From where, if not from here.
        module: Option<Text>,
    },
    /// `export * from 'module'`, `export * as name from 'module'`
    All {
        /// The one name under which all is exported.
        name: Option<Name>,
        /// From where.
        module: Text,
    },
    /// TypeScript's `export = value`, which is `module.exports = value`.
    Assign(Expression),
}

/// One name of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportName {
    /// What it is here, or in the module that it is taken from.
    pub local: Name,
    /// What it is outside.
    pub exported: Name,
}

/// `key = value`
#[derive(Debug, Clone, PartialEq)]
pub struct EnumMember {
    /// Its name.
    pub key: Key,
    /// Its value, if it is written; else one more than the last, from 0.
    pub value: Option<Expression>,
}
