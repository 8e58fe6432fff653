//! Strings that a pattern matches, made from its structure.
//!
//! They are guesses that look like what people mean: the caller asks the real engine whether they match. Each
//! alternative is in at least one of them; of combinations there are only a few.

use super::fill;
use crate::syntax::pattern::{Assertion, Group, Kind, Node, Tree};

/// Alternatives that are followed; what comes after is like what came before.
const MAX_SAMPLES: usize = 64;

/// Combinations of independent choices; beyond them each choice is made once, with the first of all others. Few enough
/// to ask for them all, enough that `(www\.)?(a|b|c)\.(com|org)` names everybody it means.
const MAX_COMBINED: usize = 32;

/// Bytes; longer than any origin, and than any path worth asking for.
const MAX_LENGTH: usize = 300;

/// Visits of nodes, counted for each string that is on its way.
const MAX_STEPS: usize = 400_000;

/// What the strings are to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alphabet {
    /// Any text.
    Text,
    /// Serialized origins: `.*` in a host is a label, after its colon a port.
    Origin,
    /// Paths: `.*` is a segment.
    Path,
}

/// Strings that the pattern matches, as far as its structure shows, each once; at most 64, usually a few.
///
/// Where the pattern is not anchored they are the part that it matches; see [`super::origin_samples`] and
/// [`super::path_samples`] for whole ones.
#[must_use]
pub fn samples(tree: &Tree, alphabet: Alphabet) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for draft in drafts(tree, alphabet, false) {
        if !texts.contains(&draft.text) {
            texts.push(draft.text);
        }
    }
    texts
}

/// A string on its way.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) text: String,
    /// Which of its bytes stand for a wildcard of the pattern, as ranges.
    pub(super) filled: Vec<(usize, usize)>,
    /// Whether it begins at `^`.
    pub(super) at_start: bool,
    /// Whether it ends at `$`.
    pub(super) at_end: bool,
    captures: Vec<(u32, String)>,
}

/// What the pattern goes on with, for choosing what stands for a wildcard before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing more.
    End,
    /// This character, probably.
    Char(char),
}

pub(super) fn drafts(tree: &Tree, alphabet: Alphabet, ignore_case: bool) -> Vec<Draft> {
    let mut sampler = Sampler { tree, alphabet, ignore_case, steps: 0 };
    sampler.walk(&tree.root, vec![Draft::default()], Next::End)
}

pub(super) struct Sampler<'t> {
    tree: &'t Tree,
    pub(super) alphabet: Alphabet,
    pub(super) ignore_case: bool,
    steps: usize,
}

impl Draft {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn fill(mut self, text: &str) -> Self {
        if !text.is_empty() {
            self.filled.push((self.text.len(), self.text.len() + text.len()));
            self.text.push_str(text);
        }
        self
    }

    /// Whether more may follow.
    fn is_open(&self) -> bool {
        !self.at_end && self.text.len() < MAX_LENGTH
    }
}

