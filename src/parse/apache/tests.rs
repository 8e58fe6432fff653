use super::{assemble, masked};
use crate::syntax::directive::{Directive, Quote, Tree, Word};

/// A word in the brackets of its quotes: `<bare>`, `'single'`, `"double"`.
fn show_word(word: &Word) -> String {
    match word.quote {
        Quote::Bare => format!("<{}>", word.value),
        Quote::Single => format!("'{}'", word.value),
        Quote::Double => format!("\"{}\"", word.value),
    }
}

fn show_all(directives: &[Directive]) -> String {
    let one = |directive: &Directive| {
        let words: String = std::iter::once(&directive.name).chain(&directive.arguments).map(show_word).collect();
        let body =
            if directive.body.is_some() { format!("{{{}}}", show_all(directive.children())) } else { String::new() };
        words + &body
    };
    directives.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// The errors, each with the text it points at.
fn show_errors(text: &str, tree: &Tree) -> String {
    let show = |error: &crate::syntax::SyntaxError| format!("{} @ {}", error.message, &text[error.span.range()]);
    tree.errors.iter().map(show).collect::<Vec<_>>().join(" | ")
}

/// The tree, without what modules say of its words.
fn parse(text: &str) -> Tree {
    assemble::assemble(&masked::mask(text))
}

fn check(cases: &[(&str, &str, &str)]) {
    for &(text, directives, errors) in cases {
        let tree = parse(text);
        assert_eq!(show_all(&tree.directives), directives, "directives of {text:?}");
        assert_eq!(show_errors(text, &tree), errors, "errors of {text:?}");
    }
}

#[test]
fn words_are_cut_where_httpd_cuts_them() {
    check(&[
        ("", "", ""),
        ("\n \r\n\t\n", "", ""),
        ("A b\n", "<A><b>", ""),
        ("  A\tb\u{b}c\u{c}d\r\nE", "<A><b><c><d> <E>", ""),
        ("A \"b c\" 'd \"e'", "<A>\"b c\"'d \"e'", ""),
        ("A \"b\"c 'd'\"e\"", "<A>\"b\"<c>'d'\"e\"", ""),
        ("A b\"c d\"e", "<A><b\"c><d\"e>", ""),
        ("A \"b\\\"c\\'d\\\\e\\.\" '\\'\\\"'", "<A>\"b\"c\\'d\\e\\.\"''\\\"'", ""),
        ("A b\\\\c\\d\\\"", "<A><b\\c\\d\\\">", ""),
        ("A \"b c  \r\nD", "<A>\"b c\" <D>", ""),
        ("A \"b\\\"\nC", "<A>\"b\"\" <C>", ""),
        ("A \"b\\\\\"\nC", "<A>\"b\\\" <C>", ""),
        ("A \"\nB ''", "<A>\"\" <B>''", ""),
        ("A #b # c", "<A><#b><#><c>", ""),
        ("A\u{a0}b é", "<A\u{a0}b><é>", ""),
        ("\"A\" b", "\"A\"<b>", ""),
        ("A> b", "<A><b>", ""),
        ("A b\0 c\nD", "<A><b> <D>", ""),
    ]);
}

#[test]
fn a_backslash_at_its_end_continues_a_line() {
    check(&[
        ("A \\\n b\\\nc \\\r\n  d\nE", "<A><bc><d> <E>", ""),
        ("A\\\nB c", "<AB><c>", ""),
        ("A \"b\\\n c\"", "<A>\"b c\"", ""),
        ("A \"b\\\\\nc\" d", "<A>\"b\\c\"<d>", ""),
        ("A \"b\\\\\\\nc\" d", "<A>\"b\\c\"<d>", ""),
        ("A \"b\\\\\n\"c\" d", "<A>\"b\"c\"<d>", ""),
        ("A b\\ \nC", "<A><b\\> <C>", ""),
        ("A b\\", "<A><b\\>", ""),
        ("# a \\\nB c\nD", "<D>", ""),
        ("\\\n# a\nD", "<D>", ""),
        ("RewriteRule a\\\nb \\\n c", "<RewriteRule><ab><c>", ""),
    ]);
}

#[test]
fn rewriting_has_words_of_its_own() {
    check(&[
        ("RewriteRule ^a\\ b$ - [E=A:B\\ C]", "<RewriteRule><^a\\ b$><-><[E=A:B\\ C]>", ""),
        ("rewritecond \"%{A} b\" \"\\\\\\\"c\" d", "<rewritecond>\"%{A} b\"\"\\\\\\\"<c\"><d>", ""),
        ("RewriteRule '^a b' \"-", "<RewriteRule>'^a b'\"-\"", ""),
        ("RewriteRules a\\ b", "<RewriteRules><a\\><b>", ""),
    ]);
}

#[test]
fn sections_nest() {
    check(&[
        ("<If \"a > b\">\n C d\n</If>\nE", "<If>\"a > b\"{<C><d>} <E>", ""),
        ("<Files a>\n<IfModule !b>\n</ifmodule>\n</FILES> # c\nD", "<Files><a>{<IfModule><!b>{}} <D>", ""),
        ("<Files \"a>b\"> # c\nD\n</Files>", "<Files>\"a>b\"{<D>}", ""),
        ("<Else>\nD\n</Else>", "<Else>{<D>}", ""),
        ("<If \"a>\n</If>", "<If>\"a\"{}", ""),
        ("<Files \\\n a>\nD\n</Fi\\\nles>", "<Files><a>{<D>}", ""),
        ("<IfModule a>\nB c", "<IfModule><a>{<B><c>}", ""),
        ("<IfModule a>\n<Files b>", "<IfModule><a>{<Files><b>{}}", ""),
    ]);
}

#[test]
fn what_is_out_of_order_is_told() {
    check(&[
        ("</Foo>\nA", "<A>", "`</Foo>` closes a section that is not open @ </Foo>"),
        ("<Files a\nB\n</Files>", "<Files><a>{<B>}", "directive `<Files>` has no closing `>` @ <Files a"),
        (
            "<Files a>\n<IfModule b>",
            "<Files><a>{<IfModule><b>{}}",
            "section `<Files>` is not closed by `</Files>` @ <Files a>",
        ),
        ("\"\"\nA", "<A>", ""),
        ("<Files>\n</Files", "<Files>{}", "directive `</Files>` has no closing `>` @ </Files"),
        ("<Files a>\nB", "<Files><a>{<B>}", "section `<Files>` is not closed by `</Files>` @ <Files a>"),
        (
            "<Files a>\n<IfModule b>\nC\n</Files>\nD",
            "<Files><a>{<IfModule><b>{<C>}} <D>",
            "section `<IfModule>` is not closed before `</Files>` @ <IfModule b>",
        ),
        ("<Files a>\n</File>\nB\n</Files>", "<Files><a>{<B>}", "`</File>` closes a section that is not open @ </File>"),
        (
            "<IfModule a>Header set B c</IfModule>\nD",
            "<IfModule><a>Header><set><B><c</IfModule>{<D>}",
            "section `<IfModule>` is not closed by `</IfModule>` on a line of its own @ <IfModule a>Header set B c</IfModule>",
        ),
        ("\u{feff}A b", "<A><b>", "the file begins with a UTF-8 byte order mark @ \u{feff}"),
        ("<?php a ?>\nB", "<B>", "no directive can be called `<?php` @ <?php"),
        ("<!-- a\nB", "<B>", "no directive can be called `<!--` @ <!--"),
        ("<html>\nB\n</html>", "<B>", "`<html>` is no section of httpd but of HTML or XML @ <html>"),
        ("<\nB", "<B>", "no directive can be called `<` @ <"),
    ]);
}

#[test]
fn macros_and_templates_may_hold_one_end_of_a_section() {
    check(&[
        ("<Macro A>\n</B>\n<C>\n</Macro>\nD", "<Macro><A>{<C>{}} <D>", ""),
        ("<Macro A>\nB", "<Macro><A>{<B>}", "section `<Macro>` is not closed by `</Macro>` @ <Macro A>"),
        ("<%# a %>\n<S>\nB", "<S>{<B>}", ""),
        ("</A>\n<%# a %>\nB", "<B>", ""),
    ]);
}

#[test]
fn what_require_asks_is_one_word() {
    check(&[
        ("Require expr %{A} == 'b'", "<Require><expr><%{A} == 'b'>", ""),
        ("Require expr \"%{A} == \\\"b\\\"\"", "<Require><expr>\"%{A} == \\\"b\\\"\"", ""),
        ("require not expr true \\\n  false", "<require><not><expr><true   false>", ""),
        ("Require all granted", "<Require><all><granted>", ""),
        ("Require expr", "<Require><expr>", ""),
    ]);
}

#[test]
fn spans_cover_words_sections_and_comments() {
    let text = "# one\r\n<Files a>\n  Header \"A\" é \n</Files> x\n  # two \\\n three\n";
    let tree = parse(text);
    let section = &tree.directives[0];
    assert_eq!(&text[section.span.range()], "<Files a>\n  Header \"A\" é \n</Files>");
    assert_eq!(&text[section.name.span.range()], "Files");
    let header = &section.children()[0];
    assert_eq!(&text[header.span.range()], "Header \"A\" é");
    assert_eq!(&text[header.arguments[0].span.range()], "\"A\"");
    let comments: Vec<_> =
        tree.comments.iter().map(|comment| (&text[comment.span.range()], comment.own_line)).collect();
    assert_eq!(comments, [("# one", true), ("# two \\\n three", true)]);
}
