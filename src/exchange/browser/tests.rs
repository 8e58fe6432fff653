use super::*;

const APP: &str = "https://app.example.com";

fn lines(lines: &[(&str, &str)]) -> Vec<HeaderLine> {
    // `?` stands for a value that is not known.
    lines.iter().map(|(n, v)| ((*n).to_owned(), (*v != "?").then(|| (*v).to_owned()))).collect()
}

fn names(verdict: &Verdict) -> (bool, bool, &'static str) {
    (verdict.allowed, verdict.credentials, verdict.reason.as_ref().map_or("", Reason::name))
}

#[test]
fn each_step_of_the_cors_check() {
    let origin = "Access-Control-Allow-Origin";
    let cookies = "access-control-allow-credentials";
    let none: &[(&str, &str)] = &[];
    // Lines; without credentials (allowed, credentials, reason); with credentials.
    let table = [
        (none, (false, false, "missing-allow-origin"), (false, false, "missing-allow-origin")),
        (&[(origin, "*")], (true, false, ""), (false, false, "wildcard-with-credentials")),
        (&[(origin, "*"), (cookies, "true")], (true, false, ""), (false, false, "wildcard-with-credentials")),
        (&[(origin, APP)], (true, false, ""), (false, false, "credentials-not-true")),
        (&[(origin, APP), (cookies, "true")], (true, true, ""), (true, true, "")),
        (&[(origin, APP), (cookies, " true\t")], (true, true, ""), (true, true, "")),
        (&[(origin, APP), (cookies, "True")], (true, false, ""), (false, false, "credentials-not-true")),
        (
            &[(origin, APP), (cookies, "true"), (cookies, "true")],
            (true, false, ""),
            (false, false, "credentials-not-true"),
        ),
        (&[(origin, "  https://app.example.com ")], (true, false, ""), (false, false, "credentials-not-true")),
    ];
    for (headers, without, with) in table {
        let headers = lines(headers);
        assert_eq!(names(&cors_check(APP, false, &headers)), without, "{headers:?}");
        assert_eq!(names(&cors_check(APP, true, &headers)), with, "{headers:?}");
    }
}

#[test]
fn values_that_are_not_the_origin() {
    let table = [
        ("https://app.example.com/", "origin-mismatch"),
        ("https://APP.example.com", "origin-mismatch"),
        ("http://app.example.com", "origin-mismatch"),
        ("https://app.example.com:443", "origin-mismatch"),
        ("https://*.example.com", "origin-mismatch"),
        ("null", "origin-mismatch"),
        ("localhost:3000", "origin-mismatch"),
        ("https://a.example, https://b.example", "multiple-allow-origin"),
        ("https://app.example.com https://b.example", "multiple-allow-origin"),
        ("*, *", "multiple-allow-origin"),
        ("", "invalid-allow-origin"),
        ("app.example.com", "invalid-allow-origin"),
        ("*.example.com", "invalid-allow-origin"),
        ("(null)", "invalid-allow-origin"),
        ("undefined", "invalid-allow-origin"),
        ("https://", "invalid-allow-origin"),
        ("https://a:99999", "invalid-allow-origin"),
        ("//app.example.com", "invalid-allow-origin"),
    ];
    for (value, reason) in table {
        let verdict = cors_check(APP, false, &lines(&[("access-control-allow-origin", value)]));
        assert_eq!(names(&verdict), (false, false, reason), "{value}");
    }
    let null = lines(&[("Access-Control-Allow-Origin", "null")]);
    assert!(cors_check("null", false, &null).allowed);
    let twice = lines(&[("Access-Control-Allow-Origin", APP), ("access-control-allow-origin", APP)]);
    assert_eq!(names(&cors_check(APP, false, &twice)).2, "multiple-allow-origin");
}

/// Lines; credentials mode include; whether the verdict is unknown; the reason.
type Line<'a> = (&'a [(&'a str, &'a str)], bool, bool, &'a str);

#[test]
fn unknown_values_decide_only_where_they_do() {
    let origin = "Access-Control-Allow-Origin";
    let cookies = "Access-Control-Allow-Credentials";
    let table: [Line<'_>; 6] = [
        (&[(origin, "?")], false, true, ""),
        (&[(origin, "?")], true, false, "credentials-not-true"),
        (&[(origin, "?"), (origin, "*")], false, false, "multiple-allow-origin"),
        (&[(origin, APP), (cookies, "?")], true, true, ""),
        (&[(origin, APP), (cookies, "?"), (cookies, "true")], true, false, "credentials-not-true"),
        (&[(origin, "https://b.example"), (cookies, "?")], true, false, "origin-mismatch"),
    ];
    for (headers, include, unknown, reason) in table {
        let verdict = cors_check(APP, include, &lines(headers));
        assert!(!verdict.allowed);
        assert_eq!((verdict.unknown, names(&verdict).2), (unknown, reason), "{headers:?}");
    }
}

#[test]
fn the_console_says_what_chromium_says() {
    let url = "https://api.example.com/x";
    assert_eq!(
        Reason::MissingAllowOrigin.console(url, APP, Stage::Actual),
        "Access to fetch at 'https://api.example.com/x' from origin 'https://app.example.com' has been blocked by \
         CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."
    );
    let said = |reason: Reason, stage| reason.console(url, APP, stage);
    let text = said(Reason::PreflightStatus(405), Stage::Preflight);
    assert!(text.ends_with(
        "CORS policy: Response to preflight request doesn't pass access control check: It does not have HTTP ok status."
    ));
    let text = said(Reason::MethodNotAllowed("PUT".to_owned()), Stage::Preflight);
    assert!(
        text.ends_with("CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.")
    );
    let text = said(Reason::CredentialsNotTrue(String::new()), Stage::Actual);
    assert!(text.contains("header in the response is '' which must be 'true'"), "{text}");
}
