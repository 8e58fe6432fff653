//! What a tag does.

use super::scan::{Kind, Tag};
use crate::source::Span;

/// What a tag does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// Is replaced by something.
    Value,
    /// Leaves nothing.
    Silent,
    /// Another file stands in its place; where its path is written.
    Include(Span),
    /// Begins something that `Close` ends.
    Open(Opening),
    /// Ends an arm and begins another; `None` is there wherever none before it is.
    Arm(Option<String>),
    /// Ends what was opened last.
    Close,
}

/// What is begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Opening {
    /// An arm that is there if the condition holds, or does not hold.
    Condition(String, bool),
    /// Arms that begin with the next tag.
    Cases(String),
    /// A definition: it stands somewhere else.
    Definition,
    /// Something that is made into something else.
    Opaque,
    /// Something that stays as it is.
    Transparent,
}

/// What a tag does.
pub(super) fn role(text: &str, tag: &Tag) -> Role {
    let body = text[tag.body.range()].trim();
    match tag.kind {
        Kind::Comment | Kind::Escape => Role::Silent,
        Kind::Value => Role::Value,
        Kind::Jinja => jinja(text, tag, body),
        Kind::Terraform => terraform(body),
        Kind::Braces => braces(body),
        Kind::Erb => erb(body),
    }
}

/// The first word and the rest.
fn first_word(body: &str) -> (&str, &str) {
    let end = body.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(body.len());
    (&body[..end], body[end..].trim())
}

/// A condition and whether it is the opposite of the one returned.
fn condition(text: &str) -> Role {
    let text = spaced(text);
    let inner = text.strip_prefix("not ").or_else(|| text.strip_prefix('!').filter(|rest| !rest.starts_with('=')));
    // `not a and b` is `(not a) and b`.
    match inner.filter(|inner| !inner.contains([' ', '&', '|'])) {
        Some(inner) => Role::Open(Opening::Condition(inner.trim().to_owned(), true)),
        None => Role::Open(Opening::Condition(text, false)),
    }
}

fn opposite(role: Role) -> Role {
    match role {
        Role::Open(Opening::Condition(question, negated)) => Role::Open(Opening::Condition(question, !negated)),
        other => other,
    }
}

/// With single spaces.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn jinja(text: &str, tag: &Tag, body: &str) -> Role {
    let (word, rest) = first_word(body);
    match word {
        "if" => condition(rest),
        "unless" => opposite(condition(rest)),
        "for" | "foreach" | "while" => Role::Open(Opening::Condition(spaced(body), false)),
        "case" => Role::Open(Opening::Cases(spaced(rest))),
        "elif" | "elsif" | "elseif" | "when" => Role::Arm(Some(spaced(rest))),
        "else" => Role::Arm(None),
        "endif" | "endunless" | "endfor" | "endforeach" | "endwhile" | "endcase" | "endmacro" | "endset"
        | "endcall" | "endcapture" => Role::Close,
        "macro" | "capture" => Role::Open(Opening::Definition),
        "set" if !rest.contains('=') => Role::Open(Opening::Definition),
        "call" => Role::Open(Opening::Opaque),
        "include" => match path_of(text, tag) {
            Some(path) => Role::Include(path),
            None => Role::Value,
        },
        "set" | "assign" | "raw" | "endraw" | "verbatim" | "endverbatim" | "block" | "endblock" | "filter"
        | "endfilter" | "with" | "endwith" | "autoescape" | "endautoescape" | "import" | "from" | "do" | "break"
        | "continue" | "load" | "comment" | "endcomment" | "spaceless" | "endspaceless" | "generation"
        | "endgeneration" | "" => Role::Silent,
        _ => Role::Value,
    }
}

/// The one path in quotes that an `include` names; more than one word behind it is `ignore missing` or the like.
fn path_of(text: &str, tag: &Tag) -> Option<Span> {
    let body = &text[tag.body.range()];
    let start = body.find(['"', '\''])?;
    let before = body[..start].trim();
    let quote = &body[start..=start];
    let length = body[start + 1..].find(quote)?;
    let start = tag.body.start as usize + start + 1;
    let path = &text[start..start + length];
    let plain = before == "include" && !path.is_empty() && !path.contains(['{', '\n', '\\']);
    plain.then(|| Span::new(start, start + length))
}

