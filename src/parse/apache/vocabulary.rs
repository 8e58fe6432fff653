//! The few names that a parser has to know.

use crate::parse::nginx::is_simple;

/// Sections whose inside httpd reads, or not, before it looks at what surrounds them: one that is read need not be
/// closed at the end of a file.
const CONDITIONAL: [&str; 6] = ["ifdefine", "ifdirective", "iffile", "ifmodule", "ifsection", "ifversion"];

/// Names of elements of HTML and XML that people paste into a configuration.
const ELEMENTS: [&str; 19] = [
    "a",
    "b",
    "body",
    "br",
    "code",
    "configuration",
    "div",
    "em",
    "h1",
    "head",
    "html",
    "i",
    "meta",
    "p",
    "pre",
    "script",
    "span",
    "strong",
    "title",
];

/// What the first word of a line does to the nesting of sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// `<Name`
    Begin,
    /// `</Name>`
    End,
}

/// Whether the first word of a line begins or ends a section.
pub(super) fn section(word: &str) -> Option<Section> {
    let name = word.strip_prefix('<')?;
    let (name, section) = match name.strip_prefix('/') {
        Some(name) => (name, Section::End),
        None => (name, Section::Begin),
    };
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_element(name);
    (named || section == Section::End).then_some(section)
}

/// Whether a section of this name may stay open at the end of a file.
pub(super) fn is_conditional(name: &str) -> bool {
    CONDITIONAL.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether this is the name of an element of HTML or XML, not of a section.
pub(super) fn is_element(name: &str) -> bool {
    let name = name.split(['>', '/']).next().unwrap_or_default();
    ELEMENTS.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether what stands in a section of this name is not read as it stands there, or is Perl.
pub(super) fn is_foreign_inside(name: &str) -> bool {
    ["Macro", "Perl"].iter().any(|foreign| foreign.eq_ignore_ascii_case(name))
}

/// Whether a directive of this name is nginx's: httpd's have no underscore, but for some modules that nginx does not
/// have.
pub(super) fn is_of_nginx(name: &str, opens_block: bool) -> bool {
    let block = matches!(name, "server" | "location" | "upstream" | "map" | "http" | "events" | "if");
    (opens_block && block) || (name.contains('_') && is_simple(name))
}
