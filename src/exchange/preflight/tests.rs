use super::*;

const APP: &str = "https://app.example.com";

fn owned(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    lines.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn methods_are_normalized_but_not_patch() {
    for (method, expected) in
        [("get", "GET"), ("pUt", "PUT"), ("options", "OPTIONS"), ("patch", "patch"), ("Foo", "Foo")]
    {
        assert_eq!(normalize_method(method), expected);
    }
}

/// Method; headers that the page sets; names that the preflight asks for.
type Line<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str]);

#[test]
fn what_needs_a_preflight() {
    let long = "x".repeat(129);
    let table: [Line<'_>; 25] = [
        ("GET", &[], &[]),
        ("HEAD", &[("Accept", "text/html, */*;q=0.1")], &[]),
        ("POST", &[("Content-Type", "text/plain; charset=utf-8")], &[]),
        ("POST", &[("Content-Type", "Multipart/Form-Data; boundary=x")], &[]),
        ("POST", &[("Content-Type", "application/json")], &["content-type"]),
        ("POST", &[("Content-Type", "text/plain; a=\"b\"")], &["content-type"]),
        ("POST", &[("Content-Type", "")], &["content-type"]),
        ("GET", &[("Accept", "a{b}")], &["accept"]),
        ("GET", &[("Accept", "a\tb")], &[]),
        ("GET", &[("Accept", &long)], &["accept"]),
        ("GET", &[("Accept-Language", "de-CH, en;q=0.5")], &[]),
        ("GET", &[("Accept-Language", "de_CH")], &["accept-language"]),
        ("GET", &[("Content-Language", "de")], &[]),
        ("GET", &[("Range", "bytes=0-")], &[]),
        ("GET", &[("Range", "bytes=9-10")], &[]),
        ("GET", &[("Range", "bytes=10-9")], &["range"]),
        ("GET", &[("Range", "bytes=-5")], &["range"]),
        ("GET", &[("Range", "bytes= 0-5")], &["range"]),
        ("GET", &[("Range", "lines=0-5")], &["range"]),
        ("GET", &[("X-B", "1"), ("Authorization", "x"), ("x-b", "2")], &["authorization", "x-b"]),
        ("GET", &[("Cookie", "a=b"), ("Sec-Fetch-Mode", "cors"), ("Host", "h")], &[]),
        ("GET", &[("X-HTTP-Method-Override", "TRACE")], &[]),
        ("GET", &[("X-HTTP-Method-Override", "PUT")], &["x-http-method-override"]),
        ("GET", &[("Access-Control-Request-Method", "PUT")], &[]),
        ("GET", &[("Access-Control-Allow-Origin", "*")], &["access-control-allow-origin"]),
    ];
    for (method, headers, expected) in table {
        let headers = owned(headers);
        assert_eq!(unsafe_names(&headers), expected, "{headers:?}");
        let fetch = Fetch { method, headers: &headers, include: false, forced: false };
        assert_eq!(is_needed(&fetch), !expected.is_empty(), "{headers:?}");
    }
    for method in ["PUT", "PATCH", "DELETE", "patch", "get"] {
        assert!(is_needed(&Fetch { method, headers: &[], include: false, forced: false }), "{method}");
    }
    assert!(is_needed(&Fetch { method: "POST", headers: &[], include: false, forced: true }));
}

#[test]
fn more_than_1024_safelisted_bytes_are_unsafe_together() {
    let value = "x".repeat(128);
    let eight: Vec<_> = (0..8).map(|_| ("Accept".to_owned(), value.clone())).collect();
    assert!(unsafe_names(&eight).is_empty());
    let nine = [eight, owned(&[("Accept-Language", "d"), ("X-A", "")])].concat();
    assert_eq!(unsafe_names(&nine), ["accept", "accept-language", "x-a"]);
}

#[test]
fn what_a_preflight_sends() {
    let headers = owned(&[("X-Token", "1"), ("Content-Type", "application/json"), ("Accept", "*/*")]);
    let fetch = Fetch { method: "PUT", headers: &headers, include: true, forced: false };
    let expected = owned(&[
        ("Origin", APP),
        ("Access-Control-Request-Method", "PUT"),
        ("Access-Control-Request-Headers", "content-type,x-token"),
    ]);
    assert_eq!(request_headers(APP, &fetch), expected);
    let plain = Fetch { headers: &[], ..fetch };
    assert_eq!(request_headers(APP, &plain), expected[..2]);
}

