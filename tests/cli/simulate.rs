//! `corslint simulate`: a line for a line, and one fetch in words.

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

/// Asks for what a page of `https://app.example.com` fetches, in these words.
fn ask(folder: &Folder, line: &str) -> Run {
    let line: Vec<&str> =
        ["simulate", "--origin", "https://app.example.com"].into_iter().chain(line.split(' ')).collect();
    folder.run(&line)
}

/// Whether these lines follow each other, perhaps with others between them.
fn tells(run: &Run, lines: &[&str]) {
    let mut told = run.out.lines();
    for line in lines {
        assert!(told.any(|other| other == *line), "{line} is missing in\n{}", run.out);
    }
}

/// With a preflight that a login forbids, an error without Allow-Origin, and what depends on the visitor.
const SITE: &str = "server {
    listen 80;
    server_name api.example.com;

    location /locked/ {
        auth_basic api;
        add_header Access-Control-Allow-Origin https://app.example.com always;
        proxy_pass http://backend;
    }
    location /files/ {
        add_header Access-Control-Allow-Origin https://app.example.com;
        proxy_pass http://backend;
    }
    location /cut/ {
        return 444;
    }
    location /tried/ {
        add_header Access-Control-Allow-Origin $elsewhere;
        proxy_pass http://backend;
    }
}
";

#[test]
fn what_is_allowed_is_told_with_the_line_that_allows_it() {
    let folder = Folder::new().with("site.conf", ECHO);
    let run = ask(&folder, "site.conf --url /api/x --method put --header authorization --credentials");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    tells(
        &run,
        &[
            "allowed: PUT /api/x from https://app.example.com, with credentials",
            "   ╭─[site.conf:6:9]",
            " 6 │         add_header 'Access-Control-Allow-Origin' \"$http_origin\" always;",
            "   ·                                        ╰── allowed here",
            "  endpoint:  location /api/ (site.conf:5:5)",
            "  preflight: OPTIONS /api/x  Origin: https://app.example.com         (application answers 200)",
            "                             Access-Control-Request-Method: PUT",
            "                             Access-Control-Request-Headers: authorization",
            "             → 204  Access-Control-Allow-Origin: https://app.example.com",
            "             → the preflight passes; the browser goes on with PUT",
            "             → the browser lets https://app.example.com read this, with the user's cookies",
        ],
    );
    assert!(!run.out.contains("console:") && !run.out.contains('\u{1b}'), "{run:?}");
    let run = folder.run(&["simulate", "--url", "/api/x", "--origin", "null", "--color", "always"]);
    assert!(run.out.starts_with("\u{1b}[1m\u{1b}[32mallowed\u{1b}[0m: "), "{run:?}");
    tells(&run, &["             → the browser lets null read this, with the user's cookies"]);
}

#[test]
fn what_is_refused_is_told_with_the_line_to_blame_and_in_the_words_of_the_console() {
    let folder = Folder::new().with("site.conf", SITE);
    let run = ask(&folder, ". --url /locked/x --method DELETE");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    tells(
        &run,
        &[
            "refused: DELETE /locked/x from https://app.example.com",
            "   ╭─[site.conf:6:9]",
            "   ·                ╰── refused here",
            "  endpoint:  location /locked/ (site.conf:5:5)",
            "             → 401  WWW-Authenticate: Basic",
            "             → the preflight fails, and the browser sends no DELETE: the answer to a preflight has to be a 2xx",
            "  console:   Access to fetch at '/locked/x' from origin 'https://app.example.com' has been blocked",
            "             by CORS policy: Response to preflight request doesn't pass access control check: It",
        ],
    );
    assert!(!run.out.contains("actual:"), "{run:?}");

    tells(&ask(&folder, ". --url /locked/x"), &["             → 401  WWW-Authenticate: Basic"]);
    tells(
        &ask(&folder, ". --url /locked/x --login"),
        &["             → 200  Access-Control-Allow-Origin: https://app.example.com"],
    );

    tells(&ask(&folder, ". --url /files/x"), &["allowed: GET /files/x from https://app.example.com"]);
    let run = ask(&folder, ". --url /files/x --answer 404");
    tells(
        &run,
        &[
            "refused: GET /files/x from https://app.example.com",
            " 11 │         add_header Access-Control-Allow-Origin https://app.example.com;",
            "    ·                                        ╰── not sent with a 404",
            "             → 404  (no CORS headers)",
        ],
    );
    let run = ask(&folder, ". --url /cut/x --format json");
    assert_eq!((&run.json()["outcome"], run.code), (&json!("no-answer"), Some(0)), "{run:?}");
    let run = ask(&folder, ". --url /cut/x");
    tells(&run, &["no answer: GET /cut/x from https://app.example.com"]);
    tells(&run, &["  console:   Failed to load resource: net::ERR_EMPTY_RESPONSE"]);
}

