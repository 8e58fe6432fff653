use std::path::PathBuf;

use super::{Outline, directives, script};
use crate::parse;
use crate::source::{Source, Span};
use crate::syntax::Comment;

/// A text, its outline, its comments.
fn outlined(text: &str, parts: Vec<super::Part>, comments: Vec<Comment>) -> (Source, Outline, Vec<Comment>) {
    let source = Source::new(PathBuf::from("a"), "a".to_owned(), text.to_owned());
    let outline = Outline::new(parts, comments.iter().map(|comment| comment.span).collect());
    (source, outline, comments)
}

fn nginx(text: &str) -> (Source, Outline, Vec<Comment>) {
    let tree = parse::nginx::parse(text);
    outlined(text, directives(&tree.directives), tree.comments)
}

fn express(text: &str) -> (Source, Outline, Vec<Comment>) {
    let module = parse::express::parse(text);
    assert!(module.errors.is_empty(), "{text}: {:?}", module.errors);
    outlined(text, script::parts(&module.body), module.comments)
}

/// The first line and the last of what the comment `!` speaks of, blanks and the comment itself apart.
fn spoken_of((source, outline, comments): &(Source, Outline, Vec<Comment>)) -> Option<(String, String)> {
    let comment = comments.iter().find(|comment| source.slice(comment.span).contains('!')).expect("there is one");
    let text = source.slice(outline.spoken_of(source, comment)?);
    let mut lines = text.lines().map(|line| line.trim().to_owned());
    let first = lines.next().unwrap_or_default();
    Some((first.clone(), lines.next_back().unwrap_or(first)))
}

#[test]
fn of_directives_the_next_or_the_own() {
    let cases = [
        ("a 1;\n# !\nb 2;\nc 3;", Some(("b 2;", "b 2;"))),
        ("a 1;\n# !\n\n# other\nb 2;", Some(("b 2;", "b 2;"))),
        ("a 1; # !\nb 2;", Some(("a 1; # !", "a 1; # !"))),
        ("a 1\n  2; # !\nb 2;", Some(("a 1", "2; # !"))),
        ("# !\nl {\n  a 1;\n}\nb 2;", Some(("l {", "}"))),
        ("l { # !\n  a 1;\n}\nb 2;", Some(("l { # !", "}"))),
        ("l {\n  a 1;\n} # !\nb 2;", Some(("l {", "} # !"))),
        ("l { a 1; } m { # !\n b; }", Some(("l { a 1; } m { # !", "b; }"))),
        ("l {\n  a 1;\n  # !\n}\nb 2;", None),
        ("a 1;\n# !", None),
        ("# !\n{% if x %}\nb 2;\n{% endif %}", Some(("b 2;", "b 2;"))),
        ("# !\r\nb 2;\r\nc 3;", Some(("b 2;", "b 2;"))),
    ];
    for (text, expected) in cases {
        let expected = expected.map(|(first, last)| (first.to_owned(), last.to_owned()));
        assert_eq!(spoken_of(&nginx(text)), expected, "{text}");
    }
}

#[test]
fn of_scripts_what_begins_on_a_line() {
    let cases = [
        ("a();\n// !\nf(x, {\n  y: 1,\n});\nb();", Some(("f(x, {", "});"))),
        ("f({ // !\n  y: 1,\n});\nb();", Some(("f({ // !", "});"))),
        ("f({\n  y: 1,\n}); // !\nb();", Some(("f({", "}); // !"))),
        ("f({\n  // !\n  y: 1,\n  z: 2,\n});", Some(("y: 1,", "y: 1,"))),
        ("f({\n  y: 1, // !\n  z: 2,\n});", Some(("y: 1, // !", "y: 1, // !"))),
        ("f({\n  // !\n  y: [\n    1,\n  ],\n  z: 2,\n});", Some(("y: [", "]"))),
        ("f({\n  y: 1,\n  // !\n});", None),
        ("a\n  .f(1)\n  // !\n  .g({\n    x: 1,\n  })\n  .h(2);", Some((".g({", "})"))),
        ("a\n  // !\n  .g()\n  .h();\nb();", Some((".g()", ".g()"))),
        ("const o = {\n  // !\n  f() {\n    a();\n  },\n};", Some(("f() {", "}"))),
        ("// !\n@A({\n  b: 1,\n})\nclass C {\n  m() {}\n}\nd();", Some(("@A({", "}"))),
        ("class C {\n  // !\n  @A()\n  m() {\n    b();\n  }\n  n() {}\n}", Some(("@A()", "}"))),
        ("// !\nexport default f({\n  a: 1,\n});", Some(("export default f({", "});"))),
        ("switch (a) {\n  // !\n  case 1:\n    f();\n    g();\n  default:\n    h();\n}", Some(("case 1:", "g();"))),
        ("if (a) {\n  f();\n} else { // !\n  g();\n}\nh();", Some(("} else { // !", "}"))),
        ("if (a) {\n  f();\n  // !\n} else {\n  g();\n}", None),
        ("function f() {\n  a();\n  /* ! */\n}\nb();", None),
        ("/* ! */ f(\n  1,\n);\ng();", Some(("/* ! */ f(", ");"))),
        ("const f = (a) =>\n  // !\n  g(a,\n    b);", Some(("g(a,", "b)"))),
    ];
    for (text, expected) in cases {
        let expected = expected.map(|(first, last)| (first.to_owned(), last.to_owned()));
        assert_eq!(spoken_of(&express(text)), expected, "{text}");
    }
}

#[test]
fn heads_tell_where_a_place_is() {
    let heads = |(source, outline, _): (Source, Outline, Vec<Comment>), place: &str| {
        let start = source.text.find(place).expect("is there");
        let heads = outline.heads(Span::new(start, start + place.len()));
        heads.map(|head| source.slice(head).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(heads(nginx("http { server { location /a { x 1; } } }"), "x 1;"), ["location /a", "server", "http"]);
    assert_eq!(heads(nginx("server { location /a { x 1; } }"), "location"), ["server"]);
    let text = "const o = { origin: true };\napp.get('/x', f, function g(q, s) { s.set('A', v); });";
    assert_eq!(heads(express(text), "v"), ["set('A'", "g", "get('/x'"]);
    assert_eq!(heads(express(text), "true"), ["origin", "o"]);
}

#[test]
fn no_number_of_comments_makes_it_slow() {
    let line = "/* ! */ f(1); ".repeat(20_000);
    let (source, outline, comments) = express(&line);
    let whole = comments.iter().filter(|comment| outline.spoken_of(&source, comment).is_some()).count();
    assert_eq!(whole, 20_000);
}
