//! What has a value.

use super::{Class, Function, Name, Pattern};
use crate::source::Span;

/// An expression and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Where, without parentheses around it.
    pub span: Span,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpressionKind {
    /// `name`; `undefined` is one too.
    Identifier(String),
    /// `this`
    This,
    /// `super`, as a callee or an object.
    Super,
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// A number, separators and radix resolved.
    Number(f64),
    /// `10n`: the digits as they are spelt, without the `n`.
    BigInt(String),
    /// A string, escapes replaced; half a surrogate pair is U+FFFD.
    String(String),
    /// `` `a${b}` ``
    Template(Template),
    /// `` tag`a${b}` ``
    Tagged {
        /// What is called.
        tag: Box<Expression>,
        /// With what.
        template: Template,
    },
    /// `/pattern/flags`
    Regex {
        /// As it is spelt between the slashes.
        pattern: String,
        /// As they are spelt.
        flags: String,
    },
    /// `[a, , ...b]`
    Array(Vec<Element>),
    /// `{ a: 1, b, ...c }`
    Object(Vec<Property>),
    /// A function expression or an arrow function.
    Function(Box<Function>),
    /// A class expression.
    Class(Box<Class>),
    /// `callee(arguments)`, `callee?.(arguments)`
    Call {
        /// What is called; a member is called as a method.
        callee: Box<Expression>,
        /// With what.
        arguments: Vec<Argument>,
        /// Whether `?.` stands before the parenthesis.
        optional: bool,
    },
    /// `new callee(arguments)`; without parentheses there are no arguments.
    New {
        /// The class.
        callee: Box<Expression>,
        /// With what.
        arguments: Vec<Argument>,
    },
    /// `import(module)`
    Import(Box<Expression>),
    /// `object.name`, `object?.name`, `object.#name`
    ///
    /// What is behind a `?.` is skipped with it, up to the end of the chain of members and calls.
    Member {
        /// Of what.
        object: Box<Expression>,
        /// The name behind the dot.
        property: Name,
        /// Whether the dot is `?.`.
        optional: bool,
        /// Whether the name is private.
        private: bool,
    },
    /// `object[index]`, `object?.[index]`
    Index {
        /// Of what.
        object: Box<Expression>,
        /// What stands in the brackets.
        index: Box<Expression>,
        /// Whether `?.` stands before the bracket.
        optional: bool,
    },
    /// `!a`, `typeof a` …
    Unary {
        /// Which.
        operator: UnaryOperator,
        /// Of what.
        operand: Box<Expression>,
    },
    /// `a++`, `--a`
    Update {
        /// Which.
        operator: UpdateOperator,
        /// Whether it stands before its target, so that the new value is the result.
        prefix: bool,
        /// A name or a member.
        target: Box<Expression>,
    },
    /// `a + b`, `a === b` …: both sides are evaluated.
    Binary {
        /// Which.
        operator: BinaryOperator,
        /// One side; for `#name in b`, an identifier `#name`.
        left: Box<Expression>,
        /// The other.
        right: Box<Expression>,
    },
    /// `a && b` …: the right side may not be evaluated.
    Logical {
        /// Which.
        operator: LogicalOperator,
        /// What is evaluated first.
        left: Box<Expression>,
        /// What may follow.
        right: Box<Expression>,
    },
    /// `test ? then : otherwise`
    Conditional {
        /// What is asked.
        test: Box<Expression>,
        /// Where it is truthy.
        then: Box<Expression>,
        /// Where it is not.
        otherwise: Box<Expression>,
    },
    /// `target = value`, `target += value`, `target ||= value` …
    Assign {
        /// Which.
        operator: AssignOperator,
        /// What is written.
        target: Box<Pattern>,
        /// What it is made of.
        value: Box<Expression>,
    },
    /// `a, b`: all are evaluated, the last is the value. Of one only where parentheses end an optional chain:
    /// `(a?.b).c`.
    Sequence(Vec<Expression>),
    /// `await a`
    Await(Box<Expression>),
    /// `yield a`, `yield* a`
    Yield {
        /// What is handed out.
        value: Option<Box<Expression>>,
        /// Whether it is `yield*`.
        delegate: bool,
    },
    /// `import.meta`, `new.target`: the two words with their dot.
    Meta(String),
    /// An element or fragment of JSX, unread.
    Jsx,
    /// What could not be read.
    Unreadable,
}

/// `` `a${b}c` ``
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// The texts around the expressions, always one more than those; escapes replaced.
    pub texts: Vec<String>,
    /// The same as they are spelt, for tags such as `String.raw`.
    pub raw: Vec<String>,
    /// What stands between the texts.
    pub expressions: Vec<Expression>,
}

/// What stands between the commas of an array.
#[derive(Debug, Clone, PartialEq)]
pub enum Element {
    /// Nothing: `[a, , b]`.
    Hole,
    /// `a`
    Item(Expression),
    /// `...a`
    Spread(Expression),
}

/// What stands between the commas of a call.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// `a`
    Item(Expression),
    /// `...a`
    Spread(Expression),
}

/// What stands between the commas of an object.
#[derive(Debug, Clone, PartialEq)]
pub enum Property {
    /// `key: value`, or `value` alone.
    Value {
        /// The key; in the short form a name with the span of the value.
        key: Key,
        /// The value; in the short form an identifier.
        value: Expression,
        /// From the key to the value.
        span: Span,
    },
    /// `key(…) { … }`, also async or a generator.
    Method {
        /// The key.
        key: Key,
        /// Its function, which has no name; its span is that of the property.
        function: Function,
    },
    /// `get key() { … }`
    Getter {
        /// The key.
        key: Key,
        /// Its function.
        function: Function,
    },
    /// `set key(value) { … }`
    Setter {
        /// The key.
        key: Key,
        /// Its function.
        function: Function,
    },
    /// `...a`
    Spread(Expression),
    /// What could not be read, up to the next comma.
    Unreadable(Span),
}

/// The key of a property, of a member of a class, of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// `name`, `'name'`, `1`: as a property is called; the span includes quotes.
    Name(Name),
    /// `#name`
    Private(Name),
    /// `[expression]`
    Computed(Box<Expression>),
}

/// Operators before their operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOperator {
    /// `!`
    Not,
    /// `-`
    Minus,
    /// `+`
    Plus,
    /// `~`
    BitNot,
    /// `typeof`
    Typeof,
    /// `void`
    Void,
    /// `delete`
    Delete,
}

/// `++` and `--`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdateOperator {
    /// `++`
    Increment,
    /// `--`
    Decrement,
}

/// Operators between two operands that are always both evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOperator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `===`
    StrictEqual,
    /// `!==`
    StrictNotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `**`
    Power,
    /// `&`
    BitAnd,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
    /// `<<`
    ShiftLeft,
    /// `>>`
    ShiftRight,
    /// `>>>`
    ShiftRightUnsigned,
    /// `in`
    In,
    /// `instanceof`
    Instanceof,
}

/// Operators that may leave their right side alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogicalOperator {
    /// `&&`
    And,
    /// `||`
    Or,
    /// `??`
    Coalesce,
}

/// `=` and its kin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssignOperator {
    /// `=`
    Plain,
    /// `+=` …
    Binary(BinaryOperator),
    /// `||=` …
    Logical(LogicalOperator),
}
