//! What is found, as it is written and as it counts.

use serde_json::json;

use crate::harness::Folder;

/// Gives `unvalidated-origin-echo` with credentials, an error, and nothing else.
pub(crate) const ECHO: &str = r#"server {
    listen 80;
    server_name api.example.com;

    location /api/ {
        add_header 'Access-Control-Allow-Origin' "$http_origin" always;
        add_header 'Access-Control-Allow-Credentials' 'true' always;
        add_header 'Access-Control-Allow-Methods' 'GET, POST, PUT, DELETE' always;
        add_header 'Access-Control-Allow-Headers' 'Authorization, Content-Type' always;
        add_header 'Vary' 'Origin' always;

        if ($request_method = 'OPTIONS') {
            return 204;
        }
        proxy_pass http://backend:3000;
    }
}
"#;

/// The same for Apache httpd: gives `unvalidated-origin-echo` and nothing else.
pub(crate) const APACHE_ECHO: &str = r#"SetEnvIf Origin "^(.+)$" CORS_ORIGIN=$1
Header always set   Access-Control-Allow-Origin      "%{CORS_ORIGIN}e" env=CORS_ORIGIN
Header always set   Access-Control-Allow-Credentials "true"
Header always merge Vary                             Origin
"#;

#[test]
fn help_speaks_of_the_server_that_the_file_is_for() {
    let folder = Folder::new().with("nginx/api.conf", ECHO).with("www/.htaccess", APACHE_ECHO);
    let run = folder.run(&["--format", "json", "."]);
    let json = run.json();
    let told = |index: usize| {
        let finding = &json["findings"][index];
        assert_eq!(finding["rule"], "unvalidated-origin-echo", "{run:?}");
        (finding["file"].as_str(), finding["help"].as_str().expect("is a text"))
    };
    let (nginx, apache) = (told(0), told(1));
    assert_eq!((nginx.0, apache.0), (Some("nginx/api.conf"), Some("www/.htaccess")));
    assert!(nginx.1.contains("map $http_origin") && !nginx.1.contains("SetEnvIf"), "{}", nginx.1);
    assert!(apache.1.contains("SetEnvIf") && !apache.1.contains("map $http_origin"), "{}", apache.1);
}

#[test]
fn the_exit_code_is_the_same_for_every_format() {
    // The same without credentials is a warning.
    let public = ECHO.replace("        add_header 'Access-Control-Allow-Credentials' 'true' always;\n", "");
    let folder = Folder::new().with("error.conf", ECHO).with("warning.conf", public).with("bad.conf", "server {\n");
    for format in ["text", "json"] {
        for (file, threshold, code) in [
            ("error.conf", "warning", 1),
            ("error.conf", "error", 1),
            ("error.conf", "never", 0),
            ("warning.conf", "warning", 1),
            ("warning.conf", "error", 0),
            ("bad.conf", "error", 2),
            ("bad.conf", "never", 2),
        ] {
            let run = folder.run(&["--format", format, "--fail-on", threshold, file]);
            assert_eq!(run.code, Some(code), "{format} {file} {threshold}: {run:?}");
        }
    }
    let run = folder.run(&["--min-severity", "error", "--format", "json", "warning.conf"]);
    assert_eq!((run.code, &run.json()["findings"]), (Some(0), &json!([])));
    let bad = folder.run(&["--format", "json", "bad.conf"]).json();
    assert_eq!((&bad["findings"][0]["rule"], &bad["errors"]), (&json!("syntax-error"), &json!([])));
}

#[test]
fn a_finding_is_told_with_its_proof() {
    let folder = Folder::new().with("deploy/api.conf", ECHO);
    let run = folder.run(&["deploy"]);
    assert!(run.out.starts_with("error[unvalidated-origin-echo]: "), "{}", run.out);
    for part in [
        "[deploy/api.conf:6:50]",
        "https://evil.example",
        "with the user's cookies",
        "rules/README.md#unvalidated-origin-echo",
        ": 1 error, 0 warnings, 0 infos\n",
    ] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    let finding = &folder.run(&["--format", "json", "deploy"]).json()["findings"][0];
    assert_eq!(finding["range"]["start"], json!({"line": 6, "column": 50, "offset": 128}));
    assert_eq!(finding["evidence"][0]["verdict"], json!({"allowed": true, "credentials": true, "reason": null}));
}

#[test]
fn rules_can_be_chosen() {
    let folder = Folder::new().with("api.conf", ECHO);
    let rules = |arguments: &[&str]| {
        let found = folder.run(&[&["--format", "json", "."], arguments].concat()).json();
        let findings = found["findings"].as_array().expect("is a list").clone();
        findings.iter().filter_map(|finding| finding["rule"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(rules(&[]), ["unvalidated-origin-echo"]);
    assert_eq!(rules(&["--rule", "missing-vary"]), [""; 0]);
    assert_eq!(rules(&["--skip", "unvalidated-origin-echo"]), [""; 0]);
    assert_eq!(rules(&["--rule", "unvalidated-origin-echo,missing-vary"]), ["unvalidated-origin-echo"]);
}

#[test]
fn a_file_read_from_standard_input_gives_what_the_file_gives() {
    let folder = Folder::new().with("api.conf", ECHO);
    let file = folder.run(&["--format", "json", "api.conf"]);
    let stdin = folder.run_with_input(&["--format", "json", "--stdin-filename", "api.conf", "-"], ECHO);
    assert_eq!((file.code, file.out), (stdin.code, stdin.out));
}

#[test]
fn the_demo_has_the_seven_faults_that_the_readme_promises() {
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/demo");
    let run = Folder::new().run(&["--format", "json", demo]);
    let found = run.json();
    let mut rules: Vec<&str> =
        found["findings"].as_array().into_iter().flatten().filter_map(|finding| finding["rule"].as_str()).collect();
    rules.sort_unstable();
    let promised = [
        "duplicate-allow-origin",
        "missing-always",
        "missing-options-handling",
        "missing-vary",
        "unvalidated-origin-echo",
        "weak-origin-validation",
        "wildcard-with-credentials",
    ];
    assert_eq!((run.code, rules.as_slice()), (Some(1), &promised[..]));
}
