//! What surrounds the configuration: documents, scripts, password files.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;

use super::site::{Site, has_extension, is_htaccess, is_script};
use crate::case::{Answer, Request};
use crate::probe::Running;
use crate::standin;
use crate::workplace::Workplace;

/// User and password `probe`; the groups that it is in.
const PASSWORDS: &[u8] = b"probe:{SHA}qUnFMHEPn8p2tFd2Jnxoln+okec=\n";
const GROUPS: &[u8] = b"admin: probe\napi: probe\nstaff: probe\n";

/// Long enough for httpd to compress it.
const DOCUMENT: &str = "{\"document\": \"static\", \"text\": \"";

/// Where a file of the site goes below the workplace.
pub(super) fn copies(site: &Site, name: &str) -> Vec<String> {
    if !site.is_server() {
        return vec![format!("root/{name}")];
    }
    if !is_htaccess(name) {
        return vec![format!("conf/{name}")];
    }
    // `public/.htaccess` is that of the root `/var/www/shop/public`, and else below each root.
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let top = folder.split('/').next().unwrap_or_default();
    let below = |root: &String| match folder.strip_prefix(top) {
        Some(rest) if root.ends_with(&format!("/{top}")) => format!("fs{root}{rest}/.htaccess"),
        _ => format!("fs{root}/{folder}/.htaccess"),
    };
    site.roots().iter().map(below).collect()
}

/// Writes them, each unless there is such a file already.
pub(super) fn write(site: &Site, place: &Workplace) -> io::Result<()> {
    // What is asked for by URL is below every root; what is named by path is there alone.
    let (roots, named): (Vec<String>, _) = if site.is_server() {
        (site.roots().iter().map(|root| format!("fs{root}")).collect(), "fs")
    } else {
        (vec!["root".to_owned()], "root")
    };
    for (path, text) in &site.setup.fixtures {
        put(place, &format!("{named}{path}"), text.as_bytes())?;
    }
    for path in &site.setup.scripts {
        put_script(place, &format!("{named}{path}"))?;
    }
    let document = format!("{DOCUMENT}{}\"}}\n", "x".repeat(3000));
    for root in &roots {
        put(place, &format!("{root}/index.html"), b"<!doctype html><title>site</title>\n")?;
        if let Some(path) = &site.setup.front_controller {
            put_script(place, &format!("{root}{path}"))?;
        }
        for path in asked(site) {
            let path = format!("{root}{path}");
            if is_script(&path) { put_script(place, &path)? } else { put(place, &path, document.as_bytes())? }
        }
    }
    passwords(site, place)
}

/// Paths of URLs that are to be answered by a file or a script of their own.
fn asked(site: &Site) -> BTreeSet<String> {
    let routes = site.routes.iter().enumerate().map(|(index, route)| {
        let good = site.setup.routes.get(index).and_then(|ask| ask.success.clone());
        (good.unwrap_or_else(|| site.success(route)), route.dynamic)
    });
    // Told what the application answers, a request wants no file; a script is the application.
    let wants = |request: &&Request| match request.answer {
        None => true,
        Some(Answer::Status(_)) => is_script(path_of(&request.url)),
        Some(Answer::Missing(_)) => false,
    };
    let requests = site.requests.iter().filter(wants).map(|request| (path_of(&request.url).to_owned(), false));
    let paths =
        routes.chain(requests).map(|(path, dynamic)| (path.split('?').next().unwrap_or_default().to_owned(), dynamic));
    let by_itself = |path: &str, dynamic: bool| match site.setup.front_controller {
        Some(_) => !dynamic && !is_script(path) && has_extension(path),
        None => has_extension(path) && (!dynamic || is_script(path)),
    };
    paths.filter(|(path, dynamic)| by_itself(path, *dynamic)).map(|(path, _)| path).collect()
}

/// The path of a URL, which may be one already.
fn path_of(url: &str) -> &str {
    let after = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = &after[after.find('/').unwrap_or(after.len())..];
    path.split('?').next().unwrap_or_default()
}

fn put(place: &Workplace, name: &str, bytes: &[u8]) -> io::Result<()> {
    if !place.path().join(name).exists() {
        place.write(name, bytes)?;
    }
    Ok(())
}

fn put_script(place: &Workplace, name: &str) -> io::Result<()> {
    put(place, name, standin::script().as_bytes())?;
    fs::set_permissions(place.path().join(name), fs::Permissions::from_mode(0o755))
}

fn passwords(site: &Site, place: &Workplace) -> io::Result<()> {
    for line in site.all_lines() {
        let content = match line.name.as_str() {
            "authuserfile" => PASSWORDS,
            "authgroupfile" => GROUPS,
            _ => continue,
        };
        let Some(path) = line.value(0) else { continue };
        let name = match path.strip_prefix('/') {
            Some(path) => format!("fs/{path}"),
            None => format!("conf/{path}"),
        };
        put(place, &name, content)?;
    }
    Ok(())
}
