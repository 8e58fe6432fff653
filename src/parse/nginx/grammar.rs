//! The only place that speaks to pest: its pairs become words and offsets.

use pest::Parser;
use pest::iterators::Pair;

use crate::source::Span;
use crate::syntax::directive::{Quote, Word};
use crate::syntax::hole;
use crate::syntax::nginx::Part;

/// The rules of the grammar.
mod rules {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammars/nginx.pest"]
    pub(super) struct Grammar;
}

use rules::{Grammar, Rule};

/// The words up to and with the next `;`, `{`, `}`, the next quote that is never closed, or the end.
#[derive(Debug)]
pub(super) struct Statement {
    /// The words, in order.
    pub(super) words: Vec<Word>,
    /// The comments before and between them, line ends excluded.
    pub(super) comments: Vec<Span>,
    /// How many words stand before the first closing quote that something forbidden follows, that word included.
    pub(super) glued: Option<usize>,
    /// What ends it.
    pub(super) end: End,
    /// Where that stands; empty at the end of the text.
    pub(super) end_span: Span,
}

/// What ends a [`Statement`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// `;`
    Semicolon,
    /// `{`
    Open,
    /// `}`
    Close,
    /// A quote that no other closes.
    Unclosed,
    /// The end of the text.
    Text,
}

/// Reads the statement that begins at `range.start` (white space and comments before it included), not looking at
/// anything from `range.end` on.
pub(super) fn statement(text: &str, range: std::ops::Range<usize>) -> Statement {
    let input = &text[range.clone()];
    let mut statement = Statement {
        words: Vec::new(),
        comments: Vec::new(),
        glued: None,
        end: End::Text,
        end_span: Span::new(range.end, range.end),
    };
    for pair in pairs(Rule::statement, input) {
        let inner = pair.as_span();
        let span = Span::new(range.start + inner.start(), range.start + inner.end());
        match pair.as_rule() {
            Rule::bare => statement.words.push(word(pair.as_str(), span, Quote::Bare)),
            Rule::double => statement.words.push(word(inside_quotes(&pair), span, Quote::Double)),
            Rule::single => statement.words.push(word(inside_quotes(&pair), span, Quote::Single)),
            Rule::comment => statement.comments.push(without_return(pair.as_str(), span)),
            Rule::glued => statement.glued = statement.glued.or(Some(statement.words.len())),
            other => (statement.end, statement.end_span) = (end(other), span),
        }
    }
    statement
}

/// Where the Lua code that begins at `start` meets its next brace: the offset of that brace, or of the text's end.
pub(super) fn lua_text(text: &str, start: usize) -> usize {
    let parsed = Grammar::parse(Rule::lua_text, &text[start..]);
    parsed.ok().and_then(|mut pairs| pairs.next()).map_or(text.len(), |pair| start + pair.as_span().end())
}

/// The parts of a value, up to the offset at which a `$` names nothing (or the value's length).
pub(super) fn value(text: &str) -> (Vec<Part>, usize) {
    let mut parts = Vec::new();
    let mut end = 0;
    for pair in pairs(Rule::value, text) {
        end = pair.as_span().end();
        let spelling = pair.as_str();
        parts.push(match pair.as_rule() {
            Rule::capture => Part::Capture(spelling[1..].parse().unwrap_or_default()),
            Rule::variable => Part::Variable(spelling.trim_matches(['$', '{', '}']).to_owned()),
            Rule::filled => Part::Hole(hole::decode(spelling).into_owned()),
            _ => Part::Text(spelling.to_owned()),
        });
    }
    (parts, end)
}

/// What `rule` consists of at the beginning of `input`. Both rules asked for match any text, so there is no error to
/// pass on.
fn pairs(rule: Rule, input: &str) -> impl Iterator<Item = Pair<'_, Rule>> {
    Grammar::parse(rule, input).into_iter().flatten().flat_map(Pair::into_inner)
}

fn end(rule: Rule) -> End {
    match rule {
        Rule::end => End::Semicolon,
        Rule::open => End::Open,
        Rule::close => End::Close,
        Rule::unclosed => End::Unclosed,
        _ => End::Text,
    }
}

fn inside_quotes<'i>(pair: &Pair<'i, Rule>) -> &'i str {
    let spelling = pair.as_str();
    &spelling[1..spelling.len() - 1]
}

fn without_return(comment: &str, span: Span) -> Span {
    let returns = comment.len() - comment.trim_end_matches('\r').len();
    Span::new(span.start as usize, span.end as usize - returns)
}

fn word(spelling: &str, span: Span, quote: Quote) -> Word {
    let value = if spelling.contains('\\') { unescape(spelling) } else { spelling.to_owned() };
    Word { value, span, quote }
}

/// Replaces escapes as `ngx_conf_read_token` does, in bare words too; a backslash before anything else stays.
pub(super) fn unescape(spelling: &str) -> String {
    let mut value = String::with_capacity(spelling.len());
    let mut chars = spelling.chars();
    while let Some(c) = chars.next() {
        let replacement = match (c, chars.as_str().chars().next()) {
            ('\\', Some(next @ ('"' | '\'' | '\\'))) => Some(next),
            ('\\', Some('t')) => Some('\t'),
            ('\\', Some('r')) => Some('\r'),
            ('\\', Some('n')) => Some('\n'),
            _ => None,
        };
        if replacement.is_some() {
            chars.next();
        }
        value.push(replacement.unwrap_or(c));
    }
    value
}