#[test]
fn every_place_that_has_a_part_in_it_is_shown() {
    let folder = Folder::new().with(
        "site.conf",
        "map $http_origin $cors {
    https://app.example.com $http_origin;
}
server {
    listen 80;
    location / {
        add_header Access-Control-Allow-Origin $cors;
        proxy_pass http://backend;
    }
    location /twice/ {
        add_header Access-Control-Allow-Origin $cors;
        add_header Access-Control-Allow-Origin *;
        proxy_pass http://backend;
    }
}
server {
    listen 8080;
    return 404;
}
",
    );
    tells(
        &ask(&folder, ". --url /"),
        &[
            "   ╭─[site.conf:7:9]",
            "   ·                               ╰── allowed here",
            "   ╭─[site.conf:2:5]",
            "   ·                       ╰── the value comes from here",
        ],
    );
    let run = ask(&folder, ". --url /twice/");
    assert_eq!(run.out.matches("── sent here").count(), 2, "{run:?}");
    let run = ask(&folder, ". --url /twice/ --credentials");
    assert!(run.out.starts_with("refused: ") && run.out.contains("contains multiple values"), "{run:?}");
    tells(&ask(&folder, ". --url http://localhost:8080/"), &["  endpoint:  server (site.conf:16:1)"]);
    let run = folder.run(&["simulate", "--url", "/", "--origin", "https://evil.example"]);
    assert!(run.out.contains("── nothing is sent for this origin"), "{run:?}");
    let input = "location / { add_header Access-Control-Allow-Origin *; proxy_pass http://backend; }";
    let run = folder.run_with_input(&["simulate", "-", "--url", "/", "--origin", "null", "--credentials"], input);
    assert!(run.out.contains("── `*` is not for requests with credentials"), "{run:?}");
}

#[test]
fn what_hangs_on_something_is_told_with_that() {
    let folder = Folder::new().with("site.conf", SITE).with(
        "app.js",
        "const app = require('express')();
         const cors = require('cors');
         app.use(cors({ origin: process.env.ORIGIN || 'https://app.example.com' }));
         app.get('/api/x', (req, res) => res.json({}));
         app.listen(3000);\n",
    );
    let run = ask(&folder, "site.conf --url /tried/x");
    tells(
        &run,
        &[
            "not known: GET /tried/x from https://app.example.com",
            "             → 200  Access-Control-Allow-Origin: (not known)",
            "  open:      Access-Control-Allow-Origin hangs on `$elsewhere`, which is set outside this",
        ],
    );
    assert!(!run.out.contains("the browser"), "{run:?}");
    tells(
        &ask(&folder, "app.js --url /api/x"),
        &[
            "allowed: GET /api/x from https://app.example.com",
            "  endpoint:  /api/x (app.js:4:10)",
            "  assuming:  it is not so that `process.env.ORIGIN` is set",
            "  otherwise: if `process.env.ORIGIN` is set: not known",
        ],
    );
    let run = ask(&folder, "app.js --url /api/x --env ORIGIN=https://other.example");
    tells(&run, &["refused: GET /api/x from https://app.example.com"]);
    assert!(run.out.contains("another origin is sent") && !run.out.contains("assuming:"), "{run:?}");
}

