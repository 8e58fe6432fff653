//! Where to go on, and where a `;` or a brace was forgotten.

use super::{grammar, vocabulary};
use crate::source::Span;
use crate::syntax::directive::{Quote, Word};

/// Where to stop looking for the end of a statement that begins at `start`: at most `longest` bytes on, after a line
/// end if there is one.
pub(super) fn window(text: &str, start: usize, longest: usize) -> usize {
    let mut end = start + longest;
    if end >= text.len() {
        return text.len();
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[start..end].rfind('\n').map_or(end, |line_end| start + line_end + 1)
}

/// Where to go on after a window full of comments: behind the last one, should the window cut it.
pub(super) fn end_of_comment(text: &str, window: usize, last: Option<&Span>) -> usize {
    let cut = last.is_some_and(|last| last.end as usize == window);
    if cut { next_line(text, window) } else { window }
}

/// The beginning of the line after the one that `offset` is on.
pub(super) fn next_line(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |line_end| offset + line_end + 1)
}

/// Whether only blanks stand before `offset` on its line.
pub(super) fn begins_line(text: &str, offset: usize) -> bool {
    let before = text[..offset].trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['\n', '\r', '\u{feff}'])
}

/// The blanks that `offset`'s line begins with, if `offset` is right behind them.
fn indentation(text: &str, offset: usize) -> Option<&str> {
    let before = text[..offset].trim_end_matches([' ', '\t']);
    begins_line(text, offset).then_some(&text[before.len()..offset])
}

/// Whether a closing brace is indented less than the block that it closes, both being the first thing on their lines.
pub(super) fn stands_left_of(text: &str, brace: Span, block: usize) -> bool {
    let (Some(brace), Some(block)) = (indentation(text, brace.start as usize), indentation(text, block)) else {
        return false;
    };
    brace.len() < block.len() && block.starts_with(brace)
}

/// Which of the words begins the next directive, if the `;` before it was forgotten.
///
/// In a block of pairs that is the word after two at the beginning of a line, elsewhere one at the beginning of a line
/// that is known to begin a directive. `block` is the name of the block that the words stand in.
pub(super) fn forgotten_end(text: &str, block: &str, words: &[Word]) -> Option<usize> {
    let first = match block {
        block if vocabulary::holds_pairs(block) => 2,
        block if vocabulary::is_table(block) => return None,
        _ => 1,
    };
    (first..words.len()).find(|&index| {
        let word = &words[index];
        let between = &text[words[index - 1].span.end as usize..word.span.start as usize];
        between.contains('\n')
            && (first == 2 || (word.quote == Quote::Bare && vocabulary::begins_directive(&word.value)))
    })
}

/// Takes the `}` from the end of the last word of a directive whose `;` is missing (`return 204}`) and says where it
/// stands.
pub(super) fn cut_brace(text: &str, words: &mut [Word]) -> Option<usize> {
    let last = words.last_mut().filter(|last| last.quote == Quote::Bare)?;
    let spelling = &text[last.span.range()];
    let kept = spelling.trim_end_matches('}');
    if kept.len() == spelling.len() || kept.contains(['{', '\\']) {
        return None;
    }
    last.value.truncate(last.value.trim_end_matches('}').len());
    last.span = Span::new(last.span.start as usize, last.span.start as usize + kept.len());
    Some(last.span.end as usize)
}

/// The offset of the brace that closes the Lua block whose inside begins at `start`, or the length of the text.
pub(super) fn end_of_lua(text: &str, start: usize) -> usize {
    let mut depth = 0usize;
    let mut at = grammar::lua_text(text, start);
    while at < text.len() {
        match text.as_bytes()[at] {
            b'{' => depth += 1,
            _ if depth == 0 => return at,
            _ => depth -= 1,
        }
        at = grammar::lua_text(text, at + 1);
    }
    text.len()
}
