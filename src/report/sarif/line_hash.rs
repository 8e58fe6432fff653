//! The fingerprint by which GitHub knows an alert again when lines have moved: `primaryLocationLineHash`.
//!
//! `upload-sarif` works it out where it is missing and warns where it is another; uploads through the interface for
//! programs do without. So it has to be that of `upload-sarif` (`github/codeql-action`, `src/fingerprints.ts`): a rolling
//! hash over the 100 UTF-16 units from the start of the line that are neither space nor tab, with line ends as one LF, a
//! mark at the end of the file and zeros after that; and a number that tells lines apart whose hashes agree.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many units a hash covers.
const WINDOW: usize = 100;
/// The multiplier; all arithmetic is modulo 2⁶⁴.
const MULTIPLIER: u64 = 37;
/// Stands at the end of the file.
const END: u16 = 0xFFFF;

/// The fingerprints of those lines of `text` that are asked for, by number from 1.
pub(super) fn line_hashes(text: &str, wanted: &BTreeSet<u32>) -> BTreeMap<u32, String> {
    let mut rolling = Rolling::new(wanted);
    let mut after_return = false;
    for unit in text.encode_utf16() {
        let skipped = unit == u16::from(b' ') || unit == u16::from(b'\t') || after_return && unit == u16::from(b'\n');
        after_return = unit == u16::from(b'\r');
        if !skipped {
            rolling.take(if after_return { u16::from(b'\n') } else { unit });
        }
    }
    rolling.take(END);
    for _ in 0..WINDOW {
        rolling.tell();
        rolling.push(0);
    }
    rolling.told
}

/// The last units, and the lines that begin among them.
struct Rolling<'w> {
    wanted: &'w BTreeSet<u32>,
    units: [u16; WINDOW],
    /// The line that begins with the unit in the same place.
    lines: [Option<u32>; WINDOW],
    /// Where the oldest unit is.
    oldest: usize,
    hash: u64,
    /// What the oldest unit has been multiplied by when it leaves.
    leaving: u64,
    line: u32,
    at_line_start: bool,
    seen: HashMap<u64, u32>,
    told: BTreeMap<u32, String>,
}

impl<'w> Rolling<'w> {
    fn new(wanted: &'w BTreeSet<u32>) -> Self {
        Self {
            wanted,
            units: [0; WINDOW],
            lines: [None; WINDOW],
            oldest: 0,
            hash: 0,
            leaving: (0..WINDOW).fold(1, |product, _| product.wrapping_mul(MULTIPLIER)),
            line: 0,
            at_line_start: true,
            seen: HashMap::new(),
            told: BTreeMap::new(),
        }
    }

    /// Takes in the next unit of the text.
    fn take(&mut self, unit: u16) {
        self.tell();
        if std::mem::replace(&mut self.at_line_start, unit == u16::from(b'\n')) {
            self.line = self.line.saturating_add(1);
            self.lines[self.oldest] = Some(self.line);
        }
        self.push(unit);
    }

    /// Where a line begins with the oldest unit, the window is full of what its hash is about.
    fn tell(&mut self) {
        let Some(line) = self.lines[self.oldest].take() else { return };
        let times = self.seen.entry(self.hash).or_default();
        *times += 1;
        if self.wanted.contains(&line) {
            self.told.insert(line, format!("{:x}:{times}", self.hash));
        }
    }

    fn push(&mut self, unit: u16) {
        let left = std::mem::replace(&mut self.units[self.oldest], unit);
        self.hash = self
            .hash
            .wrapping_mul(MULTIPLIER)
            .wrapping_add(u64::from(unit))
            .wrapping_sub(self.leaving.wrapping_mul(u64::from(left)));
        self.oldest = (self.oldest + 1) % WINDOW;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str) -> Vec<String> {
        let lines = u32::try_from(text.len() + 1).expect("is short");
        line_hashes(text, &(1..=lines).collect()).into_values().collect()
    }

    /// The values are those that `upload-sarif`'s own tests expect.
    #[test]
    fn the_hashes_are_those_of_upload_sarif() {
        assert_eq!(hashes(""), ["c129715d7a2bc9a3:1"]);
        assert_eq!(
            hashes(" a\nb\n  \t\tc\n d"),
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]
        );
        let greetings = [
            "e9496ae3ebfced30:1",
            "fb7c023a8b9ccb3f:1",
            "ce8ba1a563dcdaca:1",
            "e20e36e16fcb0cc8:1",
            "b3edc88f2938467e:1",
            "c8e28b0b4002a3a0:1",
            "c129715d7a2bc9a3:1",
        ];
        for text in [
            " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n",
            " hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r",
            " hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n",
            " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
        ] {
            assert_eq!(hashes(text), greetings, "{text:?}");
        }
        let repeated = hashes(&"Lorem ipsum dolor sit amet.\n".repeat(10));
        assert_eq!(repeated[..6], [1, 2, 3, 4, 5, 6].map(|n| format!("a7f2ff13bc495cf2:{n}")));
        assert_eq!(
            repeated[6..],
            [
                "a7f2ff1481e87703:1",
                "a9cf91f7bbf1862b:1",
                "55ec222b86bcae53:1",
                "cc97dc7b1d7d8f7b:1",
                "c129715d7a2bc9a3:1"
            ]
        );
    }

    #[test]
    fn only_what_is_asked_for_is_told() {
        let text = "a\nb\nc\n";
        let all = hashes(text);
        assert_eq!(line_hashes(text, &BTreeSet::from([2])), BTreeMap::from([(2, all[1].clone())]));
    }
}
