//! Apache httpd's trees → configurations.
//!
//! In: trees. Out: [`Configuration`]s: what a server reads when it starts, with the directives of included files in the
//! place of the `Include`, and the `.htaccess` files of one document root, outer before inner. Must not know: what the
//! directives do; only which of them tell where files lie and belong.

mod context;
mod folders;
mod overrides;
mod roots;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::expand::Inclusion;
use super::resolve::Files;
use super::variants::{Answer, variants};
use super::{Inside, Insides, Item, LinkProblem};
use crate::source::{Location, SourceId, Sources};
use crate::syntax::directive::{Directive, Tree, Word};

/// What one httpd would read, or as much of it as the tree of files shows.
#[derive(Debug, Clone)]
pub struct Configuration<'t> {
    /// The file that it begins with.
    pub root: SourceId,
    /// All files read, each once.
    pub files: Vec<SourceId>,
    /// What the server reads when it starts; nothing for `.htaccess` files that no server of the tree leads to.
    pub items: Vec<Item<'t>>,
    /// The `.htaccess` files, a folder before those inside it.
    pub folders: Vec<Folder<'t>>,
    /// The `DocumentRoot` that the folders lie below, as it is written; `None` where no server of the tree names it.
    pub document_root: Option<String>,
    /// What keeps the server from starting because of the place where it stands, and why.
    pub misplaced: Vec<(Location, String)>,
    /// Includes that could not be followed.
    pub problems: Vec<LinkProblem>,
}

/// A folder with a `.htaccess`.
#[derive(Debug, Clone)]
pub struct Folder<'t> {
    /// The `.htaccess`.
    pub source: SourceId,
    /// Its path below the document root, without a slash at either end; empty for the document root itself.
    pub path: String,
    /// Whether httpd refuses the file and answers 500 to all that lies below.
    pub broken: bool,
    /// What cannot stand in it, and why, where that is the reason.
    pub misplaced: Option<(Location, String)>,
    /// What the file says.
    pub items: Vec<Item<'t>>,
}

impl<'t> Configuration<'t> {
    /// Whether a server starts with it, as against `.htaccess` files.
    #[must_use]
    pub fn is_server(&self) -> bool {
        !self.items.is_empty()
    }

    /// The files without which no server starts: not those that it reads for a request.
    pub fn start_files(&self) -> impl Iterator<Item = SourceId> {
        let later: Vec<SourceId> = self.folders.iter().map(|folder| folder.source).collect();
        self.files.iter().copied().filter(move |file| !later.contains(file))
    }

    /// What it comes to as its templates may be filled in; the first has everything that they may put there.
    pub fn variants(&self) -> impl Iterator<Item = (Cow<'_, Self>, Vec<Answer<'t>>)> {
        let lists: Vec<&[Item<'t>]> =
            std::iter::once(&*self.items).chain(self.folders.iter().map(|folder| &*folder.items)).collect();
        variants(&lists).into_iter().map(|variant| {
            let Some(lists) = variant.lists else { return (Cow::Borrowed(self), variant.answers) };
            let mut lists = lists.into_iter();
            let mut changed = Self { items: lists.next().unwrap_or_default(), ..self.clone() };
            for (folder, items) in changed.folders.iter_mut().zip(lists) {
                folder.items = items;
            }
            (Cow::Owned(changed), variant.answers)
        })
    }
}

/// Puts the trees together. Every file with a directive in it is in at least one configuration. Sorted by the name of
/// the root. What is read folder by folder is told by the name, unless `insides` says it.
#[must_use]
pub fn link<'t>(sources: &Sources, trees: &'t BTreeMap<SourceId, Tree>, insides: &Insides) -> Vec<Configuration<'t>> {
    let files = Files::new(sources, trees.keys().copied());
    let (per_folder, server): (Vec<_>, Vec<_>) = files
        .ids()
        .filter(|id| !trees[id].directives.is_empty() || !trees[id].errors.is_empty())
        .partition(|id| match insides.get(id) {
            Some(inside) => *inside == Inside::Location,
            None => folders::is_per_folder(files.name(*id)),
        });
    let mut configurations = roots::configurations(&files, trees, &server);
    for found in folders::configurations(&files, trees, &per_folder) {
        overrides::place(&files, found, &mut configurations);
    }
    configurations.sort_by_key(|configuration| files.rank(configuration.root));
    configurations
}

/// Includes of httpd.
const INCLUSION: Inclusion = Inclusion { argument: included, may_be_missing, takes_folders: true };

/// What a directive includes.
#[must_use]
pub fn included(directive: &Directive) -> Option<&Word> {
    let name = directive.name.value.as_str();
    let is_include = name.eq_ignore_ascii_case("Include") || name.eq_ignore_ascii_case("IncludeOptional");
    directive.arguments.first().filter(|_| is_include && directive.body.is_none())
}

/// `IncludeOptional` says so; the others are files of a stock installation, with nothing of interest in them.
fn may_be_missing(directive: &Directive) -> bool {
    let stock = |argument: &str| {
        ["conf-enabled", "mods-enabled", "sites-enabled", "conf.modules.d", "conf.d", "options-ssl-apache.conf", "ports.conf"]
            .iter()
            .any(|part| argument.contains(part))
            // The files that httpd's own tree has in `conf/extra`.
            || argument.contains("extra/httpd-")
            || argument.contains("${")
    };
    directive.name.value.eq_ignore_ascii_case("IncludeOptional") || directive.argument(0).is_some_and(stock)
}

/// Calls `visit` for all items, those in `IfModule` and its like included, but not those in other sections.
fn visit_plain<'i, 't>(items: &'i [Item<'t>], visit: &mut impl FnMut(&'i Item<'t>)) {
    for item in items {
        visit(item);
        let name = item.directive.name.value.to_ascii_lowercase();
        if matches!(name.as_str(), "ifmodule" | "ifdefine" | "ifversion" | "iffile" | "ifdirective" | "ifsection") {
            visit_plain(&item.children, visit);
        }
    }
}
