//! Why a pattern that means one origin accepts another.

use std::fmt;
use std::ops::Range;

use super::trace::{Taker, TakerKind, Trace, trace};
use crate::exchange::origin::{Origin, public_suffix};
use crate::source::Span;
use crate::syntax::pattern::{Assertion, Group, Kind, Node, Tree};

/// What is wrong with a pattern; spans are in the pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// Nothing keeps other text from standing before the match.
    NoStartAnchor,
    /// Nothing keeps other text from standing after the match.
    NoEndAnchor,
    /// Neither: the pattern is only looked for.
    NoAnchors,
    /// `^a|b$`: this alternative lacks an anchor that another has.
    AlternationPrecedence(Span),
    /// This `.` stands for any character.
    UnescapedDot(Span),
    /// This part takes more of the host than one label below a trusted domain.
    Wildcard(Span),
    /// This part takes any top-level domain.
    AnyTopLevelDomain(Span),
    /// This dot may be left out.
    OptionalDot(Span),
    /// The pattern is content with a part of the origin.
    Truncation,
    /// No flaw: the origin is written out in the pattern, between anchors. It is meant, and was not known to be.
    Meant,
    /// None of these.
    Loose,
}

impl Flaw {
    /// The culprit in the pattern, where there is one: what is missing has no place.
    #[must_use]
    pub const fn span(self) -> Option<Span> {
        match self {
            Self::AlternationPrecedence(span)
            | Self::UnescapedDot(span)
            | Self::Wildcard(span)
            | Self::OptionalDot(span)
            | Self::AnyTopLevelDomain(span) => Some(span),
            Self::NoStartAnchor
            | Self::NoEndAnchor
            | Self::NoAnchors
            | Self::Truncation
            | Self::Meant
            | Self::Loose => None,
        }
    }
}

impl fmt::Display for Flaw {
    /// A clause without final stop, fit to follow a colon.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoStartAnchor => "the pattern is not anchored at its start",
            Self::NoEndAnchor => "the pattern is not anchored at its end",
            Self::NoAnchors => "the pattern is not anchored, so it may match anywhere in the origin",
            Self::AlternationPrecedence(_) => {
                "`|` separates more than the anchors hold together, so this alternative lacks one"
            }
            Self::UnescapedDot(_) => "an unescaped `.` matches any character",
            Self::Wildcard(_) => "a wildcard matches more of the host than a subdomain",
            Self::AnyTopLevelDomain(_) => "any top-level domain is matched",
            Self::OptionalDot(_) => "a dot of the host may be left out",
            Self::Meant => "the pattern spells it out",
            Self::Truncation => "a part of the origin is enough",
            Self::Loose => "the pattern matches more than the origins it is meant for",
        })
    }
}

/// Names the flaw by which `accepted`, which the pattern matches, gets past a pattern meant for `trusted`.
#[must_use]
pub fn flaw(tree: &Tree, accepted: &str, trusted: &str) -> Flaw {
    if lacks_dot(accepted, trusted)
        && let Some(span) = optional_dot(&tree.root)
    {
        return Flaw::OptionalDot(span);
    }
    let Some(trace) = trace(tree, accepted) else { return Flaw::Loose };
    let spelt_out = trace.takers.iter().all(|taker| taker.kind == TakerKind::Literal);
    if trace.at_start && trace.at_end && spelt_out {
        return Flaw::Meant;
    }
    let (accepted, trusted_chars): (Vec<char>, Vec<char>) = (accepted.chars().collect(), trusted.chars().collect());
    let mut foreign = foreign(&accepted, &trusted_chars);
    if foreign.is_empty() && foreign.start == accepted.len() {
        return Flaw::Truncation;
    }
    if foreign.is_empty() {
        // A dot is missing here; the name before it is what the attacker has glued on.
        foreign.start = foreign.start.saturating_sub(1);
    }
    let taker = |at: usize| at.checked_sub(trace.start).and_then(|index| trace.takers.get(index)).copied();
    // What takes the attacker's part, looser things before stricter: `.*` explains more than the dot after it.
    let loose: Vec<Taker> = foreign.clone().filter_map(taker).filter(|t| t.kind != TakerKind::Literal).collect();
    let wildcard = loose.iter().find(|taker| taker.kind == TakerKind::Wildcard);
    if let Some(taker) = wildcard.or(loose.first()) {
        return match taker.kind {
            TakerKind::Dot => Flaw::UnescapedDot(taker.span),
            _ if replaces_suffix(trusted, foreign.start, accepted.len() - foreign.end) => {
                Flaw::AnyTopLevelDomain(taker.span)
            }
            _ => Flaw::Wildcard(taker.span),
        };
    }
    let end = trace.start + trace.takers.len();
    if foreign.end > end && !trace.at_end {
        return missing(tree, &trace, Assertion::End);
    }
    if foreign.start < trace.start && !trace.at_start {
        return missing(tree, &trace, Assertion::Start);
    }
    Flaw::Loose
}

