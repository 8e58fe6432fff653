//! Comments that ask for something to be ignored.

use std::fs;

use serde_json::{Value, json};

use crate::findings::{APACHE_ECHO, ECHO};
use crate::harness::{Folder, Run};

/// Gives `wildcard-with-credentials` in line 6 and nothing else.
const APP: &str = "const express = require('express');
const cors = require('cors');
const app = express();
app.use(express.json());
app.use(cors({
  origin: '*',
  credentials: true,
}));
app.get('/api/items', (req, res) => res.json([]));
app.listen(3000);
";

/// `text` with `comment` put before or behind the line that begins with `mark`, with the same indentation.
fn put(text: &str, mark: &str, comment: &str, behind: bool) -> String {
    let line = |line: &str| {
        let indent = &line[..line.len() - line.trim_start().len()];
        match line.trim_start().starts_with(mark) {
            true if behind => format!("{line} {comment}\n"),
            true => format!("{indent}{comment}\n{line}\n"),
            false => format!("{line}\n"),
        }
    };
    text.lines().map(line).collect()
}

fn linted(file: &str, text: &str, arguments: &[&str]) -> Run {
    Folder::new().with(file, text).run(&[&["--format", "json", "."], arguments].concat())
}

/// Rules that are told, and how many findings are not.
fn told(file: &str, text: &str, arguments: &[&str]) -> (Vec<String>, u64) {
    let run = linted(file, text, arguments);
    let found = run.json();
    assert_eq!(found["errors"], json!([]), "{text}");
    let findings = found["findings"].as_array().expect("is a list");
    let rules = findings.iter().filter_map(|finding| finding["rule"].as_str().map(str::to_owned)).collect();
    (rules, found["summary"]["suppressed"].as_u64().expect("is a number"))
}

fn ignored() -> (Vec<String>, u64) {
    (Vec::new(), 1)
}

#[test]
fn a_comment_covers_the_line_the_block_and_the_file() {
    let nginx = "# corslint: ignore[unvalidated-origin-echo] behind the firewall";
    let cases = [
        ("add_header 'Access-Control-Allow-Origin'", false),
        ("add_header 'Access-Control-Allow-Origin'", true),
        // Where another label of the finding stands.
        ("add_header 'Access-Control-Allow-Credentials'", false),
        ("add_header 'Access-Control-Allow-Credentials'", true),
        ("location", false),
        ("location", true),
        ("server {", false),
        ("server {", true),
    ];
    for (mark, behind) in cases {
        let text = put(ECHO, mark, nginx, behind);
        assert_eq!(told("a.conf", &text, &[]), ignored(), "{text}");
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        let run = linted("a.conf", &windows, &["--skip", "rejected-configuration,syntax-error"]);
        assert_eq!(run.json()["summary"]["suppressed"], 1, "{windows}");
    }
    let script = "// corslint: ignore[wildcard-with-credentials] a demo";
    for (mark, behind) in [
        ("origin", false),
        ("origin", true),
        ("credentials", true),
        ("app.use(cors", false),
        ("app.use(cors", true),
        ("}));", true),
    ] {
        let text = put(APP, mark, script, behind);
        assert_eq!(told("server.js", &text, &[]), ignored(), "{text}");
        let text = put(APP, mark, "/* corslint: ignore[wildcard-with-credentials] a demo */", behind);
        assert_eq!(told("server.js", &text, &[]), ignored(), "{text}");
    }
    let apache = put(APACHE_ECHO, "Header always set   Access-Control-Allow-Origin", nginx, false);
    assert_eq!(told(".htaccess", &apache, &[]), ignored(), "{apache}");
    let section = format!("{nginx}\n<Files \"*.json\">\n{APACHE_ECHO}</Files>\n");
    assert_eq!(told(".htaccess", &section, &[]), ignored(), "{section}");
    let whole = nginx.replace("ignore[", "ignore-file[");
    for text in [format!("{whole}\n{ECHO}"), format!("{ECHO}{whole}\n")] {
        assert_eq!(told("a.conf", &text, &[]), ignored(), "{text}");
    }
    assert_eq!(told(".htaccess", &format!("{APACHE_ECHO}{whole}"), &[]), ignored());
    let script = format!("{APP}/*\n * corslint: ignore-file[wildcard-with-credentials] a demo\n */\n");
    assert_eq!(told("server.js", &script, &[]), ignored(), "{script}");
}