#[test]
fn where_nothing_answers_that_is_the_answer() {
    let folder = Folder::new().with("site.conf", ECHO).with("broken.conf", "server {\n    listen 80\n}\n");
    let run = ask(&folder, "site.conf --url https://api.example.com/api/x");
    tells(
        &run,
        &[
            "no endpoint: GET https://api.example.com/api/x from https://app.example.com",
            "  note:      Nothing that was read answers it.",
            "  help:      The URL means port 443, but `api.example.com` listens at 80: write that port, or",
        ],
    );
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let run = ask(&folder, "broken.conf --url /");
    tells(&run, &["does not start: GET / from https://app.example.com", "   ·         ╰── because of this"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let run = ask(&folder, "nowhere --url /");
    assert_eq!((run.code, run.err.as_str()), (Some(2), "error: nowhere: no such file or folder\n"));
    let run = ask(&Folder::new(), ". --url /");
    assert_eq!(run.out.lines().last(), Some("no nginx, Apache or Express configuration found in ."), "{run:?}");
}

#[test]
fn others_that_could_have_answered_are_named() {
    let named = format!("http {{ {ECHO} }}");
    let nameless = named.replace("    server_name api.example.com;\n", "");
    let other = named.replace("/api/", "/");
    let folder = Folder::new().with("a.conf", &nameless).with("b.conf", &named).with("c.conf", &other);
    let candidates = |line: &str| {
        let run = ask(&folder, &format!("{line} --format json"));
        (run.json()["endpoint"].clone(), run.json()["candidates"].clone())
    };
    let one = |endpoint: &str, file: &str| json!({"endpoint": endpoint, "file": file});
    let (a, b, c) = (one("location /api/", "a.conf"), one("location /api/", "b.conf"), one("location /", "c.conf"));
    // For a path, sites with names come first; for a host there are only those that have it.
    assert_eq!(candidates(". --url /api/x"), (json!("location /api/"), json!([c, a])));
    assert_eq!(candidates(". --url http://api.example.com/api/x"), (json!("location /api/"), json!([c])));
    assert_eq!(candidates(". --in c.conf --url http://api.example.com/api/x"), (json!("location /"), json!([b])));
    assert_eq!(candidates("a.conf --url /api/x").1, json!([]));
    // Nothing listens there.
    assert_eq!(candidates(". --url http://api.example.com:8080/api/x"), (Value::Null, json!([])));
    tells(&ask(&folder, ". --url /api/x"), &["  also:      location / could answer it (`--in c.conf`)"]);
}

#[test]
fn one_fetch_in_json_is_a_line_as_for_requests() {
    let folder = Folder::new().with("site.conf", ECHO);
    let run = ask(&folder, "site.conf --url /api/x --method PATCH --header content-type --credentials --format json");
    let request = r#"{"url": "/api/x", "origin": "https://app.example.com", "method": "PATCH", "credentials": true,
                      "headers": [["content-type", ""]]}"#;
    let (_, replies) = simulate(&folder, ".", &request.replace('\n', " "));
    assert_eq!((run.json(), run.out.lines().count()), (replies[0].clone(), 1));
}

#[test]
fn what_cannot_be_asked_is_refused_with_what_is_needed() {
    let folder = Folder::new().with("site.conf", ECHO).with("requests.jsonl", "");
    for (line, message) in [
        ("--url /api/x", "--origin <ORIGIN>"),
        ("--origin null", "<--url <URL>|--requests <FILE>>"),
        ("--url /api/x --requests requests.jsonl --origin null", "cannot be used with"),
        ("--requests requests.jsonl --method PUT", "cannot be used with"),
        ("--requests requests.jsonl --format text", "--requests is answered in JSON; --format text goes with --url"),
        ("--url api --origin null", "`api` is neither a path nor a URL"),
        ("--url /api/x --origin app.example.com", "did you mean `https://app.example.com`?"),
        ("--url /api/x --origin null --answer no", "it has to be a status or `missing`"),
        ("--url /api/x --origin null --header Host", "browsers let no page set it"),
    ] {
        let line: Vec<&str> = ["simulate"].into_iter().chain(line.split(' ')).collect();
        let run = folder.run(&line);
        assert!(run.code == Some(2) && run.out.is_empty() && run.err.contains(message), "{message}: {run:?}");
    }
}
