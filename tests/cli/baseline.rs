//! Findings that are known already.

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;

use crate::findings::ECHO;
use crate::harness::{Folder, Run};

/// A site in which each of so many locations sends back whatever Origin was sent.
fn locations(count: usize) -> String {
    let mut text = "server {\n    listen 80;\n    server_name api.example.com;\n".to_owned();
    for number in 0..count {
        let _ = write!(
            text,
            "    location /v{number}/ {{\n        add_header Access-Control-Allow-Origin $http_origin;\n        \
             add_header Access-Control-Allow-Credentials true;\n        add_header Vary Origin;\n        \
             root /srv;\n    }}\n"
        );
    }
    text + "}\n"
}

fn findings(run: &Run) -> Vec<Value> {
    run.json()["findings"].as_array().expect("is a list").clone()
}

fn baseline(folder: &Folder, name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.0.join(name)).expect("is there")).expect("is JSON")
}

const WRITE: &[&str] = &["--write-baseline", "known.json", "."];
const HEED: &[&str] = &["--baseline", "known.json", "."];

#[test]
fn a_project_with_200_findings_sees_only_new_ones_and_is_told_of_those_that_are_gone() {
    let folder = Folder::new().with("site.conf", locations(200));
    assert_eq!(findings(&folder.run(&["--format", "json", "."])).len(), 200);
    let run = folder.run(WRITE);
    assert_eq!(
        (run.code, run.err.as_str()),
        (Some(0), "200 findings written to known.json; `--baseline known.json` leaves them out\n")
    );
    assert!(run.out.ends_with(": 0 errors, 0 warnings, 0 infos (200 suppressed)\n"), "{}", run.out);
    let run = folder.run(HEED);
    assert_eq!(run.code, Some(0));
    assert!(run.out.ends_with(": 0 errors, 0 warnings, 0 infos (200 suppressed)\n"), "{}", run.out);

    let folder = folder.with("site.conf", locations(201));
    let run = folder.run(&[HEED, &["--format", "json"]].concat());
    let new = findings(&run);
    assert_eq!((run.code, new.len()), (Some(1), 1));
    assert_eq!(new[0]["endpoints"][0], "location /v200/");

    // Two are mended, one in a way and one by being taken out.
    let mended = locations(200).replacen("Allow-Origin $http_origin", "Allow-Origin https://app.example.com", 1);
    let mended = mended.replace("location /v7/", "location /v7000/");
    let folder = folder.with("site.conf", mended.replace("location /v7000/ {", "location /v7000/ { return 404;"));
    let run = folder.run(&[HEED, &["--skip", "lost-allow-origin,missing-always,missing-vary"]].concat());
    let said =
        "warning: known.json: 2 entries are stale, their findings are gone: unvalidated-origin-echo in site.conf, ";
    assert!(run.out.contains(said), "{}", run.out);
    assert!(run.out.contains("`--write-baseline known.json` takes them out\n"), "{}", run.out);
    let json = folder.run(&[HEED, &["--format", "json"]].concat());
    assert!(json.err.contains(said) && json.json()["errors"][0]["range"].is_null(), "{json:?}");
    let run = folder.run(WRITE);
    assert_eq!(run.code, Some(0));
    assert!(!folder.run(HEED).out.contains("stale"));
}

#[test]
fn what_moves_is_known_again_and_what_is_changed_is_new() {
    let folder = Folder::new().with("site.conf", ECHO);
    assert_eq!(folder.run(WRITE).code, Some(0));
    let known = |text: &str| {
        let folder = Folder::new()
            .with("site.conf", text)
            .with("known.json", fs::read(folder.0.join("known.json")).expect("is there"));
        findings(&folder.run(&[HEED, &["--format", "json", "--rule", "unvalidated-origin-echo"]].concat())).is_empty()
    };
    assert!(known(ECHO));
    assert!(known(&format!("# new\n\n{ECHO}")));
    assert!(known(&ECHO.replace('\n', "\r\n")));
    assert!(known(&ECHO.replace("    ", "\t").replace("location /api/ {", "location   '/api/'\n{ # é")));
    assert!(known(&ECHO.replace("\"$http_origin\"", "$http_origin")));
    assert!(known(&ECHO.replace("server {", "server {\n    location /new/ { root /srv; }\n")));
    assert!(!known(&ECHO.replace("/api/", "/v2/")));
    assert!(!known(&ECHO.replace("\"$http_origin\"", "${http_origin}")));
}

