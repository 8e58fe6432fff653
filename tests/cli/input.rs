//! Input that is broken or hostile: it is told, with the exit code that it deserves, and the other files are analysed.

use serde_json::{Value, json};

use crate::findings::{APACHE_ECHO, ECHO};
use crate::harness::{Folder, Run};

/// Files with a finding, beside the one that a test is about.
const BESIDE: &str = "zz.conf";
const BESIDE_APACHE: &str = "zz/.htaccess";

/// The folder with sound files beside what is in it, checked; the sound files have their findings in any case.
pub(crate) fn checked(folder: Folder, arguments: &[&str]) -> (Run, Value) {
    let folder = folder.with(BESIDE, ECHO).with(BESIDE_APACHE, APACHE_ECHO);
    let run = folder.run(&[&["--format", "json"], arguments].concat());
    let json = run.json();
    for file in [BESIDE, BESIDE_APACHE] {
        assert_eq!(found(&json, file), ["unvalidated-origin-echo"], "{run:?}");
    }
    (run, json)
}

/// A virtual host with these lines.
pub(crate) fn host(lines: &str) -> String {
    format!("<VirtualHost *:80>\nServerName api.example.com\n{lines}</VirtualHost>\n")
}

/// Ids of the rules found in a file.
pub(crate) fn found<'a>(json: &'a Value, file: &str) -> Vec<&'a str> {
    let findings = json["findings"].as_array().expect("is a list");
    findings.iter().filter(|finding| finding["file"] == file).filter_map(|finding| finding["rule"].as_str()).collect()
}

/// The message of a syntax error in a file, and the line that it is at.
pub(crate) fn syntax_error(json: &Value, file: &str) -> (String, u64) {
    let findings = json["findings"].as_array().expect("is a list");
    let mut of_file = findings.iter().filter(|finding| finding["file"] == file && finding["rule"] == "syntax-error");
    let finding = of_file.next().unwrap_or_else(|| panic!("no syntax error in {json}"));
    let line = finding["range"]["start"]["line"].as_u64().expect("is a number");
    (finding["message"].as_str().expect("is a text").to_owned(), line)
}

/// `file: message` of each error.
pub(crate) fn errors(json: &Value) -> Vec<String> {
    let errors = json["errors"].as_array().expect("is a list");
    let text = |value: &Value| value.as_str().expect("is a text").to_owned();
    errors.iter().map(|error| format!("{}: {}", text(&error["file"]), text(&error["message"]))).collect()
}

