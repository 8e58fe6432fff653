use super::{Branch, Host, Template, read};
use crate::source::Span;

const HOST: Host =
    Host { has_variable: |name| name == "host" || name.starts_with("http_"), end_of_foreign, owns: |_| false };

/// A block of another language ends with the line here.
fn end_of_foreign(text: &str, start: usize) -> usize {
    text[start..].find('\n').map_or(text.len(), |end| start + end)
}

fn texts(text: &str, spans: &[Span]) -> Vec<String> {
    spans.iter().map(|span| text[span.range()].to_owned()).collect()
}

fn of(text: &str) -> Template {
    read(text, HOST).unwrap_or_default()
}

/// `question: arm | arm`, with `!` for a negated one and `else` before the last arm if it is there otherwise.
fn show(text: &str, branch: &Branch) -> String {
    let arm =
        |arm: &super::Arm| format!("{}{}", if arm.otherwise { "else " } else { "" }, text[arm.content.range()].trim());
    let arms: Vec<String> = branch.arms.iter().map(arm).collect();
    format!("{}{}: {}", if branch.negated { "!" } else { "" }, branch.question, arms.join(" | "))
}

#[test]
fn values_are_told_from_what_only_looks_like_them() {
    for (text, expected) in [
        ("a {{ x }} b", vec!["{{ x }}"]),
        ("{{x}}{{{ y }}}", vec!["{{x}}", "{{{ y }}}"]),
        ("{{- .Values.x | default \"a;b\" -}}", vec!["{{- .Values.x | default \"a;b\" -}}"]),
        ("{{ x |\n  y }}", vec!["{{ x |\n  y }}"]),
        ("location / {{\n return 204;\n}}", vec![]),
        ("<%= @a %><%== b -%>", vec!["<%= @a %>", "<%== b -%>"]),
        ("${CORS_ORIGIN} $CORS_ORIGIN", vec!["${CORS_ORIGIN}", "$CORS_ORIGIN"]),
        ("${cors} $cors $Cors $C ${a-b", vec![]),
        ("$HTTP_ORIGIN ${HTTP_ORIGIN} ${SERVER_NAME}", vec!["${SERVER_NAME}"]),
        ("${var.origin} ${PORT:-80} ${port:80}", vec!["${var.origin}", "${PORT:-80}", "${port:80}"]),
        ("%domain%/%ip%:%web_port%", vec!["%domain%", "%ip%", "%web_port%"]),
        ("/a%20b%d0%b0 ~^%[0-9]+% '%b %h%u' 10% %", vec![]),
        ("/%D0foo%20bar", vec![]),
        ("@PORT@ @fallback; a@b @c @d", vec!["@PORT@"]),
        ("php__VERSION__-__A_B____C__ __a__ __", vec!["__VERSION__", "__A_B__", "__C__"]),
        ("x{2} [a-z]{2,3} '{\"a\":{\"b\":1}}' \\$ foo\\$BAR", vec![]),
        ("{{ '{{' }} host }}:{{ '{{' }} {{ r }}_port }}", vec!["{{ '{{' }} host }}", "{{ '{{' }} {{ r }}_port }}"]),
        ("x_by_lua_block { t = {{1},{2}}\n{{ y }}", vec!["{{ y }}"]),
        (
            "{% call m() %}{{ a }}{% if b %}c{% endif %}{% endcall %}",
            vec!["{% call m() %}{{ a }}{% if b %}c{% endif %}{% endcall %}"],
        ),
        (
            "{{ template \"x\" . }}{% extends 'y' %}{{> z}}",
            vec!["{{ template \"x\" . }}", "{% extends 'y' %}", "{{> z}}"],
        ),
    ] {
        assert_eq!(texts(text, &of(text).holes), expected, "{text}");
    }
}

#[test]
fn some_tags_leave_nothing() {
    for text in [
        "{# a {{ b }} #}",
        "{% set a = 1 %}",
        "{%- do x -%}",
        "{{! a }}",
        "{{!-- a }} --}}",
        "{{- /* a */ -}}",
        "{{ $a := 1 }}",
        "{{ $a, $b := f }}",
        "<%# a %>",
        "<%- a = 1 -%>",
        "<% a = b.select { |c| c } %>",
    ] {
        let template = of(text);
        assert_eq!((texts(text, &template.blanks), template.holes.len()), (vec![text.to_owned()], 0), "{text}");
    }
    assert!(read("location / {# a\n#}\n", HOST).is_none());
    assert!(read("a $host {b} %x", HOST).is_none());
}

