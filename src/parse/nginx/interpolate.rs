//! Variables in values.

use super::grammar;
use crate::syntax::hole;
use crate::syntax::nginx::Part;

/// Takes the value of a word apart into text, variables and captures, as `ngx_http_script_compile` does.
///
/// The error is nginx's own, without place: nginx does not start with a `$` that names nothing.
pub fn interpolate(value: &str) -> Result<Vec<Part>, String> {
    if !value.contains('$') && !hole::has_hole(value) {
        return Ok(if value.is_empty() { Vec::new() } else { vec![Part::Text(value.to_owned())] });
    }
    let (parts, end) = grammar::value(value);
    if end == value.len() { Ok(parts) } else { Err(fault(&value[end..])) }
}

/// What nginx says of a `$` at which no variable begins.
fn fault(rest: &str) -> String {
    const INVALID: &str = "invalid variable name";
    let Some(inside) = rest.strip_prefix("${") else { return INVALID.to_owned() };
    let after = inside.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let name = &inside[..inside.len() - after.len()];
    if inside.is_empty() || (name.is_empty() && after.starts_with('}')) {
        return INVALID.to_owned();
    }
    format!("the closing bracket in \"{name}\" variable is missing")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(value: &str) -> String {
        match interpolate(value) {
            Err(message) => format!("! {message}"),
            Ok(parts) => parts
                .iter()
                .map(|part| match part {
                    Part::Text(text) => format!("[{text}]"),
                    Part::Variable(name) => format!("({name})"),
                    Part::Capture(n) => format!("<{n}>"),
                    Part::Hole(tag) => format!("{{{tag}}}"),
                })
                .collect(),
        }
    }

    #[test]
    fn values_are_taken_apart_as_nginx_does() {
        for (value, expected) in [
            ("", ""),
            ("plain {x}", "[plain {x}]"),
            ("$http_origin", "(http_origin)"),
            ("${http_origin}x", "(http_origin)[x]"),
            ("$http_originx", "(http_originx)"),
            ("https://$1.example.com", "[https://]<1>[.example.com]"),
            ("$12", "<1>[2]"),
            ("$0", "(0)"),
            ("${1}", "(1)"),
            ("$a$b-${c}${d}", "(a)(b)[-](c)(d)"),
            ("é$aé", "[é](a)[é]"),
            ("$a}", "(a)[}]"),
            ("a$", "! invalid variable name"),
            ("$$a", "! invalid variable name"),
            ("$-", "! invalid variable name"),
            ("${", "! invalid variable name"),
            ("${}", "! invalid variable name"),
            ("x${http_a", "! the closing bracket in \"http_a\" variable is missing"),
            ("${a-b}", "! the closing bracket in \"a\" variable is missing"),
            ("${{a}}", "! the closing bracket in \"\" variable is missing"),
        ] {
            assert_eq!(show(value), expected, "{value}");
        }
    }

    #[test]
    fn what_a_template_fills_in_is_a_part_of_its_own() {
        for (value, expected) in [
            ("<{{ x }}>", "{{{ x }}}"),
            ("a<%x%>b$c", "[a]{%x%}[b](c)"),
            ("<%x%><%y%>", "{%x%}{%y%}"),
            ("$http_<%x%>_y.z", "{$http_%x%_y}[.z]"),
            ("${a<%x%>}b", "{${a%x%}}[b]"),
            ("$<%x%>", "{$%x%}"),
            ("https://$host<%x%>/<%y%>", "[https://]{$host%x%}[/]{%y%}"),
        ] {
            let pieces: Vec<&str> = value.split(['<', '>']).collect();
            let spelt: String = pieces
                .iter()
                .enumerate()
                .map(|(i, piece)| if i % 2 == 1 { hole::encode(piece) } else { (*piece).to_owned() })
                .collect();
            assert_eq!(show(&spelt), expected, "{value}");
        }
    }
}
