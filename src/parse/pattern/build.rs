//! Tokens to tree, with a stack of open groups instead of recursion.

use pest::iterators::{Pair, Pairs};

use super::grammar::Rule;
use super::{MAX_DEPTH, escape};
use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::syntax::pattern::{Assertion, Class, ClassItem, Flags, Greed, Group, Kind, Node, Tree};

/// A group whose end has not been seen yet; the whole pattern is one, too.
struct Open {
    /// Which parentheses; the pattern itself has none.
    group: Option<Group>,
    /// The opening token.
    span: Span,
    /// Where the branch that is being read begins.
    branch_start: usize,
    /// Branches before the last `|`.
    branches: Vec<Node>,
    /// The branch that is being read.
    parts: Vec<Node>,
}

struct Builder {
    stack: Vec<Open>,
    current: Open,
    groups: u32,
    names: Vec<(String, u32)>,
}

pub(super) fn build(source: &str, tokens: Pairs<'_, Rule>) -> Result<Tree, SyntaxError> {
    let current = Open::new(None, Span::new(0, 0));
    let mut builder = Builder { stack: Vec::new(), current, groups: 0, names: Vec::new() };
    for token in tokens.flat_map(Pair::into_inner) {
        builder.token(token)?;
    }
    if builder.current.group.is_some() {
        let help = "close it with `)`, or write `\\(` for the character".to_owned();
        return Err(error(builder.current.span, "this group is never closed", Some(help)));
    }
    let root = builder.current.body(source.len());
    Ok(Tree { source: source.to_owned(), root, names: builder.names })
}

impl Open {
    fn new(group: Option<Group>, span: Span) -> Self {
        Self { group, span, branch_start: span.end as usize, branches: Vec::new(), parts: Vec::new() }
    }

    fn end_branch(&mut self, at: usize) {
        let parts = std::mem::take(&mut self.parts);
        self.branches.push(Node { kind: Kind::Sequence(parts), span: Span::new(self.branch_start, at) });
    }

    /// What the group holds, when it ends before `end`.
    fn body(mut self, end: usize) -> Node {
        self.end_branch(end);
        let span = Span::new(self.span.end as usize, end);
        match self.branches.pop() {
            Some(only) if self.branches.is_empty() => only,
            last => {
                self.branches.extend(last);
                Node { kind: Kind::Alternation(self.branches), span }
            }
        }
    }
}

impl Builder {
    fn token(&mut self, token: Pair<'_, Rule>) -> Result<(), SyntaxError> {
        let span = span_of(&token);
        match token.as_rule() {
            Rule::literal => self.literal(token.as_str(), span),
            Rule::quoted => {
                if let Some(text) = token.into_inner().next() {
                    self.literal(text.as_str(), span_of(&text));
                }
            }
            Rule::dot => self.push(Kind::Dot, span),
            Rule::caret => self.push(Kind::Assertion(Assertion::Start), span),
            Rule::dollar => self.push(Kind::Assertion(Assertion::End), span),
            Rule::escape => {
                if let Some(kind) = escape::outside(token, self.groups) {
                    self.push(kind, span);
                }
            }
            Rule::class => self.push(Kind::Class(class(token)?), span),
            Rule::repeat => self.repeat(token, span)?,
            Rule::flags => self.push(Kind::Flags(flags(token)), span),
            Rule::bar => {
                self.current.end_branch(span.start as usize);
                self.current.branch_start = span.end as usize;
            }
            Rule::close => self.close(span)?,
            Rule::capture | Rule::named | Rule::scoped | Rule::atomic | Rule::look => {
                let group = self.group(token);
                self.open(group, span)?;
            }
            Rule::broken_group => {
                return Err(error(span, "a group of a kind that is not understood", None));
            }
            Rule::broken_class => {
                let help = "close it with `]`, or write `\\[` for the character".to_owned();
                let bracket = Span::new(span.start as usize, span.start as usize + 1);
                return Err(error(bracket, "this character class is never closed", Some(help)));
            }
            Rule::broken_comment => return Err(error(span, "this comment is never closed", None)),
            Rule::broken_escape => return Err(error(span, "a backslash at the end of the pattern", None)),
            // Comments and verbs match nothing; the rest are parts of tokens.
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, kind: Kind, span: Span) {
        self.current.parts.push(Node { kind, span });
    }

    fn literal(&mut self, text: &str, span: Span) {
        for (offset, c) in text.char_indices() {
            let start = span.start as usize + offset;
            self.push(Kind::Literal(c), Span::new(start, start + c.len_utf8()));
        }
    }

    fn group(&mut self, token: Pair<'_, Rule>) -> Group {
        match token.as_rule() {
            Rule::atomic => Group::Atomic,
            Rule::scoped => Group::Scope(flags(token)),
            Rule::look => Group::Look {
                negative: token.as_str().ends_with('!'),
                behind: token.into_inner().any(|part| part.as_rule() == Rule::behind),
            },
            _ => {
                self.groups += 1;
                let name = token.into_inner().find(|part| part.as_rule() == Rule::name);
                let name = name.map(|part| part.as_str().to_owned());
                self.names.extend(name.clone().map(|name| (name, self.groups)));
                Group::Capture { index: self.groups, name }
            }
        }
    }

    fn open(&mut self, group: Group, span: Span) -> Result<(), SyntaxError> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(error(span, &format!("groups nested more than {MAX_DEPTH} deep"), None));
        }
        let outer = std::mem::replace(&mut self.current, Open::new(Some(group), span));
        self.stack.push(outer);
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), SyntaxError> {
        let Some(outer) = self.stack.pop() else {
            let help = "remove it, or write `\\)` for the character".to_owned();
            return Err(error(span, "this `)` closes nothing", Some(help)));
        };
        let mut closed = std::mem::replace(&mut self.current, outer);
        let whole = closed.span.to(span);
        // Only the outermost has no group, and it was not left: the stack was not empty.
        if let Some(group) = closed.group.take() {
            let body = Box::new(closed.body(span.start as usize));
            self.push(Kind::Group { group, body }, whole);
        }
        Ok(())
    }

    fn repeat(&mut self, token: Pair<'_, Rule>, span: Span) -> Result<(), SyntaxError> {
        let (min, max, greed) = bounds(token);
        let body = match self.current.parts.pop() {
            None => return Err(error(span, "this quantifier has nothing to repeat", None)),
            Some(Node { kind: Kind::Repeat { .. }, .. }) => {
                return Err(error(span, "this quantifier follows another quantifier", None));
            }
            Some(body) => body,
        };
        let whole = body.span.to(span);
        self.push(Kind::Repeat { body: Box::new(body), min, max, greed }, whole);
        Ok(())
    }
}

