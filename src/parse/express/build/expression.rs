//! Expressions, from the comma down to what stands behind a unary operator.

use super::super::lex::Kind;
use super::{Builder, Context, MAX_HEIGHT, Read};
use crate::source::Span;
use crate::syntax::express::{
    AssignOperator, BinaryOperator, Expression, ExpressionKind, LogicalOperator, Pattern, UnaryOperator, UpdateOperator,
};

impl Builder<'_> {
    /// `a, b`
    pub(super) fn expression(&mut self) -> Read<Expression> {
        let start = self.start();
        let first = self.assignment()?;
        if !self.is_mark(",") {
            return Ok(first);
        }
        let mut all = vec![first];
        while self.take_mark(",") {
            all.push(self.assignment()?);
        }
        Ok(Expression { kind: ExpressionKind::Sequence(all), span: self.span_from(start) })
    }

    /// What stands between commas.
    pub(super) fn assignment(&mut self) -> Read<Expression> {
        self.nested(Self::assignment_here)
    }

    fn assignment_here(&mut self) -> Read<Expression> {
        if let Some(arrow) = self.arrow()? {
            return Ok(arrow);
        }
        if self.context.generator && self.is_word("yield") {
            return self.yielded();
        }
        let start = self.start();
        if let Some(target) = self.destructured()? {
            self.expect_mark("=")?;
            return self.assigned(start, AssignOperator::Plain, target);
        }
        let left = self.conditional(start)?;
        let Some((operator, tokens)) = self.assign_operator() else { return Ok(left) };
        self.advance_to(self.at + tokens);
        let target = target_of(left);
        self.assigned(start, operator, target)
    }

    fn assigned(&mut self, start: u32, operator: AssignOperator, target: Pattern) -> Read<Expression> {
        let value = Box::new(self.assignment()?);
        let kind = ExpressionKind::Assign { operator, target: Box::new(target), value };
        Ok(Expression { kind, span: self.span_from(start) })
    }

    /// `{ a, b }` or `[a, b]` before `=`
    fn destructured(&mut self) -> Read<Option<Pattern>> {
        let token = self.token();
        let opens = token.closed && (self.is_mark("{") || self.is_mark("["));
        if opens && self.is_mark_at(token.partner as usize + 1, "=") { self.target().map(Some) } else { Ok(None) }
    }

    fn yielded(&mut self) -> Read<Expression> {
        let start = self.start();
        self.advance();
        let delegate = !self.token().newline && self.take_mark("*");
        let value = if delegate || self.begins_operand() { Some(Box::new(self.assignment()?)) } else { None };
        Ok(Expression { kind: ExpressionKind::Yield { value, delegate }, span: self.span_from(start) })
    }

    /// Whether the next token, on the same line, begins an operand.
    fn begins_operand(&self) -> bool {
        let token = self.token();
        match token.kind {
            _ if token.newline => false,
            Kind::End | Kind::Broken | Kind::TemplateMiddle | Kind::TemplateTail => false,
            Kind::Word => !matches!(self.spelling(), "in" | "of" | "instanceof" | "as" | "satisfies"),
            Kind::Mark => matches!(self.spelling(), "(" | "[" | "{" | "+" | "-" | "!" | "~" | "++" | "--" | "<" | "@"),
            _ => true,
        }
    }

    /// `a ? b : c`
    fn conditional(&mut self, start: u32) -> Read<Expression> {
        let test = self.binary(0)?;
        if !self.is_mark("?") {
            return Ok(test);
        }
        self.advance();
        let context = Context { consequent: true, ..self.bracketed() };
        let then = self.within(context, Self::assignment)?;
        self.expect_mark(":")?;
        let otherwise = self.assignment()?;
        let (test, then, otherwise) = (Box::new(test), Box::new(then), Box::new(otherwise));
        Ok(Expression { kind: ExpressionKind::Conditional { test, then, otherwise }, span: self.span_from(start) })
    }

    /// An operand with the operators before it.
    pub(super) fn unary(&mut self) -> Read<Expression> {
        let start = self.start();
        if let Some(operator) = self.unary_operator() {
            self.advance();
            let operand = Box::new(self.nested(Self::unary)?);
            return Ok(Expression { kind: ExpressionKind::Unary { operator, operand }, span: self.span_from(start) });
        }
        if let Some(operator) = self.update_operator() {
            self.advance();
            let target = Box::new(self.nested(Self::unary)?);
            let kind = ExpressionKind::Update { operator, prefix: true, target };
            return Ok(Expression { kind, span: self.span_from(start) });
        }
        if self.is_await() {
            self.advance();
            let operand = Box::new(self.nested(Self::unary)?);
            return Ok(Expression { kind: ExpressionKind::Await(operand), span: self.span_from(start) });
        }
        if let Some(end) = self.cast_end() {
            self.advance_to(end);
            return self.nested(Self::unary);
        }
        let operand = self.chain()?;
        match self.update_operator().filter(|_| !self.token().newline) {
            Some(operator) => {
                self.advance();
                let kind = ExpressionKind::Update { operator, prefix: false, target: Box::new(operand) };
                Ok(Expression { kind, span: self.span_from(start) })
            }
            None => Ok(operand),
        }
    }

    /// `await`, unless it is a name, as it may be in scripts.
    fn is_await(&self) -> bool {
        if !self.is_word("await") {
            return false;
        }
        let next = self.at + 1;
        match self.token_at(next).kind {
            Kind::End | Kind::Broken | Kind::TemplateMiddle | Kind::TemplateTail => false,
            Kind::Word => !matches!(self.spelling_at(next), "in" | "of" | "instanceof" | "as" | "satisfies"),
            Kind::Mark => matches!(self.spelling_at(next), "(" | "[" | "{" | "+" | "-" | "!" | "~" | "++" | "--" | "<"),
            _ => true,
        }
    }

    /// `<T>x` of TypeScript: the index of `x`.
    fn cast_end(&self) -> Option<usize> {
        if self.is_mark("<") { self.type_arguments_end(self.at, 0) } else { None }
    }

    fn unary_operator(&self) -> Option<UnaryOperator> {
        Some(match (self.kind(), self.spelling()) {
            (Kind::Mark, "!") => UnaryOperator::Not,
            (Kind::Mark, "-") => UnaryOperator::Minus,
            (Kind::Mark, "+") => UnaryOperator::Plus,
            (Kind::Mark, "~") => UnaryOperator::BitNot,
            (Kind::Word, "typeof") => UnaryOperator::Typeof,
            (Kind::Word, "void") => UnaryOperator::Void,
            (Kind::Word, "delete") => UnaryOperator::Delete,
            _ => return None,
        })
    }

    fn update_operator(&self) -> Option<UpdateOperator> {
        Some(match (self.kind(), self.spelling()) {
            (Kind::Mark, "++") => UpdateOperator::Increment,
            (Kind::Mark, "--") => UpdateOperator::Decrement,
            _ => return None,
        })
    }

    /// An operator that assigns, and how many tokens it is: those that begin with `>` are several.
    fn assign_operator(&self) -> Option<(AssignOperator, usize)> {
        use AssignOperator::{Binary, Logical, Plain};
        if self.kind() != Kind::Mark {
            return None;
        }
        let single = match self.spelling() {
            "=" => Plain,
            "+=" => Binary(BinaryOperator::Add),
            "-=" => Binary(BinaryOperator::Subtract),
            "*=" => Binary(BinaryOperator::Multiply),
            "/=" => Binary(BinaryOperator::Divide),
            "%=" => Binary(BinaryOperator::Remainder),
            "**=" => Binary(BinaryOperator::Power),
            "&=" => Binary(BinaryOperator::BitAnd),
            "|=" => Binary(BinaryOperator::BitOr),
            "^=" => Binary(BinaryOperator::BitXor),
            "<<=" => Binary(BinaryOperator::ShiftLeft),
            "&&=" => Logical(LogicalOperator::And),
            "||=" => Logical(LogicalOperator::Or),
            "??=" => Logical(LogicalOperator::Coalesce),
            ">" => {
                return match self.angles() {
                    (2, true) => Some((Binary(BinaryOperator::ShiftRight), 3)),
                    (3, true) => Some((Binary(BinaryOperator::ShiftRightUnsigned), 4)),
                    _ => None,
                };
            }
            _ => return None,
        };
        Some((single, 1))
    }

    /// How many `>` follow each other without a gap, at most three, and whether a `=` follows them in turn.
    pub(super) fn angles(&self) -> (usize, bool) {
        let touches = |at: usize| self.token_at(at - 1).end == self.token_at(at).start;
        let mut count = 1;
        while count < 3 && self.is_mark_at(self.at + count, ">") && touches(self.at + count) {
            count += 1;
        }
        let next = self.at + count;
        (count, self.is_mark_at(next, "=") && touches(next))
    }

    /// Says that what was read since `left` becomes the left side of something, a level deeper in the tree. A chain that
    /// gets too high is cut: what was read of it is given up.
    pub(super) fn wrapped(&mut self, left: Expression) -> Expression {
        if self.highest - self.nesting < MAX_HEIGHT {
            self.highest += 1;
            return left;
        }
        self.highest = self.nesting + 1;
        let _ = self.fail_with::<()>("a chain that is too long to be read".to_owned());
        Expression { kind: ExpressionKind::Unreadable, span: left.span }
    }

    /// Measures the height of what is read from its own level on.
    pub(super) fn measured<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        let outer = std::mem::replace(&mut self.highest, self.nesting);
        let read = read(self);
        self.highest = self.highest.max(outer);
        read
    }
}

/// What an expression is as the target of an assignment.
pub(super) fn target_of(expression: Expression) -> Pattern {
    let span: Span = expression.span;
    match expression.kind {
        ExpressionKind::Identifier(text) => Pattern::Name(crate::syntax::express::Name { text, span }),
        ExpressionKind::Member { .. } | ExpressionKind::Index { .. } => Pattern::Expression(expression),
        _ => Pattern::Unreadable(span),
    }
}
