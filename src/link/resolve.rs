//! Which files of the tree the argument of an `include` means.

use std::collections::{BTreeMap, HashMap};

use glob::{MatchOptions, Pattern};

use crate::link::path;
use crate::source::{SourceId, Sources};

/// `glob(3)` as nginx calls it: `*` crosses no `/` (names are compared one by one) and takes no leading dot.
const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// The longest name that a file can have on the usual systems; a longer pattern of one is not tried.
const LONGEST_NAME: usize = 255;

/// Endings that a file no longer has where its template has been filled in.
const TEMPLATE_ENDINGS: [&str; 11] =
    [".ctmpl", ".epp", ".erb", ".hbs", ".in", ".j2", ".jinja", ".jinja2", ".mustache", ".template", ".tmpl"];

/// The files of the tree by the paths that they have where templates have been filled in.
pub(super) struct Files<'s> {
    /// Every file, in the order in which `glob(3)` would list them: by the bytes of the whole path.
    sorted: Vec<File<'s>>,
    by_path: HashMap<String, SourceId>,
    /// Indexes into `sorted` by the last name of the path.
    by_name: HashMap<&'s str, Vec<usize>>,
    by_id: BTreeMap<SourceId, usize>,
}

struct File<'s> {
    id: SourceId,
    path: String,
    names: Vec<&'s str>,
}

impl<'s> Files<'s> {
    /// Indexes the sources with these ids.
    pub(super) fn new(sources: &'s Sources, ids: impl Iterator<Item = SourceId>) -> Self {
        let file = |id| {
            let names = path::names(deployed(&sources.get(id).name));
            File { id, path: names.join("/"), names }
        };
        let mut sorted: Vec<_> = ids.map(file).collect();
        sorted.sort_by(|a, b| a.path.cmp(&b.path).then(a.id.cmp(&b.id)));
        let mut by_name: HashMap<_, Vec<_>> = HashMap::new();
        for (index, file) in sorted.iter().enumerate() {
            by_name.entry(file.names.last().copied().unwrap_or_default()).or_default().push(index);
        }
        let by_path = sorted.iter().rev().map(|file| (file.path.clone(), file.id)).collect();
        let by_id = sorted.iter().enumerate().map(|(index, file)| (file.id, index)).collect();
        Self { sorted, by_path, by_name, by_id }
    }

    /// All ids, sorted by path.
    pub(super) fn ids(&self) -> impl Iterator<Item = SourceId> {
        self.sorted.iter().map(|file| file.id)
    }

    /// The place of a file in that order.
    pub(super) fn rank(&self, id: SourceId) -> usize {
        self.by_id[&id]
    }

    /// The names of the folder that a file stands in.
    pub(super) fn folder(&self, id: SourceId) -> &[&'s str] {
        path::folder(&self.sorted[self.by_id[&id]].names)
    }

