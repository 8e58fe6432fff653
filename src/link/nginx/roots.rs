//! Which files nginx is given, and which are read by way of those.

use std::collections::{BTreeMap, BTreeSet};

use super::{Configuration, Context, INCLUSION, context};
use crate::link::Insides;
use crate::link::expand::{Expander, Expansion};
use crate::link::resolve::Files;
use crate::source::SourceId;
use crate::syntax::directive::Tree;

/// All configurations, without their neighbours, sorted by the path of the root.
pub(super) fn configurations<'t>(
    files: &Files<'_>,
    trees: &'t BTreeMap<SourceId, Tree>,
    insides: &Insides,
) -> Vec<Configuration<'t>> {
    let mut expander = Expander::new(files, trees, INCLUSION);
    let whole: Vec<_> = files.ids().filter(|id| context::is_whole(&trees[id].directives)).collect();
    let mut expansions = expander.expand_roots(&whole);
    let read: BTreeSet<_> = expansions.iter().flat_map(|expansion| &expansion.files).copied().collect();
    let rest: Vec<_> = files.ids().filter(|id| !read.contains(id) && !trees[id].directives.is_empty()).collect();
    let count = expansions.len();
    expansions.extend(expander.expand_roots(&rest));
    let mut configurations: Vec<_> = Vec::new();
    let mut folders = BTreeMap::new();
    for (index, expansion) in expansions.into_iter().enumerate() {
        let mut configuration = configuration(expansion);
        // What holds whole servers, or a whole main context, is nothing else's inside.
        if let Some(inside) = insides.get(&configuration.root).filter(|_| !configuration.is_whole()) {
            configuration.context = Context::from(*inside);
        }
        if index < count || configuration.context != Context::Http {
            configurations.push(configuration);
            continue;
        }
        let folder = files.folder(configuration.root);
        if let Some(&first) = folders.get(folder) {
            join(&mut configurations[first], configuration);
        } else {
            folders.insert(folder, configurations.len());
            configurations.push(configuration);
        }
    }
    configurations.sort_by_key(|configuration| files.rank(configuration.root));
    configurations
}

fn configuration(expansion: Expansion<'_>) -> Configuration<'_> {
    let Expansion { root, files, items, problems } = expansion;
    let context = context::outermost(&items);
    Configuration { context, root, files, items, neighbours: Vec::new(), problems }
}

/// Lets a configuration go on with the file after it in its folder.
fn join<'t>(first: &mut Configuration<'t>, next: Configuration<'t>) {
    let new: Vec<_> = next.files.into_iter().filter(|file| !first.files.contains(file)).collect();
    first.files.extend(new);
    first.items.extend(next.items);
    let new: Vec<_> = next.problems.into_iter().filter(|problem| !first.problems.contains(problem)).collect();
    first.problems.extend(new);
}
