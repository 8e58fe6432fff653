//! What stands for a wildcard: `app` in a host, `8443` after its colon, `index` before `.php`.

use super::sample::{Alphabet, Draft, Next, Sampler};
use crate::exchange::origin::is_loopback;
use crate::syntax::pattern::{ClassItem, Kind, Node};

/// Characters that are tried for one of a set, the likeliest first.
const LIKELY: &str = "ax1./-:_bcdefghijklmnopqrstuvwyz023456789ABCDEFGHIJKLMNOPQRSTUVWXYZ ";

/// Texts, each for a reason of its own; of the alternatives for one reason, the first that fits is taken.
type Choices = Vec<Vec<&'static str>>;

/// Texts of `min` to `max` characters out of `set` that make sense after the draft; at least one if there is any.
pub(super) fn texts(
    sampler: &Sampler<'_>,
    set: &Node,
    min: u32,
    max: Option<u32>,
    draft: &Draft,
    next: Next,
) -> Vec<String> {
    if (min, max) == (1, Some(1))
        && let Some(separators) = separators(set)
    {
        return separators;
    }
    let optional = min == 0;
    let choices = match sampler.alphabet {
        Alphabet::Text => vec![vec!["app", "3000", "1"]],
        Alphabet::Path => in_path(&draft.text, optional, next),
        Alphabet::Origin => in_origin(&draft.text, optional, next),
    };
    let fits = |text: &&&str| {
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        length >= min
            && max.is_none_or(|max| length <= max)
            && text.chars().all(|c| accepts(set, c, sampler.ignore_case))
    };
    let mut texts: Vec<String> = Vec::new();
    for choice in &choices {
        if let Some(text) = choice.iter().find(fits)
            && !texts.iter().any(|known| known == text)
        {
            texts.push((*text).to_owned());
        }
    }
    if texts.is_empty() {
        texts.extend(plain(set, min, sampler.ignore_case));
    }
    texts
}

/// One member of a set, as often as it must occur.
fn plain(set: &Node, min: u32, ignore_case: bool) -> Option<String> {
    // More than fits into a sample is cut; the engine then finds that it does not match.
    let times = min.clamp(1, 512) as usize;
    match member(set, ignore_case) {
        Some(c) => Some(c.to_string().repeat(times)),
        None if min == 0 => Some(String::new()),
        None => None,
    }
}

/// A likely member of a set.
pub(super) fn member(set: &Node, ignore_case: bool) -> Option<char> {
    let likely = LIKELY.chars().find(|&c| accepts(set, c, ignore_case));
    likely.or_else(|| {
        let Kind::Class(class) = &set.kind else { return None };
        let starts = class.items.iter().filter_map(|item| match item {
            ClassItem::Range(first, _) => Some(*first),
            ClassItem::Shorthand(..) => None,
        });
        starts.into_iter().find(|&c| class.contains(c))
    })
}

fn accepts(set: &Node, c: char, ignore_case: bool) -> bool {
    set.accepts(c) || (ignore_case && set.accepts(c.to_ascii_uppercase()))
}

/// All members of a class of up to four separators, such as `[./]`: each may mean something else.
fn separators(set: &Node) -> Option<Vec<String>> {
    let Kind::Class(class) = &set.kind else { return None };
    let single = |item: &ClassItem| match item {
        ClassItem::Range(a, b) if a == b && a.is_ascii_punctuation() => Some(a.to_string()),
        _ => None,
    };
    let members: Option<Vec<_>> = class.items.iter().map(single).collect();
    members.filter(|members| !class.negated && (1..=4).contains(&members.len()))
}

