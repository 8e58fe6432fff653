//! What stands in the words of `RewriteRule` and `RewriteCond`.

use std::iter::repeat_n;

use super::fault;
use super::grammar::{self, Rule, is_space};
use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::syntax::apache::{CondPattern, Flag, Piece, Text};
use crate::syntax::directive::{Quote, Word};

/// How deep maps may stand in maps; what is deeper is taken for text.
const MAX_DEPTH: usize = 16;

/// Takes a test string, a substitution or the value of `[E=NAME:value]` apart, as `do_expand` does.
#[must_use]
pub fn rewrite_text(value: &str) -> Text {
    let mut text = Text::default();
    expand(value, 0, value.len(), &closing_braces(value), 0, &mut text);
    text
}

/// For each byte the offset of the brace that closes the one there, or the length of the text.
fn closing_braces(value: &str) -> Vec<usize> {
    let mut closing: Vec<usize> = repeat_n(value.len(), value.len()).collect();
    let mut open = Vec::new();
    for (at, byte) in value.bytes().enumerate() {
        match byte {
            b'{' => open.push(at),
            b'}' => {
                if let Some(opened) = open.pop() {
                    closing[opened] = at;
                }
            }
            _ => {}
        }
    }
    closing
}

fn expand(value: &str, start: usize, end: usize, closing: &[usize], depth: usize, text: &mut Text) {
    let mut at = start;
    while at < end {
        let (piece, length) = grammar::tokens(Rule::rewrite_piece, &value[at..end]);
        let Some(piece) = piece.first() else { return };
        let spelling = piece.as_str();
        let percent = spelling.starts_with('%');
        let mut next = at + length;
        let found = match piece.as_rule() {
            Rule::rewrite_escape => Piece::Literal(spelling[1..].to_owned()),
            Rule::rewrite_capture if percent => Piece::ConditionCapture(digit(spelling)),
            Rule::rewrite_capture => Piece::Capture(digit(spelling)),
            Rule::rewrite_open if closing[at + 1] < end => {
                let inside = at + 2..closing[at + 1];
                let braced =
                    if percent { Some(variable(&value[inside.clone()])) } else { map(value, &inside, closing, depth) };
                next = if braced.is_some() { inside.end + 1 } else { next };
                braced.unwrap_or_else(|| Piece::Literal(spelling.to_owned()))
            }
            _ => Piece::Literal(spelling.to_owned()),
        };
        push(text, found);
        at = next;
    }
}

fn push(text: &mut Text, piece: Piece) {
    match (text.0.last_mut(), piece) {
        (Some(Piece::Literal(before)), Piece::Literal(added)) => before.push_str(&added),
        (_, piece) => text.0.push(piece),
    }
}

fn digit(spelling: &str) -> usize {
    spelling[1..].parse().unwrap_or_default()
}

/// The inside of `%{…}`, in which nothing is replaced.
fn variable(inside: &str) -> Piece {
    match inside.split_once(':') {
        None => Piece::Variable(inside.to_owned()),
        Some((name, "")) => Piece::Function { name: name.to_owned(), argument: Text::default() },
        Some((name, argument)) => {
            Piece::Function { name: name.to_owned(), argument: Text(vec![Piece::Literal(argument.to_owned())]) }
        }
    }
}

/// The inside of `${map:key|default}`; without a colon it is text.
fn map(value: &str, inside: &std::ops::Range<usize>, closing: &[usize], depth: usize) -> Option<Piece> {
    if depth >= MAX_DEPTH {
        return None;
    }
    let colon = find(value, inside.clone(), closing, b':')?;
    let bar = find(value, colon + 1..inside.end, closing, b'|');
    let part = |start: usize, end: usize| {
        let mut text = Text::default();
        expand(value, start, end, closing, depth + 1, &mut text);
        text
    };
    let key = part(colon + 1, bar.unwrap_or(inside.end));
    let default = bar.map(|bar| part(bar + 1, inside.end));
    Some(Piece::Map { map: value[inside.start..colon].to_owned(), key, default })
}

