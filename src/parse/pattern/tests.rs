use super::*;
use crate::syntax::pattern::{Kind, Node};

/// A tree in one line: `a` literals, `.` dot, `[…]` classes by source, `(n …)` groups, `{min,max}` counts.
fn show(tree: &Tree, node: &Node) -> String {
    let list = |nodes: &[Node], between: &str| nodes.iter().map(|n| show(tree, n)).collect::<Vec<_>>().join(between);
    match &node.kind {
        Kind::Literal(c) => c.to_string(),
        Kind::Dot => "ANY".to_owned(),
        Kind::Class(_) => format!("<{}>", tree.slice(node.span)),
        Kind::Assertion(assertion) => format!("{assertion:?}"),
        Kind::Group { group, body } => {
            let head = match group {
                crate::syntax::pattern::Group::Capture { index, name } => {
                    format!("{index}{}", name.as_deref().map(|name| format!("={name}")).unwrap_or_default())
                }
                crate::syntax::pattern::Group::Scope(flags) => format!(":{}-{}", flags.on, flags.off),
                crate::syntax::pattern::Group::Atomic => ">".to_owned(),
                crate::syntax::pattern::Group::Look { behind, negative } => {
                    format!("{}{}", if *behind { "<" } else { "" }, if *negative { "!" } else { "=" })
                }
            };
            format!("({head} {})", show(tree, body))
        }
        Kind::Repeat { body, min, max, greed } => {
            let max = max.map(|max| max.to_string()).unwrap_or_default();
            let greed = format!("{greed:?}").chars().next().unwrap_or('?');
            format!("{}{{{min},{max}{greed}}}", show(tree, body))
        }
        Kind::Backreference(reference) => format!("\\{}", tree.group_number(reference).unwrap_or(0)),
        Kind::Sequence(parts) => list(parts, ""),
        Kind::Alternation(branches) => list(branches, "|"),
        Kind::Flags(flags) => format!("(?{}-{})", flags.on, flags.off),
    }
}

#[test]
fn every_construct_is_read() {
    let table = [
        ("", ""),
        ("abc", "abc"),
        ("a|b|", "a|b|"),
        ("^a$", "StartaEnd"),
        (r"\Aa\z", "StartaEnd"),
        (r"\ba\B\G", "WordBoundaryaNoWordBoundaryOther"),
        ("a.b", "aANYb"),
        (r"a\.b\/c\-d", "a.b/c-d"),
        ("[a-z][^/]", "<[a-z]><[^/]>"),
        ("[]a][^]a]", "<[]a]><[^]a]>"),
        ("[^]", "<[^]>"),
        (r"[\]\w.-]", r"<[\]\w.-]>"),
        ("[[:alpha:][:^digit:]]", "<[[:alpha:][:^digit:]]>"),
        (r"\d\W", r"<\d><\W>"),
        ("(a(b)|c)", "(1 a(2 b)|c)"),
        ("(?<n>a)(?P<m>b)(?'o'c)", "(1=n a)(2=m b)(3=o c)"),
        ("(?:a)(?i:b)(?s-i:c)", "(:- a)(:i- b)(:s-i c)"),
        ("(?i)a(?-i)b", "(?i-)a(?-i)b"),
        ("(?=a)(?!b)(?<=c)(?<!d)", "(= a)(! b)(<= c)(<! d)"),
        ("(?>a)(?#note)(*UTF8)b", "(> a)b"),
        ("(?|(a)|(b))", "(:- (1 a)|(2 b))"),
        ("a*b+?c?+", "a{0,G}b{1,L}c{0,1P}"),
        ("a{2}b{2,}c{2,4}?", "a{2,2G}b{2,G}c{2,4L}"),
        ("a{x}{", "a{x}{"),
        (r"(a)\1\g{-1}\k<n>", r"(1 a)\1\1\0"),
        (r"\Qa.b(\Ec*", "a.b(c{0,G}"),
        (r"\Qab", "ab"),
        (r"a\Eb", "ab"),
        (r"\x41\x{42}\u0043\u{44}\cA\t\0", "ABCD\u{1}\t\0"),
        (r"\pL\p{Lu}\P{L}", r"<\pL><\p{Lu}><\P{L}>"),
        ("]}", "]}"),
        ("é漢", "é漢"),
    ];
    for (source, expected) in table {
        let tree = parse(source).unwrap_or_else(|error| panic!("{source}: {}", error.message));
        assert_eq!(show(&tree, &tree.root), expected, "{source}");
    }
}

