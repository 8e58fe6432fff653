//! Header values as the rules on single values see them.

use super::draft::{Draft, Drafts, EXPOSE_HEADERS};
use crate::exchange::{Exchange, HeaderLine, Observation};
use crate::finding::Severity;
use crate::source::Location;
use crate::words;

/// How many names of a list are quoted in a message.
const MOST_NAMED: usize = 4;

/// The exchanges of CORS requests, those on which browsers read a header first, each with whether it is one of them:
/// lists of what is allowed and their age are read on preflights, what is exposed on the answers themselves.
pub(super) fn by_use<'o, 'p>(
    observed: &'o Observation<'p>,
    name: &str,
) -> impl Iterator<Item = (&'o Exchange<'p>, bool)> {
    let exposes = name == EXPOSE_HEADERS;
    let is_read = move |exchange: &&Exchange<'_>| exchange.is_preflight() != exposes;
    let cors = || observed.exchanges.iter().filter(|exchange| exchange.from().is_some());
    let read = cors().filter(is_read).map(|exchange| (exchange, true));
    read.chain(cors().filter(move |exchange| !is_read(exchange)).map(|exchange| (exchange, false)))
}

/// What is wrong with a value.
pub(super) struct Fault {
    pub(super) severity: Severity,
    pub(super) message: String,
    /// What stands beside it.
    pub(super) said: &'static str,
}

/// A finding for each line of that name whose value has a fault, at the value. Where browsers do not read it, it is worth
/// an info.
pub(super) fn check(
    observed: &Observation<'_>,
    drafts: &mut Drafts,
    name: &str,
    fault: impl Fn(&str) -> Option<Fault>,
) {
    for (exchange, is_read) in by_use(observed, name) {
        for (line, place) in exchange.response.lines(name).filter_map(written) {
            if drafts.iter().any(|draft| draft.primary.location == place) {
                continue;
            }
            let Some(Fault { severity, message, said }) = line.value.text().and_then(&fault) else { continue };
            let severity = if is_read { severity } else { Severity::Info };
            let mut draft = Draft::new(severity, place, message).saying(said);
            for via in &line.via {
                draft = draft.label(Some(*via), "the value comes from here");
            }
            drafts.push(draft.proof(exchange));
        }
    }
}

fn written(line: &HeaderLine) -> Option<(&HeaderLine, Location)> {
    Some((line, line.written?.value))
}

/// The elements of a list, the empty ones left out (RFC 9110 section 5.6.1.2).
pub(super) fn elements(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|element| !element.is_empty())
}

/// The elements of a list that are among these names, which are in lower case.
pub(super) fn among<'v>(value: &'v str, names: &[&str]) -> Vec<&'v str> {
    elements(value).filter(|element| names.contains(&element.to_ascii_lowercase().as_str())).collect()
}

/// `a`, `b` and `c`.
pub(super) fn quoted(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().take(MOST_NAMED).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(MOST_NAMED) {
        0 => words::series(&quoted, "and"),
        more => format!("{} and {more} more", quoted.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn names_are_listed_as_in_a_sentence() {
        assert_eq!(quoted(&["a"]), "`a`");
        assert_eq!(quoted(&["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(quoted(&["a", "b", "c", "d", "e", "f"]), "`a`, `b`, `c`, `d` and 2 more");
    }
}
