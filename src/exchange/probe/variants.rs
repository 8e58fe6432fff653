//! From trusted origins to everything that is asked.

use std::collections::HashSet;

use super::{ANY_NAME, Disguise, ProbeKind, ProbeOrigin};
use crate::exchange::origin::{Origin, public_suffix, registrable};

/// Trusted origins that are asked about; no domain of the others is a stranger's all the same.
const MAX_ASKED: usize = 64;

/// Trusted origins that variants are made of; the rest of a long list is cut from the same cloth.
const MAX_VARIED: usize = 12;

/// Registrable domains for strangers and attackers, the first that is not trusted itself.
const STRANGERS: [&str; 3] = ["evil.example", "attacker.example", "stranger.test"];

/// Top-level domains for a check that accepts any.
const OTHER_DOMAINS: [&str; 3] = ["org", "net", "com"];

/// Every origin that an endpoint which trusts these is asked about: each once, in a fixed order, no Origin first.
///
/// Variants are made for at most a dozen of them, of as many registrable domains as possible. Of one value that is two
/// things, the first of [`ProbeKind`] in the order none, trusted, stranger, `null`, the others is kept.
#[must_use]
pub fn probe_origins(trusted: &[Origin]) -> Vec<ProbeOrigin> {
    let domains: HashSet<&str> = trusted.iter().filter_map(Origin::registrable).collect();
    let stranger = STRANGERS.into_iter().find(|name| !domains.contains(name)).unwrap_or(STRANGERS[0]);
    let mut probes = Probes { domains: &domains, stranger, seen: HashSet::new(), all: Vec::new() };
    probes.add(None, ProbeKind::Absent);
    for origin in trusted.iter().take(MAX_ASKED) {
        probes.add(Some(origin.to_string()), ProbeKind::Trusted);
    }
    probes.add(Some(format!("https://{stranger}")), ProbeKind::Stranger);
    probes.add(Some("null".to_owned()), ProbeKind::Null);
    for origin in varied(trusted) {
        probes.impersonate(origin);
        probes.relate(origin);
    }
    probes.all
}

/// One origin of each registrable domain or host first, then the others, up to the limit.
fn varied(trusted: &[Origin]) -> impl Iterator<Item = &Origin> {
    let mut seen = HashSet::new();
    let (first, more): (Vec<_>, Vec<_>) =
        trusted.iter().partition(|origin| seen.insert(origin.registrable().unwrap_or(&origin.host)));
    first.into_iter().chain(more).take(MAX_VARIED)
}

struct Probes<'a> {
    domains: &'a HashSet<&'a str>,
    stranger: &'static str,
    seen: HashSet<Option<String>>,
    all: Vec<ProbeOrigin>,
}

