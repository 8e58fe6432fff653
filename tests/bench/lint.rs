//! How long it takes, and how that grows: `cargo bench`.
//!
//! Each tree is of a kind that people have, and large; what is measured is everything from the paths to the report.

#[path = "../support/folder.rs"]
mod folder;

use std::fmt::Write as _;
use std::slice;

use corslint::report::{Detail, FORMATS, Look, Report};
use corslint::{Options, lint};
use divan::Bencher;

use folder::Folder;

fn main() {
    divan::main();
}

fn run(folder: &Folder) -> Report {
    lint(slice::from_ref(&folder.0), &Options::default())
}

/// nginx: so many servers, each with a fault in one of its two locations.
#[divan::bench(args = [10, 100, 1_000], sample_count = 10)]
fn nginx_servers(bencher: Bencher<'_, '_>, servers: usize) {
    let mut text = String::new();
    for number in 0..servers {
        let _ = writeln!(
            text,
            "server {{\n  listen 80;\n  server_name s{number}.example.com;\n  location / {{ root /srv; }}\n  location /api/ {{\n    \
             add_header Access-Control-Allow-Origin $http_origin always;\n    proxy_pass http://app;\n  }}\n}}"
        );
    }
    let folder = Folder::new().with("sites.conf", text);
    bencher.bench_local(|| run(&folder));
}

/// nginx: so many locations that include one snippet with a map behind it.
#[divan::bench(args = [10, 100, 500], sample_count = 10)]
fn nginx_locations_with_a_snippet(bencher: Bencher<'_, '_>, locations: usize) {
    let map = "map $http_origin $cors { default ''; '~^https://[a-z]+.example.com$' $http_origin; }\n";
    let mut text = format!("{map}server {{\n");
    for number in 0..locations {
        let _ = writeln!(text, "location /l{number}/ {{ include cors.inc; proxy_pass http://app; }}");
    }
    text.push_str("}\n");
    let snippet = "add_header Access-Control-Allow-Origin $cors;\nadd_header Access-Control-Allow-Credentials true;\n";
    let folder = Folder::new().with("site.conf", text).with("cors.inc", snippet);
    bencher.bench_local(|| run(&folder));
}

/// Apache httpd: so many virtual hosts.
#[divan::bench(args = [10, 100], sample_count = 10)]
fn apache_hosts(bencher: Bencher<'_, '_>, hosts: usize) {
    let mut text = String::new();
    for number in 0..hosts {
        let _ = writeln!(
            text,
            "<VirtualHost *:80>\n  ServerName h{number}.example.com\n  SetEnvIf Origin ^(.*)$ O=$1\n  Header always set \
             Access-Control-Allow-Origin %{{O}}e env=O\n  ProxyPass /api/ http://app/\n</VirtualHost>"
        );
    }
    let folder = Folder::new().with("sites.conf", text);
    bencher.bench_local(|| run(&folder));
}

fn application(routes: usize) -> String {
    let mut text = "const express = require('express');\nconst cors = require('cors');\nconst app = express();\n\
                    app.use(cors({ origin: /example\\.com$/, credentials: true }));\n"
        .to_owned();
    for number in 0..routes {
        let _ = writeln!(text, "app.get('/r{number}/:id', (req, res) => res.json({{}}));");
    }
    text.push_str("app.listen(3000);\n");
    text
}

/// Express: so many routes.
#[divan::bench(args = [10, 100, 500], sample_count = 10)]
fn express_routes(bencher: Bencher<'_, '_>, routes: usize) {
    let folder = Folder::new().with("server.js", application(routes));
    bencher.bench_local(|| run(&folder));
}

/// nginx with so many locations in front of an application with as many routes.
#[divan::bench(args = [10, 100], sample_count = 10)]
fn nginx_before_express(bencher: Bencher<'_, '_>, locations: usize) {
    let mut text = "server {\n".to_owned();
    for number in 0..locations {
        let _ = writeln!(text, "location /r{number}/ {{ proxy_pass http://127.0.0.1:3000; }}");
    }
    text.push_str("}\n");
    let folder = Folder::new().with("site.conf", text).with("server.js", application(locations));
    bencher.bench_local(|| run(&folder));
}

/// Every format with a thousand findings.
#[divan::bench(args = FORMATS.iter().map(|format| format.name), sample_count = 10)]
fn format(bencher: Bencher<'_, '_>, name: &str) {
    let mut text = "server {\n".to_owned();
    for number in 0..1_000 {
        let _ =
            writeln!(text, "location /l{number}/ {{ add_header Access-Control-Allow-Origin $http_origin always; }}");
    }
    text.push_str("}\n");
    let report = run(&Folder::new().with("site.conf", text));
    let format = FORMATS.iter().find(|format| format.name == name).expect("is one of them");
    let look = Look {
        color: false,
        unicode: true,
        detail: Detail::Normal,
        statistics: false,
        category: "corslint".to_owned(),
        inputs: Vec::new(),
    };
    bencher.bench_local(|| {
        let mut bytes = Vec::new();
        (format.write)(&report, &look, &mut bytes).expect("a vector takes everything");
        bytes
    });
}
