//! The condition of an `if`, as `ngx_http_rewrite_if_condition` reads its words.

use super::fault;
use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::syntax::directive::{Directive, Quote, Word};
use crate::syntax::nginx::{FileTest, Test};

/// Variables that nginx takes under any name: `$http_origin=x` is the header `Origin=x`.
const OPEN_ENDED: [&str; 8] = [
    "arg_",
    "cookie_",
    "http_",
    "sent_http_",
    "sent_trailer_",
    "upstream_cookie_",
    "upstream_http_",
    "upstream_trailer_",
];

/// Reads the words of an `if` directive. The error is one with which nginx does not start; a directive whose name
/// begins with `if(` is such an error too.
pub fn condition(directive: &Directive) -> Result<Test, SyntaxError> {
    if directive.name.value.starts_with("if(") {
        return Err(fault::unknown_if(directive.name.span));
    }
    let words = inside_parentheses(directive)?;
    match words.as_slice() {
        [] => Err(fault::empty_condition(directive.head())),
        [only] if is_variable(only) => Ok(Test::Truthy(variable(only)?)),
        [subject, operator, value] if is_variable(subject) => compare(subject, operator, value),
        [test, path] if is_file_test(test) => file_test(test, path),
        [first, rest @ ..] => Err(fault::invalid_condition(first, rest)),
    }
}

/// The words between the parentheses; only the very first and the very last character are asked for them.
fn inside_parentheses(directive: &Directive) -> Result<Vec<Word>, SyntaxError> {
    let mut words = directive.arguments.clone();
    let Some(first) = words.first_mut() else { return Err(fault::empty_condition(directive.head())) };
    if !first.value.starts_with('(') {
        return Err(fault::no_parenthesis('(', first));
    }
    first.value.remove(0);
    first.span = trim(first, 1, 0);
    let opening_alone = first.value.is_empty();
    let last = words.len() - 1;
    if (last == 0 && opening_alone) || !words[last].value.ends_with(')') {
        return Err(fault::no_parenthesis(')', &words[last]));
    }
    words[last].value.pop();
    words[last].span = trim(&words[last], 0, 1);
    if words[last].value.is_empty() {
        words.pop();
    }
    Ok(words.split_off(usize::from(opening_alone && !words.is_empty())))
}

/// The span of a word that lost characters; a quoted one keeps its own, since escapes hide where they stood.
fn trim(word: &Word, start: usize, end: usize) -> Span {
    match word.quote {
        Quote::Bare => Span::new(word.span.start as usize + start, word.span.end as usize - end),
        _ => word.span,
    }
}

fn is_variable(word: &Word) -> bool {
    word.value.len() > 1 && word.value.starts_with('$')
}

/// The name behind the `$`, which is the whole rest of the word.
fn variable(word: &Word) -> Result<String, SyntaxError> {
    let name = &word.value[1..];
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if plain || OPEN_ENDED.iter().any(|prefix| name.starts_with(prefix)) {
        return Ok(name.to_owned());
    }
    Err(fault::unknown_variable(word))
}

fn compare(subject: &Word, operator: &Word, value: &Word) -> Result<Test, SyntaxError> {
    let variable = variable(subject)?;
    let negated = operator.value.starts_with('!');
    match operator.value.as_str() {
        "=" | "!=" => Ok(Test::Equal { variable, value: value.clone(), negated }),
        "~" | "~*" | "!~" | "!~*" => {
            let ignore_case = operator.value.ends_with('*');
            Ok(Test::Match { variable, pattern: value.clone(), ignore_case, negated })
        }
        _ => Err(fault::unexpected_operator(operator)),
    }
}

/// Two characters beginning with `-`, or three beginning with `!-`.
fn is_file_test(word: &Word) -> bool {
    let letter = word.value.strip_prefix('!').unwrap_or(&word.value).strip_prefix('-');
    letter.is_some_and(|letter| letter.len() == 1)
}

