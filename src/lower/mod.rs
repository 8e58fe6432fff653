//! Syntax → policy: what each server does with what is written.
//!
//! In: a linked configuration. Out: a [`Policy`](crate::policy::Policy). This is the one stage that knows servers;
//! it must not know browsers, rules or reports.

pub mod apache;
pub mod express;
pub mod nginx;
mod template;
