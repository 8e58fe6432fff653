//! One file with everything it includes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::resolve::{Files, is_pattern};
use super::{Item, LinkProblem, LinkProblemKind, Stand};
use crate::source::{Location, SourceId};
use crate::syntax::directive::{Directive, Tree, Word};
use crate::syntax::hole;

/// Deepest nesting of includes.
const MAX_INCLUDES: usize = 32;
/// Deepest nesting of blocks, those around includes counted: items are walked and dropped recursively.
const MAX_DEPTH: usize = 256;
/// How many directives may be there again, by being included more than once: what is read once is bounded by the input.
const MAX_REPEATED: usize = 200_000;
/// The same for all configurations of a run together.
const MAX_REPEATED_IN_ALL: usize = 2_000_000;
/// How many different includes a run looks up.
const MAX_LOOKUPS: usize = 20_000;

/// How a language includes files.
#[derive(Clone, Copy)]
pub(super) struct Inclusion {
    /// The word that says which, if a directive is an include.
    pub(super) argument: fn(&Directive) -> Option<&Word>,
    /// Whether it is no fault of such a directive that no file is there.
    pub(super) may_be_missing: fn(&Directive) -> bool,
    /// Whether the name of a folder stands for all files in it.
    pub(super) takes_folders: bool,
}

/// A root with everything it includes.
pub(super) struct Expansion<'t> {
    pub(super) root: SourceId,
    pub(super) files: Vec<SourceId>,
    pub(super) items: Vec<Item<'t>>,
    pub(super) problems: Vec<LinkProblem>,
}

/// Expands roots, and keeps what is common to all of them.
pub(super) struct Expander<'f, 's, 't> {
    files: &'f Files<'s>,
    trees: &'t BTreeMap<SourceId, Tree>,
    inclusion: Inclusion,
    /// Files that some root has read.
    seen: BTreeSet<SourceId>,
    repeated: usize,
    lookups: usize,
}

impl<'f, 's, 't> Expander<'f, 's, 't> {
    pub(super) fn new(files: &'f Files<'s>, trees: &'t BTreeMap<SourceId, Tree>, inclusion: Inclusion) -> Self {
        Self { files, trees, inclusion, seen: BTreeSet::new(), repeated: 0, lookups: 0 }
    }

    /// Reads one root.
    pub(super) fn expand(&mut self, root: SourceId) -> Expansion<'t> {
        let trees = self.trees;
        let mut reading = Reading {
            root,
            open: vec![root],
            files: vec![root],
            read: BTreeSet::from([root]),
            problems: Vec::new(),
            found: HashMap::new(),
            repeated: 0,
            repeating: usize::from(!self.seen.insert(root)),
            stopped: false,
            standing: Vec::new(),
            expander: self,
        };
        let mut items = Vec::new();
        reading.read(root, &trees[&root].directives, 0, &mut items);
        let Reading { files, problems, .. } = reading;
        Expansion { root, files, items, problems }
    }

    /// Expands those of the candidates that no other one includes; of candidates that include each other, the first.
    /// Sorted like the candidates. In the end every candidate has been read.
    pub(super) fn expand_roots(&mut self, candidates: &[SourceId]) -> Vec<Expansion<'t>> {
        let included = self.included(candidates);
        let mut expansions: Vec<Expansion<'t>> = Vec::new();
        let mut read = BTreeSet::new();
        let (later, first): (Vec<_>, Vec<_>) = candidates.iter().partition(|id| included.contains(id));
        for id in first.into_iter().chain(later) {
            if read.contains(&id) && included.contains(&id) {
                continue;
            }
            let expansion = self.expand(id);
            read.extend(expansion.files.iter().copied());
            expansions.push(expansion);
        }
        expansions.sort_by_key(|expansion| self.files.rank(expansion.root));
        expansions
    }

    /// What the candidates and the files below them include, each read from its own folder.
    fn included(&self, candidates: &[SourceId]) -> BTreeSet<SourceId> {
        let mut arguments = BTreeSet::new();
        for &start in candidates {
            self.collect_includes(start, &self.trees[&start].directives, &mut arguments);
        }
        let looked_up = arguments.into_iter().take(MAX_LOOKUPS);
        let mut included = BTreeSet::new();
        for (start, argument) in looked_up {
            included.extend(self.files.resolve(argument, start, start).into_iter().filter(|&id| id != start));
        }
        included
    }

    fn collect_includes(
        &self,
        source: SourceId,
        directives: &'t [Directive],
        arguments: &mut BTreeSet<(SourceId, &'t str)>,
    ) {
        for directive in directives {
            let argument = (self.inclusion.argument)(directive);
            arguments.extend(argument.map(|argument| (source, argument.value.as_str())));
            self.collect_includes(source, directive.children(), arguments);
        }
    }
}

