//! What holds of any text at all.

use proptest::prelude::*;

use super::parse;
use crate::source::Span;
use crate::syntax::express::{Module, Statement, StatementKind};

/// What matters to the lexer and the builder.
const PIECES: [&str; 97] = [
    "a",
    "é",
    "cors",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "</",
    "/>",
    "<a>",
    "</a>",
    "<T,>",
    "=",
    "=>",
    "==",
    "+",
    "++",
    "!",
    "?",
    "?.",
    ":",
    ";",
    ",",
    ".",
    "...",
    "/",
    "/=",
    "/[",
    "//",
    "/*",
    "*/",
    "`",
    "${",
    "\"",
    "'",
    "\\",
    "\\u{61}",
    "#a",
    "@a ",
    "1",
    "1.",
    "0x",
    "1_0n",
    " ",
    "\n",
    "\r\n",
    "\u{2028}",
    "\u{feff}",
    "\0",
    "<!--",
    "if ",
    "if(a)",
    "else ",
    "for(",
    " of ",
    " in ",
    "return ",
    "function ",
    "async ",
    "await ",
    "yield ",
    "class ",
    "new ",
    "import ",
    "export ",
    "default ",
    "from 'b'",
    "const ",
    "let ",
    "var ",
    "switch(a){",
    "case ",
    "try{",
    "catch",
    "do ",
    "while(",
    "type ",
    "interface ",
    "enum ",
    "namespace ",
    "declare ",
    "abstract ",
    "static ",
    "get ",
    " as ",
    " as const",
    " satisfies ",
    " extends ",
    " is ",
    "infer ",
    "keyof ",
    "typeof ",
    "label:",
];

/// Texts made of what matters to the lexer and the builder, so that every path through them is taken.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(PIECES.to_vec());
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

fn check_span(text: &str, around: Span, inner: Span) -> Result<(), TestCaseError> {
    prop_assert!(text.get(inner.range()).is_some(), "{inner:?} cuts a character of {text:?}");
    prop_assert!(around.start <= inner.start && inner.end <= around.end, "{inner:?} leaves {around:?} in {text:?}");
    Ok(())
}

fn check_statements(text: &str, around: Span, statements: &[Statement]) -> Result<(), TestCaseError> {
    let mut end = around.start;
    for statement in statements {
        check_span(text, Span { start: end, ..around }, statement.span)?;
        prop_assert!(!statement.span.is_empty(), "{statement:?} in {text:?}");
        end = statement.span.end;
        if let StatementKind::Block(body) | StatementKind::Namespace { body, .. } = &statement.kind {
            check_statements(text, statement.span, body)?;
        }
    }
    Ok(())
}

fn check_module(text: &str, module: &Module) -> Result<(), TestCaseError> {
    let all = Span::new(0, text.len());
    check_statements(text, all, &module.body)?;
    let mut end = 0;
    for comment in &module.comments {
        check_span(text, Span { start: end, ..all }, comment.span)?;
        prop_assert!(text[comment.span.range()].starts_with('/'));
        end = comment.span.end;
    }
    for error in &module.errors {
        check_span(text, all, error.span)?;
        prop_assert!(!error.message.contains('\n') && !error.message.ends_with('.'));
    }
    prop_assert!(module.errors.is_sorted_by_key(|error| error.span.start));
    let unread = format!("{module:?}").contains("Unreadable");
    prop_assert!(!unread || !module.errors.is_empty(), "unread without a reason: {text:?}");
    Ok(())
}

proptest! {
    #[test]
    fn spans_lie_in_order_inside_each_other_and_on_character_boundaries(text in texts()) {
        check_module(&text, &parse(&text))?;
    }

    #[test]
    fn the_beginning_of_a_program_can_be_read_wherever_it_is_cut(cut in 0usize..PROGRAM.len()) {
        if let Some(text) = PROGRAM.get(..cut) {
            check_module(text, &parse(text))?;
        }
    }
}

const PROGRAM: &str = r#"import cors, { type CorsOptions as O } from "cors";
const list = `a,${process.env.B ?? `c${1}`},d`.split(/[,/]/g) as const, n = x! / 2 / y;
@A({ b: 1 }) export class C<T extends D = E> extends F<T> implements G { private readonly #h?: string = 'é'; static async *i() {} }
app.use(cors({ origin: (origin: string | undefined, cb) => cb(null, !origin || list.includes(origin)), ...rest }));
const e = <div a="b" {...c}>don't {d ? <e/> : `</f>`}</div>; for await (const { a = 1 } of b) { if (a) continue; else break }
"#;

/// Things that nest, each in itself.
fn nested(many: usize) -> Vec<String> {
    let both = |open: &str, close: &str| open.repeat(many) + "a" + &close.repeat(many);
    vec![
        both("(", ")"),
        both("[", "]"),
        both("{", "}"),
        both("({a:", "})"),
        both("f(", ")"),
        both("`${", "}`"),
        both("<a>", "</a>"),
        both("<a>{", "}</a>"),
        both("if(a){", "}"),
        both("function f(){", "}"),
        both("class A{b(){", "}}"),
        both("(a)=>(", ")"),
        both("let {a:", "}=b"),
    ]
}

/// Things that repeat without an end, or nest without being closed.
fn endless(many: usize) -> Vec<String> {
    let long = 2 * many;
    let first = |first: &str, next: &str, count: usize| first.to_owned() + &next.repeat(count);
    vec![
        "(".repeat(long),
        "{".repeat(long),
        "[)".repeat(long),
        "[".repeat(long) + &")".repeat(long),
        "(".repeat(long) + &"}".repeat(long),
        "<".repeat(long),
        "<a ".repeat(long),
        "<a>".repeat(long),
        "a<".repeat(long),
        "a<b,".repeat(long),
        "f(a<b,".repeat(many),
        "`${".repeat(long),
        "/[".repeat(long),
        "a=/b".repeat(long),
        "/**/".repeat(long),
        "'\n".repeat(long),
        "\"".repeat(long),
        "\\".repeat(long),
        "!".repeat(long),
        "new ".repeat(long),
        "a=>".repeat(long),
        "async ".repeat(long),
        "a?b:".repeat(long),
        "a?(b):".repeat(many),
        "a=".repeat(long),
        "a**".repeat(long),
        "a,".repeat(long),
        "if(a)b;else ".repeat(many),
        "a:".repeat(long),
        "@a ".repeat(long),
        "x: ".repeat(long),
        first("type A=", "(a:", many),
        first("type A=", "B extends C?D:", many),
        first("type A=", "B<", long),
        first("let a:", "keyof ", long),
        first("namespace a", ".b", long) + "{}",
        first("1", "+1", 100_000),
        first("a", ".b().c()", many),
        first("a", "[0]`b`!", many),
        first("a", "?.b", many),
        "a ".repeat(1 << 18),
        "a".repeat(1 << 18),
        first("'", "b", 1 << 18),
        first("`", "b", 1 << 18),
        first("/*", "b", 1 << 18),
        first("a=/", "b", 1 << 18),
        " ".repeat(1 << 18),
        "\n".repeat(1 << 18) + "a",
        "}".repeat(long),
        "a\u{2028}".repeat(long),
    ]
}

#[test]
fn nothing_is_too_long_or_too_deep() {
    for text in nested(10_000).into_iter().chain(endless(10_000)) {
        let start: String = text.chars().take(20).collect();
        let module = parse(&text);
        assert!(module.errors.len() <= 101, "{start}…");
        assert!(module.clone() == module, "{start}…");
    }
}
