//! The places of a site that sections name by the beginnings of their paths.

use super::node::Node;
use super::pattern::has_wildcard;
use super::scope::Base;
use super::site::{Application, SiteParts};
use crate::policy::{Arm, Condition, Expression, Switch, VariableId};
use crate::source::Location;

/// A beginning of paths, or one path.
#[derive(Debug)]
pub(super) struct Region<'n> {
    /// With a slash at its end, what paths begin with; without, one path.
    pub(super) at: String,
    /// For people.
    pub(super) name: String,
    /// What a label underlines.
    pub(super) location: Location,
    /// The folder on disk that it stands for, without a slash at the end.
    pub(super) folder: String,
    /// The folder of the document root, which `.htaccess` files are told apart by; `None` behind an alias.
    pub(super) below_root: bool,
    /// What answers there.
    pub(super) content: Content<'n>,
    /// The path of the file that a request ends at, once that is worked out.
    pub(super) file: Expression,
    /// When a path here is one of a folder, once that is worked out: where no `ProxyPassMatch` takes it.
    pub(super) is_in_folder: Condition,
}

/// What answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Content<'n> {
    /// A backend, because of this directive.
    Proxy(&'n Proxy),
    /// An application, whatever the path looks like.
    Application(&'n Application),
    /// httpd itself, which puts the slash behind a folder's path that is not there.
    Slash,
    /// Files and scripts.
    Files,
}

/// A `ProxyPass` or its like.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Proxy {
    /// What paths begin with.
    pub(super) path: String,
    /// Where to.
    pub(super) target: String,
    /// Where it is written.
    pub(super) location: Location,
}

/// Where a region begins, and what says so.
struct Boundary {
    path: String,
    /// Whether it is a folder on disk.
    is_folder: bool,
    name: String,
    location: Location,
}

/// Whether paths that are, or begin with, `at` are among those of a section or alias for `path` (`mod_alias.c`,
/// `alias_matches`; server/request.c, `ap_location_walk`).
pub(super) fn covers(path: &str, at: &str) -> bool {
    at.strip_prefix(path).is_some_and(|rest| path.ends_with('/') || rest.is_empty() || rest.starts_with('/'))
}

impl Region<'_> {
    pub(super) fn is_proxied(&self) -> bool {
        matches!(self.content, Content::Proxy(_))
    }

    /// Whether a `Location` for `path` applies to all of it.
    pub(super) fn is_in_location(&self, path: &str) -> bool {
        covers(path, &self.at)
    }

    /// Whether its folder is `folder` or below it.
    pub(super) fn lies_below(&self, folder: &str) -> bool {
        covers(folder, &self.folder)
    }

    /// Its path, as far as all its paths share it, without the slash at the end.
    fn stem(&self) -> &str {
        self.at.trim_end_matches('/')
    }

    /// What `RewriteRule` in a `Directory` of this path leaves out.
    pub(super) fn base_of(&self, directory: &str) -> Base {
        let directory = directory.trim_end_matches('/');
        let below = self.folder.strip_prefix(directory).unwrap_or_default();
        match self.stem().strip_suffix(below) {
            Some(stem) if !directory.is_empty() => Base::Folder(format!("{stem}/")),
            _ => Base::Whole,
        }
    }

    /// How many names the folder of a `.htaccess` has, if it lies in it or above; `path` is below the document root.
    pub(super) fn depth_of(&self, path: &str, root_depth: usize) -> Option<usize> {
        // Asked of every folder for every region: nothing is put together for those that lie elsewhere.
        let below = self.at.strip_prefix('/').and_then(|at| at.strip_prefix(path));
        let inside = self.below_root && below.is_some_and(|rest| path.is_empty() || rest.starts_with('/'));
        inside.then(|| root_depth + path.split('/').filter(|name| !name.is_empty()).count())
    }

    /// The file on disk.
    pub(super) fn file_name(&self) -> Expression {
        let skipped = if self.at.ends_with('/') { self.at.len() - 1 } else { self.at.len() };
        Expression::Concatenation(vec![Expression::literal(self.folder.as_str()), Expression::PathFrom(skipped)])
    }

    /// What the server's rules look at: the path, or what an earlier rule put in its place.
    pub(super) fn file_or_path(&self, rewritten: VariableId) -> Expression {
        let rewritten = Expression::Variable(rewritten);
        let arm = Arm { condition: Condition::Defined(rewritten.clone()), value: rewritten, location: self.location };
        Expression::Switch(Box::new(Switch { arms: vec![arm], otherwise: Some((Expression::Path, self.location)) }))
    }

    /// The URL that is asked of the backend.
    pub(super) fn proxied_name(&self) -> Expression {
        let Content::Proxy(proxy) = self.content else { return Expression::Path };
        let rest = Expression::PathFrom(proxy.path.len());
        Expression::Concatenation(vec![Expression::literal(proxy.target.as_str()), rest])
    }
}

