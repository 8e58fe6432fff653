//! The formats for programs other than terminals, as they come out of a run.

use std::fs;

use serde_json::{Value, json};

use crate::findings::ECHO;
use crate::harness::Folder;

const FORMATS: [&str; 7] = ["text", "concise", "json", "sarif", "github", "gitlab", "junit"];

#[test]
fn every_format_ends_with_the_same_code_and_tells_what_could_not_be_read() {
    let folder = Folder::new().with("a b.conf", ECHO).with("open.conf", "server {\n").with("bin.conf", b"\0");
    for format in FORMATS {
        for (arguments, code) in [
            (&["a b.conf"][..], 1),
            (&["--fail-on", "never", "a b.conf"], 0),
            (&["open.conf"], 2),
            (&["."], 2),
            (&["--rule", "missing-vary", "a b.conf"], 0),
        ] {
            let run = folder.run(&[&["--format", format], arguments].concat());
            assert_eq!(run.code, Some(code), "{format} {arguments:?}: {run:?}");
        }
        let run = folder.run(&["--format", format, "bin.conf"]);
        assert_eq!(run.code, Some(2), "{run:?}");
        let said = if ["text", "concise", "github"].contains(&format) { &run.out } else { &run.err };
        assert!(said.contains("bin.conf: ") && said.contains("is binary, not a configuration"), "{format}: {run:?}");
        assert!(run.out.contains("bin.conf"), "{format}: {run:?}");
    }
}

