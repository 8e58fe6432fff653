//! Source texts and places in them: what every later stage points at.
//!
//! In: a path and its bytes. Out: [`Source`], [`Location`], and for the edges that speak to people or programs,
//! [`Position`]. Must not know: any configuration language, any format of report.

mod position;

use std::path::{Path, PathBuf};

pub use position::Position;

/// Index of a [`Source`] in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// Half-open range of bytes in one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset one past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    ///
    /// Sources are limited to far less than 4 GiB (see `discover`), so an offset always fits; one that does not is
    /// clamped.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers no byte at all.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// As a range for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A span in a particular source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// Which source.
    pub source: SourceId,
    /// Where in it.
    pub span: Span,
}

/// One text that was read.
#[derive(Debug, Clone)]
pub struct Source {
    /// As it can be opened.
    pub path: PathBuf,
    /// As it is shown: relative to the working directory where it lies below it, with `/`.
    pub name: String,
    /// The text; bytes that are not UTF-8 have been replaced one for one, so offsets are those of the file.
    pub text: String,
    line_starts: Vec<u32>,
    continuations: Vec<u32>,
}

impl Source {
    /// Takes in a text and indexes its lines.
    #[must_use]
    pub fn new(path: PathBuf, name: String, text: String) -> Self {
        let line_starts = position::line_starts(&text);
        let continuations = position::continuations(&text);
        Self { path, name, text, line_starts, continuations }
    }

    /// The text that `span` covers; empty when the span does not lie on character boundaries of this source.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The line of a byte offset, without its end.
    #[must_use]
    pub fn line(&self, offset: u32) -> Span {
        let after = self.line_starts.partition_point(|start| *start <= offset);
        let start = after.checked_sub(1).map_or(0, |line| self.line_starts[line]);
        let end = self.line_starts.get(after).map_or(self.text.len(), |end| *end as usize);
        let line = self.slice(Span::new(start as usize, end)).trim_end_matches(['\n', '\r']);
        Span::new(start as usize, start as usize + line.len())
    }

    /// Line and column of a byte offset.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        position::locate(&self.text, &self.line_starts, &self.continuations, offset as usize)
    }
}

/// Every source of a run.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    all: Vec<Source>,
}

impl Sources {
    /// Adds a source and says which it is.
    pub fn add(&mut self, source: Source) -> SourceId {
        let id = SourceId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        self.all.push(source);
        id
    }

    /// The source of an id that [`Sources::add`] gave.
    #[must_use]
    pub fn get(&self, id: SourceId) -> &Source {
        &self.all[id.0 as usize]
    }

    /// The source with this path, as it was added.
    #[must_use]
    pub fn by_path(&self, path: &Path) -> Option<SourceId> {
        self.iter().find(|(_, source)| source.path == path).map(|(id, _)| id)
    }

    /// The text at a location.
    #[must_use]
    pub fn slice(&self, location: Location) -> &str {
        self.get(location.source).slice(location.span)
    }

    /// All sources with their ids, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0u32..).map(SourceId).zip(&self.all)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}