#[test]
fn a_new_place_that_includes_an_old_fault_makes_no_new_one() {
    let snippet = "add_header Access-Control-Allow-Origin $http_origin;\nadd_header Access-Control-Allow-Credentials true;\nadd_header Vary Origin;\n";
    let site = |names: &[&str]| {
        let location =
            |name: &&str| format!("    location {name} {{\n        include cors.conf;\n        root /srv;\n    }}\n");
        format!("server {{\n    listen 80;\n{}}}\n", names.iter().map(location).collect::<String>())
    };
    let folder = Folder::new().with("cors.conf", snippet).with("site.conf", site(&["/a/"]));
    assert!(folder.run(WRITE).err.starts_with("1 finding written"));
    let folder = folder.with("site.conf", site(&["/a/", "/b/"]));
    let run = folder.run(HEED);
    assert!(run.code == Some(0) && run.out.ends_with("(1 suppressed)\n"), "{run:?}");
}

#[test]
fn of_two_that_are_alike_one_may_go() {
    let twin = ECHO.replace("80", "8080");
    let folder = Folder::new().with("site.conf", format!("{ECHO}{twin}"));
    assert!(folder.run(WRITE).err.starts_with("2 findings written"));
    let folder = folder.with("site.conf", twin);
    let run = folder.run(HEED);
    assert_eq!(run.code, Some(0));
    assert!(
        run.out.contains("1 entry is stale, its finding is gone: unvalidated-origin-echo in site.conf; "),
        "{run:?}"
    );
}

#[test]
fn a_baseline_knows_its_files_from_wherever_it_is_asked() {
    let folder = Folder::new().with("deploy/conf/site.conf", ECHO).with("other/x.conf", "server {\n}\n");
    let run = folder.run(&["--write-baseline", "deploy/known.json", "deploy"]);
    assert_eq!(run.code, Some(0));
    assert_eq!(baseline(&folder, "deploy/known.json")["entries"][0]["file"], "conf/site.conf");
    let within = |path: &str, arguments: &[&str]| {
        let mut command = folder.command(arguments);
        command.current_dir(folder.0.join(path));
        Run::of(&command.output().expect("the program starts"))
    };
    for (path, arguments) in [
        (".", ["--baseline", "deploy/known.json", "deploy/conf/site.conf"]),
        ("deploy", ["--baseline", "known.json", "."]),
        ("deploy/conf", ["--baseline", "../known.json", "site.conf"]),
        ("other", ["--baseline", "../deploy/known.json", "../deploy"]),
    ] {
        let run = within(path, &arguments);
        assert!(run.code == Some(0) && run.out.ends_with("(1 suppressed)\n") && !run.out.contains("stale"), "{run:?}");
    }
    let stdin = ["--stdin-filename", "deploy/conf/site.conf", "--baseline", "deploy/known.json", "-"];
    assert_eq!(folder.run_with_input(&stdin, ECHO).code, Some(0));
    let outside = within("deploy", &["--write-baseline", "../other/known.json", "."]);
    assert_eq!(outside.code, Some(0));
    assert_eq!(baseline(&folder, "other/known.json")["entries"][0]["file"], "../deploy/conf/site.conf");
}

