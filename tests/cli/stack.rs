//! Servers in front of applications of the same tree. What is said here was asked of a real nginx and a real httpd before
//! a real Express.

use serde_json::Value;

use crate::harness::Folder;

/// An application that lets one origin in and listens on port 3000.
const APP: &str = "
const express = require('express');
const cors = require('cors');
const app = express();
app.use(cors({ origin: ['https://shop.example'], credentials: true }));
app.get('/users', (req, res) => res.json([]));
app.put('/users/:id', (req, res) => res.json({}));
app.listen(process.env.PORT || 3000);
";

const WRITES_TOO: &str = "add_header Access-Control-Allow-Origin https://shop.example always;";

fn nginx(target: &str, more: &str) -> String {
    format!("server {{\n  listen 80;\n  location /api/ {{\n    {more}\n    proxy_pass {target};\n  }}\n}}\n")
}

/// Rule, file and files of labels of each finding.
fn found(folder: &Folder) -> Vec<(String, String, Vec<String>)> {
    let json = folder.run(&["--format", "json", "--fail-on", "never", "."]).json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let labels = |finding: &Value| {
        let labels = finding["labels"].as_array().map(Vec::as_slice).unwrap_or_default();
        labels.iter().map(|label| text(&label["file"])).collect()
    };
    let findings = json["findings"].as_array().expect("is a list").iter();
    findings.map(|finding| (text(&finding["rule"]), text(&finding["file"]), labels(finding))).collect()
}

fn is_doubled(folder: &Folder) -> bool {
    let doubled = ("duplicate-allow-origin".to_owned(), "site.conf".to_owned(), vec!["api/server.js".to_owned()]);
    let found = found(folder);
    assert!(found.is_empty() || found == [doubled] || found[0].0 == "missing-options-handling", "{found:?}");
    found.first().is_some_and(|(rule, ..)| rule == "duplicate-allow-origin")
}

#[test]
fn a_header_that_both_write_is_doubled_where_the_address_means_the_application() {
    let tree = |target: &str| Folder::new().with("site.conf", nginx(target, WRITES_TOO)).with("api/server.js", APP);
    for target in ["http://127.0.0.1:3000/", "http://localhost:3000", "http://api:3000/"] {
        assert!(is_doubled(&tree(target)), "{target}");
    }
    for target in
        ["http://127.0.0.1:3001/", "http://grafana:3000/", "http://api/", "http://$host:3000/", "http://unix:/x"]
    {
        assert!(!is_doubled(&tree(target)), "{target}");
    }
}

#[test]
fn a_compose_file_tells_which_application_a_host_is() {
    let with = |target: &str, compose: &str| {
        let folder = Folder::new().with("site.conf", nginx(target, WRITES_TOO)).with("api/server.js", APP);
        is_doubled(&folder.with("docker-compose.yml", compose))
    };
    assert!(with("http://backend:3000/", "services: {backend: {build: ./api}}"));
    assert!(with("http://backend:4000/", "services: {backend: {build: {context: api}, environment: {PORT: 4000}}}"));
    assert!(with("http://localhost:8080/", "services: {backend: {build: api, ports: ['8080:3000']}}"));
    // Another image, another folder, another port, or a file that says nothing.
    assert!(!with("http://api:3000/", "services: {api: {image: grafana}}"));
    assert!(!with("http://backend:3000/", "services: {backend: {build: ./other}}"));
    assert!(!with("http://backend:4000/", "services: {backend: {build: ./api}}"));
    assert!(!with("http://backend:3000/", "services: [backend"));
}

#[test]
fn of_several_images_from_one_folder_each_is_another_application() {
    let compose = "services: {web: {build: {context: ., dockerfile: web/Dockerfile}},
        api: {build: {context: ., dockerfile: api/Dockerfile}}}";
    let tree = |target: &str| {
        let folder = Folder::new().with("site.conf", nginx(target, WRITES_TOO)).with("api/server.js", APP);
        folder.with("compose.yaml", compose)
    };
    assert!(is_doubled(&tree("http://api:3000/")));
    assert!(is_doubled(&tree("http://api:3000/").with("web/server.js", APP)));
    assert!(!is_doubled(&tree("http://web:3000/")));
    // The same service for development and for production.
    let stages = tree("http://back:3000/").with("compose.yaml", "services: {back: {build: {context: ., target: dev}}}");
    assert!(is_doubled(&stages.with("compose.prod.yaml", "services: {back: {build: {context: ., target: prod}}}")));
}

