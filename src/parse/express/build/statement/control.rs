//! Statements that hold others.

use super::super::super::lex::Kind;
use super::super::expression::target_of;
use super::super::{Builder, Context, Read};
use crate::syntax::express::{
    Case, Catch, EachKind, Expression, ForInit, Pattern, Statement, StatementKind, VariableKind, Variables,
};

/// What stands before the first `;` of a `for`, or before its `of`.
enum Head {
    Init(Option<ForInit>),
    Target(Option<VariableKind>, Pattern),
}

impl Builder<'_> {
    /// `if`, `for`, `while`, `do`, `switch`, `try`
    pub(super) fn control(&mut self) -> Read<StatementKind> {
        let word = self.spelling();
        self.advance();
        match word {
            "if" => self.choice(),
            "for" => self.repetition(),
            "while" => {
                let test = self.condition()?;
                Ok(StatementKind::While { test, body: self.body()? })
            }
            "do" => {
                let body = self.body()?;
                self.expect_word("while")?;
                let test = self.condition()?;
                self.take_mark(";");
                Ok(StatementKind::DoWhile { body, test })
            }
            "switch" => self.switch(),
            _ => self.attempt(),
        }
    }

    /// A statement in another.
    fn body(&mut self) -> Read<Box<Statement>> {
        self.nested(Self::statement).map(Box::new)
    }

    fn choice(&mut self) -> Read<StatementKind> {
        let test = self.condition()?;
        let then = self.body()?;
        let otherwise = if self.take_word("else") { Some(self.body()?) } else { None };
        Ok(StatementKind::If { test, then, otherwise })
    }

    fn switch(&mut self) -> Read<StatementKind> {
        let on = self.condition()?;
        if !self.is_mark("{") {
            return self.fail("`{`");
        }
        let open = self.at;
        let limit = self.partner();
        self.advance();
        let context = self.bracketed();
        let cases = self.within(context, |builder| builder.cases(limit));
        if self.close(open).is_err() {
            self.advance_to(limit);
        }
        Ok(StatementKind::Switch { on, cases })
    }

    fn cases(&mut self, limit: usize) -> Vec<Case> {
        let begins = |builder: &Self| {
            builder.is_word("case") || (builder.is_word("default") && builder.is_mark_at(builder.at + 1, ":"))
        };
        let mut cases = Vec::new();
        while self.at < limit {
            // What stands before the first case is unreadable; it becomes one of its own.
            let test = if begins(self) { self.case_test().ok().flatten() } else { None };
            let mut body = self.statements_until(limit, begins);
            body.shrink_to_fit();
            cases.push(Case { test, body });
        }
        cases
    }

    /// `case test:`, `default:`
    fn case_test(&mut self) -> Read<Option<Expression>> {
        if self.take_word("default") {
            return self.expect_mark(":").map(|()| None);
        }
        self.advance();
        // `case (a): b => …` is no function.
        let context = Context { consequent: true, ..self.context };
        let test = self.within(context, |builder| builder.nested(Self::expression))?;
        self.expect_mark(":")?;
        Ok(Some(test))
    }

    fn attempt(&mut self) -> Read<StatementKind> {
        let block = self.block()?;
        let mut catch = None;
        if self.take_word("catch") {
            let parameter = if self.is_mark("(") { Some(self.exception()?) } else { None };
            catch = Some(Catch { parameter, body: self.block()? });
        }
        let finally = if self.take_word("finally") { Some(self.block()?) } else { None };
        Ok(StatementKind::Try { block, catch, finally })
    }

    /// `(error: unknown)`
    fn exception(&mut self) -> Read<Pattern> {
        let open = self.at;
        self.advance();
        let pattern = self.binding()?;
        self.annotation()?;
        self.close(open)?;
        Ok(pattern)
    }

    fn repetition(&mut self) -> Read<StatementKind> {
        let awaited = self.take_word("await");
        if !self.is_mark("(") {
            return self.fail("`(`");
        }
        let open = self.at;
        self.advance();
        let context = Context { no_in: true, ..self.bracketed() };
        let head = self.within(context, Self::head)?;
        match head {
            Head::Init(init) => {
                let context = self.bracketed();
                let (test, update) = self.within(context, |builder| builder.turns(open))?;
                self.close(open)?;
                Ok(StatementKind::For { init, test, update, body: self.body()? })
            }
            Head::Target(declares, target) => {
                let kind = match (self.take_word("in"), awaited) {
                    (true, _) => EachKind::Key,
                    (false, true) => EachKind::Awaited,
                    (false, false) => EachKind::Value,
                };
                self.take_word("of");
                let context = self.bracketed();
                let values = self.within(context, Self::expression)?;
                self.close(open)?;
                Ok(StatementKind::ForEach { kind, declares, target, values, body: self.body()? })
            }
        }
    }

    fn head(&mut self) -> Read<Head> {
        if self.is_mark(";") {
            return Ok(Head::Init(None));
        }
        let kind = match self.spelling() {
            "var" => Some(VariableKind::Var),
            "let" if self.begins_binding(self.at + 1) => Some(VariableKind::Let),
            "const" => Some(VariableKind::Const),
            "using" | "await" if self.is_using() => {
                self.take_word("await");
                Some(VariableKind::Const)
            }
            _ => None,
        };
        if let Some(kind) = kind {
            let mut variables = self.variables(kind)?;
            return Ok(match variables.declarators.pop() {
                Some(only) if variables.declarators.is_empty() && self.is_each() => {
                    Head::Target(Some(kind), only.target)
                }
                last => {
                    variables.declarators.extend(last);
                    Head::Init(Some(ForInit::Variables(Variables { kind, ..variables })))
                }
            });
        }
        let token = self.token();
        let behind = token.partner as usize + 1;
        let opens = token.kind == Kind::Mark && token.closed && (self.is_mark("{") || self.is_mark("["));
        if opens && (self.is_word_at(behind, "of") || self.is_word_at(behind, "in")) {
            return Ok(Head::Target(None, self.target()?));
        }
        let init = self.expression()?;
        if self.is_each() {
            Ok(Head::Target(None, target_of(init)))
        } else {
            Ok(Head::Init(Some(ForInit::Expression(init))))
        }
    }

    fn is_each(&self) -> bool {
        self.is_word("of") || self.is_word("in")
    }

    /// `; test; update`
    fn turns(&mut self, open: usize) -> Read<(Option<Expression>, Option<Expression>)> {
        self.expect_mark(";")?;
        let test = if self.is_mark(";") { None } else { Some(self.expression()?) };
        self.expect_mark(";")?;
        let is_end = self.at >= self.token_at(open).partner as usize;
        let update = if is_end { None } else { Some(self.expression()?) };
        Ok((test, update))
    }
}
