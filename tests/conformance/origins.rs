//! The origins that every route is asked with.
//!
//! Made from the trusted ones by hand, without a public suffix list: these are the origins of the recorded truth, not
//! those that the program itself would ask with.

/// A site that nobody mentions in a configuration.
pub(crate) const EVIL: &str = "https://evil.example";

/// An origin in its parts. Only for well-formed ones: they come from `case.json`.
struct Parts<'a> {
    scheme: &'a str,
    /// In lower case.
    host: String,
    /// With its colon; empty for none.
    port: &'a str,
}

impl<'a> Parts<'a> {
    fn of(origin: &'a str) -> Self {
        let (scheme, rest) = origin.split_once("://").unwrap_or(("https", origin));
        let (host, port) = rest.split_at(rest.find(':').unwrap_or(rest.len()));
        Self { scheme, host: host.to_lowercase(), port }
    }

    fn with_host(&self, host: &str) -> String {
        format!("{}://{host}{}", self.scheme, self.port)
    }

    fn labels(&self) -> Vec<&str> {
        self.host.split('.').collect()
    }

    /// The host with the dot behind its `index`th label (from 1) replaced by an `x`: what an unescaped dot lets in.
    fn without_dot(&self, index: usize) -> String {
        let labels = self.labels();
        self.with_host(&format!("{}x{}", labels[..index].join("."), labels[index..].join(".")))
    }
}

/// Origins that an attacker can register and that a sloppy check for `trusted` accepts.
pub(crate) fn attackers(trusted: &str) -> Vec<String> {
    let parts = Parts::of(trusted);
    let labels = parts.labels();
    let mut found = vec![format!("{}://{}.evil.example", parts.scheme, parts.host)];
    // Of a single label or an address nothing else can be owned.
    let (Some(last), false) =
        (labels.last(), labels.iter().all(|label| label.bytes().all(|byte| byte.is_ascii_digit())))
    else {
        return found;
    };
    if labels.len() == 1 {
        return found;
    }
    found.push(parts.with_host(&format!("evil{}", labels[labels.len() - 2..].join("."))));
    if ["com", "net", "dev"].contains(last) && parts.port.is_empty() {
        found.push(trusted[..trusted.len() - 1].to_owned()); // .co, .ne and .de are public suffixes
    }
    found.extend((1..labels.len() - 1).map(|index| parts.without_dot(index)));
    found
}

/// Accepted by a sloppy check as well, but nobody can own them.
pub(crate) fn unownable(trusted: &str) -> Vec<String> {
    let parts = Parts::of(trusted);
    let labels = parts.labels();
    let mut found = vec![parts.with_host(&format!("evil{}", parts.host))];
    if labels.len() > 1 {
        found.push(parts.without_dot(labels.len() - 1));
        if labels.last().is_some_and(|label| label.len() > 2) && parts.port.is_empty() {
            found.push(trusted[..trusted.len() - 1].to_owned());
        }
        found.extend((1..labels.len() - 1).map(|index| parts.without_dot(index)));
    }
    found
}

/// Neighbours whose acceptance is no fault by itself.
fn neighbours(trusted: &str) -> Vec<String> {
    let parts = Parts::of(trusted);
    let mut found = vec![parts.with_host(&format!("evil.{}", parts.host)), parts.with_host(&parts.host.to_uppercase())];
    if parts.scheme == "https" {
        found.push(format!("http://{}{}", parts.host, parts.port));
    }
    if parts.port.is_empty() {
        found.push(format!("{}://{}:8443", parts.scheme, parts.host));
    }
    found
}

/// Every Origin that a route is asked with; `None` is a request without the header.
pub(crate) fn probes(trusted: &[String]) -> Vec<Option<String>> {
    let mut all = vec![None];
    all.extend(trusted.iter().cloned().map(Some));
    all.extend([Some(EVIL.to_owned()), Some("null".to_owned())]);
    for origin in trusted {
        let derived = [attackers(origin), unownable(origin), neighbours(origin)];
        all.extend(derived.into_iter().flatten().map(Some));
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|origin| seen.insert(origin.clone()));
    all
}