#[test]
fn a_service_is_that_of_its_own_project() {
    let tree = |own: &str| {
        let api = "services: {api: {build: ./api}}";
        let folder = Folder::new().with("one/api/server.js", APP).with("one/compose.yaml", api);
        folder.with("two/compose.yaml", own).with("two/site.conf", nginx("http://api:3000/", WRITES_TOO))
    };
    let doubled = |folder: &Folder| found(folder).iter().any(|(rule, ..)| rule == "duplicate-allow-origin");
    assert!(!doubled(&tree("services: {api: {image: api}}")));
    // Through a network that they share.
    assert!(doubled(&tree("services: {proxy: {image: nginx}}")));
    assert!(doubled(&tree("services: {api: {build: api}}").with("two/api/server.js", APP)));
}

#[test]
fn a_program_beside_what_an_image_is_for_is_not_meant() {
    let app = APP.replace("process.env.PORT || 3000", "process.env.PORT");
    let with = |compose: &str, package: &str| {
        let folder = Folder::new().with("site.conf", nginx("http://web:8000/", WRITES_TOO)).with(package, "{}");
        is_doubled(&folder.with("api/server.js", app.as_str()).with("compose.yaml", compose))
    };
    assert!(!with("services: {web: {build: .}}", "api/package.json"));
    assert!(with("services: {web: {build: .}}", "package.json"));
    assert!(with("services: {web: {build: api}}", "api/package.json"));
    assert!(with("{x-all: &all {build: api}, services: {web: {<<: *all}}}", "api/package.json"));
}

#[test]
fn nothing_is_claimed_where_two_applications_may_be_meant() {
    let folder = Folder::new()
        .with("site.conf", nginx("http://localhost:3000/", WRITES_TOO))
        .with("api/server.js", APP)
        .with("other/server.js", APP);
    assert!(!is_doubled(&folder));
    let folder = folder.with("compose.yaml", "services: {api: {build: api, ports: ['3000:3000']}}");
    assert!(is_doubled(&folder));
}

#[test]
fn a_link_says_which_application_is_meant() {
    let folder = Folder::new()
        .with("site.conf", nginx("http://backend.internal/", WRITES_TOO))
        .with("api/server.js", APP)
        .with("other/server.js", APP);
    assert!(!is_doubled(&folder));
    assert!(is_doubled(&folder.with("corslint.toml", "[[link]]\nfrom = \"http://backend.internal\"\nto = \"api\"\n")));
}

#[test]
fn what_is_joined_is_told() {
    let folder = Folder::new().with("site.conf", nginx("http://api:3000/", WRITES_TOO)).with("api/server.js", APP);
    let note = "note: api:3000 of site.conf is taken to be the application of api/server.js\n";
    assert!(folder.run(&["-v", "."]).out.contains(note));
    assert!(!folder.run(&["."]).out.contains(note));
}

#[test]
fn a_preflight_that_the_application_answers_is_answered() {
    let nothing: [(String, String, Vec<String>); 0] = [];
    let plain = Folder::new().with("site.conf", nginx("http://api:3000/", "")).with("api/server.js", APP);
    assert_eq!(found(&plain), nothing);
    let own =
        "proxy_hide_header Access-Control-Allow-Origin; add_header Access-Control-Allow-Origin https://shop.example;";
    let hidden = Folder::new().with("site.conf", nginx("http://api:3000/", own)).with("api/server.js", APP);
    let rules: Vec<_> = found(&hidden).into_iter().map(|(rule, ..)| rule).collect();
    assert_eq!(rules, ["missing-always"]);
}

#[test]
fn a_login_in_front_of_the_application_keeps_its_preflights_out() {
    let login = "auth_basic inside; auth_basic_user_file /etc/users;";
    let folder = Folder::new().with("site.conf", nginx("http://api:3000/", login)).with("api/server.js", APP);
    let told = |rule: &str| (rule.to_owned(), "site.conf".to_owned(), vec!["api/server.js".to_owned()]);
    assert_eq!(found(&folder), [told("missing-always"), told("preflight-requires-auth")]);
}