impl Sampler<'_> {
    /// Every draft, continued by what `node` matches.
    fn walk(&mut self, node: &Node, mut drafts: Vec<Draft>, next: Next) -> Vec<Draft> {
        drafts.truncate(MAX_SAMPLES);
        self.steps += drafts.len() + 1;
        if self.steps > MAX_STEPS {
            return Vec::new();
        }
        match &node.kind {
            Kind::Literal(c) => {
                drafts.retain(Draft::is_open);
                for draft in &mut drafts {
                    draft.text.push(*c);
                }
                drafts
            }
            Kind::Dot | Kind::Class(_) => self.fill(node, 1, Some(1), drafts, next),
            Kind::Assertion(assertion) => assert(*assertion, drafts),
            Kind::Flags(_) => drafts,
            Kind::Backreference(reference) => {
                let number = self.tree.group_number(reference);
                for draft in &mut drafts {
                    let captured = draft.captures.iter().rev().find(|(index, _)| Some(*index) == number);
                    let captured = captured.map(|(_, text)| text.clone()).unwrap_or_default();
                    draft.push(&captured);
                }
                drafts.retain(Draft::is_open);
                drafts
            }
            Kind::Group { group, body } => self.group(group, body, drafts, next),
            Kind::Repeat { body, min, max, .. } => self.repeat(body, *min, *max, drafts, next),
            Kind::Sequence(parts) => {
                for (part, next) in parts.iter().zip(followers(parts, next)) {
                    drafts = self.walk(part, drafts, next);
                }
                drafts
            }
            Kind::Alternation(branches) => {
                let heads = drafts[..share(drafts.len(), branches.len())].to_vec();
                let mut lists = Vec::new();
                if let Some(first) = branches.first() {
                    lists.push(self.walk(first, drafts, next));
                }
                for branch in branches.iter().skip(1).take(MAX_SAMPLES) {
                    lists.push(self.walk(branch, heads.clone(), next));
                }
                interleave(lists)
            }
        }
    }

    fn group(&mut self, group: &Group, body: &Node, drafts: Vec<Draft>, next: Next) -> Vec<Draft> {
        match group {
            // What must come before stands there as if it were matched, unless something was.
            Group::Look { behind: true, negative: false } => {
                let (empty, begun): (Vec<_>, Vec<_>) = drafts.into_iter().partition(|draft| draft.text.is_empty());
                let mut drafts = if empty.is_empty() { empty } else { self.walk(body, empty, next) };
                drafts.extend(begun);
                drafts
            }
            // What must or must not follow is left to the engine.
            Group::Look { .. } => drafts,
            Group::Scope(_) | Group::Atomic => self.walk(body, drafts, next),
            Group::Capture { index, .. } => {
                // Most patterns refer to no group of theirs; remembering where each began would split the drafts.
                let before: Vec<usize> = drafts.iter().map(|draft| draft.text.len()).collect();
                let start = before.first().copied().unwrap_or(0);
                let same = before.iter().all(|&length| length == start);
                let mut drafts = self.walk(body, drafts, next);
                if same {
                    for draft in &mut drafts {
                        let text = draft.text.get(start..).unwrap_or_default().to_owned();
                        draft.captures.push((*index, text));
                    }
                }
                drafts
            }
        }
    }

    fn repeat(&mut self, body: &Node, min: u32, max: Option<u32>, drafts: Vec<Draft>, next: Next) -> Vec<Draft> {
        if max == Some(0) {
            return drafts;
        }
        if let Some(set) = body.as_set() {
            return self.fill(set, min, max, drafts, next);
        }
        if min > 0 {
            return self.times(body, min, drafts, next);
        }
        // A port or a path is the exception; a scheme's `s` or a subdomain is the rule.
        let bare_first = matches!(first(body), Some(':' | '/'));
        let share = share(drafts.len(), 2);
        if matches!(body.kind, Kind::Literal('.')) && self.alphabet == Alphabet::Origin {
            return optional_dot(drafts, next);
        }
        if bare_first {
            let with = drafts[..share].to_vec();
            let with = self.walk(body, with, next);
            interleave(vec![drafts, with])
        } else {
            let without = drafts[..share].to_vec();
            interleave(vec![self.walk(body, drafts, next), without])
        }
    }

    /// `body`, so many times in a row.
    fn times(&mut self, body: &Node, times: u32, mut drafts: Vec<Draft>, next: Next) -> Vec<Draft> {
        let again = first(body).map_or(next, Next::Char);
        for turn in 0..times {
            let next = if turn + 1 == times { next } else { again };
            let length = |drafts: &[Draft]| drafts.iter().map(|draft| draft.text.len()).sum::<usize>();
            let before = length(&drafts);
            drafts = self.walk(body, drafts, next);
            // What matches nothing can be repeated for ever without getting anywhere.
            if drafts.is_empty() || length(&drafts) == before {
                break;
            }
        }
        drafts
    }

    /// One to four texts that stand for characters out of a set.
    fn fill(&mut self, set: &Node, min: u32, max: Option<u32>, mut drafts: Vec<Draft>, next: Next) -> Vec<Draft> {
        drafts.retain(|draft| draft.is_open() || (min == 0 && draft.at_end));
        let count = drafts.len();
        let mut lists: Vec<Vec<Draft>> = Vec::new();
        for (index, draft) in drafts.into_iter().enumerate() {
            let texts = if draft.at_end { vec![String::new()] } else { fill::texts(self, set, min, max, &draft, next) };
            let taken = if index < share(count, texts.len()) { texts.len() } else { 1 };
            for (choice, text) in texts.iter().take(taken).enumerate() {
                if lists.len() <= choice {
                    lists.push(Vec::new());
                }
                lists[choice].push(draft.clone().fill(text));
            }
        }
        interleave(lists)
    }
}