#[test]
fn a_comment_covers_nothing_else() {
    let unused = || (vec!["unused-suppression".to_owned(), "unvalidated-origin-echo".to_owned()], 0);
    let comment = "# corslint: ignore[unvalidated-origin-echo] because";
    for (mark, behind) in [
        ("add_header 'Access-Control-Allow-Methods'", false),
        ("add_header 'Access-Control-Allow-Headers'", true),
        ("proxy_pass", false),
        ("listen", true),
        ("if (", true),
    ] {
        let text = put(ECHO, mark, comment, behind);
        let (mut rules, suppressed) = told("a.conf", &text, &[]);
        rules.sort();
        assert_eq!((rules, suppressed), unused(), "{text}");
        let run = Folder::new().with("a.conf", text).run(&["."]);
        assert!(run.out.contains("this `unvalidated-origin-echo` is not covered"), "{}", run.out);
    }
    // What stands in a string is no comment.
    let text = put(ECHO, "add_header 'Vary'", &format!("set $x \"{comment}\";"), false);
    assert_eq!(told("a.conf", &text, &[]), (vec!["unvalidated-origin-echo".to_owned()], 0), "{text}");
    let end = put(ECHO, "proxy_pass", comment, true).replace(&format!(" {comment}"), &format!("\n{comment}"));
    let run = linted("a.conf", &end, &[]);
    let message = run.json()["findings"][1]["message"].as_str().map(str::to_owned);
    assert!(message.is_some_and(|message| message.contains("nothing follows it in its block")), "{run:?}");
}

#[test]
fn a_comment_in_one_file_hides_only_what_has_a_label_there() {
    let snippet = "add_header Access-Control-Allow-Origin $http_origin;\nadd_header Access-Control-Allow-Credentials true;\nadd_header Vary Origin;\n";
    let site = "# corslint: ignore[unvalidated-origin-echo] not ours
server {
    listen 80;
    location /fonts/ {
        # corslint: ignore[unvalidated-origin-echo] nor this
        include cors.conf;
        root /srv;
    }
}
";
    let folder = Folder::new().with("cors.conf", snippet).with("site.conf", site);
    let found = folder.run(&["--format", "json", "."]).json();
    let rules: Vec<_> = found["findings"].as_array().into_iter().flatten().map(|found| &found["rule"]).collect();
    assert_eq!(rules, ["unvalidated-origin-echo", "unused-suppression", "unused-suppression"]);
}

#[test]
fn of_two_places_that_share_a_snippet_one_may_be_ignored() {
    let snippet = "add_header Access-Control-Allow-Origin https://app.example.com always;\n";
    let site = |first: &str, second: &str| {
        let location = |path: &str, comment: &str| {
            format!(
                "    {comment}\n    location {path} {{\n        include cors.conf;\n        limit_except GET {{ deny all; }}\n        proxy_pass http://backend:3000;\n    }}\n"
            )
        };
        format!("server {{\n    listen 80;\n{}{}}}\n", location("/a/", first), location("/b/", second))
    };
    let told = |first: &str, second: &str| {
        let folder = Folder::new().with("cors.conf", snippet).with("site.conf", site(first, second));
        let found = folder.run(&["--format", "json", "."]).json();
        let findings = found["findings"].as_array().expect("is a list").clone();
        let endpoints = findings
            .iter()
            .map(|finding| (finding["rule"].clone(), finding["endpoints"].clone(), finding["fingerprint"].clone()));
        (endpoints.collect::<Vec<_>>(), found["summary"]["suppressed"].as_u64())
    };
    let (both, _) = told("", "");
    let names = |all: &[(Value, Value, Value)]| -> Vec<(Value, Value)> {
        all.iter().map(|(rule, at, _)| (rule.clone(), at.clone())).collect()
    };
    let rule = Value::from("missing-options-handling");
    assert_eq!(names(&both), [(rule.clone(), json!(["location /a/", "location /b/"]))]);
    let comment = "# corslint: ignore[missing-options-handling] it is only read";
    for (first, second, left) in [(comment, "", "location /b/"), ("", comment, "location /a/")] {
        let (findings, suppressed) = told(first, second);
        assert_eq!((names(&findings), suppressed), (vec![(rule.clone(), json!([left]))], Some(1)));
        assert_eq!(findings[0].2, both[0].2);
    }
    assert_eq!(told(comment, comment), (Vec::new(), Some(2)));
}

