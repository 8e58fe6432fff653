//! The stages from paths to policies, which linting and simulating share.
//!
//! In: paths. Out: the sources with their trees and the policies they come to. Must not know: what is asked of the
//! policies.

mod express;
mod stack;

pub use stack::{Link, handing_on, is_mended};

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::discover::{self, Dialect, Discovered};
use crate::finding::{Finding, InputError, Severity};
use crate::link;
use crate::link::express::Environment;
use crate::link::{Inside, Insides};
use crate::lower;
use crate::parse;
use crate::policy::{Policy, Remark, RemarkKind, Variant};
use crate::source::{Location, SourceId, Sources};
use crate::syntax::directive::{Directive, Tree};
use crate::syntax::express::Statement;

/// How many files may be read because others include them.
const MOST_INCLUDED: usize = 2_000;

/// What was read, and what it comes to.
#[derive(Debug, Default)]
pub struct Analysis {
    /// The texts.
    pub sources: Sources,
    /// The files in them that were read as configurations, with the language of each.
    pub files: BTreeMap<SourceId, Dialect>,
    /// The trees, for their errors and comments.
    pub trees: BTreeMap<SourceId, Tree>,
    /// What modules of JavaScript and TypeScript are made of; their errors and comments are in their trees.
    pub scripts: BTreeMap<SourceId, Vec<Statement>>,
    /// One for each configuration or fragment, in the order of their files' names.
    pub units: Vec<Unit>,
    /// What was found out about them that a reader may want to know; one sentence each.
    pub notes: Vec<String>,
    /// What could not be read.
    pub errors: Vec<InputError>,
}

/// A configuration that was lowered.
#[derive(Debug)]
pub struct Unit {
    /// The file that it begins with.
    pub root: SourceId,
    /// All its files.
    pub files: BTreeSet<SourceId>,
    /// Those of them that the server has to read before it starts.
    pub needed: BTreeSet<SourceId>,
    /// Whether it is only a part of what a server would load.
    pub fragment: bool,
    /// What it does, as its templates may be filled in; there is at least one, and the first is that in which everything
    /// is there that they may put there.
    pub variants: Vec<Variant>,
    /// Includes that could not be followed.
    pub problems: Vec<link::LinkProblem>,
}

impl Unit {
    /// What it does in the first of its variants.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.variants[0].policy
    }
}

impl Analysis {
    /// Whether a server starts with a configuration. A byte-order mark apart, which is easily overlooked and as easily
    /// taken away: with it there would be nothing to say.
    #[must_use]
    pub fn starts(&self, unit: &Unit) -> bool {
        let will_not = |remark: &Remark| remark.kind == RemarkKind::WillNotStart;
        let readable = |id: &SourceId| {
            let after_mark = if self.sources.get(*id).text.starts_with('\u{feff}') { 3 } else { 0 };
            self.trees.get(id).is_none_or(|tree| tree.errors.iter().all(|error| error.span.end <= after_mark))
        };
        !unit.policy().remarks.iter().any(will_not) && unit.needed.iter().all(readable)
    }
}

impl Analysis {
    /// A finding in a piece of a template that was read as if it were always there hangs on that, and is at most a
    /// warning.
    #[must_use]
    pub fn qualified(&self, mut finding: Finding) -> Finding {
        let Location { source, span } = finding.primary.location;
        let readings = self.trees.get(&source).into_iter().flat_map(|tree| &tree.readings);
        for reading in readings.filter(|reading| reading.reach.start <= span.start && span.end <= reading.reach.end) {
            let answer = link::Answer { source, conditional: &reading.conditional, choice: reading.answer };
            let phrase = answer.phrase(&self.sources);
            finding.severity = finding.severity.min(Severity::Warning);
            if !finding.assumptions.contains(&phrase) {
                finding.assumptions.insert(0, phrase);
            }
        }
        finding
    }
}

/// What the stages from paths to policies are told.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// What to look for among the files.
    pub discover: &'a discover::Options,
    /// What files that were named are the inside of, where they are fragments.
    pub inside: Option<Inside>,
    /// Which upstreams are applications of the tree, as far as the user says so.
    pub links: &'a [Link],
    /// The environment that programs find.
    pub environment: &'a Environment,
}

/// Reads, parses, links and lowers what lies below `paths`.
#[must_use]
pub fn analyze(paths: &[PathBuf], wanted: &Wanted<'_>) -> Analysis {
    let mut found = discover::discover(paths, wanted.discover);
    let modules = express::read(&mut found, &folders(paths));
    let trees = parse_all(&mut found, &folders(paths));
    let is_apache: BTreeSet<SourceId> =
        found.files.iter().filter(|(_, dialect)| *dialect == Dialect::Apache).map(|(id, _)| *id).collect();
    let (mut trees, mut apache): (BTreeMap<SourceId, Tree>, BTreeMap<SourceId, Tree>) =
        trees.into_iter().partition(|(id, _)| !is_apache.contains(id));
    let insides = found.named.iter().copied().zip(wanted.inside.into_iter().cycle()).collect();
    let mut units = nginx_units(&found.sources, &trees, &insides);
    units.extend(apache_units(&found.sources, &apache, &insides));
    units.extend(express::units(&modules, wanted.environment));
    trees.append(&mut apache);
    let mut scripts = BTreeMap::new();
    for file in modules.files {
        let (source, (tree, body)) = (file.source, express::tree(file));
        trees.insert(source, tree);
        scripts.insert(source, body);
    }
    units.sort_by(|a, b| found.sources.get(a.root).name.cmp(&found.sources.get(b.root).name));
    let files = found.files.into_iter().collect();
    let notes = stack::join(&mut units, &files, &found.sources, wanted.links, &folders(paths));
    Analysis { sources: found.sources, files, trees, scripts, units, notes, errors: found.errors }
}

