//! Operators between two operands, by precedence (ECMA-262 §13.5–13.13).

use super::super::lex::Kind;
use super::{Builder, Read};
use crate::syntax::express::{BinaryOperator, Expression, ExpressionKind, LogicalOperator};

/// An operator between two operands.
#[derive(Debug, Clone, Copy)]
enum Operator {
    Binary(BinaryOperator),
    Logical(LogicalOperator),
    /// `as`, `satisfies`: a type follows.
    Type,
}

/// How closely an operator binds, and how many tokens it is.
#[derive(Debug, Clone, Copy)]
struct Infix {
    operator: Operator,
    precedence: u8,
    tokens: usize,
}

const RELATIONAL: u8 = 7;
const SHIFT: u8 = 8;
const POWER: u8 = 11;

impl Builder<'_> {
    /// Operands and the operators between them that bind at least this closely.
    pub(super) fn binary(&mut self, least: u8) -> Read<Expression> {
        self.measured(|builder| builder.binary_here(least))
    }

    fn binary_here(&mut self, least: u8) -> Read<Expression> {
        let start = self.start();
        let mut left = if self.kind() == Kind::Private { self.private_name() } else { self.unary()? };
        while let Some(infix) = self.infix().filter(|infix| infix.precedence >= least) {
            self.advance_to(self.at + infix.tokens);
            if matches!(infix.operator, Operator::Type) {
                self.pass_type()?;
                continue;
            }
            left = self.wrapped(left);
            // `**` binds to the right, all others to the left.
            let right = infix.precedence + u8::from(infix.precedence != POWER);
            let right = Box::new(self.nested(|builder| builder.binary(right))?);
            let left_side = Box::new(left);
            let kind = match infix.operator {
                Operator::Logical(operator) => ExpressionKind::Logical { operator, left: left_side, right },
                Operator::Binary(operator) => ExpressionKind::Binary { operator, left: left_side, right },
                Operator::Type => left_side.kind,
            };
            left = Expression { kind, span: self.span_from(start) };
        }
        Ok(left)
    }

    /// `#name in a`
    fn private_name(&mut self) -> Expression {
        let (text, span) = (self.spelling().to_owned(), self.token_span());
        self.advance();
        Expression { kind: ExpressionKind::Identifier(text), span }
    }

    fn infix(&self) -> Option<Infix> {
        match self.kind() {
            Kind::Mark => self.infix_mark(),
            Kind::Word => self.infix_word(),
            _ => None,
        }
    }

    fn infix_word(&self) -> Option<Infix> {
        let operator = match self.spelling() {
            "in" if !self.context.no_in => Operator::Binary(BinaryOperator::In),
            "instanceof" => Operator::Binary(BinaryOperator::Instanceof),
            "as" | "satisfies" if !self.token().newline => Operator::Type,
            _ => return None,
        };
        Some(Infix { operator, precedence: RELATIONAL, tokens: 1 })
    }

    fn infix_mark(&self) -> Option<Infix> {
        let (operator, precedence) = match self.spelling() {
            "??" => (Operator::Logical(LogicalOperator::Coalesce), 1),
            "||" => (Operator::Logical(LogicalOperator::Or), 1),
            "&&" => (Operator::Logical(LogicalOperator::And), 2),
            "|" => (Operator::Binary(BinaryOperator::BitOr), 3),
            "^" => (Operator::Binary(BinaryOperator::BitXor), 4),
            "&" => (Operator::Binary(BinaryOperator::BitAnd), 5),
            "==" => (Operator::Binary(BinaryOperator::Equal), 6),
            "!=" => (Operator::Binary(BinaryOperator::NotEqual), 6),
            "===" => (Operator::Binary(BinaryOperator::StrictEqual), 6),
            "!==" => (Operator::Binary(BinaryOperator::StrictNotEqual), 6),
            "<" => (Operator::Binary(BinaryOperator::Less), RELATIONAL),
            "<=" => (Operator::Binary(BinaryOperator::AtMost), RELATIONAL),
            "<<" => (Operator::Binary(BinaryOperator::ShiftLeft), SHIFT),
            "+" => (Operator::Binary(BinaryOperator::Add), 9),
            "-" => (Operator::Binary(BinaryOperator::Subtract), 9),
            "*" => (Operator::Binary(BinaryOperator::Multiply), 10),
            "/" => (Operator::Binary(BinaryOperator::Divide), 10),
            "%" => (Operator::Binary(BinaryOperator::Remainder), 10),
            "**" => (Operator::Binary(BinaryOperator::Power), POWER),
            ">" => return self.infix_angle(),
            _ => return None,
        };
        Some(Infix { operator, precedence, tokens: 1 })
    }

    /// What begins with `>`, which is one token for each.
    fn infix_angle(&self) -> Option<Infix> {
        let (operator, precedence, tokens) = match self.angles() {
            (1, false) => (BinaryOperator::Greater, RELATIONAL, 1),
            (1, true) => (BinaryOperator::AtLeast, RELATIONAL, 2),
            (2, false) => (BinaryOperator::ShiftRight, SHIFT, 2),
            (3, false) => (BinaryOperator::ShiftRightUnsigned, SHIFT, 3),
            _ => return None,
        };
        Some(Infix { operator: Operator::Binary(operator), precedence, tokens })
    }
}
