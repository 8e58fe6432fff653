//! Which part of a pattern takes which character of a text.
//!
//! An engine says only that a text matches. To name the flaw it must be known what took the attacker's part of it. This
//! matcher follows every path at once through the pattern's structure; it lets pass what cannot be decided so (looking
//! around, backreferences), because the text is already known to match.

use crate::source::Span;
use crate::syntax::pattern::{Assertion, Group, Kind, Node, Tree};

/// Nodes compiled, each copy of a repeated one counted; a larger pattern is not traced.
const MAX_PROGRAM: usize = 50_000;

/// Copies of a repeated part.
const MAX_COPIES: u32 = 300;

/// Instructions times characters.
const MAX_WORK: usize = 4_000_000;

/// How a pattern came to match a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trace {
    /// Index of the character at which the match begins.
    pub(super) start: usize,
    /// What took each character from there on.
    pub(super) takers: Vec<Taker>,
    /// Whether `^` had to hold.
    pub(super) at_start: bool,
    /// Whether `$` had to hold.
    pub(super) at_end: bool,
}

/// What took a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taker {
    /// The part, with its quantifier where that belongs to this part alone.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: TakerKind,
}

/// What takes characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TakerKind {
    /// The character itself.
    Literal,
    /// A `.` without quantifier.
    Dot,
    /// Anything looser.
    Wildcard,
}

/// One step of the program; targets are indices into it.
enum Step<'t> {
    Take(&'t Node, Taker),
    TakeAny(Taker),
    Split(usize, usize),
    Jump(usize),
    Start,
    End,
    Match,
}

/// How the pattern matches the text, whose case is ignored; `None` if it does not, or if that is too much work.
pub(super) fn trace(tree: &Tree, text: &str) -> Option<Trace> {
    let mut program = Program { steps: Vec::new(), visits: 0 };
    program.compile(&tree.root, None)?;
    program.steps.push(Step::Match);
    let text: Vec<char> = text.chars().collect();
    if program.steps.len() * (text.len() + 1) > MAX_WORK {
        return None;
    }
    // What failed from one start fails from every other, too.
    let mut visited = vec![false; program.steps.len() * (text.len() + 1)];
    (0..=text.len()).find_map(|start| program.run(&text, start, &mut visited))
}

struct Program<'t> {
    steps: Vec<Step<'t>>,
    visits: usize,
}

impl<'t> Program<'t> {
    /// Adds what `node` does; `repeated` is the span of the quantifier's whole part. `None` when it grows too large.
    fn compile(&mut self, node: &'t Node, repeated: Option<Span>) -> Option<()> {
        self.visits += 1;
        if self.visits > MAX_PROGRAM {
            return None;
        }
        match &node.kind {
            Kind::Literal(_) => self.take(node, node.span, TakerKind::Literal),
            Kind::Dot | Kind::Class(_) => {
                let lone_dot = matches!(node.kind, Kind::Dot) && repeated.is_none();
                let kind = if lone_dot { TakerKind::Dot } else { TakerKind::Wildcard };
                self.take(node, repeated.unwrap_or(node.span), kind);
            }
            Kind::Assertion(Assertion::Start) => self.steps.push(Step::Start),
            Kind::Assertion(Assertion::End) => self.steps.push(Step::End),
            // Nothing, or what is not known, in as many characters as it takes.
            Kind::Backreference(_) => {
                let split = self.steps.len();
                let taker = Taker { span: node.span, kind: TakerKind::Wildcard };
                self.steps.extend([Step::Split(split + 1, split + 3), Step::TakeAny(taker), Step::Jump(split)]);
            }
            Kind::Assertion(_) | Kind::Flags(_) | Kind::Group { group: Group::Look { .. }, .. } => {}
            Kind::Group { body, .. } => self.compile(body, repeated.filter(|_| body.as_set().is_some()))?,
            Kind::Repeat { body, min, max, .. } => {
                let whole = body.as_set().map(|_| node.span);
                self.repeat(body, *min, *max, whole)?;
            }
            Kind::Sequence(parts) => {
                let repeated = repeated.filter(|_| parts.len() == 1);
                for part in parts {
                    self.compile(part, repeated)?;
                }
            }
            Kind::Alternation(branches) => self.alternation(branches)?,
        }
        Some(())
    }

