//! `.htaccess` files that lie in each other's folders.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Configuration, Folder, INCLUSION, context};
use crate::link::expand::{Expander, Expansion};
use crate::link::resolve::Files;
use crate::link::{LinkProblem, LinkProblemKind};
use crate::source::{Location, SourceId, Span};
use crate::syntax::directive::{Directive, Tree};

/// How many `.htaccess` files may lie in each other: what each says is worked out for every place below it.
const DEEPEST: usize = 32;

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
    // Of each folder: the configuration that it belongs to, the number of names above that, and how many lie in each other.
    let mut places: HashMap<Vec<&str>, (usize, usize, usize)> = HashMap::new();
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
        let above = (0..place.len()).rev().find_map(|depth| places.get(&place[..depth]).copied()).filter(|_| is_read);
        if let Some((root, depth, level)) = above.filter(|(.., level)| *level < DEEPEST) {
            places.insert(place.clone(), (root, depth, level + 1));
            configurations[root].folders.push(folder(place[depth..].join("/")));
            configurations[root].files.push(id);
            configurations[root].problems.extend(problems);
            continue;
        }
        if is_read {
            let depth = place.len();
            places.insert(place, (configurations.len(), depth, 1));
        }
        let problems = match above {
            Some(_) => problems.into_iter().chain([too_deep(id, &trees[&id])]).collect(),
            None => problems,
        };
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

fn too_deep(source: SourceId, tree: &Tree) -> LinkProblem {
    let span = tree.directives.first().map_or(Span::new(0, 0), Directive::head);
    let message = format!(
        "more than {DEEPEST} `.htaccess` lie in each other: from here on, they are read as if there were none above"
    );
    LinkProblem { kind: LinkProblemKind::TooDeep, location: Location { source, span }, message }
}