fn nginx_units(sources: &Sources, trees: &BTreeMap<SourceId, Tree>, insides: &Insides) -> Vec<Unit> {
    let unit = |configuration: link::nginx::Configuration<'_>| Unit {
        variants: configuration
            .variants()
            .map(|(configuration, answers)| variant(lower::nginx::lower(&configuration), &answers, sources))
            .collect(),
        root: configuration.root,
        fragment: !configuration.is_whole(),
        files: configuration.files.iter().copied().collect(),
        needed: configuration.files.iter().copied().collect(),
        problems: configuration.problems,
    };
    link::nginx::link(sources, trees, insides).into_par_iter().map(unit).collect()
}

fn apache_units(sources: &Sources, trees: &BTreeMap<SourceId, Tree>, insides: &Insides) -> Vec<Unit> {
    let unit = |configuration: link::apache::Configuration<'_>| Unit {
        variants: configuration
            .variants()
            .map(|(configuration, answers)| variant(lower::apache::lower(&configuration), &answers, sources))
            .collect(),
        root: configuration.root,
        fragment: !configuration.is_server(),
        files: configuration.files.iter().copied().collect(),
        needed: configuration.start_files().collect(),
        problems: configuration.problems,
    };
    link::apache::link(sources, trees, insides).into_par_iter().map(unit).collect()
}

fn variant(policy: Policy, answers: &[link::Answer<'_>], sources: &Sources) -> Variant {
    let policy = Arc::new(policy);
    Variant { policy, taken: answers.iter().map(|answer| answer.phrase(sources)).collect() }
}

/// The folders that may be read: those that were given, and those that given files lie in.
fn folders(paths: &[PathBuf]) -> Vec<PathBuf> {
    let folder = |path: &PathBuf| {
        let path = path.canonicalize().ok()?;
        if path.is_dir() { Some(path) } else { path.parent().map(Path::to_path_buf) }
    };
    paths.iter().filter_map(folder).collect()
}

/// Whether a file is there and lies in one of the folders, wherever symbolic links lead.
fn may_be_read(path: &Path, folders: &[PathBuf]) -> bool {
    path.canonicalize().is_ok_and(|real| folders.iter().any(|folder| real.starts_with(folder)))
}

/// Parses every file, and those within `folders` that are included by name.
fn parse_all(found: &mut Discovered, folders: &[PathBuf]) -> BTreeMap<SourceId, Tree> {
    let mut trees = BTreeMap::new();
    let mut done = 0;
    loop {
        let is_directives = |(_, dialect): &&(SourceId, Dialect)| *dialect != Dialect::Express;
        let fresh: Vec<(SourceId, Dialect)> = found.files[done..].iter().filter(is_directives).copied().collect();
        done = found.files.len();
        if fresh.is_empty() {
            return trees;
        }
        let sources = &found.sources;
        let parse_one = |(id, dialect): &(SourceId, Dialect)| (*id, *dialect, parse(*dialect, &sources.get(*id).text));
        let parsed: Vec<(SourceId, Dialect, Tree)> = fresh.par_iter().map(parse_one).collect();
        let mut wanted: BTreeSet<(PathBuf, Dialect)> = BTreeSet::new();
        for (id, dialect, tree) in &parsed {
            let beside = included_beside(&sources.get(*id).path, *dialect, tree);
            wanted.extend(beside.into_iter().map(|path| (path, *dialect)));
        }
        trees.extend(parsed.into_iter().map(|(id, _, tree)| (id, tree)));
        for (path, dialect) in wanted {
            if found.files.len() < MOST_INCLUDED + done && may_be_read(&path, folders) {
                discover::include(&path, dialect, found);
            }
        }
    }
}

fn parse(dialect: Dialect, text: &str) -> Tree {
    match dialect {
        Dialect::Apache => parse::apache::parse(text),
        Dialect::Nginx | Dialect::Express => parse::nginx::parse(text),
    }
}

/// Files that a tree includes by a relative name and that lie below its folder or one of the two above it: beside a
/// file that was named, or without a name by which a walk would know them.
fn included_beside(path: &Path, dialect: Dialect, tree: &Tree) -> Vec<PathBuf> {
    let included = match dialect {
        Dialect::Apache => link::apache::included,
        Dialect::Nginx | Dialect::Express => link::nginx::included,
    };
    let mut wanted = Vec::new();
    let mut open: Vec<&Directive> = tree.directives.iter().collect();
    while let Some(directive) = open.pop() {
        open.extend(directive.children());
        let Some(argument) = included(directive).map(|word| word.value.as_str()) else { continue };
        let relative = Path::new(argument);
        let plain = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !plain || argument.contains(['*', '?', '[', '$', '{']) || link::nginx::is_stock_include(argument) {
            continue;
        }
        let folders = path.ancestors().skip(1).take(3);
        wanted.extend(folders.map(|folder| folder.join(relative)).find(|candidate| candidate.is_file()));
    }
    wanted
}
