//! `Header` and `RequestHeader`, as `header_inout_cmd` of `mod_headers` reads their words.

use super::super::expression::{test, text};
use super::super::value::format;
use super::{check_pattern, fault};
use crate::syntax::SyntaxError;
use crate::syntax::directive::{Directive, Word};

/// What a header can have done to it.
const ACTIONS: [&str; 10] = ["add", "append", "echo", "edit", "edit*", "merge", "note", "set", "setifempty", "unset"];

pub(super) fn check(directive: &Directive) -> Result<(), SyntaxError> {
    let answers = directive.name.value.eq_ignore_ascii_case("Header");
    let has_table = answers && directive.argument(0).is_some_and(is_table);
    let words = &directive.arguments[usize::from(has_table)..];
    let Some(action) = words.first() else { return Err(fault::no_action(directive)) };
    let verb = action.value.to_ascii_lowercase();
    if !ACTIONS.contains(&verb.as_str()) {
        return Err(fault::unknown_action(directive, action));
    }
    let rest = words.get(2..).unwrap_or_default();
    match verb.as_str() {
        "echo" | "note" if !answers => Err(fault::not_on_requests(action)),
        "edit" | "edit*" => {
            let Some(substitution) = rest.get(1) else { return Err(fault::edit_incomplete(directive)) };
            check_pattern(&rest[0], 0)?;
            check_value(substitution)?;
            check_condition(directive, None, &rest[2..])
        }
        "echo" if words.len() > 1 => {
            check_pattern(&words[1], 0)?;
            check_condition(directive, None, rest)
        }
        "unset" | "echo" => check_condition(directive, None, rest),
        _ => {
            let Some(value) = rest.first() else { return Err(fault::no_value(directive, &words[1..])) };
            check_condition(directive, Some(value), &rest[1..])?;
            check_value(value)
        }
    }
}

fn is_table(word: &str) -> bool {
    word.eq_ignore_ascii_case("always") || word.eq_ignore_ascii_case("onsuccess")
}

fn check_value(value: &Word) -> Result<(), SyntaxError> {
    if value.value.starts_with("expr=") { text(value, 5).map(|_| ()) } else { format(value).map(|_| ()) }
}

/// What follows the value: at most one word.
fn check_condition(directive: &Directive, value: Option<&Word>, words: &[Word]) -> Result<(), SyntaxError> {
    match words {
        [] => Ok(()),
        [only] => check_single(directive, value, only),
        [first, rest @ ..] => {
            let known = is_condition(&first.value);
            Err(fault::too_many(directive, value.filter(|_| !known), if known { rest } else { words }))
        }
    }
}

fn is_condition(word: &str) -> bool {
    word.eq_ignore_ascii_case("early") || has_prefix(word, "env=") || has_prefix(word, "expr=")
}

fn has_prefix(word: &str, prefix: &str) -> bool {
    word.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn check_single(directive: &Directive, value: Option<&Word>, word: &Word) -> Result<(), SyntaxError> {
    if has_prefix(&word.value, "expr=") {
        return test(word, 5).map(|_| ());
    }
    if has_prefix(&word.value, "env=") {
        let named = !matches!(&word.value[4..], "" | "!");
        return if named { Ok(()) } else { Err(fault::no_variable(word)) };
    }
    if is_condition(&word.value) {
        return Ok(());
    }
    Err(fault::too_many(directive, value, std::slice::from_ref(word)))
}
