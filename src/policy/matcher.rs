//! Matchers: which requests a site and an endpoint are for.

use super::{EndpointId, PatternId};

/// An address that a site listens on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    /// The address, empty for any.
    pub address: String,
    /// The port.
    pub port: u16,
    /// Whether it speaks TLS.
    pub tls: bool,
    /// Whether unknown hosts on this port come here.
    pub default: bool,
}

/// A host name that a site answers to, in the order of preference of the variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Host {
    /// Exactly this one, in lower case; `""` is a request without Host.
    Exact(String),
    /// Every name that ends so (`.example.com`), in lower case; with `apex`, `example.com` too.
    Suffix {
        /// With its leading dot.
        suffix: String,
        /// Whether the name without the dot is one as well.
        apex: bool,
    },
    /// Every name that begins so (`www.example.`), in lower case.
    Prefix(String),
    /// Every name that the pattern matches; its captures can be used.
    Pattern(PatternId),
}

/// Which paths an endpoint is for; for people and for choosing a path to probe. [`Routes`] decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathMatcher {
    /// Every path.
    Any,
    /// This one.
    Exact(String),
    /// Those that begin so.
    Prefix(String),
    /// Those that the pattern matches.
    Pattern(PatternId),
    /// None; only a reroute by this name leads there.
    Named(String),
}

/// Which of several endpoints a path goes to: an exact one; else the longest prefix is kept in mind, and the endpoints
/// nested in it are asked; unless it stops that, the first pattern that matches wins; else the prefix.
#[derive(Debug, Clone, Default)]
pub struct Routes {
    /// Exact paths.
    pub exact: Vec<(String, EndpointId)>,
    /// Prefixes, longest first.
    pub prefixes: Vec<PrefixRoute>,
    /// Patterns, in order.
    pub patterns: Vec<(PatternId, EndpointId)>,
    /// Endpoints that only a reroute leads to, by name.
    pub named: Vec<(String, EndpointId)>,
    /// Where nothing else matches.
    pub fallback: Option<EndpointId>,
}

/// One prefix of [`Routes`].
#[derive(Debug, Clone)]
pub struct PrefixRoute {
    /// What the path begins with.
    pub path: String,
    /// Whether patterns are not asked after it.
    pub stops_patterns: bool,
    /// Where it leads.
    pub endpoint: EndpointId,
}