#[test]
fn comments_are_told_of_when_they_do_nothing_or_say_nothing() {
    let (line, id) = ("add_header 'Access-Control-Allow-Origin'", "unvalidated-origin-echo");
    let rules = |comment: &str, arguments: &[&str]| told("a.conf", &put(ECHO, line, comment, false), arguments).0;
    assert_eq!(rules(&format!("# corslint: ignore[{id}]"), &[]), ["suppression-without-reason"]);
    assert_eq!(rules(&format!("# corslint: ignore[{id}, missing-vary] x"), &[]), ["unused-suppression"]);
    assert_eq!(
        rules(&format!("# corslint: ignore[{id}, missing-vary]"), &[]),
        ["suppression-without-reason", "unused-suppression"]
    );
    // One that does nothing need not say why.
    assert_eq!(rules("# corslint: ignore[missing-vary]", &["--skip", id]), ["unused-suppression"]);
    // What is not checked cannot be missed.
    assert_eq!(rules("# corslint: ignore[missing-vary] x", &["--skip", "missing-vary", "--skip", id]), [""; 0]);
    assert_eq!(rules("# corslint: ignore[missing-vary] x", &["--rule", "unused-suppression"]), [""; 0]);
    assert_eq!(rules(&format!("# corslint: ignore[{id}]"), &["--no-ignores"]), [id]);
    assert_eq!(rules("# corslint: ignore[nonsense]", &["--no-ignores"]), [id]);
    let unknown = format!(
        "# corslint: ignore-file[missing-vary] x\n{}",
        ECHO.replace("proxy_pass", "include x.conf; proxy_pass")
    );
    assert!(!told("a.conf", &unknown, &[]).0.contains(&"unused-suppression".to_owned()));
    let broken = format!("# corslint: ignore-file[missing-vary] x\n{ECHO}}}\n");
    assert!(!told("a.conf", &broken, &[]).0.contains(&"unused-suppression".to_owned()));
}

#[test]
fn the_settings_count_for_comments_as_well() {
    let id = "unvalidated-origin-echo";
    let text = put(ECHO, "add_header 'Access-Control-Allow-Origin'", &format!("# corslint: ignore[{id}]"), true);
    let folder = Folder::new().with("a.conf", text);
    let rules = |settings: &str| {
        fs::write(folder.0.join("corslint.toml"), settings).expect("file can be written");
        let found = folder.run(&["--format", "json", "."]).json();
        let findings = found["findings"].as_array().expect("is a list").clone();
        findings.iter().map(|at| (at["rule"].clone(), at["severity"].clone())).collect::<Vec<_>>()
    };
    let without = json!("suppression-without-reason");
    assert_eq!(rules(""), [(without.clone(), json!("warning"))]);
    assert_eq!(rules("[rules]\nsuppression-without-reason = \"error\"\n"), [(without, json!("error"))]);
    assert_eq!(rules("[[override]]\npaths = [\"*.conf\"]\nrules = { suppression-without-reason = \"off\" }\n"), []);
    // What is off here cannot be missed here.
    let off = format!(
        "[[override]]\npaths = [\"a.conf\"]\nrules = {{ {id} = \"off\", suppression-without-reason = \"off\" }}\n"
    );
    assert_eq!(rules(&off), []);
}

#[test]
fn of_two_comments_the_nearer_counts() {
    let id = "unvalidated-origin-echo";
    let text = put(ECHO, "add_header 'Access-Control-Allow-Origin'", &format!("# corslint: ignore[{id}] x"), true);
    let run = linted("a.conf", &format!("# corslint: ignore-file[{id}] x\n{text}"), &[]);
    let found = run.json();
    assert_eq!(found["summary"]["suppressed"], 1);
    let lines: Vec<_> =
        found["findings"].as_array().into_iter().flatten().map(|at| &at["range"]["start"]["line"]).collect();
    assert_eq!(lines, [1], "{run:?}");
}

#[test]
fn a_comment_that_cannot_be_heeded_is_2_and_says_what_was_meant() {
    let line = "add_header 'Access-Control-Allow-Origin'";
    let text = put(ECHO, line, "# é漢 # corslint: ignore[unvalidated-origin-ecko] x", true);
    let folder = Folder::new().with("deploy/a.conf", text);
    let run = folder.run(&["--fail-on", "never", "deploy"]);
    assert_eq!(run.code, Some(2));
    let said = "error: deploy/a.conf:6:97: there is no rule `unvalidated-origin-ecko`; did you mean `unvalidated-origin-echo`?\n";
    assert!(run.out.contains(said), "{}", run.out);
    let found = folder.run(&["--format", "json", "deploy"]);
    assert_eq!(found.json()["errors"][0]["range"]["start"]["column"], 97);
    assert!(found.err.contains(said));
    let folder = Folder::new().with("server.js", format!("// corslint ignore[wildcard-origin]\n{APP}"));
    let run = folder.run(&["-q", "."]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.out.contains("error: server.js:1:4: `corslint ignore` is not understood; write `corslint: "),
        "{run:?}"
    );
}
