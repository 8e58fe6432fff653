//! What holds of any text at all.

use proptest::prelude::*;

use super::{condition, interpolate, map_key, parse};
use crate::source::Span;
use crate::syntax::directive::{Body, Directive, Word};
use crate::syntax::nginx::MapKey;

/// Texts made of what matters to the lexer, so that every path through it is taken.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "é",
        "add_header",
        "location",
        "map",
        "if",
        "x_by_lua_block",
        "include",
        " ",
        "\n",
        "\r\n",
        "\t",
        ";",
        "{",
        "}",
        "(",
        ")",
        "\"",
        "'",
        "\\",
        "$",
        "${",
        "#",
        "--",
        "[[",
        "]]",
        "[=[",
        "~",
        "=",
        "!",
        "-f",
        "\u{feff}",
        "\0",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

fn check_word(text: &str, around: Span, word: &Word) -> Result<(), TestCaseError> {
    check_span(text, around, word.span)?;
    prop_assert!(!word.span.is_empty());
    Ok(())
}

fn check_span(text: &str, around: Span, inner: Span) -> Result<(), TestCaseError> {
    prop_assert!(text.get(inner.range()).is_some(), "{inner:?} cuts a character of {text:?}");
    prop_assert!(around.start <= inner.start && inner.end <= around.end, "{inner:?} leaves {around:?} in {text:?}");
    Ok(())
}

fn check_directives(text: &str, around: Span, directives: &[Directive]) -> Result<(), TestCaseError> {
    let mut end = around.start;
    for directive in directives {
        check_span(text, Span { start: end, ..around }, directive.span)?;
        end = directive.span.end;
        for word in std::iter::once(&directive.name).chain(&directive.arguments) {
            check_word(text, directive.span, word)?;
            prop_assert!(interpolate(&word.value).is_ok() || word.value.contains('$'));
            prop_assert_eq!(map_key(word) == MapKey::Default, word.value == "default");
        }
        if let Ok(test) = condition(directive) {
            prop_assert!(directive.argument(0).is_some_and(|first| first.starts_with('(')), "{test:?}");
        }
        match &directive.body {
            Some(Body::Raw(span)) => check_span(text, directive.span, *span)?,
            Some(Body::Directives(children)) => check_directives(text, directive.span, children)?,
            None => {}
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn spans_lie_in_order_inside_each_other_and_on_character_boundaries(text in texts()) {
        let tree = parse(&text);
        let all = Span::new(0, text.len());
        check_directives(&text, all, &tree.directives)?;
        let mut end = 0;
        for comment in &tree.comments {
            check_span(&text, Span { start: end, ..all }, comment.span)?;
            prop_assert!(text[comment.span.range()].starts_with('#'));
            end = comment.span.end;
        }
        for error in &tree.errors {
            check_span(&text, all, error.span)?;
            prop_assert!(!error.message.contains('\n') && !error.message.ends_with('.'));
        }
        prop_assert!(tree.errors.is_sorted_by_key(|error| error.span.start));
    }

    #[test]
    fn a_value_is_the_sum_of_its_parts(value in "[a1_$é{}]{0,12}") {
        use crate::syntax::nginx::Part;
        if let Ok(parts) = interpolate(&value) {
            let spelt = |part: &Part| match part {
                Part::Text(text) => text.clone(),
                Part::Variable(name) => name.clone(),
                Part::Capture(n) => n.to_string(),
                Part::Hole(tag) => tag.clone(),
            };
            let sum: String = parts.iter().map(spelt).collect();
            let marks = |c: &char| !matches!(c, '$' | '{' | '}');
            prop_assert_eq!(sum.chars().filter(marks).collect::<String>(), value.chars().filter(marks).collect::<String>());
        }
    }
}
