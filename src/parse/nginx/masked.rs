//! What the hiding of tags has to know of nginx.

use super::grammar::{self, End};
use super::{recover, vocabulary};
use crate::parse::masked::{self, Extent, Language, Masked};
use crate::parse::template::Host;
use crate::syntax::directive::{Quote, Word};

/// Most quotes without end after which the rest of a text is not looked at.
const MOST_UNCLOSED: usize = 100;

const LANGUAGE: Language = Language {
    host: Host { has_variable: vocabulary::is_variable, end_of_foreign: recover::end_of_lua, owns: |_| false },
    layout,
};

/// Hides the tags of a text.
pub(super) fn mask(text: &str) -> Masked<'_> {
    masked::mask(text, LANGUAGE)
}

/// Gives words the values that the filler in them stands for.
pub(super) fn fill(masked: &Masked<'_>, words: &mut [Word]) {
    let quotes = |word: &Word| usize::from(word.quote != Quote::Bare);
    let inside = |word: &Word| word.span.start as usize + quotes(word)..word.span.end as usize - quotes(word);
    masked.fill(words, inside, |_, part| grammar::unescape(part));
}

/// How many of the words at the beginning of a statement are a statement of their own that a template fills in: they
/// are alone on their line, or nothing but the end of the block follows, or the name of a directive.
pub(super) fn alone(masked: &Masked<'_>, words: &[Word], end: End) -> Option<usize> {
    let first = words.first()?;
    let text = masked.text.as_ref();
    let on_line = |index: &usize| {
        *index == 0 || !text[words[index - 1].span.end as usize..words[*index].span.start as usize].contains('\n')
    };
    let count = (0..words.len()).take_while(on_line).take_while(|index| masked.is_filler(&words[*index])).count();
    let last = &words[count.checked_sub(1)?];
    let line = text[last.span.end as usize..].split('\n').next().unwrap_or_default().trim_start();
    let fills_lines =
        recover::begins_line(text, first.span.start as usize) && (line.trim_end().is_empty() || line.starts_with('#'));
    let alone = match words.get(count) {
        Some(next) => fills_lines || vocabulary::begins_directive(&next.value),
        None => match end {
            End::Semicolon | End::Open => false,
            End::Close | End::Text => true,
            End::Unclosed => fills_lines,
        },
    };
    alone.then_some(count)
}

/// Where the statements of a text begin and end.
fn layout(masked: &Masked<'_>) -> Vec<Extent> {
    let text = masked.text.as_ref();
    let mut statements = Vec::new();
    let (mut at, mut depth, mut unclosed) = (0, 0, 0);
    while at < text.len() && unclosed < MOST_UNCLOSED {
        let mut statement = grammar::statement(text, at..text.len());
        let mut words = statement.words.as_mut_slice();
        while let Some(count) = alone(masked, words, statement.end) {
            let (first, last) = (words[0].span, words[count - 1].span);
            statements.push(extent(first.start as usize, last.end as usize, depth));
            words = &mut words[count..];
        }
        let end = statement.end_span.end as usize;
        let lua = words.first().is_some_and(|word| vocabulary::is_lua(&word.value));
        at = match statement.end {
            End::Open if lua => (recover::end_of_lua(text, end) + 1).min(text.len()),
            End::Unclosed => recover::next_line(text, statement.end_span.start as usize),
            _ => end,
        };
        depth += match statement.end {
            End::Open if !lua => 1,
            End::Close => -1,
            _ => 0,
        };
        unclosed += usize::from(statement.end == End::Unclosed);
        let first = words.first().map_or(statement.end_span, |word| word.span).start as usize;
        statements.push(extent(first, at, depth));
    }
    statements
}

fn extent(first: usize, end: usize, depth: i64) -> Extent {
    Extent { first, end, tail: end, depth }
}
