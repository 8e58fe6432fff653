//! What may not stand where it stands.
//!
//! httpd decides that for every directive when it reads it (`ap_check_cmd_context`). Here it is told for those that
//! people do put into the wrong place.

use crate::link::Item;
use crate::source::Location;

use super::visit_plain;

/// Directives and sections that `.htaccess` cannot have, in lower case.
const NOT_IN_FOLDERS: &[&str] = &[
    "allowoverride",
    "alias",
    "aliasmatch",
    "customlog",
    "define",
    "directory",
    "directorymatch",
    "documentroot",
    "errorlog",
    "include",
    "includeoptional",
    "keepalive",
    "listen",
    "loadmodule",
    "location",
    "locationmatch",
    "logformat",
    "loglevel",
    "macro",
    "proxy",
    "proxymatch",
    "proxypass",
    "proxypassmatch",
    "proxypreservehost",
    "proxyrequests",
    "rewritemap",
    "scriptalias",
    "serveralias",
    "servername",
    "serverroot",
    "sslcertificatefile",
    "sslcertificatekeyfile",
    "sslengine",
    "sslprotocol",
    "timeout",
    "traceenable",
    "undefine",
    "user",
    "virtualhost",
];

/// Sections that a `Location` cannot have.
const NOT_IN_LOCATIONS: &[&str] = &["files", "filesmatch", "directory", "directorymatch", "location", "locationmatch"];

/// The first directive of a `.htaccess` that cannot stand there, and why.
pub(super) fn misplaced_in_folder(items: &[Item<'_>]) -> Option<(Location, String)> {
    let mut found = None;
    visit_plain(items, &mut |item| {
        let name = item.directive.name.value.to_ascii_lowercase();
        // What a template or a module of another version decides may not be there at all.
        let surely = item.when.is_empty();
        if found.is_none() && surely && NOT_IN_FOLDERS.contains(&name.as_str()) {
            let message = format!("`{}` cannot stand in a .htaccess", spelt(item));
            found = Some((Location { source: item.source, span: item.directive.head() }, message));
        }
    });
    found
}

/// Every section inside a `Location` that cannot stand there, and why.
pub(super) fn misplaced_in_locations(items: &[Item<'_>]) -> Vec<(Location, String)> {
    let mut found = Vec::new();
    let mut open: Vec<(&Item<'_>, bool)> = items.iter().map(|item| (item, false)).collect();
    while let Some((item, inside)) = open.pop() {
        let name = item.directive.name.value.to_ascii_lowercase();
        if inside && NOT_IN_LOCATIONS.contains(&name.as_str()) && item.directive.body.is_some() {
            let message = format!("`{}` cannot stand in a `<Location>`", spelt(item));
            found.push((Location { source: item.source, span: item.directive.head() }, message));
        }
        let inside = inside || matches!(name.as_str(), "location" | "locationmatch");
        open.extend(item.children.iter().map(|child| (child, inside)));
    }
    found.sort_by_key(|(location, _)| *location);
    found
}

/// A directive's name, a section's in angle brackets.
fn spelt(item: &Item<'_>) -> String {
    let name = &item.directive.name.value;
    if item.directive.body.is_some() { format!("<{name}>") } else { name.clone() }
}
