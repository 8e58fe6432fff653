//! Objects, and the keys that they share with classes and patterns.

use super::super::lex::Kind;
use super::{Builder, Read, is_reserved, literal};
use crate::syntax::express::{Expression, ExpressionKind, Key, Name, Property};

/// What stands before the key of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prefix {
    /// Nothing.
    None,
    /// `get`
    Get,
    /// `set`
    Set,
}

/// How a method is marked.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    /// `async`
    pub(super) is_async: bool,
    /// `*`
    pub(super) is_generator: bool,
}

impl Builder<'_> {
    /// `{ a: b, c }`
    pub(super) fn object(&mut self) -> Expression {
        let start = self.start();
        let properties = self.items(Self::property, Property::Unreadable);
        Expression { kind: ExpressionKind::Object(properties), span: self.span_from(start) }
    }

    fn property(&mut self) -> Read<Property> {
        if self.take_mark("...") {
            return self.assignment().map(Property::Spread);
        }
        let start = self.start();
        let (prefix, marks) = self.method_prefix();
        let shorthand = self.is_shorthand();
        let key = self.key()?;
        if self.is_mark("(") || self.is_mark("<") {
            let function = self.nested(|builder| builder.method(start, marks))?;
            return Ok(match prefix {
                Prefix::None => Property::Method { key, function },
                Prefix::Get => Property::Getter { key, function },
                Prefix::Set => Property::Setter { key, function },
            });
        }
        let value = if let (Key::Name(Name { text, span }), true) = (&key, shorthand) {
            Expression { kind: ExpressionKind::Identifier(text.clone()), span: *span }
        } else {
            self.expect_mark(":")?;
            self.assignment()?
        };
        Ok(Property::Value { key, value, span: self.span_from(start) })
    }

    /// Takes `async`, `*`, `get`, `set` where a key follows them.
    pub(super) fn method_prefix(&mut self) -> (Prefix, Marks) {
        let mut marks = Marks::default();
        let mut prefix = Prefix::None;
        if self.is_word("async") && !self.is_on_new_line(self.at + 1) && self.begins_key(self.at + 1, true) {
            self.advance();
            marks.is_async = true;
        }
        if self.take_mark("*") {
            marks.is_generator = true;
        } else if !marks.is_async && self.begins_key(self.at + 1, false) {
            prefix = match (self.kind(), self.spelling()) {
                (Kind::Word, "get") => Prefix::Get,
                (Kind::Word, "set") => Prefix::Set,
                _ => Prefix::None,
            };
            if prefix != Prefix::None {
                self.advance();
            }
        }
        (prefix, marks)
    }

    /// Whether a key begins at an index, with a star before it or not.
    pub(super) fn begins_key(&self, at: usize, star: bool) -> bool {
        match self.token_at(at).kind {
            Kind::Word | Kind::String | Kind::Number | Kind::Private => true,
            Kind::Mark => self.is_mark_at(at, "[") || (star && self.is_mark_at(at, "*")),
            _ => false,
        }
    }

    /// Whether the next token is a property by itself.
    fn is_shorthand(&self) -> bool {
        let ends = self.at + 1 >= self.tokens.len() || self.is_mark_at(self.at + 1, ",") || self.ends_list(self.at + 1);
        self.kind() == Kind::Word && !is_reserved(self.spelling()) && ends
    }

    fn ends_list(&self, at: usize) -> bool {
        self.is_mark_at(at, "}") || self.token_at(at).kind == Kind::End
    }

    /// `name`, `'name'`, `1`, `[name]`, `#name`
    pub(super) fn key(&mut self) -> Read<Key> {
        let span = self.token_span();
        let text = match self.kind() {
            Kind::Word => literal::name(self.spelling()),
            Kind::String => literal::string(self.spelling()),
            Kind::Number => literal::number_key(self.spelling()),
            Kind::Private => {
                let text = literal::name(&self.spelling()[1..]);
                self.advance();
                return Ok(Key::Private(Name { text, span }));
            }
            Kind::Mark if self.is_mark("[") => {
                let open = self.at;
                self.advance();
                let context = self.bracketed();
                let key = self.within(context, |builder| builder.nested(Self::assignment))?;
                self.close(open)?;
                return Ok(Key::Computed(Box::new(key)));
            }
            _ => return self.fail("a key"),
        };
        self.advance();
        Ok(Key::Name(Name { text, span }))
    }
}
