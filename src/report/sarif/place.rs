//! Where things are, as addresses and regions.

use std::fmt::Write;

use super::model::{ArtifactLocation, Message, PhysicalLocation, Place, Region};
use crate::finding::Label;
use crate::report::text::harmless;
use crate::report::{Range, Report};
use crate::source::Location;

/// A region's own text is told up to this many bytes; more is better looked up.
const LONGEST_SNIPPET: usize = 400;
/// What relative addresses are relative to: the folder that was worked in, which readers take for the repository's.
pub(super) const BASE: &str = "%SRCROOT%";

/// Writes places of one report.
pub(super) struct Places<'r> {
    report: &'r Report,
    /// With `/`, and none at its end.
    working_directory: Option<String>,
}

impl<'r> Places<'r> {
    pub(super) fn new(report: &'r Report) -> Self {
        let directory = std::env::current_dir().ok();
        let working_directory = directory.map(|path| path.to_string_lossy().replace('\\', "/"));
        Self { report, working_directory }
    }

    pub(super) fn place(&self, location: Location) -> Place {
        let source = self.report.sources.get(location.source);
        let Range { start, end } = Range::of(self.report, location);
        let region = Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
            snippet: None,
        };
        Place {
            id: None,
            physical_location: PhysicalLocation { artifact_location: self.file(&source.name), region: Some(region) },
            message: None,
        }
    }

    /// A place with its part in the matter, and the text that stands there.
    pub(super) fn with_snippet(&self, label: &Label) -> Place {
        let mut place = self.labelled(label);
        let text = self.report.sources.slice(label.location);
        if let Some(region) = &mut place.physical_location.region {
            let tells = !text.is_empty() && text.len() <= LONGEST_SNIPPET;
            region.snippet = tells.then(|| Message::plain(text));
        }
        place
    }

    /// A place with a word on its part, unless there is none.
    pub(super) fn labelled(&self, Label { location, text }: &Label) -> Place {
        let message = (!text.is_empty()).then(|| Message::plain(harmless(text)));
        Place { message, ..self.place(*location) }
    }

    /// A file as a whole.
    pub(super) fn whole(&self, name: &str) -> Place {
        let physical_location = PhysicalLocation { artifact_location: self.file(name), region: None };
        Place { id: None, physical_location, message: None }
    }

    fn file(&self, name: &str) -> ArtifactLocation {
        artifact(name, self.working_directory.as_deref())
    }
}

/// The address of a file by the name it is shown by. Below the working directory it is relative to that; elsewhere it is
/// a `file:` address, since a relative one must not climb (RFC 3986 section 5.2.4 would cut it).
fn artifact(name: &str, working_directory: Option<&str>) -> ArtifactLocation {
    let elsewhere = is_absolute(name) || name == ".." || name.starts_with("../");
    let full = match working_directory {
        _ if !elsewhere => None,
        Some(directory) if !is_absolute(name) => Some(settled(&format!("{directory}/{name}"))),
        _ => Some(settled(name)),
    };
    let inside = |full: &str| full.strip_prefix(working_directory?)?.strip_prefix('/').map(str::to_owned);
    match full {
        Some(full) => match inside(&full) {
            Some(below) => relative(&below),
            None => ArtifactLocation { uri: format!("file://{}", rooted(&full)), uri_base_id: None },
        },
        None => relative(name),
    }
}

fn relative(name: &str) -> ArtifactLocation {
    // Before the first slash a colon would end a scheme (RFC 3986 section 4.2).
    ArtifactLocation { uri: encoded(name, false), uri_base_id: Some(BASE) }
}

/// What follows `file://`: `/etc/x`, `/C:/x`, and `server/share/x` where the name begins with two slashes.
fn rooted(full: &str) -> String {
    match full.strip_prefix("//") {
        Some(server) => encoded(server, true),
        None if full.starts_with('/') => encoded(full, true),
        None => format!("/{}", encoded(full, true)),
    }
}

fn is_absolute(name: &str) -> bool {
    let bytes = name.as_bytes();
    name.starts_with('/') || bytes.len() > 2 && bytes[0].is_ascii_alphabetic() && &bytes[1..3] == b":/"
}

/// A path without `.` and `..`.
fn settled(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            // The root, or a drive, is its own parent.
            ".." => parts.truncate(parts.len().saturating_sub(1).max(1)),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The bytes of a path as an address has them (RFC 3986 section 3.3).
fn encoded(path: &str, colon: bool) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) || colon && byte == b':';
        if plain {
            address.push(char::from(byte));
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_relative_below_the_working_directory_and_whole_elsewhere() {
        for (name, directory, uri) in [
            ("deploy/api.conf", "/home/me/site", "deploy/api.conf"),
            ("with space/é#?%.conf", "/home/me/site", "with%20space/%C3%A9%23%3F%25.conf"),
            ("<stdin>", "/home/me/site", "%3Cstdin%3E"),
            ("a:b.conf", "/home/me/site", "a%3Ab.conf"),
            ("a\nb\\c", "/", "a%0Ab%5Cc"),
            ("/etc/nginx/nginx.conf", "/home/me/site", "file:///etc/nginx/nginx.conf"),
            ("../other/a.conf", "/home/me/site", "file:///home/me/other/a.conf"),
            ("../../../../../a.conf", "/home/me/site", "file:///a.conf"),
            ("../site/a.conf", "/home/me/site", "a.conf"),
            ("../site-two/a.conf", "/home/me/site", "file:///home/me/site-two/a.conf"),
            ("..a/b.conf", "/home/me/site", "..a/b.conf"),
            ("D:/x/a b.conf", "C:/site", "file:///D:/x/a%20b.conf"),
            ("//server/share/a.conf", "C:/site", "file://server/share/a.conf"),
        ] {
            let artifact = artifact(name, Some(directory));
            assert_eq!(artifact.uri, uri, "{name}");
            assert_eq!(artifact.uri_base_id.is_some(), !uri.starts_with("file:"), "{name}");
        }
        assert_eq!(artifact("/etc/a.conf", None).uri, "file:///etc/a.conf");
    }
}
