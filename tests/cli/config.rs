//! `corslint.toml`: where it is looked for, what it changes, what is said of a faulty one.

use std::fs;

use serde_json::{Value, json};

use crate::harness::{Folder, Run};

/// Any website may read it; reported as an error, and as two warnings about Vary and preflights.
const OPEN: &str = r"
server {
    listen 80;
    server_name api.example.com;
    location / {
        add_header Access-Control-Allow-Origin $http_origin always;
        add_header Access-Control-Allow-Credentials true always;
        proxy_pass http://app;
    }
}
";

/// Lets one origin in, with its preflights.
const GUARDED: &str = r#"
server {
    listen 80;
    server_name api.example.com;
    location / {
        add_header Access-Control-Allow-Origin "https://app.example.com" always;
        add_header Access-Control-Allow-Methods "GET, PUT" always;
        add_header Access-Control-Allow-Headers "Authorization, Content-Type" always;
        if ($request_method = OPTIONS) { return 204; }
        proxy_pass http://app;
    }
}
"#;

/// Rules and severities, in order.
fn found(run: &Run) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("is a text").to_owned();
    let json = run.json();
    let findings = json["findings"].as_array().expect("is a list");
    findings.iter().map(|finding| (text(&finding["rule"]), text(&finding["severity"]))).collect()
}

fn severity_of(run: &Run, rule: &str) -> Option<String> {
    found(run).into_iter().find(|(id, _)| id == rule).map(|(_, severity)| severity)
}

const JSON: &str = "--format=json";

#[test]
fn severities_are_set_for_all_and_for_some_files() {
    let settings = r#"
        [rules]
        missing-vary = "error"
        unvalidated-origin-echo = { severity = "info" }
        missing-options-handling = "off"
        [[override]]
        paths = ["old/**"]
        rules = { missing-vary = "info", missing-options-handling = "warning" }
        [[override]]
        paths = ["old/b.conf"]
        rules = { missing-vary = "off" }
    "#;
    let folder = Folder::new()
        .with("a.conf", OPEN)
        .with("old/a.conf", OPEN)
        .with("old/b.conf", OPEN)
        .with("corslint.toml", settings);
    let of = |file: &str| found(&folder.run(&[JSON, file]));
    let named = |list: &[(&str, &str)]| -> Vec<(String, String)> {
        list.iter().map(|(rule, severity)| ((*rule).to_owned(), (*severity).to_owned())).collect()
    };
    assert_eq!(of("a.conf"), named(&[("missing-vary", "error"), ("unvalidated-origin-echo", "info")]));
    let preflight = ("missing-options-handling", "warning");
    assert_eq!(of("old/a.conf"), named(&[preflight, ("missing-vary", "info"), ("unvalidated-origin-echo", "info")]));
    assert_eq!(of("old/b.conf"), named(&[preflight, ("unvalidated-origin-echo", "info")]));
    let all = folder.run(&[JSON, "--rule", "missing-options-handling", "a.conf"]);
    assert_eq!(found(&all), named(&[preflight]), "whoever names a rule has it checked");
    assert!(found(&folder.run(&[JSON, "--rule", "missing-vary", "old/b.conf"])).is_empty(), "but not there");
    assert_eq!(found(&folder.run(&[JSON, "--no-config", "a.conf"])).len(), 3);
}

#[test]
fn a_rule_has_options_of_its_own() {
    let aged = GUARDED.replace("        if", "        add_header Access-Control-Max-Age 3600 always;\n        if");
    let folder = Folder::new().with("a.conf", aged);
    let lint = |settings: &str| {
        fs::write(folder.0.join("corslint.toml"), settings).expect("file can be written");
        folder.run(&[JSON])
    };
    let rule = "excessive-max-age";
    assert_eq!(severity_of(&lint("rules.excessive-max-age.severity = \"info\""), rule), None);
    assert_eq!(severity_of(&lint("rules.excessive-max-age.limit = 600"), rule), None, "it is off by default");
    let run = lint("rules.excessive-max-age = { severity = \"warning\", limit = 0x258 }");
    assert_eq!((severity_of(&run, rule).as_deref(), run.code), (Some("warning"), Some(1)));
    for wrong in [
        "rules.missing-vary.limit = 600",
        "rules.excessive-max-age.limit = -1",
        "rules.excessive-max-age.limit = 99999999999",
        "[[override]]\npaths = [\"*\"]\nrules.excessive-max-age.limit = 600",
    ] {
        assert_eq!(lint(wrong).code, Some(2), "{wrong}");
    }
}