impl Probes<'_> {
    fn add(&mut self, value: Option<String>, kind: ProbeKind) {
        if self.seen.insert(value.clone()) {
            self.all.push(ProbeOrigin { value, kind });
        }
    }

    /// Adds `host` as somebody who poses as `origin`; what it really is depends on who can register it.
    fn pose(&mut self, origin: &Origin, host: &str, port: Option<u16>, how: Disguise) {
        let of = origin.to_string();
        let kind = match registrable(host) {
            // Nobody can register it, so no browser sends it.
            None => return,
            Some(domain) if self.domains.contains(domain) => ProbeKind::Sibling { of },
            Some(_) if is_neighbour(host, &origin.host) => ProbeKind::Neighbour { of },
            Some(_) => ProbeKind::Attacker { of, how },
        };
        self.add(Some(serialize(&origin.scheme, host, port)), kind);
    }

    /// Origins that a careless comparison with `origin` takes for it.
    fn impersonate(&mut self, origin: &Origin) {
        let (host, port, stranger) = (origin.host.as_str(), origin.port, self.stranger);
        if !host.starts_with('[') {
            self.pose(origin, &format!("{host}.{stranger}"), None, Disguise::Prefix);
            // The URL standard forbids neither in a host, and browsers resolve such names below a wildcard record.
            for special in ['_', '!'] {
                self.pose(origin, &format!("{host}{special}.{stranger}"), None, Disguise::SpecialCharacter);
            }
        }
        let Some((suffix, private)) = public_suffix(host).filter(|_| host.contains('.')) else { return };
        if let Some(domain) = origin.registrable() {
            self.pose(origin, &format!("{ANY_NAME}{domain}"), port, Disguise::Suffix);
        }
        // A check on the last two labels, which for `example.co.uk` or `me.github.io` are the public suffix.
        let last_two = host.rmatch_indices('.').nth(1).map_or(host, |(dot, _)| &host[dot + 1..]);
        self.pose(origin, &format!("{ANY_NAME}{last_two}"), port, Disguise::Suffix);
        self.pose(origin, &format!("{ANY_NAME}{host}"), port, Disguise::Suffix);
        let dots: Vec<usize> = host.match_indices('.').map(|(dot, _)| dot).collect();
        for &dot in dots.iter().take(dots.len().saturating_sub(1)) {
            let (before, after) = (&host[..dot], &host[dot + 1..]);
            self.pose(origin, &format!("{before}x{after}"), port, Disguise::UnescapedDot);
            self.pose(origin, &format!("{before}{after}"), port, Disguise::MissingDot);
        }
        if port.is_none() {
            self.truncate(origin);
        }
        if !private && let Some(name) = host.strip_suffix(suffix) {
            let other = OTHER_DOMAINS.into_iter().find(|other| *other != suffix).unwrap_or(OTHER_DOMAINS[0]);
            self.pose(origin, &format!("{name}{other}"), port, Disguise::AnyTopLevelDomain);
        }
        // Who else lives under the same suffix, for patterns that take them all.
        let kind = ProbeKind::Neighbour { of: origin.to_string() };
        let neighbour = format!("{ANY_NAME}.{suffix}");
        if registrable(&neighbour).is_some_and(|domain| !self.domains.contains(domain)) {
            self.add(Some(serialize(&origin.scheme, &neighbour, port)), kind);
        }
    }

    /// The host cut short, where what is left still ends in a public suffix: `.com` gives `.co`.
    fn truncate(&mut self, origin: &Origin) {
        let host = origin.host.as_str();
        let top = host.rfind('.').map_or(0, |dot| dot + 1);
        for end in (top + 2..host.len()).rev() {
            let Some(short) = host.get(..end) else { continue };
            let known = psl::suffix(short.as_bytes()).is_some_and(|suffix| suffix.is_known());
            if known {
                self.pose(origin, short, None, Disguise::Truncation);
            }
        }
    }

    /// Origins that belong to the same people, or reach them another way.
    fn relate(&mut self, origin: &Origin) {
        let Origin { scheme, host, port } = origin;
        let of = || origin.to_string();
        if let Some(domain) = origin.registrable() {
            self.add(Some(serialize(scheme, &format!("{ANY_NAME}.{host}"), *port)), ProbeKind::Subdomain { of: of() });
            self.add(Some(serialize(scheme, &format!("{ANY_NAME}.{domain}"), *port)), ProbeKind::Sibling { of: of() });
        }
        if scheme == "https" {
            self.add(Some(serialize("http", host, *port)), ProbeKind::Downgrade { of: of() });
        }
        let other = if port.is_some() { None } else { Some(8443) };
        self.add(Some(serialize(scheme, host, other)), ProbeKind::OtherPort { of: of() });
    }
}

/// Whether both stand under one public suffix of the list's private section.
fn is_neighbour(host: &str, of: &str) -> bool {
    public_suffix(of).is_some_and(|(suffix, private)| private && public_suffix(host).is_some_and(|(s, _)| s == suffix))
}

