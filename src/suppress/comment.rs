//! `corslint: ignore[rule-id, …] reason`: what a comment asks for.
//!
//! In: the text of a comment. Out: an [`Ignore`], and what is wrong with it. Must not know: what the comment speaks of,
//! what is found there.

use crate::finding::SYNTAX_ERROR;
use crate::rules::catalogue;
use crate::source::Span;
use crate::words::distance;

/// What a comment asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ignore {
    /// Whether it is for the whole file.
    pub(super) whole_file: bool,
    /// The rules, each once, and where they are named.
    pub(super) rules: Vec<(&'static str, Span)>,
    /// Why.
    pub(super) reason: Option<String>,
    /// From `corslint` to the bracket.
    pub(super) span: Span,
}

/// A comment that is meant for corslint and cannot be heeded, or not wholly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where.
    pub(super) span: Span,
    /// One sentence without a final stop.
    pub(super) message: String,
}

/// The program's name, with which everything begins that is meant for it.
const NAME: &str = "corslint";

/// How it has to be written.
const FORM: &str =
    "write `corslint: ignore[rule-id] reason`, or `corslint: ignore-file[rule-id] reason` for a whole file";

/// What other programs call the same.
const ALIKE: &[&str] = &[
    "ignore-all",
    "ignore-line",
    "ignore-next-line",
    "file-ignore",
    "disable",
    "disable-file",
    "disable-line",
    "disable-next-line",
    "noqa",
    "nolint",
    "off",
];

/// Rules that no comment takes away, and why.
const NOT_BY_COMMENT: &[(&str, &str)] = &[
    (SYNTAX_ERROR, "cannot be ignored: what stands in the broken part is not checked"),
    ("unused-suppression", "cannot be ignored by a comment; take out the one that is not needed"),
    ("suppression-without-reason", "cannot be ignored by a comment; write the reason behind the bracket"),
];

/// Reads what the lines of a comment ask for. `start`: the offset of `comment` in its file; `room`: how many faults are
/// wanted, others are not looked into.
pub(super) fn read(comment: &str, start: u32, room: usize) -> (Vec<Ignore>, Vec<Fault>) {
    let (mut ignores, mut faults) = (Vec::new(), Vec::new());
    let mut line_start = start as usize;
    for line in comment.split_inclusive(['\n', '\r']) {
        let begins: Vec<usize> = begins(line);
        let ends = begins.iter().skip(1).copied().chain([line.len()]);
        for (begin, end) in begins.iter().zip(ends) {
            let mut reader = Reader { text: &line[..end], start: line_start, begin: *begin, room, faults: &mut faults };
            ignores.extend(reader.directive());
        }
        line_start += line.len();
    }
    (ignores, faults)
}

/// Where in a line the program's name stands first in the comment, or behind a mark that begins another.
fn begins(line: &str) -> Vec<usize> {
    let lower = line.to_ascii_lowercase();
    let is_first = |at: &usize| {
        let before = lower[..*at].trim_end();
        before.is_empty() || before.ends_with(['#', '*']) || before.ends_with("//")
    };
    lower.match_indices(NAME).map(|(at, _)| at).filter(is_first).collect()
}

struct Reader<'t, 'f> {
    /// The line, as far as it belongs to this.
    text: &'t str,
    /// The offset of the line in its file.
    start: usize,
    /// Where the program's name begins in the line.
    begin: usize,
    /// How many faults are wanted.
    room: usize,
    faults: &'f mut Vec<Fault>,
}

impl Reader<'_, '_> {
    fn directive(&mut self) -> Option<Ignore> {
        let named = self.begin + NAME.len();
        let rest = self.text[named..].trim_start_matches([' ', '\t']);
        let addressed = rest.starts_with(':');
        let rest = rest.strip_prefix([':', '-']).unwrap_or(rest).trim_start();
        let word = word(rest);
        let behind = rest[word.len()..].trim_start();
        if !is_meant(addressed, word, behind, &self.text[named..]) {
            return None;
        }
        let bracket = self.text.len() - behind.len();
        let whole_file = word == "ignore-file";
        if !addressed || !(whole_file || word == "ignore") {
            let wrong = self.text[self.begin..].get(..bracket - self.begin).unwrap_or_default().trim_end();
            let form = if word.contains("file") { FILE_FORM } else { FORM };
            self.fault(self.begin, self.begin + wrong.len(), format!("`{wrong}` is not understood; {form}"));
            return None;
        }
        if !behind.starts_with('[') {
            let message = format!("`{word}` does not say which rules; {FORM}");
            self.fault(self.begin, bracket, message);
            return None;
        }
        let Some(length) = behind.find(']') else {
            self.fault(self.begin, self.text.trim_end().len(), "the bracket is not closed".to_owned());
            return None;
        };
        let rules = self.rules(bracket + 1, bracket + length);
        let end = bracket + length + 1;
        let reason = reason(&self.text[end..]);
        let span = self.span(self.begin, end);
        (!rules.is_empty()).then_some(Ignore { whole_file, rules, reason, span })
    }

