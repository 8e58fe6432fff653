//! Rules: what is wrong with the exchanges of an endpoint.
//!
//! In: an [`Observation`]. Out: findings. Must not know: any configuration language; how a finding is shown.
//!
//! A rule is a predicate in a file of its own, its words are in `rules/<id>.yaml`, and [`RULES`] names it: adding one
//! touches these three.

pub mod catalogue;
mod draft;
mod merge;

mod any_subdomain_trusted;
mod credentials_without_origin;
mod duplicate_allow_origin;
mod excessive_max_age;
mod exposed_sensitive_header;
mod ineffective_cors_option;
mod insecure_origin_allowed;
mod invalid_allow_credentials;
mod invalid_allow_origin;
mod invalid_header_name;
mod invalid_max_age;
mod invalid_method;
mod lost_allow_origin;
mod missing_always;
mod missing_max_age;
mod missing_options_handling;
mod missing_vary;
mod null_origin_allowed;
mod origins;
mod preflight_lists;
mod preflight_requires_auth;
mod public_suffix_trusted;
mod refusal_is_server_error;
mod rejected_configuration;
mod request_data_in_allow_origin;
mod stateful_origin_regex;
mod unreadable_gateway_error;
mod unvalidated_origin_echo;
mod values;
mod variants;
mod weak_origin_validation;
mod wildcard_list_with_credentials;
mod wildcard_omits_authorization;
mod wildcard_origin;
mod wildcard_with_credentials;

pub use merge::{Merged, judge};
pub use variants::judge_variants;

use crate::exchange::Observation;
use crate::exchange::origin::Origin;
use crate::finding::Finding;
use crate::policy::Policy;
use crate::source::Location;

use self::draft::Drafts;

/// What a project says of single rules, beyond how severe they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Seconds of Max-Age above which `excessive-max-age` speaks.
    pub max_age: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_age: excessive_max_age::MOST_IN_CHROMIUM }
    }
}

/// How the rules are to judge in this run.
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    /// Which of them are checked, by id.
    pub selected: &'a (dyn Fn(&str) -> bool + Sync),
    /// Whom every endpoint may trust, whether or not its configuration names them.
    pub trusted: &'a [Origin],
    /// What the project says of single rules.
    pub limits: Limits,
    /// The comment that takes a finding away, if one does.
    pub ignored: &'a (dyn Fn(&Finding) -> Option<Location> + Sync),
}

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id, as in the catalogue.
    pub id: &'static str,
    check: Check,
}

/// What a rule looks at.
#[derive(Debug)]
enum Check {
    /// The exchanges of one endpoint in one world.
    Exchanges(fn(&Observation<'_>, &mut Drafts)),
    /// The same, by what the project says.
    Limited(fn(&Observation<'_>, Limits, &mut Drafts)),
    /// Facts about the whole policy that no exchange shows. Where a server does not start, exchanges tell nothing.
    Policy(fn(&Policy, &mut Drafts)),
}

/// Every rule that judges a policy. Findings about the input itself (`syntax-error`, `unused-suppression` …) are made
/// where the input is read.
pub static RULES: &[Rule] = &[
    Rule { id: "rejected-configuration", check: Check::Policy(rejected_configuration::check) },
    Rule { id: "stateful-origin-regex", check: Check::Policy(stateful_origin_regex::check) },
    Rule { id: "ineffective-cors-option", check: Check::Policy(ineffective_cors_option::check) },
    Rule { id: "wildcard-with-credentials", check: Check::Exchanges(wildcard_with_credentials::check) },
    Rule { id: "unvalidated-origin-echo", check: Check::Exchanges(unvalidated_origin_echo::check) },
    Rule { id: "weak-origin-validation", check: Check::Exchanges(weak_origin_validation::check) },
    Rule { id: "public-suffix-trusted", check: Check::Exchanges(public_suffix_trusted::check) },
    Rule { id: "null-origin-allowed", check: Check::Exchanges(null_origin_allowed::check) },
    Rule { id: "request-data-in-allow-origin", check: Check::Exchanges(request_data_in_allow_origin::check) },
    Rule { id: "insecure-origin-allowed", check: Check::Exchanges(insecure_origin_allowed::check) },
    Rule { id: "any-subdomain-trusted", check: Check::Exchanges(any_subdomain_trusted::check) },
    Rule { id: "wildcard-origin", check: Check::Exchanges(wildcard_origin::check) },
    Rule { id: "invalid-allow-origin", check: Check::Exchanges(invalid_allow_origin::check) },
    Rule { id: "duplicate-allow-origin", check: Check::Exchanges(duplicate_allow_origin::check) },
    Rule { id: "invalid-allow-credentials", check: Check::Exchanges(invalid_allow_credentials::check) },
    Rule { id: "wildcard-list-with-credentials", check: Check::Exchanges(wildcard_list_with_credentials::check) },
    Rule { id: "wildcard-omits-authorization", check: Check::Exchanges(wildcard_omits_authorization::check) },
    Rule { id: "credentials-without-origin", check: Check::Exchanges(credentials_without_origin::check) },
    Rule { id: "lost-allow-origin", check: Check::Exchanges(lost_allow_origin::check) },
    Rule { id: "missing-options-handling", check: Check::Exchanges(missing_options_handling::check) },
    Rule { id: "preflight-requires-auth", check: Check::Exchanges(preflight_requires_auth::check) },
    Rule { id: "preflight-without-methods", check: Check::Exchanges(preflight_lists::check_methods) },
    Rule { id: "preflight-without-headers", check: Check::Exchanges(preflight_lists::check_headers) },
    Rule { id: "missing-always", check: Check::Exchanges(missing_always::check) },
    Rule { id: "unreadable-gateway-error", check: Check::Exchanges(unreadable_gateway_error::check) },
    Rule { id: "missing-vary", check: Check::Exchanges(missing_vary::check) },
    Rule { id: "invalid-method", check: Check::Exchanges(invalid_method::check) },
    Rule { id: "invalid-header-name", check: Check::Exchanges(invalid_header_name::check) },
    Rule { id: "invalid-max-age", check: Check::Exchanges(invalid_max_age::check) },
    Rule { id: "excessive-max-age", check: Check::Limited(excessive_max_age::check) },
    Rule { id: "missing-max-age", check: Check::Exchanges(missing_max_age::check) },
    Rule { id: "refusal-is-server-error", check: Check::Exchanges(refusal_is_server_error::check) },
    Rule { id: "exposed-sensitive-header", check: Check::Exchanges(exposed_sensitive_header::check) },
];
