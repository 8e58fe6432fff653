//! What holds of any text at all.

use proptest::prelude::*;

use super::{cond_pattern, defines, flags, format, parse, rewrite_text, rule_pattern, test, text};
use crate::source::Span;
use crate::syntax::apache::{CondPattern, Part};
use crate::syntax::directive::{Body, Directive, Quote, Word};

/// Texts made of what matters to the lexer, so that every path through it is taken.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "é",
        "Header ",
        "set ",
        "always ",
        "expr=",
        "env=",
        "RewriteRule ",
        "RewriteCond ",
        "Require expr ",
        "SetEnvIfExpr ",
        "[",
        "]",
        ",",
        "<If ",
        "</If>",
        "<IfModule ",
        "</IfModule>",
        "<Macro ",
        "</Macro>",
        "<",
        ">",
        "</",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\\\n",
        "\\\r\n",
        "\\",
        "\"",
        "'",
        "%{",
        "}",
        "%{HTTP:Origin}",
        "${",
        "$1",
        "%1",
        "==",
        "=~",
        "m#",
        "#",
        "/",
        "(",
        ")",
        "&&",
        "!",
        "-n ",
        "in ",
        "{",
        ":",
        "|",
        "\u{feff}",
        "\0",
        "\u{b}",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

fn check_span(text: &str, around: Span, inner: Span) -> Result<(), TestCaseError> {
    prop_assert!(text.get(inner.range()).is_some(), "{inner:?} cuts a character of {text:?}");
    prop_assert!(around.start <= inner.start && inner.end <= around.end, "{inner:?} leaves {around:?} in {text:?}");
    Ok(())
}

fn check_values(word: &Word) -> Result<(), TestCaseError> {
    let inside = |span: Span| span.start >= word.span.start && span.end <= word.span.end.max(word.span.start);
    for from in [0, 5] {
        let errors = [test(word, from).err(), text(word, from).err(), format(word).err(), flags(word).err()];
        for error in errors.into_iter().flatten() {
            prop_assert!(inside(error.span), "{:?} leaves {word:?}", error);
            prop_assert!(!error.message.contains('\n') && !error.message.ends_with('.'));
        }
    }
    let is_regex = matches!(rule_pattern(&word.value), CondPattern::Regex { .. });
    prop_assert!(is_regex);
    let pattern = format!("{:?}", cond_pattern(&word.value));
    prop_assert_eq!(word.value.starts_with('!'), pattern.ends_with("negated: true }"));
    prop_assert_eq!(rewrite_text(&word.value).0.is_empty(), word.value.is_empty());
    let spelt = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Define(name) => format!("${{{name}}}"),
        Part::Hole(tag) => tag.clone(),
    };
    prop_assert_eq!(
        defines(&word.value).iter().map(spelt).collect::<String>(),
        crate::syntax::hole::decode(&word.value)
    );
    Ok(())
}

fn check_directives(text: &str, around: Span, directives: &[Directive]) -> Result<(), TestCaseError> {
    let mut end = around.start;
    for directive in directives {
        check_span(text, Span { start: end, ..around }, directive.span)?;
        end = directive.span.end;
        for word in std::iter::once(&directive.name).chain(&directive.arguments) {
            check_span(text, directive.span, word.span)?;
            check_values(word)?;
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
            prop_assert!(text[comment.span.range()].starts_with('#') && comment.own_line);
            end = comment.span.end;
        }
        for error in &tree.errors {
            check_span(&text, all, error.span)?;
            prop_assert!(!error.message.contains('\n') && !error.message.ends_with('.'));
        }
        prop_assert!(tree.errors.is_sorted_by_key(|error| error.span.start));
    }

    #[test]
    fn no_expression_is_too_much(value in "[-a-zA-Z%{}$()'\"=~!&|<>./#m0-9:,\\\\é\\[\\] \n]{0,30}") {
        check_values(&Word { span: Span::new(7, 7 + value.len()), value, quote: Quote::Bare })?;
    }
}

#[test]
fn nothing_is_too_long_or_too_deep() {
    let many = 10_000;
    let texts = [
        "<If true>\n".repeat(many),
        "<If true>\n".repeat(many) + &"</If>\n".repeat(many),
        "</If>\n".repeat(many),
        "<".repeat(many),
        "<\n".repeat(many),
        "a".repeat(1 << 20),
        "a".repeat(3 << 20),
        "é\\\n".repeat(1 << 19),
        "a ".repeat(1 << 16),
        "\\\n".repeat(1 << 16),
        "a\\\n".repeat(1 << 16),
        "\"".repeat(1 << 16),
        "\"\\".repeat(1 << 16),
        "\\\\\n".repeat(1 << 16),
        "#\\\n".repeat(1 << 16),
        "\0".repeat(1 << 16),
        format!("<If \"{}\">\n</If>", "(".repeat(many)),
        format!("<If \"{}\">\n</If>", "!".repeat(many)),
        format!("<If \"{}\">\n</If>", "%{req:".repeat(many)),
        format!("<If \"'{}\">\n</If>", "%{req:a}".repeat(many)),
        format!("<If \"{}'a' == 'b'\">\n</If>", "'a' == 'b' || ".repeat(many)),
        format!("RewriteRule {} - [{}]", "a".repeat(many), "L,".repeat(many)),
        format!("Header set A \"{}\"", "%{a}e".repeat(many)),
        format!("Header set A \"{}\"", "%{".repeat(many)),
        format!("A {}", "${".repeat(many)),
    ];
    for text in texts {
        let tree = parse(&text);
        assert!(tree.errors.len() <= 101, "{:?}…", &text[..20]);
        for word in tree.directives.iter().flat_map(|directive| &directive.arguments).take(10) {
            assert!(defines(&word.value).len() + rewrite_text(&word.value).0.len() <= 2 * word.value.len());
        }
    }
}
