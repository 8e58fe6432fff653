//! The paths of routes (path-to-regexp 0.1 in Express 4, 8 in Express 5).

use super::machine::Machine;
use super::value::{Kind, Value};

/// Which paths something is for, as far as segments tell: what is behind the last of them is open or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    segments: Vec<Segment>,
    is_open: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    /// In lower case: routers ignore it.
    Literal(String),
    Any,
}

/// Whether one shape lies in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overlap {
    Always,
    Sometimes,
    Never,
}

/// What a layer is registered for, mounts before it included.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paths {
    /// A regular expression for the path's beginning, without `^` and without an end.
    pub(super) regex: String,
    pub(super) shape: Shape,
    /// How long it is where it is written out, in bytes.
    pub(super) literal: Option<usize>,
}

/// The path of a layer.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum LayerPath {
    /// In the language of the router: `/users/:id`.
    Route(String),
    /// A regular expression.
    Regex(String),
    /// Not known.
    Unknown,
}

impl Shape {
    const EVERYTHING: Self = Self { segments: Vec::new(), is_open: true };

    /// The shape of a path in the language of the router.
    fn of(path: &str) -> Self {
        let mut segments = Vec::new();
        for part in path.split('/').filter(|part| !part.is_empty()) {
            let is_plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '~'));
            match part.strip_prefix(':') {
                Some(name) if name.chars().all(|c| c.is_alphanumeric() || c == '_') => segments.push(Segment::Any),
                None if is_plain(part) => segments.push(Segment::Literal(part.to_lowercase())),
                _ => return Self { segments, is_open: true },
            }
        }
        Self { segments, is_open: false }
    }

    fn below(&self, mut other: Self) -> Self {
        if self.is_open {
            return self.clone();
        }
        other.segments.splice(0..0, self.segments.iter().cloned());
        other
    }

    /// Whether what a layer is for (`is_mount`: and what lies below that) covers the paths of this shape.
    pub(super) fn overlap(&self, layer: &Self, is_mount: bool) -> Overlap {
        let mut is_sure = true;
        for (ours, theirs) in self.segments.iter().zip(&layer.segments) {
            match (ours, theirs) {
                (Segment::Literal(one), Segment::Literal(other)) if one != other => return Overlap::Never,
                (Segment::Any, Segment::Literal(_)) => is_sure = false,
                _ => {}
            }
        }
        let (own, theirs) = (self.segments.len(), layer.segments.len());
        let may_be_longer = layer.is_open || is_mount;
        if (own < theirs && !self.is_open) || (own > theirs && !may_be_longer) {
            return Overlap::Never;
        }
        let fits = own == theirs && !self.is_open || own >= theirs && is_mount;
        if is_sure && fits && !layer.is_open { Overlap::Always } else { Overlap::Sometimes }
    }
}

impl Paths {
    /// The paths of everything that is registered without one.
    pub(super) fn root() -> Self {
        Self { regex: String::new(), shape: Shape { segments: Vec::new(), is_open: false }, literal: Some(0) }
    }

    /// What a layer is for below a mount.
    pub(super) fn below(&self, path: Option<&LayerPath>, major: u32) -> Self {
        match path {
            None => self.clone(),
            Some(LayerPath::Route(path)) => {
                let path = path.trim_end_matches('/');
                let is_literal = path.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '_' | '-' | '.' | '~'));
                Self {
                    regex: format!("{}{}", self.regex, regex(path, major)),
                    shape: self.shape.below(Shape::of(path)),
                    literal: self.literal.filter(|_| is_literal).map(|length| length + path.len()),
                }
            }
            Some(LayerPath::Regex(pattern)) => Self {
                regex: format!("{}{}", self.regex, part(pattern)),
                shape: self.shape.below(Shape::EVERYTHING),
                literal: None,
            },
            Some(LayerPath::Unknown) => {
                Self { regex: String::new(), shape: self.shape.below(Shape::EVERYTHING), literal: None }
            }
        }
    }

    /// As a whole regular expression: for these paths, or also for those below.
    pub(super) fn pattern(&self, path: Option<&LayerPath>, is_mount: bool) -> String {
        let regex = &self.regex;
        match (path, is_mount) {
            // What follows has to begin a segment (`router`, `trimPrefix`).
            (Some(LayerPath::Regex(_)), true) => format!("^(?:{regex})(?=[/.]|$)"),
            (Some(LayerPath::Regex(_)), false) => format!("^{regex}"),
            (_, true) => format!("^{regex}(?=/|$)"),
            (_, false) => format!("^{regex}/?$"),
        }
    }
}

/// A pattern as a part of another that begins where this is to be searched.
fn part(pattern: &str) -> String {
    match pattern.strip_prefix('^') {
        Some(rest) if !rest.contains('|') => format!("(?:{rest})"),
        _ => format!("[\\s\\S]*?(?:{})", pattern.strip_prefix('^').unwrap_or(pattern)),
    }
}

