//! The wording of syntax errors.

pub(super) use crate::parse::shown::show;
use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::syntax::directive::Word;

pub(super) fn error(span: Span, message: String, help: Option<&str>) -> SyntaxError {
    SyntaxError { span, message, help: help.map(str::to_owned) }
}

pub(super) fn byte_order_mark(span: Span) -> SyntaxError {
    let help = "save the file as UTF-8 without a byte order mark: httpd takes it for a part of the first directive";
    error(span, "the file begins with a UTF-8 byte order mark".to_owned(), Some(help))
}

pub(super) fn given_up(why: &str, span: Span) -> SyntaxError {
    error(span, format!("{why}; the rest of the file was not read"), None)
}

pub(super) fn too_deep(limit: usize, span: Span) -> SyntaxError {
    error(span, format!("sections are nested more than {limit} levels deep"), None)
}

pub(super) fn no_bracket(name: &str, span: Span) -> SyntaxError {
    let shown = show(&format!("<{name}>"));
    error(span, format!("directive {shown} has no closing `>`"), Some("put a `>` at the end of the line"))
}

pub(super) fn not_closed(name: &str, span: Span, instead: Option<&str>) -> SyntaxError {
    let section = show(&format!("<{name}>"));
    let end = show(&format!("</{name}>"));
    let message = match instead {
        Some(instead) => format!("section {section} is not closed before {}", show(&format!("</{instead}>"))),
        None => format!("section {section} is not closed by {end}"),
    };
    error(span, message, None)
}

/// A section with its end on one line: httpd looks for the end on the lines below.
pub(super) fn closed_on_its_line(name: &str, span: Span) -> SyntaxError {
    let end = show(&format!("</{name}>"));
    let help = format!("put what stands in the section, and {end}, on lines of their own");
    let message = format!("section {} is not closed by {end} on a line of its own", show(&format!("<{name}>")));
    SyntaxError { span, message, help: Some(help) }
}

pub(super) fn not_open(name: &str, span: Span) -> SyntaxError {
    let message = format!("{} closes a section that is not open", show(&format!("</{name}>")));
    error(span, message, None)
}

pub(super) fn no_name(found: &str, span: Span) -> SyntaxError {
    let help = match found {
        found if found.starts_with("<?") && !found.starts_with("<?xml") => Some("PHP is not run in a configuration"),
        found if found.starts_with("<!--") => Some("a comment is a line that begins with `#`"),
        found if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| found.starts_with(mark)) => {
            Some("a merge left this mark of a conflict")
        }
        found if found.starts_with("//") || found.starts_with("/*") => Some("a comment is a line that begins with `#`"),
        found if found.starts_with(['{', '}']) => Some("httpd has sections `<Name> … </Name>`, no braces"),
        _ => None,
    };
    error(span, format!("no directive can be called {}", show(found)), help)
}

pub(super) fn element(name: &str, span: Span) -> SyntaxError {
    error(span, format!("{} is no section of httpd but of HTML or XML", show(&format!("<{name}>"))), None)
}

/// Flags that are not in brackets.
pub(super) fn flag_brackets(word: &Word) -> SyntaxError {
    let (value, begins) = (word.value.as_str(), word.value.starts_with('['));
    let help = match value {
        value if value.starts_with('#') => Some("a comment stands on a line of its own"),
        value if begins && value.trim_end_matches(';').ends_with(']') => Some("take the `;` away"),
        value if begins && value.ends_with(',') => Some("leave the blank out, or put quotes round the flags"),
        value if begins && value.contains(']') => Some("put a blank behind the `]`"),
        _ => None,
    };
    let message = if begins { "the flags are not closed by `]`" } else { "the flags do not begin with `[`" };
    error(word.span, message.to_owned(), help)
}

/// A `%` that begins no format; `span` says where so many bytes from it stand.
pub(super) fn format(rest: &str, span: impl Fn(usize) -> Span) -> SyntaxError {
    let behind = rest.strip_prefix("%{").map(|inside| inside.find('}').map(|end| end + 3));
    let (tag, letter) = match behind {
        Some(None) => {
            let message = format!("{} has no closing `}}`", show(rest));
            return error(span(rest.len()), message, None);
        }
        Some(Some(end)) => rest.split_at(end),
        None => rest.split_at(1),
    };
    let Some(letter) = letter.chars().next() else {
        let help = format!("{} is an environment variable", show(&format!("{tag}e")));
        return SyntaxError {
            span: span(tag.len()),
            message: format!("{} has no letter behind it", show(tag)),
            help: Some(help),
        };
    };
    let length = tag.len() + letter.len_utf8();
    let help = if tag == "%" { "a percent sign is `%%`" } else { "an environment variable is `%{NAME}e`" };
    error(span(length), format!("{} is no format of a header", show(&rest[..length])), Some(help))
}

/// A directive of nginx.
pub(super) fn in_other_language(name: &Word) -> SyntaxError {
    let help = match name.value.as_str() {
        "add_header" => Some("httpd's directive is `Header`"),
        "proxy_set_header" => Some("httpd's directive is `RequestHeader`"),
        "proxy_pass" => Some("httpd's directive is `ProxyPass`"),
        _ => None,
    };
    error(name.span, format!("{} is a directive of nginx", show(&name.value)), help)
}