#[test]
fn what_hangs_on_an_assumption_stays_a_warning() {
    let application = r"
        const app = require('express')();
        app.use(require('cors')({ origin: process.env.CORS === 'all' ? true : 'https://app.example.com', credentials: true }));
        app.get('/', (req, res) => res.json([]));
        app.listen(3000);
    ";
    let folder = Folder::new().with("app.js", application);
    let echo = "unvalidated-origin-echo";
    let plain = folder.run(&[JSON]);
    assert_eq!(severity_of(&plain, echo).as_deref(), Some("warning"), "{plain:?}");
    let folder = folder.with("corslint.toml", format!("rules.{echo} = \"error\"\n"));
    assert_eq!(severity_of(&folder.run(&[JSON]), echo).as_deref(), Some("warning"));
    let folder = folder.with("corslint.toml", format!("rules.{echo} = \"error\"\nenv.CORS = \"all\"\n"));
    assert_eq!(severity_of(&folder.run(&[JSON]), echo).as_deref(), Some("error"));
    let typed = folder.run(&[JSON, "--env", "CORS=few"]);
    assert_eq!(severity_of(&typed, echo), None, "what is typed wins: {typed:?}");
}

#[test]
fn the_command_line_wins_over_the_file_and_the_file_over_what_is_usual() {
    let folder = Folder::new().with("a.conf", OPEN);
    assert_eq!(folder.run(&[]).code, Some(1));
    let folder = folder.with("corslint.toml", "fail-on = \"never\"\nmin-severity = \"error\"\n");
    let run = folder.run(&[JSON]);
    assert_eq!((run.code, found(&run).len()), (Some(0), 1));
    assert_eq!(folder.run(&["--fail-on", "warning"]).code, Some(1));
    assert_eq!(found(&folder.run(&[JSON, "--min-severity", "info"])).len(), 3);
    assert_eq!(folder.run(&["--no-config"]).code, Some(1));
}

#[test]
fn what_is_excluded_is_passed_over_unless_it_is_named() {
    let folder = Folder::new()
        .with("a.conf", OPEN)
        .with("vendor/b.conf", OPEN)
        .with("deploy/c.old.conf", OPEN)
        .with("corslint.toml", "exclude = [\"vendor/\", \"*.old.conf\"]");
    let files = |arguments: &[&str]| folder.run(arguments).json()["summary"]["files"].clone();
    assert_eq!(files(&[JSON]), 1);
    assert_eq!(files(&[JSON, "deploy"]), 0);
    assert_eq!(files(&[JSON, "deploy/c.old.conf", "vendor/b.conf"]), 2);
    assert_eq!(files(&[JSON, "--no-config"]), 3);
}

#[test]
fn the_nearest_file_upward_holds_up_to_the_repository() {
    let quiet = "rules.missing-vary = \"off\"\n";
    let folder = Folder::new()
        .with("corslint.toml", quiet)
        .with("a.conf", OPEN)
        .with("deploy/b.conf", OPEN)
        .with("own/.corslint.toml", "")
        .with("own/deep/c.conf", OPEN)
        .with("clone/.git/HEAD", "")
        .with("clone/deep/d.conf", OPEN)
        .with("both/corslint.toml", "")
        .with("both/.corslint.toml", "");
    let varies =
        |arguments: &[&str]| severity_of(&folder.run(&[&[JSON], arguments].concat()), "missing-vary").is_some();
    assert!(!varies(&["a.conf"]) && !varies(&["deploy"]) && !varies(&["deploy/../deploy/b.conf", "a.conf"]));
    assert!(varies(&["own/deep"]) && varies(&["clone/deep"]));
    assert!(!varies(&["clone/deep", "a.conf"]), "a path without settings goes with the others");
    assert!(!varies(&["--config", "corslint.toml", "own/deep"]));
    for arguments in [&["own", "deploy"][..], &["both"], &["--config", "corslint.toml", "--no-config", "a.conf"]] {
        assert_eq!(folder.run(arguments).code, Some(2), "{arguments:?}");
    }
    let two = folder.run(&["own", "deploy"]).err;
    assert!(two.contains("`corslint.toml` and `own/.corslint.toml` cannot both hold"), "{two}");
    let input = folder.run_with_input(&[JSON, "--stdin-filename", "own/x.conf", "-"], OPEN);
    assert!(severity_of(&input, "missing-vary").is_some(), "{input:?}");
    let input = folder.run_with_input(&[JSON, "-"], OPEN);
    assert_eq!(severity_of(&input, "missing-vary"), None);
    let told = folder.run(&["-v", "a.conf"]).out;
    assert!(told.contains("note: the settings are those of corslint.toml\n"), "{told}");
}

