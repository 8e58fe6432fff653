//! Findings → those that are shown and those that somebody took away on purpose.
//!
//! In: all findings. Out: the same, named so that they can be known again. Must not know: how anything was found, how it
//! is shown.

mod fingerprint;

pub use fingerprint::fingerprint;
