//! A name for a finding that stays when lines move and texts are laid out anew: for baselines, and for what compares two
//! runs.

use std::collections::HashMap;

use super::Outlines;
use crate::finding::Finding;
use crate::source::{Location, SourceId, Span};

/// The names of findings, in their order: 16 hexadecimal digits over rule, file, text of the primary span, and what the
/// blocks around it are known by. Blanks, quotes, comments, a last comma or semicolon in these texts do not count, nor
/// does it what endpoints a finding is reached from: a new one that includes an old fault makes no new fault. An
/// expectation is known by all that it asks. Of several findings that agree in all of these, the number counts as well, so
/// that of n one less leaves the first n - 1 names.
///
/// `file` says what a file is called in this.
pub(super) fn fingerprints<'f>(
    outlines: &mut Outlines<'_>,
    findings: impl Iterator<Item = &'f Finding>,
    file: &dyn Fn(SourceId) -> &'f str,
) -> Vec<String> {
    let mut seen: HashMap<u64, Seen> = HashMap::new();
    let name = |finding: &Finding| {
        let hash = Hash::new().text(finding.rule);
        let hash = hash.text(file(finding.primary.location.source));
        let hash = place(outlines, finding.primary.location).iter().fold(hash, |hash, text| hash.text(text));
        let hash = outlines.expected(finding).iter().fold(hash, |hash, text| hash.text(text));
        let (place, again) = seen.entry(hash.0).or_default().next(finding.primary.location);
        let named = hash.text(&place.to_string());
        let named = if again == 0 { named } else { named.text(&format!("again {again}")) };
        format!("{:016x}", named.0)
    };
    findings.map(name).collect()
}

/// Where findings were that agree in all that is hashed.
#[derive(Default)]
struct Seen {
    last: Option<Location>,
    /// How many other places before the last.
    places: u64,
    /// How many other findings at the last: those of which a comment takes away a part.
    again: u64,
}

impl Seen {
    /// Which place it is, and which finding there, both from 0.
    fn next(&mut self, location: Location) -> (u64, u64) {
        match self.last {
            Some(last) if last == location => self.again += 1,
            Some(_) => (self.places, self.again) = (self.places + 1, 0),
            None => {}
        }
        self.last = Some(location);
        (self.places, self.again)
    }
}

/// What stands at a place and around it, as far as it counts.
fn place(outlines: &mut Outlines<'_>, location: Location) -> Vec<String> {
    let source = outlines.source(location.source);
    let outline = outlines.of(location.source);
    let text = |span: Span| outline.without_comments(source, span).map(bare).collect::<String>();
    let mut texts = vec![trimmed(text(location.span))];
    texts.extend(outline.heads(location.span).map(|head| trimmed(text(head))));
    texts
}

/// A text without what a formatter may change: white space, kinds of quotes, commas before a closing bracket, line
/// ends that a backslash takes away.
fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let joins_lines = letter == '\\' && letters.peek().is_some_and(|next| matches!(next, '\n' | '\r'));
        if joins_lines || letter.is_whitespace() || matches!(letter, '"' | '\'' | '`' | '\u{feff}') {
            continue;
        }
        if matches!(letter, ')' | ']' | '}') && bare.ends_with(',') {
            bare.pop();
        }
        bare.push(letter);
    }
    bare
}

fn trimmed(mut text: String) -> String {
    text.truncate(text.trim_end_matches([',', ';']).len());
    text
}

/// FNV-1a, 64 bits: the same on every machine and in every release, which the standard library's hasher does not
/// promise.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// A text and an end mark that no text contains, so that `ab, c` is not `a, bc`.
    fn text(self, text: &str) -> Self {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        Self(text.bytes().chain([0xFF]).fold(self.0, step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_formatter_changes_does_not_count() {
        let same = [
            ("add_header A '*' always;", "add_header   A\n  \"*\"\talways"),
            ("cors({ origin: true, })", "cors({\r\n  origin: true\r\n})"),
            ("Header set A \\\n  *", "Header set A *"),
            ("origin: `x`,", "origin: 'x'"),
        ];
        for (one, other) in same {
            assert_eq!(trimmed(bare(one)), trimmed(bare(other)));
        }
        assert_ne!(bare("a\\.b"), bare("a.b"));
        assert_ne!(bare("[a, b]"), bare("[ab]"));
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        // The published value for "a" is af63dc4c8601ec8c; the end mark follows it.
        let expected = (0xaf63_dc4c_8601_ec8c_u64 ^ 0xFF).wrapping_mul(0x0000_0100_0000_01b3);
        assert_eq!(Hash::new().text("a").0, expected);
    }
}
