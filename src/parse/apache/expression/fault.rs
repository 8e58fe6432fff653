//! The wording of errors in expressions.

use super::super::fault::{error, show};
use super::super::grammar::{self, Rule};
use super::Source;
use crate::source::Span;
use crate::syntax::SyntaxError;

pub(super) fn too_deep(source: &Source<'_>) -> SyntaxError {
    error(source.whole(), "the expression is nested too deeply".to_owned(), None)
}

pub(super) fn variable(name: &str, span: Span) -> SyntaxError {
    let header = name.get(..5).filter(|prefix| prefix.eq_ignore_ascii_case("HTTP_")).map(|_| header(&name[5..]));
    let help = match header {
        Some(header) => format!("a request header is `%{{HTTP:{header}}}`"),
        None => format!("a variable of the environment is `%{{env:{name}}}`"),
    };
    SyntaxError { span, message: format!("expressions have no variable {}", show(name)), help: Some(help) }
}

/// `USER_AGENT` → `User-Agent`
fn header(name: &str) -> String {
    let word = |word: &str| {
        let lower = word.to_ascii_lowercase();
        lower.get(..1).map(|first| first.to_ascii_uppercase() + &lower[1..]).unwrap_or_default()
    };
    name.split('_').map(word).collect::<Vec<_>>().join("-")
}

pub(super) fn function(name: &str, span: Span) -> SyntaxError {
    error(span, format!("expressions have no function {}", show(name)), None)
}

pub(super) fn operator(name: &str, span: Span) -> SyntaxError {
    error(span, format!("expressions have no operator {}", show(&format!("-{name}"))), None)
}

/// What stands where the tokens end.
pub(super) fn unreadable(source: &Source<'_>, at: usize) -> SyntaxError {
    let rest = &source.text()[at..];
    let first = rest.chars().next().unwrap_or(' ');
    let span = source.span(at, at + first.len_utf8());
    match first {
        '"' | '\'' => broken_string(source, at),
        '%' if rest.starts_with("%{") => broken_variable(source, at),
        '/' => error(span, "the pattern that begins here is not ended by `/`".to_owned(), None),
        '\\' if is_behind_pattern(&source.text()[..at]) => {
            error(span, format!("unexpected {} behind a pattern", show("\\")), Some(DELIMITER))
        }
        first => error(span, format!("unexpected {} in an expression", show(&first.to_string())), None),
    }
}

const DELIMITER: &str = "a backslash does not hide the `/` that ends a pattern: write it `m#…#`";

fn is_behind_pattern(before: &str) -> bool {
    before.ends_with("\\/")
}

/// A pattern that does not compile.
pub(super) fn pattern(why: &str, span: Span, slashes: bool) -> SyntaxError {
    let help = (slashes && why.ends_with("backslash")).then_some(DELIMITER);
    error(span, format!("the pattern {why}"), help)
}

/// A string in quotes that is broken, or the inside of one without quotes.
pub(super) fn broken_string(source: &Source<'_>, at: usize) -> SyntaxError {
    let rest = &source.text()[at..];
    let end = source.text().len();
    let (quote, inside) = match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => (Some(quote), &rest[1..]),
        _ => (None, rest),
    };
    if let Some(variable) = broken_variable_in(inside, quote) {
        return broken_variable(source, end - inside.len() + variable);
    }
    if let Some(escape) = broken_escape_in(inside, quote) {
        let start = end - inside.len() + escape;
        let digits = source.text()[start + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let span = source.span(start, start + 1 + digits);
        return error(span, format!("{} is no byte", show(&source.text()[start..start + 1 + digits])), None);
    }
    match quote {
        Some(quote) => {
            let message = format!("the string that begins here is not closed by {}", show(&quote.to_string()));
            error(source.span(at, end), message, None)
        }
        None => error(source.span(at, end), "the text can't go on over a line's end".to_owned(), None),
    }
}

/// The first `%{` that begins no variable, before the string ends.
fn broken_variable_in(inside: &str, quote: Option<char>) -> Option<usize> {
    let end = quote.and_then(|quote| inside.find(quote)).unwrap_or(inside.len());
    inside[..end].match_indices("%{").map(|(at, _)| at).find(|at| !is_variable(&inside[*at..]))
}

fn broken_escape_in(inside: &str, quote: Option<char>) -> Option<usize> {
    let end = quote.and_then(|quote| inside.find(quote)).unwrap_or(inside.len());
    let bytes = inside.as_bytes();
    inside[..end].match_indices('\\').map(|(at, _)| at).find(|at| {
        let digits = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = &inside[at + 1..at + 1 + digits];
        digits > 0 && (digits > 3 || number.contains(['8', '9']) || (digits == 3 && number > "377"))
    })
}

fn is_variable(text: &str) -> bool {
    grammar::tokens(Rule::variable, text).1 > 0
}

/// A `%{` that begins no variable.
fn broken_variable(source: &Source<'_>, at: usize) -> SyntaxError {
    let rest = &source.text()[at..];
    let end = rest.find('}').map_or(rest.len(), |end| end + 1);
    let shown = show(&rest[..end]);
    let span = source.span(at, at + end);
    let name = rest[2..].trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let why = if !rest[..end].ends_with('}') {
        "has no closing `}`"
    } else if name.starts_with(":}") {
        "has nothing behind its `:`"
    } else {
        "is no variable of an expression"
    };
    error(span, format!("{shown} {why}"), None)
}

/// A token that can't stand here; none where the expression ends too early.
pub(super) fn unexpected(source: &Source<'_>, found: Option<(usize, usize)>, expected: &str) -> SyntaxError {
    match found {
        Some((start, end)) => {
            let shown = show(&source.text()[start..end]);
            error(source.span(start, end), format!("unexpected {shown} in an expression, instead of {expected}"), None)
        }
        None => error(source.whole(), format!("the expression ends where {expected} is missing"), None),
    }
}

/// A word that neither quotes nor parentheses make a text or a function.
pub(super) fn bare_word(name: &str, span: Span) -> SyntaxError {
    let help = format!("put it in quotes: `'{name}'`");
    let message = format!("unexpected {} in an expression: a text stands in quotes", show(name));
    SyntaxError { span, message, help: Some(help) }
}
