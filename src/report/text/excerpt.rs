//! The lines of a source that a finding points at, made fit to be shown: few, short and harmless.

use std::ops::Range;

use super::plain::{harmless, push_harmless};
use crate::source::{Source, Span};

/// Longer lines are cut round what is marked in them (a minified configuration is one line).
const LINE: usize = 120;
/// What is shown before the first mark of a line that is cut.
const BEFORE: usize = 24;

/// A place to underline.
pub(super) struct Mark<'a> {
    pub(super) span: Span,
    pub(super) text: &'a str,
    pub(super) primary: bool,
}

/// A few lines in a row.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// Harmless name of the source.
    pub(super) name: String,
    /// Line and column, in code points, of the mark that the excerpt is there for; from 1.
    pub(super) position: (usize, usize),
    /// Number of the first line; from 1.
    pub(super) first_line: usize,
    /// The lines as they are shown, each with a line end.
    pub(super) text: String,
    /// Byte ranges of `text`, in order, not overlapping.
    pub(super) marks: Vec<ShownMark>,
}

#[derive(Debug)]
pub(super) struct ShownMark {
    pub(super) range: Range<usize>,
    pub(super) text: Option<String>,
    pub(super) primary: bool,
}

/// A mark on its line; of a span over several lines, the first.
struct Placed {
    /// Number of the line, from 1.
    line: usize,
    column: usize,
    /// The line in the source, without its end.
    whole: Range<usize>,
    /// The mark in the source.
    marked: Range<usize>,
    text: String,
    primary: bool,
}

