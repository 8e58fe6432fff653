//! Templates, judged as they may be filled in.

use std::fs;
use std::path::PathBuf;

use corslint::Options;
use corslint::finding::Finding;

/// A folder of its own for a test.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("templates").join(name);
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    folder
}

/// `severity rule: assumption, assumption`
fn show(finding: &Finding) -> String {
    let assumptions = finding.assumptions.join(", ");
    format!("{} {}{}{assumptions}", finding.severity, finding.rule, if assumptions.is_empty() { "" } else { ": " })
}

fn findings(name: &str, files: &[(&str, &str)]) -> Vec<String> {
    let report = corslint::lint(&[folder(name, files)], &Options::default());
    assert!(report.errors.is_empty(), "{name}");
    // Nothing here answers OPTIONS: that is not the point.
    let others = report.findings.iter().filter(|finding| finding.rule != "missing-options-handling");
    others.map(show).collect()
}

/// A location of a server with these lines in it.
fn location(lines: &str) -> String {
    format!("server {{\n  server_name a.example;\n  location / {{\n    proxy_pass http://b;\n{lines}\n  }}\n}}\n")
}

const ECHO: &str = "add_header Access-Control-Allow-Origin $http_origin always;\nadd_header Vary Origin always;\n";
const CREDENTIALS: &str = "add_header Access-Control-Allow-Credentials true always;\n";

#[test]
fn a_finding_names_the_branches_that_make_it() {
    let both = format!("{ECHO}{CREDENTIALS}");
    for (name, lines, expected) in [
        ("plain", both.clone(), vec!["error unvalidated-origin-echo"]),
        ("unrelated", format!("{{% if a %}}expires 1h;{{% endif %}}\n{both}"), vec!["error unvalidated-origin-echo"]),
        (
            "branch",
            format!("{{% if a %}}\n{both}{{% endif %}}"),
            vec!["warning unvalidated-origin-echo: `{% if a %}` holds"],
        ),
        (
            "else",
            format!("{{% if a %}}\nexpires 1h;\n{{% else %}}\n{both}{{% endif %}}"),
            vec!["warning unvalidated-origin-echo: `{% if a %}` does not hold"],
        ),
        // Without credentials it is a warning: that it always is.
        (
            "weaker",
            format!("{ECHO}{{{{ if .a }}}}\n{CREDENTIALS}{{{{ end }}}}"),
            vec!["warning unvalidated-origin-echo"],
        ),
        // The same question has one answer.
        (
            "exclusive",
            format!("<% if a %>\n{ECHO}<% end %>\n<% unless a %>\n{CREDENTIALS}<% end %>"),
            vec!["warning unvalidated-origin-echo: `<% if a %>` holds"],
        ),
    ] {
        assert_eq!(findings(name, &[("nginx.conf.j2", &location(&lines))]), expected, "{name}");
    }
}

#[test]
fn what_a_template_fills_in_is_no_fault() {
    let same = "add_header Access-Control-Allow-Origin";
    for (name, lines) in [
        ("value", format!("{same} \"{{{{ origin }}}}\" always;")),
        ("name", "add_header {{ name }} \"*\" always;".to_owned()),
        ("always", format!("{same} \"https://c.example\" {{{{ always }}}};")),
        ("alone", format!("{same} \"https://c.example\" always;\n    {{{{ extra }}}}")),
        (
            "condition",
            format!(
                "add_header Vary Origin always; if ($http_origin = {{{{ origin }}}}) {{ {same} $http_origin always; add_header Vary Origin always; }}"
            ),
        ),
        ("status", "return {{ status }};".to_owned()),
        ("include", "include {{ folder }}/cors.conf;".to_owned()),
    ] {
        let found = findings(name, &[("nginx.conf.j2", &location(&lines))]);
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

#[test]
fn a_pattern_is_judged_for_what_stands_round_the_tag() {
    let map = |key: &str| format!("map $http_origin $allowed {{\n  {key} $http_origin;\n}}\n");
    let lines = location("add_header Access-Control-Allow-Origin $allowed always;\nadd_header Vary Origin always;");
    for (name, key, weak) in [
        ("anchored", "\"~^https://{{ host }}$\"", false),
        ("open", "\"~^https://{{ host }}/?\"", true),
        ("subdomains", "\"~^https://.*{{ host }}$\"", true),
        ("whole", "~{{ pattern }}", false),
        ("literal", "{{ origin }}", false),
        ("looped", "{% for o in origins %}\n{{ o }} 1;\n{% endfor %}\nhttps://a.example", false),
    ] {
        let found = findings(name, &[("nginx.conf.j2", &format!("{}{lines}", map(key)))]);
        let weakness = found.iter().any(|finding| finding.contains("weak-origin-validation"));
        assert_eq!(weakness, weak, "{name}: {found:?}");
        assert!(!found.iter().any(|finding| finding.contains("unvalidated-origin-echo")), "{name}: {found:?}");
    }
}

#[test]
fn files_are_included_by_a_template_or_under_their_later_name() {
    let snippet = "add_header Access-Control-Allow-Origin *;\nadd_header Access-Control-Allow-Credentials true;\n";
    for (name, include) in
        [("jinja", "{% include 'snippets/cors.j2' %}"), ("nginx", "include /etc/nginx/snippets/cors;")]
    {
        let files = [("site.conf.j2", location(include)), ("snippets/cors.j2", snippet.to_owned())];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let found = findings(name, &files);
        assert!(found.contains(&"error wildcard-with-credentials".to_owned()), "{name}: {found:?}");
    }
}

#[test]
fn what_is_read_in_one_way_only_hangs_on_that() {
    let text = format!(
        "server {{\n{{% if a %}}\nlocation / {{\n{{% else %}}\nlocation /b/ {{\n{{% endif %}}\nproxy_pass http://b;\n{ECHO}{CREDENTIALS}}}\n}}\n"
    );
    let found = findings("uneven", &[("nginx.conf.j2", &text)]);
    assert_eq!(found, ["warning unvalidated-origin-echo: `{% if a %}` holds"]);
}
