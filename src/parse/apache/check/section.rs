//! What stands between `<Name` and `>`.

use super::super::expression::test;
use super::{check_pattern, fault};
use crate::syntax::SyntaxError;
use crate::syntax::directive::Directive;

/// `<If "…">`, `<ElseIf "…">`, `<Else>`
pub(super) fn check_condition(directive: &Directive) -> Result<(), SyntaxError> {
    let words = &directive.arguments;
    if directive.name.value.eq_ignore_ascii_case("Else") {
        return words.first().map_or(Ok(()), |_| Err(fault::takes_nothing(directive)));
    }
    let Some(word) = words.first() else { return Err(fault::takes(directive, "an expression")) };
    if let Err(error) = test(word, 0) {
        return Err(fault::unquoted(directive, words).unwrap_or(error));
    }
    if words.len() > 1 {
        Err(fault::unquoted(directive, words).unwrap_or_else(|| fault::one_argument(directive, &words[1..])))
    } else {
        Ok(())
    }
}

/// One path, or `~` and a pattern.
pub(super) fn check_path(directive: &Directive) -> Result<(), SyntaxError> {
    let name = directive.name.value.to_ascii_lowercase();
    let tilde =
        usize::from(directive.argument(0) == Some("~") && !matches!(name.as_str(), "filesmatch" | "locationmatch"));
    match directive.arguments.get(tilde + 1..) {
        None => Err(fault::takes(directive, "a path")),
        Some([]) if tilde > 0 || name.ends_with("match") => check_pattern(&directive.arguments[tilde], 0),
        Some([]) => Ok(()),
        Some(rest) => Err(fault::one_argument(directive, rest)),
    }
}
