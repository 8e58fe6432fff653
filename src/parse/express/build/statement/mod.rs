//! Statements.

mod control;
mod declaration;

use super::super::lex::Kind;
use super::{Builder, Read};
use crate::syntax::express::{Expression, ExpressionKind, Statement, StatementKind, VariableKind};

impl Builder<'_> {
    /// Statements up to the token at an index. One that cannot be read is unreadable up to where the next seems to
    /// begin.
    pub(super) fn statements(&mut self, limit: usize) -> Vec<Statement> {
        self.statements_until(limit, |_| false)
    }

    /// The same, up to a token that ends them earlier.
    fn statements_until(&mut self, limit: usize, ends: impl Fn(&Self) -> bool) -> Vec<Statement> {
        let mut statements = Vec::new();
        while self.at < limit && !ends(self) {
            let first = self.at;
            match self.nested(Self::statement) {
                Ok(statement) => statements.push(statement),
                Err(_) => statements.push(self.skip_statement(first, limit)),
            }
            self.at = self.at.min(limit);
        }
        statements
    }

    fn skip_statement(&mut self, first: usize, limit: usize) -> Statement {
        let failed = self.at;
        let mut at = self.skip(first, limit);
        while at < limit && !(at > failed && self.is_mark_at(at - 1, ";")) && !(at >= failed && self.may_begin(at)) {
            at = self.skip(at, limit);
        }
        let start = self.token_at(first).start;
        self.at = first;
        self.advance_to(at);
        Statement { kind: StatementKind::Unreadable, span: self.span_from(start) }
    }

    /// Whether a statement may begin at an index, as far as its line tells.
    fn may_begin(&self, at: usize) -> bool {
        let token = self.token_at(at);
        let goes_on = matches!(self.spelling_at(at), "else" | "catch" | "finally" | "in" | "of" | "instanceof" | "as");
        token.newline && ((token.kind == Kind::Word && !goes_on) || self.is_mark_at(at, "@"))
    }

    /// `{ … }`
    pub(super) fn block(&mut self) -> Read<Vec<Statement>> {
        if !self.is_mark("{") {
            return self.fail("`{`");
        }
        let open = self.at;
        let limit = self.partner();
        let context = self.bracketed();
        self.advance();
        let statements = self.within(context, |builder| builder.statements(limit));
        if self.close(open).is_err() {
            self.advance_to(limit);
        }
        Ok(statements)
    }

    /// Takes the semicolon that ends a statement, or finds that none is needed (ECMA-262 §12.10).
    pub(super) fn semicolon(&mut self) -> Read<()> {
        let is_end = self.kind() == Kind::End || self.is_mark("}") || self.token().newline;
        if self.take_mark(";") || is_end { Ok(()) } else { self.fail("`;`") }
    }

    pub(super) fn statement(&mut self) -> Read<Statement> {
        let start = self.start();
        let kind = match self.kind() {
            Kind::Word => self.statement_of_word()?,
            Kind::Mark => match self.spelling() {
                "{" => StatementKind::Block(self.block()?),
                ";" => {
                    self.advance();
                    StatementKind::Nothing
                }
                "@" => self.decorated()?,
                _ => self.expression_statement()?,
            },
            _ => self.expression_statement()?,
        };
        Ok(Statement { kind, span: self.span_from(start) })
    }

    fn statement_of_word(&mut self) -> Read<StatementKind> {
        if self.is_mark_at(self.at + 1, ":") && !super::is_reserved(self.spelling()) {
            let label = self.name()?;
            self.advance();
            let body = Box::new(self.nested(Self::statement)?);
            return Ok(StatementKind::Labelled { label, body });
        }
        match self.spelling() {
            "var" => self.variable_statement(VariableKind::Var),
            "const" if self.is_word_at(self.at + 1, "enum") => {
                self.advance();
                self.enumeration()
            }
            "const" => self.variable_statement(VariableKind::Const),
            "let" if self.begins_binding(self.at + 1) => self.variable_statement(VariableKind::Let),
            "using" | "await" if self.is_using() => {
                self.take_word("await");
                self.variable_statement(VariableKind::Const)
            }
            "function" => self.function_statement(),
            "async" if self.is_word_at(self.at + 1, "function") && !self.is_on_new_line(self.at + 1) => {
                self.function_statement()
            }
            "class" => Ok(StatementKind::Class(Box::new(self.class(Vec::new())?))),
            "import" if !self.is_mark_at(self.at + 1, "(") && !self.is_mark_at(self.at + 1, ".") => self.import(),
            "export" => self.export(Vec::new()),
            "return" | "throw" | "break" | "continue" | "debugger" => self.jump(),
            "if" | "for" | "while" | "do" | "switch" | "try" => self.control(),
            _ => match self.typescript()? {
                Some(kind) => Ok(kind),
                None => self.expression_statement(),
            },
        }
    }

    fn expression_statement(&mut self) -> Read<StatementKind> {
        let expression = self.expression()?;
        self.semicolon()?;
        Ok(StatementKind::Expression(expression))
    }

    fn function_statement(&mut self) -> Read<StatementKind> {
        match self.function()? {
            Some(function) => Ok(StatementKind::Function(Box::new(function))),
            None => self.semicolon().map(|()| StatementKind::Nothing),
        }
    }

    fn jump(&mut self) -> Read<StatementKind> {
        let word = self.spelling();
        self.advance();
        let goes_on = !self.token().newline && !self.is_mark(";") && !self.is_mark("}") && self.kind() != Kind::End;
        let kind = match word {
            "return" => StatementKind::Return(if goes_on { Some(self.expression()?) } else { None }),
            "throw" => StatementKind::Throw(self.expression()?),
            "break" => StatementKind::Break(if goes_on { Some(self.name()?) } else { None }),
            "continue" => StatementKind::Continue(if goes_on { Some(self.name()?) } else { None }),
            _ => StatementKind::Nothing,
        };
        self.semicolon()?;
        Ok(kind)
    }

    /// `(test)`; a test that cannot be read is unreadable, and what it decides is kept.
    fn condition(&mut self) -> Read<Expression> {
        if !self.is_mark("(") {
            return self.fail("`(`");
        }
        let open = self.at;
        let token = self.token();
        let limit = token.partner as usize;
        self.advance();
        let context = self.bracketed();
        let read = self.within(context, |builder| builder.nested(Self::expression));
        match read {
            Ok(test) if self.at == limit => self.close(open).map(|()| test),
            _ if !token.closed => self.fail_open(open),
            read => {
                if read.is_ok() {
                    let _ = self.fail::<()>("`)`");
                }
                self.at = open + 1;
                self.advance_to(limit);
                let span = self.span_from(self.token_at(open + 1).start);
                self.advance();
                Ok(Expression { kind: ExpressionKind::Unreadable, span })
            }
        }
    }
}
