//! What a value is put into.

use super::expression::target_of;
use super::{Builder, Read};
use crate::source::Span;
use crate::syntax::express::{ElementPattern, Expression, Key, Pattern, PropertyPattern};

/// What stands between the commas of a pattern.
enum Item<T> {
    One(T),
    Rest(Pattern),
    Hole,
}

impl Builder<'_> {
    /// What is declared.
    pub(super) fn binding(&mut self) -> Read<Pattern> {
        self.pattern(false)
    }

    /// What is assigned to: members as well.
    pub(super) fn target(&mut self) -> Read<Pattern> {
        self.pattern(true)
    }

    fn pattern(&mut self, members: bool) -> Read<Pattern> {
        if self.is_mark("{") {
            return self.nested(|builder| Ok(builder.object_pattern(members)));
        }
        if self.is_mark("[") {
            return self.nested(|builder| Ok(builder.array_pattern(members)));
        }
        if members {
            return self.nested(Self::chain).map(target_of);
        }
        self.name().map(Pattern::Name)
    }

    fn default(&mut self) -> Read<Option<Expression>> {
        if self.take_mark("=") { self.assignment().map(Some) } else { Ok(None) }
    }

    fn object_pattern(&mut self, members: bool) -> Pattern {
        let start = self.start();
        let unreadable = |span: Span| Item::Rest(Pattern::Unreadable(span));
        let items = self.items(|builder| builder.property_pattern(members), unreadable);
        let span = self.span_from(start);
        let (mut properties, mut rest) = (Vec::new(), None);
        for item in items {
            match item {
                Item::One(property) => properties.push(property),
                Item::Rest(pattern) => rest = Some(Box::new(pattern)),
                Item::Hole => {}
            }
        }
        Pattern::Object { properties, rest, span }
    }

    /// `a`, `a = 1`, `a: b = 1`, `...a`
    fn property_pattern(&mut self, members: bool) -> Read<Item<PropertyPattern>> {
        if self.take_mark("...") {
            return self.pattern(members).map(Item::Rest);
        }
        let name = self.at;
        let key = self.key()?;
        let value = match &key {
            Key::Name(name_of_key) if !self.is_mark(":") => {
                if super::is_reserved(self.spelling_at(name)) {
                    return self.fail("`:`");
                }
                Pattern::Name(name_of_key.clone())
            }
            _ => {
                self.expect_mark(":")?;
                self.pattern(members)?
            }
        };
        Ok(Item::One(PropertyPattern { key, value, default: self.default()? }))
    }

    fn array_pattern(&mut self, members: bool) -> Pattern {
        let start = self.start();
        let unreadable = |span: Span| Item::One(ElementPattern { value: Pattern::Unreadable(span), default: None });
        let items = self.items(|builder| builder.element_pattern(members), unreadable);
        let span = self.span_from(start);
        let (mut elements, mut rest) = (Vec::new(), None);
        for item in items {
            match item {
                Item::One(element) => elements.push(Some(element)),
                Item::Hole => elements.push(None),
                Item::Rest(pattern) => rest = Some(Box::new(pattern)),
            }
        }
        Pattern::Array { elements, rest, span }
    }

    fn element_pattern(&mut self, members: bool) -> Read<Item<ElementPattern>> {
        if self.is_mark(",") {
            return Ok(Item::Hole);
        }
        if self.take_mark("...") {
            return self.pattern(members).map(Item::Rest);
        }
        let value = self.pattern(members)?;
        Ok(Item::One(ElementPattern { value, default: self.default()? }))
    }
}
