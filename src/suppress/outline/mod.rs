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
    /// By where they begin; of those that begin together the largest first.
    parts: Vec<Part>,
    /// Comments, in file order.
    comments: Vec<Span>,
}

impl Outline {
    /// That of a file that was parsed; empty for any other.
    pub(super) fn of(analysis: &Analysis, source: SourceId) -> Self {
        let tree = analysis.trees.get(&source);
        let mut parts = match analysis.scripts.get(&source) {
            Some(body) => script::parts(body),
            None => tree.map(|tree| directives(&tree.directives)).unwrap_or_default(),
        };
        parts.sort_by_key(|part| (part.span.start, std::cmp::Reverse(part.span.end)));
        parts.dedup();
        let comments = tree.map(|tree| tree.comments.iter().map(|comment| comment.span).collect()).unwrap_or_default();
        Self { parts, comments }
    }

    /// What a comment speaks of: for one on a line of its own, the next line on which something begins in the same
    /// block, and all that begins there; else its own line, and all that begins there, or, if nothing does, ends there.
    /// Nothing where nothing follows in the block.
    pub(super) fn spoken_of(&self, source: &Source, comment: &Comment) -> Vec<Span> {
        let place = if comment.own_line { self.next(comment.span) } else { Some(comment.span.start) };
        let Some(place) = place else { return Vec::new() };
        let line = line_of(&source.text, place);
        let on_line = |offset: u32| line.start <= offset && offset < line.end;
        let mut spans: Vec<Span> = self.parts.iter().map(|part| part.span).filter(|span| on_line(span.start)).collect();
        if spans.is_empty() {
            let ends = |span: &Span| span.end > line.start && span.end <= line.end;
            spans.extend(self.parts.iter().map(|part| part.span).filter(ends));
        }
        spans.push(line);
        spans
    }

    /// Where the part begins that follows a comment in the same block.
    fn next(&self, comment: Span) -> Option<u32> {
        let after = self.parts.partition_point(|part| part.span.start < comment.end);
        let next = self.parts.get(after)?.span;
        // What begins before the comment and has not ended, innermost last.
        let around = |part: &&Part| part.span.start < comment.start && part.span.end > comment.end;
        let block = self.parts[..after].iter().filter(around).min_by_key(|part| part.span.len());
        block.is_none_or(|block| next.end <= block.span.end).then_some(next.start)
    }

    /// What the parts around a place are known by, outermost first.
    pub(super) fn heads(&self, place: Span) -> impl Iterator<Item = Span> {
        let begun = self.parts.partition_point(|part| part.span.start <= place.start);
        let around = move |part: &&Part| part.span.end >= place.end && part.span != place;
        // A place in a head is no place in what it is the head of.
        let outside = move |head: &Span| head.end <= place.start;
        self.parts[..begun].iter().filter(around).filter_map(|part| part.head).filter(outside)
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

/// The line of an offset, without its end.
fn line_of(text: &str, offset: u32) -> Span {
    let offset = offset as usize;
    let ends = ['\n', '\r'];
    let start = text.get(..offset).and_then(|before| before.rfind(ends)).map_or(0, |end| end + 1);
    let end = text.get(offset..).and_then(|rest| rest.find(ends)).map_or(text.len(), |length| offset + length);
    Span::new(start, end)
}
