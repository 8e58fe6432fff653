use super::*;
use crate::parse::pattern::parse;
use crate::policy::Pattern;

/// Sample origins of a pattern; every one must match in a real engine.
fn origins(source: &str, ignore_case: bool) -> Vec<String> {
    let tree = parse(source).unwrap_or_else(|error| panic!("{source}: {}", error.message));
    let pattern = Pattern::pcre(source, ignore_case, crate::policy::UnknownId(0));
    let found = origin_samples(&tree, ignore_case);
    let (good, bad): (Vec<_>, Vec<_>) = found.into_iter().partition(|o| pattern.is_match(o).expect("runs"));
    assert!(bad.is_empty(), "{source} does not match {bad:?}");
    good
}

fn paths(source: &str) -> Vec<String> {
    let tree = parse(source).unwrap_or_else(|error| panic!("{source}: {}", error.message));
    let pattern = Pattern::pcre(source, false, crate::policy::UnknownId(0));
    let (good, bad): (Vec<_>, Vec<_>) =
        path_samples(&tree).into_iter().partition(|p| pattern.is_match(p).expect("runs"));
    assert!(bad.is_empty(), "{source} does not match {bad:?}");
    good
}

type Table = [(&'static str, &'static [&'static str])];

/// Compares every line before it complains.
fn compare(table: &Table, actual: impl Fn(&str) -> Vec<String>) {
    let wrong: Vec<_> = table
        .iter()
        .map(|(source, expected)| (source, expected, actual(source)))
        .filter(|(_, expected, actual)| actual != *expected)
        .map(|(source, expected, actual)| format!("{source}\n  expected {expected:?}\n  actual   {actual:?}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn origins_of_anchored_patterns() {
    let table: &Table = &[
        (r"^https://app\.example\.com$", &["https://app.example.com"]),
        (r"^https://(app|admin)\.example\.com$", &["https://app.example.com", "https://admin.example.com"]),
        (r"^https?://example\.com$", &["https://example.com", "http://example.com"]),
        (r"^https:\/\/dash\.example\.com$", &["https://dash.example.com"]),
        (r"^https://([a-z0-9-]+\.)?example\.com$", &["https://app.example.com", "https://example.com"]),
        (r"^https://[a-z0-9-]+\.example\.com$", &["https://app.example.com"]),
        (r"^https://.*\.example\.com$", &["https://app.example.com"]),
        (r"^https://(.+\.)?example\.com$", &["https://app.example.com", "https://example.com"]),
        (r"^https://.*example\.com$", &["https://example.com", "https://app.example.com"]),
        (r"^https://[^/]*example\.org$", &["https://example.org", "https://app.example.org"]),
        (r"^https://[a-z-]*example\.org$", &["https://example.org"]),
        (r"^https://.+example\.org$", &["https://app.example.org"]),
        (r"^https://app.example.com$", &["https://app.example.com"]),
        (r"^http://localhost(:\d+)?$", &["http://localhost", "http://localhost:3000"]),
        (r"^https://app\.example\.com(:[0-9]+)?$", &["https://app.example.com", "https://app.example.com:8443"]),
        (r"^http://localhost:\d{4}$", &["http://localhost:3000"]),
        (r"^http://localhost:300[0-9]$", &["http://localhost:3001"]),
        (r"^http://localhost:(3000|8080)$", &["http://localhost:3000", "http://localhost:8080"]),
        (r"^http://192\.168\.\d{1,3}\.\d{1,3}(:\d+)?$", &["http://192.168.1.1", "http://192.168.1.1:8443"]),
        (r"^http://192\.168\..*$", &["http://192.168.1.1"]),
        (r"^https://player-[0-9]+\.example\.tv$", &["https://player-1.example.tv"]),
        (r"^https://app[0-9]*\.example\.com$", &["https://app.example.com", "https://app1.example.com"]),
        (
            r"^http[s]?://(www\.)?example\.com$",
            &["https://www.example.com", "https://example.com", "http://www.example.com", "http://example.com"],
        ),
        (
            r"^https://(?:www\.)?(?:a|b)\.example$",
            &["https://www.a.example", "https://www.b.example", "https://a.example", "https://b.example"],
        ),
        (r"^https://app\.[a-z]+$", &["https://app.com"]),
        (r"^https://app\.example\.(com|co\.uk)$", &["https://app.example.com", "https://app.example.co.uk"]),
        (r"^https://app\..*$", &["https://app.example.com"]),
        (r"^https://(\w+\.)*example\.com/?$", &["https://app.example.com", "https://example.com"]),
        (
            r"^(https?://(app|api)\.example\.com)$",
            &["https://app.example.com", "https://api.example.com", "http://app.example.com", "http://api.example.com"],
        ),
        (r"^https://[\w-]+--app\.netlify\.app$", &["https://app--app.netlify.app"]),
        (r"^https://my-app-[a-z0-9]+-team\.vercel\.app$", &["https://my-app-app-team.vercel.app"]),
        (r"^https://[a-f0-9]{8}\.pages\.dev$", &["https://aaaaaaaa.pages.dev"]),
        (r"^(https?|capacitor)://localhost$", &["https://localhost", "capacitor://localhost", "http://localhost"]),
        (r"^[a-z]+://app\.example\.com$", &["https://app.example.com"]),
        (r"^\w+:\/\/app\.example\.com$", &["https://app.example.com"]),
        (r"^.*://app\.example\.com$", &["https://app.example.com"]),
        (
            r"^http.*(a\.example|b\.example).*",
            &["https://a.example", "https://b.example", "https://app.a.example", "https://app.b.example"],
        ),
        (r"^https?:..app.example.com$", &["https://app.example.com", "http://app.example.com"]),
        (
            r"^(null|https?://([^/]*)example\.org)$",
            &["https://example.org", "https://app.example.org", "http://example.org", "http://app.example.org"],
        ),
        (r"^(https://app.example.com|)", &["https://app.example.com"]),
        (r"\Ahttps://app\.example\.com\z", &["https://app.example.com"]),
        (r"^https://.*\.?example\.com$", &["https://app.example.com"]),
        (
            r"^https://(www|m)?\.?example\.com$",
            &["https://www.example.com", "https://example.com", "https://m.example.com"],
        ),
        (r"^https://(app)\.\1\.example$", &["https://app.app.example"]),
        (r"^https://(?!evil)[a-z]+\.example\.com$", &["https://app.example.com"]),
        (r"^https://example\.com\b", &["https://example.com"]),
        (r"^http://\[::1\](:\d+)?$", &["http://[::1]", "http://[::1]:3000"]),
    ];
    compare(table, |source| origins(source, false));
}

#[test]
fn origins_of_patterns_that_are_completed() {
    let table: &Table = &[
        (r"example\.com$", &["https://example.com"]),
        (r"\.example\.com$", &["https://app.example.com"]),
        (r"\.?example\.com$", &["https://app.example.com", "https://example.com"]),
        (r"(^|\.)example\.com$", &["https://app.example.com"]),
        (r"(?:^|[./])example\.com$", &["https://app.example.com", "https://example.com"]),
        (r"://example\.com$", &["https://example.com"]),
        (r"//(.*\.)?example\.com", &["https://app.example.com", "https://example.com"]),
        (r"/example\.com$", &["https://example.com"]),
        (r"s?://example\.com", &["https://example.com"]),
        (r"ttps://example\.com", &["https://example.com"]),
        (r"(?<=\.)example\.com$", &["https://app.example.com"]),
        (r"localhost", &["http://localhost"]),
        (r"localhost:\d+$", &["http://localhost:3000"]),
        (r"localhost:", &["http://localhost:3000"]),
        (r"127\.0\.0\.1", &["http://127.0.0.1"]),
        (r"^http://192\.168\.", &["http://192.168.1.1"]),
        (r"^http://10\.", &["http://10.1.1.1"]),
        (r"10\.0\.0$", &["https://10.0.0"]),
        (r"^http://localhost", &["http://localhost"]),
        (r"^https://app\.", &["https://app.example.com"]),
        (r"^https://app\.example\.", &["https://app.example.com"]),
        (r"^https://preview-", &["https://preview-app.com"]),
        (r"^https://app", &["https://app.com"]),
        (r"brand", &["https://brand.com"]),
        (r".*\.example\.com$", &["https://app.example.com"]),
        (r"^.*\.example\.com$", &["https://app.example.com"]),
        (r".*example\.com$", &["https://example.com", "https://app.example.com"]),
        (r"[a-z0-9-]+\.example\.com$", &["https://app.example.com"]),
        (r"[a-z0-9-]*example\.com$", &["https://example.com"]),
        (r".example.com", &["https://app.example.com"]),
        (
            r"https?://(www\.)?(a\.com|b\.com)$",
            &[
                "https://www.a.com",
                "https://www.b.com",
                "https://a.com",
                "https://b.com",
                "http://www.a.com",
                "http://www.b.com",
                "http://a.com",
                "http://b.com",
            ],
        ),
        (
            r"^https://app\.example\.com|https://admin\.example\.com$",
            &["https://app.example.com", "https://admin.example.com"],
        ),
        (r"(^https://a\.example)|(b\.example)$", &["https://a.example", "https://b.example"]),
        (r"\.vercel\.app$", &["https://app.vercel.app"]),
        (r"\.co\.uk$", &["https://app.co.uk"]),
        (r"(?i)^https://APP\.example\.com$", &["https://app.example.com"]),
        (r"^https://app\.example\.com:", &["https://app.example.com:8443"]),
    ];
    compare(table, |source| origins(source, false));
    assert_eq!(origins(r"^https://[A-Z]+\.EXAMPLE\.com$", true), ["https://app.example.com"]);
}

#[test]
fn independent_choices_are_combined() {
    let found = origins(r"^https?://(((www|app)\.)?(example|sample)\.(com|org))$", false);
    assert_eq!(found.len(), 24, "{found:?}");
}

#[test]
fn patterns_that_mean_nobody_in_particular() {
    for source in [
        "",
        ".*",
        "^.*$",
        ".+",
        "^https?://.*$",
        "^https://",
        "https",
        "http",
        "^http",
        "^https?://[a-z0-9.-]+(:\\d+)?$",
        r"^https?://[a-z0-9-]+\.[a-z]{2,}$",
        r"^[^/]+$",
        "^null$",
        "null",
        ":",
        "[a-z]",
        r"\.",
        r":3000$",
        r"^(https?://.*)$",
        // No Origin has these.
        r"^https://app\.example\.com/",
        r"^example\.com$",
        "^https://Example",
        "a b",
    ] {
        assert_eq!(origins(source, false), Vec::<String>::new(), "{source}");
    }
}

#[test]
fn paths_of_locations() {
    let table: &Table = &[
        (r"\.php$", &["/index.php"]),
        (r"\.php(/|$)", &["/index.php/", "/index.php"]),
        (r"[^/]\.php(/|$)", &["/x.php/", "/x.php"]),
        (r"^(.+\.php)(/.+)$", &["/index.php/app"]),
        (r"^/rest/.+$", &["/rest/app"]),
        (r"\.(woff2?|ttf)$", &["/x.woff2", "/x.ttf", "/x.woff"]),
        (r"\.(?:jpe?g|png)$", &["/x.jpeg", "/x.png", "/x.jpg"]),
        (r"^/api/v[0-9]+/", &["/api/v1/"]),
        (r"^/api(/|$)", &["/api/", "/api"]),
        (r"^/files/(.*)$", &["/files/app"]),
        (r"^/(en|de)/(.+)$", &["/en/app", "/de/app"]),
        (r"^/api.*$", &["/api", "/api/app"]),
        (r"/\.ht", &["/.ht"]),
        (r"^/(?<user>\w+)/(?<file>[^/]+)$", &["/app/app"]),
        (r"^/$", &["/"]),
        (r"^/", &["/"]),
        (r"", &["/"]),
        (r".*", &["/app"]),
        (r"^(.*)$", &["/app"]),
        (r"api", &["/api"]),
        (r"^/item/\d+$", &["/item/1"]),
        (r"^/[a-f0-9]{4}/x$", &["/aaaa/x"]),
        (r"/(css|js)/.*\.(css|js)$", &["/css/index.css", "/css/index.js", "/js/index.css", "/js/index.js"]),
        (r"^/~(.+?)(/.*)?$", &["/~app", "/~app/app"]),
        (r"^(?!/api)", &["/"]),
        // No path has these.
        (r"^api/", &[]),
        (r"^$", &[]),
        (r"\?x=", &[]),
        (r"a b", &[]),
    ];
    compare(table, paths);
}

#[test]
fn samples_of_any_text() {
    let table: &Table = &[
        (r"^(GET|HEAD)$", &["GET", "HEAD"]),
        (r"\d+", &["3000"]),
        (r".*", &["app"]),
        (r"[xyz]", &["x"]),
        (r"a{3}", &["aaa"]),
        (r"(a|b){2}", &["aa", "ab", "ba", "bb"]),
        (r"(a)|(b)|", &["a", "b", ""]),
        (r"\Qa.b\E", &["a.b"]),
        (r"a$b", &[]),
        (r"a^b", &[]),
        (r"[^\s\S]", &[]),
    ];
    compare(table, |source| samples(&parse(source).expect(source), Alphabet::Text));
}

#[test]
fn every_alternative_of_a_long_list_is_sampled() {
    let names: Vec<String> = (0..60).map(|i| format!("tenant-{i}")).collect();
    let source = format!(r"^https?://({})\.apps\.example\.com(:\d+)?$", names.join("|"));
    let found = origins(&source, false);
    for name in &names {
        assert!(found.contains(&format!("https://{name}.apps.example.com")), "{name}");
    }
    let thousands = vec!["x"; 10_000].join("|");
    assert_eq!(samples(&parse(&thousands).expect("is well formed"), Alphabet::Text), ["x"]);
}

#[test]
fn no_pattern_gives_samples_without_end() {
    for source in [
        "(a|b)?".repeat(1000),
        "(a?){65535}".to_owned(),
        "((((){65535}){65535}){65535}){65535}".to_owned(),
        "((((a|){65535}|){65535}|){65535}|){65535}".to_owned(),
        format!("{}a{}", "(".repeat(128), "|b)*".repeat(128)),
        format!("{}a{}", "(".repeat(128), "?){3}".repeat(128)),
        "[a-z]*".repeat(5000),
        ".*".repeat(5000),
        "^".repeat(60_000),
        "()".repeat(30_000),
        r"(a)\1".repeat(2000),
        "x".repeat(60_000),
    ] {
        let tree = parse(&source).expect("is well formed");
        let lengths =
            [origin_samples(&tree, false), path_samples(&tree), samples(&tree, Alphabet::Text)].map(|s| s.len());
        assert!(lengths.iter().all(|length| *length <= 64), "{lengths:?} of {}…", &source[..9]);
        let _ = flaw(&tree, "https://app.example.com.evil.example", "https://app.example.com");
    }
}

proptest::proptest! {
    #[test]
    fn whatever_is_written_is_survived(
        source in r"([\^$.|()\[\]*+?{}\\/:,a-zé0-9-]|\(\?[:=!<i]|\\[dwbQEx1pk]|https?://|\\\.|\{2,3\}){0,24}",
        accepted in "https://[a-zé.:0-9-]{0,12}",
    ) {
        if let Ok(tree) = parse(&source) {
            for origin in origin_samples(&tree, true) {
                proptest::prop_assert!(crate::exchange::origin::Origin::parse(&origin).is_ok());
            }
            for path in path_samples(&tree) {
                proptest::prop_assert!(path.starts_with('/'));
            }
            let flaw = flaw(&tree, &accepted, "https://app.example.com");
            proptest::prop_assert!(flaw.span().is_none_or(|span| !tree.slice(span).is_empty()));
        }
    }
}