fn terraform(body: &str) -> Role {
    let (word, rest) = first_word(body);
    match word {
        "if" => condition(rest),
        "for" => Role::Open(Opening::Condition(spaced(body), false)),
        "else" => Role::Arm(None),
        _ => Role::Close,
    }
}

/// Go, Mustache and Handlebars, or a value of any of them and of Jinja.
fn braces(body: &str) -> Role {
    match body.as_bytes().first() {
        Some(b'#') => return section(body[1..].trim()),
        Some(b'^') => {
            let name = body[1..].trim();
            return if name.is_empty() { Role::Arm(None) } else { opposite(condition(name)) };
        }
        Some(b'/') => return Role::Close,
        Some(b'=') => return Role::Silent,
        Some(b'$') if assigns(body) => return Role::Silent,
        _ => {}
    }
    let (word, rest) = first_word(body);
    match (word, rest.is_empty()) {
        ("if", false) => condition(rest),
        ("range" | "with", false) => Role::Open(Opening::Condition(spaced(body), false)),
        ("define", false) => Role::Open(Opening::Definition),
        ("block", false) => Role::Open(Opening::Transparent),
        ("else", true) => Role::Arm(None),
        ("else", false) => {
            let (keyword, question) = first_word(rest);
            Role::Arm(Some(spaced(if keyword == "if" { question } else { rest })))
        }
        ("end", true) => Role::Close,
        // Ansible's note of who wrote the file is a comment.
        ("break" | "continue", true) | ("ansible_managed", _) => Role::Silent,
        _ => Role::Value,
    }
}

/// `{{#x}}`, `{{#if x}}`, `{{#unless x}}`, `{{#each x}}`
fn section(body: &str) -> Role {
    let (word, rest) = first_word(body);
    match (word, rest.is_empty()) {
        ("if", false) => condition(rest),
        ("unless", false) => opposite(condition(rest)),
        _ => Role::Open(Opening::Condition(spaced(body), false)),
    }
}

/// `$x := …`, `$x = …`
fn assigns(body: &str) -> bool {
    let names = body.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '$' | '_' | ',' | ' '));
    names.starts_with(":=") || (names.starts_with('=') && !names.starts_with("=="))
}

/// Ruby, and the languages that put braces into such tags.
fn erb(body: &str) -> Role {
    if let Some(rest) = body.strip_prefix('}') {
        let rest = rest.trim();
        return match rest.strip_suffix('{').map(str::trim) {
            Some("else") => Role::Arm(None),
            Some(other) => Role::Arm(Some(spaced(first_word(other).1))),
            None => Role::Close,
        };
    }
    let (word, rest) = first_word(body);
    if let Some(head) = rest.strip_suffix('{') {
        let inner = head.trim().trim_start_matches('(').trim_end_matches(')');
        return match word {
            "if" => condition(inner),
            "unless" => opposite(condition(inner)),
            _ => Role::Open(Opening::Condition(spaced(body.trim_end_matches('{')), false)),
        };
    }
    match word {
        "if" => condition(rest.trim_end_matches(" then")),
        "unless" => opposite(condition(rest.trim_end_matches(" then"))),
        "case" => Role::Open(Opening::Cases(spaced(rest))),
        "for" | "while" | "until" => Role::Open(Opening::Condition(spaced(body), false)),
        "begin" => Role::Open(Opening::Transparent),
        "elsif" | "when" => Role::Arm(Some(spaced(rest.trim_end_matches(" then")))),
        "else" => Role::Arm(None),
        "end" => Role::Close,
        _ if opens_ruby_block(body) => Role::Open(Opening::Condition(spaced(body), false)),
        _ => Role::Silent,
    }
}

/// `@x.each do |y|`
fn opens_ruby_block(body: &str) -> bool {
    let body = body.trim_end();
    let head = match body.strip_suffix('|') {
        Some(head) => head.rsplit_once('|').map_or(body, |(head, _)| head.trim_end()),
        None => body,
    };
    head == "do" || head.ends_with(" do")
}
