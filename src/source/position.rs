//! Byte offsets as lines and columns.

use serde::Serialize;

/// A place in a text as people and other programs count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode code points, from 1.
    pub column: u32,
    /// Offset in bytes, from 0.
    pub offset: u32,
}

/// Offsets at which lines begin. A line ends with LF, CRLF or a lone CR, as editors count them.
pub(super) fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let ends_line = |i: usize| bytes[i] == b'\n' || (bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
    let after = (0..bytes.len()).filter(|&i| ends_line(i)).map(|i| u32::try_from(i + 1).unwrap_or(u32::MAX));
    std::iter::once(0).chain(after).collect()
}

/// Offsets of the bytes at which no character begins: with them a column is told without reading its line, which may be as
/// long as the text.
pub(super) fn continuations(text: &str) -> Vec<u32> {
    let bytes = text.bytes().enumerate().filter(|(_, byte)| byte & 0xC0 == 0x80);
    bytes.map(|(offset, _)| u32::try_from(offset).unwrap_or(u32::MAX)).collect()
}

/// Line and column of `offset`, which is clamped to the text and to a character boundary.
pub(super) fn locate(text: &str, line_starts: &[u32], continuations: &[u32], offset: usize) -> Position {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let line = line_starts.partition_point(|&start| start as usize <= offset).max(1);
    let start = line_starts[line - 1] as usize;
    let before = |end: usize| continuations.partition_point(|&byte| (byte as usize) < end);
    let column = offset - start - (before(offset) - before(start)) + 1;
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Position { line: number(line), column: number(column), offset: number(offset) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_code_points_and_lines_end_in_three_ways() {
        let text = "a\r\né漢😀\tx\ry\nz";
        let (starts, continuations) = (line_starts(text), continuations(text));
        let at = |needle: &str| {
            let p = locate(text, &starts, &continuations, text.find(needle).expect("is in the text"));
            (p.line, p.column)
        };
        assert_eq!(at("a"), (1, 1));
        assert_eq!(at("x"), (2, 5));
        assert_eq!(at("y"), (3, 1));
        assert_eq!(at("z"), (4, 1));
    }

    #[test]
    fn an_offset_beyond_or_inside_a_character_is_clamped() {
        let (starts, continuations) = (line_starts("é"), continuations("é"));
        assert_eq!(locate("é", &starts, &continuations, 1).column, 1);
        assert_eq!(locate("é", &starts, &continuations, 99).column, 2);
    }
}