    /// The rules that are named between two offsets of the line.
    fn rules(&mut self, start: usize, end: usize) -> Vec<(&'static str, Span)> {
        let mut rules: Vec<(&'static str, Span)> = Vec::new();
        let mut at = start;
        let mut named = false;
        for piece in self.text[start..end].split(',') {
            let id = piece.trim();
            let from = at + (piece.len() - piece.trim_start().len());
            at += piece.len() + 1;
            if id.is_empty() {
                continue;
            }
            named = true;
            match known(id, self.faults.len() < self.room) {
                Ok(rule) if rules.iter().any(|(known, _)| *known == rule) => {}
                Ok(rule) => rules.push((rule, self.span(from, from + id.len()))),
                Err(message) => self.fault(from, from + id.len(), message),
            }
        }
        if !named {
            self.fault(self.begin, end + 1, format!("no rule is named; {FORM}"));
        }
        rules
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.start + start, self.start + end)
    }

    fn fault(&mut self, start: usize, end: usize, message: String) {
        if self.faults.len() < self.room {
            let span = self.span(start, end);
            self.faults.push(Fault { span, message });
        }
    }
}

/// For what is only misspelt where it is for a whole file.
const FILE_FORM: &str = "write `corslint: ignore-file[rule-id] reason`";

/// The letters and hyphens that a text begins with.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphabetic() && c != '-' && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// Whether something asks corslint to ignore rather than speaking of it. `behind`: what follows the word, `all`: what
/// follows the program's name.
fn is_meant(addressed: bool, word: &str, behind: &str, all: &str) -> bool {
    let like = word == "ignore" || word == "ignore-file" || ALIKE.contains(&word);
    let lower = word.to_ascii_lowercase().replace('_', "-");
    let near = || distance(&lower, "ignore") <= 2 || distance(&lower, "ignore-file") <= 2;
    if addressed {
        // What `[…]` follows is an order, if not one that is known here.
        return like || near() || catalogue::entry(word).is_some() || (behind.starts_with('[') && word != "context");
    }
    let joined = all.starts_with('-');
    (like || near()) && (joined || behind.starts_with('['))
}

/// The rule of this id, if a comment may take it away; else why not, if that is `wanted`: to look for what was meant takes
/// its time.
fn known(id: &str, wanted: bool) -> Result<&'static str, String> {
    if let Some((_, why)) = NOT_BY_COMMENT.iter().find(|(rule, _)| *rule == id) {
        return Err(format!("`{id}` {why}"));
    }
    if let Some(entry) = catalogue::entry(id) {
        return Ok(&entry.id);
    }
    if !wanted {
        return Err(String::new());
    }
    if id == "*" || id.eq_ignore_ascii_case("all") {
        return Err(format!("`{id}` is no rule; name each that is to be ignored"));
    }
    Err(catalogue::unknown(id))
}

