//! Functions: declared, as expressions, as arrows, as methods.

use super::super::lex::Kind;
use super::object::Marks;
use super::{Builder, Context, Read};
use crate::source::Span;
use crate::syntax::express::{Body, Expression, ExpressionKind, Function, Name, Parameter, Pattern};

/// What stands before the parameter of a constructor that is a property as well.
const ACCESS: [&str; 5] = ["public", "private", "protected", "readonly", "override"];

impl Builder<'_> {
    /// `async (a, b = 1) => c`; none where there is none.
    pub(super) fn arrow(&mut self) -> Read<Option<Expression>> {
        let start = self.start();
        let next = self.at + 1;
        let is_async = self.is_word("async") && !self.is_on_new_line(next) && self.begins_parameters(next);
        let at = if is_async { next } else { self.at };
        if !self.begins_parameters(at) {
            return Ok(None);
        }
        self.advance_to(at);
        let parameters = if self.kind() == Kind::Word {
            let name = self.any_name()?;
            vec![Parameter { pattern: Pattern::Name(name), default: None, rest: false, property: false }]
        } else {
            self.pass_type_parameters()?;
            self.parameters()?
        };
        self.annotation()?;
        self.expect_mark("=>")?;
        let body = self.arrow_body()?;
        let span = self.span_from(start);
        let function = Function { name: None, parameters, body, is_async, is_generator: false, is_arrow: true, span };
        Ok(Some(Expression { kind: ExpressionKind::Function(Box::new(function)), span }))
    }

    fn arrow_body(&mut self) -> Read<Body> {
        if self.is_mark("{") {
            return self.within(Context::default(), |builder| builder.nested(Self::block)).map(Body::Block);
        }
        let context = Context { generator: false, ..self.context };
        Ok(Body::Expression(Box::new(self.within(context, Self::assignment)?)))
    }

    /// Whether the parameters of an arrow function begin at an index.
    fn begins_parameters(&self, at: usize) -> bool {
        match self.token_at(at).kind {
            Kind::Word => self.is_mark_at(at + 1, "=>") && !self.is_on_new_line(at + 1),
            Kind::Mark => match self.spelling_at(at) {
                "(" => self.is_before_arrow(at),
                "<" => {
                    let end = self.type_parameters_end(at, 0);
                    end.is_some_and(|end| self.is_mark_at(end, "(") && self.is_before_arrow(end))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether `=>` stands behind these parentheses, or behind the type of what they give.
    fn is_before_arrow(&self, open: usize) -> bool {
        let token = self.token_at(open);
        if !token.closed {
            return false;
        }
        let next = token.partner as usize + 1;
        if self.is_mark_at(next, "=>") {
            return true;
        }
        let typed = self.is_mark_at(next, ":") && (!self.context.consequent || self.looks_like_parameters(open));
        typed && self.type_end(next + 1, 0).is_some_and(|end| self.is_mark_at(end, "=>"))
    }

    /// Whether what these parentheses hold has types, or is nothing: `c ? (a: T): U => b : d`.
    fn looks_like_parameters(&self, open: usize) -> bool {
        let first = open + 1;
        let behind = self.skip(first, self.tokens.len());
        self.is_mark_at(first, ")")
            || self.is_mark_at(first, "...")
            || self.is_mark_at(behind, ":")
            || (self.is_mark_at(behind, "?") && self.is_mark_at(behind + 1, ":"))
    }

    /// `async function* name(…) { … }`
    pub(super) fn function_expression(&mut self) -> Read<Expression> {
        match self.function()? {
            Some(function) => {
                let span = function.span;
                Ok(Expression { kind: ExpressionKind::Function(Box::new(function)), span })
            }
            None => self.fail("`{`"),
        }
    }

    /// The same; none where it has types only, as overloads have.
    pub(super) fn function(&mut self) -> Read<Option<Function>> {
        let start = self.start();
        let is_async = self.take_word("async");
        self.expect_word("function")?;
        let is_generator = self.take_mark("*");
        let name = if self.kind() == Kind::Word { Some(self.name()?) } else { None };
        self.rest_of_function(start, name, Marks { is_async, is_generator })
    }

    /// A method from its parentheses on.
    pub(super) fn method(&mut self, start: u32, marks: Marks) -> Read<Function> {
        match self.rest_of_function(start, None, marks)? {
            Some(function) => Ok(function),
            None => self.fail("`{`"),
        }
    }

    /// Type parameters, parameters, type and body; none where there is no body.
    pub(super) fn rest_of_function(&mut self, start: u32, name: Option<Name>, marks: Marks) -> Read<Option<Function>> {
        self.pass_type_parameters()?;
        let Marks { is_async, is_generator } = marks;
        let context = Context { generator: is_generator, ..Context::default() };
        let parameters = self.within(context, Self::parameters)?;
        self.annotation()?;
        if !self.is_mark("{") {
            return Ok(None);
        }
        let body = Body::Block(self.within(context, |builder| builder.nested(Self::block))?);
        let span = self.span_from(start);
        Ok(Some(Function { name, parameters, body, is_async, is_generator, is_arrow: false, span }))
    }

    /// `(a, { b }, c = 1, ...d)`
    fn parameters(&mut self) -> Read<Vec<Parameter>> {
        if !self.is_mark("(") {
            return self.fail("`(`");
        }
        let unreadable = |span: Span| {
            Some(Parameter { pattern: Pattern::Unreadable(span), default: None, rest: false, property: false })
        };
        Ok(self.items(Self::parameter, unreadable).into_iter().flatten().collect())
    }

    /// One of them; TypeScript's `this: T` is none.
    fn parameter(&mut self) -> Read<Option<Parameter>> {
        self.decorators()?;
        let mut property = false;
        while ACCESS.contains(&self.spelling()) && self.begins_pattern(self.at + 1) {
            self.advance();
            property = true;
        }
        if self.take_word("this") {
            self.annotation()?;
            return Ok(None);
        }
        let rest = self.take_mark("...");
        let pattern = self.binding()?;
        self.take_mark("?");
        self.annotation()?;
        let default = if self.take_mark("=") { Some(self.assignment()?) } else { None };
        Ok(Some(Parameter { pattern, default, rest, property }))
    }

    fn begins_pattern(&self, at: usize) -> bool {
        self.token_at(at).kind == Kind::Word || self.is_mark_at(at, "{") || self.is_mark_at(at, "[")
    }
}