#[test]
fn spans_are_those_of_the_pattern() {
    let tree = parse(r"^https://(app\.|x+)é").expect("is well formed");
    let mut seen = Vec::new();
    let mut todo = vec![&tree.root];
    while let Some(node) = todo.pop() {
        seen.push(tree.slice(node.span).to_owned());
        match &node.kind {
            Kind::Sequence(nodes) | Kind::Alternation(nodes) => todo.extend(nodes),
            Kind::Group { body, .. } | Kind::Repeat { body, .. } => todo.push(body),
            _ => {}
        }
    }
    for text in [r"^https://(app\.|x+)é", r"(app\.|x+)", r"app\.|x+", r"app\.", r"\.", "x+", "x", "é", "^"] {
        assert!(seen.iter().any(|s| s == text), "{text} in {seen:?}");
    }
}

#[test]
fn classes_know_their_members() {
    let table = [
        ("[a-c]", "abc", "d-A"),
        ("[^a-c]", "d.", "abc"),
        (r"[\w.-]", "aZ0_.-", "/:"),
        (r"[\w-.]", "a-.", "/"),
        ("[a-]", "a-", "b"),
        ("[]-]", "]-", "["),
        (r"[\d\-x]", "5-x", "a"),
        (r"[^\S]", " ", "a"),
        (r"\D", "a", "5"),
        ("[[:upper:]_]", "A_", "a"),
        (r"[\x41-\x43]", "ABC", "D"),
        (r"[\b]", "\u{8}", "b"),
        ("[[a]", "[a", "]"),
    ];
    for (source, yes, no) in table {
        let tree = parse(source).expect("is well formed");
        let set = tree.root.as_set().expect("is one class");
        for c in yes.chars() {
            assert!(set.accepts(c), "{source} takes {c}");
        }
        for c in no.chars() {
            assert!(!set.accepts(c), "{source} does not take {c}");
        }
    }
}

#[test]
fn faults_are_pointed_at() {
    let table = [
        ("(a", 0, "this group is never closed"),
        ("x((a)", 1, "this group is never closed"),
        ("a)", 1, "this `)` closes nothing"),
        ("ab[c", 2, "this character class is never closed"),
        ("*a", 0, "this quantifier has nothing to repeat"),
        ("(|+)", 2, "this quantifier has nothing to repeat"),
        ("a{2}{3}", 4, "this quantifier follows another quantifier"),
        (r"a\", 1, "a backslash at the end of the pattern"),
        ("(?R)", 0, "a group of a kind that is not understood"),
        ("a(?#b", 1, "this comment is never closed"),
        ("(?(1)a|b)", 0, "a group of a kind that is not understood"),
        ("[z-a]", 1, "this range runs backwards"),
        ("[[:nope:]]", 1, "no such POSIX class"),
    ];
    for (source, at, message) in table {
        let error = parse(source).expect_err(source);
        assert_eq!((error.span.start, error.message.as_str()), (at, message), "{source}");
    }
}

#[test]
fn no_depth_or_length_breaks_it() {
    for n in [MAX_DEPTH, MAX_DEPTH + 1, 10_000] {
        let nested = format!("{}a{}", "(".repeat(n), ")".repeat(n));
        assert_eq!(parse(&nested).is_ok(), n <= MAX_DEPTH, "{n}");
    }
    for piece in ["(", ")", "[", "[^]", "(?#", r"\Q", r"\p{", "{1", "(?<a", "a|", "[[:a", r"\", r"\c\("] {
        // Whether it is well formed is another matter; it must come back.
        let _ = parse(&piece.repeat(10_000));
    }
    assert!(parse(&"a".repeat(MAX_LENGTH + 1)).is_err());
}
