use super::parse;
use crate::syntax::directive::{Body, Directive, Quote, Tree, Word};

/// A word in the brackets of its quotes: `<bare>`, `'single'`, `"double"`.
fn show_word(word: &Word) -> String {
    match word.quote {
        Quote::Bare => format!("<{}>", word.value),
        Quote::Single => format!("'{}'", word.value),
        Quote::Double => format!("\"{}\"", word.value),
    }
}

fn show_directive(text: &str, directive: &Directive) -> String {
    let words: String = std::iter::once(&directive.name).chain(&directive.arguments).map(show_word).collect();
    match &directive.body {
        None => words,
        Some(Body::Raw(span)) => format!("{words}[{}]", &text[span.range()]),
        Some(Body::Directives(children)) => format!("{words}{{{}}}", show_all(text, children)),
    }
}

fn show_all(text: &str, directives: &[Directive]) -> String {
    directives.iter().map(|directive| show_directive(text, directive)).collect::<Vec<_>>().join(" ")
}

/// The errors, each with the text it points at.
fn show_errors(text: &str, tree: &Tree) -> String {
    let show = |error: &crate::syntax::SyntaxError| format!("{} @ {}", error.message, &text[error.span.range()]);
    tree.errors.iter().map(show).collect::<Vec<_>>().join(" | ")
}

fn check(cases: &[(&str, &str, &str)]) {
    for &(text, directives, errors) in cases {
        let tree = parse(text);
        assert_eq!(show_all(text, &tree.directives), directives, "directives of {text:?}");
        assert_eq!(show_errors(text, &tree), errors, "errors of {text:?}");
    }
}

#[test]
fn words_are_cut_where_nginx_cuts_them() {
    check(&[
        ("", "", ""),
        ("a b;", "<a><b>", ""),
        ("a b;c d;\te;", "<a><b> <c><d> <e>", ""),
        ("a\r\n\tb\r\n;\r\n", "<a><b>", ""),
        ("a ;", "<a>", ""),
        ("a b{}", "<a><b>{}", ""),
        ("a{b;}c{d{e;}}", "<a>{<b>} <c>{<d>{<e>}}", ""),
        ("a \"b c\" 'd \"e';", "<a>\"b c\"'d \"e'", ""),
        ("\"a\" b;", "\"a\"<b>", ""),
        ("a \"b\"{}", "<a>\"b\"{}", ""),
        ("a (\"b\");", "<a><(\"b\")>", ""),
        ("a \"b\")c;", "<a>\"b\"<)c>", ""),
        ("a b\"c d\"e;", "<a><b\"c><d\"e>", ""),
        ("a b}c;", "<a><b}c>", ""),
        ("a x#y;", "<a><x#y>", ""),
        ("a # b;\n c; # d", "<a><c>", ""),
        ("a $b{c;}", "<a><$b>{<c>}", ""),
        ("a ${b}c;", "<a><${b}c>", ""),
        ("a ${b;", "<a><${b>", ""),
        ("a x$${{b}c};", "<a><x$${{b}c}>", ""),
        ("a \\${b;}", "<a><\\$>{<b>}", ""),
        ("a \\ b \\;c \\{;", "<a><\\ b><\\;c><\\{>", ""),
        ("a b\\", "<a><b\\>", "directive `a` is not ended by `;` @ a b\\"),
        ("a \"\\\"\\'\\\\\\t\\r\\n\\d\\é\";", "<a>\"\"'\\\t\r\n\\d\\é\"", ""),
        ("a \\\"b\\nc;", "<a><\"b\nc>", ""),
        ("a \"x\\\ny\nz\";", "<a>\"x\\\ny\nz\"", ""),
        ("a \"\" '';", "<a>\"\"''", ""),
        ("a b\u{a0}c\u{c}d;", "<a><b\u{a0}c\u{c}d>", ""),
        ("unknown_thing on off { more 1; }", "<unknown_thing><on><off>{<more><1>}", ""),
        ("js_set $a m.f; js_content m.g;", "<js_set><$a><m.f> <js_content><m.g>", ""),
        ("map $a $b { \"~^x{1}$\" 1; default 0; }", "<map><$a><$b>{\"~^x{1}$\"<1> <default><0>}", ""),
    ]);
}

#[test]
fn spans_cover_words_directives_and_comments() {
    let text = "# one\r\nhttp {\n  add_header \"A\" é ; # two\n} a#b;\n";
    let tree = parse(text);
    let http = &tree.directives[0];
    let header = &http.children()[0];
    assert_eq!(&text[http.head().range()], "http");
    assert_eq!(&text[http.span.range()], "http {\n  add_header \"A\" é ; # two\n}");
    assert_eq!(&text[header.span.range()], "add_header \"A\" é ;");
    assert_eq!(&text[header.arguments[0].span.range()], "\"A\"");
    assert_eq!(&text[header.arguments[1].span.range()], "é");
    let comments: Vec<_> = tree.comments.iter().map(|c| (&text[c.span.range()], c.own_line)).collect();
    assert_eq!(comments, [("# one", true), ("# two", false)]);
}

