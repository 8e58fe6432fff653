//! A text whose tags are hidden from the grammar of its language.
//!
//! In: a text and what has to be known of its language. Out: a text of the same length in which tags are filled with
//! something harmless, so that spans hold for the original, and what the filler stands for. Must not know: what the
//! language's statements are, but for where they begin and end.

mod settle;

use std::borrow::Cow;
use std::ops::Range;

use self::settle::Fate;
use crate::parse::template::{self, Branch, Host, Template};
use crate::source::Span;
use crate::syntax::directive::{Quote, Word};
use crate::syntax::hole;
use crate::syntax::template::{Arm, Conditional, ConditionalId, Reading};

/// What stands in the place of a tag: part of any word, and the end of none.
const FILLER: u8 = b'x';
/// Of how many branches that are read in one way only this is said.
const MOST_READINGS: usize = 100;

/// What has to be known of a language whose files are made of statements and blocks of statements.
#[derive(Clone, Copy)]
pub(super) struct Language {
    /// Of its words.
    pub(super) host: Host,
    /// Where the statements of a text begin and end, in order.
    pub(super) layout: fn(&Masked<'_>) -> Vec<Extent>,
}

/// Where a statement begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    /// Offset of its first word, or of what ends it.
    pub(super) first: usize,
    /// Offset behind what is part of it.
    pub(super) end: usize,
    /// Offset before which words could still be added to it.
    pub(super) tail: usize,
    /// How many blocks are open after it.
    pub(super) depth: i64,
}

/// A text and what is hidden in it.
#[derive(Debug)]
pub(super) struct Masked<'t> {
    /// As it is written.
    pub(super) original: &'t str,
    /// What the grammar reads, as long as the original.
    pub(super) text: Cow<'t, str>,
    /// What the filler stands for, in the order of the text.
    patches: Vec<Patch>,
    /// Tags that stand for a file, and its path.
    includes: Vec<(Span, Span)>,
    /// What is chosen between, an outer one before those in it.
    branches: Vec<Branch>,
    /// For each of `branches` the one that it stands in.
    parents: Vec<Option<usize>>,
    /// Branches of which one arm is read.
    read: Vec<(Branch, usize)>,
}

/// A stretch of filler.
#[derive(Debug)]
struct Patch {
    span: Span,
    /// What it is worth in a word.
    value: String,
}

/// Hides the tags of a text.
pub(super) fn mask(text: &str, language: Language) -> Masked<'_> {
    let Some(template) = template::read(text, language.host) else {
        return Masked {
            original: text,
            text: Cow::Borrowed(text),
            patches: Vec::new(),
            includes: Vec::new(),
            branches: Vec::new(),
            parents: Vec::new(),
            read: Vec::new(),
        };
    };
    let fates = settle::settle(text, &template, language);
    let mut masked = paint(text, &template, &fates);
    for (branch, fate) in template.branches.into_iter().zip(fates) {
        match fate {
            Fate::Chosen => masked.branches.push(branch),
            Fate::Read(Some(arm)) if masked.read.len() < MOST_READINGS => masked.read.push((branch, arm)),
            _ => {}
        }
    }
    masked.parents = parents(&masked.branches);
    masked
}

/// The text under these fates of the template's branches, its `branches` still to come.
fn paint<'t>(text: &'t str, template: &Template, fates: &[Fate]) -> Masked<'t> {
    let mut bytes = text.as_bytes().to_vec();
    template.blanks.iter().for_each(|span| blank(&mut bytes, *span));
    let removed = settle::removed(template, fates);
    let as_words =
        || template.branches.iter().zip(fates).filter(|(_, fate)| **fate == Fate::Word).map(|(branch, _)| branch);
    let words: Vec<Span> = as_words().map(|branch| branch.span).collect();
    let lost = |span: Span| is_inside(&removed, span) || is_inside(&words, span);
    let escapes =
        template.escapes.iter().filter(|span| !lost(**span)).map(|span| Patch { span: *span, value: String::new() });
    let holes = template
        .holes
        .iter()
        .filter(|span| !lost(**span))
        .map(|span| (*span, *span))
        .chain(as_words().map(|branch| (core(text, branch), branch.span)));
    let holes = holes.map(|(span, tag)| Patch { span, value: hole::encode(&text[tag.range()]) });
    let mut patches: Vec<Patch> = escapes.chain(holes).collect();
    patches.sort_by_key(|patch| patch.span.start);
    removed.iter().chain(&words).for_each(|span| blank(&mut bytes, *span));
    for patch in &patches {
        bytes[patch.span.range()].fill(FILLER);
    }
    // Tags begin and end between characters, so what is left is UTF-8 still.
    let masked = String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned());
    Masked {
        original: text,
        text: Cow::Owned(masked),
        patches,
        includes: template.includes.clone(),
        branches: Vec::new(),
        parents: Vec::new(),
        read: Vec::new(),
    }
}

/// Line ends stay: they end comments.
fn blank(bytes: &mut [u8], span: Span) {
    bytes[span.range()].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
}

