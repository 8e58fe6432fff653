//! The tree of JavaScript and TypeScript against that of `oxc_parser`: what oxc sees, the grammar sees with the same span
//! and the same value, and nothing else.
//!
//! Over the project's own samples, and over any other folder named in `EXPRESS_SAMPLES`.

mod ours;
mod theirs;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What a node is, with its value, and the bytes that it covers.
type Node = (String, u32, u32);

/// Every node of a file that both trees have.
type Nodes = BTreeSet<Node>;

/// What was compared.
#[derive(Debug, Default)]
struct Tally {
    files: usize,
    /// Files in which oxc finds a fault.
    unread: Vec<String>,
    nodes: usize,
    decisive: usize,
    missing_decisive: usize,
    kinds: BTreeMap<String, (usize, usize)>,
    differences: Vec<String>,
}

impl Tally {
    fn compare(&mut self, path: &Path, text: &str) {
        let (ours, error) = ours::nodes(text);
        let Some(theirs) = theirs::nodes(path, text) else {
            self.unread.push(path.display().to_string());
            return;
        };
        self.files += 1;
        self.nodes += theirs.all.len();
        self.decisive += theirs.decisive.len();
        let mut told = 0;
        if ours != theirs.all {
            self.differences.extend(error.map(|error| format!("{}: {error}", path.display())));
        }
        let missing = theirs.all.difference(&ours).map(|node| ("missing", node));
        for (how, node) in missing.chain(ours.difference(&theirs.all).map(|node| ("extra", node))) {
            let kind = node.0.split(' ').next().unwrap_or_default().to_owned();
            let counts = self.kinds.entry(kind).or_default();
            if how == "missing" {
                counts.0 += 1;
            } else {
                counts.1 += 1;
            }
            let is_decisive = how == "missing" && theirs.decisive.contains(node);
            self.missing_decisive += usize::from(is_decisive);
            told += 1;
            if told <= 3 || (is_decisive && told <= 30) {
                let line = text[..node.1 as usize].lines().count();
                self.differences.push(format!("{}:{line}: {how} {node:?}", path.display()));
            }
        }
    }
}

/// JavaScript and TypeScript files below a folder, in order.
fn samples(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    let is_source = |path: &PathBuf| path.extension().is_some_and(theirs::is_known);
    let (folders, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.is_dir());
    files.into_iter().filter(is_source).chain(folders.iter().flat_map(|folder| samples(folder))).collect()
}

fn compare_all(folder: &Path) -> Tally {
    let mut tally = Tally::default();
    for path in samples(folder) {
        let bytes = std::fs::read(&path).expect("a file that was just listed");
        let text = String::from_utf8_lossy(&bytes);
        if corslint::discover::script::is_bundle(&text) {
            continue;
        }
        tally.compare(path.strip_prefix(folder).unwrap_or(&path), &text);
    }
    tally
}

#[test]
fn the_tree_is_that_of_oxc() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/express");
    let named = std::env::var_os("EXPRESS_SAMPLES").map(PathBuf::from);
    let tally = compare_all(named.as_deref().unwrap_or(&own));
    let summary = format!(
        "{} files, not those that oxc does not take: {:?}; {} nodes, {} of them calls and options of cors, header calls, and what \
         assigns or decides, of which {} are missing\n{:?}\n{}",
        tally.files,
        tally.unread,
        tally.nodes,
        tally.decisive,
        tally.missing_decisive,
        tally.kinds,
        tally.differences.join("\n"),
    );
    assert!(tally.differences.is_empty(), "{summary}");
    assert!(named.is_some() || tally.unread.is_empty(), "{summary}");
    assert!(tally.files >= 25 && tally.decisive >= 100, "{summary}");
}