#[test]
fn a_part_of_the_tree_says_nothing_of_the_rest() {
    let folder = Folder::new().with("a.conf", ECHO).with("b.conf", ECHO.replace("api", "b"));
    assert!(folder.run(WRITE).err.starts_with("2 findings written"));
    let whole = fs::read(folder.0.join("known.json")).expect("is there");
    for arguments in [&["a.conf"][..], &[".", "--skip", "unvalidated-origin-echo"]] {
        let run = folder.run(&[&["--baseline", "known.json"], arguments].concat());
        assert!(run.code == Some(0) && !run.out.contains("stale"), "{run:?}");
        folder.run(&[&["--write-baseline", "known.json"], arguments].concat());
        assert_eq!(fs::read(folder.0.join("known.json")).expect("is there"), whole, "{arguments:?}");
    }
    // What an include that is not there may mend is not gone.
    let folder = folder.with(
        "a.conf",
        ECHO.replacen("add_header 'Access-Control-Allow-Origin' \"$http_origin\" always;", "include cors.conf;", 1),
    );
    let run = folder.run(HEED);
    assert!(!run.out.contains("stale"), "{run:?}");
    fs::remove_file(folder.0.join("b.conf")).expect("is there");
    let run = folder.run(&["--baseline", "known.json", "a.conf"]);
    assert!(run.out.contains("1 entry is stale, its finding is gone: unvalidated-origin-echo in b.conf; "), "{run:?}");
}

#[test]
fn a_reason_that_somebody_wrote_is_kept() {
    let folder = Folder::new().with("a.conf", ECHO).with("b.conf", ECHO);
    folder.run(WRITE);
    let text = fs::read_to_string(folder.0.join("known.json")).expect("is there");
    let explained = text.replacen("\"message\"", "\"reason\": \"until March\",\n      \"message\"", 1);
    let folder = folder.with("known.json", explained).with("c.conf", ECHO);
    assert_eq!(folder.run(WRITE).code, Some(0));
    let written = baseline(&folder, "known.json");
    let reasons: Vec<&Value> =
        written["entries"].as_array().into_iter().flatten().map(|entry| &entry["reason"]).collect();
    assert_eq!(reasons, [&Value::from("until March"), &Value::Null, &Value::Null]);
}

#[test]
fn the_settings_may_name_the_baseline() {
    let settings = "baseline = \"../known.json\"\n";
    let folder = Folder::new().with("deploy/a.conf", ECHO).with("deploy/corslint.toml", settings);
    assert_eq!(folder.run(&["--write-baseline", "known.json", "deploy"]).code, Some(0));
    let run = folder.run(&["deploy"]);
    assert!(run.code == Some(0) && run.out.ends_with("(1 suppressed)\n"), "{run:?}");
    assert_eq!(folder.run(&["--no-config", "deploy"]).code, Some(1));
}

#[test]
fn what_is_no_baseline_is_2_and_is_not_overwritten() {
    let folder = Folder::new().with("a.conf", ECHO);
    let cases = [
        ("{\n  \"version\": 1,\n  \"entries\": [,]\n}", "line 3, column 15: is no baseline: expected value"),
        ("{\"version\": 2, \"findings\": []}", "is a baseline of version 2; this corslint reads version 1"),
        ("[]", "line 1, column "),
        ("{\"version\": 1}", "missing field `entries`"),
        ("{\"version\": 1, \"entries\": [{\"rule\": 1}]}", "invalid type: integer `1`, expected a string"),
        ("server {\n}\n", "line 1, column 1: is no baseline"),
        ("", "line 1, column 1: is no baseline"),
    ];
    for (text, message) in cases {
        let folder = Folder::new().with("a.conf", ECHO).with("known.json", text);
        for arguments in [HEED, WRITE] {
            let run = folder.run(arguments);
            assert!(
                run.code == Some(2) && run.err.starts_with("error: known.json: ") && run.err.contains(message),
                "{run:?}"
            );
            assert_eq!(fs::read_to_string(folder.0.join("known.json")).expect("is there"), text);
        }
    }
    let run = folder.run(HEED);
    assert_eq!((run.code, run.err.as_str()), (Some(2), "error: known.json: no such file or folder\n"));
    let run = folder.run(&["--write-baseline", "no/such/known.json", "."]);
    assert_eq!((run.code, run.err.as_str()), (Some(2), "error: no/such/known.json: no such file or folder\n"));
    assert_eq!(folder.run(&["--write-baseline", "x", "--baseline", "y", "."]).code, Some(2));
}

