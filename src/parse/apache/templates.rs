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
        ("Listen {{ port }}", "Listen «{{ port }}»"),
        ("Header set A \"x{{ 'b c' }}y\\\"\"", "Header set A x«{{ 'b c' }}»y\""),
        ("<VirtualHost %ip%:%web_port%>\nA <%= b %>\n</VirtualHost>", "VirtualHost «%ip%»:«%web_port%» {A «<%= b %>»}"),
        ("Header set A __B__@C_D@ {{ e }}", "Header set A «__B__»«@C_D@» «{{ e }}»"),
        ("RewriteRule ^{{ a }}\\ b$ - [R=301,L]", "RewriteRule ^«{{ a }}»\\ b$ - [R=301,L]"),
        ("Require expr %{A} == '{{ b }}' # c", "Require expr %{A} == '«{{ b }}»' # c"),
        ("<{{ a }} b>\nC\n</{{ a }}>", "«{{ a }}» b {C}"),
        ("ServerName $HOST", "ServerName «$HOST»"),
        ("{{ a }}\n{{ b }} c", "«{{ a }}»; «{{ b }}» c"),
        ("{% include 'a.conf' %}\n{% include b %}", "Include a.conf; «{% include b %}»"),
    ]);
}

#[test]
fn what_looks_like_a_tag_may_be_of_httpd() {
    check(&[
        (
            "LogFormat \"%h %l %u %t \\\"%r\\\" %>s %O %{Referer}i%{x}e\" c",
            "LogFormat %h %l %u %t \"%r\" %>s %O %{Referer}i%{x}e c",
        ),
        ("Header set A \"%{B}e\"", "Header set A %{B}e"),
        ("A ${NAME} ${a.b} ${lower:%1|x} $1", "A ${NAME} ${a.b} ${lower:%1|x} $1"),
        ("RewriteRule ^(.*)%20$ %{REQUEST_URI}?a=%1%2 [L]", "RewriteRule ^(.*)%20$ %{REQUEST_URI}?a=%1%2 [L]"),
        ("<Macro A $HOST>\nB $HOST\n</Macro>", "Macro A $HOST {B $HOST}"),
        (
            "<If \"%{A} =~ m#^[a-z]{2}$#\">\n</If>".replace("%{A}", "%{HTTP_HOST}").as_str(),
            "If %{HTTP_HOST} =~ m#^[a-z]{2}$# {}",
        ),
    ]);
}

#[test]
fn arms_are_told_of_the_directives_in_them() {
    check(&[
        ("{% if a %}\nB\n{% else %}\n<C>\nD\n</C>\n{% endif %}\nE", "[0.0]B; [0.1]C {D}; E"),
        ("<S>\n<% if a -%>\n B\n <%- if c -%>\n D\n <% end %>\n<% end %>\n</S>", "S {[0.0]B; [0.0][1.0]D}"),
        ("# {% if a %}\nB\n# {% endif %}\nC", "[0.0]B; C"),
        ("<% @a.each do |b| %>\nServerAlias <%= b %>\n<% end %>", "[0.0]ServerAlias «<%= b %>»"),
        ("A b {% if c %}\nD\n{% endif %}\nE", "A b; [0.0]D; E"),
    ]);
}

#[test]
fn a_choice_within_a_line_is_a_word() {
    check(&[
        ("Listen 443{% if a %} https{% endif %}\nB", "Listen 443 «{% if a %} https{% endif %}»; B"),
        ("A \"b{% if c %}d{% else %}e{% endif %}\"", "A b«{% if c %}d{% else %}e{% endif %}»"),
        ("<S {% if a %}b{% else %}c{% endif %}>\n</S>", "S «{% if a %}b{% else %}c{% endif %}» {}"),
        ("A b \\\n{% if c %}\n d \\\n{% endif %}\n e", "A b «{% if c %}\n d \\\n{% endif %}» e"),
    ]);
}

#[test]
fn of_uneven_arms_one_is_read() {
    check(&[
        ("{% if a %}\n<S>\n{% else %}\n<T>\n{% endif %}\nB\n</S>", "S {B}"),
        ("<% if a %>\n<S>\n<% end %>\nB\n<% if a %>\n</S>\n<% end %>", "S {B}"),
        ("{% if a %}Listen 443{% else %}Listen 80{% endif %}\nB", "Listen 443; B"),
    ]);
}

#[test]
fn what_is_read_in_one_way_only_is_told() {
    let text = "{% if a %}\n<S>\n{% else %}\n<T>\n{% endif %}\nB\n</S>\nC";
    let show = |reading: &Reading| format!("{}: {}", reading.answer, &text[reading.reach.range()]);
    let expected = ["0: \n<S>\n{% else %}\n<T>\n{% endif %}\nB\n</S>"];
    assert_eq!(parse(text).readings.iter().map(show).collect::<Vec<_>>(), expected);
}

#[test]
fn errors_spare_what_a_template_may_mend() {
    for text in ["Header set A {{ b }} c d", "RewriteRule {{ a }}", "<If {{ a }}>\n</If>", "Header {{ a }}", "{{ a }};"]
    {
        assert!(parse(text).errors.is_empty(), "{text}");
    }
    let error = parse("<S>\n<{{ b }}>\n</S>").errors.remove(0);
    assert_eq!(error.message, "section `<{{ b }}>` is not closed before `</S>`");
}

#[test]
fn pathological_templates_end() {
    let many = 1 << 12;
    let texts = [
        "{% if a %}".repeat(many) + &"{% endif %}".repeat(many),
        "{% if a %}<b>\n{% endif %}".repeat(many),
        "<% if a %>\nb\n<% end %>\n".repeat(many),
        "{{ a }}\n".repeat(many),
        "<%".repeat(many),
        "%a".repeat(many),
        "\"{% if a %}'{% endif %}\n".repeat(many),
    ];
    for text in texts {
        let tree = parse(&text);
        assert!(tree.errors.len() <= 101, "{:?}…", &text[..20]);
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
                prop_assert!(text.get(word.span.range()).is_some());
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
const PIECES: [&str; 34] = [
    "{{ a }}",
    "{{",
    "}}",
    "{% if a %}",
    "{%- elif b -%}",
    "{% else %}",
    "{% endif %}",
    "{% for c in d %}",
    "{% endfor %}",
    "{% include 'f' %}",
    "{# é",
    "#}",
    "<%= g %>",
    "<% if h { %>",
    "<% } %>",
    "<% end %>",
    "{{#i}}",
    "{{/i}}",
    "${L_M}",
    "%n_o%",
    "__P__",
    "@q_r@",
    "\"",
    "'",
    " ",
    "\n",
    "\\\n",
    "<If ",
    "</If>",
    ">",
    "é",
    "Header set A",
    "# s",
    "RewriteRule \\",
];