#[test]
fn a_file_that_cannot_be_written_keeps_nothing_from_the_others() {
    let folder = Folder::new().with("a.conf", ECHO);
    let run = folder.run(&["--format", "sarif=no/out", "--format", "json=out.json", "--format", "concise"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.starts_with("error: no/out: "), "{run:?}");
    assert!(run.out.starts_with("a.conf:") && folder.0.join("out.json").exists(), "{run:?}");
}

#[test]
fn several_formats_go_to_several_files_and_the_help_names_them_all() {
    let folder = Folder::new().with("a.conf", ECHO);
    let files = FORMATS.map(|format| format!("{format}=out.{format}"));
    let arguments: Vec<&str> = files.iter().flat_map(|file| ["--format", file]).collect();
    let run = folder.run(&arguments);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{run:?}");
    let help = folder.run(&["--help"]).out;
    for format in FORMATS {
        let written = fs::read_to_string(folder.0.join(format!("out.{format}"))).expect("was written");
        assert_eq!(written, folder.run(&["--format", format, "a.conf"]).out, "{format}");
        assert!(written.contains("a.conf") && help.contains(format), "{format}");
    }
    let run = folder.run(&["--format", "xml"]);
    assert!(run.err.contains(&FORMATS.join(", ")), "{run:?}");
}

#[test]
fn concise_and_github_tell_a_finding_in_a_line() {
    let folder = Folder::new().with("100%,a.conf", ECHO);
    let message = "Any website may read the answers as the logged-in user: every Origin is sent back as allowed, with \
                   credentials.";
    assert_eq!(
        folder.run(&["--format", "concise", "-q"]).out,
        format!("100%,a.conf:6:50: error: {message} [unvalidated-origin-echo]\n")
    );
    let github = folder.run(&["--format", "github"]).out;
    let lines: Vec<&str> = github.lines().collect();
    let start =
        "::error file=100%25%2Ca.conf,line=6,endLine=6,col=50,endColumn=64,title=corslint (unvalidated-origin-echo)::";
    assert_eq!(lines.len(), 2, "{github}");
    assert!(lines[0].starts_with(&format!("{start}{message}%0AProof: `GET /api/x` with ")), "{github}");
    assert_eq!(lines[1], "1 file, 2 endpoints: 1 error, 0 warnings, 0 infos");
}

/// The first run of the SARIF that such files give, with all that `-v` adds.
fn sarif(folder: &Folder) -> Value {
    folder.run(&["--format", "sarif", "-v"]).json()["runs"][0].take()
}

fn steps(flow: &Value) -> Vec<(u64, String)> {
    let locations = flow["threadFlows"][0]["locations"].as_array().expect("is a list");
    let step = |stop: &Value| {
        let line = stop["location"]["physicalLocation"]["region"]["startLine"].as_u64().expect("is a number");
        (line, stop["location"]["message"]["text"].as_str().expect("is a text").to_owned())
    };
    locations.iter().map(step).collect()
}

/// The steps of the first flow of the finding of a rule.
fn way(folder: &Folder, rule: &str) -> Vec<(u64, String)> {
    let run = sarif(folder);
    let results = run["results"].as_array().expect("is a list");
    let result =
        results.iter().find(|result| result["ruleId"] == rule).unwrap_or_else(|| panic!("{rule}: {results:#?}"));
    steps(&result["codeFlows"][0])
}

fn told(steps: &[(u64, &str)]) -> Vec<(u64, String)> {
    steps.iter().map(|(line, text)| (*line, (*text).to_owned())).collect()
}

#[test]
fn a_flow_goes_from_where_a_value_is_set_to_where_it_is_sent() {
    let folder = Folder::new().with(
        "nginx.conf",
        "map $http_origin $cors {\n    default $http_origin;\n}\nserver {\n    location / {\n        \
         add_header Access-Control-Allow-Origin $cors always;\n        add_header Vary Origin always;\n        \
         proxy_pass http://app;\n    }\n}\n",
    );
    assert_eq!(
        way(&folder, "unvalidated-origin-echo"),
        told(&[(2, "gives the value of Allow-Origin"), (8, "the application answers"), (6, "writes Allow-Origin"),])
    );
    let folder = Folder::new().with(
        "server.js",
        "const app = require('express')();\napp.use((req, res, next) => {\n  \
         res.set('Access-Control-Allow-Origin', req.headers.origin);\n  res.vary('Origin');\n  next();\n});\n\
         app.get('/x', (req, res) => {\n  res.json({});\n});\napp.listen(3000);\n",
    );
    assert_eq!(
        way(&folder, "unvalidated-origin-echo"),
        told(&[(3, "writes Allow-Origin"), (8, "the application answers")])
    );
}

#[test]
fn a_flow_ends_where_a_value_is_dropped() {
    let folder = Folder::new().with(
        "nginx.conf",
        "server {\n    add_header Access-Control-Allow-Origin https://app.example.com always;\n    location / {\n        \
         add_header X-Frame-Options DENY;\n        proxy_pass http://app;\n    }\n}\n",
    );
    assert_eq!(
        way(&folder, "lost-allow-origin"),
        told(&[(2, "writes Allow-Origin"), (5, "the application answers"), (4, "drops Allow-Origin")])
    );
    let folder = Folder::new().with(
        "nginx.conf",
        "server {\n    location / {\n        add_header Access-Control-Allow-Origin https://app.example.com always;\n        \
         if ($request_method = GET) {\n            add_header X-Frame-Options DENY;\n        }\n        \
         proxy_pass http://app;\n    }\n}\n",
    );
    let steps = way(&folder, "lost-allow-origin");
    assert_eq!(steps[..2], told(&[(3, "writes Allow-Origin"), (4, "drops Allow-Origin")]), "{steps:?}");
}

#[test]
fn sarif_counts_columns_in_code_points_and_names_files_as_addresses() {
    let lines = [
        "# é漢😀",
        "server {",
        "\tadd_header X-Note \"é漢😀\";\tadd_header Access-Control-Allow-Origin \"$http_origin\" always; # é",
        "\tlocation / { proxy_pass http://app; }",
        "}",
    ];
    let folder = Folder::new().with("dir with space/é#.conf", lines.join("\r\n"));
    let arguments = ["--rule", "unvalidated-origin-echo", "--format", "sarif"];
    let run = folder.run(&arguments).json();
    let location = &run["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(
        location["artifactLocation"],
        json!({"uri": "dir%20with%20space/%C3%A9%23.conf", "uriBaseId": "%SRCROOT%"})
    );
    assert_eq!(
        location["region"],
        json!({
            "startLine": 3, "startColumn": 66, "endLine": 3, "endColumn": 80, "snippet": {"text": "\"$http_origin\""}
        })
    );
    let concise = folder.run(&["--rule", "unvalidated-origin-echo", "--format", "concise"]).out;
    assert!(concise.starts_with("dir with space/é#.conf:3:66: warning: "), "{concise}");
    // The same from a folder that it does not lie in.
    let above = Folder::new();
    let name = folder.0.join("dir with space/é#.conf");
    let out = above.run(&[&arguments[..], &[&name.to_string_lossy()]].concat()).json();
    let uri = out["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"].clone();
    let address = uri["uri"].as_str().expect("is a text");
    assert!(address.starts_with("file:///") && address.ends_with("/dir%20with%20space/%C3%A9%23.conf"), "{uri}");
    assert_eq!(uri.get("uriBaseId"), None);
}
