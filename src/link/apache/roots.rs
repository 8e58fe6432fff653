//! What a server is started with.

use std::collections::{BTreeMap, BTreeSet};

use super::{Configuration, INCLUSION, context, visit_plain};
use crate::link::expand::{Expander, Expansion};
use crate::link::resolve::Files;
use crate::source::SourceId;
use crate::syntax::directive::Tree;

/// The configurations of these files. Files that no other one includes are read side by side where one of their folder
/// has a virtual host, as `sites-enabled/*` and `conf.d/*` are; a whole `httpd.conf`, and a piece without any server near
/// it, stands for itself.
pub(super) fn configurations<'t>(
    files: &Files<'_>,
    trees: &'t BTreeMap<SourceId, Tree>,
    candidates: &[SourceId],
) -> Vec<Configuration<'t>> {
    let mut expander = Expander::new(files, trees, INCLUSION);
    let expansions = expander.expand_roots(candidates);
    let with_hosts: BTreeSet<Vec<&str>> = expansions
        .iter()
        .filter(|expansion| !is_whole(expansion) && has_virtual_host(expansion))
        .map(|expansion| place(files, expansion))
        .collect();
    let mut configurations: Vec<Configuration<'t>> = Vec::new();
    let mut by_folder = BTreeMap::new();
    for expansion in expansions {
        let folder = place(files, &expansion);
        if is_whole(&expansion) || !with_hosts.contains(&folder) {
            configurations.push(configuration(expansion));
        } else if let Some(&first) = by_folder.get(&folder) {
            join(&mut configurations[first], expansion);
        } else {
            by_folder.insert(folder, configurations.len());
            configurations.push(configuration(expansion));
        }
    }
    configurations
}

/// The folder whose files are read together: those of `conf-enabled` and `sites-enabled` are, in one folder, as Debian's
/// `apache2.conf` includes them.
fn place<'s>(files: &Files<'s>, expansion: &Expansion<'_>) -> Vec<&'s str> {
    let folder = files.folder(expansion.root);
    match folder {
        [above @ .., "conf-enabled" | "mods-enabled" | "sites-enabled"] => [above, &["*-enabled"]].concat(),
        folder => folder.to_vec(),
    }
}

/// Whether it is what httpd is given by name: it says where the server lives or what it is made of.
fn is_whole(expansion: &Expansion<'_>) -> bool {
    has(expansion, &["ServerRoot", "LoadModule"])
}

fn has_virtual_host(expansion: &Expansion<'_>) -> bool {
    has(expansion, &["VirtualHost"])
}

fn has(expansion: &Expansion<'_>, names: &[&str]) -> bool {
    let mut found = false;
    visit_plain(&expansion.items, &mut |item| {
        found |= names.iter().any(|name| item.directive.name.value.eq_ignore_ascii_case(name));
    });
    found
}

fn configuration(expansion: Expansion<'_>) -> Configuration<'_> {
    let Expansion { root, files, items, problems } = expansion;
    let misplaced = context::misplaced_in_locations(&items);
    Configuration { root, files, items, folders: Vec::new(), document_root: None, misplaced, problems }
}

/// Lets a configuration go on with the file after it in its folder.
fn join<'t>(first: &mut Configuration<'t>, next: Expansion<'t>) {
    let new: Vec<_> = next.files.into_iter().filter(|file| !first.files.contains(file)).collect();
    first.files.extend(new);
    first.misplaced.extend(context::misplaced_in_locations(&next.items));
    first.items.extend(next.items);
    let new: Vec<_> = next.problems.into_iter().filter(|problem| !first.problems.contains(problem)).collect();
    first.problems.extend(new);
}
