//! What a backslash makes of the characters after it.

use pest::iterators::Pair;

use super::grammar::Rule;
use crate::syntax::pattern::{Assertion, Class, ClassItem, Kind, Reference, Shorthand};

/// What an escape is, outside a class. `None` is nothing at all: a lone `\E`. `groups` is how many groups have been
/// opened before it, for references that count backwards.
pub(super) fn outside(escape: Pair<'_, Rule>, groups: u32) -> Option<Kind> {
    let inner = escape.into_inner().next()?;
    let kind = match inner.as_rule() {
        Rule::reference => Kind::Backreference(reference(inner, groups)?),
        Rule::any => match inner.as_str() {
            "E" => return None,
            "A" => Kind::Assertion(Assertion::Start),
            "z" | "Z" => Kind::Assertion(Assertion::End),
            "b" => Kind::Assertion(Assertion::WordBoundary),
            "B" => Kind::Assertion(Assertion::NoWordBoundary),
            "G" | "K" => Kind::Assertion(Assertion::Other),
            other => single(other),
        },
        _ => match item(&inner)? {
            ClassItem::Range(c, _) => Kind::Literal(c),
            shorthand @ ClassItem::Shorthand(..) => Kind::Class(Class { negated: false, items: vec![shorthand] }),
        },
    };
    Some(kind)
}

/// What an escape adds to a class. References and assertions are plain characters there, but for `\b`, a backspace.
pub(super) fn inside(escape: Pair<'_, Rule>) -> Option<ClassItem> {
    let inner = escape.into_inner().next()?;
    match (inner.as_rule(), inner.as_str()) {
        (Rule::any, "E") => None,
        (Rule::any, "b") => Some(ClassItem::Range('\u{8}', '\u{8}')),
        // `[\1]` is a character in octal in either language.
        (Rule::reference, text) => {
            let c = u32::from_str_radix(text, 8).ok().and_then(char::from_u32).or(text.chars().next())?;
            Some(ClassItem::Range(c, c))
        }
        _ => item(&inner),
    }
}

/// One character, or a set that has a letter of its own.
fn single(text: &str) -> Kind {
    match text {
        // `\N` is a dot that never takes a line end, `\X` a character with all its accents.
        "N" | "X" => Kind::Dot,
        other => match named(other) {
            ClassItem::Range(c, _) => Kind::Literal(c),
            shorthand @ ClassItem::Shorthand(..) => Kind::Class(Class { negated: false, items: vec![shorthand] }),
        },
    }
}

fn item(inner: &Pair<'_, Rule>) -> Option<ClassItem> {
    let text = inner.as_str();
    let c = match inner.as_rule() {
        Rule::hexadecimal => {
            let digits = inner.clone().into_inner().next()?;
            u32::from_str_radix(digits.as_str(), 16)
                .ok()
                .and_then(char::from_u32)
                .unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        Rule::octal => u32::from_str_radix(text, 8).ok().and_then(char::from_u32)?,
        // A control character is its letter with bit 6 turned.
        Rule::control => char::from(text.as_bytes().get(1)?.to_ascii_uppercase() ^ 0x40),
        Rule::property => {
            let negated = text.starts_with('P') != text.contains('^');
            return Some(ClassItem::Shorthand(Shorthand::Letter, negated));
        }
        _ => return Some(named(text)),
    };
    Some(ClassItem::Range(c, c))
}

fn named(text: &str) -> ClassItem {
    let shorthand = |shorthand, negated| ClassItem::Shorthand(shorthand, negated);
    let single = |c| ClassItem::Range(c, c);
    match text {
        "d" => shorthand(Shorthand::Digit, false),
        "D" => shorthand(Shorthand::Digit, true),
        "w" => shorthand(Shorthand::Word, false),
        "W" => shorthand(Shorthand::Word, true),
        "s" => shorthand(Shorthand::Space, false),
        "S" => shorthand(Shorthand::Space, true),
        "h" => shorthand(Shorthand::Blank, false),
        "H" => shorthand(Shorthand::Blank, true),
        "v" | "R" => shorthand(Shorthand::LineEnd, false),
        "V" => shorthand(Shorthand::LineEnd, true),
        "n" => single('\n'),
        "r" => single('\r'),
        "t" => single('\t'),
        "f" => single('\u{c}'),
        "a" => single('\u{7}'),
        "e" => single('\u{1b}'),
        other => single(other.chars().next().unwrap_or('\\')),
    }
}

fn reference(pair: Pair<'_, Rule>, groups: u32) -> Option<Reference> {
    let inner = pair.into_inner().next()?;
    let text = inner.as_str();
    Some(match inner.as_rule() {
        Rule::reference_number => Reference::Number(text.parse().ok()?),
        // `\g{-1}` is the group that was opened last.
        Rule::relative => {
            let back: u32 = text.trim_start_matches('-').parse().ok()?;
            Reference::Number((groups + 1).saturating_sub(back))
        }
        _ => Reference::Name(text.to_owned()),
    })
}

/// The set behind `[:name:]`.
pub(super) fn posix(name: &str) -> Option<Shorthand> {
    Some(match name {
        "alpha" => Shorthand::Letter,
        "digit" => Shorthand::Digit,
        "alnum" => Shorthand::LetterOrDigit,
        "word" => Shorthand::Word,
        "space" => Shorthand::Space,
        "blank" => Shorthand::Blank,
        "lower" => Shorthand::Lower,
        "upper" => Shorthand::Upper,
        "punct" => Shorthand::Punctuation,
        "xdigit" => Shorthand::HexDigit,
        "graph" | "print" | "ascii" => Shorthand::Visible,
        "cntrl" => Shorthand::Control,
        _ => return None,
    })
}
