//! Elements of JSX: told from type parameters, and read as one token each.
//!
//! What stands in their braces is read like any code, since only that tells where it ends, but no token of it is kept.

use std::collections::HashMap;

use super::super::grammar::Rule;
use super::state::{Bracket, State};
use super::{Kind, Lexer};

/// The elements that are open, each in a hole of the one before it.
#[derive(Debug, Default)]
pub(super) struct Elements<'t> {
    open: Vec<Element>,
    /// One did not end: this is no JSX, and no `<` is asked again.
    is_off: bool,
    /// Where each name is last closed by `</name`; of all the text, once it is asked.
    closings: Option<HashMap<&'t str, usize>>,
}

/// An outermost element, or one in a hole.
#[derive(Debug, Clone, Copy)]
struct Element {
    /// Its `<`.
    start: usize,
    /// How many tags are open in it.
    depth: usize,
    /// What was known before it.
    state: State,
    newline: bool,
    brackets: usize,
    comments: usize,
}

/// Where in an element one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Tag,
    Children,
}

impl Lexer<'_> {
    /// Whether tokens are those of a hole.
    pub(super) fn is_in_element(&self) -> bool {
        !self.elements.open.is_empty()
    }

    /// Reads an element if one begins at this `<`, where an operand does.
    pub(super) fn begin_element(&mut self) -> bool {
        if self.elements.is_off {
            return false;
        }
        let limit = self.reader.limit(self.at, 256);
        let Some(taken) = self.reader.take(Rule::jsx_start, self.at, limit) else { return false };
        let name = taken.pieces.first().map_or("", |piece| &self.text[piece.start..piece.end]);
        // `<T>(x) => x` and `<T>x` look like an element up to here.
        if self.text[taken.end..].starts_with('>') && !self.is_closed_behind(name, self.at) {
            return false;
        }
        self.elements.open.push(Element {
            start: self.at,
            depth: 0,
            state: self.state,
            newline: self.newline,
            brackets: self.brackets.len(),
            comments: self.out.comments.len(),
        });
        self.at = taken.end;
        self.element(Place::Tag);
        true
    }

    /// Goes on behind a hole.
    pub(super) fn resume_element(&mut self, tag: bool) {
        self.element(if tag { Place::Tag } else { Place::Children });
    }

    /// Reads up to the next hole, or to the end of the innermost element.
    fn element(&mut self, mut place: Place) {
        while let Some(element) = self.elements.open.last_mut() {
            let rule = if place == Place::Tag { Rule::jsx_tag } else { Rule::jsx_children };
            let taken = self.reader.one(rule, self.at);
            let stop = taken.as_ref().and_then(|taken| taken.pieces.last()).map(|piece| piece.rule);
            self.at = taken.map_or(self.at, |taken| taken.end);
            match (stop, place) {
                (Some(Rule::jsx_open), _) => element.depth += 1,
                (Some(Rule::jsx_empty), _) => {}
                (Some(Rule::jsx_close), _) => element.depth -= 1,
                (Some(Rule::jsx_nested), Place::Children) => {
                    place = Place::Tag;
                    continue;
                }
                (Some(Rule::jsx_hole), _) => {
                    self.state = State::OPERATOR;
                    return self.brackets.open(Bracket::Jsx { tag: place == Place::Tag }, None);
                }
                _ => return self.leave_element(),
            }
            if element.depth == 0 {
                return self.end_element();
            }
            place = Place::Children;
        }
    }

    fn end_element(&mut self) {
        if let Some(element) = self.elements.open.pop() {
            let end = self.at;
            self.at = element.start;
            self.newline = element.newline;
            self.put(Kind::Jsx, end);
            self.state = State::VALUE;
        }
    }

    /// What looked like an element is none: its `<` is an operator, and so is any that follows.
    pub(super) fn leave_element(&mut self) {
        let Some(first) = self.elements.open.first().copied() else { return };
        self.elements.open.clear();
        self.elements.is_off = true;
        self.at = first.start;
        self.state = first.state;
        self.newline = first.newline;
        self.brackets.truncate(first.brackets);
        self.out.comments.truncate(first.comments);
        self.operator(Rule::less);
    }

    /// Whether `</name` stands anywhere behind an offset.
    fn is_closed_behind(&mut self, name: &str, at: usize) -> bool {
        let text = self.text;
        let closings = self.elements.closings.get_or_insert_with(|| {
            let name = |at: usize| {
                let rest = text[at + 2..].trim_start();
                rest.split(|c: char| !(c.is_alphanumeric() || "_$.:-".contains(c))).next().unwrap_or_default()
            };
            text.match_indices("</").map(|(at, _)| (name(at), at)).collect()
        });
        closings.get(name).is_some_and(|last| *last > at)
    }
}