/// Why Express does not start with a path, if so.
pub(super) fn refused(path: &str, major: u32) -> Option<String> {
    if major < 5 {
        return None;
    }
    let mut chars = path.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            ':' | '*' => {
                let is_start = |c: &char| c.is_alphabetic() || matches!(c, '_' | '$' | '"');
                if !chars.peek().is_some_and(is_start) {
                    return Some(format!(
                        "path-to-regexp 8 wants a name behind each `{c}`: `/{{*splat}}` is every path"
                    ));
                }
            }
            '(' | ')' | '[' | ']' | '+' | '?' | '!' => {
                return Some(format!("path-to-regexp 8 takes no `{c}` in a path"));
            }
            _ => {}
        }
    }
    None
}

/// Whether a path is legal in one major version only, and which.
pub(super) fn major_of(path: &str) -> Option<u32> {
    if refused(path, 5).is_some() {
        return Some(4);
    }
    path.contains(['{', '}']).then_some(5)
}

/// A path in the language of the router as a regular expression, without `^` and without an end.
fn regex(path: &str, major: u32) -> String {
    let mut regex = String::new();
    let mut chars = path.chars().peekable();
    let mut optional = 0usize;
    while let Some(c) = chars.next() {
        let name = |chars: &mut std::iter::Peekable<std::str::Chars<'_>>| {
            while chars.next_if(|c| c.is_alphanumeric() || *c == '_').is_some() {}
        };
        match c {
            ':' => {
                name(&mut chars);
                let own =
                    if chars.peek() == Some(&'(') && major < 5 { group(&mut chars) } else { "([^/]+?)".to_owned() };
                // `/:id?`: the slash is as optional as what follows it.
                if major < 5 && chars.next_if_eq(&'?').is_some() {
                    let slash = if regex.ends_with('/') { regex.pop().map(String::from) } else { None };
                    regex.extend(["(?:", slash.as_deref().unwrap_or_default(), &own, ")?"]);
                } else {
                    regex.push_str(&own);
                }
            }
            '*' if major >= 5 => {
                name(&mut chars);
                regex.push_str("([\\s\\S]+)");
            }
            '*' => regex.push_str("(.*)"),
            '{' if major >= 5 => {
                optional += 1;
                regex.push_str("(?:");
            }
            '}' if optional > 0 => {
                optional -= 1;
                regex.push_str(")?");
            }
            '(' | ')' | '?' | '+' | '|' if major < 5 => regex.push(c),
            c if c.is_alphanumeric() || matches!(c, '/' | '_' | '-') => regex.push(c),
            '\\' => {
                regex.push('\\');
                regex.extend(chars.next());
            }
            c => regex.extend(['\\', c]),
        }
    }
    regex
}

/// A pattern of a parameter's own, its parentheses included.
fn group(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut group = String::new();
    let mut depth = 0;
    for c in chars.by_ref() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        group.push(c);
        if depth == 0 {
            break;
        }
    }
    group
}

/// A path that a route is for.
pub(super) fn sample(path: &str) -> String {
    let mut sample = String::new();
    let mut chars = path.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ':' | '*' => {
                while chars.next_if(|c| c.is_alphanumeric() || *c == '_').is_some() {}
                if chars.peek() == Some(&'(') {
                    drop(group(&mut chars));
                }
                sample.push('1');
            }
            '(' | ')' | '{' | '}' | '?' | '+' => {}
            c => sample.push(c),
        }
    }
    if sample.starts_with('/') { sample } else { format!("/{sample}") }
}

/// How deep lists of paths are in each other; a list may be in itself.
const DEEPEST_PATHS: usize = 4;

impl Machine<'_> {
    /// The paths that a first argument names, if it is no handler.
    pub(super) fn layer_paths(&self, value: &Value) -> Option<Vec<LayerPath>> {
        self.paths_within(value, DEEPEST_PATHS)
    }

    fn paths_within(&self, value: &Value, depth: usize) -> Option<Vec<LayerPath>> {
        match value {
            Value::String(text, _) => Some(vec![LayerPath::Route(text.to_string())]),
            Value::Text(_) => Some(vec![LayerPath::Unknown]),
            Value::Choice(_, one, other) => self.paths_within(one, depth).or_else(|| self.paths_within(other, depth)),
            Value::Object(id) => match &self.memory.object(*id).kind {
                Kind::Regex { pattern, .. } => Some(vec![LayerPath::Regex(pattern.clone())]),
                Kind::Array(items) if !items.is_empty() && depth > 0 => {
                    let paths: Option<Vec<Vec<LayerPath>>> =
                        items.iter().map(|item| self.paths_within(item, depth - 1)).collect();
                    paths.map(|paths| paths.into_iter().flatten().collect())
                }
                _ => None,
            },
            _ => None,
        }
    }
}