/// What follows a bracket, without the marks around it; none where it says nothing.
fn reason(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches("*/").trim_end_matches("//").trim_end_matches('#').trim();
    let text = text.trim_start_matches(['-', '–', '—', ':', ',', ';']).trim();
    text.contains(char::is_alphanumeric).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Rules and reason of each directive, and each fault with what it is about.
    fn told(comment: &str) -> (Vec<String>, Vec<String>) {
        let (ignores, faults) = read(comment, 0, usize::MAX);
        let ignore = |ignore: &Ignore| {
            let rules: Vec<&str> = ignore.rules.iter().map(|(rule, _)| *rule).collect();
            let scope = if ignore.whole_file { "file " } else { "" };
            assert_eq!(&comment[ignore.span.range()][..8].to_ascii_lowercase(), NAME);
            assert!(comment[ignore.span.range()].ends_with(']'));
            format!("{scope}{}: {}", rules.join("+"), ignore.reason.as_deref().unwrap_or("-"))
        };
        let fault = |fault: &Fault| format!("{} @ {}", fault.message, &comment[fault.span.range()]);
        (ignores.iter().map(ignore).collect(), faults.iter().map(fault).collect())
    }

    #[test]
    fn directives_are_read_in_every_kind_of_comment() {
        let cases: &[(&str, &[&str])] = &[
            ("# corslint: ignore[missing-vary] the CDN adds it", &["missing-vary: the CDN adds it"]),
            ("#corslint:ignore[missing-vary]", &["missing-vary: -"]),
            ("## corslint: ignore [ missing-vary , missing-always, ] -- é漢", &["missing-vary+missing-always: é漢"]),
            ("// corslint: ignore-file[missing-vary]: why\r", &["file missing-vary: why"]),
            ("/* corslint: ignore[missing-vary] why */", &["missing-vary: why"]),
            ("/**\n * Ours.\n * corslint: ignore[missing-vary] why\n */", &["missing-vary: why"]),
            ("# noqa # corslint: ignore[missing-vary] why", &["missing-vary: why"]),
            (
                "# corslint: ignore[missing-vary] a # corslint: ignore[missing-always] b",
                &["missing-vary: a", "missing-always: b"],
            ),
            ("# Corslint: ignore[missing-vary, missing-vary] ---", &["missing-vary: -"]),
        ];
        for (comment, ignores) in cases {
            assert_eq!(told(comment), (ignores.iter().map(|text| (*text).to_owned()).collect(), vec![]), "{comment}");
        }
    }

    #[test]
    fn what_only_speaks_of_corslint_is_left_alone() {
        for comment in [
            "# corslint says nothing here",
            "# corslint ignores the map",
            "# corslint: the map is in maps.conf",
            "# see corslint: ignore[missing-vary]",
            "# write `corslint: ignore[missing-vary]`",
            "# corslint ignore rules are in the README",
            "# corslint: context[http, server]",
            "# corslinter: ignore[x]",
            "# ignore[missing-vary]",
            "# corslint",
            "# corslint:",
        ] {
            assert_eq!(told(comment), (vec![], vec![]), "{comment}");
        }
    }

    #[test]
    fn what_is_misspelt_is_told() {
        let cases = [
            ("# corslint ignore[missing-vary] x", "`corslint ignore` is not understood", "corslint ignore"),
            ("# corslint:ignored[missing-vary]", "`corslint:ignored` is not understood", "corslint:ignored"),
            ("# corslint: ingore[missing-vary]", "`corslint: ingore` is not understood", "corslint: ingore"),
            (
                "# corslint-disable-next-line missing-vary",
                "`corslint-disable-next-line` is",
                "corslint-disable-next-line",
            ),
            ("# corslint: file-ignore[missing-vary]", "write `corslint: ignore-file[rule-id]", "corslint: file-ignore"),
            ("# corslint: missing-vary", "`corslint: missing-vary` is not understood", "corslint: missing-vary"),
            ("# corslint: hush[missing-vary]", "`corslint: hush` is not understood", "corslint: hush"),
            ("# corslint: ignore", "`ignore` does not say which rules", "corslint: ignore"),
            ("# corslint: ignore missing-vary", "`ignore` does not say which rules", "corslint: ignore "),
            ("# corslint: ignore[missing-vary x", "the bracket is not closed", "corslint: ignore[missing-vary x"),
            ("# corslint: ignore[] x", "no rule is named", "corslint: ignore[]"),
            ("# corslint: ignore[all] x", "`all` is no rule; name each", "all"),
            ("# corslint: ignore[é] x", "there is no rule `é`; `corslint rules`", "é"),
            ("# corslint: ignore[missing_vary] x", "did you mean `missing-vary`?", "missing_vary"),
            ("# corslint: ignore[syntax-error] x", "`syntax-error` cannot be ignored", "syntax-error"),
            ("# corslint: ignore[unused-suppression] x", "cannot be ignored by a comment", "unused-suppression"),
        ];
        for (comment, message, at) in cases {
            let (ignores, faults) = told(comment);
            assert!(ignores.is_empty(), "{comment}: {ignores:?}");
            assert!(
                matches!(faults.as_slice(), [fault] if fault.contains(message) && fault.ends_with(&format!(" @ {at}"))),
                "{comment}: {faults:?}"
            );
        }
        let (ignores, faults) = told("# corslint: ignore[missing-vary, nonsense-rule] x");
        assert_eq!((ignores.len(), faults.len()), (1, 1));
    }

    #[test]
    fn no_more_faults_are_told_than_there_is_room_for() {
        let comment = "# corslint: ignore[a, b, c, missing-vary] x # corslint: ignore\n# corslint: ignore[";
        for room in 0..5 {
            let (ignores, faults) = read(comment, 0, room);
            assert_eq!((ignores.len(), faults.len()), (1, room));
        }
    }

    proptest! {
        #[test]
        fn whatever_a_comment_says_places_lie_in_it(
            comment in "([#/* \t\n:,-]|\\[|\\]|corslint|Corslint: ?|ignore|-file|missing-vary|x|é漢|\u{a0}){0,14}",
        ) {
            let (ignores, faults) = read(&comment, 0, usize::MAX);
            let spans = ignores.iter().flat_map(|ignore| ignore.rules.iter().map(|(_, span)| *span).chain([ignore.span]));
            for span in spans.chain(faults.iter().map(|fault| fault.span)) {
                prop_assert!(comment.get(span.range()).is_some_and(|text| !text.is_empty()), "{:?}: {:?}", comment, span);
            }
        }
    }
}