/// Judges a PUT with Authorization and X-A; `?` stands for an unknown value.
fn put(include: bool, status: u16, lines: &[(&str, &str)]) -> (bool, bool, &'static str, bool) {
    let headers = owned(&[("Authorization", "x"), ("X-A", "x")]);
    let fetch = Fetch { method: "PUT", headers: &headers, include, forced: false };
    let known = |value: &str| (value != "?").then(|| value.to_owned());
    let lines: Vec<_> = lines.iter().map(|(name, value)| ((*name).to_owned(), known(value))).collect();
    let verdict = judge(APP, &fetch, status, &lines);
    let name = verdict.reason.as_ref().map_or("", Reason::name);
    (verdict.allowed, verdict.credentials, name, verdict.unknown)
}

#[test]
fn answers_are_judged_step_by_step() {
    let origin = ("Access-Control-Allow-Origin", APP);
    let star = ("Access-Control-Allow-Origin", "*");
    let cookies = ("Access-Control-Allow-Credentials", "true");
    let methods = |value| ("access-control-allow-methods", value);
    let headers = |value| ("ACCESS-CONTROL-ALLOW-HEADERS", value);
    let both = headers("X-A, AUTHORIZATION");
    let ok = (true, true, "", false);
    let no = |reason| (false, false, reason, false);
    let plain = (true, false, "", false);
    assert_eq!(put(true, 204, &[origin, cookies, methods("PUT"), both]), ok);
    assert_eq!(put(false, 299, &[origin, methods("GET,,PUT ,"), both]), plain);
    assert_eq!(put(false, 200, &[star, methods("PUT"), both]), plain);
    assert_eq!(put(true, 200, &[star, cookies, methods("PUT"), both]), no("wildcard-with-credentials"));
    assert_eq!(put(true, 200, &[origin, methods("PUT"), both]), no("credentials-not-true"));
    // The CORS check comes before the status.
    assert_eq!(put(false, 405, &[]), no("missing-allow-origin"));
    assert_eq!(put(false, 405, &[origin, methods("PUT"), both]), no("preflight-status"));
    assert_eq!(put(false, 304, &[origin]), no("preflight-status"));
    assert_eq!(put(false, 301, &[origin]), no("preflight-status"));
    assert_eq!(put(false, 301, &[origin, ("Location", "/x/")]), no("preflight-redirect"));
    assert_eq!(put(false, 307, &[("Location", "?")]), no("preflight-redirect"));
    // Methods.
    assert_eq!(put(false, 200, &[origin, both]), no("method-not-allowed"));
    assert_eq!(put(false, 200, &[origin, methods("put"), both]), no("method-not-allowed"));
    assert_eq!(put(false, 200, &[origin, methods("GET; PUT"), both]), no("method-not-allowed"));
    assert_eq!(put(false, 200, &[origin, methods("GET"), methods("PUT"), both]), plain);
    assert_eq!(put(false, 200, &[origin, cookies, methods("*"), both]), plain);
    assert_eq!(put(true, 200, &[origin, cookies, methods("*"), both]), no("method-not-allowed"));
    // Headers.
    assert_eq!(put(false, 200, &[origin, methods("PUT")]), no("header-not-allowed"));
    assert_eq!(put(false, 200, &[origin, methods("PUT"), headers("*")]), no("header-not-allowed"));
    assert_eq!(put(false, 200, &[origin, cookies, methods("PUT"), headers("*, authorization")]), plain);
    assert_eq!(
        put(true, 200, &[origin, cookies, methods("PUT"), headers("*, authorization")]),
        no("header-not-allowed")
    );
    assert_eq!(put(false, 200, &[origin, methods("PUT"), headers("x-a authorization")]), no("header-not-allowed"));
}

#[test]
fn unknown_values_do_not_hide_certain_failures() {
    let origin = ("Access-Control-Allow-Origin", APP);
    let unknown = (false, false, "", true);
    assert_eq!(
        put(
            false,
            200,
            &[origin, ("Access-Control-Allow-Methods", "?"), ("Access-Control-Allow-Headers", "*, authorization")]
        ),
        unknown
    );
    assert_eq!(
        put(false, 200, &[origin, ("Access-Control-Allow-Methods", "?")]),
        (false, false, "header-not-allowed", false)
    );
    assert_eq!(put(false, 403, &[("Access-Control-Allow-Origin", "?")]), (false, false, "preflight-status", false));
}

#[test]
fn safelisted_and_forced_requests() {
    let lines = vec![("Access-Control-Allow-Origin".to_owned(), Some("*".to_owned()))];
    let post = Fetch { method: "POST", headers: &[], include: false, forced: false };
    assert!(judge(APP, &post, 200, &lines).allowed);
    let forced = Fetch { method: "PUT", forced: true, ..post };
    assert!(judge(APP, &forced, 200, &lines).allowed, "no list and the flag: the method itself");
    let listed = [lines, vec![("Access-Control-Allow-Methods".to_owned(), Some("DELETE".to_owned()))]].concat();
    assert!(!judge(APP, &forced, 200, &listed).allowed);
}
