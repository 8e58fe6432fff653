//! JavaScript and TypeScript that is broken or hostile: it is told, with the exit code that it deserves, and the other
//! programs are analysed.

use serde_json::Value;

use crate::harness::{Folder, Run};
use crate::input::{errors, found, syntax_error};

/// What an application begins with, and how one goes on that sends back every Origin.
pub(crate) const HEAD: &str =
    "const express = require('express');\nconst cors = require('cors');\nconst app = express();\n";
pub(crate) const ECHO: &str = "app.use(cors({ origin: true, credentials: true }));\napp.get('/x', (req, res) => res.json({}));\napp.listen(3000);\n";

/// A program with a finding, beside the one that a test is about.
const BESIDE: &str = "zz.js";

/// What is to be found in them.
pub(crate) const FOUND: &str = "unvalidated-origin-echo";

/// An application in which these lines precede the finding.
pub(crate) fn application(lines: &str) -> String {
    format!("{HEAD}{lines}\n{ECHO}")
}

/// The folder with a sound program beside what is in it, checked; the sound one has its finding in any case.
pub(crate) fn checked(folder: Folder, arguments: &[&str]) -> (Run, Value) {
    let folder = folder.with(BESIDE, application(""));
    let run = folder.run(&[&["--format", "json"], arguments].concat());
    let json = run.json();
    assert_eq!(found(&json, BESIDE), [FOUND], "{run:?}");
    (run, json)
}

/// The message of the syntax error in a program, and its line.
fn told(text: impl AsRef<[u8]>) -> (String, u64) {
    let (run, json) = checked(Folder::new().with("server.js", text), &["server.js", BESIDE]);
    assert_eq!(run.code, Some(2), "{run:?}");
    syntax_error(&json, "server.js")
}

#[test]
fn what_is_not_closed_is_shown_where_it_begins() {
    for (open, what) in [
        ("const a = 'b", "string"),
        ("const a = \"b", "string"),
        ("const a = `b", "template"),
        ("const a = `b${1}", "template"),
        ("const a = /b", "regular expression"),
        ("/* b", "comment"),
    ] {
        let (message, line) = told(format!("{HEAD}{ECHO}{open}"));
        assert!(message.contains(&format!("the {what} is not closed")) && line == 7, "{open}: {line}: {message}");
    }
    for (open, what) in [("function f() {", '{'), ("f(", '('), ("const a = [", '[')] {
        let (message, line) = told(format!("{open}\n{HEAD}{ECHO}"));
        assert!(message.contains(&format!("`{what}` is not closed")) && line == 1, "{open}: {line}: {message}");
    }
}

#[test]
fn what_precedes_and_follows_a_fault_is_read() {
    for fault in
        ["const a = ;", "f(a b);", "const 1 = 2;", "if (a b) c();", "class A { b c }", "x = {a: <<};", "}", ")", "'a"]
    {
        let text = application(fault);
        let (run, json) = checked(Folder::new().with("server.js", &text), &[]);
        let mut rules = found(&json, "server.js");
        rules.retain(|rule| *rule != "syntax-error");
        assert_eq!((run.code, rules), (Some(2), vec![FOUND]), "{fault}: {run:?}");
    }
}

#[test]
fn a_program_that_breaks_off_ends_wherever_it_does() {
    let text = application("app.use(async (req, res, next) => { try { res.vary(`a${req.path}`) } catch { next() } });");
    for end in (0..text.len()).step_by(11) {
        let run = Folder::new().with("server.js", &text[..end]).run(&["--format", "json", "server.js"]);
        assert!(matches!(run.code, Some(0..=2)), "{end}: {run:?}");
    }
}

#[test]
fn foreign_bytes_are_a_warning_and_binary_data_is_an_error() {
    let text = application("");
    for (text, code) in [
        (text.replace('\n', "\r\n").into_bytes(), 1),
        (format!("\u{feff}{text}").into_bytes(), 1),
        (format!("#!/usr/bin/env node\n{text}").into_bytes(), 1),
        ([b"const name = '\xE9';\n", text.as_bytes()].concat(), 1),
    ] {
        let (run, json) = checked(Folder::new().with("server.js", &text), &[]);
        assert_eq!((run.code, found(&json, "server.js")), (Some(code), vec![FOUND]), "{run:?}");
    }
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [[text.as_bytes(), b"\0"].concat(), [b"\xFF\xFE".as_slice(), &utf_16].concat()] {
        let (run, json) = checked(Folder::new().with("server.js", bytes), &["server.js", BESIDE]);
        assert_eq!((run.code, errors(&json).len()), (Some(2), 1), "{run:?}");
    }
    for text in ["", "\n\n", "// nothing about cors"] {
        assert_eq!(Folder::new().with("server.js", text).run(&["server.js"]).code, Some(0));
    }
}

