//! What stands in other values.

use super::fault;
use super::grammar::{self, Rule};
use super::rewrite::within;
use crate::syntax::SyntaxError;
use crate::syntax::apache::{Format, Part};
use crate::syntax::directive::Word;
use crate::syntax::hole;

/// Takes the value of a `Header` apart, unless it begins with `expr=`, as `parse_format_string` does. The error is one
/// with which httpd does not start.
pub fn format(word: &Word) -> Result<Vec<Format>, SyntaxError> {
    let value = word.value.as_str();
    let (pairs, end) = grammar::tokens(Rule::format, value);
    if end < value.len() {
        return Err(fault::format(&value[end..], |length| within(word, end, end + length)));
    }
    let mut formats: Vec<Format> = Vec::new();
    for pair in pairs {
        let spelling = pair.as_str();
        let text = match pair.as_rule() {
            Rule::percent => "%",
            Rule::format_escape => escape(spelling),
            Rule::tag => {
                formats.push(tag(spelling));
                continue;
            }
            _ => spelling,
        };
        match formats.last_mut() {
            Some(Format::Literal(before)) => before.push_str(text),
            _ => formats.push(Format::Literal(text.to_owned())),
        }
    }
    Ok(formats)
}

fn escape(spelling: &str) -> &'static str {
    match spelling {
        "\\n" => "\n",
        "\\r" => "\r",
        "\\t" => "\t",
        _ => "\\",
    }
}

fn tag(spelling: &str) -> Format {
    let letter = spelling.chars().next_back().unwrap_or_default();
    let name = spelling[1..].strip_prefix('{').and_then(|rest| rest.split('}').next());
    match letter {
        'e' => Format::Environment(name.unwrap_or_default().to_owned()),
        's' => Format::Tls(name.unwrap_or_default().to_owned()),
        _ if name.is_some() => Format::Other(spelling.to_owned()),
        figure => Format::Figure(figure),
    }
}

/// Takes a word apart at what httpd replaces before it looks at words (`ap_resolve_env`).
#[must_use]
pub fn defines(value: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for (piece, is_tag) in hole::pieces(value) {
        if is_tag {
            parts.push(Part::Hole(hole::decode(piece).into_owned()));
        } else {
            split_defines(piece, &mut parts);
        }
    }
    parts
}

fn split_defines(text: &str, parts: &mut Vec<Part>) {
    let mut rest = text;
    let mut at = 0;
    while let Some(start) = rest[at..].find("${").map(|start| at + start) {
        let Some(length) = rest[start + 2..].find('}') else { break };
        let name = &rest[start + 2..start + 2 + length];
        // No name has a colon: that is a map of mod_rewrite. httpd goes on behind it, not inside of it.
        if name.is_empty() || name.contains(':') {
            at = start + 2 + length;
            continue;
        }
        if start > 0 {
            parts.push(Part::Text(rest[..start].to_owned()));
        }
        parts.push(Part::Define(name.to_owned()));
        rest = &rest[start + 2 + length + 1..];
        at = 0;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;
    use crate::syntax::directive::Quote;

    #[test]
    fn values_of_headers_are_taken_apart_as_httpd_does() {
        for (value, expected) in [
            ("*", "[*]"),
            ("", ""),
            ("%{ACAO}e", "e:ACAO"),
            ("https://%{H}e/%%x%", "[https://] e:H [/%x%]"),
            ("t=%t D=%D", "[t=] t [ D=] D"),
            ("%{SSL_PROTOCOL}s", "s:SSL_PROTOCOL"),
            ("%{usec}t", "%{usec}t"),
            ("a\\nb\\\\c\\d", "[a\nb\\c\\d]"),
            ("%e", "e:"),
            ("%{A}e%{B}e", "e:A e:B"),
            ("%{HTTP_ORIGIN}", "! `%{HTTP_ORIGIN}` has no letter behind it @ %{HTTP_ORIGIN}"),
            ("%{HTTP_ORIGIN}q", "! `%{HTTP_ORIGIN}q` is no format of a header @ %{HTTP_ORIGIN}q"),
            ("x%Qy", "! `%Q` is no format of a header @ %Q"),
            ("100% a", "! `% ` is no format of a header @ % "),
            ("%{HTTP_ORIGIN", "! `%{HTTP_ORIGIN` has no closing `}` @ %{HTTP_ORIGIN"),
        ] {
            let word = Word { value: value.to_owned(), span: Span::new(0, value.len()), quote: Quote::Bare };
            let show = |format: &Format| match format {
                Format::Literal(text) => format!("[{text}]"),
                Format::Environment(name) => format!("e:{name}"),
                Format::Tls(name) => format!("s:{name}"),
                Format::Figure(letter) => letter.to_string(),
                Format::Other(spelling) => spelling.clone(),
            };
            let shown = match format(&word) {
                Ok(formats) => formats.iter().map(show).collect::<Vec<_>>().join(" "),
                Err(error) => format!("! {} @ {}", error.message, &value[error.span.range()]),
            };
            assert_eq!(shown, expected, "{value}");
        }
    }

    #[test]
    fn defined_names_stand_in_braces() {
        let filled = format!("a{}${{B}}", hole::encode("{{ x }}"));
        for (value, expected) in [
            ("", ""),
            ("https://${HOST}/x", "[https://](HOST)[/x]"),
            ("${A}${b-c}", "(A)(b-c)"),
            ("${lc:${X}}${Y}", "[${lc:${X}}](Y)"),
            ("$A ${ $1", "[$A ${ $1]"),
            (filled.as_str(), "[a]<{{ x }}>(B)"),
        ] {
            let show = |part: &Part| match part {
                Part::Text(text) => format!("[{text}]"),
                Part::Define(name) => format!("({name})"),
                Part::Hole(tag) => format!("<{tag}>"),
            };
            assert_eq!(defines(value).iter().map(show).collect::<String>(), expected, "{value}");
        }
    }
}
