//! Classes.

use super::super::lex::Kind;
use super::object::Prefix;
use super::{Builder, Context, Read};
use crate::source::Span;
use crate::syntax::express::{Class, Expression, ExpressionKind, Key, Member, MemberKind};

/// What may stand before a member, `static` apart; types only.
const MODIFIERS: [&str; 8] =
    ["public", "private", "protected", "abstract", "override", "readonly", "declare", "accessor"];

impl Builder<'_> {
    /// What stands behind each `@` that comes next.
    pub(super) fn decorators(&mut self) -> Read<Vec<Expression>> {
        let mut decorators = Vec::new();
        while self.take_mark("@") {
            let context = Context { decorator: true, ..self.context };
            decorators.push(self.within(context, |builder| builder.nested(Self::chain))?);
        }
        Ok(decorators)
    }

    pub(super) fn class_expression(&mut self, decorators: Vec<Expression>) -> Read<Expression> {
        let class = self.class(decorators)?;
        let span = class.span;
        Ok(Expression { kind: ExpressionKind::Class(Box::new(class)), span })
    }

    /// `class Name extends Parent { … }`
    pub(super) fn class(&mut self, decorators: Vec<Expression>) -> Read<Class> {
        let start = self.start();
        self.take_word("abstract");
        self.expect_word("class")?;
        let has_name = self.kind() == Kind::Word
            && !self.is_word("extends")
            && (!self.is_word("implements") || self.is_mark_at(self.at + 1, "{"));
        let name = if has_name { Some(self.name()?) } else { None };
        self.pass_type_parameters()?;
        let parent = if self.take_word("extends") { Some(self.nested(Self::chain)?) } else { None };
        if let Some(end) = self.is_mark("<").then(|| self.type_arguments_end(self.at, 0)).flatten() {
            self.advance_to(end);
        }
        if self.take_word("implements") {
            self.pass_type()?;
            while self.take_mark(",") {
                self.pass_type()?;
            }
        }
        let members = self.nested(Self::members)?;
        Ok(Class { name, parent, members, decorators, span: self.span_from(start) })
    }

    fn members(&mut self) -> Read<Vec<Member>> {
        if !self.is_mark("{") {
            return self.fail("`{`");
        }
        let open = self.at;
        let limit = self.partner();
        self.advance();
        let members = self.within(Context::default(), |builder| {
            let mut members = Vec::new();
            while builder.at < limit {
                if builder.take_mark(";") {
                    continue;
                }
                let first = builder.at;
                match builder.member_of_class() {
                    Ok(member) => members.extend(member),
                    Err(_) => members.push(builder.skip_member(first, limit)),
                }
                builder.at = builder.at.min(limit);
            }
            members
        });
        if self.close(open).is_err() {
            self.advance_to(limit);
        }
        Ok(members)
    }

    /// Goes on to the next member, as far as a line that begins with a key tells.
    fn skip_member(&mut self, first: usize, limit: usize) -> Member {
        let failed = self.at;
        let mut at = self.skip(first, limit);
        while at < limit && !(at >= failed && (self.is_mark_at(at - 1, ";") || self.is_on_new_line(at))) {
            at = self.skip(at, limit);
        }
        let start = self.token_at(first).start;
        self.at = first;
        self.advance_to(at);
        let span = self.span_from(start);
        Member { kind: MemberKind::Unreadable, is_static: false, decorators: Vec::new(), span }
    }

    /// One member; none for what has a type only.
    fn member_of_class(&mut self) -> Read<Option<Member>> {
        let decorators = self.decorators()?;
        let start = self.start();
        let (is_static, types_only) = self.modifiers();
        if is_static && self.is_mark("{") {
            let kind = MemberKind::Block(self.nested(Self::block)?);
            return Ok(Some(Member { kind, is_static, decorators, span: self.span_from(start) }));
        }
        if self.is_index_signature() {
            let end = self.skip(self.at, self.tokens.len());
            self.advance_to(end);
            self.annotation()?;
            self.semicolon()?;
            return Ok(None);
        }
        let (prefix, marks) = self.method_prefix();
        let key = self.key()?;
        let optional = self.take_mark("?") || self.take_mark("!");
        let kind = if self.is_mark("(") || (self.is_mark("<") && !optional) || self.is_mark("<") {
            let function = self.nested(|builder| builder.rest_of_function(start, None, marks))?;
            let Some(function) = function else {
                self.semicolon()?;
                return Ok(None);
            };
            match prefix {
                Prefix::None => MemberKind::Method(key, function),
                Prefix::Get => MemberKind::Getter(key, function),
                Prefix::Set => MemberKind::Setter(key, function),
            }
        } else {
            self.field(key)?
        };
        let span: Span = self.span_from(start);
        Ok((!types_only).then_some(Member { kind, is_static, decorators, span }))
    }

    fn field(&mut self, key: Key) -> Read<MemberKind> {
        self.annotation()?;
        let value = if self.take_mark("=") { Some(self.assignment()?) } else { None };
        self.semicolon()?;
        Ok(MemberKind::Field(key, value))
    }

    /// Takes what stands before a key: whether it makes the member static, and whether there is nothing but a type.
    fn modifiers(&mut self) -> (bool, bool) {
        let (mut is_static, mut types_only) = (false, false);
        while self.kind() == Kind::Word {
            let next = self.at + 1;
            let spelling = self.spelling();
            let is_block = spelling == "static" && self.is_mark_at(next, "{");
            let known = spelling == "static" || MODIFIERS.contains(&spelling);
            if !known || !(self.begins_key(next, true) && !self.is_on_new_line(next) || is_block) {
                break;
            }
            is_static |= spelling == "static";
            types_only |= spelling == "declare" || spelling == "abstract";
            self.advance();
        }
        (is_static, types_only)
    }

    /// `[key: string]: T`
    fn is_index_signature(&self) -> bool {
        self.is_mark("[") && self.token_at(self.at + 1).kind == Kind::Word && self.is_mark_at(self.at + 2, ":")
    }
}
