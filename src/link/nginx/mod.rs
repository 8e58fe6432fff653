//! nginx trees → configurations.
//!
//! In: [`Tree`]s. Out: [`Configuration`]s, in which the directives of included files stand in the place of the
//! `include`, as nginx reads them (`ngx_conf_include` is textual: same block, same order). Must not know: what the
//! directives do; only where they may stand, to tell what a fragment is a fragment of.

mod context;
mod neighbours;
mod roots;
mod stock;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use stock::is_stock_include;

use std::borrow::Cow;

use super::expand::Inclusion;
use super::resolve::Files;
use super::variants::{Answer, variants};
use super::{Inside, Insides, Item, LinkProblem};
use crate::source::{SourceId, Sources};
use crate::syntax::directive::{Directive, Tree, Word};

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

impl From<Inside> for Context {
    fn from(inside: Inside) -> Self {
        match inside {
            Inside::Http => Self::Http,
            Inside::Server => Self::Server,
            Inside::Location => Self::Location,
        }
    }
}

impl Configuration<'_> {
    /// Whether nothing that matters stands outside: a main configuration, or servers as `conf.d` holds them.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(self.context, Context::Main | Context::Http)
    }
}

/// Puts the trees together. Every file with a directive in it is in at least one configuration. Sorted by the name of
/// the root.
///
/// Files with `http` or `events` are roots, with all that they include. Of the other files, those that none of them
/// includes are roots too: the ones for the `http` context form one configuration a folder (as `conf.d` does), in the
/// order of their names, the others are each a fragment of its own: of what `insides` says, else of what it can be.
#[must_use]
pub fn link<'t>(sources: &Sources, trees: &'t BTreeMap<SourceId, Tree>, insides: &Insides) -> Vec<Configuration<'t>> {
    let files = Files::new(sources, trees.keys().copied());
    let mut configurations = roots::configurations(&files, trees, insides);
    neighbours::introduce(&files, &mut configurations);
    configurations
}

/// Includes of nginx.
const INCLUSION: Inclusion = Inclusion { argument: included, may_be_missing, takes_folders: false };

/// What a directive includes.
#[must_use]
pub fn included(directive: &Directive) -> Option<&Word> {
    match (directive.name.value.as_str(), &*directive.arguments, &directive.body) {
        ("include", [argument], None) => Some(argument),
        _ => None,
    }
}

fn may_be_missing(directive: &Directive) -> bool {
    directive.argument(0).is_some_and(is_stock_include)
}

impl<'t> Configuration<'t> {
    /// What it comes to as its templates may be filled in; the first has everything that they may put there.
    pub fn variants(&self) -> impl Iterator<Item = (Cow<'_, Self>, Vec<Answer<'t>>)> {
        variants(&[&self.items, &self.neighbours]).into_iter().map(|variant| {
            let Some(mut lists) = variant.lists else { return (Cow::Borrowed(self), variant.answers) };
            let (neighbours, items) = (lists.pop().unwrap_or_default(), lists.pop().unwrap_or_default());
            let (files, problems) = (self.files.clone(), self.problems.clone());
            (Cow::Owned(Self { files, items, neighbours, problems, ..*self }), variant.answers)
        })
    }
}
