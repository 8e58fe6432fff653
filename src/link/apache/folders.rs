//! `.htaccess` files that lie in each other's folders.

use std::collections::{BTreeMap, BTreeSet};

use super::{Configuration, Folder, INCLUSION, context};
use crate::link::expand::{Expander, Expansion};
use crate::link::resolve::Files;
use crate::source::SourceId;
use crate::syntax::directive::Tree;

/// The name that httpd looks for in every folder (`AccessFileName`).
const NAME: &str = ".htaccess";

/// Whether a file with this name is read folder by folder: a `.htaccess`, or one that is called so elsewhere
/// (`htaccess.txt`, `_.htaccess`).
pub(super) fn is_per_folder(name: &str) -> bool {
    name.to_ascii_lowercase().contains("htaccess")
}

/// One configuration for each `.htaccess` above which there is none, with those below it; other names stand for
/// themselves.
pub(super) fn configurations<'t>(
    files: &Files<'_>,
    trees: &'t BTreeMap<SourceId, Tree>,
    ids: &[SourceId],
) -> Vec<Configuration<'t>> {
    let mut expander = Expander::new(files, trees, INCLUSION);
    let mut taken: BTreeSet<Vec<&str>> = BTreeSet::new();
    let mut roots: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    let mut configurations: Vec<Configuration<'t>> = Vec::new();
    let mut by_depth = ids.to_vec();
    by_depth.sort_by_key(|id| (files.folder(*id).len(), files.rank(*id)));
    for id in by_depth {
        let place = files.folder(id).to_vec();
        let Expansion { items, problems, .. } = expander.expand(id);
        let misplaced = context::misplaced_in_folder(&items);
        let broken = misplaced.is_some() || !trees[&id].errors.is_empty();
        let folder = |path: String| Folder { source: id, path, broken, misplaced, items };
        let is_read = files.name(id) == NAME && taken.insert(place.clone());
        let above = (0..place.len()).find_map(|depth| Some((depth, *roots.get(&place[..depth])?)));
        if let Some((depth, root)) = above.filter(|_| is_read) {
            configurations[root].folders.push(folder(place[depth..].join("/")));
            configurations[root].files.push(id);
            configurations[root].problems.extend(problems);
            continue;
        }
        if is_read {
            roots.insert(place, configurations.len());
        }
        configurations.push(Configuration {
            root: id,
            files: vec![id],
            items: Vec::new(),
            folders: vec![folder(String::new())],
            document_root: None,
            misplaced: Vec::new(),
            problems,
        });
    }
    configurations
}
