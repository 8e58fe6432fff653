//! Which bracket closes which.

use super::index32;
use super::state::Bracket;
use super::token::Token;

/// How far down a `)` looks for its partner; this bounds time where none is closed.
const REACH: usize = 64;

/// The brackets that are open.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    /// With the index of the token, unless it is one in an element.
    stack: Vec<(Bracket, Option<usize>)>,
    /// How many of them a `}` closes.
    braces: usize,
    /// What the last `close` closed.
    partner: Option<usize>,
}

impl Brackets {
    pub(super) fn open(&mut self, bracket: Bracket, index: Option<usize>) {
        self.braces += usize::from(is_brace(bracket));
        self.stack.push((bracket, index));
    }

    /// Closes the bracket that this one closes; `index` is that of its token. A brace closes the parentheses in it that
    /// are still open, but not the other way round: it is a brace that people count.
    pub(super) fn close(&mut self, spelling: &str, index: usize, tokens: &mut [Token]) -> Option<Bracket> {
        self.partner = None;
        let is_partner = |bracket: Bracket| match spelling {
            "}" => is_brace(bracket),
            ")" => matches!(bracket, Bracket::Paren { .. }),
            _ => bracket == Bracket::Square,
        };
        if spelling == "}" && self.braces == 0 {
            return None;
        }
        let reach = if spelling == "}" { usize::MAX } else { REACH };
        let mut above = self.stack.iter().rev().take(reach);
        let depth = above.position(|(bracket, _)| is_partner(*bracket) || is_brace(*bracket))?;
        let at = self.stack.len() - 1 - depth;
        if !is_partner(self.stack[at].0) {
            return None;
        }
        for (_, opened) in self.stack.drain(at + 1..) {
            end(opened, index, false, tokens);
        }
        let (bracket, opened) = self.stack.pop()?;
        self.braces -= usize::from(is_brace(bracket));
        end(opened, index, true, tokens);
        self.partner = opened;
        Some(bracket)
    }

    /// The token that the last `close` closed.
    pub(super) fn partner(&self) -> Option<usize> {
        self.partner
    }

    /// How many are open.
    pub(super) fn len(&self) -> usize {
        self.stack.len()
    }

    /// Forgets those that were opened since there were `len`.
    pub(super) fn truncate(&mut self, len: usize) {
        let forgotten = self.stack.drain(len.min(self.stack.len())..);
        self.braces -= forgotten.filter(|(bracket, _)| is_brace(*bracket)).count();
    }

    /// What is still open ends with the text.
    pub(super) fn close_all(&mut self, index: usize, tokens: &mut [Token]) {
        for (_, opened) in self.stack.drain(..) {
            end(opened, index, false, tokens);
        }
    }
}

fn end(opened: Option<usize>, index: usize, closed: bool, tokens: &mut [Token]) {
    if let Some(token) = opened.and_then(|opened| tokens.get_mut(opened)) {
        token.partner = index32(index);
        token.closed = closed;
    }
}

fn is_brace(bracket: Bracket) -> bool {
    matches!(bracket, Bracket::Brace { .. } | Bracket::Hole | Bracket::Jsx { .. })
}
