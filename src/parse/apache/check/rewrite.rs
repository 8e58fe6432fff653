//! `RewriteRule` and `RewriteCond`, as `mod_rewrite` reads their words.

use std::ops::RangeInclusive;

use super::super::expression::test;
use super::super::rewrite::{cond_pattern, spanned_flags};
use super::{check_pattern, fault};
use crate::syntax::SyntaxError;
use crate::syntax::apache::{CondPattern, Flag};
use crate::syntax::directive::{Directive, Quote};

/// Flags of a `RewriteCond`.
const CONDITION: [&str; 6] = ["nc", "nocase", "nv", "novary", "or", "ornext"];

/// Flags of a `RewriteRule`; any that begins with `d` is taken too.
const RULE: [&str; 49] = [
    "b",
    "backrefescaping",
    "backrefernoplus",
    "bctls",
    "bne",
    "bnp",
    "c",
    "chain",
    "co",
    "cookie",
    "d",
    "e",
    "end",
    "env",
    "f",
    "forbidden",
    "g",
    "gone",
    "h",
    "handler",
    "l",
    "last",
    "n",
    "nc",
    "ne",
    "next",
    "nocase",
    "noescape",
    "nosubreq",
    "ns",
    "p",
    "passthrough",
    "proxy",
    "pt",
    "qsa",
    "qsappend",
    "qsd",
    "qsdiscard",
    "qsl",
    "qslast",
    "r",
    "redirect",
    "s",
    "skip",
    "t",
    "type",
    "unc",
    "unsafeallow3f",
    "unsafeprefixstat",
];

/// Statuses that httpd has a text for; the others are no status for it.
const STATUSES: [RangeInclusive<u16>; 13] = [
    100..=103,
    200..=208,
    226..=226,
    300..=305,
    307..=308,
    400..=417,
    421..=424,
    426..=426,
    428..=429,
    431..=431,
    451..=451,
    500..=508,
    510..=511,
];

pub(super) fn check(directive: &Directive, text: &str) -> Result<(), SyntaxError> {
    let condition = directive.name.value.eq_ignore_ascii_case("RewriteCond");
    let words = &directive.arguments;
    let closed = |index: usize| {
        words.get(index).is_some_and(|word| {
            let spelling = &text[word.span.range()];
            word.quote != Quote::Bare && spelling.len() > 1 && spelling.ends_with(['"', '\''])
        })
    };
    if words.len() < 2 && !closed(0) {
        return Err(fault::missing_word(directive, condition));
    }
    if let Some(word) = words.get(2) {
        for (flag, span) in spanned_flags(word)? {
            let known = if condition { is_condition_flag(&flag) } else { is_rule_flag(&flag) };
            if !known {
                return Err(fault::unknown_flag(&flag.name, span, condition));
            }
            if !condition && !has_status(&flag) {
                return Err(fault::status(&flag, span));
            }
        }
    }
    let negated = |index: usize| usize::from(directive.argument(index).is_some_and(|word| word.starts_with('!')));
    match words.get(1) {
        _ if !condition => check_pattern(&words[0], negated(0)),
        Some(word) if words[0].value.eq_ignore_ascii_case("expr") => test(word, negated(1)).map(|_| ()),
        Some(word) if matches!(cond_pattern(&word.value), CondPattern::Regex { .. }) => check_pattern(word, negated(1)),
        _ => Ok(()),
    }
}

fn is_condition_flag(flag: &Flag) -> bool {
    CONDITION.contains(&flag.name.to_ascii_lowercase().as_str())
}

fn is_rule_flag(flag: &Flag) -> bool {
    let name = flag.name.to_ascii_lowercase();
    name.starts_with('d') || RULE.contains(&name.as_str())
}

/// Whether the status of `[R=…]` is one; what does not begin with a digit is none, and does not matter.
fn has_status(flag: &Flag) -> bool {
    let name = flag.name.to_ascii_lowercase();
    let value = flag.value.as_deref().unwrap_or_default();
    let digits = &value[..value.len() - value.trim_start_matches(|c: char| c.is_ascii_digit()).len()];
    if !matches!(name.as_str(), "r" | "redirect") || digits.is_empty() {
        return true;
    }
    digits.parse().is_ok_and(|status| STATUSES.iter().any(|range| range.contains(&status)))
}
