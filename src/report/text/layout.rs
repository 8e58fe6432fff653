//! What findings and answers are laid out with: fields with a name at the margin, and drawings of the places.

use super::super::Look;
use super::excerpt::{Mark, excerpts};
use super::plain::Paint;
use super::snippet;
use crate::finding::{Label, Severity};
use crate::source::{SourceId, Sources};

/// A name at the margin and lines beside it, which begin at `column`.
pub(super) fn field(text: &mut String, column: usize, name: &str, lines: &[String], paint: Paint) {
    for (number, line) in lines.iter().enumerate() {
        let start = match number {
            0 => format!("  {}{}", paint.bold(name), " ".repeat(column - 2 - name.len())),
            _ if line.is_empty() => String::new(),
            _ => " ".repeat(column),
        };
        text.push_str(&start);
        text.push_str(line);
        text.push('\n');
    }
}

/// The primary's file with all labels in it, then each other file; the primary is underlined in the colour of `severity`.
pub(super) fn snippets(
    sources: &Sources,
    primary: &Label,
    others: &[Label],
    severity: Severity,
    look: &Look,
) -> String {
    let mut files: Vec<SourceId> = vec![primary.location.source];
    for label in others {
        if !files.contains(&label.location.source) {
            files.push(label.location.source);
        }
    }
    let all = || std::iter::once((primary, true)).chain(others.iter().map(|label| (label, false)));
    let ellipsis = if look.unicode { "…" } else { "..." };
    let mut text = String::new();
    for file in files {
        let marks: Vec<Mark<'_>> = all()
            .filter(|(label, _)| label.location.source == file)
            .map(|(label, primary)| Mark { span: label.location.span, text: &label.text, primary })
            .collect();
        for excerpt in excerpts(sources.get(file), &marks, ellipsis) {
            text.push_str(&snippet::draw(&excerpt, severity, look));
        }
    }
    text
}

/// What stands before an answer.
pub(super) fn arrow(look: &Look) -> &'static str {
    if look.unicode { "→" } else { "->" }
}
