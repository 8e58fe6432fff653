//! The only place that speaks to pest: its pairs become words, tokens and offsets.

use std::borrow::Cow;
use std::ops::Range;

use pest::Parser;
use pest::iterators::{Pair, Pairs};

use super::guard::MAX_STATEMENT;
use crate::source::Span;
use crate::syntax::directive::{Quote, Word};

/// The rules of the grammar.
mod rules {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammars/apache.pest"]
    pub(super) struct Grammar;
}

use rules::Grammar;
pub(super) use rules::Rule;

/// A line with those that continue it.
#[derive(Debug)]
pub(super) struct Line {
    /// The words, in order.
    pub(super) words: Vec<Word>,
    /// What reads the words but the first.
    pub(super) reader: Reader,
    /// The comment that it is, line end excluded.
    pub(super) comment: Option<Span>,
    /// Where the next line begins.
    pub(super) next: usize,
    /// Whether it is longer than what is read in one go.
    pub(super) is_cut: bool,
}

/// Reads the line that begins at `at`.
pub(super) fn line(text: &str, at: usize) -> Line {
    let mut line = Line { words: Vec::new(), reader: Reader::Common, comment: None, next: text.len(), is_cut: false };
    let mut window = (at + MAX_STATEMENT).min(text.len());
    while !text.is_char_boundary(window) {
        window -= 1;
    }
    let Some(pair) = pairs(Rule::line, &text[at..window]).and_then(|mut pairs| pairs.next()) else { return line };
    line.next = at + pair.as_span().end();
    let read = &text[at..line.next];
    let goes_on = !read.ends_with('\n') || read.ends_with("\\\n") || read.ends_with("\\\r\n");
    line.is_cut = goes_on && line.next == window && window < text.len();
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::comment => line.comment = Some(trimmed(inner.as_str(), at + inner.as_span().start())),
            rule => {
                if rule == Rule::rewrite_name {
                    line.reader = Reader::Rewrite;
                }
                line.words.extend(word(&inner, at));
            }
        }
    }
    line
}

/// The words of a stretch of a line.
pub(super) fn words(text: &str, range: Range<usize>) -> Vec<Word> {
    let pair = pairs(Rule::words, &text[range.clone()]).and_then(|mut pairs| pairs.next());
    pair.into_iter().flat_map(Pair::into_inner).filter_map(|inner| word(&inner, range.start)).collect()
}

/// What `rule` finds at the beginning of a text, and the offset behind the last of it.
pub(super) fn tokens(rule: Rule, text: &str) -> (Vec<Pair<'_, Rule>>, usize) {
    let Some(pair) = pairs(rule, text).and_then(|mut pairs| pairs.next()) else { return (Vec::new(), 0) };
    let end = pair.as_span().end();
    (pair.into_inner().collect(), end)
}

/// What `rule` makes of the beginning of `input`.
fn pairs(rule: Rule, input: &str) -> Option<Pairs<'_, Rule>> {
    Grammar::parse(rule, input).ok()
}

fn trimmed(spelling: &str, start: usize) -> Span {
    Span::new(start, start + spelling.trim_end_matches(is_space).len())
}

/// White space of C's `isspace`.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{b}' | '\u{c}')
}

fn word(pair: &Pair<'_, Rule>, at: usize) -> Option<Word> {
    let spelling = pair.as_str();
    let (reader, quote) = match pair.as_rule() {
        Rule::double => (Reader::Common, Quote::Double),
        Rule::single => (Reader::Common, Quote::Single),
        Rule::bare | Rule::rewrite_name => (Reader::Common, Quote::Bare),
        Rule::rewrite_double => (Reader::Rewrite, Quote::Double),
        Rule::rewrite_single => (Reader::Rewrite, Quote::Single),
        Rule::rewrite_bare => (Reader::Rewrite, Quote::Bare),
        _ => return None,
    };
    // httpd takes the white space at a line's end away before it looks for words.
    let kept = if reader.is_closed(spelling, quote) { spelling } else { without_line_end(spelling) };
    let start = at + pair.as_span().start();
    let value = reader.value(reader.inside(kept, quote), quote).into_owned();
    Some(Word { value, span: Span::new(start, start + kept.len()), quote })
}

/// Which of httpd's functions reads a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// `ap_getword_conf`
    Common,
    /// `parseargline`, which leaves every backslash in the value.
    Rewrite,
}

impl Reader {
    /// What a spelling without its quotes is worth.
    pub(super) fn value(self, spelling: &str, quote: Quote) -> Cow<'_, str> {
        let joined = join(spelling);
        if self == Self::Rewrite || !joined.contains('\\') {
            return joined;
        }
        Cow::Owned(unescape(&joined, quote))
    }

    /// The spelling between the quotes; the closing one may be missing.
    pub(super) fn inside(self, spelling: &str, quote: Quote) -> &str {
        match quote {
            Quote::Bare => spelling,
            _ if self.is_closed(spelling, quote) => &spelling[1..spelling.len() - 1],
            _ => &spelling[1..],
        }
    }

    /// Whether a word has the quote that ends it, if it needs one.
    fn is_closed(self, spelling: &str, quote: Quote) -> bool {
        let mark = match quote {
            Quote::Bare => return true,
            Quote::Single => '\'',
            Quote::Double => '"',
        };
        let Some(rest) = spelling.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)) else { return false };
        // A backslash that no other hides would hide the quote.
        let rest = join(rest);
        self == Self::Rewrite || (rest.len() - rest.trim_end_matches('\\').len()).is_multiple_of(2)
    }
}

fn without_line_end(spelling: &str) -> &str {
    let mut kept = spelling;
    loop {
        let trimmed = kept.trim_end_matches(|c| c != '\n' && is_space(c));
        let next = trimmed.strip_suffix("\\\n").or_else(|| trimmed.strip_suffix("\\\r\n")).unwrap_or(trimmed);
        if next.len() == kept.len() {
            return kept;
        }
        kept = next;
    }
}

/// Without the line ends that a backslash hides.
pub(super) fn join(spelling: &str) -> Cow<'_, str> {
    if !spelling.contains("\\\n") && !spelling.contains("\\\r\n") {
        return Cow::Borrowed(spelling);
    }
    Cow::Owned(spelling.replace("\\\r\n", "").replace("\\\n", ""))
}

/// Replaces escapes as `substring_conf` does: a backslash before anything else stays.
fn unescape(spelling: &str, quote: Quote) -> String {
    let mut value = String::with_capacity(spelling.len());
    let mut chars = spelling.chars();
    while let Some(c) = chars.next() {
        let next = chars.as_str().chars().next().filter(|next| match next {
            '\\' => true,
            '"' => quote == Quote::Double,
            '\'' => quote == Quote::Single,
            _ => false,
        });
        let hidden = next.filter(|_| c == '\\');
        if hidden.is_some() {
            chars.next();
        }
        value.push(hidden.unwrap_or(c));
    }
    value
}
