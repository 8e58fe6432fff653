//! Which sections apply to a place, in the order in which httpd merges them.

use super::Lowering;
use super::node::{Node, both, decided, is_never};
use super::region::Region;
use super::site::SiteParts;
use crate::parse::apache;
use crate::policy::{Condition, Expression};
use crate::source::Location;
use crate::syntax::directive::Word;

use super::pattern::has_wildcard;

/// Directives that are read with one condition: what stands directly in a section, or outside of all.
#[derive(Debug, Clone)]
pub(super) struct Scope<'n> {
    /// When it applies, at the place that it was worked out for.
    pub(super) guard: Condition,
    /// What kind of section.
    pub(super) level: Level,
    /// What stands in it; of sections inside, only those that are no sections of their own.
    pub(super) nodes: Vec<&'n Node>,
    /// The path that `RewriteRule` leaves out of what it looks at.
    pub(super) base: Base,
    /// Of an `If`, what it tests, where that stands, and when it is asked.
    pub(super) test: Option<(Word, Location, Condition)>,
}

/// The kinds of [`Scope`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Outside of all sections: of the server.
    Server,
    /// Outside of all sections of a virtual host.
    Host,
    /// `Directory` and `.htaccess`, and what stands in them.
    Folder,
    /// `Location`, `Proxy`, and what stands in them, or an `If` outside of a folder.
    Location,
}

/// What a `RewriteRule` is relative to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Base {
    /// A folder that belongs to this beginning of paths, with its slash at the end.
    Folder(String),
    /// Nothing: the whole file name is looked at.
    Whole,
}

impl Scope<'_> {
    /// When a directive in it applies.
    pub(super) fn holds(&self, node: &Node) -> Condition {
        both(self.guard.clone(), node.given.clone())
    }

    /// Whether it is read before a path is translated to a file.
    pub(super) fn is_outside(&self) -> bool {
        matches!(self.level, Level::Server | Level::Host)
    }
}

/// All directives of scopes, in order, with what they stand in.
pub(super) fn given<'s, 'n>(scopes: &'s [Scope<'n>]) -> impl Iterator<Item = (&'s Scope<'n>, &'n Node)> {
    scopes.iter().flat_map(|scope| scope.nodes.iter().map(move |node| (scope, *node)))
}

/// Sections that make scopes of their own; all others are looked into by those who know them.
const SECTIONS: &[&str] = &[
    "virtualhost",
    "directory",
    "directorymatch",
    "location",
    "locationmatch",
    "files",
    "filesmatch",
    "if",
    "elseif",
    "else",
    "proxy",
    "proxymatch",
];

/// What stands in a list outside of sections; `Limit` scopes access control alone, so what it holds is there too.
fn plain(nodes: &[Node]) -> Vec<&Node> {
    let mut plain = Vec::new();
    for node in nodes.iter().filter(|node| !SECTIONS.contains(&node.name.as_str())) {
        plain.push(node);
        if matches!(node.name.as_str(), "limit" | "limitexcept") {
            plain.extend(node.children.iter().filter(|inner| !super::access::is_access(&inner.name)));
        }
    }
    plain
}

/// What a section is for, and whether that is a regular expression: `FilesMatch`, `Files ~`.
fn argument(node: &Node) -> Option<(&Word, bool)> {
    let tilde = node.argument(0) == Some("~");
    let word = node.words.get(usize::from(tilde))?;
    Some((word, tilde || node.name.ends_with("match")))
}

/// Scopes in the making.
struct Gathering<'n> {
    scopes: Vec<Scope<'n>>,
    /// What each was made of, to look for sections inside.
    lists: Vec<&'n [Node]>,
}

impl<'n> Gathering<'n> {
    fn add(&mut self, guard: Condition, level: Level, base: Base, nodes: &'n [Node]) {
        if !is_never(&guard) {
            self.scopes.push(Scope { guard, level, nodes: plain(nodes), base, test: None });
            self.lists.push(nodes);
        }
    }
}

impl Lowering {
    /// The scopes that apply to a region (server/request.c: `ap_directory_walk`, `ap_file_walk`, `ap_location_walk`,
    /// `ap_if_walk`).
    pub(super) fn scopes<'n>(&mut self, parts: &SiteParts<'n>, region: &Region<'n>) -> Vec<Scope<'n>> {
        let mut found = Gathering { scopes: Vec::new(), lists: Vec::new() };
        found.add(Condition::Always, Level::Server, Base::Whole, parts.server);
        found.add(Condition::Always, Level::Host, Base::Whole, parts.host);
        if region.is_proxied() {
            self.proxies(parts, region, &mut found);
        } else {
            self.folders(parts, region, &mut found);
            self.named_files(region, &mut found);
        }
        self.locations(parts, region, &mut found);
        self.ifs(&mut found);
        found.scopes
    }