/// Where in an origin a draft ends.
enum Place {
    /// Before everything.
    Start,
    /// After `http` or `https`; with the `s` that may be missing.
    Scheme(&'static str),
    /// After `https:` or `https:/`.
    Slashes,
    /// At the beginning of a label; so many are before it, and all of them numbers or not.
    Label { before: usize, numeric: bool },
    /// In a label, after a letter or digit; whether the host could be complete.
    Name { complete: bool },
    /// In a label, after a hyphen.
    Hyphen,
    /// After the colon of a port; whether the host is this machine.
    Port { loopback: bool },
    /// Among the digits of a port.
    Digits,
    /// After a slash behind the host.
    Path,
}

fn place(text: &str) -> Place {
    let host = match text.split_once("://") {
        Some((_, host)) => host,
        None => match text {
            "" => return Place::Start,
            "http" => return Place::Scheme("s"),
            "https" => return Place::Scheme(""),
            "http:" | "https:" | "http:/" | "https:/" => return Place::Slashes,
            _ => text.trim_start_matches([':', '/']),
        },
    };
    if host.contains('/') {
        return Place::Path;
    }
    let after_address = host.rfind(']').map_or(0, |bracket| bracket + 1);
    if let Some(colon) = host[after_address..].find(':').map(|at| at + after_address) {
        let loopback = is_loopback(&host[..colon]);
        return if colon + 1 == host.len() { Place::Port { loopback } } else { Place::Digits };
    }
    if host.is_empty() || host.ends_with('.') {
        let mut labels = host.split('.').filter(|label| !label.is_empty()).peekable();
        let numeric = labels.peek().is_some() && labels.clone().all(|label| label.bytes().all(|b| b.is_ascii_digit()));
        return Place::Label { before: labels.count(), numeric };
    }
    if host.ends_with(['-', '_']) {
        return Place::Hyphen;
    }
    Place::Name { complete: host.contains('.') || is_loopback(host) || host.ends_with(']') }
}

fn in_origin(text: &str, optional: bool, next: Next) -> Choices {
    let empty = || if optional { vec![""] } else { Vec::new() };
    let next = match next {
        Next::Char(c) if c.is_alphanumeric() => 'a',
        Next::Char(c) => c,
        // After the pattern's end comes what may come after a host.
        Next::End => '/',
    };
    let ends = matches!(next, ':' | '/');
    match place(text) {
        Place::Start => match next {
            ':' => vec![vec!["https", "http"]],
            'a' => vec![vec!["https://", "", "."], vec!["https://app.", "app."]],
            '/' => vec![vec!["https://app.example.com", "app", "https:"]],
            _ => vec![vec!["https://app", "app"]],
        },
        Place::Scheme(s) => match (next, s) {
            (':', "s") => vec![vec!["s"], empty()],
            (':', _) => vec![empty()],
            ('a', "s") => vec![vec!["s://"], vec!["s://app."], empty()],
            ('a', _) => vec![vec!["://"], vec!["://app."], empty()],
            ('/', "s") => vec![vec!["s://app.example.com", "s:", "s"], empty()],
            ('/', _) => vec![vec!["://app.example.com", ":"], empty()],
            (_, "s") => vec![vec!["s://app"], empty()],
            _ => vec![vec!["://app"], empty()],
        },
        Place::Slashes if next == 'a' && text.ends_with('/') => vec![vec!["/"], vec!["/app."]],
        Place::Slashes if next == 'a' => vec![vec!["//", "/"], vec!["//app."]],
        Place::Slashes => vec![vec!["//app", "/app", "/"]],
        Place::Label { numeric: true, before } if ends => match before {
            1 => vec![vec!["1.1.1", "1"]],
            2 => vec![vec!["1.1", "1"]],
            _ => vec![vec!["1"]],
        },
        Place::Label { before, .. } if ends => match before {
            0 => vec![vec!["app.example.com", "app", "1"]],
            1 => vec![vec!["example.com", "com", "co", "1"]],
            _ => vec![vec!["com", "co", "1"]],
        },
        Place::Label { .. } if next == 'a' && optional => vec![empty(), vec!["app."]],
        Place::Label { .. } if next == 'a' => vec![vec!["app.", "app-", "app", "1"]],
        Place::Label { .. } | Place::Hyphen => vec![vec!["app", "a", "1"]],
        Place::Name { .. } if next == 'a' => vec![vec![".", "", "-", "1"]],
        Place::Name { complete } if ends => match (complete, optional) {
            (true, true) => vec![empty()],
            (true, false) => vec![vec![":8443", "1"]],
            (false, _) => vec![vec![".example.com"], empty(), vec!["1"]],
        },
        Place::Name { .. } => vec![empty(), vec!["1", "-app"]],
        Place::Port { loopback: true } => vec![vec!["3000", "8443", "80", "8"]],
        Place::Port { loopback: false } => vec![vec!["8443", "3000", "80", "8"]],
        Place::Digits => vec![vec!["", "1", "0", "00", "000"]],
        Place::Path => vec![vec!["", "app", "1"]],
    }
}

fn in_path(text: &str, optional: bool, next: Next) -> Choices {
    let empty = || if optional { vec![""] } else { Vec::new() };
    let word = matches!(next, Next::Char(c) if c.is_alphanumeric());
    let segment = || match next {
        Next::Char('.') => vec!["index", "app", "x", "1"],
        _ => vec!["app", "x", "1"],
    };
    match (text.is_empty(), text.ends_with(|c: char| !c.is_alphanumeric())) {
        (true, _) if word => vec![vec!["/", ""], vec!["/app/"]],
        (true, _) if next == Next::Char('.') => vec![vec!["/index", "index", "app", "x", "1"]],
        (true, _) => vec![vec!["/app", "app", "x", "1"]],
        (_, true) if word => vec![empty(), vec!["app/", "app", "1"]],
        (_, true) => vec![segment()],
        _ if word => vec![vec!["", "-", "/", "1"]],
        _ if next == Next::End && optional => vec![vec![""], vec!["/app"]],
        _ if next == Next::End => vec![vec!["/app", "1"]],
        _ => vec![empty(), vec!["1"]],
    }
}