/// A branch in the midst of a directive without the white space that parts its words from those around it.
fn core(text: &str, branch: &Branch) -> Span {
    let contents = || branch.arms.iter().map(|arm| &text[arm.content.range()]);
    let before = contents().any(|content| content.starts_with(char::is_whitespace));
    let after = contents().any(|content| content.ends_with(char::is_whitespace));
    Span::new(branch.span.start as usize + usize::from(before), branch.span.end as usize - usize::from(after))
}

/// Whether one of these, which are in order and apart, holds `span`.
fn is_inside(outer: &[Span], span: Span) -> bool {
    let after = outer.partition_point(|outer| outer.start <= span.start);
    after > 0 && span.end <= outer[after - 1].end
}

fn parents(branches: &[Branch]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(branches.len());
    for (index, branch) in branches.iter().enumerate() {
        while open.last().is_some_and(|last| branches[*last].span.end <= branch.span.start) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(index);
    }
    parents
}

impl Masked<'_> {
    /// Gives words the values that the filler in them stands for. `inside` says where a word stands without its quotes,
    /// `read` what a part of it is worth.
    pub(super) fn fill(
        &self,
        words: &mut [Word],
        inside: impl Fn(&Word) -> Range<usize>,
        read: impl Fn(&Word, &str) -> String,
    ) {
        if self.patches.is_empty() {
            return;
        }
        for word in words {
            if self.within(word.span).next().is_some() {
                word.value = self.value(inside(word), |part| read(word, part));
            }
        }
    }

    /// What a stretch of the text is worth, by what its parts between tags are worth.
    pub(super) fn value(&self, range: Range<usize>, read: impl Fn(&str) -> String) -> String {
        let mut at = range.start;
        let mut value = String::new();
        for patch in self.within(Span::new(range.start, range.end)) {
            value.push_str(&read(&self.text[at..patch.span.start as usize]));
            value.push_str(&patch.value);
            at = patch.span.end as usize;
        }
        value.push_str(&read(&self.text[at..range.end]));
        value
    }

    /// The patches that lie in `span`.
    fn within(&self, span: Span) -> impl Iterator<Item = &Patch> {
        let first = self.patches.partition_point(|patch| patch.span.start < span.start);
        self.patches[first..].iter().take_while(move |patch| patch.span.end <= span.end)
    }

    /// Whether something is filled in right at `offset`.
    pub(super) fn is_filled(&self, offset: u32) -> bool {
        self.patches.binary_search_by_key(&offset, |patch| patch.span.start).is_ok()
    }

    /// Whether there is any tag in the text.
    pub(super) fn is_template(&self) -> bool {
        matches!(self.text, Cow::Owned(_))
    }

    /// Whether nothing of a word is known.
    pub(super) fn is_filler(&self, word: &Word) -> bool {
        let filled: usize =
            self.within(word.span).filter(|patch| !patch.value.is_empty()).map(|patch| patch.span.len()).sum();
        word.quote == Quote::Bare && filled == word.span.len()
    }

    /// The words of the directive `name` that a tag which includes a file stands for.
    pub(super) fn include(&self, name: &str, words: &[Word]) -> Option<Vec<Word>> {
        let [word] = words else { return None };
        let (_, path) = self.includes.iter().find(|(tag, _)| *tag == word.span)?;
        let name = Word { value: name.to_owned(), span: word.span, quote: Quote::Bare };
        let value = self.original[path.range()].to_owned();
        Some(vec![name, Word { value, span: *path, quote: Quote::Bare }])
    }

    /// The arms that something stands in at `offset`, but not those that its block, which begins at `block`, stands in.
    pub(super) fn standing(&self, offset: u32, block: u32) -> Vec<(ConditionalId, usize)> {
        let mut standing = Vec::new();
        let mut next = self.branches.partition_point(|branch| branch.span.start <= offset).checked_sub(1);
        while let Some(index) = next {
            let branch = &self.branches[index];
            if branch.span.start < block {
                break;
            }
            let arm = branch.arms.iter().position(|arm| arm.content.start <= offset && offset < arm.content.end);
            standing.extend(arm.map(|arm| (ConditionalId(u32::try_from(index).unwrap_or(u32::MAX)), arm)));
            next = self.parents[index];
        }
        standing.reverse();
        standing
    }

    /// What is chosen between, for the tree.
    pub(super) fn conditionals(&self) -> Vec<Conditional> {
        self.branches.iter().map(conditional).collect()
    }

    /// What is read in one way only, for the tree; how far that reaches is still to be found.
    pub(super) fn readings(&self) -> Vec<Reading> {
        let reading = |(branch, arm): &(Branch, usize)| {
            let conditional = conditional(branch);
            let answer = (0..conditional.answers()).find(|answer| conditional.arm(*answer) == Some(*arm));
            Reading { conditional, answer: answer.unwrap_or(0), reach: branch.arms[*arm].content }
        };
        self.read.iter().map(reading).collect()
    }
}

/// A branch as the tree has it.
fn conditional(branch: &Branch) -> Conditional {
    let arm = |arm: &template::Arm| Arm { tag: arm.tag, otherwise: arm.otherwise };
    let arms = branch.arms.iter().map(arm).collect();
    Conditional { question: branch.question.clone(), negated: branch.negated, arms }
}
