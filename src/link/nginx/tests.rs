use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use super::{Configuration, Context, Insides, Item, link};
use crate::link::LinkProblemKind;
use crate::parse;
use crate::source::{Source, SourceId, Sources};
use crate::syntax::directive::Tree;

struct Files {
    sources: Sources,
    trees: BTreeMap<SourceId, Tree>,
}

fn files<'f>(texts: impl IntoIterator<Item = (&'f str, &'f str)>) -> Files {
    let mut files = Files { sources: Sources::default(), trees: BTreeMap::new() };
    for (name, text) in texts {
        let id = files.sources.add(Source::new(PathBuf::from(name), name.to_owned(), text.to_owned()));
        files.trees.insert(id, parse::nginx::parse(text));
    }
    files
}

impl Files {
    fn link(&self) -> Vec<Configuration<'_>> {
        link(&self.sources, &self.trees, &Insides::new())
    }

    /// One line a configuration: `Context: file file | items | neighbours | problems`.
    fn show(&self) -> Vec<String> {
        self.link().iter().map(|configuration| self.show_one(configuration)).collect()
    }

    fn show_one(&self, configuration: &Configuration<'_>) -> String {
        let mut line = format!("{:?}:", configuration.context);
        for &file in &configuration.files {
            write!(line, " {}", self.sources.get(file).name).expect("writing to a string does not fail");
        }
        line += " |";
        show_items(&configuration.items, &mut line);
        if !configuration.neighbours.is_empty() {
            line += " | near";
            show_items(&configuration.neighbours, &mut line);
        }
        for problem in &configuration.problems {
            let place = self.sources.slice(problem.location);
            write!(line, " | {:?} {place}", problem.kind).expect("writing to a string does not fail");
        }
        line
    }
}