fn file_test(test: &Word, path: &Word) -> Result<Test, SyntaxError> {
    let kind = match test.value.trim_start_matches(['!', '-']) {
        "f" => FileTest::File,
        "d" => FileTest::Directory,
        "e" => FileTest::Exists,
        "x" => FileTest::Executable,
        _ => return Err(fault::invalid_condition(test, &[])),
    };
    Ok(Test::File { kind, path: path.clone(), negated: test.value.starts_with('!') })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let tree = super::super::parse(&format!("{text} {{ }}"));
        match condition(&tree.directives[0]) {
            Ok(Test::Truthy(name)) => name,
            Ok(Test::Equal { variable, value, negated }) => format!("{variable} eq {} {negated}", value.value),
            Ok(Test::Match { variable, pattern, ignore_case, negated }) => {
                format!("{variable} re {} {ignore_case} {negated}", pattern.value)
            }
            Ok(Test::File { kind, path, negated }) => format!("{kind:?} {} {negated}", path.value),
            Err(error) => format!("! {} @ {}", error.message, &text.get(error.span.range()).unwrap_or("?")),
        }
    }

    #[test]
    fn conditions_are_read_as_nginx_does() {
        for (text, expected) in [
            ("if ($a)", "a"),
            ("if ( $a )", "a"),
            ("if ($request_method = OPTIONS)", "request_method eq OPTIONS false"),
            ("if ( $request_method = OPTIONS )", "request_method eq OPTIONS false"),
            ("if ($request_method = 'OPTIONS')", "request_method eq OPTIONS false"),
            ("if ( \"$request_method\" != \"a b\" )", "request_method eq a b true"),
            ("if ($a = '')", "a eq  false"),
            ("if ($a = \"$b\" )", "a eq $b false"),
            ("if ($o ~* (a|b))", "o re (a|b) true false"),
            ("if ($o ~ \"^https://(a|b)$\")", "o re ^https://(a|b)$ false false"),
            ("if ($o !~* ^a$)", "o re ^a$ true true"),
            ("if ($o !~ ^a$ )", "o re ^a$ false true"),
            ("if (-f $request_filename)", "File $request_filename false"),
            ("if (!-e $x.html)", "Exists $x.html true"),
            ("if ( -d /a )", "Directory /a false"),
            ("if (-x /a)", "Executable /a false"),
            ("if ($http_origin=x)", "http_origin=x"),
            ("if \"($a)\"", "a"),
        ] {
            assert_eq!(show(text), expected, "{text}");
        }
    }

    #[test]
    fn what_nginx_refuses_is_an_error_at_the_word_it_names() {
        for (text, expected) in [
            ("if($a)", "! unknown directive `if(` @ if($a)"),
            ("if", "! the condition of this `if` is empty @ if"),
            ("if ()", "! the condition of this `if` is empty @ if ()"),
            ("if ( )", "! the condition of this `if` is empty @ if ( )"),
            ("if (", "! the condition is not ended by `)` @ "),
            ("if $a", "! the condition does not begin with `(` @ $a"),
            ("if ($a = b", "! the condition is not ended by `)` @ b"),
            ("if ($a == b)", "! unexpected `==` in a condition @ =="),
            ("if ($a in b)", "! unexpected `in` in a condition @ in"),
            ("if (\"$a\" = b)", "! invalid condition `\"$a\"` @ \"$a\""),
            ("if (!$a)", "! invalid condition `!$a` @ !$a"),
            ("if ($a = b && $c)", "! invalid condition `$a` @ $a"),
            ("if ($a b)", "! invalid condition `$a` @ $a"),
            ("if (-q /a)", "! invalid condition `-q` @ -q"),
            ("if (-f a b)", "! invalid condition `-f` @ -f"),
            ("if ($request_method=x)", "! unknown variable `$request_method=x` @ $request_method=x"),
            ("if (${http_origin} = x)", "! unknown variable `${http_origin}` @ ${http_origin}"),
            ("if ($)", "! invalid condition `$` @ $"),
        ] {
            assert_eq!(show(text), expected, "{text}");
        }
    }
}
