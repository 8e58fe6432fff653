//! Which server's document root `.htaccess` files lie in.

use super::{Configuration, visit_plain};
use crate::link::resolve::Files;
use crate::link::{Item, path};

/// Puts the `.htaccess` files of one root into the server that lets them speak, if the tree has exactly one such; else
/// they stand for themselves.
pub(super) fn place<'t>(files: &Files<'_>, found: Configuration<'t>, servers: &mut Vec<Configuration<'t>>) {
    let folder = files.folder(found.root);
    let leads_there = |server: &Configuration<'t>| {
        let own = files.folder(server.root);
        server.is_server().then(|| open_document_root(&server.items, folder, own)).flatten()
    };
    let mut leading = servers.iter().enumerate().filter_map(|(index, server)| Some((index, leads_there(server)?)));
    let (Some((index, root)), None) = (leading.next(), leading.next()) else {
        servers.push(found);
        return;
    };
    let server = &mut servers[index];
    if !server.folders.is_empty() {
        servers.push(found);
        return;
    }
    server.folders = found.folders;
    server.files.extend(found.files);
    server.problems.extend(found.problems);
    server.document_root = Some(root);
}

/// The `DocumentRoot` of a server that ends like the folder, or whose configuration lies in it, where `AllowOverride`
/// gives `.htaccess` files a say.
fn open_document_root(items: &[Item<'_>], folder: &[&str], own: &[&str]) -> Option<String> {
    let mut roots = Vec::new();
    let mut open = Vec::new();
    collect(items, &mut roots, &mut open);
    roots.into_iter().find(|root| {
        let names = path::names(root);
        let same_end = names.last().is_some() && names.last() == folder.last();
        let allowed = open.iter().any(|directory| {
            let directory = path::names(directory);
            names.starts_with(&directory) || directory.starts_with(&names)
        });
        allowed && (same_end || folder == own)
    })
}

/// Notes every `DocumentRoot`, and the folders in which `AllowOverride` allows something.
fn collect(items: &[Item<'_>], roots: &mut Vec<String>, open: &mut Vec<String>) {
    visit_plain(items, &mut |item| {
        let directive = item.directive;
        let argument = directive.argument(0).unwrap_or_default();
        match directive.name.value.to_ascii_lowercase().as_str() {
            "documentroot" => roots.push(argument.to_owned()),
            "virtualhost" => collect(&item.children, roots, open),
            "directory" => {
                let allows = |inner: &Item<'_>| {
                    let is_it = inner.directive.name.value.eq_ignore_ascii_case("AllowOverride");
                    is_it && inner.directive.argument(0).is_some_and(|what| !what.eq_ignore_ascii_case("None"))
                };
                let mut any = false;
                visit_plain(&item.children, &mut |inner| any |= allows(inner));
                if any {
                    open.push(argument.to_owned());
                }
            }
            _ => {}
        }
    });
}
