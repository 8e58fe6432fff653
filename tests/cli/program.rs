//! Arguments, streams and exit codes, whatever is found.

use std::fs;
use std::process::Stdio;

use serde_json::Value;

use crate::harness::{Folder, Run};

const HARMLESS: &str = "server {\n    listen 80;\n    location / {\n        proxy_pass http://app;\n    }\n}\n";

#[test]
fn a_clean_configuration_is_0_and_the_summary_says_so() {
    let folder = Folder::new().with("deploy/site.conf", HARMLESS);
    let run = folder.run(&["deploy"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{run:?}");
    assert!(run.out.starts_with("1 file, "), "{run:?}");
    assert!(run.out.ends_with(": 0 errors, 0 warnings, 0 infos\n"), "{run:?}");
    assert_eq!(folder.run(&["check", "deploy"]).out, run.out);
    assert_eq!(folder.run(&[]).out, run.out);
    assert_eq!(folder.run(&["-q", "deploy"]).out, "");
}

#[test]
fn a_folder_without_configuration_is_0_and_a_missing_path_is_2() {
    let folder = Folder::new().with("readme.md", "text").with("supervisord.conf", "[program:x]\ncommand=y\n");
    let run = folder.run(&["."]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "no nginx, Apache or Express configuration found in .\n"));
    for format in ["text", "json"] {
        let run = folder.run(&["--format", format, "--fail-on", "never", "missing.conf"]);
        assert_eq!(run.code, Some(2), "{run:?}");
        let said = if format == "text" { &run.out } else { &run.err };
        assert_eq!(said, "error: missing.conf: no such file or folder\n");
    }
    let json = folder.run(&["--format", "json", "missing.conf"]).json();
    assert_eq!(json["errors"][0]["file"], "missing.conf");
    assert_eq!(json["summary"]["files"], 0);
}

#[test]
fn what_cannot_be_read_does_not_stop_the_rest() {
    let folder = Folder::new().with("a.conf", b"\0").with("b.conf", HARMLESS).with("odd.conf", "what is this");
    let run = folder.run(&["--format=json", ".", "odd.conf"]);
    assert_eq!(run.code, Some(2));
    let json = run.json();
    assert_eq!(json["summary"]["files"], 1);
    assert_eq!(json["errors"][0]["message"], "is binary, not a configuration");
    assert_eq!(json["errors"][1]["message"], "cannot tell which server it configures; use --dialect");
    let bytes = Folder::new().with("a.conf", b"server {\n    # \xE9\n    add_header X \xE9;\n}\n");
    let run = bytes.run(&["--format=json"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(run.json()["errors"][0]["range"]["start"], serde_json::json!({"line": 3, "column": 18, "offset": 34}));
}

#[test]
fn standard_input_is_a_file_like_any_other() {
    let folder = Folder::new();
    let run = folder.run_with_input(&["--format", "json", "--stdin-filename", "deploy/x.conf", "-"], HARMLESS);
    assert_eq!((run.code, &run.json()["summary"]["files"]), (Some(0), &Value::from(1)));
    assert_eq!(folder.run_with_input(&["-"], "what is this").code, Some(2));
    assert_eq!(folder.run_with_input(&["-", "other.conf"], HARMLESS).code, Some(2));
    assert_eq!(folder.run(&["--stdin-filename", "x", "."]).code, Some(2));
}

#[test]
fn formats_go_where_they_are_sent_and_exit_codes_are_the_same() {
    let folder = Folder::new().with("a.conf", HARMLESS);
    let run = folder.run(&["--format", "text", "--format", "json=out.json", "."]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.starts_with("1 file"), "{run:?}");
    let written = fs::read_to_string(folder.0.join("out.json")).expect("was written");
    assert_eq!(written, folder.run(&["--format", "json", "."]).out);
    let run = folder.run(&["--format", "text=report.txt", "--color", "always", "missing"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.err.starts_with("error: missing"), "{run:?}");
    assert!(fs::read_to_string(folder.0.join("report.txt")).expect("was written").contains("\u{1b}["));
    for wrong in
        [&["--format", "text", "--format", "json"][..], &["--format", "yaml"], &["--format", "json=no/such/dir/x"]]
    {
        let run = folder.run(wrong);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{wrong:?}");
        assert!(run.err.starts_with("error: "), "{run:?}");
    }
}

#[test]
fn colours_are_for_terminals_and_for_who_asks() {
    let folder = Folder::new();
    let colored = |arguments: &[&str], variable: Option<&str>| {
        let mut command = folder.command(arguments);
        command.envs(variable.map(|name| (name, "1")));
        let output = command.stdin(Stdio::null()).output().expect("the program starts");
        Run::of(&output).out.contains('\u{1b}')
    };
    assert!(!colored(&["missing"], None));
    assert!(colored(&["--color=always", "missing"], None));
    assert!(colored(&["missing"], Some("FORCE_COLOR")));
    assert!(!colored(&["--color=never", "missing"], Some("FORCE_COLOR")));
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let folder = Folder::new().with("a.conf", HARMLESS);
    let (reader, writer) = std::io::pipe().expect("a pipe can be made");
    drop(reader);
    let status = folder.command(&["--format", "json", "."]).stdout(writer).stdin(Stdio::null()).status();
    assert_eq!(status.expect("the program starts").code(), Some(0));
}

#[test]
fn rules_are_listed_and_explained() {
    let folder = Folder::new();
    let run = folder.run(&["rules", "--format", "json"]);
    assert_eq!(run.code, Some(0));
    let json = run.json();
    let ids: Vec<&str> = json.as_array().expect("is a list").iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert!(ids.contains(&"missing-vary"), "{ids:?}");
    assert_eq!(folder.run(&["rules"]).out.lines().count(), ids.len());
    for id in ids {
        let run = folder.run(&["explain", id]);
        assert_eq!(run.code, Some(0));
        assert!(run.out.starts_with(&format!("{id}: ")) && run.out.contains("How to mend it"), "{}", run.out);
    }
    for rule in json.as_array().into_iter().flatten() {
        let fix = |frontend: &str| rule["fix"][frontend].as_str().is_some_and(|text| !text.is_empty());
        assert!(fix("nginx") && fix("apache"), "{rule}");
    }
    let page = folder.run(&["explain", "missing-vary"]).out;
    for heading in ["How to mend it (nginx)", "How to mend it (Apache httpd)", "Reported (Apache httpd)", ".htaccess:"]
    {
        assert!(page.contains(heading), "{heading}: {page}");
    }
    let run = folder.run(&["explain", "mising-vary"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.err.contains("did you mean `missing-vary`?"), "{run:?}");
    assert_eq!(folder.run(&["--rule", "nonsense", "."]).code, Some(2));
    assert_eq!(folder.run(&["--skip", "missing_vary", "."]).code, Some(2));
}

#[test]
fn help_and_version_are_0_and_nonsense_is_2() {
    let folder = Folder::new();
    let run = folder.run(&["--version"]);
    assert_eq!((run.code, run.out.trim_end()), (Some(0), concat!("corslint ", env!("CARGO_PKG_VERSION"))));
    let run = folder.run(&["--help"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("explain") && run.out.contains("--fail-on"), "{}", run.out);
    assert_eq!(folder.run(&["--nonsense"]).code, Some(2));
    assert_eq!(folder.run(&["simulate", "."]).code, Some(2));
    assert_eq!(folder.run(&["simulate", ".", "--requests", "missing.jsonl"]).code, Some(2));
}

#[test]
fn a_file_called_like_a_subcommand_can_be_named() {
    let folder = Folder::new().with("explain", HARMLESS);
    let run = folder.run(&["./explain"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(folder.0.join("explain").exists() && run.out.starts_with("1 file"), "{run:?}");
}
