//! Which branches of a template stand where a tree can show them.
//!
//! Most hold whole directives: both the tags of a branch and the blocks between them come out even. One in the midst
//! of a directive fills in words. What is neither (`{% if x %}location / {{% endif %}`) has one of its arms read, as if
//! the others were not there.

use std::collections::BTreeMap;

use super::{Extent, Language, Masked, conditional, paint};
use crate::parse::template::{Branch, Template};
use crate::source::Span;
use crate::syntax::template::Conditional;

/// What is made of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Its arms hold whole directives.
    Chosen,
    /// It is a word or a part of one.
    Word,
    /// Only this arm is read, or none.
    Read(Option<usize>),
    /// It stands in what is not read, or in a word.
    Gone,
}

/// How often the text is looked at before what is still uneven is given up.
const MOST_PASSES: usize = 12;
/// Longest text that is looked at more than once.
const MAX_BYTES: usize = 1 << 20;
/// Most readings of what is uneven that are tried.
const MOST_READINGS: usize = 32;

/// Which answers to questions the reading of uneven branches goes by; first arms where there is none.
type Answers<'b> = BTreeMap<&'b str, usize>;

/// The fate of each branch of a template.
pub(super) fn settle(text: &str, template: &Template, language: Language) -> Vec<Fate> {
    if template.branches.is_empty() {
        return Vec::new();
    }
    let (first, is_even) = attempt(text, template, language, &Answers::new());
    if is_even || text.len() > MAX_BYTES {
        return first;
    }
    let read = template.branches.iter().zip(&first).filter(|(_, fate)| matches!(fate, Fate::Read(_)));
    let mut questions: BTreeMap<&str, Conditional> = BTreeMap::new();
    for (branch, _) in read {
        questions.entry(branch.question.as_str()).or_insert_with(|| conditional(branch));
    }
    let mut number = 0;
    while let Some(answers) = answers(&questions, number).filter(|_| number < MOST_READINGS) {
        let (fates, is_even) = attempt(text, template, language, &answers);
        if is_even {
            return fates;
        }
        number += 1;
    }
    first
}

/// The `number`th combination of answers, if there are so many.
fn answers<'b>(questions: &BTreeMap<&'b str, Conditional>, mut number: usize) -> Option<Answers<'b>> {
    let mut answers = Answers::new();
    for (question, conditional) in questions {
        answers.insert(question, (conditional.first_answer() + number) % conditional.answers());
        number /= conditional.answers();
    }
    (number == 0).then_some(answers)
}

/// The fates, and whether all blocks of the text are then closed.
fn attempt(text: &str, template: &Template, language: Language, answers: &Answers<'_>) -> (Vec<Fate>, bool) {
    let branches = &template.branches;
    let mut fates = vec![Fate::Chosen; branches.len()];
    let passes = if text.len() > MAX_BYTES { 1 } else { MOST_PASSES };
    for pass in 1..=passes {
        let layout = Layout::of(&paint(text, template, &fates), language);
        let uneven: Vec<(usize, Fate)> = (0..branches.len())
            .filter(|index| fates[*index] == Fate::Chosen)
            .filter_map(|index| Some((index, layout.fate(&branches[index], answers)?)))
            .collect();
        if uneven.is_empty() {
            return (fates, layout.is_even());
        }
        for (position, (index, fate)) in uneven.iter().enumerate() {
            // What stands in it may be the cause.
            let next = uneven.get(position + 1).map(|(next, _)| branches[*next].span.start);
            if pass == passes || next.is_none_or(|next| next >= branches[*index].span.end) {
                apply(branches, &mut fates, *index, *fate);
            }
        }
    }
    let is_even = Layout::of(&paint(text, template, &fates), language).is_even();
    (fates, is_even)
}

/// Gives a branch its fate; what stands in arms that are not read goes with them.
fn apply(branches: &[Branch], fates: &mut [Fate], index: usize, fate: Fate) {
    if fates[index] != Fate::Chosen {
        return;
    }
    fates[index] = fate;
    let outer = &branches[index];
    let kept = match fate {
        Fate::Read(Some(arm)) => outer.arms.get(arm).map(|arm| arm.content),
        _ => None,
    };
    for (inner, fate) in branches.iter().zip(fates.iter_mut()).skip(index + 1) {
        if inner.span.start >= outer.span.end {
            break;
        }
        if !kept.is_some_and(|kept| kept.start <= inner.span.start && inner.span.end <= kept.end) {
            *fate = Fate::Gone;
        }
    }
}

/// What is not read under these fates, in order and apart.
pub(super) fn removed(template: &Template, fates: &[Fate]) -> Vec<Span> {
    let mut removed = Vec::new();
    for (branch, fate) in template.branches.iter().zip(fates) {
        let Fate::Read(read) = fate else { continue };
        removed
            .extend(branch.arms.iter().enumerate().filter(|(arm, _)| Some(*arm) != *read).map(|(_, arm)| arm.content));
    }
    removed.sort_by_key(|span| span.start);
    removed
}

/// Where the statements of a text begin and end.
struct Layout {
    statements: Vec<Extent>,
}

/// Where a tag stands.
#[derive(PartialEq, Eq, Clone, Copy)]
struct Place {
    /// Before which statement, or in which.
    statement: usize,
    inside: bool,
    depth: i64,
}

impl Layout {
    fn of(masked: &Masked<'_>, language: Language) -> Self {
        Self { statements: (language.layout)(masked) }
    }

    fn place(&self, tag: Span) -> Place {
        let offset = tag.start as usize;
        let statement = self.statements.partition_point(|extent| extent.end <= offset);
        let inside = self.statements.get(statement).is_some_and(|extent| extent.first <= offset);
        Place { statement, inside, depth: self.depth_before(statement) }
    }

    fn depth_before(&self, statement: usize) -> i64 {
        statement.checked_sub(1).map_or(0, |before| self.statements[before].depth)
    }

    /// Whether every block is closed, and none that is not open.
    fn is_even(&self) -> bool {
        self.statements.iter().all(|extent| extent.depth >= 0) && self.depth_before(self.statements.len()) == 0
    }

    /// What to make of a branch, unless its arms hold whole directives.
    fn fate(&self, branch: &Branch, answers: &Answers<'_>) -> Option<Fate> {
        let open = self.place(branch.span);
        let close = self.place(branch.close);
        if open.inside && (branch.close.start as usize) < self.statements[open.statement].tail {
            return Some(Fate::Word);
        }
        let even = |place: Place| !place.inside && place.depth == open.depth;
        let tags = branch.arms.iter().map(|arm| self.place(arm.tag)).chain([close]);
        let between = &self.statements[open.statement..close.statement.max(open.statement)];
        let whole = tags.into_iter().all(even) && between.iter().all(|extent| extent.depth >= open.depth);
        let arm = || match answers.get(branch.question.as_str()) {
            Some(answer) => conditional(branch).arm(*answer),
            None => Some(0),
        };
        (!whole).then(|| Fate::Read(arm()))
    }
}
