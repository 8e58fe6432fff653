//! Which files nginx is given, and which are read by way of those.

use std::collections::{BTreeMap, BTreeSet};

use super::expand::{Expander, Expansion, MAX_LOOKUPS};
use super::resolve::Files;
use super::{Configuration, Context, context};
use crate::source::SourceId;
use crate::syntax::directive::{Directive, Tree};

/// All configurations, without their neighbours, sorted by the path of the root.
pub(super) fn configurations<'t>(files: &Files<'_>, trees: &'t BTreeMap<SourceId, Tree>) -> Vec<Configuration<'t>> {
    let mut expander = Expander::new(files, trees);
    let whole: Vec<_> = files.ids().filter(|id| context::is_whole(&trees[id].directives)).collect();
    let mut expansions = expand_roots(&mut expander, files, trees, &whole);
    let read: BTreeSet<_> = expansions.iter().flat_map(|expansion| &expansion.files).copied().collect();
    let rest: Vec<_> = files.ids().filter(|id| !read.contains(id) && !trees[id].directives.is_empty()).collect();
    let count = expansions.len();
    expansions.extend(expand_roots(&mut expander, files, trees, &rest));
    let mut configurations: Vec<_> = Vec::new();
    let mut folders = BTreeMap::new();
    for (index, expansion) in expansions.into_iter().enumerate() {
        let configuration = configuration(expansion);
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

/// Expands those of the candidates that no other one includes; of candidates that include each other, the first.
/// Sorted like the candidates. In the end every candidate has been read.
fn expand_roots<'t>(
    expander: &mut Expander<'_, '_, 't>,
    files: &Files<'_>,
    trees: &BTreeMap<SourceId, Tree>,
    candidates: &[SourceId],
) -> Vec<Expansion<'t>> {
    let included = included(files, trees, candidates);
    let mut expansions: Vec<Expansion<'t>> = Vec::new();
    let mut read = BTreeSet::new();
    let (later, first): (Vec<_>, Vec<_>) = candidates.iter().partition(|id| included.contains(id));
    for id in first.into_iter().chain(later) {
        if read.contains(&id) && included.contains(&id) {
            continue;
        }
        let expansion = expander.expand(id);
        read.extend(expansion.files.iter().copied());
        expansions.push(expansion);
    }
    expansions.sort_by_key(|expansion| files.rank(expansion.root));
    expansions
}

/// What the candidates and the files below them include, each read from its own folder.
fn included(files: &Files<'_>, trees: &BTreeMap<SourceId, Tree>, candidates: &[SourceId]) -> BTreeSet<SourceId> {
    let mut arguments = BTreeSet::new();
    for &start in candidates {
        collect_includes(start, &trees[&start].directives, &mut arguments);
    }
    let looked_up = arguments.into_iter().take(MAX_LOOKUPS);
    looked_up.flat_map(|(start, argument)| without(start, files.resolve(argument, start, start))).collect()
}

fn without(one: SourceId, mut all: Vec<SourceId>) -> Vec<SourceId> {
    all.retain(|&id| id != one);
    all
}

fn collect_includes<'d>(source: SourceId, directives: &'d [Directive], arguments: &mut BTreeSet<(SourceId, &'d str)>) {
    for directive in directives {
        if directive.is("include") {
            arguments.extend(directive.argument(0).map(|argument| (source, argument)));
        }
        collect_includes(source, directive.children(), arguments);
    }
}

fn configuration(expansion: Expansion<'_>) -> Configuration<'_> {
    let Expansion { root, context, files, items, problems } = expansion;
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