    fn take(&mut self, node: &'t Node, span: Span, kind: TakerKind) {
        self.steps.push(Step::Take(node, Taker { span, kind }));
    }

    fn repeat(&mut self, body: &'t Node, min: u32, max: Option<u32>, whole: Option<Span>) -> Option<()> {
        for _ in 0..min.min(MAX_COPIES) {
            self.compile(body, whole)?;
        }
        let Some(max) = max else {
            let split = self.steps.len();
            self.steps.push(Step::Split(split + 1, 0));
            self.compile(body, whole)?;
            self.steps.push(Step::Jump(split));
            self.steps[split] = Step::Split(split + 1, self.steps.len());
            return Some(());
        };
        let mut splits = Vec::new();
        for _ in min.min(MAX_COPIES)..max.min(MAX_COPIES) {
            splits.push(self.steps.len());
            self.steps.push(Step::Jump(0));
            self.compile(body, whole)?;
        }
        let end = self.steps.len();
        for split in splits {
            self.steps[split] = Step::Split(split + 1, end);
        }
        Some(())
    }

    fn alternation(&mut self, branches: &'t [Node]) -> Option<()> {
        let mut jumps = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let split = self.steps.len();
            self.steps.push(Step::Jump(split + 1));
            self.compile(branch, None)?;
            jumps.push(self.steps.len());
            self.steps.push(Step::Jump(0));
            if index + 1 < branches.len() {
                self.steps[split] = Step::Split(split + 1, self.steps.len());
            }
        }
        let end = self.steps.len();
        for jump in jumps {
            self.steps[jump] = Step::Jump(end);
        }
        Some(())
    }

    fn run(&self, text: &[char], start: usize, visited: &mut [bool]) -> Option<Trace> {
        // Each entry: step, position, what was taken before it.
        let mut todo = vec![(0, start, None)];
        // Takers as a linked list, so that paths share what they have in common.
        let mut links: Vec<(Option<usize>, Option<Taker>, Mark)> = Vec::new();
        while let Some((step, at, before)) = todo.pop() {
            let seen = &mut visited[step * (text.len() + 1) + at];
            if std::mem::replace(seen, true) {
                continue;
            }
            let mut go = |at, taker, mark| {
                links.push((before, taker, mark));
                todo.push((step + 1, at, Some(links.len() - 1)));
            };
            match &self.steps[step] {
                Step::Take(node, taker) if text.get(at).is_some_and(|&c| takes(node, c)) => {
                    go(at + 1, Some(*taker), Mark::None);
                }
                Step::TakeAny(taker) if at < text.len() => go(at + 1, Some(*taker), Mark::None),
                Step::Start if at == 0 => go(at, None, Mark::Start),
                Step::End if at == text.len() => go(at, None, Mark::End),
                Step::Take(..) | Step::TakeAny(_) | Step::Start | Step::End => {}
                Step::Split(first, second) => todo.extend([(*second, at, before), (*first, at, before)]),
                Step::Jump(target) => todo.push((*target, at, before)),
                Step::Match => return Some(collect(&links, before, start)),
            }
        }
        None
    }
}

/// What else a path has passed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Start,
    End,
}

fn collect(links: &[(Option<usize>, Option<Taker>, Mark)], last: Option<usize>, start: usize) -> Trace {
    let mut trace = Trace { start, takers: Vec::new(), at_start: false, at_end: false };
    let mut entry = last;
    while let Some((before, taker, mark)) = entry.and_then(|index| links.get(index)) {
        trace.takers.extend(*taker);
        trace.at_start |= *mark == Mark::Start;
        trace.at_end |= *mark == Mark::End;
        entry = *before;
    }
    trace.takers.reverse();
    trace
}

fn takes(node: &Node, c: char) -> bool {
    node.accepts(c) || node.accepts(c.to_ascii_uppercase()) || node.accepts(c.to_ascii_lowercase())
}
