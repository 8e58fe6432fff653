//! Templates, as the parser makes trees of them.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::parse;
use crate::syntax::directive::{Directive, Word};
use crate::syntax::hole;
use crate::syntax::template::Reading;

fn show_word(word: &Word) -> String {
    hole::fill(&word.value, |tag| format!("«{tag}»")).into_owned()
}

/// Directives by their words, with the arms that they stand in.
fn show(directives: &[Directive]) -> String {
    let one = |directive: &Directive| {
        let words: Vec<String> = std::iter::once(&directive.name).chain(&directive.arguments).map(show_word).collect();
        let when = directive.when.iter().map(|(id, arm)| format!("[{}.{arm}]", id.0)).collect::<Vec<_>>().concat();
        let body =
            if directive.body.is_some() { format!(" {{{}}}", show(directive.children())) } else { String::new() };
        format!("{when}{}{body}", words.join(" "))
    };
    directives.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let tree = parse(text);
        assert_eq!(show(&tree.directives), *expected, "{text}");
        assert!(tree.errors.is_empty(), "{:?} of {text}", tree.errors);
    }
}

#[test]
fn values_are_parts_of_words() {
    check(&[
        ("listen {{ port }};", "listen «{{ port }}»"),
        ("add_header A 'x{{ \"b;c\" }}y\\'';", "add_header A x«{{ \"b;c\" }}»y'"),
        ("location ~ ^/({{ a|join('|') }})/ { b; }", "location ~ ^/(«{{ a|join('|') }}»)/ {b}"),
        (
            "proxy_pass http://${UPSTREAM}:@PORT@/__PATH__%x_y%;",
            "proxy_pass http://«${UPSTREAM}»:«@PORT@»/«__PATH__»«%x_y%»",
        ),
        ("{{ key }} {{ value }};", "«{{ key }}» «{{ value }}»"),
        ("map $a $b { \"~*^{{ h }}$\" $a; {{ k }} 1; }", "map $a $b {~*^«{{ h }}»$ $a; «{{ k }}» 1}"),
        ("add_header A \"b\"{{ always }};", "add_header A b «{{ always }}»"),
        ("proxy_pass {{ url }}\nroot /;", "proxy_pass «{{ url }}»; root /"),
        ("log_format j '{\"a\":{\"b\":\"%b\"}}';", "log_format j {\"a\":{\"b\":\"%b\"}}"),
        ("set \\$a \"\\${http_origin}\";", "set $a ${http_origin}"),
    ]);
}

#[test]
fn a_value_alone_is_a_directive_of_its_own() {
    check(&[
        ("server {\n  {{ extra }}\n  root /;\n}", "server {«{{ extra }}»; root /}"),
        ("{{ a }}\n%b_c% # d\n<%= e %>\nroot /;", "«{{ a }}»; «%b_c%»; «<%= e %>»; root /"),
        ("location / { {{ a }} }", "location / {«{{ a }}»}"),
        ("location / { {{ a }} proxy_pass b; }", "location / {«{{ a }}»; proxy_pass b}"),
        ("{{ a }};\n{{ b }}", "«{{ a }}»; «{{ b }}»"),
        ("{{ a }}\n;b;", "«{{ a }}»; b"),
        ("{{ a }} {\n b;\n}", "«{{ a }}» {b}"),
        ("server_name\n  {{ a }}\n  {{ b }};", "server_name «{{ a }}» «{{ b }}»"),
        ("{% include 'a.j2' %}\n{% include b %}", "include a.j2; «{% include b %}»"),
        ("{% if a %}{{ b }}{% endif %}\nc;", "[0.0]«{{ b }}»; c"),
    ]);
}

#[test]
fn arms_are_told_of_the_directives_in_them() {
    check(&[
        ("{% if a %}b;{% else %}c { d; }{% endif %}e;", "[0.0]b; [0.1]c {d}; e"),
        ("s {\n{% if a %}\n b;\n {% if c %}\n d;\n {% endif %}\n{% endif %}\n}", "s {[0.0]b; [0.0][1.0]d}"),
        ("{% if a %}s {{% if b %}c;{% endif %}}{% endif %}", "[0.0]s {[1.0]c}"),
        ("# {% if a %}\nb;\n# {% endif %}\nc;", "[0.0]b; c"),
        ("map $a $b {\n{% for h in hs %}\n \"~{{ h }}\" 1;\n{% endfor %}\n}", "map $a $b {[0.0]~«{{ h }}» 1}"),
        ("{{#a}}b;{{/a}}{{^a}}c;{{/a}}", "[0.0]b; [1.0]c"),
    ]);
}

#[test]
fn a_choice_within_a_directive_is_a_word() {
    check(&[
        ("listen 443{% if a %} ssl{% endif %};", "listen 443 «{% if a %} ssl{% endif %}»"),
        ("a \"b{% if c %}d{% else %}e{% endif %}\";", "a b«{% if c %}d{% else %}e{% endif %}»"),
        ("server_name{% for h in hs %} {{ h }}{% endfor %};", "server_name «{% for h in hs %} {{ h }}{% endfor %}»"),
    ]);
}

