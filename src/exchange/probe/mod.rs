//! Probe origins: whom an endpoint is asked to trust.
//!
//! In: the origins that a configuration means to trust, its patterns. Out: [`ProbeOrigin`]s, each with the reason it is
//! sent; sample origins and paths of a pattern; the flaw that let an attacker in. Must not know: what was answered.

mod complete;
mod fill;
mod flaw;
mod sample;
mod trace;
mod variants;

use std::fmt;

pub use complete::{origin_samples, path_samples};
pub use flaw::{Flaw, flaw};
pub use sample::{Alphabet, samples};
pub use variants::probe_origins;

/// What names begin with that are made up below trusted ones, and stand for any there.
pub const ANY_NAME: &str = "evil";

/// An Origin to send, and why.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProbeOrigin {
    /// The header's value; absent for a request without it.
    pub value: Option<String>,
    /// What it stands for.
    pub kind: ProbeKind,
}

/// What a probe origin stands for; `of` is the trusted origin that it was made from, serialized.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ProbeKind {
    /// A request without Origin.
    Absent,
    /// A trusted origin.
    Trusted,
    /// Somebody who has nothing to do with any trusted origin.
    Stranger,
    /// `null`: a sandboxed frame, a local file.
    Null,
    /// Somebody whose registrable domain is nobody's that is trusted, named so that a careless check takes it for `of`.
    Attacker {
        /// Whom it pretends to be.
        of: String,
        /// By which trick.
        how: Disguise,
    },
    /// Another name right below the public suffix of `of`: with `https://app.github.io`, `https://evil.github.io`. Where
    /// it is accepted, so is everybody there, and the disguises of `of` say nothing more.
    Neighbour {
        /// Whose.
        of: String,
    },
    /// A name below that of `of`.
    Subdomain {
        /// Whose.
        of: String,
    },
    /// Another name below the registrable domain of `of`.
    Sibling {
        /// Whose.
        of: String,
    },
    /// The same host over `http://`.
    Downgrade {
        /// Whose.
        of: String,
    },
    /// The same host on another port.
    OtherPort {
        /// Whose.
        of: String,
    },
}

/// How an attacker's origin is made to look like a trusted one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Disguise {
    /// `https://app.example.com.evil.example`
    Prefix,
    /// `https://evilexample.com`
    Suffix,
    /// `https://appxexample.com`
    UnescapedDot,
    /// `https://appexample.com`
    MissingDot,
    /// `https://app.example.co`
    Truncation,
    /// `https://app.example.org`
    AnyTopLevelDomain,
    /// `https://app.example.com_.evil.example`
    SpecialCharacter,
}

impl fmt::Display for Disguise {
    /// What a check that it gets past has left open: a phrase that continues "the check ".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Prefix => "accepts anything after the trusted origin",
            Self::Suffix => "accepts anything before the trusted domain",
            Self::UnescapedDot => "accepts any character for a dot",
            Self::MissingDot => "accepts the trusted origin without one of its dots",
            Self::Truncation => "accepts a part of the trusted origin",
            Self::AnyTopLevelDomain => "accepts any top-level domain",
            Self::SpecialCharacter => "accepts characters in a host that few know to be allowed there",
        })
    }
}

#[cfg(test)]
mod tests;
