//! Tags → what they make of the text between them.

use super::role::{Opening, Role, role};
use super::scan::{Kind, Tag};
use super::{Arm, Branch, Template};
use crate::source::Span;

/// Deepest nesting of tags that is followed; what is nested deeper is there.
const MAX_DEPTH: usize = 64;

/// Something that was opened and not closed yet.
struct Frame {
    kind: Kind,
    opening: Opening,
    arms: Vec<(Span, Option<String>)>,
    /// How many branches there were.
    branches: usize,
}

/// Puts the tags together. Whatever is never closed, or never opened, leaves only its tags out.
pub(super) fn build(text: &str, tags: &[Tag]) -> Template {
    let mut template = Template::default();
    let mut frames: Vec<Frame> = Vec::new();
    let mut definitions = Vec::new();
    for tag in tags {
        let role = role(text, tag);
        match role {
            _ if tag.kind == Kind::Escape => template.escapes.push(tag.span),
            Role::Value => template.holes.push(tag.span),
            Role::Silent => template.blanks.push(tag.span),
            Role::Include(path) => {
                template.holes.push(tag.span);
                template.includes.push((tag.span, path));
            }
            Role::Open(opening) => {
                template.blanks.push(tag.span);
                let branches = template.branches.len();
                if frames.len() < MAX_DEPTH {
                    frames.push(Frame { kind: tag.kind, opening, arms: vec![(tag.span, None)], branches });
                }
            }
            Role::Arm(condition) => {
                template.blanks.push(tag.span);
                if let Some(frame) = frames.iter_mut().rev().find(|frame| frame.kind == tag.kind) {
                    frame.arms.push((tag.span, condition));
                }
            }
            Role::Close => {
                template.blanks.push(tag.span);
                let opened = frames.iter().rposition(|frame| frame.kind == tag.kind);
                if let Some(frame) = opened.and_then(|index| frames.drain(index..).next()) {
                    close(frame, tag.span, &mut template, &mut definitions);
                }
            }
        }
    }
    take_away_definitions(text, definitions, &mut template);
    template.branches.sort_by_key(|branch| (branch.span.start, std::cmp::Reverse(branch.span.end)));
    template
}

fn close(frame: Frame, close: Span, template: &mut Template, definitions: &mut Vec<Span>) {
    let Some(&(first, _)) = frame.arms.first() else { return };
    let span = first.to(close);
    match frame.opening {
        Opening::Transparent => {}
        Opening::Definition => definitions.push(span),
        Opening::Opaque => {
            // What stands in it is no longer told apart.
            template.holes.retain(|hole| hole.start < span.start);
            template.blanks.retain(|blank| blank.start < span.start);
            template.branches.truncate(frame.branches);
            template.holes.push(span);
        }
        Opening::Condition(question, negated) => {
            template.branches.extend(branch(span, close, &frame.arms, vec![question], negated));
        }
        Opening::Cases(subject) => {
            template.branches.extend(branch(
                span,
                close,
                frame.arms.get(1..).unwrap_or_default(),
                vec![subject],
                false,
            ));
        }
    }
}

fn branch(
    span: Span,
    close: Span,
    tags: &[(Span, Option<String>)],
    mut questions: Vec<String>,
    negated: bool,
) -> Option<Branch> {
    let mut arms = Vec::with_capacity(tags.len());
    for (index, (tag, condition)) in tags.iter().enumerate() {
        let next = tags.get(index + 1).map_or(close, |(next, _)| *next);
        let first = index == 0 && tag.start == span.start;
        let otherwise = !first && condition.is_none();
        questions.extend(condition.clone());
        arms.push(Arm { tag: *tag, content: Span::new(tag.end as usize, next.start as usize), otherwise });
        if otherwise {
            break;
        }
    }
    // The opposite of several conditions is none of them.
    let negated = negated && questions.len() == 1;
    (!arms.is_empty()).then(|| Branch { span, question: questions.join("; "), negated, arms, close })
}

/// Definitions stand where they are used, and what is used is a value; but a file that holds nothing else is read as
/// if it were used.
fn take_away_definitions(text: &str, definitions: Vec<Span>, template: &mut Template) {
    let outer = outermost(definitions);
    let silent = outermost(outer.iter().chain(&template.blanks).copied().collect());
    if outer.is_empty() || is_idle(text, &silent) {
        return;
    }
    let inside = |span: Span| {
        let after = outer.partition_point(|outer| outer.start <= span.start);
        after > 0 && span.end <= outer[after - 1].end
    };
    template.holes.retain(|hole| !inside(*hole));
    template.includes.retain(|(tag, _)| !inside(*tag));
    template.branches.retain(|branch| !inside(branch.span));
    template.blanks.extend(outer.iter().copied());
}

/// Those that stand in no other, in order.
fn outermost(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut at = 0;
    spans.retain(|span| {
        let outside = span.start >= at;
        at = at.max(span.end);
        outside
    });
    spans
}

/// Whether there is nothing but white space and comments outside of `silent`.
fn is_idle(text: &str, silent: &[Span]) -> bool {
    let mut rest = String::new();
    let mut at = 0;
    for span in silent {
        rest.push_str(text.get(at..span.start as usize).unwrap_or_default());
        at = span.end as usize;
    }
    rest.push_str(text.get(at..).unwrap_or_default());
    rest.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}