/// `\.?` between two names is meant to go with the first of them: `(www)?\.?example` never means `wwwexample`.
fn optional_dot(drafts: Vec<Draft>, next: Next) -> Vec<Draft> {
    let named = matches!(next, Next::Char(c) if c.is_alphanumeric());
    let with_dot = |draft: &Draft| draft.text.is_empty() || draft.text.ends_with(|c: char| c.is_alphanumeric());
    let (after_name, others): (Vec<_>, Vec<_>) = drafts.into_iter().partition(|draft| named && with_dot(draft));
    let bare = after_name.iter().filter(|draft| draft.text.is_empty()).cloned().collect();
    let mut dotted = after_name;
    for draft in dotted.iter_mut().filter(|draft| draft.is_open()) {
        draft.push(".");
    }
    interleave(vec![dotted, bare, others])
}

/// How many of the drafts take every choice; the others take the first only.
fn share(drafts: usize, choices: usize) -> usize {
    if drafts * choices <= MAX_COMBINED { drafts } else { drafts.min(1) }
}

/// The first of each list, then the second of each, and so on: so that a limit drops combinations, not alternatives.
fn interleave(lists: Vec<Vec<Draft>>) -> Vec<Draft> {
    let mut iterators: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
    let mut merged = Vec::new();
    while merged.len() < MAX_SAMPLES {
        let before = merged.len();
        merged.extend(iterators.iter_mut().filter_map(Iterator::next));
        if merged.len() == before {
            break;
        }
    }
    merged.truncate(MAX_SAMPLES);
    merged
}

fn assert(assertion: Assertion, mut drafts: Vec<Draft>) -> Vec<Draft> {
    match assertion {
        Assertion::Start => {
            drafts.retain(|draft| draft.text.is_empty());
            for draft in &mut drafts {
                draft.at_start = true;
            }
        }
        Assertion::End => {
            for draft in &mut drafts {
                draft.at_end = true;
            }
        }
        Assertion::WordBoundary | Assertion::NoWordBoundary | Assertion::Other => {}
    }
    drafts
}

/// What each part is followed by.
fn followers(parts: &[Node], last: Next) -> Vec<Next> {
    let mut next = last;
    let mut followers: Vec<Next> = parts
        .iter()
        .rev()
        .map(|part| {
            let follower = next;
            next = first(part).map_or(next, Next::Char);
            follower
        })
        .collect();
    followers.reverse();
    followers
}

/// The character that a part probably begins with; `None` for one that is or may be empty.
fn first(node: &Node) -> Option<char> {
    match &node.kind {
        Kind::Literal(c) => Some(*c),
        Kind::Dot => Some('.'),
        Kind::Class(_) => fill::member(node, false),
        Kind::Assertion(_) | Kind::Backreference(_) | Kind::Flags(_) => None,
        Kind::Group { group, body } => {
            if matches!(group, Group::Look { .. }) {
                None
            } else {
                first(body)
            }
        }
        Kind::Repeat { body, min, .. } => {
            if *min == 0 && body.as_set().is_some() {
                None
            } else {
                first(body)
            }
        }
        Kind::Sequence(parts) => parts.iter().find_map(first),
        Kind::Alternation(branches) => branches.first().and_then(first),
    }
}