fn bounds(token: Pair<'_, Rule>) -> (u32, Option<u32>, Greed) {
    let (mut min, mut max) = match token.as_str().as_bytes().first() {
        Some(b'+') => (1, None),
        Some(b'?') => (0, Some(1)),
        _ => (0, None),
    };
    let mut greed = Greed::Greedy;
    for part in token.into_inner() {
        if part.as_rule() == Rule::mode {
            greed = if part.as_str() == "?" { Greed::Lazy } else { Greed::Possessive };
            continue;
        }
        let (mut numbers, mut open) = (Vec::new(), false);
        for piece in part.into_inner() {
            match piece.as_rule() {
                // A count too large for the type is as good as any other count that nothing reaches.
                Rule::number => numbers.push(piece.as_str().parse().unwrap_or(u32::MAX)),
                _ => open = true,
            }
        }
        min = numbers.first().copied().unwrap_or(0);
        max = match numbers.get(1) {
            Some(&most) => Some(most),
            None if open => None,
            None => Some(min),
        };
    }
    (min, max, greed)
}

fn class(token: Pair<'_, Rule>) -> Result<Class, SyntaxError> {
    let mut class = Class { negated: false, items: Vec::new() };
    for part in token.into_inner() {
        let span = span_of(&part);
        match part.as_rule() {
            Rule::negation => class.negated = true,
            Rule::first_bracket => class.items.push(ClassItem::Range(']', ']')),
            Rule::range => range(part, &mut class.items)?,
            Rule::posix => {
                let negated = part.as_str().starts_with("[:^");
                let name = part.into_inner().last().and_then(|name| escape::posix(name.as_str()));
                let Some(name) = name else { return Err(error(span, "no such POSIX class", None)) };
                class.items.push(ClassItem::Shorthand(name, negated));
            }
            _ => class.items.extend(member(part)),
        }
    }
    Ok(class)
}

fn member(part: Pair<'_, Rule>) -> Option<ClassItem> {
    if part.as_rule() == Rule::escape {
        return escape::inside(part);
    }
    part.as_str().chars().next().map(|c| ClassItem::Range(c, c))
}

fn range(token: Pair<'_, Rule>, items: &mut Vec<ClassItem>) -> Result<(), SyntaxError> {
    let span = span_of(&token);
    let ends: Vec<_> = token.into_inner().filter_map(member).collect();
    match ends[..] {
        [ClassItem::Range(first, _), ClassItem::Range(last, _)] if first <= last => {
            items.push(ClassItem::Range(first, last));
        }
        [ClassItem::Range(..), ClassItem::Range(..)] => {
            return Err(error(span, "this range runs backwards", None));
        }
        // `[\w-.]`: beside a shorthand the hyphen is itself.
        _ => {
            items.push(ClassItem::Range('-', '-'));
            items.extend(ends);
        }
    }
    Ok(())
}

fn flags(token: Pair<'_, Rule>) -> Flags {
    let letters = token.into_inner().next().map_or("", |letters| letters.as_str());
    let (on, off) = letters.split_once('-').unwrap_or((letters, ""));
    Flags { on: on.to_owned(), off: off.to_owned() }
}

fn span_of(pair: &Pair<'_, Rule>) -> Span {
    let span = pair.as_span();
    Span::new(span.start(), span.end())
}

fn error(span: Span, message: &str, help: Option<String>) -> SyntaxError {
    SyntaxError { span, message: message.to_owned(), help }
}