    /// `Directory` by the length of its path, each with the `.htaccess` of its folder; then those with patterns.
    fn folders<'n>(&mut self, parts: &SiteParts<'n>, region: &Region<'n>, found: &mut Gathering<'n>) {
        let sections = || parts.sections(&["directory", "directorymatch"]);
        let mut plain: Vec<(usize, usize, Condition, Base, &'n [Node])> = Vec::new();
        let mut patterns: Vec<(Condition, &'n Node)> = Vec::new();
        for (order, node) in sections().enumerate() {
            let Some((word, is_pattern)) = argument(node) else { continue };
            if is_pattern {
                let pattern = self.section_pattern(&word.value, node.at(word));
                patterns.push((Condition::Matches { subject: region.file_name(), pattern }, node));
            } else if let Some((guard, depth)) = self.directory_guard(region, node, &word.value) {
                plain.push((depth, order, guard, region.base_of(&word.value), &node.children));
            }
        }
        // In a folder, its `.htaccess` comes after the `Directory` for it.
        let sections = parts.sections(&["directory", "directorymatch"]).count();
        let root_depth = parts.root_depth();
        for (order, folder) in parts.folders.iter().enumerate() {
            let Some(depth) = region.depth_of(folder.path, root_depth) else { continue };
            let base = Base::Folder(folder.prefix());
            plain.push((depth, sections + order, Condition::Always, base, folder.nodes));
        }
        plain.sort_by_key(|(depth, order, ..)| (*depth, *order));
        for (_, _, guard, base, nodes) in plain {
            found.add(both(region.is_in_folder.clone(), guard), Level::Folder, base, nodes);
        }
        for (guard, node) in patterns {
            let guard = both(region.is_in_folder.clone(), guard);
            found.add(both(guard, node.given.clone()), Level::Folder, Base::Whole, &node.children);
        }
    }

    /// When a `Directory` applies to a region, and how many names its path has.
    fn directory_guard(&mut self, region: &Region<'_>, node: &Node, path: &str) -> Option<(Condition, usize)> {
        let path = path.trim_end_matches('/');
        let depth = path.split('/').filter(|name| !name.is_empty()).count();
        if path.is_empty() || region.lies_below(path) {
            return Some((node.given.clone(), depth));
        }
        if has_wildcard(path) {
            let source = format!("{path}/*");
            let pattern = self.wildcard(&source, true, false, node.head());
            let guard = Condition::Matches { subject: region.file_name(), pattern };
            return Some((both(guard, node.given.clone()), depth));
        }
        None
    }

    fn proxies<'n>(&mut self, parts: &SiteParts<'n>, region: &Region<'n>, found: &mut Gathering<'n>) {
        for node in parts.sections(&["proxy", "proxymatch"]) {
            let Some((word, is_pattern)) = argument(node) else { continue };
            let guard = if is_pattern {
                let pattern = self.pattern(&word.value, false, node.at(word));
                Condition::Matches { subject: region.proxied_name(), pattern }
            } else if has_wildcard(&word.value) {
                let pattern = self.wildcard(&word.value, true, false, node.at(word));
                let all = matches!(word.value.as_str(), "*" | "http://*" | "https://*");
                if all { Condition::Always } else { Condition::Matches { subject: region.proxied_name(), pattern } }
            } else {
                let text = Expression::literal(word.value.as_str());
                Condition::StartsWith { subject: region.proxied_name(), text, ignore_case: false }
            };
            let guard = both(guard, node.given.clone());
            found.add(guard, Level::Location, Base::Whole, &node.children);
        }
    }

    /// `Files` of every scope there is so far, in their order.
    fn named_files<'n>(&mut self, region: &Region<'n>, found: &mut Gathering<'n>) {
        for index in 0..found.scopes.len() {
            let nodes = found.lists[index];
            for node in nodes.iter().filter(|node| matches!(node.name.as_str(), "files" | "filesmatch")) {
                let Some((word, is_pattern)) = argument(node) else { continue };
                let location = node.at(word);
                let pattern = if is_pattern {
                    self.section_pattern(&word.value, location)
                } else {
                    self.wildcard(&word.value, false, false, location)
                };
                let subject = Expression::LastName(Box::new(region.file.clone()));
                let guard = both(found.scopes[index].guard.clone(), Condition::Matches { subject, pattern });
                let guard = both(guard, node.given.clone());
                let base = found.scopes[index].base.clone();
                found.add(guard, Level::Folder, base, &node.children);
            }
        }
    }

    fn locations<'n>(&mut self, parts: &SiteParts<'n>, region: &Region<'n>, found: &mut Gathering<'n>) {
        for node in parts.sections(&["location", "locationmatch"]) {
            let Some((word, is_pattern)) = argument(node) else { continue };
            let matches = |pattern| Condition::Matches { subject: Expression::Path, pattern };
            let guard = if is_pattern {
                matches(self.section_pattern(&word.value, node.at(word)))
            } else if has_wildcard(&word.value) {
                matches(self.wildcard(&word.value, false, false, node.at(word)))
            } else {
                decided(region.is_in_location(&word.value))
            };
            let guard = both(guard, node.given.clone());
            found.add(guard, Level::Location, Base::Whole, &node.children);
        }
    }

    /// `If`, `ElseIf` and `Else` of every scope there is so far, in their order, each before those inside it.
    fn ifs(&mut self, found: &mut Gathering<'_>) {
        let mut index = 0;
        while index < found.scopes.len() {
            let nodes = found.lists[index];
            let level = match found.scopes[index].level {
                Level::Folder => Level::Folder,
                Level::Server | Level::Host | Level::Location => Level::Location,
            };
            let outer = found.scopes[index].guard.clone();
            let mut before: Vec<Condition> = Vec::new();
            for node in nodes.iter().filter(|node| matches!(node.name.as_str(), "if" | "elseif" | "else")) {
                if node.name == "if" {
                    before.clear();
                }
                let test = match (node.name.as_str(), node.words.first()) {
                    ("else", _) | (_, None) => Condition::Always,
                    (_, Some(word)) => match apache::test(word, 0) {
                        Ok(test) => self.test(&test, node.at(word)),
                        Err(_) => decided(false),
                    },
                };
                let mut guard = both(outer.clone(), node.given.clone());
                for earlier in &before {
                    guard = both(guard, earlier.clone().negated());
                }
                before.push(test.clone());
                let asked = guard.clone();
                let count = found.scopes.len();
                found.add(both(guard, test), level, Base::Whole, &node.children);
                if let (Some(scope), Some(word)) = (found.scopes.get_mut(count), node.words.first()) {
                    scope.test = Some((word.clone(), node.at(word), asked));
                }
            }
            index += 1;
        }
    }
}
