//! The wording of what modules refuse.

use super::super::fault::{error, show};
use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::syntax::apache::Flag;
use crate::syntax::directive::{Directive, Quote, Word};

fn with(span: Span, message: String, help: String) -> SyntaxError {
    SyntaxError { span, message, help: Some(help) }
}

fn all(words: &[Word]) -> Span {
    match words {
        [] => Span::new(0, 0),
        [first, ..] => first.span.to(words[words.len() - 1].span),
    }
}

/// The words behind the last one that there may be.
///
/// `value` is what they would belong to if it were in quotes.
pub(super) fn too_many(directive: &Directive, value: Option<&Word>, rest: &[Word]) -> SyntaxError {
    let name = show(&directive.name.value);
    let comment = rest.iter().position(|word| word.quote == Quote::Bare && word.value.starts_with('#'));
    if let Some(comment) = comment {
        let help = "a comment stands on a line of its own";
        return error(all(&rest[comment..]), format!("a comment behind {name} is taken for its arguments"), Some(help));
    }
    if let [only] = rest
        && only.value.starts_with(';')
    {
        let help = "a directive ends with its line: take the `;` away";
        return error(only.span, format!("unexpected {} behind {name}", show(&only.value)), Some(help));
    }
    match value.filter(|value| value.quote == Quote::Bare) {
        Some(value) => {
            let help = "put quotes round all that belongs to the value";
            error(value.span.to(all(rest)), format!("the value of {name} is in several words"), Some(help))
        }
        None => error(all(rest), format!("unexpected {} behind {name}", show(&rest[0].value)), None),
    }
}

pub(super) fn no_action(directive: &Directive) -> SyntaxError {
    let help = "write what is to be done: `set`, `add`, `append`, `merge`, `setifempty`, `unset`, `edit` …";
    error(directive.head(), format!("{} says nothing to do", show(&directive.name.value)), Some(help))
}

pub(super) fn unknown_action(directive: &Directive, action: &Word) -> SyntaxError {
    let name = directive.name.value.as_str();
    let word = action.value.trim_end_matches(':');
    let help = if word.contains('-') {
        format!("write `{name} set {word} …`")
    } else if word.eq_ignore_ascii_case("always") {
        "`always` stands once, and only behind `Header`".to_owned()
    } else {
        format!(
            "{name} knows `set`, `add`, `append`, `merge`, `setifempty`, `unset`, `edit`, `edit*`, `echo` and `note`"
        )
    };
    with(action.span, format!("{} can't {} a header", show(name), show(&action.value)), help)
}

pub(super) fn not_on_requests(action: &Word) -> SyntaxError {
    error(action.span, format!("`RequestHeader` can't {} a header", show(&action.value)), None)
}

pub(super) fn edit_incomplete(directive: &Directive) -> SyntaxError {
    error(directive.head(), "editing a header takes a pattern and a substitution".to_owned(), None)
}

pub(super) fn no_value(directive: &Directive, rest: &[Word]) -> SyntaxError {
    let glued = rest.first().and_then(|word| word.value.split_once(':')).filter(|(_, value)| !value.trim().is_empty());
    let message = format!("{} has no value", show(&directive.name.value));
    match glued {
        Some((name, value)) => {
            let help = format!("write the name and the value as two words: `{name} \"{}\"`", value.trim());
            with(directive.head(), message, help)
        }
        None => error(directive.head(), message, Some("an empty value is `\"\"`")),
    }
}

pub(super) fn no_variable(word: &Word) -> SyntaxError {
    error(word.span, format!("{} names no variable", show(&word.value)), None)
}

pub(super) fn missing_word(directive: &Directive, condition: bool) -> SyntaxError {
    let missing = if condition { "no pattern" } else { "no substitution" };
    let help = if condition { None } else { Some("to leave the URL as it is, write `-`") };
    error(directive.head(), format!("{} has {missing}", show(&directive.name.value)), help)
}

pub(super) fn unknown_flag(name: &str, span: Span, condition: bool) -> SyntaxError {
    let of = if condition { "`RewriteCond`" } else { "`RewriteRule`" };
    if name.is_empty() {
        return error(span, format!("a flag of {of} is empty"), Some("take the comma away"));
    }
    error(span, format!("{of} has no flag {}", show(name)), None)
}

pub(super) fn status(flag: &Flag, span: Span) -> SyntaxError {
    let value = flag.value.as_deref().unwrap_or_default();
    error(span, format!("httpd knows no status {}", show(value)), None)
}

pub(super) fn no_switch(directive: &Directive) -> SyntaxError {
    error(directive.head(), format!("{} is neither `On` nor `Off`", show(&directive.name.value)), None)
}

pub(super) fn no_assignment(directive: &Directive, words: usize) -> SyntaxError {
    let missing = if directive.arguments.len() + 1 >= words { "names no variable" } else { "has no pattern" };
    error(directive.head(), format!("{} {missing}", show(&directive.name.value)), None)
}

pub(super) fn takes(directive: &Directive, what: &str) -> SyntaxError {
    error(directive.head(), format!("{} takes {what}", named(directive)), None)
}

pub(super) fn takes_nothing(directive: &Directive) -> SyntaxError {
    error(all(&directive.arguments), format!("{} takes no argument", named(directive)), None)
}

pub(super) fn one_argument(directive: &Directive, rest: &[Word]) -> SyntaxError {
    error(all(rest), format!("{} takes one argument only", named(directive)), None)
}

fn named(directive: &Directive) -> String {
    let name = &directive.name.value;
    if directive.body.is_some() { show(&format!("<{name}>")) } else { show(name) }
}

/// An expression of several words without quotes, of which httpd reads the first.
pub(super) fn unquoted(directive: &Directive, words: &[Word]) -> Option<SyntaxError> {
    let several = words.len() > 1 && words[0].quote == Quote::Bare;
    several.then(|| {
        let message = format!("the expression of {} is not in quotes", named(directive));
        error(all(words), message, Some("put quotes round the whole expression"))
    })
}

pub(super) fn require_all(span: Span) -> SyntaxError {
    error(span, "`Require all` takes `granted` or `denied`".to_owned(), None)
}

pub(super) fn pattern(why: &str, span: Span) -> SyntaxError {
    error(span, format!("the pattern {why}"), None)
}