#[test]
fn a_text_that_breaks_off_is_a_syntax_error_wherever_it_does() {
    let guarded = format!("<Files *>\n{APACHE_ECHO}</Files>\n");
    for (file, text) in [("a.conf", ECHO.to_owned()), ("a.conf", host(APACHE_ECHO)), ("a/.htaccess", guarded)] {
        let folder = Folder::new().with(file, &text[..text.len() / 2]);
        let (run, json) = checked(folder, &["--fail-on", "never"]);
        assert_eq!(run.code, Some(2));
        assert!(syntax_error(&json, file).0.contains("is not closed"), "{json}");
        // From the end of the first line on, each beginning of it leaves a block, a quote or a directive open.
        let first_line = text.find('\n').expect("has lines");
        let whole = text.trim_end().len();
        for end in (first_line..whole).step_by(7) {
            let run = Folder::new().with(file, &text[..end]).run(&["--format", "json", file]);
            assert_eq!(run.code, Some(2), "{end}: {run:?}");
        }
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
fn httpd_takes_a_quote_that_is_not_closed_for_the_rest_of_the_line() {
    let text = format!("{APACHE_ECHO}Header set X-One \"1\nHeader set X-Two '2\n");
    let (run, json) = checked(Folder::new().with("a/.htaccess", text), &[]);
    assert_eq!((run.code, found(&json, "a/.htaccess")), (Some(1), vec!["unvalidated-origin-echo"]));
}

#[test]
fn binary_data_is_an_error_and_foreign_bytes_are_a_warning() {
    let nginx = b"server { listen 80; location / { add_header X-Name \xE9; root /srv; } }" as &[u8];
    let apache = b"<Location />\nHeader set X-Name \xE9\n</Location>\n" as &[u8];
    for (file, latin, place) in
        [("a.conf", nginx, "1:52"), ("a.conf", apache, "2:19"), ("a/.htaccess", &apache[13..32], "1:19")]
    {
        let bytes: Vec<u8> = (0..=255).cycle().take(4096).collect();
        let (run, json) = checked(Folder::new().with(file, &bytes), &[]);
        assert_eq!((run.code, errors(&json)), (Some(2), vec![format!("{file}: is binary, not a configuration")]));

        let without_zero: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        let (run, _) = checked(Folder::new().with(file, &without_zero), &[file, BESIDE, BESIDE_APACHE]);
        assert_eq!(run.code, Some(2), "{run:?}");

        let (run, json) = checked(Folder::new().with(file, latin), &[]);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert_eq!(errors(&json), [format!("{file}: not UTF-8 (byte 0xE9); read with `?` in its place")]);
        assert!(run.err.contains(&format!("warning: {file}:{place}: not UTF-8")), "{run:?}");
    }
}

#[test]
fn a_mark_at_the_beginning_is_an_error_and_what_follows_is_checked() {
    for (file, text) in
        [("a.conf", ECHO.to_owned()), ("a.conf", host(APACHE_ECHO)), ("a/.htaccess", APACHE_ECHO.to_owned())]
    {
        let (run, json) = checked(Folder::new().with(file, format!("\u{feff}{text}")), &[]);
        assert_eq!((run.code, syntax_error(&json, file).1), (Some(2), 1), "{run:?}");
        // Below a folder with such a `.htaccess` there is nothing but the answer 500.
        assert_eq!(found(&json, file).contains(&"unvalidated-origin-echo"), file == "a.conf", "{run:?}");
    }
}

#[test]
fn lines_may_end_as_on_windows() {
    for (file, text) in
        [("a.conf", ECHO.to_owned()), ("a.conf", host(APACHE_ECHO)), ("a/.htaccess", APACHE_ECHO.to_owned())]
    {
        let (run, json) = checked(Folder::new().with(file, text.replace('\n', "\r\n")), &[]);
        assert_eq!((run.code, found(&json, file)), (Some(1), vec!["unvalidated-origin-echo"]), "{run:?}");
    }
}

#[test]
fn a_path_that_is_not_there_does_not_keep_the_others_from_being_checked() {
    let (run, json) = checked(Folder::new(), &[BESIDE, BESIDE_APACHE, "nowhere/site.conf", "nowhere/.htaccess"]);
    let missing = ["nowhere/.htaccess", "nowhere/site.conf"].map(|file| format!("{file}: no such file or folder"));
    assert_eq!((run.code, errors(&json)), (Some(2), missing.to_vec()));
    assert!(run.err.contains("error: nowhere/site.conf: no such file or folder"), "{run:?}");
}

#[test]
fn an_empty_folder_and_an_empty_file_are_no_failure() {
    let folder = Folder::new();
    let run = folder.run(&[]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "no nginx, Apache or Express configuration found in .\n"));
    assert_eq!(folder.run(&["--format", "json"]).json()["findings"], json!([]));
    for text in ["", "\n\n", "# a comment\n\n# and no end of line"] {
        let folder = Folder::new().with("nginx.conf", text).with("httpd.conf", text).with(".htaccess", text);
        for paths in [&["nginx.conf"] as &[&str], &["httpd.conf"], &[".htaccess"], &["."]] {
            assert_eq!(folder.run(paths).code, Some(0), "{paths:?} {text:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_an_error() {
    use std::fs::{File, Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new().with("a.conf", ECHO).with("a/.htaccess", APACHE_ECHO);
    for file in ["a.conf", "a/.htaccess"] {
        let path = folder.0.join(file);
        set_permissions(&path, Permissions::from_mode(0o000)).expect("is ours");
        if File::open(&path).is_ok() {
            return; // The superuser may read everything.
        }
    }
    let (run, json) = checked(folder, &[]);
    let denied = ["a.conf", "a/.htaccess"].map(|file| format!("{file}: permission denied"));
    assert_eq!((run.code, errors(&json)), (Some(2), denied.to_vec()));
}

#[cfg(unix)]
#[test]
fn links_in_circles_end() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new()
        .with("sub/a.conf", "server { listen 80; return 200; }\n")
        .with("sub/b.conf", host("Redirect 204 /\n"))
        .with("sub/.htaccess", "Header set X-One 1\n");
    for (target, link) in [(".", "self"), ("..", "sub/up"), ("../sub", "sub/sub"), ("sub", "again")] {
        symlink(target, folder.0.join(link)).expect("can be linked");
    }
    let (run, json) = checked(folder, &[]);
    assert_eq!((run.code, errors(&json), &json["summary"]["files"]), (Some(1), vec![], &json!(5)), "{run:?}");

    let folder = Folder::new();
    for (target, link) in
        [("b.conf", "a.conf"), ("a.conf", "b.conf"), ("nowhere", "gone.conf"), (".htaccess", ".htaccess")]
    {
        symlink(target, folder.0.join(link)).expect("can be linked");
    }
    let (run, json) = checked(folder, &[]);
    assert_eq!(run.code, Some(2), "{run:?}");
    let errors = errors(&json);
    for file in ["a.conf", ".htaccess"] {
        let cannot = format!("{file}: cannot be read");
        assert!(errors.iter().any(|error| error.starts_with(&cannot)), "{errors:?}");
    }
    assert!(errors.contains(&"gone.conf: is a symbolic link to a file that is not there".to_owned()), "{errors:?}");
}

#[test]
fn files_that_include_each_other_are_told_at_the_include() {
    let nginx = [
        ("nginx.conf", "events {}\nhttp {\n    include conf/a.conf;\n}\n"),
        ("conf/a.conf", "server {\n    listen 80;\n    include conf/b.conf;\n}\n"),
        ("conf/b.conf", "add_header X-One 1;\ninclude conf/b.conf;\n"),
    ];
    let apache = [
        ("httpd.conf", "ServerRoot /etc/httpd\nInclude conf/a.conf\n"),
        ("conf/a.conf", "<VirtualHost *:80>\nInclude conf/b.conf\n</VirtualHost>\n"),
        ("conf/b.conf", "Header set X-One 1\nInclude conf/b.conf\n"),
    ];
    for files in [nginx, apache] {
        let folder = files.into_iter().fold(Folder::new(), |folder, (name, text)| folder.with(name, text));
        let (run, json) = checked(folder, &[]);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert_eq!(found(&json, "conf/b.conf"), ["unresolved-include"]);
        let finding =
            json["findings"].as_array().into_iter().flatten().find(|finding| finding["file"] == "conf/b.conf");
        let finding = finding.expect("was found");
        assert_eq!((&finding["severity"], &finding["range"]["start"]["line"]), (&json!("error"), &json!(2)));
        assert!(finding["message"].as_str().is_some_and(|message| message.contains("conf/b.conf")), "{finding}");
    }
}

#[test]
fn files_that_include_each_other_and_nothing_else_includes_are_read() {
    let nginx = (format!("include b.conf;\n{ECHO}"), "include a.conf;\nserver {\n    listen 81;\n    return 200;\n}\n");
    let apache =
        (format!("Include b.conf\n{}", host(APACHE_ECHO)), "Include a.conf\n<VirtualHost *:81>\n</VirtualHost>\n");
    for (one, other) in [nginx, apache] {
        let run = Folder::new().with("a.conf", one).with("b.conf", other).run(&["--format", "json"]);
        let json = run.json();
        let rules = [found(&json, "a.conf"), found(&json, "b.conf")].concat();
        assert!(run.code == Some(1) && rules.contains(&"unvalidated-origin-echo"), "{rules:?}");
        assert!(rules.contains(&"unresolved-include"), "{rules:?}");
    }
}

#[test]
fn a_hundred_thousand_blocks_in_each_other_end() {
    let [open, section] = ["location / {\n", "<IfModule headers_module>\n"].map(|open| open.repeat(100_000));
    let closed = format!("events {{}}\nhttp {{\n{open}add_header X-One 1;\n{}}}\n", "}".repeat(100_000));
    let [end, all] = ["</IfModule>\n", "<RequireAll>\n"].map(|line| line.repeat(100_000));
    let section_closed = format!("{section}Header set X-One 1\n{end}");
    let expression = format!("<If \"{}true{}\">\n</If>\n", "(".repeat(100_000), ")".repeat(100_000));
    for (file, text) in [
        ("nginx.conf", open),
        ("nginx.conf", closed),
        ("nginx.conf", "{".repeat(100_000)),
        ("nginx.conf", "}".repeat(100_000)),
        ("httpd.conf", section),
        ("httpd.conf", section_closed.clone()),
        ("httpd.conf", end),
        ("a/.htaccess", section_closed),
        ("a/.htaccess", all),
        ("a/.htaccess", expression),
        ("a/.htaccess", "<".repeat(100_000)),
    ] {
        let (run, json) = checked(Folder::new().with(file, &text), &[]);
        assert_eq!(run.code, Some(2), "{}: {}", &text[..20], run.err);
        let (message, _) = syntax_error(&json, file);
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