/// Whether the one is the other without one of its dots.
fn lacks_dot(accepted: &str, trusted: &str) -> bool {
    accepted.len() + 1 == trusted.len()
        && trusted
            .match_indices('.')
            .any(|(dot, _)| accepted.starts_with(&trusted[..dot]) && accepted.get(dot..) == trusted.get(dot + 1..))
}

/// The first part that is a dot or nothing.
fn optional_dot(node: &Node) -> Option<Span> {
    match &node.kind {
        Kind::Repeat { body, min: 0, .. } if is_dot(body) => Some(node.span),
        Kind::Repeat { body, .. } | Kind::Group { body, .. } => optional_dot(body),
        Kind::Sequence(nodes) | Kind::Alternation(nodes) => nodes.iter().find_map(optional_dot),
        _ => None,
    }
}

fn is_dot(node: &Node) -> bool {
    match &node.kind {
        Kind::Literal(c) => *c == '.',
        Kind::Class(_) => node.accepts('.') && !node.accepts('a'),
        Kind::Group { body, .. } => is_dot(body),
        Kind::Sequence(parts) => parts.len() == 1 && is_dot(&parts[0]),
        _ => false,
    }
}

/// The attacker's own part of its origin: what is left when all that it shares with the trusted one is taken away.
fn foreign(accepted: &[char], trusted: &[char]) -> Range<usize> {
    let common = |a: &mut dyn Iterator<Item = (&char, &char)>| a.take_while(|(x, y)| x == y).count();
    if accepted.starts_with(trusted) {
        return trusted.len()..accepted.len();
    }
    let end = common(&mut accepted.iter().rev().zip(trusted.iter().rev()));
    let start = common(&mut accepted.iter().zip(trusted));
    // Where the shared ends overlap, as in `evilexample.com` for `example.com`, the end is what is imitated.
    let start = start.min(accepted.len() - end).min(trusted.len() - end.min(trusted.len()));
    start..accepted.len() - end
}

/// Whether what differs is the public suffix of the trusted origin and nothing before it.
fn replaces_suffix(trusted: &str, start: usize, shared_end: usize) -> bool {
    let Ok(origin) = Origin::parse(trusted) else { return false };
    let Some((suffix, _)) = public_suffix(&origin.host) else { return false };
    let host_start = origin.scheme.len() + 3;
    let suffix_start = host_start + origin.host.len() - suffix.len();
    let host_end = host_start + origin.host.len();
    (suffix_start..host_end).contains(&start) && shared_end <= trusted.len() - host_end
}

/// Which flaw it is that an anchor did not have to hold.
fn missing(tree: &Tree, trace: &Trace, side: Assertion) -> Flaw {
    if let Some(branches) = alternatives(&tree.root)
        && let Some(first) = trace.takers.first()
        && let Some(taken) = branches.iter().find(|branch| branch.span.to(first.span) == branch.span)
        && branches.iter().any(|branch| branch.span != taken.span && is_anchored(branch, side))
    {
        return Flaw::AlternationPrecedence(taken.span);
    }
    match side {
        _ if !trace.at_start && !trace.at_end => Flaw::NoAnchors,
        Assertion::End => Flaw::NoEndAnchor,
        _ => Flaw::NoStartAnchor,
    }
}

/// The alternatives that the whole pattern consists of, also in one group around all of it.
fn alternatives(node: &Node) -> Option<&[Node]> {
    match &node.kind {
        Kind::Alternation(branches) => Some(branches),
        Kind::Group { group: Group::Capture { .. } | Group::Scope(_), body } => alternatives(body),
        Kind::Sequence(parts) if parts.len() == 1 => alternatives(&parts[0]),
        _ => None,
    }
}