#[test]
fn branches_are_read_in_every_language() {
    for (text, expected) in [
        ("{% if a %}1{% endif %}", vec!["a: 1"]),
        ("{%- if not a -%}1{%- else -%}2{%- endif -%}", vec!["!a: 1 | else 2"]),
        ("{% if a %}1{% elif b %}2{% else %}3{% endif %}", vec!["a; b: 1 | 2 | else 3"]),
        ("{% for a in b %}1{% endfor %}", vec!["for a in b: 1"]),
        ("{% if not a and b %}1{% endif %}", vec!["not a and b: 1"]),
        ("<% if a -%>1<% elsif b %>2<% else %>3<% end %>", vec!["a; b: 1 | 2 | else 3"]),
        ("<% unless a %>1<% end %>", vec!["!a: 1"]),
        ("<% @x.each do |y| %>1<% end %>", vec!["@x.each do |y|: 1"]),
        ("<% case a %><% when 1 %>1<% when 2 then %>2<% else %>3<% end %>", vec!["a; 1; 2: 1 | 2 | else 3"]),
        ("<% if $a { -%>1<% } elsif $b { -%>2<% } else { -%>3<% } -%>", vec!["$a; $b: 1 | 2 | else 3"]),
        ("<% if (a) { %>1<% } %>", vec!["a: 1"]),
        ("{{#a}}1{{/a}}{{^a}}2{{/a}}", vec!["a: 1", "!a: 2"]),
        ("{{#if a}}1{{else}}2{{/if}}", vec!["a: 1 | else 2"]),
        ("{{#unless a}}1{{/unless}}", vec!["!a: 1"]),
        ("{{#each a}}1{{/each}}", vec!["each a: 1"]),
        ("{{ if .a }}1{{ else if .b }}2{{ else }}3{{ end }}", vec![".a; .b: 1 | 2 | else 3"]),
        ("{{- range $a := .b }}1{{ end -}}", vec!["range $a := .b: 1"]),
        ("{{ with .a }}1{{ end }}", vec!["with .a: 1"]),
        ("%{ if a ~}1%{ else }2%{ endif }", vec!["a: 1 | else 2"]),
        ("{% if a %}1{% if b %}2{% endif %}{% endif %}", vec!["a: 1{% if b %}2{% endif %}", "b: 2"]),
        ("{{ '{%' }} if a {{ '%}' }}1{{ '{%' }} endif {{ '%}' }}", vec!["a: 1"]),
        ("{% if a %}1{{ if b }}2{% endif %}3{{ end }}", vec!["a: 1{{ if b }}2"]),
        ("{% endif %}1{% if a %}2", vec![]),
    ] {
        let shown: Vec<String> = of(text).branches.iter().map(|branch| show(text, branch)).collect();
        assert_eq!(shown, expected, "{text}");
    }
}

#[test]
fn definitions_stand_where_they_are_used() {
    for (text, holes) in [
        ("{% macro m() %}{{ a }}{% endmacro %}{{ m() }}", vec!["{{ m() }}"]),
        ("{% set a %}{{ b }}{% endset %}c;", vec![]),
        (
            "# x\n{{ define \"a\" }}{{ b }}{{ end }}\n{{/* c */}}{{ define \"d\" }}{{ e }}{{ end }}",
            vec!["{{ b }}", "{{ e }}"],
        ),
    ] {
        assert_eq!(texts(text, &of(text).holes), holes, "{text}");
    }
}

#[test]
fn included_files_are_named() {
    for (text, path) in [
        ("{% include 'a/b.j2' %}", Some("a/b.j2")),
        ("{%- include \"a\" ignore missing with context -%}", Some("a")),
        ("{% include x ~ 'a' %}", None),
        ("{% include ['a', 'b'] %}", None),
        ("{% include '' %}", None),
    ] {
        let template = of(text);
        assert_eq!(template.includes.first().map(|(_, path)| &text[path.range()]), path, "{text}");
        assert_eq!(template.holes.len(), 1);
    }
}

#[test]
fn a_shell_takes_backslashes_away() {
    for (text, escapes) in [
        ("proxy_set_header Host \\$host; add_header A \\${http_b};", 2),
        ("a \\$host $host", 0),
        ("location ~ a\\$b", 0),
    ] {
        assert_eq!(of(text).escapes.len(), escapes, "{text}");
    }
}
