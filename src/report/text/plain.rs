//! Plain text: made harmless, reflowed, painted.

use std::borrow::Cow;

use anstyle::Style;

/// Prose is broken at this many columns, the terminal's own width apart: reports look the same everywhere.
pub(super) const WIDTH: usize = 100;

/// `text` with everything that could steer a terminal, or show other than it is, written as `\u{…}`.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        push_harmless(&mut safe, c);
    }
    Cow::Owned(safe)
}

/// Appends `c`, escaped if need be.
pub(super) fn push_harmless(safe: &mut String, c: char) {
    if steers(c) {
        safe.extend(c.escape_unicode());
    } else {
        safe.push(c);
    }
}

/// Control characters, line separators, and what reverses the order of what follows ("Trojan Source") or has no width.
fn steers(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Paragraphs of prose broken at 100 columns less `indent`; lines indented by four or more stay as they are, and so do
/// blank lines.
#[must_use]
pub fn reflow(text: &str, indent: usize) -> Vec<String> {
    let width = WIDTH.saturating_sub(indent).max(20);
    let mut lines: Vec<String> = Vec::new();
    let mut joins = false;
    for line in text.trim_end().lines() {
        let is_prose = !line.starts_with("    ") && !line.trim().is_empty();
        if !is_prose {
            lines.push(harmless(line.trim_end()).into_owned());
            joins = false;
            continue;
        }
        for word in line.split_whitespace() {
            let word = harmless(word);
            match lines.last_mut() {
                Some(last) if joins && last.chars().count() + 1 + word.chars().count() <= width => {
                    last.push(' ');
                    last.push_str(&word);
                }
                _ => lines.push(word.into_owned()),
            }
            joins = true;
        }
    }
    lines
}

/// Writes colours, or leaves them out.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    /// Whether to write escape sequences.
    pub color: bool,
}

impl Paint {
    /// `text` in `style`.
    #[must_use]
    pub fn paint(self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// `text` in bold.
    #[must_use]
    pub fn bold(self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_spelt_out() {
        assert_eq!(harmless("a\u{1b}[31m\tb"), "a\\u{1b}[31m\tb");
        assert_eq!(harmless("\u{9b}1m\r\u{202e}"), "\\u{9b}1m\\u{d}\\u{202e}");
        assert!(matches!(harmless("é漢 😀"), Cow::Borrowed(_)));
    }

    #[test]
    fn prose_is_broken_and_code_is_not() {
        let text = format!("One two\nthree.\n\n    code {}\n\nlast", "x".repeat(120));
        let lines = reflow(&text, 0);
        assert_eq!(lines[0], "One two three.");
        assert_eq!(lines[2], format!("    code {}", "x".repeat(120)));
        assert_eq!(lines[4], "last");
        let long = reflow(&"word ".repeat(50), 20);
        assert!(long.len() > 1 && long.iter().all(|line| line.len() <= WIDTH - 20), "{long:?}");
    }
}
