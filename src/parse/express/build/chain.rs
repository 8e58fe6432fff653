//! Members and calls behind a value.

use super::super::lex::Kind;
use super::{Builder, Read, literal};
use crate::syntax::express::{Argument, Element, Expression, ExpressionKind, Name};

/// The member behind a dot.
struct Property {
    name: Name,
    private: bool,
}

impl Builder<'_> {
    /// A value with what stands behind it.
    pub(super) fn chain(&mut self) -> Read<Expression> {
        self.measured(|builder| {
            let start = builder.start();
            let first = builder.first()?;
            builder.links(first, start, true)
        })
    }

    /// A value that begins a chain. One in parentheses ends an optional chain in them.
    fn first(&mut self) -> Read<Expression> {
        let parenthesised = self.is_mark("(");
        let first = self.primary()?;
        let goes_on = self.kind() == Kind::Mark && matches!(self.spelling(), "." | "[" | "(");
        if parenthesised && goes_on && is_optional_chain(&first) {
            let span = first.span;
            let first = self.wrapped(first);
            return Ok(Expression { kind: ExpressionKind::Sequence(vec![first]), span });
        }
        Ok(first)
    }

    /// What stands behind a value that began at `start`; without calls for what `new` makes.
    pub(super) fn links(&mut self, first: Expression, start: u32, calls: bool) -> Read<Expression> {
        let mut chain = first;
        loop {
            let token = self.token();
            let kind = match (token.kind, self.spelling()) {
                (Kind::Mark, ".") => {
                    self.advance();
                    self.member(chain, false)?
                }
                (Kind::Mark, "?.") if calls => {
                    self.advance();
                    self.optional(chain)?
                }
                (Kind::Mark, "[") if !self.context.decorator => self.index(chain, false)?,
                (Kind::Mark, "(") if calls => self.call(chain, false),
                (Kind::Mark, "!") if !token.newline => {
                    self.advance();
                    continue;
                }
                (Kind::Mark, "<") => match self.type_arguments_of_call(self.at) {
                    Some(end) => {
                        self.advance_to(end);
                        continue;
                    }
                    None => return Ok(chain),
                },
                (Kind::TemplateWhole | Kind::TemplateHead, _) => {
                    let tag = Box::new(self.wrapped(chain));
                    ExpressionKind::Tagged { tag, template: self.template()? }
                }
                _ => return Ok(chain),
            };
            chain = Expression { kind, span: self.span_from(start) };
        }
    }

    fn member(&mut self, object: Expression, optional: bool) -> Read<ExpressionKind> {
        let object = Box::new(self.wrapped(object));
        let Property { name: property, private } = self.property_name()?;
        Ok(ExpressionKind::Member { object, property, optional, private })
    }

    fn property_name(&mut self) -> Read<Property> {
        if self.kind() != Kind::Private {
            return Ok(Property { name: self.any_name()?, private: false });
        }
        let name = Name { text: literal::name(&self.spelling()[1..]), span: self.token_span() };
        self.advance();
        Ok(Property { name, private: true })
    }

    /// What stands behind `?.`
    fn optional(&mut self, object: Expression) -> Read<ExpressionKind> {
        if self.is_mark("<")
            && let Some(end) = self.type_arguments_end(self.at, 0)
        {
            self.advance_to(end);
        }
        if self.is_mark("[") {
            self.index(object, true)
        } else if self.is_mark("(") {
            Ok(self.call(object, true))
        } else {
            self.member(object, true)
        }
    }

    fn index(&mut self, object: Expression, optional: bool) -> Read<ExpressionKind> {
        let object = Box::new(self.wrapped(object));
        let open = self.at;
        self.advance();
        let context = self.bracketed();
        let index = Box::new(self.within(context, |builder| builder.nested(Self::expression))?);
        self.close(open)?;
        Ok(ExpressionKind::Index { object, index, optional })
    }

    fn call(&mut self, callee: Expression, optional: bool) -> ExpressionKind {
        let callee = Box::new(self.wrapped(callee));
        ExpressionKind::Call { callee, arguments: self.arguments(), optional }
    }

    /// `(a, ...b)`
    fn arguments(&mut self) -> Vec<Argument> {
        let unreadable = |span| Argument::Item(Expression { kind: ExpressionKind::Unreadable, span });
        self.items(
            |builder| {
                if builder.take_mark("...") {
                    return builder.assignment().map(Argument::Spread);
                }
                builder.assignment().map(Argument::Item)
            },
            unreadable,
        )
    }

    /// `[a, , ...b]`
    pub(super) fn array(&mut self) -> Expression {
        let start = self.start();
        let unreadable = |span| Element::Item(Expression { kind: ExpressionKind::Unreadable, span });
        let elements = self.items(
            |builder| {
                if builder.is_mark(",") {
                    return Ok(Element::Hole);
                }
                if builder.take_mark("...") {
                    return builder.assignment().map(Element::Spread);
                }
                builder.assignment().map(Element::Item)
            },
            unreadable,
        );
        Expression { kind: ExpressionKind::Array(elements), span: self.span_from(start) }
    }

    /// `new a.b(c)`, `new.target`
    pub(super) fn construction(&mut self) -> Read<Expression> {
        let start = self.start();
        self.advance();
        if self.take_mark(".") {
            let name = self.any_name()?;
            let kind = ExpressionKind::Meta(format!("new.{}", name.text));
            return Ok(Expression { kind, span: self.span_from(start) });
        }
        let inner = self.start();
        let callee = self.nested(|builder| {
            builder.measured(|builder| {
                let first = if builder.is_word("new") { builder.construction() } else { builder.primary() }?;
                builder.links(first, inner, false)
            })
        })?;
        let arguments = if self.is_mark("(") { self.arguments() } else { Vec::new() };
        Ok(Expression {
            kind: ExpressionKind::New { callee: Box::new(callee), arguments },
            span: self.span_from(start),
        })
    }
}

/// Whether a `?.` is in the chain that an expression is.
fn is_optional_chain(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Member { object, optional, .. } | ExpressionKind::Index { object, optional, .. } => {
            *optional || is_optional_chain(object)
        }
        ExpressionKind::Call { callee, optional, .. } => *optional || is_optional_chain(callee),
        _ => false,
    }
}