#[test]
fn what_the_server_in_front_mends_is_no_fault_of_the_application() {
    let app = "
const app = require('express')();
app.use((req, res, next) => { res.set('Access-Control-Allow-Origin', 'https://shop.example'); next(); });
app.get('/users', (req, res) => res.json([]));
app.put('/users/:id', (req, res) => res.json({}));
app.listen(3000);
";
    let preflight = "if ($request_method = OPTIONS) {
      add_header Access-Control-Allow-Origin https://shop.example;
      add_header Access-Control-Allow-Methods 'GET, PUT';
      add_header Access-Control-Allow-Headers content-type;
      return 204;
    }";
    let alone = Folder::new().with("api/server.js", app);
    assert!(!found(&alone).is_empty());
    let behind = alone.with("site.conf", nginx("http://api:3000/", preflight));
    assert_eq!(found(&behind), []);
    // What another site makes of it is not known.
    let lua = "access_by_lua_block { x }\n    proxy_set_header X-A $lua_thing;";
    let both = [nginx("http://api:3000/", preflight), nginx("http://api:3000/", lua)].concat();
    let both = both.replacen("listen 80", "server_name a.example; listen 80", 1);
    let told = found(&behind.with("site.conf", both));
    assert!(!told.is_empty() && told.iter().all(|(_, file, _)| file == "api/server.js"), "{told:?}");
}

#[test]
fn what_the_server_in_front_adds_beside_does_not_mend() {
    let routes =
        ["/a", "/b", "/c", "/d"].map(|path| format!("app.get('{path}', (req, res) => res.json([]));\n")).concat();
    let app = format!(
        "const app = require('express')();
const cors = require('cors');
{routes}app.get('/me', cors({{ origin: true, credentials: true }}), (req, res) => res.json({{}}));
app.listen(3000);
"
    );
    let tree = || Folder::new().with("api/server.js", app.as_str());
    let alone = found(&tree());
    assert!(!alone.is_empty());
    for more in ["", "add_header Vary Accept-Encoding;", "add_header Access-Control-Max-Age 600 always;"] {
        assert_eq!(found(&tree().with("site.conf", nginx("http://api:3000/", more))), alone, "{more}");
    }
}

#[test]
fn what_is_wrong_with_the_application_alone_is_told_once() {
    let app = "
const app = require('express')();
const cors = require('cors');
const shop = cors({ origin: 'https://shop.example', credentials: true });
app.get('/users', shop, (req, res) => res.json([]));
app.put('/users', shop, (req, res) => res.json([]));
app.listen(3000);
";
    let folder = Folder::new().with("api/server.js", app).with("site.conf", nginx("http://api:3000/", ""));
    let told: Vec<_> = found(&folder).into_iter().map(|(rule, file, _)| (rule, file)).collect();
    assert_eq!(told, [("missing-options-handling".to_owned(), "api/server.js".to_owned())]);
}

#[test]
fn what_the_server_in_front_takes_away_is_its_own_fault() {
    let hide = nginx("http://api:3000/", "proxy_hide_header Vary;");
    let folder = Folder::new().with("api/server.js", APP).with("site.conf", hide);
    let label = vec!["api/server.js".to_owned()];
    assert_eq!(found(&folder), [("missing-vary".to_owned(), "site.conf".to_owned(), label)]);
}

#[test]
fn httpd_tells_its_backend_the_host_that_was_asked_for_where_it_shall() {
    let app = "
const app = require('express')();
app.use((req, res, next) => {
  res.set('Access-Control-Allow-Origin', req.hostname === 'shop.example' ? 'https://shop.example' : '*');
  next();
});
app.get('/users', (req, res) => res.json([]));
app.listen(3000);
";
    for (host, origin) in [("On", "https://shop.example"), ("Off", "*")] {
        let site = format!("ServerName shop.example\nProxyPreserveHost {host}\nProxyPass / http://127.0.0.1:3000/\n");
        let site = format!("<VirtualHost *:80>\n{site}</VirtualHost>\n");
        let folder = Folder::new().with("site.conf", site).with("server.js", app);
        let asked = "{\"kind\": \"raw\", \"method\": \"GET\", \"url\": \"http://shop.example/users\"}\n";
        let run = folder.run_with_input(&["simulate", "--in", "site.conf", "--requests", "-", "."], asked);
        assert_eq!(run.json()["response"]["headers"][0][1], origin, "{run:?}");
    }
}

#[test]
fn httpd_doubles_what_its_other_table_holds() {
    let site = |header: &str| {
        format!("<VirtualHost *:80>\n  ProxyPass /api/ http://127.0.0.1:3000/\n  {header}\n</VirtualHost>\n")
    };
    let tree = |header: &str| Folder::new().with("site.conf", site(header)).with("api/server.js", APP);
    assert!(is_doubled(&tree("Header always set Access-Control-Allow-Origin https://shop.example")));
    // What a backend sends is in the table that `Header set` writes to.
    assert!(!is_doubled(&tree("Header set Access-Control-Allow-Origin https://shop.example")));
}
