use super::{test, text};
use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::syntax::apache::{Comparison, Piece, Test, Text};
use crate::syntax::directive::{Quote, Word};

fn word(value: &str) -> Word {
    Word { value: value.to_owned(), span: Span::new(10, 12 + value.len()), quote: Quote::Double }
}

fn show_text(text: &Text) -> String {
    text.0.iter().map(show_piece).collect::<Vec<_>>().join("+")
}

fn show_piece(piece: &Piece) -> String {
    match piece {
        Piece::Literal(text) => format!("'{text}'"),
        Piece::Variable(name) => name.clone(),
        Piece::Function { name, argument } => format!("{name}({})", show_text(argument)),
        Piece::Capture(n) => format!("${n}"),
        other => format!("{other:?}"),
    }
}

fn show(test: &Test) -> String {
    let all = |tests: &[Test], with: &str| format!("({})", tests.iter().map(show).collect::<Vec<_>>().join(with));
    match test {
        Test::Always(always) => always.to_string(),
        Test::Not(inner) => format!("!{}", show(inner)),
        Test::And(tests) => all(tests, " & "),
        Test::Or(tests) => all(tests, " | "),
        Test::Compare { left, how, right } => {
            let how = match how {
                Comparison::Same => "=",
                Comparison::Different => "#",
                Comparison::Ordered(_) => "?",
            };
            format!("{} {how} {}", show_text(left), show_text(right))
        }
        Test::Match { text, pattern } => {
            format!("{} ~{} /{}/", show_text(text), if pattern.ignore_case { "i" } else { "" }, pattern.pattern)
        }
        Test::In { text, list } => {
            format!("{} in [{}]", show_text(text), list.iter().map(show_text).collect::<Vec<_>>().join(", "))
        }
        Test::Ask { what, of } => format!("{what}[{}]", of.iter().map(show_text).collect::<Vec<_>>().join(", ")),
    }
}

/// The message, and the text that it points at.
fn show_error(value: &str, error: &SyntaxError) -> String {
    let range = error.span.range();
    let at = value.get(range.start.wrapping_sub(11)..range.end - 11).unwrap_or("whole");
    format!("! {} @ {at}", error.message)
}

#[test]
fn questions_are_read_as_httpd_reads_them() {
    for (value, expected) in [
        ("true", "true"),
        ("not false", "!false"),
        ("%{REQUEST_METHOD} == 'OPTIONS'", "REQUEST_METHOD = 'OPTIONS'"),
        ("%{REQUEST_METHOD}=\"OPTIONS\"", "REQUEST_METHOD = 'OPTIONS'"),
        ("%{request_method} != ''", "request_method # "),
        ("'a' == 'b' || 'c' == 'd' && 'e' == 'f'", "('a' = 'b' | ('c' = 'd' & 'e' = 'f'))"),
        ("'a' == 'b' && 'c' == 'd' or 'e' == 'f'", "(('a' = 'b' & 'c' = 'd') | 'e' = 'f')"),
        ("! 'a' == 'b' && true", "(!'a' = 'b' & true)"),
        ("!('a' == 'b' && true)", "!('a' = 'b' & true)"),
        ("(('a' == 'b'))", "'a' = 'b'"),
        ("%{HTTP:Origin} =~ m#^https://(a|b)$#i", "HTTP('Origin') ~i /^https://(a|b)$/"),
        ("%{HTTP:Origin} !~ /a/", "!HTTP('Origin') ~ /a/"),
        ("'a' =~ m:/:&&true", "('a' ~ /// & true)"),
        ("'a' =~ m_^b_i", "'a' ~i /^b/"),
        ("md5('a') == 'b'", "md5('a') = 'b'"),
        ("%{REQUEST_METHOD} in { 'GET', 'HEAD' }", "REQUEST_METHOD in ['GET', 'HEAD']"),
        ("%{REQUEST_METHOD} -in {'GET'}", "REQUEST_METHOD in ['GET']"),
        ("'x' in PeerExtList('1.2')", "in['x', PeerExtList('1.2')]"),
        ("-n req('Origin')", "n[req('Origin')]"),
        ("-z %{req:Origin} || -T env('A')", "(z[req('Origin')] | T[env('A')])"),
        ("%{REMOTE_ADDR} -ipmatch '10.0.0.0/8'", "ipmatch[REMOTE_ADDR, '10.0.0.0/8']"),
        ("'a' -STRMATCH 'b*'", "strmatch['a', 'b*']"),
        ("5 -gt -3 && 1 lt 2 && 'a' < 'b'", "('5' ? '-3' & '1' ? '2' & 'a' ? 'b')"),
        ("tolower(req('Origin')) == 'b' . $1 . \"c\"", "tolower(req('Origin')) = 'b'+$1+'c'"),
        ("'https://%{HTTP_HOST}/$1%{req:X-$2}' == ''", "'https://'+HTTP_HOST+'/'+$1+req('X-'+$2) = "),
        ("'a\\'b\\\\c\\n\\101\\.' == '%}$x%'", "'a'b\\c\nA.' = '%}$x%'"),
        ("%{SSL:SSL_PROTOCOL} == %{SSL_CIPHER}", "SSL('SSL_PROTOCOL') = SSL_CIPHER"),
    ] {
        let shown = test(&word(value), 0).map_or_else(|error| show_error(value, &error), |test| show(&test));
        assert_eq!(shown, expected, "{value}");
    }
}

