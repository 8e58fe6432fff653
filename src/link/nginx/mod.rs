//! nginx trees → configurations.
//!
//! In: [`Tree`]s. Out: [`Configuration`]s, in which the directives of included files stand in the place of the
//! `include`, as nginx reads them (`ngx_conf_include` is textual: same block, same order). Must not know: what the
//! directives do; only where they may stand, to tell what a fragment is a fragment of.

mod context;
mod expand;
mod neighbours;
mod resolve;
mod roots;
mod stock;
mod variants;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use stock::is_stock_include;
pub use variants::{Answer, Variant, variants};

use crate::source::{Location, SourceId, Sources};
use crate::syntax::directive::{Directive, Tree};
use crate::syntax::template::Conditional;

/// What one nginx would read, or as much of it as the tree of files shows; as [`link`] makes it, with everything that
/// any template could put there.
#[derive(Debug, Clone)]
pub struct Configuration<'t> {
    /// Where its top-level directives may stand.
    pub context: Context,
    /// The file that nginx would be given; of several files read side by side the first.
    pub root: SourceId,
    /// All files read, each once, in the order in which nginx meets them.
    pub files: Vec<SourceId>,
    /// The directives at the top level.
    pub items: Vec<Item<'t>>,
    /// What other configurations define and this one uses but does not define itself (`map`, `geo`, `upstream` …):
    /// items of configurations in the `http` context, which live in other folders of the same tree, nearest folder
    /// first; then, for a fragment, those that only a whole `nginx.conf` has.
    pub neighbours: Vec<Item<'t>>,
    /// Includes that could not be followed.
    pub problems: Vec<LinkProblem>,
}

/// The outermost block that a configuration's top level can be, decided by the most telling directive there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// A whole `nginx.conf`.
    Main,
    /// The inside of `http`: servers, maps, upstreams.
    Http,
    /// The inside of `server`: locations, `listen`, `server_name`.
    Server,
    /// The inside of `upstream`.
    Upstream,
    /// Anything else that a location may hold (`add_header`, `if`, `proxy_pass` …).
    Location,
    /// Nothing that is known to belong to one of these: the entries of a map, say.
    Other,
}

impl Configuration<'_> {
    /// Whether nothing that matters stands outside: a main configuration, or servers as `conf.d` holds them.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(self.context, Context::Main | Context::Http)
    }
}

/// A directive in its place.
#[derive(Debug, Clone)]
pub struct Item<'t> {
    /// The file it is written in.
    pub source: SourceId,
    /// The directive; its own children are those before includes are followed.
    pub directive: &'t Directive,
    /// The arms of templates that it stands in, and not its block as well, the outermost first.
    pub when: Vec<Stand<'t>>,
    /// What its block holds, includes followed. An `include` is an item only if it was not followed.
    pub children: Vec<Self>,
}

/// An arm of a conditional of a template.
#[derive(Debug, Clone, Copy)]
pub struct Stand<'t> {
    /// The file that the conditional is written in.
    pub source: SourceId,
    /// The conditional.
    pub conditional: &'t Conditional,
    /// Which of its arms.
    pub arm: usize,
}

/// An include that was not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkProblem {
    /// Why not.
    pub kind: LinkProblemKind,
    /// The argument of the `include`; for a block that is too deep, its name.
    pub location: Location,
    /// One sentence without a final stop.
    pub message: String,
}

/// Why an include was not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkProblemKind {
    /// No file of the tree is meant; never for a pattern, which nginx lets match nothing, nor for a stock file.
    UnresolvedInclude,
    /// It names a file that is being read.
    IncludeCycle,
    /// Includes, or blocks by way of includes, nest too deeply.
    TooDeep,
    /// The same files are included so often that reading on would take too long.
    TooLarge,
}

/// Puts the trees together. Every file with a directive in it is in at least one configuration. Sorted by the name of
/// the root.
///
/// Files with `http` or `events` are roots, with all that they include. Of the other files, those that none of them
/// includes are roots too: the ones for the `http` context form one configuration a folder (as `conf.d` does), in the
/// order of their names, the others are each a fragment of its own.
#[must_use]
pub fn link<'t>(sources: &Sources, trees: &'t BTreeMap<SourceId, Tree>) -> Vec<Configuration<'t>> {
    let files = resolve::Files::new(sources, trees.keys().copied());
    let mut configurations = roots::configurations(&files, trees);
    neighbours::introduce(&files, &mut configurations);
    configurations
}
