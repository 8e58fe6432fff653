use super::parse;
use crate::syntax::express::{Expression, ExpressionKind, StatementKind};

/// Each statement in the words of Rust without its spans, shortened.
fn show(text: &str) -> String {
    let debug = format!("{:?}", parse(text).body);
    let mut shown = String::new();
    let mut rest = debug.as_str();
    while let Some(at) = rest.find("span: Span {") {
        shown.push_str(rest[..at].trim_end_matches([' ', ',']));
        rest = &rest[at..];
        rest = &rest[rest.find('}').map_or(rest.len(), |end| end + 1)..];
    }
    shown + rest
}

/// The text and the error messages of what is unreadable.
fn errors(text: &str) -> Vec<String> {
    parse(text).errors.iter().map(|error| format!("{} @ {}", error.message, &text[error.span.range()])).collect()
}

/// The only expression of a text, which can be read.
fn expression(text: &str) -> Expression {
    let module = parse(text);
    assert_eq!(errors(text), Vec::<String>::new(), "{text}");
    let statement = module.body.into_iter().next().expect("the texts of these tests have a statement");
    match statement.kind {
        StatementKind::Expression(expression) => expression,
        kind => panic!("{text} is {kind:?}"),
    }
}

/// Texts that mean the same, but for their spans.
fn same(pairs: &[(&str, &str)]) {
    for (left, right) in pairs {
        assert_eq!(errors(left), Vec::<String>::new(), "{left}");
        assert_eq!(show(left), show(right), "{left} and {right}");
    }
}

#[test]
fn a_slash_is_told_by_what_stands_before_it() {
    let regexes = [
        ("a = /b/g", 1),
        ("a / b / c", 0),
        ("if (a) /b/.test(c)", 1),
        ("f(a) / b / c", 0),
        ("a++ / b / c", 0),
        ("a! / b / c", 0),
        ("!/b/.test(a)", 1),
        ("return_ / b / c", 0),
        ("x.return / b / c", 0),
        ("typeof /b/", 1),
        ("{}\n/b/g.exec(a)", 1),
        ("({}) / b / c", 0),
        ("a[0] / b / c", 0),
        ("/[/]\\//.test(a)", 1),
        ("`${/}/}`", 1),
        ("a ? /b/ : /c/", 2),
        ("[/a/, /b/]", 2),
    ];
    for (text, count) in regexes {
        assert_eq!(errors(text), Vec::<String>::new(), "{text}");
        assert_eq!(show(text).matches("Regex").count(), count, "{text}");
    }
}

#[test]
fn types_leave_no_trace() {
    same(&[
        ("const a: B<C>[] = d as const;", "const a = d;"),
        ("f<T>(a!, <B>c, d satisfies E);", "f(a, c, d);"),
        ("new Map<string, () => void>();", "new Map();"),
        ("a = (b: C, d?: E): b is F => b;", "a = (b, d) => b;"),
        ("a = async <T,>(b: T) => b;", "a = async (b) => b;"),
        ("a = (b): ((c: D) => E) => b;", "a = (b) => b;"),
        ("function a(this: B, c: D = 1): asserts c is E {}", "function a(c = 1) {}"),
        ("interface A { b: C }\ntype D = E extends F ? G : H;", ";;"),
        ("declare const a: B;\ndeclare module 'c' { d }", ";;"),
        ("function a(b: C): D;\nfunction a(b) {}", ";function a(b) {}"),
        ("let a!: B | undefined;", "let a;"),
        (
            "class A<B> extends C<B> implements D { private e?: F; g(): void; [h: string]: I }",
            "class A extends C { e; }",
        ),
        ("import { type A, b } from 'c'; import type { D } from 'e';", "import { b } from 'c'; ;"),
        ("try {} catch (e: unknown) {}", "try {} catch (e) {}"),
        ("a < b; c > (d);", "a < b; c > d;"),
        ("a?.<B>(c)", "a?.(c)"),
    ]);
}

#[test]
fn semicolons_are_inserted() {
    same(&[
        ("a\nb", "a;b;"),
        ("return\na", "return;a;"),
        ("a\n++b", "a;++b;"),
        ("let a = b\n[c] = d", "let a = b[c] = d;"),
        ("do a\nwhile (b) c", "do a; while (b); c;"),
        ("{ a }", "{ a; }"),
        ("let a: B\nlet c", "let a; let c;"),
        ("async\nfunction a() {}", "async; function a() {}"),
    ]);
}

