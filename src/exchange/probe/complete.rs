//! From the part that a pattern matches to a whole origin or path.

use super::sample::{Alphabet, Draft, drafts};
use crate::exchange::origin::{Origin, is_loopback};
use crate::syntax::pattern::{Group, Kind, Node, Tree};

/// Serialized origins that the pattern probably matches, in lower case, each once, the most usual first.
///
/// Where it is not anchored they are completed: `example\.com$` gives `https://example.com`, `\.example\.com$` gives
/// `https://app.example.com`. Nothing is given where no part of the host is written in the pattern, as in
/// `^https?://.*$`: such a pattern trusts nobody in particular.
#[must_use]
pub fn origin_samples(tree: &Tree, ignore_case: bool) -> Vec<String> {
    let ignore_case = ignore_case || ignores_case(&tree.root);
    let mut origins = Vec::new();
    for draft in drafts(tree, Alphabet::Origin, ignore_case) {
        if let Some(origin) = whole_origin(&draft, ignore_case)
            && !origins.contains(&origin)
        {
            origins.push(origin);
        }
    }
    origins
}

/// Paths that the pattern probably matches, each once, the most usual first; all begin with `/`.
///
/// Where it is not anchored they are completed: `\.php$` gives `/index.php`, `\.(woff2?|ttf)$` gives `/x.woff2` and others.
#[must_use]
pub fn path_samples(tree: &Tree) -> Vec<String> {
    let mut paths = Vec::new();
    for draft in drafts(tree, Alphabet::Path, ignores_case(&tree.root)) {
        if let Some(path) = whole_path(&draft)
            && !paths.contains(&path)
        {
            paths.push(path);
        }
    }
    paths
}

/// Whether `(?i)` or `(?i:` is in the pattern; whether it covers all of it is left to the engine.
fn ignores_case(node: &Node) -> bool {
    match &node.kind {
        Kind::Flags(flags) => flags.ignore_case() == Some(true),
        Kind::Group { group, body } => {
            matches!(group, Group::Scope(flags) if flags.ignore_case() == Some(true)) || ignores_case(body)
        }
        Kind::Repeat { body, .. } => ignores_case(body),
        Kind::Sequence(nodes) | Kind::Alternation(nodes) => nodes.iter().any(ignores_case),
        _ => false,
    }
}

fn whole_origin(draft: &Draft, ignore_case: bool) -> Option<String> {
    let front = if draft.at_start { "" } else { missing_front(&draft.text)? };
    let mut text = format!("{front}{}", draft.text);
    if ignore_case {
        text.make_ascii_lowercase();
    }
    if !names_somebody(&text, front.len(), draft) {
        return None;
    }
    if !draft.at_end {
        let end = missing_end(&text);
        text.push_str(&end);
    }
    Origin::parse(&text).ok().map(|_| text)
}

/// What must stand before a match that need not be at the start.
fn missing_front(text: &str) -> Option<&'static str> {
    if let Some((scheme, _)) = text.split_once("://") {
        let of = |whole: &'static str| whole.strip_suffix(scheme);
        return Some(of("https").or_else(|| of("http")).unwrap_or_default());
    }
    match text.as_bytes() {
        // Every origin contains these, or none that belongs to anybody.
        b"http" | b"https" | b"http:" | b"https:" | b"null" => None,
        [b'/', b'/', ..] => Some("https:"),
        [b'/', ..] => Some("https:/"),
        [b'.' | b'-', ..] => Some("https://app"),
        [b, ..] if b.is_ascii_alphanumeric() || *b == b'[' => {
            let (host, _) = host_and_port(text);
            Some(if is_loopback(host) { "http://" } else { "https://" })
        }
        _ => None,
    }
}

/// Whether any letter or digit of the host is written in the pattern itself.
fn names_somebody(text: &str, front: usize, draft: &Draft) -> bool {
    let Some(start) = text.find("://").map(|at| at + 3) else { return false };
    let (host, _) = host_and_port(&text[start..]);
    let written = |at: usize| at >= front && !draft.filled.iter().any(|&(from, to)| (from..to).contains(&(at - front)));
    host.bytes().zip(start..).any(|(b, at)| b.is_ascii_alphanumeric() && written(at))
}

/// What can follow a match that need not be at the end, so that a whole origin comes out.
fn missing_end(text: &str) -> String {
    let host_start = text.find("://").map_or(0, |at| at + 3);
    let (host, port) = host_and_port(&text[host_start..]);
    if port == Some("") {
        return if is_loopback(host) { "3000" } else { "8443" }.to_owned();
    }
    if port.is_some() || host.ends_with(']') || is_loopback(host) {
        return String::new();
    }
    let labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
    if labels.iter().all(|label| label.bytes().all(|b| b.is_ascii_digit())) {
        let missing = vec!["1"; 4_usize.saturating_sub(labels.len())].join(".");
        return if host.ends_with('.') || missing.is_empty() { missing } else { format!(".{missing}") };
    }
    let end = match (labels.len(), host.as_bytes().last()) {
        (1, Some(b'.')) => "example.com",
        (_, Some(b'.')) => "com",
        (1, Some(b'-')) => "app.com",
        (_, Some(b'-')) => "app",
        // A brand or the beginning of a name; a machine of that name alone is the rarer case.
        (1, _) => ".com",
        _ => "",
    };
    end.to_owned()
}

/// A host and what follows its colon; a path stays with either.
fn host_and_port(authority: &str) -> (&str, Option<&str>) {
    let after_address = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    match authority[after_address..].find(':') {
        Some(colon) => (&authority[..after_address + colon], Some(&authority[after_address + colon + 1..])),
        None => (authority, None),
    }
}

fn whole_path(draft: &Draft) -> Option<String> {
    /// Extensions whose file is the one that answers for its directory.
    const INDEX: [&str; 6] = [".php", ".htm", ".asp", ".jsp", ".cgi", ".pl"];
    let text = draft.text.as_str();
    let front = match text.as_bytes().first() {
        Some(b'/') => "",
        None if draft.at_start && draft.at_end => return None,
        None => "/",
        _ if draft.at_start => return None,
        Some(b'.') if INDEX.iter().any(|extension| text.starts_with(extension)) => "/index",
        Some(b'.') => "/x",
        Some(_) => "/",
    };
    let path = format!("{front}{text}");
    // What would be another part of a URL, or would have to be escaped in one.
    let plain = path.chars().all(|c| !c.is_control() && !c.is_whitespace() && c != '?' && c != '#');
    plain.then_some(path)
}