#[test]
fn of_uneven_arms_one_is_read() {
    check(&[
        ("{% if a %}\nif ($b) {\n{% else %}\nif ($c) {\n{% endif %}\n d;\n}", "if ($b) {d}"),
        ("{% if a %}\ns {\n{% endif %}\n b;\n{% if a %}\n}\n{% endif %}", "s {b}"),
        ("{% if x %}{% if a %}s {{% else %}t {{% endif %} b; }{% endif %}", "[0.0]s {b}"),
        ("{% if a %}listen 443 ssl{% else %}listen 80{% endif %};b;", "listen 443 ssl; b"),
        ("{% if a %}\ns {\n{% endif %}\n{% if not a %}\nt {\n{% endif %}\n b;\n}", "s {b}"),
        ("{% if a %}\n}\n{% endif %}\nb;", "b"),
        ("s {\n b;\n{% if not c %}\n}\nt {\n{% endif %}\n d;\n}", "s {b}; t {d}"),
    ]);
}

#[test]
fn what_is_read_in_one_way_only_is_told() {
    for (text, expected) in [
        ("{% if a %}s {{% else %}t {{% endif %} b; } c;", vec!["0: s {{% else %}t {{% endif %} b; }"]),
        (
            "{% if not a %}\ns {\n{% endif %} b;{% if not a %}}{% endif %}",
            vec!["1: \ns {\n{% endif %} b;{% if not a %}}", "1: }"],
        ),
        ("{% if a %}s { b; }{% endif %}", vec![]),
    ] {
        let show = |reading: &Reading| format!("{}: {}", reading.answer, &text[reading.reach.range()]);
        assert_eq!(parse(text).readings.iter().map(show).collect::<Vec<_>>(), expected, "{text}");
    }
}

#[test]
fn errors_show_tags_as_they_are_written() {
    let messages: Vec<String> =
        parse("location {{ a }};\n'{{ b }}").errors.into_iter().map(|error| error.message).collect();
    assert_eq!(messages, ["block `location` has no opening `{`", "the quote that begins here is not closed by `'`"]);
    let error = parse("{{ a }}b c\n}").errors.remove(0);
    assert_eq!(error.message, "directive `{{ a }}b` is not ended by `;`");
}

#[test]
fn pathological_templates_end() {
    let many = 1 << 12;
    let texts = [
        "{{".repeat(many),
        "{% if a %}".repeat(many),
        "{% if a %}".repeat(many) + &"{% endif %}".repeat(many),
        "{% if a %}b {{% endif %}".repeat(many),
        "{% if a %}b;{% endif %}".repeat(many),
        "{{ a }}\n".repeat(many),
        "{{ a }} ".repeat(many),
        "{% macro a %}{{ b }}{% endmacro %}{% if c %}d{% endif %}".repeat(many / 4),
        "<%".repeat(many),
        "%a".repeat(many),
        "__A".repeat(many),
        "{{ '{%' }}".repeat(many),
        "{{ '{{' }}".repeat(many),
        "{#".repeat(many),
        "${a.".repeat(many),
        "\"{% if a %}'{% endif %}\n".repeat(many),
        "x_by_lua_block {{{ a }}".repeat(many / 4),
    ];
    for text in texts {
        let tree = parse(&text);
        assert!(tree.errors.len() <= 101 + 1, "{:?}…", &text[..20]);
    }
}

proptest! {
    #[test]
    fn no_mixture_of_tags_and_directives_is_too_much(pieces in vec(select(PIECES.to_vec()), 0..40)) {
        let text = pieces.concat();
        let tree = parse(&text);
        let mut open: Vec<&Directive> = tree.directives.iter().collect();
        while let Some(directive) = open.pop() {
            open.extend(directive.children());
            for word in std::iter::once(&directive.name).chain(&directive.arguments) {
                prop_assert!(text.get(word.span.range()).is_some_and(|spelling| !spelling.is_empty()));
            }
            for (id, arm) in &directive.when {
                prop_assert!(tree.conditionals.get(id.0 as usize).is_some_and(|known| *arm < known.arms.len()));
            }
        }
        prop_assert!(tree.errors.iter().all(|error| text.get(error.span.range()).is_some()));
        prop_assert!(tree.readings.iter().all(|reading| text.get(reading.reach.range()).is_some()));
    }
}

/// What templates are made of, and what they stand in.
const PIECES: [&str; 40] = [
    "{{ a }}",
    "{{",
    "}}",
    "{% if a %}",
    "{%- elif b -%}",
    "{% else %}",
    "{% endif %}",
    "{% for c in d %}",
    "{% endfor %}",
    "{% set e %}",
    "{% endset %}",
    "{% include 'f' %}",
    "{# é",
    "#}",
    "<%= g %>",
    "<% if h { %>",
    "<% } else { %>",
    "<% } %>",
    "<% end %>",
    "{{#i}}",
    "{{/i}}",
    "{{ if j }}",
    "{{ end }}",
    "{{ define k }}",
    "${L_M}",
    "%n_o%",
    "__P__",
    "@q_r@",
    "\\$host",
    "\"",
    "'",
    " ",
    "\n",
    ";",
    "{",
    "}",
    "é",
    "server",
    "# s",
    "x_by_lua_block {",
];