#[test]
fn settings_of_a_folder_above_are_called_by_their_way_from_here() {
    let settings = "baseline = \"none.json\"\nexclude = [\"b/x/*.conf\"]\n[[expect]]\nurl = \"http://nobody.example/\"\n\
                    origin = \"https://a.example\"\nallow = false\n";
    let folder = Folder::new().with("corslint.toml", settings).with("b/x/c.conf", OPEN).with("b/x/d/e.conf", OPEN);
    let below = |arguments: &[&str]| {
        let mut command = folder.command(arguments);
        Run::of(&command.current_dir(folder.0.join("b/x")).output().expect("the program starts"))
    };
    let run = below(&["."]);
    assert_eq!((run.code, run.err.as_str()), (Some(2), "error: ../../none.json: no such file or folder\n"));
    assert!(below(&["--write-baseline", "../../none.json", "-q"]).code == Some(0));
    let run = below(&["--format", "json", "--no-ignores", "-v"]);
    assert_eq!(run.json()["summary"]["suppressed"], 4, "{run:?}");
    fs::remove_file(folder.0.join("none.json")).expect("is there");
    fs::write(folder.0.join("corslint.toml"), &settings[settings.find("exclude").expect("is in it")..])
        .expect("file can be written");
    let run = below(&["--format", "json"]);
    assert_eq!(run.json()["findings"][0]["file"], "../../corslint.toml", "{run:?}");
}

#[test]
fn who_is_trusted_is_asked_about_and_is_no_stranger() {
    let folder = Folder::new().with("a.conf", OPEN);
    let origins = |rule: &str| -> String {
        let run = folder.run(&[JSON, "--rule", rule]);
        run.json()["findings"][0]["evidence"].to_string()
    };
    assert!(origins("unvalidated-origin-echo").contains("\"https://evil.example\""));
    let settings = "trust.origins = [\"https://evil.example\"]";
    fs::write(folder.0.join("corslint.toml"), settings).expect("file can be written");
    assert!(origins("unvalidated-origin-echo").contains("\"https://attacker.example\""));
    assert!(!origins("unvalidated-origin-echo").contains("evil"));
    assert!(origins("missing-vary").contains("\"https://evil.example\""), "{}", origins("missing-vary"));
}

#[test]
fn an_expectation_is_held_and_blames_a_line() {
    let settings =
        |expectation: &str| format!("[[expect]]\nurl = \"/v1\"\norigin = \"https://app.example.com\"\n{expectation}");
    let lint = |expectation: &str| {
        let folder = Folder::new().with("a.conf", GUARDED).with("corslint.toml", settings(expectation));
        folder.run(&[JSON]).json()["findings"].clone()
    };
    for held in [
        "allow = true",
        "allow = false\ncredentials = true",
        "allow = true\nmethod = \"PUT\"\nheaders = [\"authorization\", \"content-type: application/json\"]",
        "allow = true\nin = \"a.conf\"\nanswer = \"missing\"",
    ] {
        assert_eq!(lint(held), json!([]), "{held}");
    }
    for (unmet, message, label) in [
        (
            "allow = true\nmethod = \"DELETE\"",
            "DELETE /v1 from https://app.example.com shall be allowed, but the preflight fails: Method DELETE is not allowed \
             by Access-Control-Allow-Methods in preflight response.",
            "does not list the method",
        ),
        (
            "allow = true\nheaders = [\"x-own\"]",
            "GET /v1 from https://app.example.com shall be allowed, but the preflight fails: Request header field x-own is \
             not allowed by Access-Control-Allow-Headers in preflight response.",
            "does not list the header",
        ),
        (
            "allow = false",
            "GET /v1 from https://app.example.com shall be refused, but the browser lets the page read the answer.",
            "allowed here",
        ),
        (
            "allow = true\ncredentials = true",
            "GET /v1 from https://app.example.com, with credentials, shall be allowed, but the browser keeps the answer from \
             the page: The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be \
             'true' when the request's credentials mode is 'include'.",
            "without Access-Control-Allow-Credentials",
        ),
    ] {
        let findings = lint(unmet);
        let finding = &findings[0];
        assert_eq!(findings.as_array().map(Vec::len), Some(1), "{unmet}: {findings}");
        assert_eq!((&finding["rule"], &finding["severity"]), (&json!("unmet-expectation"), &json!("error")));
        assert_eq!((&finding["message"], &finding["file"]), (&json!(message), &json!("corslint.toml")));
        assert_eq!((&finding["labels"][0]["text"], &finding["labels"][0]["file"]), (&json!(label), &json!("a.conf")));
        assert!(finding["evidence"][0]["verdict"].is_object() && finding["help"].is_string(), "{finding}");
    }
}