fn show_items(items: &[Item<'_>], line: &mut String) {
    for item in items {
        for word in std::iter::once(&item.directive.name).chain(&item.directive.arguments) {
            *line += " ";
            *line += &word.value;
        }
        if item.directive.body.is_some() {
            *line += " {";
            show_items(&item.children, line);
            *line += " }";
        }
        *line += ";";
    }
}

fn check(texts: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(files(texts.iter().copied()).show(), expected, "{texts:?}");
}

#[test]
fn includes_are_replaced_by_what_they_name() {
    check(
        &[
            ("nginx.conf", "events {} http { include conf.d/*.conf; include mime.types; a; }"),
            ("conf.d/b.conf", "server { include snippets/x; }"),
            ("conf.d/a.conf", "map $x $y { include y.map; }"),
            ("conf.d/.hidden.conf", "b;"),
            ("conf.d/c.conf.bak", "c;"),
            ("conf.d/deep/d.conf", "d;"),
            ("snippets/x", "e; f;"),
            ("y.map", "k v;"),
        ],
        &[
            "Other: conf.d/.hidden.conf | b;",
            "Other: conf.d/c.conf.bak | c;",
            "Other: conf.d/deep/d.conf | d;",
            "Main: nginx.conf conf.d/a.conf y.map conf.d/b.conf snippets/x | events {}; \
             http { map $x $y { k v; }; server { e; f; }; include mime.types; a; };"
                .replace("{}", "{ }")
                .as_str(),
        ],
    );
}

#[test]
fn relative_paths_are_sought_from_the_root_then_from_the_file_then_above_it() {
    let snippet = |place: &'static str| (place, "found;");
    for (places, expected) in [
        (&["r/s/x.conf", "r/c/s/x.conf", "s/x.conf"][..], "r/s/x.conf"),
        (&["r/c/s/x.conf", "s/x.conf"], "r/c/s/x.conf"),
        (&["s/x.conf", "q/s/x.conf"], "s/x.conf"),
        (&["q/s/x.conf", "r/x.conf"], "q/s/x.conf"),
        (&["q/x.conf"], "q/x.conf"),
    ] {
        let mut texts = vec![("r/nginx.conf", "http { include c/a.conf; }"), ("r/c/a.conf", "include s/x.conf;")];
        texts.extend(places.iter().map(|place| snippet(place)));
        let files = files(texts);
        let linked = files.link();
        let main = linked.iter().find(|c| c.context == Context::Main).expect("nginx.conf is a root");
        let names: Vec<_> = main.files.iter().map(|&id| files.sources.get(id).name.as_str()).collect();
        assert_eq!(names, ["r/nginx.conf", "r/c/a.conf", expected], "{places:?}");
    }
}

#[test]
fn absolute_paths_are_sought_by_their_end() {
    for (include, place, found) in [
        ("/etc/nginx/conf.d/*.conf", "deploy/nginx/conf.d/a.conf", true),
        ("/etc/nginx/conf.d/*.conf", "deploy/conf.d/a.conf", true),
        ("/etc/nginx/conf.d/*.conf", "deploy/a.conf", false),
        ("/etc/nginx/*.conf", "a.conf", false),
        ("/etc/nginx/*/a.conf", "b/a.conf", false),
        ("/etc/nginx/sites/*/a.conf", "sites/b/a.conf", true),
        ("/etc/nginx/cors.conf", "x/cors.conf", true),
        ("/etc/nginx/[ab].conf", "x/a.conf", false),
        ("/etc/nginx/s/[ab]?.conf", "x/s/bc.conf", true),
        ("/etc/nginx/s/[.conf", "x/s/[.conf", true),
        ("/etc/nginx/s/**.conf", "x/s/a.conf", true),
        ("/etc/nginx/s/**/a.conf", "x/s/t/u/a.conf", false),
        ("/../../x.conf", "d/x.conf", true),
        ("..", "d/x.conf", false),
    ] {
        let main = format!("http {{ include {include}; }}");
        let files = files([("nginx.conf", main.as_str()), (place, "z;")]);
        let read = files.link().iter().any(|configuration| configuration.files.len() == 2);
        assert_eq!(read, found, "{include} {place}");
    }
}

#[test]
fn the_nearest_place_is_taken_and_of_two_equally_near_neither() {
    let text = "http { include /etc/nginx/cors.conf; include /etc/nginx/conf.d/*.conf; }";
    check(
        &[("a/nginx.conf", text), ("a/x/cors.conf", "one;"), ("b/cors.conf", "two;"), ("a/conf.d/a.conf", "three;")],
        &["Main: a/nginx.conf a/x/cors.conf a/conf.d/a.conf | http { one; three; };", "Other: b/cors.conf | two;"],
    );
    check(
        &[
            ("nginx.conf", text),
            ("a/cors.conf", "one;"),
            ("b/cors.conf", "two;"),
            ("a/conf.d/x.conf", "x;"),
            ("b/conf.d/x.conf", "y;"),
        ],
        &[
            "Other: a/conf.d/x.conf | x;",
            "Other: a/cors.conf | one;",
            "Other: b/conf.d/x.conf | y;",
            "Other: b/cors.conf | two;",
            "Main: nginx.conf | http { include /etc/nginx/cors.conf; include /etc/nginx/conf.d/*.conf; }; \
             | UnresolvedInclude /etc/nginx/cors.conf",
        ],
    );
}

#[test]
fn what_cannot_be_found_is_a_problem_unless_it_is_stock_or_a_pattern() {
    check(
        &[(
            "nginx.conf",
            "http { include mime.types; include x/*; include fastcgi.conf; include 'lost.conf'; include a b; }",
        )],
        &[
            "Main: nginx.conf | http { include mime.types; include x/*; include fastcgi.conf; include lost.conf; include a b; }; \
           | UnresolvedInclude 'lost.conf'",
        ],
    );
}

#[test]
fn servers_and_maps_of_a_folder_belong_together_and_fragments_stand_alone() {
    check(
        &[
            ("d/b.conf", "server { location / { include cors.inc; } }"),
            ("d/a.conf", "map $http_origin $cors { default 0; }"),
            ("d/cors.inc", "add_header A $cors;"),
            ("d/alone.inc", "add_header A b; if ($x) { return 204; }"),
            ("d/location.inc", "location / { }"),
            ("d/backend.inc", "server 10.0.0.1:80;"),
            ("d/map.inc", "https://a 1;"),
            ("d/main.inc", "worker_processes 1;"),
            ("d/empty.conf", "# nothing\n"),
            ("e/a.conf", "server { }"),
        ],
        &[
            "Http: d/a.conf d/b.conf d/cors.inc | map $http_origin $cors { default 0; }; server { location / { add_header A $cors; }; };",
            "Location: d/alone.inc | add_header A b; if ($x) { return 204; };",
            "Upstream: d/backend.inc | server 10.0.0.1:80;",
            "Server: d/location.inc | location / { };",
            "Main: d/main.inc | worker_processes 1;",
            "Other: d/map.inc | https://a 1;",
            "Http: e/a.conf | server { };",
        ],
    );
}

#[test]
fn a_whole_configuration_that_another_includes_is_no_root() {
    check(
        &[
            ("nginx.conf", "events { } include http.conf;"),
            ("http.conf", "http { a; }"),
            ("z/nginx.conf", "http { b; }"),
        ],
        &["Main: nginx.conf http.conf | events { }; http { a; };", "Main: z/nginx.conf | http { b; };"],
    );
}

#[test]
fn definitions_are_found_in_other_folders_nearest_first() {
    check(
        &[
            ("a/b/site.conf", "server { add_header A $cors$own$unknown; proxy_pass http://api/x; }"),
            ("a/b/own.conf", "map $x $own { }"),
            ("a/maps.conf", "map $origin_ok $cors { }"),
            ("z/maps.conf", "map $y $cors { } map $y $own { } geo $origin_ok { } map $y $other { } upstream api { }"),
            ("whole/nginx.conf", "http { map $x $unknown { } map $x $cors { } }"),
            ("whole2/nginx.conf", "http { add_header A $unknown; }"),
            ("q/fragment.conf", "add_header A \"${cors}x\";"),
        ],
        &[
            "Http: a/b/own.conf a/b/site.conf | map $x $own { }; \
             server { add_header A $cors$own$unknown; proxy_pass http://api/x; }; \
             | near map $origin_ok $cors { }; geo $origin_ok { }; upstream api { }; map $x $unknown { };",
            "Http: a/maps.conf | map $origin_ok $cors { }; | near geo $origin_ok { };",
            "Location: q/fragment.conf | add_header A ${cors}x; | near map $origin_ok $cors { }; geo $origin_ok { };",
            "Main: whole/nginx.conf | http { map $x $unknown { }; map $x $cors { }; };",
            "Main: whole2/nginx.conf | http { add_header A $unknown; };",
            "Http: z/maps.conf | map $y $cors { }; map $y $own { }; geo $origin_ok { }; map $y $other { }; upstream api { };",
        ],
    );
}

#[test]
fn cycles_end_with_a_problem_and_lose_no_file() {
    check(
        &[
            ("nginx.conf", "http { include a.conf; }"),
            ("a.conf", "include b.conf; a;"),
            ("b.conf", "b; include a.conf;"),
        ],
        &["Main: nginx.conf a.conf b.conf | http { b; include a.conf; a; }; | IncludeCycle a.conf"],
    );
    check(
        &[("a.conf", "add_header A b; include b.conf;"), ("b.conf", "include a.conf;")],
        &["Location: a.conf b.conf | add_header A b; include a.conf; | IncludeCycle a.conf"],
    );
    check(&[("a.conf", "include a.conf;")], &["Other: a.conf | include a.conf; | IncludeCycle a.conf"]);
    check(
        &[("d/a.conf", "server { } include *.conf;")],
        &["Http: d/a.conf | server { }; include *.conf; | IncludeCycle *.conf"],
    );
}

fn names(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|n| format!("{prefix}{n:03}.conf")).collect()
}

