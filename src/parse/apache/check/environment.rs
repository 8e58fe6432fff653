//! The smaller directives.

use super::super::expression::test;
use super::{check_pattern, fault};
use crate::syntax::SyntaxError;
use crate::syntax::directive::Directive;

/// `On` or `Off`; what follows is not read.
pub(super) fn check_switch(directive: &Directive) -> Result<(), SyntaxError> {
    let word = directive.arguments.first();
    let known = word.is_some_and(|word| ["on", "off"].iter().any(|known| known.eq_ignore_ascii_case(&word.value)));
    if known { Ok(()) } else { Err(fault::no_switch(directive)) }
}

/// `SetEnvIf` and its kin need so many words, the last of them not empty.
pub(super) fn check_match(directive: &Directive, words: usize) -> Result<(), SyntaxError> {
    let last = directive.argument(words - 1).unwrap_or_default();
    if last.is_empty() {
        Err(fault::no_assignment(directive, words))
    } else {
        check_pattern(&directive.arguments[words - 2], 0)
    }
}

/// `RewriteBase /path`
pub(super) fn check_base(directive: &Directive) -> Result<(), SyntaxError> {
    match directive.arguments.as_slice() {
        [only] if !only.value.is_empty() => Ok(()),
        [only, rest @ ..] if !rest.is_empty() => Err(fault::too_many(directive, Some(only), rest)),
        _ => Err(fault::takes(directive, "a path")),
    }
}

/// `SetEnvIfExpr "…" NAME=value`
pub(super) fn check_expression(directive: &Directive) -> Result<(), SyntaxError> {
    let Some(word) = directive.arguments.first() else { return Err(fault::no_assignment(directive, 2)) };
    if let Err(error) = test(word, 0) {
        return Err(fault::unquoted(directive, &directive.arguments).unwrap_or(error));
    }
    let named = directive.argument(1).is_some_and(|name| !name.is_empty());
    if named { Ok(()) } else { Err(fault::no_assignment(directive, 2)) }
}

/// `SetEnv NAME value`
pub(super) fn check_variable(directive: &Directive) -> Result<(), SyntaxError> {
    match directive.arguments.as_slice() {
        [] => Err(fault::takes(directive, "a name and a value")),
        [_] | [_, _] => Ok(()),
        [_, value, rest @ ..] => Err(fault::too_many(directive, Some(value), rest)),
    }
}

/// `ErrorDocument 404 /path`
pub(super) fn check_document(directive: &Directive) -> Result<(), SyntaxError> {
    match directive.arguments.as_slice() {
        [_, document, rest @ ..] if !rest.is_empty() => Err(fault::too_many(directive, Some(document), rest)),
        [_, document] if !document.value.is_empty() => Ok(()),
        _ => Err(fault::takes(directive, "a status and a document")),
    }
}