#[test]
fn an_expectation_that_cannot_be_asked_is_unmet() {
    let lint = |file: &str, text: &str, settings: &str| {
        let folder = Folder::new().with(file, text).with("other.txt", "").with("corslint.toml", settings);
        let run = folder.run(&[JSON, "--rule", "unmet-expectation"]);
        let finding = run.json()["findings"][0].clone();
        (finding["message"].as_str().unwrap_or_default().to_owned(), finding)
    };
    let page = "origin = \"https://app.example.com\"\nallow = false\n";
    let (message, finding) =
        lint("a.conf", GUARDED, &format!("[[expect]]\nurl = \"https://api.example.com/\"\n{page}"));
    assert!(message.ends_with("shall be refused, but nothing that was read answers it."), "{message}");
    assert!(finding["help"].as_str().is_some_and(|help| help.contains("listens at 80")), "{finding}");
    let (message, _) = lint("a.conf", GUARDED, &format!("[[expect]]\nurl = \"/\"\nin = \"other.txt\"\n{page}"));
    assert!(message.ends_with("`other.txt` is no part of what was read."), "{message}");
    let (message, _) = lint("a/a.conf", GUARDED, &format!("[[expect]]\nurl = \"/\"\nin = \"a\"\n{page}"));
    assert!(message.ends_with("but `a` is a folder; `in` names a file."), "{message}");
    let (message, _) = lint("readme.md", "", &format!("[[expect]]\nurl = \"/\"\n{page}"));
    assert!(message.ends_with("nothing that was read answers it."), "{message}");
    let broken = GUARDED.replace("always;\n        if", "Always now;\n        if");
    let (message, finding) = lint("a.conf", &broken, &format!("[[expect]]\nurl = \"/\"\n{page}"));
    assert!(message.ends_with("the server does not start with its configuration."), "{message}");
    assert_eq!(finding["labels"][0]["text"], "because of this");
}

#[test]
fn every_fault_of_the_file_is_told_with_its_place() {
    let settings = "excludes = []\nfail-on = \"erorr\"\n[rules]\nmising-vary = \"off\"\n[trust]\norigins = [\"é\", \"https://*.example.com\"]\n";
    let folder = Folder::new().with("a.conf", OPEN).with("corslint.toml", settings);
    let run = folder.run(&[JSON]);
    assert_eq!(run.code, Some(2));
    let errors = run.json()["errors"].clone();
    let told: Vec<(u64, u64, &str)> = errors
        .as_array()
        .expect("is a list")
        .iter()
        .map(|error| {
            let start = &error["range"]["start"];
            let number = |key: &str| start[key].as_u64().expect("is a number");
            (number("line"), number("column"), error["message"].as_str().expect("is a text"))
        })
        .collect();
    assert_eq!(
        told,
        [
            (1, 1, "there is no key `excludes`; did you mean `exclude`?"),
            (2, 11, "`fail-on` has to be \"error\", \"warning\", \"info\" or \"never\", not \"erorr\""),
            (4, 1, "there is no rule `mising-vary`; did you mean `missing-vary`?"),
            (6, 12, "the origin has no scheme such as `https://`"),
            (6, 17, "the origin has a `*`, but patterns are not taken here; name each origin"),
        ]
    );
    assert!(run.json()["findings"].as_array().is_some_and(Vec::is_empty));
    let text = folder.run(&[]);
    assert_eq!((text.code, text.err.as_str()), (Some(2), ""));
    assert!(
        text.out.contains("error: corslint.toml:1:1: there is no key `excludes`")
            && text.out.contains("[corslint.toml:1:1]")
    );
    let simulated = folder.run_with_input(&["simulate", ".", "--requests", "-"], "");
    assert_eq!((simulated.code, simulated.out.as_str()), (Some(2), ""));
    assert!(simulated.err.contains("[corslint.toml:1:1]"), "{simulated:?}");
}