#[test]
fn operators_bind_as_they_should() {
    same(&[
        ("a || b && c === d + e * f ** g ** -h", "a || (b && (c === (d + (e * (f ** (g ** (-h)))))))"),
        ("a - b - c", "(a - b) - c"),
        ("a ? b : c ? d : e", "a ? b : (c ? d : e)"),
        ("a >= b >>> c >> d", "a >= ((b >>> c) >> d)"),
        ("a >>>= b", "a >>>= (b)"),
        ("typeof a === 'b'", "(typeof a) === 'b'"),
        ("a = b = c", "a = (b = c)"),
        ("a ?? b ?? c", "(a ?? b) ?? c"),
        ("a ? (b) : c => d", "a ? b : (c => d)"),
        ("a ? (b, c) => d : e", "a ? ((b, c) => d) : e"),
        ("new a.b(c).d", "(new a.b(c)).d"),
        ("x?.5:1", "x ? .5 : 1"),
    ]);
}

#[test]
fn parentheses_are_in_the_span_of_what_they_begin() {
    let text = "(0, cors_1.default)({ origin: '*' })";
    let call = expression(text);
    assert_eq!(&text[call.span.range()], text);
    let ExpressionKind::Call { callee, .. } = call.kind else { panic!("no call") };
    assert_eq!(&text[callee.span.range()], "0, cors_1.default");
    assert!(matches!(callee.kind, ExpressionKind::Sequence(all) if all.len() == 2));
}

#[test]
fn an_optional_chain_ends_with_its_parentheses() {
    assert!(show("(a?.b).c").contains("Sequence"));
    assert!(!show("a?.b.c").contains("Sequence") && !show("(a.b).c").contains("Sequence"));
}

#[test]
fn elements_are_told_from_types() {
    let elements = [
        ("a = <b c={d} e='it''s'>don't {f ? <g/> : `</b>`}</b>", 1),
        ("a = <>b</>", 1),
        ("a = <T,>(b: T) => b", 0),
        ("a = <T>(b: T) => b", 0),
        ("a = <B>c", 0),
        ("f(<a.b/>, <c-d />)", 2),
    ];
    for (text, count) in elements {
        assert_eq!(errors(text), Vec::<String>::new(), "{text}");
        assert_eq!(show(text).matches("Jsx").count(), count, "{text}");
    }
}

#[test]
fn a_fault_stays_in_its_brackets() {
    let cases = [
        ("f({ a: <<, b: 1 }); g()", 1, "Identifier(\"g\")"),
        ("f(a b, c)", 1, "Identifier(\"c\")"),
        ("const a = ;\nb()", 1, "Identifier(\"b\")"),
        ("function a() { b c }\nd()", 1, "Identifier(\"d\")"),
        ("if (a b) c()", 1, "Identifier(\"c\")"),
        ("a('b)\n); c()", 1, "Identifier(\"c\")"),
        ("`a${b c}d`; e", 1, "Identifier(\"e\")"),
        ("class A { b c; d() { e() } }", 1, "Identifier(\"e\")"),
        ("a(b\nc()", 1, ""),
        ("f(a, (), b)", 1, "Identifier(\"b\")"),
    ];
    for (text, count, kept) in cases {
        let module = parse(text);
        assert!(module.errors.len() >= count && module.errors.len() <= count + 1, "{text}: {:?}", module.errors);
        let shown = show(text);
        assert!(shown.contains("Unreadable") && shown.contains(kept), "{text}: {shown}");
    }
}

#[test]
fn comments_are_kept() {
    let text = "#!/usr/bin/env node\n// a\nb(); /* c\n */ // d\n";
    let comments = parse(text).comments;
    let shown: Vec<_> = comments.iter().map(|comment| (&text[comment.span.range()], comment.own_line)).collect();
    assert_eq!(shown, [("// a", true), ("/* c\n */", false), ("// d", false)]);
}

#[test]
fn what_has_no_end_is_shown_where_it_begins() {
    for (text, error) in [
        ("a = 'b\nc()", "the string is not closed @ 'b"),
        ("a = `b\nc()", "the template is not closed @ `b\nc()"),
        ("a = /b\nc()", "the regular expression is not closed @ /"),
        ("a()\n/* b\nc()", "the comment is not closed @ /*"),
    ] {
        assert!(errors(text).contains(&error.to_owned()), "{text}: {:?}", errors(text));
    }
}