    /// The name of a file, without the ending of a template.
    pub(super) fn name(&self, id: SourceId) -> &'s str {
        self.sorted[self.by_id[&id]].names.last().copied().unwrap_or_default()
    }

    /// The files that `include argument` in the file `from` means, when nginx is given the file `root`; sorted.
    ///
    /// A relative path is nginx's conf prefix, the folder of the root, first; but snippets are also written relative to
    /// their own folder or one above it. A path that leads nowhere in the tree, as all absolute ones do, is one on the
    /// server: as much as possible of its end is sought in the tree, near the including file. Of two places equally near,
    /// neither is taken.
    pub(super) fn resolve(&self, argument: &str, root: SourceId, from: SourceId) -> Vec<SourceId> {
        let argument = deployed(argument);
        let target = Target::new(argument);
        if !argument.starts_with('/') {
            let own = self.folder(from);
            let above = if target.is_a_lone_pattern() { own.len() } else { 0 };
            let bases = std::iter::once(self.folder(root)).chain((above..=own.len()).rev().map(|depth| &own[..depth]));
            for base in bases {
                let found = self.at(base, argument, &target);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        let tails = (0..target.tail.len()).map(|skipped| &target.tail[skipped..]);
        let mut telling = tails.take_while(|tail| target.is_told_by(tail));
        telling.find_map(|tail| Some(self.by_tail(tail, from)).filter(|found| !found.is_empty())).unwrap_or_default()
    }

    fn at(&self, base: &[&'s str], argument: &str, target: &Target<'_>) -> Vec<SourceId> {
        let names = path::join(base, argument);
        if !target.is_pattern {
            return self.by_path.get(&names.join("/")).copied().into_iter().collect();
        }
        let matchers: Vec<_> = names.iter().map(|name| Matcher::new(name)).collect();
        let fits = |file: &&File<'_>| file.names.len() == matchers.len() && ends_with(&file.names, &matchers);
        let mut fitting: Vec<&File<'_>> = self.sorted.iter().filter(fits).collect();
        fitting.dedup_by_key(|file| &file.path);
        fitting.into_iter().map(|file| file.id).collect()
    }

    /// The files whose paths end like this, in the folder nearest to `from`.
    fn by_tail(&self, tail: &[Matcher<'_>], from: SourceId) -> Vec<SourceId> {
        let candidates: Vec<&File<'_>> = match tail.last() {
            Some(Matcher::Literal(name)) => {
                self.by_name.get(name).into_iter().flatten().map(|&index| &self.sorted[index]).collect()
            }
            _ => self.sorted.iter().collect(),
        };
        let own = self.folder(from);
        let mut fitting = candidates;
        fitting.retain(|file| file.id != from && ends_with(&file.names, tail));
        fitting.dedup_by_key(|file| &file.path);
        let found: Vec<_> = fitting
            .into_iter()
            .map(|file| {
                let base = &file.names[..file.names.len() - tail.len()];
                (path::distance(own, base), base, file.id)
            })
            .collect();
        let Some(nearest) = found.iter().min_by_key(|(distance, ..)| *distance) else { return Vec::new() };
        let near = found.iter().filter(|(distance, ..)| *distance == nearest.0);
        if near.clone().all(|(_, base, _)| *base == nearest.1) {
            near.map(|(.., id)| *id).collect()
        } else {
            Vec::new()
        }
    }
}

/// The argument of an `include`.
struct Target<'a> {
    is_pattern: bool,
    /// Its names; none if it climbs (`../x`), which leaves no end to look for.
    tail: Vec<Matcher<'a>>,
}

impl<'a> Target<'a> {
    fn new(argument: &'a str) -> Self {
        let names = path::names(argument);
        let climbed = names.iter().rposition(|&name| name == "..").map_or(0, |last| last + 1);
        let tail = names[climbed..].iter().map(|name| Matcher::new(name)).collect();
        Self { is_pattern: is_pattern(argument), tail }
    }

    /// Whether this end of the target still tells which files are meant: of a pattern, all of it with a folder before it.
    fn is_told_by(&self, tail: &[Matcher<'_>]) -> bool {
        let patterns = |names: &[Matcher<'_>]| names.iter().filter(|name| matches!(name, Matcher::Pattern(_))).count();
        !matches!(tail, [Matcher::Pattern(_), ..]) && patterns(tail) == patterns(&self.tail)
    }

    /// `*.conf`: nearly any folder has something that fits.
    fn is_a_lone_pattern(&self) -> bool {
        self.is_pattern && self.tail.len() == 1
    }
}

/// A path without the ending of a template.
fn deployed(path: &str) -> &str {
    let stem = TEMPLATE_ENDINGS.iter().find_map(|ending| path.strip_suffix(ending));
    stem.filter(|stem| !stem.is_empty() && !stem.ends_with('/')).unwrap_or(path)
}

/// Whether nginx takes the argument of an `include` for a pattern (`ngx_conf_include`).
pub(super) fn is_pattern(argument: &str) -> bool {
    argument.contains(['*', '?', '['])
}

/// One name of a path.
enum Matcher<'a> {
    Literal(&'a str),
    Pattern(Pattern),
}

impl<'a> Matcher<'a> {
    /// A pattern that is broken is a literal, as for `glob(3)`.
    fn new(name: &'a str) -> Self {
        if !is_pattern(name) || name.len() > LONGEST_NAME {
            return Self::Literal(name);
        }
        let mut stars_joined = name.to_owned();
        while stars_joined.contains("**") {
            stars_joined = stars_joined.replace("**", "*");
        }
        Pattern::new(&stars_joined).map_or(Self::Literal(name), Self::Pattern)
    }

    fn fits(&self, name: &str) -> bool {
        match self {
            Self::Literal(literal) => *literal == name,
            Self::Pattern(pattern) => pattern.matches_with(name, OPTIONS),
        }
    }
}

fn ends_with(names: &[&str], tail: &[Matcher<'_>]) -> bool {
    names.len() >= tail.len()
        && names[names.len() - tail.len()..].iter().zip(tail).all(|(name, matcher)| matcher.fits(name))
}
