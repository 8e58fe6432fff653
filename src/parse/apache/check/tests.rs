use super::super::parse;

/// The errors, each with the text it points at.
fn check(cases: &[(&str, &str)]) {
    for &(text, expected) in cases {
        let tree = parse(text);
        let errors: Vec<String> =
            tree.errors.iter().map(|error| format!("{} @ {}", error.message, &text[error.span.range()])).collect();
        assert_eq!(errors.join(" | "), expected, "{text}");
    }
}

#[test]
fn what_httpd_takes_is_no_error() {
    for text in [
        "Header set A a;",
        "Header set A \"\"",
        "Header unset A",
        "Header unset A env=B",
        "HEADER ALWAYS SET A: %{B}e ENV=!B",
        "Header onsuccess merge A b early",
        "Header set A b \"expr=-z %{resp:A}\"",
        "Header set A expr=%{HTTP:Origin} expr=true",
        "Header edit* A b c env=D",
        "Header echo A",
        "RequestHeader unset A early",
        "Header set A \"100%\"",
        "SetEnvIf Origin a B=$0 C !D # e",
        "SetEnvIfNoCase Origin \"a\" !",
        "BrowserMatch a b",
        "SetEnvIfExpr \"%{HTTP:Origin} =~ m#(a)#\" B=$1",
        "SetEnv A",
        "RewriteEngine On # a",
        "RewriteRule \"a\"",
        "RewriteRule ^a - [L] # b",
        "RewriteRule ^a - \"[L, R=204]\"",
        "RewriteRule ^a - [dfoo,E=A:b,co=c,R=permanent]",
        "RewriteCond %{A} b [NC,OR]",
        "RewriteCond expr \"! true\"",
        "RewriteCond %{HTTP_ORIGIN} a",
        "RewriteCond %{A} =(",
        "ErrorDocument 404 \"not found",
        "Require expr %{REQUEST_METHOD} == 'GET'",
        "Require all granted",
        "Require anything at all",
        "<If true>\n</If>",
        "<Directory ~ \"a b\">\n</Directory>",
        "<Limit GET POST>\n</Limit>",
        "<Else>\n</Else>",
        "Unknown \"a\"; # b",
        "php_value a b",
        "<IfModule !mod_headers.c>\nHeader sett A b\n</IfModule>",
        "<IfVersion < 2.4>\n} ;\n</IfVersion>",
        "<Macro A $b @c>\n$b @c\nHeader $b\n</Macro>",
        "Header ${ARGUMENTS}",
        "${LINE} a",
    ] {
        check(&[(text, "")]);
    }
}

#[test]
fn headers_are_held_to_their_words() {
    check(&[
        ("Header set A b, c", "the value of `Header` is in several words @ b, c"),
        ("Header set A b, c, d", "the value of `Header` is in several words @ b, c, d"),
        ("Header set A \"b\" c", "unexpected `c` behind `Header` @ c"),
        ("Header set A \"b\" env=C d", "unexpected `d` behind `Header` @ d"),
        ("Header set A \"b\" # c d", "a comment behind `Header` is taken for its arguments @ # c d"),
        ("Header set A \"b\";", "unexpected `;` behind `Header` @ ;"),
        ("Header set A", "`Header` has no value @ Header set A"),
        ("Header set A:b", "`Header` has no value @ Header set A:b"),
        ("Header", "`Header` says nothing to do @ Header"),
        ("Header always", "`Header` says nothing to do @ Header always"),
        ("Header sett A b", "`Header` can't `sett` a header @ sett"),
        (
            "Header Access-Control-Allow-Origin *",
            "`Header` can't `Access-Control-Allow-Origin` a header @ Access-Control-Allow-Origin",
        ),
        ("RequestHeader always set A b", "`RequestHeader` can't `always` a header @ always"),
        ("RequestHeader echo A", "`RequestHeader` can't `echo` a header @ echo"),
        ("Header edit A b", "editing a header takes a pattern and a substitution @ Header edit A b"),
        ("Header edit A ( b", "the pattern has a `(` that is not closed @ ("),
        ("Header set A b env=", "`env=` names no variable @ env="),
        ("Header unset A b", "unexpected `b` behind `Header` @ b"),
        ("Header set A %{HTTP_ORIGIN}", "`%{HTTP_ORIGIN}` has no letter behind it @ %{HTTP_ORIGIN}"),
        ("Header set A \"b%Q\"", "`%Q` is no format of a header @ %Q"),
        ("Header set A expr=%{HTTP_ORIGIN}", "expressions have no variable `HTTP_ORIGIN` @ %{HTTP_ORIGIN}"),
        ("Header set A b \"expr=%{HTTP:Origin} = c\"", "unexpected `c` in an expression: a text stands in quotes @ c"),
    ]);
}