#[test]
fn what_is_no_settings_file_is_2_and_says_why() {
    let deep = format!("a = {}", "[".repeat(100_000));
    let cases: &[(&[u8], &str)] = &[
        (b"exclude = [", "not TOML: "),
        (b"exclude = 1\nexclude = 2\n", "not TOML: duplicate key"),
        (b"# caf\xE9\n", "is not UTF-8 (byte 0xE9 in line 1)"),
        (b"a\0b", "is binary"),
        (deep.as_bytes(), "not TOML: "),
    ];
    for (text, message) in cases {
        let folder = Folder::new().with("a.conf", OPEN).with("corslint.toml", text);
        let run = folder.run(&[JSON]);
        assert_eq!(run.code, Some(2), "{message}");
        assert!(run.err.starts_with("error: corslint.toml:"), "{:.300}", run.err);
        assert!(run.err.lines().next().is_some_and(|line| line.contains(message)), "{:.300}", run.err);
    }
    let many = Folder::new().with("corslint.toml", "[[expect]]\n".repeat(300)).run(&[JSON]).json();
    let errors = many["errors"].as_array().expect("is a list");
    assert_eq!((errors.len(), &errors[100]["message"]), (101, &json!("800 more faults are not shown")));
    let folder = Folder::new().with("a.conf", OPEN).with("settings/x", "");
    assert_eq!(folder.run(&["--config", "settings"]).out, "error: settings: is a folder\n");
    assert_eq!(folder.run(&["--config", "none.toml"]).out, "error: none.toml: no such file or folder\n");
    let marked = Folder::new().with("a.conf", OPEN).with("corslint.toml", "\u{feff}fail-on = \"never\"\n");
    assert_eq!(marked.run(&[]).code, Some(0));
}

#[test]
fn init_writes_a_file_once_that_changes_nothing() {
    let folder = Folder::new().with("a.conf", OPEN);
    let before = folder.run(&[JSON]);
    let run = folder.run(&["init"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(0), "wrote corslint.toml\n", ""));
    assert_eq!(folder.run(&[JSON]).out, before.out);
    let again = folder.run(&["init"]);
    assert_eq!((again.code, again.out.as_str()), (Some(2), ""));
    assert_eq!(again.err, "error: corslint.toml: is there already; --force writes over it\n");
    let folder = folder.with("corslint.toml", "nonsense");
    assert_eq!(folder.run(&["init", "--force"]).code, Some(0));
    let written = fs::read_to_string(folder.0.join("corslint.toml")).expect("is there");
    assert!(written.contains("#fail-on = \"warning\"\n"), "{written}");
    let hidden = Folder::new().with(".corslint.toml", "");
    assert_eq!(hidden.run(&["init"]).code, Some(2));
}

#[test]
fn the_settings_of_the_readme_do_what_it_says() {
    let root = env!("CARGO_MANIFEST_DIR");
    let folder = Folder::new();
    let file = format!("{root}/testdata/settings.toml");
    let run = folder.run(&[JSON, "--config", &file, &format!("{root}/testdata/demo")]);
    assert_eq!(run.code, Some(1), "{run:?}");
    for (rule, severity) in
        [("missing-vary", "error"), ("duplicate-allow-origin", "warning"), ("missing-always", "warning")]
    {
        assert_eq!(severity_of(&run, rule).as_deref(), Some(severity), "{rule}");
    }
    let unmet = found(&run).iter().filter(|(rule, _)| rule == "unmet-expectation").count();
    assert_eq!(unmet, 1, "of two");
}