#[test]
fn lua_blocks_are_left_to_lua() {
    let body = " local a = \"}\" .. '{\\'' -- } {\n --[[ } ]] x = [==[ ]] } ]==] if a[b[1]] - 2 then t = {1, {}} end ";
    check(&[
        (&format!("content_by_lua_block {{{body}}} a;"), &format!("<content_by_lua_block>[{body}] <a>"), ""),
        ("set_by_lua_block $a { return 1; } b;", "<set_by_lua_block><$a>[ return 1; ] <b>", ""),
        ("l { log_by_lua_block {} b; }", "<l>{<log_by_lua_block>[] <b>}", ""),
        ("x_by_lua_block { a = '\n} b;", "<x_by_lua_block>[ a = '\n] <b>", ""),
        ("content_by_lua 'a { b'; b;", "<content_by_lua>'a { b' <b>", ""),
        (
            "a; x_by_lua_block { { } b;",
            "<a> <x_by_lua_block>[ { } b;]",
            "Lua block `x_by_lua_block` is not closed by `}` @ x_by_lua_block",
        ),
        (
            "x_by_lua_block { [[ }",
            "<x_by_lua_block>[ [[ }]",
            "Lua block `x_by_lua_block` is not closed by `}` @ x_by_lua_block",
        ),
    ]);
}

#[test]
fn a_forgotten_semicolon_costs_one_error_and_no_directive() {
    let not_ended = |text: &str| format!("directive `add_header` is not ended by `;` @ {text}");
    check(&[
        ("add_header A b\nadd_header C d;", "<add_header><A><b> <add_header><C><d>", &not_ended("add_header A b")),
        (
            "add_header A \"b\" # why\n  location / { root x; }",
            "<add_header><A>\"b\" <location></>{<root><x>}",
            &not_ended("add_header A \"b\""),
        ),
        ("s {\n add_header A b\n}\nc d;", "<s>{<add_header><A><b>} <c><d>", &not_ended("add_header A b")),
        ("s { add_header A 'b'} c;", "<s>{<add_header><A>'b'} <c>", &not_ended("add_header A 'b'")),
        ("s { add_header A b}\nserver {\n}", "<s>{<add_header><A><b>} <server>{}", &not_ended("add_header A b")),
        (
            "s { add_header A b}}",
            "<s>{<add_header><A><b>}",
            &format!("{} | unexpected `}}` @ }}", not_ended("add_header A b")),
        ),
        ("add_header A b", "<add_header><A><b>", &not_ended("add_header A b")),
        ("add_header A b {\n c;\n}\nd;", "<d>", &not_ended("add_header A b")),
        (
            "map $a $b {\n default 0\n x 1\n y 2;\n}",
            "<map><$a><$b>{<default><0> <x><1> <y><2>}",
            "entry `default` is not ended by `;` @ default 0 | entry `x` is not ended by `;` @ x 1",
        ),
        ("types {\n text/html html\n  return root;\n}", "<types>{<text/html><html><return><root>}", ""),
        ("map $a $b {\n return\n 1;\n}", "<map><$a><$b>{<return><1>}", ""),
        ("server_name a\n  b\n  c;", "<server_name><a><b><c>", ""),
        ("log_format x 'a'\n 'b';", "<log_format><x>'a''b'", ""),
        ("rewrite ^ /x\n break;", "<rewrite><^></x><break>", ""),
        ("listen 443\n ssl;", "<listen><443><ssl>", ""),
    ]);
}

#[test]
fn quotes_that_do_not_match_cost_one_directive() {
    let unclosed = |quote: &str, text: &str| format!("the quote that begins here is not closed by `{quote}` @ {text}");
    let glued = |c: &str| format!("unexpected `{c}` right after a closing quote @ {c}");
    check(&[
        ("a \"b;\nc \"d\";\ne f;", "<c>\"d\" <e><f>", &unclosed("\"", "\"b;")),
        ("a 'b;\nc d;", "<c><d>", &unclosed("'", "'b;")),
        ("a 'b", "", &unclosed("'", "'b")),
        ("s {\n if ($a ~ \"^b) {\n  c;\n }\n d;\n}", "<s>{<d>}", &unclosed("\"", "\"^b) {")),
        ("s { a \"b; }\nc;", "<s>{} <c>", &unclosed("\"", "\"b; }")),
        ("a \"b\"c; d;", "<d>", &glued("c")),
        ("a \"b\"\"c d\"; e;", "<e>", &glued("\"")),
        ("a \"b\"#c\n; e;", "<e>", &glued("#")),
        ("a \"b\"é { c; } e;", "<a>\"b\"<é>{<c>} <e>", &glued("é")),
        ("s { a \"b\"c } e;", "<s>{} <e>", &glued("c")),
    ]);
}

