//! A text of the input as messages show it.

use crate::syntax::hole;

/// `text` in back quotes, fit for one line: shortened, control characters escaped.
pub(super) fn show(text: &str) -> String {
    const LONGEST: usize = 40;
    let text = hole::decode(text);
    let mut shown: String = text.chars().take(LONGEST).flat_map(show_char).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

fn show_char(c: char) -> Vec<char> {
    if c.is_control() { c.escape_default().collect() } else { vec![c] }
}
