//! What the hiding of tags has to know of httpd.

use std::borrow::Cow;
use std::ops::Range;

use super::grammar::{self, Line, Reader};
use super::vocabulary;
use crate::parse::masked::{self, Extent, Language, Masked};
use crate::parse::template::Host;
use crate::syntax::directive::Word;

/// `${NAME}` is httpd's own: `Define`, a variable of its environment, or a map of `mod_rewrite`.
const LANGUAGE: Language = Language {
    host: Host { has_variable: |_| false, end_of_foreign: |_, at| at, owns: |tag| tag.starts_with("${") },
    layout,
};

/// In a file with macros, so is `$NAME`.
const WITH_MACROS: Language = Language { host: Host { owns: |tag| tag.starts_with('$'), ..LANGUAGE.host }, layout };

/// Hides the tags of a text.
pub(super) fn mask(text: &str) -> Masked<'_> {
    let begins_macro = |line: &str| line.trim_start().get(..6).is_some_and(|name| name.eq_ignore_ascii_case("<Macro"));
    let mut masked = masked::mask(text, if text.lines().any(begins_macro) { WITH_MACROS } else { LANGUAGE });
    if let Cow::Owned(joined) = continued(&masked) {
        masked.text = Cow::Owned(joined);
    }
    masked
}

/// The text without the ends of those lines that hold nothing but tags in the midst of a continued line: templates leave
/// such lines out.
fn continued<'m>(masked: &'m Masked<'_>) -> Cow<'m, str> {
    let text = masked.text.as_ref();
    if masked.original.len() != text.len() || masked.original == text || !text.contains("\\\n") {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    let mut continues = false;
    for line in text.split_inclusive('\n') {
        let start = joined.len();
        let original = masked.original.get(start..start + line.len()).unwrap_or_default().trim();
        let is_tag = ["{%", "<%"].iter().any(|mark| original.starts_with(mark))
            && ["%}", "%>"].iter().any(|mark| original.ends_with(mark));
        match line.strip_suffix('\n') {
            Some(inside) if continues && is_tag => {
                joined.push_str(inside);
                joined.push(' ');
            }
            _ => {
                joined.push_str(line);
                continues = line.ends_with("\\\n");
            }
        }
    }
    Cow::Owned(joined)
}

/// Gives the words of a line the values that the filler in them stands for.
pub(super) fn fill(masked: &Masked<'_>, line: &mut Line) {
    let reader = line.reader;
    let names = line.words.len().min(1);
    let (name, rest) = line.words.split_at_mut(names);
    fill_words(masked, name, Reader::Common);
    fill_words(masked, rest, reader);
}

/// The same for words that one reader reads.
pub(super) fn fill_words(masked: &Masked<'_>, words: &mut [Word], reader: Reader) {
    let text = masked.text.as_ref();
    let inside = |word: &Word| -> Range<usize> {
        let spelling = &text[word.span.range()];
        let inside = reader.inside(spelling, word.quote);
        let start = word.span.start as usize + usize::from(spelling.len() > inside.len());
        start..start + inside.len()
    };
    masked.fill(words, inside, |word, part| reader.value(part, word.quote).into_owned());
}

/// Where the lines of a text begin and end.
fn layout(masked: &Masked<'_>) -> Vec<Extent> {
    let text = continued(masked);
    let text = text.as_ref();
    let mut lines = Vec::new();
    let (mut at, mut depth) = (0, 0);
    while at < text.len() {
        let line = grammar::line(text, at);
        if line.is_cut {
            break;
        }
        at = line.next;
        let (Some(name), Some(last)) = (line.words.first(), line.words.last()) else { continue };
        depth += match vocabulary::section(&name.value) {
            Some(vocabulary::Section::Begin) => 1,
            Some(vocabulary::Section::End) => -1,
            None => 0,
        };
        let tail = at - usize::from(text[..at].ends_with('\n'));
        lines.push(Extent { first: name.span.start as usize, end: last.span.end as usize, tail, depth });
    }
    lines
}