#[test]
fn a_folder_may_have_the_name_of_a_program() {
    let (run, json) = checked(Folder::new().with("server.js/index.js", application("")), &[]);
    assert_eq!((run.code, found(&json, "server.js/index.js")), (Some(1), vec![FOUND]));
}

#[cfg(unix)]
#[test]
fn programs_that_cannot_be_read_are_errors() {
    use std::fs::{File, Permissions, set_permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = Folder::new();
    symlink("nowhere.js", folder.0.join("gone.js")).expect("can be linked");
    symlink("self.js", folder.0.join("self.js")).expect("can be linked");
    let (run, json) = checked(folder, &[BESIDE, "gone.js", "self.js", "absent.js"]);
    assert_eq!((run.code, errors(&json).len()), (Some(2), 3), "{run:?}");

    let folder = Folder::new().with("server.js", application(""));
    let path = folder.0.join("server.js");
    set_permissions(&path, Permissions::from_mode(0o000)).expect("is ours");
    if File::open(&path).is_ok() {
        return; // The superuser may read everything.
    }
    let (run, json) = checked(folder, &[]);
    assert_eq!((run.code, errors(&json)), (Some(2), vec!["server.js: permission denied".to_owned()]));
}

#[test]
fn a_bundle_is_passed_over_unless_it_is_named() {
    let bundle = application(&"a(b,c);".repeat(1_000_000));
    let (run, json) = checked(Folder::new().with("server.js", &bundle), &[]);
    assert_eq!((run.code, found(&json, "server.js").len()), (Some(1), 0));
    let (message, _) = told(&bundle);
    assert!(message.contains("more words than are read"), "{message}");
    let (run, json) = checked(Folder::new().with("server.js", "a".repeat(17 << 20)), &["server.js", BESIDE]);
    assert_eq!((run.code, errors(&json)), (Some(2), vec!["server.js: is larger than 16 MiB".to_owned()]));
}

/// Ten thousand of something, then of something else, around a word.
fn around(open: &str, inner: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(10_000), close.repeat(10_000))
}

#[test]
fn what_is_nested_ten_thousand_times_is_told() {
    for (open, inner, close) in [
        ("(", "1", ")"),
        ("[", "", "]"),
        ("({a: ", "1", "})"),
        ("a ? b : ", "c", ""),
        ("a ? ", "b", " : c"),
        ("() => ", "1", ""),
        ("f(async () => { ", "", "})"),
        ("`${", "1", "}`"),
        ("!", "a", ""),
        ("await ", "a", ""),
        ("new ", "A", ""),
        ("a = ", "1", ""),
        ("class { m() { return ", "1", "} }"),
        ("a", ".b", ".b()"),
        ("f", "", "()"),
        ("1 + ", "a", " + b"),
        ("a ?? ", "b", " ?? c"),
        ("<a>", "", "</a>"),
        ("(function () { ", "", "})()"),
        ("x", "", " as any"),
    ] {
        let text = application(&format!("const x = {};", around(open, inner, close)));
        let (run, json) = checked(Folder::new().with("server.ts", text), &["server.ts", BESIDE]);
        assert!(matches!(run.code, Some(1 | 2)), "{open}: {:?}", run.err);
        assert!(found(&json, "server.ts").iter().all(|rule| ["syntax-error", FOUND].contains(rule)), "{open}: {json}");
    }
}

#[test]
fn statements_and_types_that_are_nested_ten_thousand_times_are_told() {
    for (open, inner, close) in [
        ("{", "", "}"),
        ("if (a) ", ";", ""),
        ("if (a) {} else ", ";", ""),
        ("for (;;) ", ";", ""),
        ("a: ", ";", ""),
        ("try {", "", "} catch {}"),
        ("function f() {", "", "}"),
        ("switch (a) { case 1: ", "", "}"),
        ("do ", ";", " while (a)"),
        ("namespace a {", "", "}"),
        ("", "", "}"),
        ("", "", ")"),
        ("${", "", ""),
        ("`", "", ""),
        ("type A = Array<", "1", ">"),
        ("@a(", "", ")"),
    ] {
        let text = format!("{}\n{}", application(""), around(open, inner, close));
        let (run, json) = checked(Folder::new().with("server.ts", text), &["server.ts", BESIDE]);
        assert!(matches!(run.code, Some(1 | 2)), "{open}: {:?}", run.err);
        assert!(found(&json, "server.ts").iter().all(|rule| ["syntax-error", FOUND].contains(rule)), "{open}: {json}");
    }
}
