//! Imports and exports.

use super::super::lex::Kind;
use super::{Builder, Read, literal};
use crate::syntax::express::{
    Export, ExportName, Expression, ExpressionKind, Import, ImportName, Imported, Name, Statement, StatementKind, Text,
};

impl Builder<'_> {
    pub(super) fn import(&mut self) -> Read<StatementKind> {
        self.advance();
        if self.kind() == Kind::String {
            let module = self.module_name()?;
            return Ok(StatementKind::Import(Import { names: Vec::new(), module }));
        }
        let types_only = self.take_type();
        if self.kind() == Kind::Word && self.is_mark_at(self.at + 1, "=") {
            return self.import_equals(types_only);
        }
        let mut names = Vec::new();
        if self.kind() == Kind::Word {
            names.push(ImportName { imported: Imported::Default, local: self.name()? });
            self.take_mark(",");
        }
        if self.take_mark("*") {
            self.expect_word("as")?;
            names.push(ImportName { imported: Imported::Namespace, local: self.name()? });
        } else if self.is_mark("{") {
            let import_name = |(there, local): (Name, Name)| ImportName { imported: Imported::Name(there.text), local };
            names.extend(self.pairs().into_iter().map(import_name));
        }
        self.expect_word("from")?;
        let module = self.module_name()?;
        Ok(if types_only { StatementKind::Nothing } else { StatementKind::Import(Import { names, module }) })
    }

    /// Takes `type` where it says that no value is meant; it may be the name of one.
    fn take_type(&mut self) -> bool {
        let next = self.at + 1;
        let is_name = match self.token_at(next).kind {
            Kind::Word if self.is_word_at(next, "from") => self.token_at(next + 1).kind == Kind::String,
            Kind::Word => false,
            _ => !(self.is_mark_at(next, "{") || self.is_mark_at(next, "*")),
        };
        !is_name && self.take_word("type")
    }

    /// `a = require('a')`, `a = b.c`
    fn import_equals(&mut self, types_only: bool) -> Read<StatementKind> {
        let name = self.name()?;
        self.advance();
        let value = self.nested(Self::chain)?;
        self.semicolon()?;
        Ok(if types_only { StatementKind::Nothing } else { StatementKind::ImportEquals { name, value } })
    }

    /// `'module' with { … };`
    fn module_name(&mut self) -> Read<Text> {
        if self.kind() != Kind::String {
            return self.fail("a module");
        }
        let text = Text { value: literal::string(self.spelling()), span: self.token_span() };
        self.advance();
        if (self.is_word("with") || self.is_word("assert")) && self.is_mark_at(self.at + 1, "{") {
            let end = self.skip(self.at + 1, self.tokens.len());
            self.advance_to(end);
        }
        self.semicolon()?;
        Ok(text)
    }

    /// `{ a, b as c, type D }`: pairs of names; types are left out.
    fn pairs(&mut self) -> Vec<(Name, Name)> {
        let pair = |builder: &mut Self| {
            let next = builder.at + 1;
            // `type`, `type as a`, `type as as a` name a value; `type A`, `type as`, `type A as B` do not.
            let is_type = builder.is_word("type")
                && matches!(builder.token_at(next).kind, Kind::Word | Kind::String)
                && (!builder.is_word_at(next, "as")
                    || builder.is_mark_at(next + 1, ",")
                    || builder.is_mark_at(next + 1, "}"));
            if is_type {
                builder.advance();
            }
            let first = builder.export_name()?;
            let second = if builder.take_word("as") { builder.export_name()? } else { first.clone() };
            Ok((!is_type).then_some((first, second)))
        };
        self.items(pair, |_| None).into_iter().flatten().collect()
    }

    /// A name, or a string in its place.
    fn export_name(&mut self) -> Read<Name> {
        if self.kind() != Kind::String {
            return self.any_name();
        }
        let name = Name { text: literal::string(self.spelling()), span: self.token_span() };
        self.advance();
        Ok(name)
    }

    pub(super) fn export(&mut self, mut decorators: Vec<Expression>) -> Read<StatementKind> {
        self.advance();
        decorators.extend(self.decorators()?);
        let next = self.at + 1;
        match self.spelling() {
            "default" => self.export_default(decorators),
            "=" => {
                self.advance();
                let value = self.expression()?;
                self.semicolon()?;
                Ok(StatementKind::Export(Export::Assign(value)))
            }
            "*" => self.export_all(),
            "{" => self.export_names(),
            "type" if self.is_mark_at(next, "{") || self.is_mark_at(next, "*") => {
                self.advance();
                if self.is_mark("*") {
                    self.export_all()?
                } else {
                    self.export_names()?
                };
                Ok(StatementKind::Nothing)
            }
            // `export as namespace A;`
            "as" if self.is_word_at(next, "namespace") => {
                self.advance_to(next + 1);
                self.any_name()?;
                self.semicolon()?;
                Ok(StatementKind::Nothing)
            }
            "class" | "abstract" if !decorators.is_empty() => {
                let start = self.start();
                let class = self.class(decorators)?;
                let declaration =
                    Statement { kind: StatementKind::Class(Box::new(class)), span: self.span_from(start) };
                Ok(StatementKind::Export(Export::Declaration(Box::new(declaration))))
            }
            _ => {
                let declaration = self.nested(Self::statement)?;
                Ok(match declaration.kind {
                    StatementKind::Nothing => StatementKind::Nothing,
                    StatementKind::Expression(_) => return self.fail_with("nothing is exported".to_owned()),
                    _ => StatementKind::Export(Export::Declaration(Box::new(declaration))),
                })
            }
        }
    }

    fn export_default(&mut self, mut decorators: Vec<Expression>) -> Read<StatementKind> {
        self.advance();
        decorators.extend(self.decorators()?);
        let next = self.at + 1;
        let value = match self.spelling() {
            "class" => self.class_expression(decorators)?,
            "abstract" if self.is_word_at(next, "class") => self.class_expression(decorators)?,
            "function" => return self.export_default_function(),
            "async" if self.is_word_at(next, "function") && !self.is_on_new_line(next) => {
                return self.export_default_function();
            }
            "interface" if self.token_at(next).kind == Kind::Word && !self.is_on_new_line(next) => {
                return self.nested(Self::statement).map(|_| StatementKind::Nothing);
            }
            _ => {
                let value = self.assignment()?;
                self.semicolon()?;
                value
            }
        };
        Ok(StatementKind::Export(Export::Default(value)))
    }

    fn export_default_function(&mut self) -> Read<StatementKind> {
        let Some(function) = self.function()? else { return self.semicolon().map(|()| StatementKind::Nothing) };
        let span = function.span;
        let value = Expression { kind: ExpressionKind::Function(Box::new(function)), span };
        Ok(StatementKind::Export(Export::Default(value)))
    }

    /// `* as a from 'b'`
    fn export_all(&mut self) -> Read<StatementKind> {
        self.advance();
        let name = if self.take_word("as") { Some(self.export_name()?) } else { None };
        self.expect_word("from")?;
        Ok(StatementKind::Export(Export::All { name, module: self.module_name()? }))
    }

    /// `{ a as b } from 'c'`
    fn export_names(&mut self) -> Read<StatementKind> {
        let pairs = self.pairs();
        let names = pairs.into_iter().map(|(local, exported)| ExportName { local, exported }).collect();
        let module = if self.take_word("from") {
            Some(self.module_name()?)
        } else {
            self.semicolon()?;
            None
        };
        Ok(StatementKind::Export(Export::Names { names, module }))
    }
}