fn serialize(scheme: &str, host: &str, port: Option<u16>) -> String {
    Origin { scheme: scheme.to_owned(), host: host.to_owned(), port }.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn probes(trusted: &[&str]) -> Vec<ProbeOrigin> {
        let trusted: Vec<_> = trusted.iter().map(|value| Origin::parse(value).expect("is an origin")).collect();
        probe_origins(&trusted)
    }

    fn values(probes: &[ProbeOrigin], wanted: impl Fn(&ProbeKind) -> bool) -> Vec<&str> {
        probes.iter().filter(|probe| wanted(&probe.kind)).filter_map(|probe| probe.value.as_deref()).collect()
    }

    fn attackers(probes: &[ProbeOrigin]) -> Vec<(&str, Disguise)> {
        let how = |kind: &ProbeKind| if let ProbeKind::Attacker { how, .. } = kind { Some(*how) } else { None };
        probes.iter().filter_map(|p| Some((p.value.as_deref()?, how(&p.kind)?))).collect()
    }

    #[test]
    fn nobody_trusted() {
        let probes = probes(&[]);
        let kinds: Vec<_> = probes.iter().map(|probe| (probe.value.as_deref(), probe.kind.clone())).collect();
        let stranger = (Some("https://evil.example"), ProbeKind::Stranger);
        assert_eq!(kinds, [(None, ProbeKind::Absent), stranger, (Some("null"), ProbeKind::Null)]);
    }

    #[test]
    fn attackers_of_a_usual_origin() {
        let probes = probes(&["https://app.example.com"]);
        assert_eq!(
            attackers(&probes),
            [
                ("https://app.example.com.evil.example", Disguise::Prefix),
                ("https://app.example.com_.evil.example", Disguise::SpecialCharacter),
                ("https://app.example.com!.evil.example", Disguise::SpecialCharacter),
                ("https://evilexample.com", Disguise::Suffix),
                ("https://appxexample.com", Disguise::UnescapedDot),
                ("https://appexample.com", Disguise::MissingDot),
                ("https://app.example.co", Disguise::Truncation),
                ("https://app.example.org", Disguise::AnyTopLevelDomain),
            ]
        );
        let others = values(&probes, |kind| !matches!(kind, ProbeKind::Attacker { .. }));
        assert_eq!(
            others,
            [
                "https://app.example.com",
                "https://evil.example",
                "null",
                "https://evilapp.example.com",
                "https://evil.com",
                "https://evil.app.example.com",
                "https://evil.example.com",
                "http://app.example.com",
                "https://app.example.com:8443",
            ]
        );
    }

    #[test]
    fn an_attacker_is_nobody_who_is_trusted() {
        let probes = probes(&["https://app.example.com", "https://evilexample.com", "https://a.b.example.com:81"]);
        assert_eq!(values(&probes, |kind| *kind == ProbeKind::Trusted).len(), 3);
        for (value, _) in attackers(&probes) {
            let host = value.split("://").nth(1).expect("has a scheme");
            let domain = registrable(host.split(':').next().expect("splits")).expect("can be registered");
            assert!(!["example.com", "evilexample.com"].contains(&domain), "{value}");
        }
        // A dot that is replaced inside the domain gives a sibling, not an attacker.
        let siblings = values(&probes, |kind| matches!(kind, ProbeKind::Sibling { .. }));
        assert!(siblings.contains(&"https://axb.example.com:81"), "{siblings:?}");
        assert!(attackers(&probes).contains(&("https://a.bxexample.com:81", Disguise::UnescapedDot)));
    }

    #[test]
    fn shared_suffixes_have_neighbours() {
        let probes = probes(&["https://app.github.io"]);
        let neighbours = values(&probes, |kind| matches!(kind, ProbeKind::Neighbour { .. }));
        assert_eq!(neighbours, ["https://evilapp.github.io", "https://evil.github.io"]);
        assert!(attackers(&probes).contains(&("https://evilgithub.io", Disguise::Suffix)));
        let probes = self::probes(&["https://app.example.co.uk"]);
        let found = attackers(&probes);
        assert!(found.contains(&("https://evilexample.co.uk", Disguise::Suffix)));
        assert!(found.contains(&("https://evilco.uk", Disguise::Suffix)));
        assert!(found.contains(&("https://app.examplexco.uk", Disguise::UnescapedDot)));
        assert!(values(&probes, |kind| matches!(kind, ProbeKind::Neighbour { .. })).contains(&"https://evil.co.uk"));
    }

    #[test]
    fn addresses_and_single_labels_have_few_attackers() {
        for value in ["http://localhost:3000", "http://10.0.0.1"] {
            let probes = probes(&[value]);
            let hows: Vec<_> = attackers(&probes).iter().map(|(_, how)| *how).collect();
            assert_eq!(hows, [Disguise::Prefix, Disguise::SpecialCharacter, Disguise::SpecialCharacter], "{value}");
        }
        assert!(attackers(&probes(&["http://[::1]:3000"])).is_empty());
    }

    #[test]
    fn a_trusted_stranger_is_replaced() {
        let probes = probes(&["https://www.evil.example"]);
        assert_eq!(values(&probes, |kind| *kind == ProbeKind::Stranger), ["https://attacker.example"]);
        assert!(attackers(&probes).contains(&("https://www.evil.example.attacker.example", Disguise::Prefix)));
    }

    #[test]
    fn many_trusted_origins_stay_cheap_and_distinct() {
        let many: Vec<String> = (0..300).map(|i| format!("https://t{i}.example.com")).collect();
        let mut many: Vec<&str> = many.iter().map(String::as_str).collect();
        many.push("https://other.test");
        let probes = probes(&many);
        assert!(probes.len() < 301 + MAX_VARIED * 20);
        let distinct: HashSet<_> = probes.iter().map(|probe| &probe.value).collect();
        assert_eq!(distinct.len(), probes.len());
        // The one of another domain is not forgotten behind the three hundred.
        assert!(attackers(&probes).contains(&("https://evilother.test", Disguise::Suffix)));
        assert_eq!(probes, self::probes(&many));
    }
}
