//! What a text is made of, so far as a comment can speak of it or a finding can lie in it.
//!
//! In: a tree. Out: [`Outline`]: the spans of its parts, without a word of what they mean.

mod script;

use crate::analysis::Analysis;
use crate::source::{Source, SourceId, Span};
use crate::syntax::Comment;
use crate::syntax::directive::{Body, Directive};

/// A directive; in JavaScript and TypeScript a statement, an expression, a property, a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// All of it.
    pub(super) span: Span,
    /// What it is known by where it holds others: `location /api/`, `get('/api'`, the name of a function.
    pub(super) head: Option<Span>,
}

/// The parts of one file.
#[derive(Debug, Clone, Default)]
pub(super) struct Outline {
    /// By where they begin; of those that begin together the largest first, so that what lies around a part is before
    /// it.
    parts: Vec<Part>,
    /// The smallest part around each.
    around: Vec<Option<usize>>,
    /// Indices of parts by where they end; of those that end together the largest last.
    by_end: Vec<usize>,
    /// Comments, in file order.
    comments: Vec<Span>,
}

impl Outline {
    /// That of a file that was parsed; empty for any other.
    pub(super) fn of(analysis: &Analysis, source: SourceId) -> Self {
        let tree = analysis.trees.get(&source);
        let parts = match analysis.scripts.get(&source) {
            Some(body) => script::parts(body),
            None => tree.map(|tree| directives(&tree.directives)).unwrap_or_default(),
        };
        let comments = tree.map(|tree| tree.comments.iter().map(|comment| comment.span).collect()).unwrap_or_default();
        Self::new(parts, comments)
    }

    fn new(mut parts: Vec<Part>, comments: Vec<Span>) -> Self {
        parts.sort_by_key(|part| (part.span.start, std::cmp::Reverse(part.span.end)));
        parts.dedup();
        let mut around = Vec::with_capacity(parts.len());
        let mut open: Vec<usize> = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            while open.pop_if(|outer| parts[*outer].span.end < part.span.end).is_some() {}
            around.push(open.last().copied());
            open.push(index);
        }
        let mut by_end: Vec<usize> = (0..parts.len()).collect();
        by_end.sort_by_key(|index| (parts[*index].span.end, std::cmp::Reverse(parts[*index].span.start)));
        Self { parts, around, by_end, comments }
    }

    /// What a comment speaks of: for one on a line of its own, the next line on which something begins in the same
    /// block, and all that begins there; else its own line, and all that begins there, or, if nothing does, ends there.
    /// Nothing where nothing follows in the block.
    pub(super) fn spoken_of(&self, source: &Source, comment: &Comment) -> Option<Span> {
        let place = if comment.own_line { self.next(comment.span)? } else { comment.span.start };
        let line = source.line(place);
        let begin_on = |index: &usize| self.parts[*index].span.start >= line.start;
        // The last that begins there, and what lies around it as far as that begins there, too.
        let last = self.begun_before(line.end).checked_sub(1).filter(begin_on);
        if let Some(last) = self.outward(last).take_while(begin_on).last() {
            return Some(line.to(self.parts[last].span));
        }
        let end_on =
            |index: &usize| self.parts[*index].span.end > line.start && self.parts[*index].span.end <= line.end;
        let ended = self.by_end.partition_point(|index| self.parts[*index].span.end <= line.end);
        let last = ended.checked_sub(1).map(|last| self.by_end[last]).filter(end_on);
        let largest = self.outward(last).take_while(end_on).last();
        Some(largest.map_or(line, |largest| line.to(self.parts[largest].span)))
    }

    /// Where the part begins that follows a comment in the same block.
    fn next(&self, comment: Span) -> Option<u32> {
        let after = self.begun_before(comment.end);
        let next = self.parts.get(after)?.span;
        let holds = |index: &usize| self.parts[*index].span.end > comment.end;
        let block = self.outward(after.checked_sub(1)).find(holds);
        block.is_none_or(|block| next.end <= self.parts[block].span.end).then_some(next.start)
    }

    /// What the parts around a place are known by, innermost first.
    pub(super) fn heads(&self, place: Span) -> impl Iterator<Item = Span> {
        let last = self.begun_before(place.start.saturating_add(1)).checked_sub(1);
        let around = self.outward(last).map(|index| self.parts[index]);
        let around = around.filter(move |part| part.span.end >= place.end && part.span != place);
        // A place in a head is no place in what it is the head of.
        around.filter_map(|part| part.head).filter(move |head| head.end <= place.start)
    }

    /// How many parts begin before an offset.
    fn begun_before(&self, offset: u32) -> usize {
        self.parts.partition_point(|part| part.span.start < offset)
    }

    /// A part and those around it, innermost first.
    fn outward(&self, from: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(from, |index| self.around[*index])
    }

    /// A stretch of the text without the comments in it.
    pub(super) fn without_comments<'t>(&self, source: &'t Source, span: Span) -> impl Iterator<Item = &'t str> {
        let mut pieces = Vec::new();
        let mut at = span.start;
        let first = self.comments.partition_point(|comment| comment.end <= span.start);
        for comment in self.comments[first..].iter().take_while(|comment| comment.start < span.end) {
            pieces.push(source.slice(Span { start: at, end: comment.start.max(at) }));
            at = comment.end.max(at);
        }
        if at < span.end {
            pieces.push(source.slice(Span { start: at, end: span.end }));
        }
        pieces.into_iter()
    }
}

/// Blocks and simple directives at any depth.
fn directives(top: &[Directive]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut open: Vec<&Directive> = top.iter().collect();
    while let Some(directive) = open.pop() {
        let is_block = matches!(directive.body, Some(Body::Directives(_)));
        parts.push(Part { span: directive.span, head: is_block.then(|| directive.head()) });
        open.extend(directive.children());
    }
    parts
}

#[cfg(test)]
mod tests;
