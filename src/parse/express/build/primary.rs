//! Values that are made of nothing smaller, and what stands in brackets.

use super::super::lex::Kind;
use super::{Builder, Read, is_reserved, literal};
use crate::source::Span;
use crate::syntax::express::{Expression, ExpressionKind, Template};

impl Builder<'_> {
    /// An operand without what stands before or behind it.
    pub(super) fn primary(&mut self) -> Read<Expression> {
        match self.kind() {
            Kind::Word => self.word(),
            Kind::Number => Ok(self.number()),
            Kind::String => {
                let value = literal::string(self.spelling());
                Ok(self.leaf(ExpressionKind::String(value)))
            }
            Kind::TemplateWhole | Kind::TemplateHead => {
                let start = self.start();
                let template = self.template()?;
                Ok(Expression { kind: ExpressionKind::Template(template), span: self.span_from(start) })
            }
            Kind::Regex => Ok(self.regex()),
            Kind::Jsx => Ok(self.leaf(ExpressionKind::Jsx)),
            Kind::Mark => match self.spelling() {
                "(" => self.parenthesised(),
                "[" => Ok(self.array()),
                "{" => Ok(self.object()),
                "@" => {
                    let decorators = self.decorators()?;
                    self.class_expression(decorators)
                }
                _ => self.fail(super::EXPRESSION),
            },
            _ => self.fail(super::EXPRESSION),
        }
    }

    /// The next token as an expression.
    fn leaf(&mut self, kind: ExpressionKind) -> Expression {
        let span = self.token_span();
        self.advance();
        Expression { kind, span }
    }

    fn word(&mut self) -> Read<Expression> {
        let kind = match self.spelling() {
            "function" => return self.function_expression(),
            "async" if self.is_word_at(self.at + 1, "function") && !self.is_on_new_line(self.at + 1) => {
                return self.function_expression();
            }
            "class" => return self.class_expression(Vec::new()),
            "new" => return self.construction(),
            "import" => return self.import_expression(),
            "this" => ExpressionKind::This,
            "super" => ExpressionKind::Super,
            "null" => ExpressionKind::Null,
            "true" => ExpressionKind::Boolean(true),
            "false" => ExpressionKind::Boolean(false),
            word if is_reserved(word) => return self.fail(super::EXPRESSION),
            word => ExpressionKind::Identifier(literal::name(word)),
        };
        Ok(self.leaf(kind))
    }

    fn number(&mut self) -> Expression {
        let spelling = self.spelling();
        self.leaf(match spelling.strip_suffix('n') {
            Some(digits) => ExpressionKind::BigInt(digits.to_owned()),
            None => ExpressionKind::Number(literal::number(spelling)),
        })
    }

    fn regex(&mut self) -> Expression {
        let spelling = self.spelling();
        let end = spelling.rfind('/').unwrap_or_default();
        let pattern = spelling.get(1..end).unwrap_or_default().to_owned();
        let flags = spelling.get(end + 1..).unwrap_or_default().to_owned();
        self.leaf(ExpressionKind::Regex { pattern, flags })
    }

    /// `(a)`, `(a, b)`
    fn parenthesised(&mut self) -> Read<Expression> {
        let open = self.at;
        self.advance();
        let context = self.bracketed();
        let limit = self.token_at(open).partner as usize;
        if self.at >= limit {
            return self.fail(super::EXPRESSION);
        }
        let inner = self.within(context, |builder| builder.nested(Self::expression))?;
        self.close(open)?;
        Ok(inner)
    }

    /// `import(a)`, `import.meta`
    fn import_expression(&mut self) -> Read<Expression> {
        let start = self.start();
        self.advance();
        if self.take_mark(".") {
            let name = self.any_name()?;
            let kind = ExpressionKind::Meta(format!("import.{}", name.text));
            return Ok(Expression { kind, span: self.span_from(start) });
        }
        if !self.is_mark("(") {
            return self.fail("`(`");
        }
        // A second argument says how the module is read, not which.
        let unreadable = |span: Span| Expression { kind: ExpressionKind::Unreadable, span };
        let arguments = self.items(Self::assignment, unreadable);
        match arguments.into_iter().next() {
            Some(module) => {
                Ok(Expression { kind: ExpressionKind::Import(Box::new(module)), span: self.span_from(start) })
            }
            None => self.fail("a module"),
        }
    }

    /// `` `a${b}c` ``, from its first piece on.
    pub(super) fn template(&mut self) -> Read<Template> {
        let mut template = Template { texts: Vec::new(), raw: Vec::new(), expressions: Vec::new() };
        let context = self.bracketed();
        loop {
            let kind = self.kind();
            let spelling = self.spelling();
            let behind = if matches!(kind, Kind::TemplateHead | Kind::TemplateMiddle) { 2 } else { 1 };
            let raw = literal::raw(spelling.get(1..spelling.len() - behind).unwrap_or_default());
            template.texts.push(literal::unescape(&raw));
            template.raw.push(raw.into_owned());
            let limit = self.partner();
            let closed = self.token().closed;
            self.advance();
            if behind == 1 {
                return Ok(template);
            }
            let first = self.at;
            let hole = self.within(context, |builder| builder.nested(Self::expression));
            template.expressions.push(match hole {
                Ok(expression) if self.at == limit => expression,
                Ok(_) => {
                    let _ = self.fail::<()>("`}`");
                    self.unreadable_hole(first, limit)
                }
                Err(_) => self.unreadable_hole(first, limit),
            });
            if !closed || !matches!(self.kind(), Kind::TemplateMiddle | Kind::TemplateTail) {
                return self.fail_with("the template is not closed".to_owned());
            }
        }
    }

    /// A hole of a template, up to the token at `limit`, that could not be read.
    fn unreadable_hole(&mut self, first: usize, limit: usize) -> Expression {
        let start = self.token_at(first).start;
        self.at = first;
        self.advance_to(limit);
        Expression { kind: ExpressionKind::Unreadable, span: self.span_from(start) }
    }
}