#[test]
fn braces_that_do_not_match_are_told_where_they_stand() {
    check(
        &[
            ("a; } b;", "<a> <b>", "unexpected `}` @ }"),
            ("a; }; b;", "<a> <b>", "unexpected `}` @ } | unexpected `;` @ ;"),
            ("s { a; }; b;", "<s>{<a>} <b>", "unexpected `;` @ ;"),
            ("{ a; } b;", "<b>", "unexpected `{` @ {"),
            ("{ a;", "", "this `{` is not closed by `}` @ {"),
            ("s { l / { a; } b;", "<s>{<l></>{<a>} <b>}", "block `s` is not closed by `}` @ s"),
            ("s x {", "<s><x>{}", "block `s` is not closed by `}` @ s x"),
            (
                "s {\n  l / {\n    a;\n\n  l /b {\n    c;\n  }\n}\n",
                "<s>{<l></>{<a> <l></b>{<c>}}}",
                "block `l` is not closed by `}` @ l /",
            ),
            ("location /x;\na;", "<a>", "block `location` has no opening `{` @ location /x"),
            ("if ($a)\n return 1;", "<return><1>", "block `if` has no opening `{` @ if ($a)"),
        ]
        .map(|(text, directives, errors)| match text {
            "{ a;" => (text, directives, "unexpected `{` @ { | this `{` is not closed by `}` @ {"),
            _ => (text, directives, errors),
        }),
    );
}

#[test]
fn a_byte_order_mark_is_an_error_and_no_more() {
    let tree = parse("\u{feff}# x\nserver { }");
    assert_eq!(tree.errors.len(), 1);
    assert_eq!(tree.errors[0].span.range(), 0..3);
    assert!(tree.directives[0].is("server"));
    assert!(tree.comments[0].own_line);
}

#[test]
fn what_does_not_fit_into_the_buffer_of_nginx_is_an_error() {
    for (text, errors) in [
        (format!("a {};", "x".repeat(4094)), 0),
        (format!("a {};", "x".repeat(4095)), 1),
        (format!("a \"{}\";", "x".repeat(4095)), 1),
        (format!("#{}\n", "x".repeat(4094)), 0),
        (format!("#{}\n", "x".repeat(4095)), 1),
    ] {
        assert_eq!(parse(&text).errors.len(), errors, "{} bytes", text.len());
    }
}

#[test]
fn nesting_ends_at_its_limit_with_one_error() {
    for (text, depth) in [("a{".repeat(100_000), 256), ("a{".repeat(300) + &"}".repeat(300) + "b;", 256)] {
        let tree = parse(&text);
        assert_eq!(tree.errors.len(), 1);
        assert_eq!(tree.errors[0].message, "blocks are nested more than 256 levels deep");
        let mut block = &tree.directives[0];
        let mut found = 1;
        while let Some(inner) = block.children().first() {
            (block, found) = (inner, found + 1);
        }
        assert_eq!(found, depth);
    }
    assert_eq!(show_all("", &parse(&("a{".repeat(300) + &"}".repeat(300) + "b;")).directives[1..]), "<b>");
}

#[test]
fn too_much_of_anything_ends_with_an_error() {
    for (text, message) in [
        ("\n".repeat((16 << 20) + 1), "the file is longer than 16 MiB and was not read"),
        (";".repeat(200), "there are too many errors; the rest of the file was not read"),
        ("abcdefghijk ".repeat(100_000), "a directive is longer than 1 MiB; the rest of the file was not read"),
        (
            ("a".to_owned() + &" a".repeat(99) + ";").repeat(2_001),
            "there are too many words; the rest of the file was not read",
        ),
    ] {
        assert_eq!(parse(&text).errors.last().expect("there is an error").message, message);
    }
}

#[test]
fn long_runs_of_comments_are_read_in_pieces() {
    let line = format!("# {}\n", "x".repeat(1000));
    let text = line.repeat(3000) + "a;" + &format!("#{}\nb;", "é".repeat(1 << 20));
    let tree = parse(&text);
    assert_eq!(show_all(&text, &tree.directives), "<a> <b>");
    assert_eq!(tree.comments.len(), 3001);
    assert_eq!(tree.errors.len(), 1);
}

#[test]
fn pathological_texts_end() {
    let half = 1 << 17;
    let texts = [
        "\"".repeat(half),
        "a \"\n".repeat(half / 4),
        "a \"x\n'y".repeat(half / 8),
        "a \" '\\\n".repeat(half / 8),
        "\\".repeat(half),
        "$".repeat(half),
        "${".repeat(half / 2),
        "}".repeat(half),
        "{".repeat(half),
        "#\n".repeat(half / 2),
        "a\nadd_header".repeat(half / 12),
        "a x}}}}\n".repeat(half / 8),
        "x_by_lua_block {".to_owned() + &"[".repeat(half),
        "x_by_lua_block {".to_owned() + &"[=".repeat(half / 2),
        "x_by_lua_block {".to_owned() + &"\"\\\"".repeat(half / 3),
        "x_by_lua_block {".to_owned() + &"{".repeat(half),
        "x_by_lua_block {[[".to_owned() + &"]=".repeat(half / 2),
        "a_by_lua_block { [[ ".repeat(half / 20),
        " ".repeat(half) + "}",
    ];
    for text in texts {
        let tree = parse(&text);
        assert!(tree.errors.len() <= 101 + 1, "{:?}…", &text[..10]);
    }
}
