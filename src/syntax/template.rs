//! What a template chooses between in a file, whatever language it is written in.

use crate::source::Span;

/// How a conditional is read that a tree cannot show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The conditional.
    pub conditional: Conditional,
    /// The answer that this takes, as for [`Conditional::arm`].
    pub answer: usize,
    /// The piece that is read, to the end of the last directive that begins in it.
    pub reach: Span,
}

/// Index into a list of conditionals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConditionalId(pub u32);

/// A place at which a template puts one of several pieces of text, or none. A loop is one of a single piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conditional {
    /// What decides, without tags. Where two ask the same, they are decided alike.
    pub question: String,
    /// Whether the first arm is there where `question` does not hold.
    pub negated: bool,
    /// The pieces, in order.
    pub arms: Vec<Arm>,
}

impl Conditional {
    /// Whether it is a loop, by the first word of its question.
    #[must_use]
    pub fn is_loop(&self) -> bool {
        let first = self.question.split_whitespace().next().unwrap_or_default();
        matches!(first, "for" | "foreach" | "while" | "until" | "range" | "each")
            || self.question.ends_with(" do")
            || self.question.ends_with('|')
    }

    /// How many answers there are to its question: one for each condition, and that none holds.
    #[must_use]
    pub fn answers(&self) -> usize {
        self.arms.iter().filter(|arm| !arm.otherwise).count() + 1
    }

    /// The answer at which the first arm is there.
    #[must_use]
    pub fn first_answer(&self) -> usize {
        usize::from(self.negated)
    }

    /// The arm that is there when the question is answered so, if any is.
    #[must_use]
    pub fn arm(&self, answer: usize) -> Option<usize> {
        let index = if self.negated { 1usize.checked_sub(answer)? } else { answer };
        let condition = index < self.answers() - 1;
        if condition { Some(index) } else { self.arms.iter().position(|arm| arm.otherwise) }
    }
}

/// One of the pieces of a [`Conditional`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arm {
    /// The tag before it.
    pub tag: Span,
    /// Whether it is there wherever none before it is.
    pub otherwise: bool,
}
