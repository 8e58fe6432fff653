//! The wording of syntax errors.

use crate::parse::shown::show;
use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::syntax::directive::Word;

/// What the words of a broken statement are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noun {
    /// A directive.
    Directive,
    /// An entry of a `map`, `geo`, `types` … block.
    Entry,
}

impl Noun {
    fn word(self) -> &'static str {
        match self {
            Self::Directive => "directive",
            Self::Entry => "entry",
        }
    }
}

fn error(span: Span, message: String, help: Option<String>) -> SyntaxError {
    SyntaxError { span, message, help }
}

pub(super) fn not_ended(noun: Noun, words: &[Word], span: Span) -> SyntaxError {
    let name = words.first().map(|word| show(&word.value)).unwrap_or_default();
    let help = words.last().map(|last| format!("put a `;` after {}", show(&last.value)));
    error(span, format!("{} {name} is not ended by `;`", noun.word()), help)
}

pub(super) fn no_opening_brace(name: &Word, span: Span) -> SyntaxError {
    error(span, format!("block {} has no opening `{{`", show(&name.value)), None)
}

pub(super) fn unexpected(what: char, span: Span) -> SyntaxError {
    let help = match what {
        ';' => "there is no directive that it could end; nginx refuses a `;` after `}`",
        '}' => "no block is open here",
        _ => "there is no directive whose block it could open",
    };
    error(span, format!("unexpected `{what}`"), Some(help.to_owned()))
}

pub(super) fn glued(after: &str, span: Span) -> SyntaxError {
    let found = after.chars().next().map(|c| show(&c.to_string())).unwrap_or_default();
    let help = "after a closing quote must follow white space, `;`, `{` or `)`; a quote inside a quoted word is `\\\"`";
    error(span, format!("unexpected {found} right after a closing quote"), Some(help.to_owned()))
}

pub(super) fn unclosed_quote(quote: &str, span: Span) -> SyntaxError {
    error(span, format!("the quote that begins here is not closed by `{quote}`"), None)
}

pub(super) fn unclosed_block(name: &Word, span: Span, lua: bool) -> SyntaxError {
    let language = if lua { "Lua block" } else { "block" };
    error(span, format!("{language} {} is not closed by `}}`", show(&name.value)), None)
}

pub(super) fn unclosed_brace(span: Span) -> SyntaxError {
    error(span, "this `{` is not closed by `}`".to_owned(), None)
}

pub(super) fn byte_order_mark(span: Span) -> SyntaxError {
    let help = "save the file as UTF-8 without a byte order mark: nginx takes it for a part of the first directive";
    error(span, "the file begins with a UTF-8 byte order mark".to_owned(), Some(help.to_owned()))
}

pub(super) fn too_deep(limit: usize, span: Span) -> SyntaxError {
    error(span, format!("blocks are nested more than {limit} levels deep"), None)
}

pub(super) fn too_long_word(limit: usize, span: Span) -> SyntaxError {
    let help = "nginx refuses to start: a word must fit into its buffer of 4096 bytes";
    error(span, format!("the word that begins here is longer than {limit} bytes"), Some(help.to_owned()))
}

pub(super) fn too_long_comment(limit: usize, span: Span) -> SyntaxError {
    let help = "nginx refuses to start: a comment must fit into its buffer of 4096 bytes";
    error(span, format!("the comment is longer than {limit} bytes"), Some(help.to_owned()))
}

pub(super) fn given_up(why: &str, span: Span) -> SyntaxError {
    error(span, format!("{why}; the rest of the file was not read"), None)
}

pub(super) fn unknown_if(span: Span) -> SyntaxError {
    error(span, "unknown directive `if(`".to_owned(), Some("put a space between `if` and `(`".to_owned()))
}

pub(super) fn empty_condition(span: Span) -> SyntaxError {
    error(span, "the condition of this `if` is empty".to_owned(), None)
}

pub(super) fn no_parenthesis(missing: char, word: &Word) -> SyntaxError {
    let message =
        if missing == '(' { "the condition does not begin with `(`" } else { "the condition is not ended by `)`" };
    error(word.span, message.to_owned(), None)
}

pub(super) fn invalid_condition(first: &Word, rest: &[Word]) -> SyntaxError {
    let combined = rest.iter().any(|word| matches!(word.value.as_str(), "&&" | "||" | "and" | "or"));
    let help = if combined {
        Some("nginx cannot combine conditions: collect them in a variable with `set`, or use a `map`")
    } else if first.value.starts_with('"') || first.value.starts_with('\'') {
        Some("nginx does not take a quoted variable right after `(`: leave the quotes out")
    } else if first.value.starts_with("!$") {
        Some("nginx cannot negate a variable: compare it with `= ''` or `= 0`")
    } else {
        None
    };
    error(first.span, format!("invalid condition {}", show(&first.value)), help.map(str::to_owned))
}

pub(super) fn unexpected_operator(operator: &Word) -> SyntaxError {
    let help = "nginx knows `=`, `!=`, `~`, `~*`, `!~` and `!~*`";
    error(operator.span, format!("unexpected {} in a condition", show(&operator.value)), Some(help.to_owned()))
}

pub(super) fn unknown_variable(word: &Word) -> SyntaxError {
    let help = if word.value.starts_with("${") {
        Some("nginx does not take braces around the variable of a condition")
    } else if word.value.contains(['=', '~']) {
        Some("put spaces around the operator")
    } else {
        None
    };
    error(word.span, format!("unknown variable {}", show(&word.value)), help.map(str::to_owned))
}
