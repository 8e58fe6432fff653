//! The access phase.

use crate::policy::{Condition, Require, Requirement, RequirementKind, Statement};

use super::settings::Access;

/// The requirements in the order in which nginx checks them: addresses, password, subrequest
/// (the phase handlers run in reverse order of their modules).
pub(super) fn statement(access: &Access) -> Option<Statement> {
    let addresses = access.addresses.iter().map(|(rule, _)| rule.clone()).collect();
    // The line that refuses is the one to point at.
    let refusing = access.addresses.iter().find(|(rule, _)| !rule.allow).or(access.addresses.first());
    let by_address = refusing.map(|(_, location)| Requirement {
        kind: RequirementKind::Address(addresses),
        status: 403,
        location: *location,
    });
    let login = |location| Requirement { kind: RequirementKind::Holds(Condition::LoggedIn), status: 401, location };
    let of: Vec<Requirement> =
        by_address.into_iter().chain(access.basic.map(login)).chain(access.request.map(login)).collect();
    let location = of.first()?.location;
    Some(Statement::Require(Require { any: access.any, of, location }))
}