#[test]
fn rewriting_is_held_to_its_words() {
    check(&[
        ("RewriteRule ^a", "`RewriteRule` has no substitution @ RewriteRule ^a"),
        ("RewriteCond %{A}", "`RewriteCond` has no pattern @ RewriteCond %{A}"),
        ("RewriteRule ^a - [L,R=204", "the flags are not closed by `]` @ [L,R=204"),
        ("RewriteRule ^a - [L, R=204]", "the flags are not closed by `]` @ [L,"),
        ("RewriteRule ^a - [L];", "the flags are not closed by `]` @ [L];"),
        ("RewriteRule ^a - # b", "the flags do not begin with `[` @ #"),
        ("RewriteRule ^a - [L,X]", "`RewriteRule` has no flag `X` @ X"),
        ("RewriteRule ^a - [L,]", "a flag of `RewriteRule` is empty @ "),
        ("RewriteRule ^a - [R=999]", "httpd knows no status `999` @ R=999"),
        ("RewriteCond %{A} b [L]", "`RewriteCond` has no flag `L` @ L"),
        ("RewriteCond expr \"%{HTTP_ORIGIN} == ''\"", "expressions have no variable `HTTP_ORIGIN` @ %{HTTP_ORIGIN}"),
        ("RewriteRule !(a - [L]", "the pattern has a `(` that is not closed @ !(a"),
        ("RewriteCond %{A} *b", "the pattern repeats nothing @ *b"),
        ("RewriteBase / a", "the value of `RewriteBase` is in several words @ / a"),
        ("RewriteEngine On;", "`RewriteEngine` is neither `On` nor `Off` @ RewriteEngine On;"),
    ]);
}

#[test]
fn other_directives_are_held_to_their_words() {
    check(&[
        ("SetEnvIf Origin a", "`SetEnvIf` names no variable @ SetEnvIf Origin a"),
        ("SetEnvIf Origin", "`SetEnvIf` has no pattern @ SetEnvIf Origin"),
        (
            "SetEnvIfExpr %{HTTP:Origin} =~ /a/ B",
            "the expression of `SetEnvIfExpr` is not in quotes @ %{HTTP:Origin} =~ /a/ B",
        ),
        ("SetEnv A b c", "the value of `SetEnv` is in several words @ b c"),
        ("ErrorDocument 404 not found", "the value of `ErrorDocument` is in several words @ not found"),
        ("ErrorDocument 404", "`ErrorDocument` takes a status and a document @ ErrorDocument 404"),
        ("Require all granted;", "`Require all` takes `granted` or `denied` @ granted;"),
        ("Require expr a", "unexpected `a` in an expression: a text stands in quotes @ a"),
        (
            "<If %{REQUEST_METHOD} == 'GET'>\n</If>",
            "the expression of `<If>` is not in quotes @ %{REQUEST_METHOD} == 'GET'",
        ),
        ("<If \"%{HTTP_ORIGIN} == 'a'\">\n</If>", "expressions have no variable `HTTP_ORIGIN` @ %{HTTP_ORIGIN}"),
        ("<If \"true\" b>\n</If>", "`<If>` takes one argument only @ b"),
        ("<Else a>\n</Else>", "`<Else>` takes no argument @ a"),
        ("<Files>\n</Files>", "`<Files>` takes a path @ Files"),
        ("<Files a b>\n</Files>", "`<Files>` takes one argument only @ b"),
        ("add_header A b;", "`add_header` is a directive of nginx @ add_header"),
        ("location / {", "`location` is a directive of nginx @ location"),
        ("}", "no directive can be called `}` @ }"),
        ("internal;", "no directive can be called `internal;` @ internal;"),
        ("<IfModule mod_headers.c>\n// a\n</IfModule>", "no directive can be called `//` @ //"),
    ]);
}