/// The regions of a site, each beginning once; `whole` is the name of all of it and where that is written.
pub(super) fn regions<'n>(parts: &'n SiteParts<'n>, whole: (String, Location)) -> Vec<Region<'n>> {
    let mut boundaries = vec![Boundary { path: "/".to_owned(), is_folder: true, name: whole.0, location: whole.1 }];
    boundaries.extend(boundaries_of(parts));
    let mut regions: Vec<Region<'n>> = Vec::new();
    for boundary in &boundaries {
        let with_slash = format!("{}/", boundary.path.trim_end_matches('/'));
        let without = boundary.path.trim_end_matches('/').to_owned();
        let stands_alone = boundary.is_folder && !without.is_empty() || !boundary.path.ends_with('/');
        let both = [Some(with_slash), stands_alone.then_some(without)];
        for at in both.into_iter().flatten() {
            if !regions.iter().any(|region| region.at == at) {
                regions.push(region(parts, boundary, at));
            }
        }
    }
    regions
}

fn region<'n>(parts: &'n SiteParts<'n>, boundary: &Boundary, at: String) -> Region<'n> {
    let alias = parts.aliases.iter().find(|alias| covers(&alias.path, &at));
    let folder = match alias {
        Some(alias) => {
            format!("{}{}", alias.target.trim_end_matches('/'), &at[alias.path.trim_end_matches('/').len()..])
        }
        None => format!("{}{at}", parts.document_root.trim_end_matches('/')),
    };
    let content = match parts.proxies.iter().find(|proxy| covers(&proxy.path, &at)) {
        Some(proxy) if proxy.target != "!" => Content::Proxy(proxy),
        _ => match parts.applications.iter().find(|application| covers(&application.path, &at)) {
            Some(application) => Content::Application(application),
            None if boundary.is_folder && !at.ends_with('/') => Content::Slash,
            None => Content::Files,
        },
    };
    Region {
        name: boundary.name.clone(),
        location: boundary.location,
        folder: folder.trim_end_matches('/').to_owned(),
        below_root: alias.is_none(),
        content,
        file: Expression::Path,
        is_in_folder: Condition::Always,
        at,
    }
}

fn boundaries_of(parts: &SiteParts<'_>) -> Vec<Boundary> {
    let mut boundaries: Vec<Boundary> = Vec::new();
    for folder in parts.folders.iter().filter(|folder| !folder.path.is_empty()) {
        let path = folder.prefix();
        let name = format!("{path}.htaccess");
        boundaries.push(Boundary { path, is_folder: true, name, location: folder.head });
    }
    for node in parts.sections(&["location"]) {
        let Some(path) = node.argument(0).filter(|path| path.starts_with('/') && !has_wildcard(path)) else { continue };
        boundaries.push(boundary(node, path, "Location"));
    }
    for node in parts.sections(&["directory"]) {
        let Some(path) = node.argument(0).filter(|path| !has_wildcard(path)) else { continue };
        if let Some(url) = parts.url_of(path.trim_end_matches('/')).filter(|url| url != "/") {
            boundaries.push(Boundary { path: url, is_folder: true, ..boundary(node, path, "Directory") });
        }
    }
    let proxied = parts.proxies.iter().map(|proxy| (&proxy.path, proxy.location, "ProxyPass"));
    let aliased = parts.aliases.iter().map(|alias| (&alias.path, alias.location, alias.name));
    let applications = parts.applications.iter().map(|found| (&found.path, found.location, "application"));
    for (path, location, what) in proxied.chain(aliased).chain(applications) {
        if path.starts_with('/') && path != "/" {
            boundaries.push(Boundary {
                path: path.clone(),
                is_folder: false,
                name: format!("{what} {path}"),
                location,
            });
        }
    }
    boundaries
}

fn boundary(node: &Node, path: &str, what: &str) -> Boundary {
    Boundary { path: path.to_owned(), is_folder: false, name: format!("{what} {path}"), location: node.head() }
}
