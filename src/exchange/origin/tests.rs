use super::*;

#[test]
fn serialized_origins_are_read_and_written_back() {
    for value in [
        "https://example.com",
        "http://localhost:3000",
        "https://app.example.com:8443",
        "http://10.0.0.1",
        "http://[::1]:8080",
        "capacitor://localhost",
        "chrome-extension://abcdef",
        "https://my_host.example.com",
        "http://app.example.com:443",
        "https://xn--bcher-kva.example",
    ] {
        let origin = Origin::parse(value).unwrap_or_else(|fault| panic!("{value} {fault}"));
        assert_eq!(origin.to_string(), value);
        assert!(is_serialized_origin(value));
    }
}

#[test]
fn each_fault_is_told_apart() {
    use OriginFault::*;
    let table = [
        ("", Empty),
        ("  ", Empty),
        ("*", Wildcard),
        ("null", Null),
        ("(null)", ParenthesisedNull),
        ("undefined", Undefined),
        ("https://a.example, https://b.example", List),
        ("https://a.example https://b.example", List),
        ("*, *", List),
        ("example.com", NoScheme),
        ("localhost:3000", NoScheme),
        ("//example.com", NoScheme),
        ("://example.com", NoScheme),
        ("*.example.com", NoScheme),
        ("https://*.example.com", WildcardHost),
        ("https://*", WildcardHost),
        ("http://localhost:*", WildcardHost),
        ("https://example.com/", TrailingSlash),
        ("https://Example.com/", TrailingSlash),
        ("https://example.com/app", Path),
        ("https://example.com?x", Path),
        ("https://example.com//", Path),
        ("https://Example.com", UpperCase),
        ("HTTPS://example.com", UpperCase),
        ("https://example.com:443", DefaultPort),
        ("http://example.com:80", DefaultPort),
    ];
    for (value, fault) in table {
        assert_eq!(Origin::parse(value), Err(fault), "{value}");
        assert_eq!(is_serialized_origin(value), matches!(fault, Wildcard | Null), "{value}");
    }
}

#[test]
fn what_else_is_no_origin() {
    for value in [
        "https://example.com;",
        "https://example.com,",
        " https://example.com",
        "'https://example.com'",
        "https://",
        "https://user@example.com",
        "https://example.com:",
        "https://example.com:port",
        "https://example.com:70000",
        "https://example.com:+80",
        "https://example.com:0443",
        "https://a..example.com",
        "https://example.com.",
        "https://bücher.example",
        "https://a{b}.example",
        "1http://example.com",
        "ht~tp://example.com",
        "http://[::1",
        "http://[zz]",
        "[object Object]",
    ] {
        assert!(matches!(Origin::parse(value), Err(OriginFault::Other(_))), "{value}: {:?}", Origin::parse(value));
    }
    assert_eq!(Origin::parse("* "), Err(OriginFault::Other("has a comma or a blank beside the origin")));
}

#[test]
fn registrable_domains_follow_the_public_suffix_list() {
    let table = [
        ("https://app.example.com", Some("example.com")),
        ("https://example.com", Some("example.com")),
        ("https://a.b.example.co.uk", Some("example.co.uk")),
        ("https://me.github.io", Some("me.github.io")),
        ("https://x.me.github.io", Some("me.github.io")),
        ("https://github.io", None),
        ("https://com", None),
        ("http://localhost:3000", None),
        ("http://app.localhost:3000", None),
        ("http://10.1.2.3", None),
        ("http://[::1]", None),
        ("https://evil.example", Some("evil.example")),
    ];
    for (value, expected) in table {
        assert_eq!(Origin::parse(value).expect(value).registrable(), expected, "{value}");
    }
    assert_eq!(public_suffix("x.github.io"), Some(("github.io", true)));
    assert_eq!(public_suffix("x.example.co.uk"), Some(("co.uk", false)));
    assert_eq!(public_suffix("a.test"), Some(("test", false)));
    assert_eq!(public_suffix("10.0.0.1"), None);
}

#[test]
fn hands_and_loopback() {
    let origin = |value: &str| Origin::parse(value).expect("is an origin");
    let same = |a: &str, b: &str| origin(a).same_registrable(&origin(b));
    assert!(same("https://a.example.com", "http://b.example.com:81"));
    assert!(same("http://localhost:1", "http://localhost:2"));
    assert!(!same("https://a.github.io", "https://b.github.io"));
    assert!(!same("http://10.0.0.1", "http://10.0.0.2"));
    assert!(!same("http://localhost", "https://example.com"));
    for value in ["http://localhost", "https://x.localhost:1", "http://127.0.0.1:3000", "http://[::1]"] {
        assert!(origin(value).is_loopback(), "{value}");
    }
    for value in ["http://localhost.example", "http://10.0.0.1", "http://127.example.com", "http://xlocalhost"] {
        assert!(!origin(value).is_loopback(), "{value}");
    }
}
