//! An excerpt drawn by miette: its frame, line numbers and underlines. Only here is miette known.

use std::fmt;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::super::Look;
use super::excerpt::Excerpt;
use crate::finding::Severity;

/// Draws an excerpt; the underline of its primary mark has the colour of `severity`.
pub(super) fn draw(excerpt: &Excerpt, severity: Severity, look: &Look) -> String {
    let handler = GraphicalReportHandler::new_themed(theme(excerpt, severity, look))
        .with_context_lines(1)
        .without_syntax_highlighting()
        .with_wrap_lines(false);
    let mut drawn = String::new();
    if handler.render_report(&mut drawn, &Drawing(excerpt)).is_err() {
        return String::new();
    }
    // The first line is for the message, which stands in the report's own header.
    drawn.split_once('\n').map_or(String::new(), |(_, snippet)| snippet.to_owned())
}

fn theme(excerpt: &Excerpt, severity: Severity, look: &Look) -> GraphicalTheme {
    let characters = if look.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    let mut styles = if look.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    let primary = match severity {
        Severity::Error => styles.error,
        Severity::Warning => styles.warning,
        Severity::Info => styles.advice,
    };
    styles.highlights = excerpt.marks.iter().map(|mark| if mark.primary { primary } else { styles.help }).collect();
    GraphicalTheme { characters, styles }
}

/// An excerpt as something that miette can draw.
#[derive(Debug)]
struct Drawing<'a>(&'a Excerpt);

impl fmt::Display for Drawing<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Drawing<'_> {}

impl Diagnostic for Drawing<'_> {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.0)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.0.marks.iter().map(|mark| {
            let span = SourceSpan::from((mark.range.start, mark.range.len()));
            if mark.primary {
                LabeledSpan::new_primary_with_span(mark.text.clone(), span)
            } else {
                LabeledSpan::new_with_span(mark.text.clone(), span)
            }
        })))
    }
}

impl SourceCode for Excerpt {
    /// The whole excerpt, whatever is asked for. Without context lines, what miette wants is the position for its
    /// header: it is given the one in the source, in code points, where it would count bytes.
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        context_lines: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (line, column) = if context_lines == 0 { self.position } else { (self.first_line, 1) };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            SourceSpan::from((0, self.text.len())),
            line - 1,
            column - 1,
            self.text.lines().count(),
        )))
    }
}
