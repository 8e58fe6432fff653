//! Completions and the manual page.

use std::process::{Command, Stdio};

use crate::harness::Folder;

#[test]
fn every_product_speaks_of_every_option_and_subcommand() {
    let folder = Folder::new();
    let products = ["complete-bash", "complete-elvish", "complete-fish", "complete-powershell", "complete-zsh", "man"];
    for product in products {
        let run = folder.run(&["generate", product]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{product}");
        // The page escapes its hyphens.
        let text = run.out.replace("\\-", "-");
        for word in ["fail-on", "min-severity", "stdin-filename", "simulate", "requests", "explain"] {
            assert!(text.contains(word), "{product} does not know {word}");
        }
    }
    assert_eq!(folder.run(&["generate"]).code, Some(2));
    assert_eq!(folder.run(&["generate", "poetry"]).code, Some(2));
}

#[test]
fn completions_know_the_rules_and_the_formats() {
    let folder = Folder::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = folder.run(&["generate", &format!("complete-{shell}")]).out;
        // elvish and PowerShell are given names of options only.
        let values = !matches!(shell, "elvish" | "powershell");
        assert_eq!(script.contains("missing-vary"), values, "{shell}");
    }
}

/// Loads the completions and asks what follows `line`; nothing where there is no bash.
fn completed(line: &[&str]) -> Option<Vec<String>> {
    let folder = Folder::new().with("site.conf", "");
    let script = folder.run(&["generate", "complete-bash"]).out;
    let folder = folder.with("complete.bash", &script);
    let ask = r#"
        set -e
        source ./complete.bash
        complete -p corslint >&2
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        _corslint corslint "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", ask, "bash"]).args(line).current_dir(&folder.0).stdin(Stdio::null());
    // Windows has a `bash` that only tells how to install a Linux.
    let output = bash.output().ok().filter(|_| cfg!(unix))?;
    assert!(output.status.success(), "{output:?}");
    Some(String::from_utf8(output.stdout).expect("is UTF-8").lines().map(str::to_owned).collect())
}

#[test]
fn bash_completes() {
    let cases: [(&[&str], &[&str]); 4] = [
        (&["corslint", "--fail-on", ""], &["error", "warning", "info", "never"]),
        (&["corslint", "explain", "missing-v"], &["missing-vary"]),
        (&["corslint", "--skip", "missing-al"], &["missing-always"]),
        (&["corslint", "simulate", "--req"], &["--requests"]),
    ];
    for (line, expected) in cases {
        if let Some(words) = completed(line) {
            assert_eq!(words, expected, "{line:?}");
        }
    }
    if let Some(words) = completed(&["corslint", "--format", ""]) {
        assert!(words.iter().any(|word| word == "json"), "{words:?}");
    }
}

#[test]
fn the_manual_is_one_page() {
    let page = Folder::new().run(&["generate", "man"]).out;
    let title = concat!(".TH corslint 1  \"corslint ", env!("CARGO_PKG_VERSION"), "\"");
    assert!(page.lines().any(|line| line.trim_end() == title), "{page}");
    assert_eq!(page.matches(".ds Aq").count(), 2, "the apostrophe is defined once, for either kind of roff");
    let sections: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
    let expected =
        ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "INPUT", "OUTPUT", "RULES", "SUPPRESSIONS", "COMMANDS", "NOTES"];
    assert_eq!(sections, [&expected[..], &["\"SEE ALSO\""]].concat());
    assert!(page.is_ascii() && page.contains("ignore[\\[u2026]]"), "other characters have to be escaped: {page}");
    // What all share is described once.
    assert_eq!(page.matches("\\-\\-help\\fR").count(), 1, "{page}");
    assert_eq!(page.matches("\\fB\\-\\-dialect\\fR \\fI<").count(), 1, "{page}");
    assert!(page.contains("Exit codes: 0 nothing at or above"), "{page}");
}

#[test]
fn the_schema_is_json() {
    let schema = Folder::new().run(&["generate", "schema"]).json();
    assert_eq!(schema["type"], "object");
    assert!(schema["properties"]["rules"].is_object(), "{schema}");
}
