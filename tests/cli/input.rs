//! Input that is broken or hostile: it is told, with the exit code that it deserves, and the other files are analysed.

use serde_json::{Value, json};

use crate::findings::ECHO;
use crate::harness::{Folder, Run};

/// A file with a finding, beside the one that a test is about.
const BESIDE: &str = "zz.conf";

/// The folder with a sound file beside what is in it, checked; the sound file has its finding in any case.
fn checked(folder: Folder, arguments: &[&str]) -> (Run, Value) {
    let folder = folder.with(BESIDE, ECHO);
    let run = folder.run(&[&["--format", "json"], arguments].concat());
    let json = run.json();
    assert_eq!(found(&json, BESIDE), ["unvalidated-origin-echo"], "{run:?}");
    (run, json)
}

/// Ids of the rules found in a file.
fn found<'a>(json: &'a Value, file: &str) -> Vec<&'a str> {
    let findings = json["findings"].as_array().expect("is a list");
    findings.iter().filter(|finding| finding["file"] == file).filter_map(|finding| finding["rule"].as_str()).collect()
}

/// The message of a syntax error in a file, and the line that it is at.
fn syntax_error(json: &Value, file: &str) -> (String, u64) {
    let findings = json["findings"].as_array().expect("is a list");
    let mut of_file = findings.iter().filter(|finding| finding["file"] == file && finding["rule"] == "syntax-error");
    let finding = of_file.next().unwrap_or_else(|| panic!("no syntax error in {json}"));
    let line = finding["range"]["start"]["line"].as_u64().expect("is a number");
    (finding["message"].as_str().expect("is a text").to_owned(), line)
}

/// `file: message` of each error.
fn errors(json: &Value) -> Vec<String> {
    let errors = json["errors"].as_array().expect("is a list");
    let text = |value: &Value| value.as_str().expect("is a text").to_owned();
    errors.iter().map(|error| format!("{}: {}", text(&error["file"]), text(&error["message"]))).collect()
}

#[test]
fn a_text_that_breaks_off_is_a_syntax_error_wherever_it_does() {
    let folder = Folder::new().with("a.conf", &ECHO[..ECHO.len() / 2]);
    let (run, json) = checked(folder, &["--fail-on", "never"]);
    assert_eq!(run.code, Some(2));
    assert!(syntax_error(&json, "a.conf").0.contains("is not closed"), "{json}");
    // From the end of the first line on, each beginning of it leaves a block, a quote or a directive open.
    let first_line = ECHO.find('\n').expect("has lines");
    let whole = ECHO.trim_end().len();
    for end in (first_line..whole).step_by(7) {
        let run = Folder::new().with("site.conf", &ECHO[..end]).run(&["--format", "json", "site.conf"]);
        assert_eq!(run.code, Some(2), "{end}: {run:?}");
    }
}

#[test]
fn a_quote_that_is_not_closed_is_shown_where_it_begins() {
    let text = ECHO.replace("'true' always", "'true always");
    let (run, json) = checked(Folder::new().with("a.conf", text), &[]);
    assert_eq!(run.code, Some(2));
    let (message, line) = syntax_error(&json, "a.conf");
    // There is no second quote missing: the one of the next line closes it, and what follows that is no blank.
    assert!((7..=8).contains(&line), "{line}: {message}");
    let (run, json) = checked(Folder::new().with("a.conf", "server {\n    return 200 \"x;\n}\n"), &[]);
    assert_eq!((run.code, syntax_error(&json, "a.conf").1), (Some(2), 2));
}