#[test]
fn a_file_that_cannot_be_parsed_stays_a_failure() {
    let folder = Folder::new().with("a.conf", ECHO).with("b.conf", "server {\n");
    let run = folder.run(WRITE);
    assert_eq!(run.code, Some(2));
    assert_eq!(baseline(&folder, "known.json")["entries"].as_array().map(Vec::len), Some(1));
    assert_eq!(folder.run(HEED).code, Some(2));
}

#[test]
fn a_comment_comes_before_the_baseline() {
    let folder = Folder::new().with("a.conf", ECHO);
    folder.run(WRITE);
    let commented = format!("# corslint: ignore-file[unvalidated-origin-echo] x\n{ECHO}");
    let folder = folder.with("a.conf", commented);
    let run = folder.run(HEED);
    assert!(run.code == Some(0) && run.out.ends_with("(1 suppressed)\n") && !run.out.contains("stale"), "{run:?}");
    assert!(folder.run(WRITE).err.starts_with("0 findings written"));
    assert_eq!(folder.run(&["--baseline", "known.json", "--no-ignores", "."]).code, Some(1));
}

#[test]
fn an_expectation_is_known_by_what_it_asks_and_goes_when_it_holds() {
    let wanted = |path: &str, method: &str, allow: bool| {
        format!(
            "[[expect]]\nallow = {allow}\nmethod = \"{method}\"\nurl = \"http://api.example.com/{path}\"\n\
             origin = \"https://a.example\"\n"
        )
    };
    let settings = |all: &[(&str, &str, bool)]| {
        all.iter().map(|(path, method, allow)| wanted(path, method, *allow)).collect::<String>()
    };
    let old = ("v0/x", "PUT", true);
    let folder = Folder::new().with("a/site.conf", locations(1)).with("corslint.toml", settings(&[old]));
    let run = folder.run(WRITE);
    assert!(run.code == Some(0) && run.err.starts_with("2 findings written"), "{run:?}");
    // Another that does not hold is new, wherever it stands.
    for new in [("v0/y", "PUT", true), ("v0/x", "DELETE", true), ("v0/x", "GET", false)] {
        let folder = Folder::new()
            .with("a/site.conf", locations(1))
            .with("corslint.toml", settings(&[new, old]))
            .with("known.json", fs::read(folder.0.join("known.json")).expect("is there"));
        let run = folder.run(&[HEED, &["--format", "json"]].concat());
        assert_eq!(findings(&run).len(), 1, "{new:?}: {run:?}");
        assert_eq!(findings(&run)[0]["range"]["start"]["line"], 2, "{new:?}");
    }
    // A part of the tree answers none of them, and what nobody asks is not gone.
    let folder = folder.with("b/site.conf", "server {\n    server_name b;\n}\n");
    for arguments in [&["b"][..], &[".", "--no-config"], &[".", "--skip", "unmet-expectation"]] {
        let run = folder.run(&[&["--baseline", "known.json"], arguments].concat());
        assert!(!run.out.contains("stale") && run.code == Some(0), "{run:?}");
    }
    for holds in ["", &settings(&[("v0/x", "PUT", false)])] {
        fs::write(folder.0.join("corslint.toml"), holds).expect("file can be written");
        let run = folder.run(HEED);
        assert!(
            run.out.contains("1 entry is stale, its finding is gone: unmet-expectation in corslint.toml"),
            "{run:?}"
        );
    }
    assert!(folder.run(WRITE).err.starts_with("1 finding written"));
}
