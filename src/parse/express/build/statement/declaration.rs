//! Declarations, those of TypeScript among them.

use super::super::super::lex::Kind;
use super::super::{Builder, Context, Read, is_reserved};
use crate::syntax::express::{
    Declarator, EnumMember, ExpressionKind, Key, Name, Statement, StatementKind, VariableKind, Variables,
};

impl Builder<'_> {
    pub(super) fn variable_statement(&mut self, kind: VariableKind) -> Read<StatementKind> {
        let variables = self.variables(kind)?;
        self.semicolon()?;
        Ok(StatementKind::Variables(variables))
    }

    /// `const a = 1, b = 2`
    pub(super) fn variables(&mut self, kind: VariableKind) -> Read<Variables> {
        self.advance();
        let mut declarators = Vec::new();
        loop {
            let start = self.start();
            let target = self.binding()?;
            self.take_mark("!");
            self.annotation()?;
            let value = if self.take_mark("=") { Some(self.assignment()?) } else { None };
            declarators.push(Declarator { target, value, span: self.span_from(start) });
            if !self.take_mark(",") {
                return Ok(Variables { kind, declarators });
            }
        }
    }

    /// Whether what is declared begins at an index; `let` may be a name in scripts.
    pub(super) fn begins_binding(&self, at: usize) -> bool {
        let is_name =
            self.token_at(at).kind == Kind::Word && !matches!(self.spelling_at(at), "in" | "of" | "instanceof");
        is_name || self.is_mark_at(at, "{") || self.is_mark_at(at, "[")
    }

    /// `using a = …`, `await using a = …`
    pub(super) fn is_using(&self) -> bool {
        let at = self.at + usize::from(self.is_word("await"));
        let name = self.token_at(at + 1);
        let declares = name.kind == Kind::Word && !name.newline && !is_reserved(self.spelling_at(at + 1));
        let follows = self.is_mark_at(at + 2, "=") || self.is_mark_at(at + 2, ":") || self.is_word_at(at + 2, "of");
        self.is_word_at(at, "using") && declares && follows
    }

    /// What begins with `@`.
    pub(super) fn decorated(&mut self) -> Read<StatementKind> {
        let decorators = self.decorators()?;
        match self.spelling() {
            "export" => self.export(decorators),
            _ => Ok(StatementKind::Class(Box::new(self.class(decorators)?))),
        }
    }

    /// A statement that only TypeScript has; none where its first word is a name.
    pub(super) fn typescript(&mut self) -> Read<Option<StatementKind>> {
        let next = self.token_at(self.at + 1);
        if next.newline || !matches!(next.kind, Kind::Word | Kind::String | Kind::Mark) {
            return Ok(None);
        }
        let is_name = next.kind == Kind::Word && !matches!(self.spelling_at(self.at + 1), "in" | "of" | "instanceof");
        match self.spelling() {
            "type" if is_name => self.type_alias().map(Some),
            "interface" if is_name => self.interface().map(Some),
            "enum" if is_name => self.enumeration().map(Some),
            "abstract" if self.is_word_at(self.at + 1, "class") => {
                Ok(Some(StatementKind::Class(Box::new(self.class(Vec::new())?))))
            }
            "namespace" | "module" if is_name => self.namespace().map(Some),
            "declare" if is_name => self.ambient().map(Some),
            _ => Ok(None),
        }
    }

    /// `type A<T> = B;`
    fn type_alias(&mut self) -> Read<StatementKind> {
        self.advance();
        self.any_name()?;
        self.pass_type_parameters()?;
        self.expect_mark("=")?;
        self.pass_type()?;
        self.semicolon()?;
        Ok(StatementKind::Nothing)
    }

    /// `interface A extends B, C { … }`
    fn interface(&mut self) -> Read<StatementKind> {
        self.advance();
        self.any_name()?;
        self.pass_type_parameters()?;
        if self.take_word("extends") {
            self.pass_type()?;
            while self.take_mark(",") {
                self.pass_type()?;
            }
        }
        if !self.is_mark("{") {
            return self.fail("`{`");
        }
        let end = self.skip(self.at, self.tokens.len());
        self.advance_to(end);
        Ok(StatementKind::Nothing)
    }

    /// `enum A { B = 'b', C }`, behind `const`
    pub(in super::super) fn enumeration(&mut self) -> Read<StatementKind> {
        self.advance();
        let name = self.any_name()?;
        if !self.is_mark("{") {
            return self.fail("`{`");
        }
        let unreadable = |span| EnumMember {
            key: Key::Computed(Box::new(crate::syntax::express::Expression { kind: ExpressionKind::Unreadable, span })),
            value: None,
        };
        let member = |builder: &mut Self| {
            let key = builder.key()?;
            let value = if builder.take_mark("=") { Some(builder.assignment()?) } else { None };
            Ok(EnumMember { key, value })
        };
        let members = self.items(member, unreadable);
        Ok(StatementKind::Enum { name, members })
    }

    /// `namespace a.b { … }`, also called `module`
    fn namespace(&mut self) -> Read<StatementKind> {
        self.advance();
        let mut names: Vec<Name> = vec![self.any_name()?];
        while self.take_mark(".") {
            names.push(self.any_name()?);
        }
        let start = self.start();
        let mut body = self.within(Context::default(), |builder| builder.nested(Self::block))?;
        let span = self.span_from(start);
        while names.len() > 1 {
            if let Some(name) = names.pop() {
                self.check_names(&names)?;
                body = vec![Statement { kind: StatementKind::Namespace { name, body }, span }];
            }
        }
        match names.pop() {
            Some(name) => Ok(StatementKind::Namespace { name, body }),
            None => self.fail("a name"),
        }
    }

    /// Each name of a namespace is a level of the tree.
    fn check_names(&mut self, names: &[Name]) -> Read<()> {
        if names.len() < 32 { Ok(()) } else { self.fail_with("nested too deeply to be read".to_owned()) }
    }

    /// `declare …`
    fn ambient(&mut self) -> Read<StatementKind> {
        self.advance();
        let has_body = matches!(self.spelling(), "module" | "namespace" | "global");
        if !has_body {
            return self.nested(Self::statement).map(|_| StatementKind::Nothing);
        }
        while !self.is_mark("{") && !self.token().newline && self.kind() != Kind::End {
            self.advance();
        }
        if self.is_mark("{") {
            let end = self.skip(self.at, self.tokens.len());
            self.advance_to(end);
        }
        Ok(StatementKind::Nothing)
    }
}