/// Whether a part matches only at that side of the text.
fn is_anchored(node: &Node, side: Assertion) -> bool {
    match &node.kind {
        Kind::Assertion(assertion) => *assertion == side,
        Kind::Group { group: Group::Look { .. }, .. } => false,
        Kind::Group { body, .. } => is_anchored(body, side),
        Kind::Sequence(parts) if side == Assertion::Start => parts.first().is_some_and(|part| is_anchored(part, side)),
        Kind::Sequence(parts) => parts.last().is_some_and(|part| is_anchored(part, side)),
        Kind::Alternation(branches) => branches.iter().all(|branch| is_anchored(branch, side)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::pattern::parse;

    const APP: &str = "https://app.example.com";

    #[test]
    fn flaws_are_named_and_placed() {
        let table = [
            (r"^https://app\.example\.com", "https://app.example.com.evil.example", APP, "end", ""),
            (r"https://app\.example\.com$", "https://app.example.com.evil.example", APP, "loose", ""),
            (r"example\.com$", "https://evilexample.com", APP, "start", ""),
            (r"example\.com$", "https://evilexample.com", "https://example.com", "start", ""),
            (r"example\.com", "https://evilexample.com", APP, "anchors", ""),
            (r"https?://app\.example\.com", "https://app.example.com.evil.example", APP, "anchors", ""),
            (r"^https://app.example\.com$", "https://appxexample.com", APP, "dot", "."),
            (r"^https://(www|app).example\.com$", "https://appxexample.com", APP, "dot", "."),
            (r"^https?://.*example\.com$", "https://evilexample.com", APP, "wildcard", ".*"),
            (r"^https://(.*)example\.com$", "https://evilexample.com", APP, "wildcard", ".*"),
            (r"^https://[a-z0-9-]*example\.com$", "https://evilexample.com", APP, "wildcard", "[a-z0-9-]*"),
            (r"^https://app\.example\.com.*$", "https://app.example.com.evil.example", APP, "wildcard", ".*"),
            (r"^https://app\.example\.[a-z]+$", "https://app.example.org", APP, "tld", "[a-z]+"),
            (r"^https://app\.example\.(\w{2,3})$", "https://app.example.org", APP, "tld", r"\w{2,3}"),
            (r"^https://app\.example\.", "https://app.example.org", APP, "end", ""),
            (r"^https://app\.example\.com?", "https://app.example.co", APP, "truncation", ""),
            (
                r"^https://app\.example\.com|https://www\.example\.com$",
                "https://app.example.com.evil.example",
                APP,
                "precedence",
                r"^https://app\.example\.com",
            ),
            (r"^https://a\.example\.net|example\.com$", "https://evilexample.com", APP, "precedence", r"example\.com$"),
            (
                r"(^https://app\.example\.com)|(^https://b\.example$)",
                "https://app.example.com.evil.example",
                APP,
                "precedence",
                r"(^https://app\.example\.com)",
            ),
            (
                r"^https://(app)\.\1\.example$",
                "https://app.appevil.example",
                "https://app.app.example",
                "wildcard",
                r"\1",
            ),
            (r"^https://APP\.example\.com", "https://app.example.com.evil.example", APP, "end", ""),
        ];
        for (pattern, accepted, trusted, expected, at) in table {
            let tree = parse(pattern).expect(pattern);
            let flaw = flaw(&tree, accepted, trusted);
            let name = match flaw {
                Flaw::NoStartAnchor => "start",
                Flaw::NoEndAnchor => "end",
                Flaw::NoAnchors => "anchors",
                Flaw::AlternationPrecedence(_) => "precedence",
                Flaw::UnescapedDot(_) => "dot",
                Flaw::Wildcard(_) => "wildcard",
                Flaw::AnyTopLevelDomain(_) => "tld",
                Flaw::OptionalDot(_) => "optional",
                Flaw::Truncation => "truncation",
                Flaw::Meant => "meant",
                Flaw::Loose => "loose",
            };
            assert_eq!((name, flaw.span().map_or("", |span| tree.slice(span))), (expected, at), "{pattern}");
        }
    }

    #[test]
    fn the_second_dot_is_not_the_first() {
        let tree = parse(r"^https://a.b.example.com$").expect("is well formed");
        let found = flaw(&tree, "https://a.bxexample.com", "https://a.b.example.com");
        assert_eq!(found.span(), Some(Span::new(12, 13)));
    }

    #[test]
    fn a_pattern_too_large_to_follow_has_no_name() {
        for pattern in [
            "((a{300}){300}){300}".to_owned(),
            "((((){300}){300}){300}){300}".to_owned(),
            format!("{}b", "(a|)*".repeat(3000)),
        ] {
            let tree = parse(&pattern).expect("is well formed");
            assert_eq!(flaw(&tree, "https://evil.example", APP), Flaw::Loose);
        }
    }
}
