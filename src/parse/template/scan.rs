//! Text → tags: the only place that speaks to pest.

use pest::Parser;

use super::Host;
use crate::source::Span;

/// The rules of the grammar.
mod rules {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammars/template.pest"]
    pub(super) struct Grammar;
}

use rules::{Grammar, Rule};

/// Most tags that are told apart in one text; any more are text.
const MOST_TAGS: usize = 50_000;

/// A tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag {
    /// With its marks.
    pub(super) span: Span,
    /// What stands between them; all of it where there is no inside.
    pub(super) body: Span,
    /// Whose it is.
    pub(super) kind: Kind,
}

/// The kinds of tags by their marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Leaves nothing.
    Comment,
    /// `{% … %}`
    Jinja,
    /// `{{ … }}`
    Braces,
    /// `<% … %>`
    Erb,
    /// `%{ … }`
    Terraform,
    /// Is replaced by a value.
    Value,
    /// `\` before a variable.
    Escape,
}

/// Whether it is worth looking at all.
pub(super) fn may_have_tags(text: &str) -> bool {
    let mut previous = b' ';
    text.bytes().any(|byte| {
        let before = std::mem::replace(&mut previous, byte);
        match before {
            b'{' => matches!(byte, b'{' | b'%' | b'#'),
            b'<' => byte == b'%',
            b'$' => byte == b'{' || byte == b'_' || byte.is_ascii_uppercase(),
            b'%' => byte == b'{' || byte.is_ascii_alphabetic(),
            b'@' => byte.is_ascii_alphabetic(),
            b'_' => byte == b'_',
            b'\\' => byte == b'$',
            _ => false,
        }
    })
}

/// The tags of a text, in order.
pub(super) fn tags(text: &str, host: Host) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while at < text.len() && tags.len() < MOST_TAGS {
        let Some(step) = Grammar::parse(Rule::step, &text[at..]).ok().and_then(|mut pairs| pairs.next()) else { break };
        let end = at + step.as_span().end();
        let Some(pair) = step.into_inner().next() else { break };
        let within = |span: pest::Span<'_>| Span::new(at + span.start(), at + span.end());
        let span = within(pair.as_span());
        let rule = pair.as_rule();
        let body = pair.into_inner().next().map_or(span, |inner| within(inner.as_span()));
        at = if rule == Rule::foreign { (host.end_of_foreign)(text, end).max(end) } else { end };
        tags.extend(kind(rule).map(|kind| Tag { span, body, kind }));
    }
    let is_jinja = text.contains("{%") || text.contains("{{");
    let is_shell = is_shell(text, &tags, host);
    tags.retain(|tag| match tag.kind {
        Kind::Comment => {
            is_jinja || !text[tag.span.range()].contains('\n') || !text[tag.span.range()].starts_with("{#")
        }
        Kind::Escape => is_shell,
        Kind::Value => {
            let spelling = &text[tag.span.range()];
            !is_variable(spelling, host) && !(host.owns)(spelling)
        }
        _ => true,
    });
    tags
}

fn kind(rule: Rule) -> Option<Kind> {
    Some(match rule {
        Rule::comment | Rule::long_comment => Kind::Comment,
        Rule::jinja => Kind::Jinja,
        Rule::braces => Kind::Braces,
        Rule::erb => Kind::Erb,
        Rule::terraform => Kind::Terraform,
        Rule::erb_value | Rule::variable | Rule::percent | Rule::at | Rule::underscores => Kind::Value,
        Rule::escaped => Kind::Escape,
        _ => return None,
    })
}

/// Whether the text stands in a script of a shell that takes the backslash from `\$name`: every variable has one, and
/// some of them are variables of the language round it. (In a regular expression `\$` is a dollar sign.)
fn is_shell(text: &str, tags: &[Tag], host: Host) -> bool {
    let escapes = || tags.iter().filter(|tag| tag.kind == Kind::Escape);
    let names_variable = |tag: &Tag| {
        let rest = text[tag.span.end as usize..].trim_start_matches(['$', '{']);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        (host.has_variable)(&rest[..end])
    };
    let bare = text.as_bytes().windows(3).any(|window| {
        let [before, dollar, after] = window else { return false };
        *dollar == b'$' && *before != b'\\' && after.is_ascii_lowercase()
    });
    !bare && escapes().any(names_variable)
}

/// Names that environments use for things of their own.
const ENVIRONMENT: &[&str] =
    &["HOST", "HOSTNAME", "SERVER_NAME", "SERVER_PORT", "SERVER_ADDR", "HTTP_PORT", "HTTPS", "HTTP_PROXY", "PID"];

/// Whether a name in upper case is that of a variable of the language round it, whose variables have no case: one of
/// its own, or one that the text defines.
fn is_variable(tag: &str, host: Host) -> bool {
    let Some(name) = tag.strip_prefix('$') else { return false };
    let name = name.trim_start_matches('{').trim_end_matches('}');
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    plain && !ENVIRONMENT.contains(&name) && (host.has_variable)(&name.to_ascii_lowercase())
}
