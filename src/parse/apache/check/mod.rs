//! What the modules of httpd refuse about the directives that they know.
//!
//! In: the tree. Out: errors with which httpd does not start, of the directives that CORS is made of. An unknown
//! directive is none, since a module may know it, and neither is what stands where httpd may not look, or what a template
//! or a `Define` may mend.

mod environment;
mod fault;
mod header;
mod rewrite;
mod section;

#[cfg(test)]
mod tests;

use super::expression::test;
use super::fault::{in_other_language, no_name};
use super::pattern;
use super::{defines, vocabulary};
use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::syntax::apache::Part;
use crate::syntax::directive::{Directive, Word};

/// The errors of a tree whose words were read from `text`, in no order. What a line of a template begins with need not be
/// the beginning of one.
pub(super) fn check(directives: &[Directive], text: &str, is_template: bool) -> Vec<SyntaxError> {
    let mut errors = Vec::new();
    let mut open: Vec<&Directive> = directives.iter().collect();
    while let Some(directive) = open.pop() {
        if !is_certain(directive) {
            continue;
        }
        open.extend(directive.children());
        if !is_template {
            errors.extend(check_name(directive));
        }
        if is_settled(directive) {
            errors.extend(check_words(directive, text).err());
        }
    }
    for error in &mut errors {
        // Where a line's end closes a quote, offsets in the word may be one off.
        if text.get(error.span.range()).is_none() {
            error.span = Span::new(error.span.start as usize, error.span.start as usize);
        }
    }
    errors
}

/// Whether httpd reads what stands in a section, as far as that can be told: `<IfModule NAME>` is taken to be true.
fn is_certain(directive: &Directive) -> bool {
    let name = directive.name.value.as_str();
    let negated = directive.argument(0).is_some_and(|first| first.starts_with('!'));
    let module = name.eq_ignore_ascii_case("IfModule") && !negated;
    directive.body.is_none() || module || !(vocabulary::is_conditional(name) || vocabulary::is_foreign_inside(name))
}

/// Whether its words are what httpd will see.
fn is_settled(directive: &Directive) -> bool {
    let plain = |word: &Word| {
        !word.value.contains("${") || !defines(&word.value).iter().any(|part| matches!(part, Part::Define(_)))
    };
    let mut words = std::iter::once(&directive.name).chain(&directive.arguments);
    words.all(|word| !word.has_hole() && plain(word))
}

fn check_name(directive: &Directive) -> Option<SyntaxError> {
    let name = &directive.name;
    if name.has_hole() || name.value.starts_with("${") || directive.body.is_some() {
        return None;
    }
    let may_be_in_it = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !name.value.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.value.chars().all(may_be_in_it) {
        return Some(no_name(&name.value, name.span));
    }
    let opens_block = directive.arguments.last().is_some_and(|last| last.value == "{");
    vocabulary::is_of_nginx(&name.value, opens_block).then(|| in_other_language(name))
}

fn check_words(directive: &Directive, text: &str) -> Result<(), SyntaxError> {
    match directive.name.value.to_ascii_lowercase().as_str() {
        "header" | "requestheader" => header::check(directive),
        "rewriterule" | "rewritecond" => rewrite::check(directive, text),
        "rewritebase" => environment::check_base(directive),
        "rewriteengine" => environment::check_switch(directive),
        "setenvif" | "setenvifnocase" => environment::check_match(directive, 3),
        "browsermatch" | "browsermatchnocase" => environment::check_match(directive, 2),
        "setenvifexpr" => environment::check_expression(directive),
        "setenv" => environment::check_variable(directive),
        "errordocument" => environment::check_document(directive),
        "require" => check_require(directive),
        "if" | "elseif" | "else" if directive.body.is_some() => section::check_condition(directive),
        "files" | "directory" | "location" | "filesmatch" | "directorymatch" | "locationmatch"
            if directive.body.is_some() =>
        {
            section::check_path(directive)
        }
        _ => Ok(()),
    }
}

/// What PCRE makes of a word, from the byte `from` of its value on.
fn check_pattern(word: &Word, from: usize) -> Result<(), SyntaxError> {
    let pattern = word.value.get(from..).unwrap_or_default();
    pattern::fault(pattern).map_or(Ok(()), |why| Err(fault::pattern(why, word.span)))
}

fn check_require(directive: &Directive) -> Result<(), SyntaxError> {
    let not = usize::from(directive.argument(0).is_some_and(|first| first.eq_ignore_ascii_case("not")));
    let asked = directive.argument(not).unwrap_or_default();
    match directive.arguments.get(not + 1) {
        Some(word) if asked == "expr" => test(word, 0).map(|_| ()),
        Some(word) if asked == "all" => {
            let rest = directive.arguments[not + 1..].last().map_or(word.span, |last| word.span.to(last.span));
            let known = ["granted", "denied"].iter().any(|known| known.eq_ignore_ascii_case(&word.value));
            if known && rest == word.span { Ok(()) } else { Err(fault::require_all(rest)) }
        }
        _ => Ok(()),
    }
}
