//! Servers elsewhere that requests are handed to.

use std::sync::Arc;

use super::{EndpointId, Expression, Policy, SiteId};

/// An application at an address.
#[derive(Debug, Clone)]
pub struct Upstream {
    /// Where it is: hosts as they are written, and ports. Several share the work, and each is taken to do the same.
    pub addresses: Vec<(String, u16)>,
    /// The path that it is asked for.
    pub path: Expression,
    /// The Host that it is asked for.
    pub host: Expression,
    /// Request headers that are set for it, other than Host; one whose value is empty is taken away.
    pub sets: Vec<(String, Expression)>,
    /// What listens there, if that is in the tree. Without it, it is taken to know nothing of CORS.
    pub backend: Option<Backend>,
}

/// A site of another policy that answers.
#[derive(Debug, Clone)]
pub struct Backend {
    /// The other policy.
    pub policy: Arc<Policy>,
    /// Which of its sites.
    pub site: SiteId,
    /// Endpoints of it that are worth asking.
    pub telling: Vec<EndpointId>,
    /// How far its unknowns stand behind their own place among the unknowns of the policy that hands on to it, which has
    /// a copy of them.
    pub unknowns_from: u32,
}