#[test]
fn what_httpd_refuses_is_an_error() {
    for (value, expected) in [
        ("", "! the expression ends where a text is missing @ "),
        ("%{HTTP_ORIGIN} == 'a'", "! expressions have no variable `HTTP_ORIGIN` @ %{HTTP_ORIGIN}"),
        ("-n '%{HTTP_ORIGIN}'", "! expressions have no variable `HTTP_ORIGIN` @ %{HTTP_ORIGIN}"),
        ("%{foo:a} == 'a'", "! expressions have no function `foo` @ %{foo:a}"),
        ("foo('a') == 'a'", "! expressions have no function `foo` @ foo"),
        ("'a' in foo('a')", "! expressions have no function `foo` @ foo"),
        ("-Z 'a'", "! expressions have no operator `-Z` @ -Z"),
        ("'a' -foo 'b'", "! expressions have no operator `-foo` @ -foo"),
        ("%{REQUEST_METHOD}", "! the expression ends where a comparison is missing @ %{REQUEST_METHOD}"),
        ("'a' == b", "! unexpected `b` in an expression: a text stands in quotes @ b"),
        ("TRUE", "! unexpected `TRUE` in an expression: a text stands in quotes @ TRUE"),
        ("true AND true", "! unexpected `AND` in an expression, instead of its end @ AND"),
        ("('a') == 'a'", "! unexpected `)` in an expression, instead of a comparison @ )"),
        ("'a' == 'a' 'b'", "! unexpected `'b'` in an expression, instead of its end @ 'b'"),
        ("'a' == 'b') ", "! unexpected `)` in an expression, instead of its end @ )"),
        ("('a' == 'b' ", "! the expression ends where `)` is missing @ ('a' == 'b' "),
        ("'a' == 'b", "! the string that begins here is not closed by `'` @ 'b"),
        ("'a' == 'b' # c", "! unexpected `#` in an expression @ #"),
        ("'a' =~ 'b'", "! unexpected `'b'` in an expression, instead of a pattern such as `m#…#` @ 'b'"),
        ("'a' =~ m(b)", "! unexpected `m` in an expression, instead of a pattern such as `m#…#` @ m"),
        ("'a' =~ /b", "! the pattern that begins here is not ended by `/` @ /"),
        ("'a' =~ /https:\\/\\//", "! the pattern ends with a backslash @ /https:\\/"),
        ("'a' =~ /b/ix", "! unexpected `x` in an expression, instead of its end @ x"),
        ("%{LA-U:X} == 'a'", "! `%{LA-U:X}` is no variable of an expression @ %{LA-U:X}"),
        ("%{REQ:} == 'b'", "! `%{REQ:}` has nothing behind its `:` @ %{REQ:}"),
        ("'%{REQUEST_METHOD' == 'b'", "! `%{REQUEST_METHOD' == 'b'` has no closing `}` @ %{REQUEST_METHOD' == 'b'"),
        ("'a' == '\\9'", "! `\\9` is no byte @ \\9"),
        ("$10 == 'a'", "! unexpected `0` in an expression, instead of a comparison @ 0"),
        ("${X} == 'a'", "! unexpected `$` in an expression @ $"),
        ("%{req:'Origin'} == 'a'", "! `%{req:'Origin'}` is no variable of an expression @ %{req:'Origin'}"),
    ] {
        let shown = test(&word(value), 0).map_or_else(|error| show_error(value, &error), |test| show(&test));
        assert_eq!(shown, expected, "{value}");
    }
}

#[test]
fn texts_need_no_quotes() {
    for (value, expected) in [
        ("expr=", ""),
        ("expr=%{HTTP:Origin}", "HTTP('Origin')"),
        ("expr=https://\"%{req:Host}\"/$1", "'https://\"'+req('Host')+'\"/'+$1"),
        ("expr=a'b}%$", "'a'b}%$'"),
        ("expr=%{HTTP_ORIGIN}", "! expressions have no variable `HTTP_ORIGIN` @ %{HTTP_ORIGIN}"),
        ("expr=%{HTTP:Origin", "! `%{HTTP:Origin` has no closing `}` @ %{HTTP:Origin"),
    ] {
        let shown = text(&word(value), 5).map_or_else(|error| show_error(value, &error), |text| show_text(&text));
        assert_eq!(shown, expected, "{value}");
    }
}

#[test]
fn no_nesting_exhausts_the_stack() {
    for piece in ["(", "!", "not ", "%{req:", "req(", "'a' in {", "true&&", "m#", "'%{a:", "\\"] {
        let value = piece.repeat(10_000);
        assert!(test(&word(&value), 0).is_err(), "{piece}");
    }
    assert!(test(&word(&format!("{}true", "true && ".repeat(10_000))), 0).is_ok());
}
