//! `corslint simulate`: a line for a line.

use serde_json::{Value, json};

use crate::findings::ECHO;
use crate::harness::{Folder, Run};

fn simulate(folder: &Folder, path: &str, requests: &str) -> (Run, Vec<Value>) {
    let run = folder.run_with_input(&["simulate", path, "--requests", "-"], requests);
    let replies = run.out.lines().map(|line| serde_json::from_str(line).expect("is JSON")).collect();
    (run, replies)
}

#[test]
fn a_fetch_is_answered_with_exchange_and_verdict() {
    let folder = Folder::new().with("site.conf", ECHO);
    let (run, replies) = simulate(
        &folder,
        ".",
        r#"{"url": "/api/x", "origin": "https://evil.example", "method": "PUT", "credentials": true}
           {"url": "http://api.example.com/elsewhere", "origin": "https://evil.example"}
           {"kind": "raw", "method": "OPTIONS", "url": "/api/x", "headers": [["Origin", "null"]]}"#,
    );
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(replies[0]["endpoint"], "location /api/");
    assert_eq!(replies[0]["preflight"]["response"]["status"], 204);
    assert_eq!(replies[0]["verdict"], json!({"allowed": true, "credentials": true, "reason": null, "console": null}));
    assert_eq!(replies[1]["preflight"], Value::Null);
    assert_eq!(replies[1]["verdict"]["reason"], "missing-allow-origin");
    assert_eq!((&replies[2]["response"]["status"], replies[2].get("verdict")), (&json!(204), None));
}

#[test]
fn a_line_that_is_no_request_is_answered_too_and_counts() {
    let folder = Folder::new().with("site.conf", ECHO).with("bytes.jsonl", b"\xFF\xFE\n");
    let good = r#"{"url": "/api/x", "origin": "null"}"#;
    for bad in [
        "no JSON",
        r#"{"url": "api", "origin": "null"}"#,
        r#"{"url": "http://x:99999/", "origin": "null"}"#,
        r#"{"url": "/", "origin": "null", "answer": 42}"#,
        r#"{"url": "/", "origin": "null", "metod": "PUT"}"#,
    ] {
        let (run, replies) = simulate(&folder, ".", &format!("{bad}\n\n{good}\n"));
        assert_eq!((run.code, replies.len()), (Some(2), 2), "{bad}: {run:?}");
        assert!(replies[0]["error"].is_string() && replies[1]["outcome"] == "answered", "{bad}: {run:?}");
    }
    let run = folder.run(&["simulate", ".", "--requests", "bytes.jsonl"]);
    assert!(run.code == Some(2) && run.out.starts_with("{\"error\":"), "{run:?}");
    let run = folder.run(&["simulate", ".", "--requests", "."]);
    assert!(run.code == Some(2) && run.err.starts_with("error: ") && !run.err.contains("output"), "{run:?}");
}

#[test]
fn configurations_that_cannot_be_read_are_told() {
    let folder = Folder::new().with("site.conf", ECHO).with("broken.conf", "server {\n    listen 80\n}\n");
    let request = r#"{"url": "/api/x", "origin": "null"}"#;
    // Nothing can be said of what is not there; of a broken file it can: the server does not start with it.
    for (path, code, outcome, message) in [
        ("nowhere", 2, "no-endpoint", "error: nowhere: no such file or folder\n"),
        ("broken.conf", 0, "does-not-start", "warning: broken.conf:2:5: syntax error: "),
    ] {
        let (run, replies) = simulate(&folder, path, request);
        assert_eq!((run.code, replies.len()), (Some(code), 1), "{run:?}");
        assert_eq!(replies[0]["outcome"], outcome, "{run:?}");
        assert!(run.err.starts_with(message), "{run:?}");
    }
    let run = folder.run_with_input(&["simulate", "site.conf", "--in", "other.conf", "--requests", "-"], request);
    assert_eq!(run.err, "error: other.conf: is not among the files that were given\n");
    assert_eq!(run.code, Some(2));
}
