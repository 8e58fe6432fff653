//! Replaces in a site what cannot be as it is on this machine: ports, backends' addresses, paths, TLS, logs.
//!
//! Byte for byte everything else stays: comments, quotes, line ends, order.

use std::collections::BTreeSet;
use std::path::Path;

use super::site::{Site, inside, is_include, port_of};
use super::words::{Line, Word, lines};
use crate::files::{Edit, edited};
use crate::standin::Protocol;

/// Left out: what needs privileges or keys, or is said by the recorder itself.
const LEFT_OUT: &[&str] = &[
    "customlog",
    "errorlog",
    "group",
    "listen",
    "loadmodule",
    "mutex",
    "pidfile",
    "protocols",
    "serverroot",
    "transferlog",
    "user",
];

/// Which words of a directive are paths of files.
const PATHS: &[(&str, usize)] = &[
    ("alias", 1),
    ("aliasmatch", 1),
    ("authgroupfile", 0),
    ("authuserfile", 0),
    ("directory", 0),
    ("directory", 1),
    ("directorymatch", 0),
    ("documentroot", 0),
    ("scriptalias", 1),
    ("scriptaliasmatch", 1),
];

/// Any word of these may be a path, if it looks like one of a server.
const MAYBE_PATHS: &[&str] = &["define", "rewritecond", "use"];
const PLACES: &[&str] = &["/etc/", "/home/", "/opt/", "/srv/", "/usr/", "/var/"];

/// The text of a file of the site as it can be run, with everything of the site below `place`.
pub(super) fn runnable(site: &Site, name: &str, place: &Path) -> Result<String, String> {
    let Some(text) = site.files.get(name) else { return Err(format!("there is no {name}")) };
    let mut editor = Editor { site, place, backends: backend_variables(site), edits: Vec::new() };
    for line in lines(text) {
        editor.line(&line).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(edited(text, editor.edits))
}

/// What stands before the absolute paths of the site.
pub(super) fn files(place: &Path) -> String {
    place.join("fs").display().to_string()
}

/// A text in which paths of this machine are those of the site again; `.htaccess` alone is taken to be in Debian's root.
pub(super) fn as_written(text: &str, place: &Path) -> String {
    let root = place.join("root").display().to_string();
    text.replace(&root, "/var/www/html").replace(&files(place), "")
}

/// Names of the variables that a backend's address is taken from.
fn backend_variables(site: &Site) -> BTreeSet<String> {
    let lines = site.lines();
    let words = lines.iter().filter(|line| is_proxy(line)).flat_map(|line| &line.words);
    let names = words.flat_map(|word| word.value.split("${").skip(1)).filter_map(|rest| rest.split('}').next());
    names.map(str::to_ascii_lowercase).collect()
}

/// Whether it may name a backend.
fn is_proxy(line: &Line) -> bool {
    let flags = || line.value(2).unwrap_or_default().trim_matches(['[', ']']);
    match line.name.as_str() {
        "rewriterule" => flags().split(',').any(|flag| matches!(flag.trim(), "P" | "p" | "proxy")),
        name => name.starts_with("proxypass") || matches!(name, "balancermember" | "proxy" | "sethandler"),
    }
}

struct Editor<'s> {
    site: &'s Site,
    place: &'s Path,
    backends: BTreeSet<String>,
    edits: Vec<Edit>,
}

impl Editor<'_> {
    fn replace(&mut self, start: usize, end: usize, text: impl Into<String>) {
        self.edits.push(Edit { start, end, text: text.into() });
    }

    fn line(&mut self, line: &Line) -> Result<(), String> {
        let name = line.name.as_str();
        if LEFT_OUT.contains(&name) || name.starts_with("ssl") {
            self.replace(line.start, line.end, "");
        } else if name == "virtualhost" {
            line.words.iter().for_each(|word| self.address(word));
        } else if is_include(name) {
            self.include(line)?;
        } else if is_proxy(line) || (name == "define" && self.names_backend(line)) {
            line.words.iter().for_each(|word| self.backend(word));
        } else {
            self.paths(line);
        }
        Ok(())
    }

    fn address(&mut self, word: &Word) {
        if !word.value.ends_with(":*") {
            let port = self.site.ports.get(&port_of(&word.value)).copied().unwrap_or_default();
            self.replace(word.start, word.end, format!("127.0.0.1:{port}"));
        }
    }

    fn names_backend(&self, define: &Line) -> bool {
        define.value(0).is_some_and(|name| self.backends.contains(&name.to_ascii_lowercase()))
    }

    /// The authority of a URL becomes the application's, and so does a socket.
    fn backend(&mut self, word: &Word) {
        let Some(separator) = word.value.rfind("://") else { return };
        let begin = word.value[..separator].rfind(|char: char| !char.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
        let protocol = match &word.value[begin..separator] {
            "http" | "https" | "ws" | "wss" => Protocol::Http,
            "fcgi" => Protocol::FastCgi,
            _ => return,
        };
        let scheme = if protocol == Protocol::Http { "http" } else { "fcgi" };
        let rest = &word.value[separator + 3..];
        let length = rest.find(['/', '$', '%']).unwrap_or(rest.len());
        // `unix:/run/app.sock|http://localhost`: the socket goes with the authority.
        let start = word.value[..begin].find("unix:").unwrap_or(begin);
        let address = self.site.behind(&rest[..length], protocol);
        let end = separator + 3 + length;
        if length > 0 {
            self.replace(word.start + start, word.start + end, format!("{scheme}://{address}"));
        }
    }

    fn paths(&mut self, line: &Line) {
        let maybe = MAYBE_PATHS.contains(&line.name.as_str());
        let is_regex = line.name == "directorymatch" || line.value(0) == Some("~");
        for (index, word) in line.words.iter().enumerate() {
            // A regex without an anchor matches below the place as well.
            let anchor = usize::from(word.value.starts_with('^'));
            let certain = PATHS.contains(&(line.name.as_str(), index)) && (anchor == 1 || !is_regex);
            let path = &word.value[anchor..];
            let known = PLACES.iter().any(|place| path.starts_with(place));
            if (certain && path.len() > 1 && path.starts_with('/')) || (maybe && known) {
                let at = word.start + anchor;
                self.replace(at, at, files(self.place));
            }
        }
    }

    fn include(&mut self, line: &Line) -> Result<(), String> {
        let Some(word) = line.words.first() else { return Ok(()) };
        if !self.site.included(&word.value).is_empty() {
            let path = self.place.join("conf").join(inside(&word.value));
            self.replace(word.start, word.end, path.display().to_string());
        } else if word.value.contains('*') || word.value.contains("ssl") || line.name == "includeoptional" {
            self.replace(line.start, line.end, "");
        } else {
            return Err(format!("Include {} names no file of the site", word.value));
        }
        Ok(())
    }
}