/// The first `wanted` that no braces inside of `range` hold.
fn find(value: &str, range: std::ops::Range<usize>, closing: &[usize], wanted: u8) -> Option<usize> {
    let mut at = range.start;
    while at < range.end {
        match value.as_bytes()[at] {
            byte if byte == wanted => return Some(at),
            b'{' => at = closing[at].max(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// What the second word of a `RewriteCond` asks for, unless its first word is `expr`.
#[must_use]
pub fn cond_pattern(value: &str) -> CondPattern {
    let (text, negated) = value.strip_prefix('!').map_or((value, false), |rest| (rest, true));
    let bytes = text.as_bytes();
    match bytes {
        [b'-', letter] if b"fsdxhLlUF".contains(letter) => CondPattern::File { what: char::from(*letter), negated },
        [b'-', b'l' | b'g', b't' | b'e', _, ..]
        | [b'-', b'e', b'q', _, ..]
        | [b'-', b'n', b'e', _, ..]
        | [b'<' | b'>', _, ..] => CondPattern::Other { text: text.to_owned(), negated },
        [b'=', _, ..] => {
            let text = if text == "=\"\"" { "" } else { &text[1..] };
            CondPattern::Same { text: text.to_owned(), negated }
        }
        _ => CondPattern::Regex { pattern: text.to_owned(), negated },
    }
}

/// The pattern of a `RewriteRule`: a regular expression, whatever it begins with.
#[must_use]
pub fn rule_pattern(value: &str) -> CondPattern {
    let (pattern, negated) = value.strip_prefix('!').map_or((value, false), |rest| (rest, true));
    CondPattern::Regex { pattern: pattern.to_owned(), negated }
}

/// The flags of a `RewriteRule` or `RewriteCond`, as `cmd_parseflagfield` cuts them. The error is one with which httpd
/// does not start; whether it knows the flags is not asked here.
pub fn flags(word: &Word) -> Result<Vec<Flag>, SyntaxError> {
    Ok(spanned_flags(word)?.into_iter().map(|(flag, _)| flag).collect())
}

/// The flags, and where each stands.
pub(super) fn spanned_flags(word: &Word) -> Result<Vec<(Flag, Span)>, SyntaxError> {
    let inside = word.value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let Some(inside) = inside else { return Err(fault::flag_brackets(word)) };
    let mut flags = Vec::new();
    let mut at = 1;
    for spelling in inside.split(',') {
        let flag = spelling.trim_matches(is_space);
        let start = at + (spelling.len() - spelling.trim_start_matches(is_space).len());
        at += spelling.len() + 1;
        let (name, value) = match flag.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (flag, None),
        };
        flags.push((Flag { name: name.to_owned(), value }, within(word, start, start + flag.len())));
    }
    Ok(flags)
}

/// Where a stretch of a word's value stands: exactly if the word is spelt as its value is.
pub(super) fn within(word: &Word, start: usize, end: usize) -> Span {
    let quotes = usize::from(word.quote != Quote::Bare);
    if word.span.len() != word.value.len() + 2 * quotes || word.has_hole() {
        return word.span;
    }
    let offset = word.span.start as usize + quotes;
    Span::new(offset + start, offset + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &Text) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Literal(text) => format!("[{text}]"),
            Piece::Variable(name) => format!("({name})"),
            Piece::Function { name, argument } => format!("{name}({})", show(argument)),
            Piece::Capture(n) => format!("${n}"),
            Piece::ConditionCapture(n) => format!("%{n}"),
            Piece::Map { map, key, default } => {
                format!("{map}<{}|{}>", show(key), default.as_ref().map_or("-".to_owned(), show))
            }
        };
        text.0.iter().map(piece).collect()
    }

    #[test]
    fn texts_are_taken_apart_as_mod_rewrite_does() {
        for (value, expected) in [
            ("", ""),
            ("-", "[-]"),
            ("%{HTTP:Origin}", "HTTP([Origin])"),
            ("%{REQUEST_URI}.html$1?x=%2", "(REQUEST_URI)[.html]$1[?x=]%2"),
            ("a\\$1\\%{X}\\", "[a$1%{X}\\]"),
            ("100%$", "[100%$]"),
            ("%{A", "[%{A]"),
            ("${lc:%{HTTP_HOST}|${x:$1}}y", "lc<(HTTP_HOST)|x<$1|->>[y]"),
            ("${NAME}", "[${NAME}]"),
            ("${a{:}b:c|}", "a{:}b<[c]|>"),
            ("%{ENV:%{X}}", "ENV([%{X}])"),
            ("%{LA-U:REMOTE_USER}$", "LA-U([REMOTE_USER])[$]"),
            ("%{ENV:}", "ENV()"),
            ("é%{é}", "[é](é)"),
        ] {
            assert_eq!(show(&rewrite_text(value)), expected, "{value}");
        }
    }

    #[test]
    fn patterns_are_told_apart_by_their_first_characters() {
        for (value, expected) in [
            ("^a$", "Regex { pattern: \"^a$\", negated: false }"),
            ("!^a$", "Regex { pattern: \"^a$\", negated: true }"),
            ("=OPTIONS", "Same { text: \"OPTIONS\", negated: false }"),
            ("!=\"\"", "Same { text: \"\", negated: true }"),
            ("=", "Regex { pattern: \"=\", negated: false }"),
            ("!-f", "File { what: 'f', negated: true }"),
            ("-q", "Regex { pattern: \"-q\", negated: false }"),
            ("-eq", "Regex { pattern: \"-eq\", negated: false }"),
            ("-eq5", "Other { text: \"-eq5\", negated: false }"),
            ("-ne 5", "Other { text: \"-ne 5\", negated: false }"),
            ("-foo", "Regex { pattern: \"-foo\", negated: false }"),
            (">=a", "Other { text: \">=a\", negated: false }"),
            ("!", "Regex { pattern: \"\", negated: true }"),
        ] {
            assert_eq!(format!("{:?}", cond_pattern(value)), expected, "{value}");
        }
    }

    #[test]
    fn flags_are_cut_at_commas() {
        for (value, expected) in [
            ("[L]", "L"),
            ("[ R=204 , NC ]", "R=204 NC"),
            ("[E=A:b=c,END]", "E=A:b=c END"),
            ("[]", ""),
            ("[L,]", "L "),
            ("[L", "! the flags are not closed by `]`"),
            ("L]", "! the flags do not begin with `[`"),
            ("#", "! the flags do not begin with `[`"),
        ] {
            let word = Word { value: value.to_owned(), span: Span::new(3, 3 + value.len()), quote: Quote::Bare };
            let show = |flag: &Flag| match &flag.value {
                Some(value) => format!("{}={value}", flag.name),
                None => flag.name.clone(),
            };
            let shown = match flags(&word) {
                Ok(flags) => flags.iter().map(show).collect::<Vec<_>>().join(" "),
                Err(error) => format!("! {}", error.message),
            };
            assert_eq!(shown, expected, "{value}");
        }
    }

    #[test]
    fn no_text_takes_long() {
        for piece in ["${", "${a:", "%{", "}", "$", "\\", "${a:b}", "${a:${b:c}}"] {
            assert!(!rewrite_text(&piece.repeat(50_000)).0.is_empty(), "{piece}");
        }
    }
}