/// Excerpts that show all marks, the one with the primary mark first, else from top to bottom.
pub(super) fn excerpts(source: &Source, marks: &[Mark<'_>], ellipsis: &str) -> Vec<Excerpt> {
    let mut placed: Vec<Placed> = marks.iter().map(|mark| place(source, mark)).collect();
    placed.sort_by_key(|mark| (mark.marked.start, mark.marked.end, !mark.primary));
    let mut groups: Vec<Vec<Placed>> = Vec::new();
    for mark in placed {
        match groups.iter_mut().find(|group| group.last().is_some_and(|last| fits(source, group, last, &mark))) {
            Some(group) => join(group, mark),
            None => groups.push(vec![mark]),
        }
    }
    groups.sort_by_key(|group| !group.iter().any(|mark| mark.primary));
    groups.iter().map(|group| excerpt(source, group, ellipsis)).collect()
}

fn place(source: &Source, mark: &Mark<'_>) -> Placed {
    let position = source.position(mark.span.start);
    let start = position.offset as usize;
    let whole = line_at(&source.text, start);
    let mut end = (mark.span.end as usize).clamp(start, whole.end.max(start));
    while !source.text.is_char_boundary(end) {
        end += 1;
    }
    Placed {
        line: position.line as usize,
        column: position.column as usize,
        // A span may begin on the line end itself.
        marked: start.min(whole.end)..end.min(whole.end),
        whole,
        text: harmless(mark.text).into_owned(),
        primary: mark.primary,
    }
}

/// The line that `offset` lies on, without its end (LF, CRLF, CR).
fn line_at(text: &str, offset: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let in_crlf = offset > 0 && bytes.get(offset) == Some(&b'\n') && bytes[offset - 1] == b'\r';
    let offset = offset - usize::from(in_crlf);
    let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let start = bytes[..offset].iter().rposition(ends).map_or(0, |end| end + 1);
    let end = bytes[offset..].iter().position(ends).map_or(bytes.len(), |length| offset + length);
    start..end
}

/// Whether a mark can be shown together with a group that ends in `last`.
fn fits(source: &Source, group: &[Placed], last: &Placed, mark: &Placed) -> bool {
    if mark.line != last.line {
        // The line after the one and the line before the other touch.
        return mark.line - last.line <= 2;
    }
    let first =
        group.iter().find(|other| other.line == mark.line).map_or(mark.marked.start, |other| other.marked.start);
    let is_same = mark.marked == last.marked;
    let overlaps = mark.marked.start < last.marked.end || mark.marked.start == last.marked.start;
    let length = |range: Range<usize>| source.text.get(range).map_or(0, |text| text.chars().count());
    let in_window = length(mark.whole.clone()) <= LINE || length(first..mark.marked.end) <= LINE - BEFORE;
    is_same || (!overlaps && in_window)
}

fn join(group: &mut Vec<Placed>, mark: Placed) {
    match group.last_mut() {
        Some(last) if last.marked == mark.marked => {
            if !last.text.is_empty() && !mark.text.is_empty() {
                last.text.push_str("; ");
            }
            last.text.push_str(&mark.text);
            last.primary |= mark.primary;
        }
        _ => group.push(mark),
    }
}

fn excerpt(source: &Source, group: &[Placed], ellipsis: &str) -> Excerpt {
    let lead = group.iter().find(|mark| mark.primary).unwrap_or(&group[0]);
    let (top, bottom) = (&group[0], &group[group.len() - 1]);
    let mut excerpt = Excerpt {
        name: harmless(&source.name).into_owned(),
        position: (lead.line, lead.column),
        first_line: top.line,
        text: String::new(),
        marks: Vec::new(),
    };
    let mut line = top.whole.clone();
    if top.whole.start > 0 {
        line = line_at(&source.text, top.whole.start - 1);
        excerpt.first_line -= 1;
    }
    loop {
        show_line(source, line.clone(), group, ellipsis, &mut excerpt);
        let rest = &source.text[line.end..];
        let next = line.end + if rest.starts_with("\r\n") { 2 } else { 1 };
        // One line after the last mark, but not the empty one after the last line end.
        let last_shown = line.start >= bottom.whole.start && next >= source.text.len();
        if line.start > bottom.whole.start || last_shown || next > source.text.len() {
            return excerpt;
        }
        line = line_at(&source.text, next);
    }
}

/// Appends a line and the marks on it.
fn show_line(source: &Source, line: Range<usize>, group: &[Placed], ellipsis: &str, excerpt: &mut Excerpt) {
    let text = &source.text[line.clone()];
    let on_line = || group.iter().filter(|mark| mark.whole == line);
    let count = text.chars().count();
    let first = on_line().next().map_or(0, |mark| text[..mark.marked.start - line.start].chars().count());
    let skipped = if count <= LINE { 0 } else { first.saturating_sub(BEFORE).min(count - LINE) };
    if skipped > 0 {
        excerpt.text.push_str(ellipsis);
    }
    // Where each character shown begins in the source and in the excerpt.
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (offset, c) in text.char_indices().skip(skipped).take(LINE) {
        places.push((line.start + offset, excerpt.text.len()));
        push_harmless(&mut excerpt.text, c);
    }
    let end = excerpt.text.len();
    let shown = |offset: usize| {
        let index = places.partition_point(|(place, _)| *place < offset);
        places.get(index).map_or(end, |(_, shown)| *shown)
    };
    excerpt.marks.extend(on_line().map(|mark| ShownMark {
        range: shown(mark.marked.start)..shown(mark.marked.end),
        text: Some(mark.text.clone()).filter(|text| !text.is_empty()),
        primary: mark.primary,
    }));
    if skipped + LINE < count {
        excerpt.text.push_str(ellipsis);
    }
    excerpt.text.push('\n');
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn source(text: &str) -> Source {
        Source::new(PathBuf::new(), "a.conf".to_owned(), text.to_owned())
    }

    fn mark(start: usize, end: usize, primary: bool) -> Mark<'static> {
        Mark { span: Span::new(start, end), text: "x", primary }
    }

    fn marked(excerpt: &Excerpt) -> Vec<&str> {
        excerpt.marks.iter().map(|mark| &excerpt.text[mark.range.clone()]).collect()
    }

    #[test]
    fn a_line_before_and_a_line_after_are_shown() {
        let all = excerpts(&source("a\r\nb\r\nc\r\nd\r\n"), &[mark(3, 4, true)], "…");
        assert_eq!((all[0].text.as_str(), all[0].first_line, all[0].position), ("a\nb\nc\n", 1, (2, 1)));
        assert_eq!(marked(&all[0]), ["b"]);
        let all = excerpts(&source("a\rb"), &[mark(2, 3, true)], "…");
        assert_eq!(all[0].text, "a\nb\n");
        let all = excerpts(&source(""), &[mark(0, 0, true)], "…");
        assert_eq!((all[0].text.as_str(), marked(&all[0])), ("\n", vec![""]));
    }

    #[test]
    fn near_marks_share_an_excerpt_and_far_ones_do_not() {
        let text = "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let at = |line: usize, primary| mark(line * 2, line * 2 + 1, primary);
        let all = excerpts(&source(text), &[at(8, true), at(1, false), at(3, false)], "…");
        assert_eq!(all.iter().map(|e| e.text.as_str()).collect::<Vec<_>>(), ["7\n8\n9\n", "0\n1\n2\n3\n4\n"]);
        assert_eq!(marked(&all[1]), ["1", "3"]);
    }

    #[test]
    fn overlapping_marks_are_shown_apart_and_equal_ones_as_one() {
        let all = excerpts(&source("add_header A b;"), &[mark(0, 15, false), mark(13, 14, true)], "…");
        assert_eq!(all.iter().map(marked).collect::<Vec<_>>(), [vec!["b"], vec!["add_header A b;"]]);
        let all = excerpts(&source("add_header A b;"), &[mark(13, 14, false), mark(13, 14, true)], "…");
        assert_eq!((all.len(), all[0].marks[0].text.as_deref()), (1, Some("x; x")));
    }

    #[test]
    fn long_lines_are_cut_round_their_marks() {
        let text = format!("{}é漢MARK{}\n{}", "a".repeat(5000), "b".repeat(5000), "c".repeat(5000));
        let start = text.find("MARK").expect("is there");
        let all = excerpts(&source(&text), &[mark(start, start + 4, true)], "…");
        assert_eq!(marked(&all[0]), ["MARK"]);
        assert_eq!(all[0].position, (1, 5003));
        assert!(all[0].text.lines().all(|line| line.chars().count() <= LINE + 2), "{}", all[0].text);
        assert!(all[0].text.starts_with('…') && all[0].text.ends_with("c…\n"));
        let far = excerpts(&source(&text), &[mark(0, 1, true), mark(start, start + 4, false)], "...");
        assert_eq!(far.iter().map(marked).collect::<Vec<_>>(), [vec!["a"], vec!["MARK"]]);
    }

    #[test]
    fn what_steers_a_terminal_is_escaped_and_marks_stay_in_place() {
        let text = "a \u{1b}[31m \u{202e}b;";
        let start = text.find('b').expect("is there");
        let all = excerpts(&source(text), &[mark(start, start + 1, true)], "…");
        assert_eq!(all[0].text, "a \\u{1b}[31m \\u{202e}b;\n");
        assert_eq!(marked(&all[0]), ["b"]);
    }

    #[test]
    fn a_span_over_lines_is_marked_on_its_first_and_odd_spans_do_no_harm() {
        let text = "server {\n é }\r\n";
        assert_eq!(marked(&excerpts(&source(text), &[mark(0, 99, true)], "…")[0]), ["server {"]);
        for start in 0..20 {
            for end in start..22 {
                let all = excerpts(&source(text), &[mark(start, end, true)], "…");
                assert_eq!(all.len(), 1, "{start}..{end}");
            }
        }
    }
}