#[test]
fn bombs_and_towers_of_includes_end_with_a_problem() {
    let count = 30;
    let names = names("f", count);
    let texts: Vec<_> = (1..=count).map(|n| format!("x; include f{n:03}.conf; include f{n:03}.conf;")).collect();
    let bomb = files(names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())));
    let linked = bomb.link();
    assert_eq!(linked.len(), 1);
    assert_eq!(linked[0].files.len(), count);
    assert!(linked[0].problems.iter().any(|problem| problem.kind == LinkProblemKind::TooLarge));
    assert!(linked[0].items.len() < 300_000);
}

#[test]
fn includes_and_blocks_nest_to_a_limit() {
    let names = names("f", 60);
    for (text, head, tail) in [(1, "", ""), (100, "a {", "}")] {
        let texts: Vec<_> =
            (1..=60).map(|n| format!("{} include f{n:03}.conf; {}", head.repeat(text), tail.repeat(text))).collect();
        let tower = files(names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())));
        let problems: Vec<_> = tower.link().iter().flat_map(|c| c.problems.clone()).collect();
        assert!(problems.iter().any(|problem| problem.kind == LinkProblemKind::TooDeep), "{problems:?}");
    }
}

#[test]
fn many_includes_are_looked_up_only_so_often() {
    let text = (0..30_000).fold(String::new(), |text, n| text + &format!("include x{n};\n"));
    let files = files([("a.conf", text.as_str())]);
    let linked = files.link();
    let too_large = linked[0].problems.iter().filter(|problem| problem.kind == LinkProblemKind::TooLarge).count();
    assert_eq!((linked[0].items.len(), too_large), (30_000, 1));
}
