//! Limits that keep any input from exhausting time, memory or stack.

use crate::source::Span;
use crate::syntax::SyntaxError;

/// Longest text that is parsed, in bytes.
pub(super) const MAX_BYTES: usize = 16 << 20;
/// Deepest nesting of blocks that is put into a tree; trees are walked and dropped recursively.
pub(super) const MAX_DEPTH: usize = 256;
/// Most errors told of one file. Mending an error may read a stretch of text again, so this also bounds time.
pub(super) const MAX_ERRORS: usize = 100;
/// Most words that are put into one tree (fewer in tests, where no optimizer helps to reach them).
pub(super) const MAX_WORDS: usize = if cfg!(test) { 200_000 } else { 2_000_000 };
/// Longest directive head or run of comments that is read in one go, in bytes.
pub(super) const MAX_STATEMENT: usize = 1 << 20;

/// The error of a text that is too long to be parsed, at its beginning.
pub(super) fn check_size(text: &str) -> Result<(), SyntaxError> {
    if text.len() <= MAX_BYTES {
        return Ok(());
    }
    Err(SyntaxError {
        span: Span::new(0, 0),
        message: format!("the file is longer than {} MiB and was not read", MAX_BYTES >> 20),
        help: None,
    })
}