#[test]
fn binary_data_is_an_error_and_foreign_bytes_are_a_warning() {
    let bytes: Vec<u8> = (0..=255).cycle().take(4096).collect();
    let (run, json) = checked(Folder::new().with("a.conf", &bytes), &[]);
    assert_eq!((run.code, errors(&json)), (Some(2), vec!["a.conf: is binary, not a configuration".to_owned()]));

    let without_zero: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let (run, _) = checked(Folder::new().with("a.conf", &without_zero), &["a.conf", BESIDE]);
    assert_eq!(run.code, Some(2), "{run:?}");

    let latin = [b"server { listen 80; location / { add_header X-Name \xE9; root /srv; } }" as &[u8]].concat();
    let (run, json) = checked(Folder::new().with("a.conf", latin), &[]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(errors(&json), ["a.conf: not UTF-8 at 1:52 (byte 0xE9); read with `?` in its place"]);
    assert!(run.err.contains("warning: a.conf: not UTF-8"), "{run:?}");
}

#[test]
fn a_path_that_is_not_there_does_not_keep_the_others_from_being_checked() {
    let (run, json) = checked(Folder::new(), &[BESIDE, "nowhere/site.conf"]);
    assert_eq!((run.code, errors(&json)), (Some(2), vec!["nowhere/site.conf: no such file or folder".to_owned()]));
    assert!(run.err.contains("error: nowhere/site.conf: no such file or folder"), "{run:?}");
}

#[test]
fn an_empty_folder_and_an_empty_file_are_no_failure() {
    let folder = Folder::new();
    let run = folder.run(&[]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "no nginx or Apache configuration found in .\n"));
    assert_eq!(folder.run(&["--format", "json"]).json()["findings"], json!([]));
    let folder = folder.with("nginx.conf", "");
    assert_eq!(folder.run(&["nginx.conf"]).code, Some(0));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_an_error() {
    use std::fs::{File, Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new().with("a.conf", ECHO);
    let path = folder.0.join("a.conf");
    set_permissions(&path, Permissions::from_mode(0o000)).expect("is ours");
    if File::open(&path).is_ok() {
        return; // The superuser may read everything.
    }
    let (run, json) = checked(folder, &[]);
    assert_eq!((run.code, errors(&json)), (Some(2), vec!["a.conf: permission denied".to_owned()]));
}

#[cfg(unix)]
#[test]
fn links_in_circles_end() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new().with("sub/a.conf", "server { listen 80; return 200; }\n");
    for (target, link) in [(".", "self"), ("..", "sub/up"), ("../sub", "sub/sub"), ("sub", "again")] {
        symlink(target, folder.0.join(link)).expect("can be linked");
    }
    let (run, json) = checked(folder, &[]);
    assert_eq!((run.code, errors(&json), &json["summary"]["files"]), (Some(1), vec![], &json!(2)), "{run:?}");

    let folder = Folder::new();
    for (target, link) in [("b.conf", "a.conf"), ("a.conf", "b.conf"), ("nowhere", "gone.conf")] {
        symlink(target, folder.0.join(link)).expect("can be linked");
    }
    let (run, json) = checked(folder, &[]);
    assert_eq!(run.code, Some(2), "{run:?}");
    let errors = errors(&json);
    assert!(errors.iter().any(|error| error.starts_with("a.conf: cannot be read")), "{errors:?}");
    assert!(errors.contains(&"gone.conf: is a symbolic link to a file that is not there".to_owned()), "{errors:?}");
}

#[test]
fn files_that_include_each_other_are_told_at_the_include() {
    let folder = Folder::new()
        .with("nginx.conf", "events {}\nhttp {\n    include conf/a.conf;\n}\n")
        .with("conf/a.conf", "server {\n    listen 80;\n    include conf/b.conf;\n}\n")
        .with("conf/b.conf", "add_header X-One 1;\ninclude conf/b.conf;\n");
    let (run, json) = checked(folder, &[]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(found(&json, "conf/b.conf"), ["unresolved-include"]);
    let finding = json["findings"].as_array().into_iter().flatten().find(|finding| finding["file"] == "conf/b.conf");
    let finding = finding.expect("was found");
    assert_eq!((&finding["severity"], &finding["range"]["start"]["line"]), (&json!("error"), &json!(2)));
    assert!(finding["message"].as_str().is_some_and(|message| message.contains("conf/b.conf")), "{finding}");
}

#[test]
fn files_that_include_each_other_and_nothing_else_includes_are_read() {
    let folder = Folder::new()
        .with("a.conf", format!("include b.conf;\n{ECHO}"))
        .with("b.conf", "include a.conf;\nserver {\n    listen 81;\n    return 200;\n}\n");
    let run = folder.run(&["--format", "json"]);
    let json = run.json();
    let rules = [found(&json, "a.conf"), found(&json, "b.conf")].concat();
    assert!(run.code == Some(1) && rules.contains(&"unvalidated-origin-echo"), "{rules:?}");
    assert!(rules.contains(&"unresolved-include"), "{rules:?}");
}

#[test]
fn a_hundred_thousand_blocks_in_each_other_end() {
    let open = "location / {\n".repeat(100_000);
    let closed = format!("events {{}}\nhttp {{\n{open}add_header X-One 1;\n{}}}\n", "}".repeat(100_000));
    for text in [open, closed, "{".repeat(100_000), "}".repeat(100_000)] {
        let (run, json) = checked(Folder::new().with("nginx.conf", &text), &[]);
        assert_eq!(run.code, Some(2), "{}: {}", &text[..20], run.err);
        let (message, _) = syntax_error(&json, "nginx.conf");
        assert!(message.len() < 200, "{message}");
    }
}

#[test]
fn what_steers_a_terminal_is_never_written_to_it() {
    let steering = "\u{1b}[31mhttps://x.example\u{1b}]0;title\u{7}\u{202e}";
    let text = ECHO.replace("$http_origin", steering).replace("api.example.com", steering);
    let folder = Folder::new().with("a.conf", text);
    let run = folder.run(&["-v", "a.conf"]);
    assert!(run.out.contains("\\u{1b}[31mhttps://x.example\\u{1b}]0;title\\u{7}\\u{202e}"), "{}", run.out);
    for raw in ['\u{1b}', '\u{7}', '\u{202e}'] {
        assert!(!run.out.contains(raw) && !run.err.contains(raw), "{run:?}");
    }
    let colored = folder.run(&["--color", "always", "a.conf"]).out;
    assert!(colored.contains("\u{1b}[") && !colored.contains("\u{1b}[31mhttps") && !colored.contains("\u{1b}]"));
    // For programs the value is what it is, in JSON's own escapes.
    let json = folder.run(&["--format", "json", "a.conf"]);
    assert!(!json.out.contains('\u{1b}') && json.out.contains("\\u001b[31m"), "{}", json.out);
}

#[cfg(unix)]
#[test]
fn a_name_that_steers_a_terminal_is_spelt_out() {
    let run = Folder::new().with("a\u{1b}[2J\n.conf", "server {").run(&["."]);
    assert_eq!(run.code, Some(2));
    assert!(run.out.contains("a\\u{1b}[2J\\u{a}.conf") && !run.out.contains('\u{1b}'), "{}", run.out);
}

#[test]
fn what_doubles_with_every_step_ends() {
    let doubling: Vec<String> =
        (0..60).map(|step| format!("map $m{step} $m{} {{ \"~(.*)\" \"$1$1\"; }}\n", step + 1)).collect();
    let maps = format!(
        "map $http_origin $m0 {{ default xxxx; }}\n{}server {{ location / {{ {} }} }}\n",
        doubling.concat(),
        "add_header Access-Control-Allow-Origin $m60; proxy_pass http://app;"
    );
    let mut folder = Folder::new().with("maps/maps.conf", &maps);
    for step in 0..40 {
        let include = format!("include f{0}.conf; include f{0}.conf;\n", step + 1);
        folder = folder.with(&format!("bomb/f{step}.conf"), &include);
    }
    let folder = folder
        .with("bomb/f40.conf", "add_header Access-Control-Allow-Origin *;\n")
        .with("bomb/nginx.conf", "http { server { location / { include f0.conf; proxy_pass http://app; } } }\n");
    let (_, json) = checked(folder, &["."]);
    let rules: Vec<&str> =
        json["findings"].as_array().expect("is a list").iter().filter_map(|finding| finding["rule"].as_str()).collect();
    assert!(rules.contains(&"unresolved-include"), "{rules:?}");
}