/// The reading of one root.
struct Reading<'e, 'f, 's, 't> {
    expander: &'e mut Expander<'f, 's, 't>,
    root: SourceId,
    /// The files that are being read, outermost first.
    open: Vec<SourceId>,
    files: Vec<SourceId>,
    /// The same, to look up.
    read: BTreeSet<SourceId>,
    problems: Vec<LinkProblem>,
    /// What includes mean, by including file and argument.
    found: HashMap<(SourceId, &'t str), Vec<SourceId>>,
    /// How many directives of this root were there before.
    repeated: usize,
    /// How many of the open files were read before.
    repeating: usize,
    /// Whether a limit ended the reading.
    stopped: bool,
    /// The arms of templates that the open includes stand in, and not the blocks round them as well.
    standing: Vec<Stand<'t>>,
}

impl<'t> Reading<'_, '_, '_, 't> {
    /// Reads the directives of a file or a block into `items`; `depth` counts the blocks around them.
    fn read(&mut self, source: SourceId, directives: &'t [Directive], depth: usize, items: &mut Vec<Item<'t>>) {
        for directive in directives {
            if self.stopped || !self.afford(source, directive) {
                return;
            }
            let when = self.when(source, directive);
            if let Some(argument) = (self.expander.inclusion.argument)(directive) {
                let include = Item { source, directive, when, children: Vec::new() };
                self.include(include, argument, depth, items);
                continue;
            }
            let mut children = Vec::new();
            let standing = std::mem::take(&mut self.standing);
            if depth < MAX_DEPTH {
                self.read(source, directive.children(), depth + 1, &mut children);
            } else if !directive.children().is_empty() {
                self.report(
                    LinkProblemKind::TooDeep,
                    source,
                    &directive.name,
                    "blocks nest too deeply by way of includes",
                );
            }
            self.standing = standing;
            items.push(Item { source, directive, when, children });
        }
    }

    /// The arms that a directive stands in: those of the includes that lead to it, then its own.
    fn when(&self, source: SourceId, directive: &Directive) -> Vec<Stand<'t>> {
        let conditionals = &self.expander.trees[&source].conditionals;
        let own = directive.when.iter().filter_map(|(id, arm)| {
            let conditional = conditionals.get(id.0 as usize)?;
            Some(Stand { source, conditional, arm: *arm })
        });
        self.standing.iter().copied().chain(own).collect()
    }

    fn include(&mut self, include: Item<'t>, argument: &'t Word, depth: usize, items: &mut Vec<Item<'t>>) {
        let source = include.source;
        let found = self.resolve(include.source, include.directive, argument);
        let mut followed = false;
        for target in found {
            let shown = format!("{} {}", include.directive.name.value, hole::decode(&argument.value));
            if self.open.contains(&target) {
                let message = format!("`{shown}` names a file that includes this one");
                self.report(LinkProblemKind::IncludeCycle, source, argument, &message);
            } else if self.open.len() > MAX_INCLUDES {
                let message = format!("`{shown}` is nested more than {MAX_INCLUDES} files deep");
                self.report(LinkProblemKind::TooDeep, source, argument, &message);
            } else {
                followed = true;
                let outer = std::mem::replace(&mut self.standing, include.when.clone());
                self.read_file(target, depth, items);
                self.standing = outer;
            }
        }
        if !followed {
            items.push(include);
        }
    }

    fn read_file(&mut self, target: SourceId, depth: usize, items: &mut Vec<Item<'t>>) {
        if self.read.insert(target) {
            self.files.push(target);
        }
        let again = usize::from(!self.expander.seen.insert(target));
        self.repeating += again;
        self.open.push(target);
        let trees = self.expander.trees;
        self.read(target, &trees[&target].directives, depth, items);
        self.open.pop();
        self.repeating -= again;
    }

    fn resolve(&mut self, source: SourceId, directive: &Directive, argument: &'t Word) -> Vec<SourceId> {
        if let Some(found) = self.found.get(&(source, argument.value.as_str())) {
            return found.clone();
        }
        self.expander.lookups += 1;
        if self.expander.lookups > MAX_LOOKUPS {
            if self.expander.lookups == MAX_LOOKUPS + 1 {
                let message = "there are too many includes: none was followed from here on";
                self.report(LinkProblemKind::TooLarge, source, argument, message);
            }
            return Vec::new();
        }
        let mut found = self.expander.files.resolve(&argument.value, self.root, source);
        if found.is_empty() && self.expander.inclusion.takes_folders && !is_pattern(&argument.value) {
            let all = format!("{}/*", argument.value.trim_end_matches('/'));
            found = self.expander.files.resolve(&all, self.root, source);
        }
        if found.is_empty()
            && !is_pattern(&argument.value)
            && !(self.expander.inclusion.may_be_missing)(directive)
            && !argument.has_hole()
        {
            let message = format!("`{} {}` names no file that was read", directive.name.value, argument.value);
            self.report(LinkProblemKind::UnresolvedInclude, source, argument, &message);
        }
        self.found.insert((source, &argument.value), found.clone());
        found
    }

    /// Counts a directive; false if there have been too many.
    fn afford(&mut self, source: SourceId, directive: &'t Directive) -> bool {
        if self.repeating == 0 {
            return true;
        }
        self.repeated += 1;
        self.expander.repeated += 1;
        if self.repeated <= MAX_REPEATED && self.expander.repeated <= MAX_REPEATED_IN_ALL {
            return true;
        }
        self.stopped = true;
        let message = "the same files are included too often: reading stopped here";
        self.report(LinkProblemKind::TooLarge, source, &directive.name, message);
        false
    }

    fn report(&mut self, kind: LinkProblemKind, source: SourceId, word: &Word, message: &str) {
        let problem = LinkProblem { kind, location: Location { source, span: word.span }, message: message.to_owned() };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}
