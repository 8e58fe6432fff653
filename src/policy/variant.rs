//! One configuration as several policies.

use std::sync::Arc;

use super::Policy;

/// What a configuration does when it is put together in one way of several.
#[derive(Debug, Default)]
pub struct Variant {
    /// What it does.
    pub policy: Arc<Policy>,
    /// What that takes to be so, each fit to follow "assuming "; in all variants of a configuration the answers to the
    /// same questions in the same order.
    pub taken: Vec<String>,
}
