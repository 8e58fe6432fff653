//! The only place that speaks to pest: its pairs become ranges of the text.

use pest::Parser;

/// The rules of the grammar.
mod rules {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammars/express.pest"]
    pub(super) struct Grammar;
}

use rules::Grammar;
pub(super) use rules::Rule;

/// Least and most bytes that are handed to pest at once, unless one token is longer. pest looks at all of them, so what
/// is read in vain has to be in proportion to what is of use.
const WINDOWS: std::ops::RangeInclusive<usize> = 256..=64 << 10;

/// Nothing of the grammar looks further ahead than this, in bytes: what is as far from a window's end is as it would be
/// without one.
const LOOK_AHEAD: usize = 16;

/// A piece of the text that a rule takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// What takes it.
    pub(super) rule: Rule,
    /// Its first byte.
    pub(super) start: usize,
    /// The byte behind it.
    pub(super) end: usize,
}

/// What a rule takes of a text, in pieces.
#[derive(Debug)]
pub(super) struct Taken {
    /// What it is made of.
    pub(super) pieces: Vec<Piece>,
    /// The byte behind all of it.
    pub(super) end: usize,
    /// Whether more would have been taken, had there been more text.
    pub(super) is_cut: bool,
}

impl Taken {
    /// Whether a rule that ends with a mark has not come to it; what stands before it may be longer than a window.
    fn wants_more(&self, rule: Rule) -> bool {
        let has_mark = matches!(rule, Rule::template | Rule::jsx_tag | Rule::jsx_children);
        let last = self.pieces.last().map(|piece| piece.rule);
        let inside = matches!(
            last,
            None | Some(Rule::template_text | Rule::jsx_name | Rule::line_comment | Rule::block_comment)
        );
        has_mark && inside
    }
}

/// Reads a text through windows.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    text: &'t str,
    window: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, window: *WINDOWS.start() }
    }

    /// What `run` takes from `at` on: as many tokens as lie safely in a window, at least one where there is one.
    pub(super) fn run(&mut self, at: usize) -> Taken {
        let mut window = self.window;
        loop {
            let limit = self.limit(at, window);
            let mut taken =
                self.take(Rule::run, at, limit).unwrap_or(Taken { pieces: Vec::new(), end: at, is_cut: false });
            let is_cut = |end: usize| limit < self.text.len() && end + LOOK_AHEAD > limit;
            let unsafe_piece = taken.pieces.iter().position(|piece| is_cut(piece.end));
            if unsafe_piece == Some(0) || (taken.pieces.is_empty() && is_cut(taken.end)) {
                window *= 2;
                continue;
            }
            // White space may go on behind the window, and so may what a `/` begins.
            taken.is_cut = is_cut(taken.end);
            if let Some(first) = unsafe_piece {
                taken.end = taken.pieces[first].start;
                taken.pieces.truncate(first);
                taken.is_cut = true;
            }
            self.window = (self.window * 2).clamp(*WINDOWS.start(), *WINDOWS.end());
            return taken;
        }
    }

    /// Says up to where the last run was of use, so that the next reads no more in vain than this.
    pub(super) fn used(&mut self, bytes: usize) {
        self.window = (bytes * 2).clamp(*WINDOWS.start(), *WINDOWS.end());
    }

    /// What another rule takes from `at` on, which is one that can't fail for want of text.
    pub(super) fn one(&self, rule: Rule, at: usize) -> Option<Taken> {
        let mut window = *WINDOWS.start();
        loop {
            let limit = self.limit(at, window);
            let taken = self.take(rule, at, limit);
            let is_whole = |taken: &Taken| taken.end + LOOK_AHEAD <= limit && !taken.wants_more(rule);
            if limit == self.text.len() || taken.as_ref().is_some_and(is_whole) {
                return taken;
            }
            window *= 2;
        }
    }

    /// What a rule takes of `at..limit`.
    pub(super) fn take(&self, rule: Rule, at: usize, limit: usize) -> Option<Taken> {
        let pair = Grammar::parse(rule, &self.text[at..limit]).ok()?.next()?;
        let end = at + pair.as_span().end();
        let piece = |pair: pest::iterators::Pair<'_, Rule>| {
            let span = pair.as_span();
            Piece { rule: pair.as_rule(), start: at + span.start(), end: at + span.end() }
        };
        Some(Taken { pieces: pair.into_inner().map(piece).collect(), end, is_cut: false })
    }

    /// The end of a window, on the boundary of a character.
    pub(super) fn limit(&self, at: usize, window: usize) -> usize {
        let mut limit = (at + window).min(self.text.len());
        while !self.text.is_char_boundary(limit) {
            limit += 1;
        }
        limit
    }
}
