//! What Apache httpd does.
//!
//! Sources: the manual (<https://httpd.apache.org/docs/2.4/>), `mod_headers.c`, `mod_setenvif.c`, `mod_rewrite.c`,
//! `mod_alias.c`, `mod_authz_core.c`, `mod_access_compat.c`, `server/request.c`, `server/core.c`, `modules/http/http_request.c`.
//! Each fact was tried on httpd 2.4; the recorded cases in `testdata/conformance/apache` hold them.
//!
//! # How it looks in the policy
//!
//! A virtual host is a site, and so are `.htaccess` files that no server of the tree leads to. The places of a site that
//! some section, `ProxyPass` or `.htaccess` names by the beginning of their paths are its endpoints (`region`); all
//! other sections are conditions in their programs (`scope`). A program's phases hold what httpd does one after the
//! other:
//!
//! - *rewrite*: the server's own `SetEnvIf`, its `RewriteRule`s, and once the path is translated the `SetEnvIf` of folders;
//! - *access*: `AllowMethods`, `Require`, `Allow` and `Deny`;
//! - *content*: the `RewriteRule`s of folders, `Redirect`, `SetEnv`, and what answers;
//! - *takeover*: `ErrorDocument`;
//! - *headers*: `Header`, all sections in the order in which httpd merges them.
//!
//! What an answer carries from before `Header` is done (the `Vary` that `mod_rewrite` adds by itself) is written to its layer
//! when it arises, and lost where httpd loses it: with the table that an error or a backend's answer takes the place of.

mod access;
mod backend;
mod content;
mod endpoint;
mod environment;
mod error_document;
mod expression;
mod header;
mod modules;
mod node;
mod pattern;
mod redirect;
mod region;
mod rewrite;
mod scope;
mod site;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::link::Item;
use crate::link::apache::Configuration;
use crate::policy::{
    self, Condition, Depends, Expression, Layer, LayerId, PatternId, Policy, Remark, RemarkKind, Statement, Unknown,
    UnknownId, Variable, VariableId,
};
use crate::source::Location;

use self::node::{Node, Reader, is_never};

/// What `Header always` writes, and a script's own headers (`r->err_headers_out`). It is sent first.
const ALWAYS: LayerId = LayerId(0);
/// What `Header` writes, and a backend's own headers (`r->headers_out`).
const ON_SUCCESS: LayerId = LayerId(1);

/// Lowers one configuration.
#[must_use]
pub fn lower(configuration: &Configuration<'_>) -> Policy {
    let mut lowering = Lowering::default();
    lowering.policy.layers = ["always", "onsuccess"].map(|name| Layer { name: Cow::Borrowed(name) }).to_vec();
    lowering.policy.normalizes_paths = true;
    lowering.policy.first_host_wins = true;
    let taken_in = lowering.take_in(configuration);
    lowering.remark_misplaced(configuration);
    lowering.sites(configuration, &taken_in);
    lowering.policy
}

/// A configuration as httpd takes it in.
struct TakenIn {
    /// What stands outside of virtual hosts.
    server: Vec<Node>,
    hosts: Vec<Node>,
    /// The `.htaccess` files, as in the configuration.
    folders: Vec<Vec<Node>>,
}

/// A policy in the making.
#[derive(Default)]
struct Lowering {
    policy: Policy,
    /// The variables of the environment by their names in lower case: httpd compares them so.
    variables: HashMap<String, VariableId>,
    /// Names, in lower case, that something reads which has to do with answers; more than variables among them.
    read: HashSet<String>,
    /// Those that no configuration can name. All places share them: a request is in one place at a time, and each resets
    /// what it uses.
    internal: HashMap<String, VariableId>,
    /// Patterns by what they are written as and whether case is ignored.
    patterns: HashMap<(String, bool), PatternId>,
    /// Whether the Origin of requests is taken away before anything looks at it.
    hides_origin: bool,
}

impl Lowering {
    fn take_in(&mut self, configuration: &Configuration<'_>) -> TakenIn {
        let mut ask = |what: String, location| {
            let why = "is nowhere in this configuration";
            Condition::Unknown(self.unknown(what, why, Depends::Nothing, location))
        };
        let mut reader = Reader::new(&mut ask);
        let all = reader.read(&configuration.items);
        let (hosts, mut server): (Vec<Node>, Vec<Node>) = all.into_iter().partition(|node| node.name == "virtualhost");
        if !hosts.is_empty() {
            // Every virtual host is read with all of this; includes that are not followed say nothing to any.
            server.retain(|node| !node.name.starts_with("include"));
        }
        let folders = configuration.folders.iter().map(|folder| reader.read(&folder.items)).collect();
        let left_out = std::mem::take(&mut reader.left_out);
        let told = |kind| kind != RemarkKind::WillNotStart || concerns_cors(&configuration.items);
        let remarks = left_out.into_iter().filter(|(kind, ..)| told(*kind));
        self.policy.remarks.extend(remarks.map(|(kind, location, message)| Remark { kind, location, message }));
        TakenIn { server, hosts, folders }
    }

    /// What cannot stand where it stands: told where the file has to do with CORS at all.
    fn remark_misplaced(&mut self, configuration: &Configuration<'_>) {
        let mut remark = |kind, (location, message): &(Location, String)| {
            self.policy.remarks.push(Remark { kind, location: *location, message: message.clone() });
        };
        if concerns_cors(&configuration.items) {
            configuration.misplaced.iter().for_each(|place| remark(RemarkKind::WillNotStart, place));
        }
        for folder in configuration.folders.iter().filter(|folder| concerns_cors(&folder.items)) {
            folder.misplaced.iter().for_each(|place| remark(RemarkKind::AnswersWithError, place));
        }
    }

    fn unknown(&mut self, what: String, why: &str, depends: Depends, location: Location) -> UnknownId {
        // Of two places that hang on the same thing, the answer for one is that for the other.
        let known = |known: &Unknown| known.what == what && known.why == why;
        if let Some(index) = self.policy.unknowns.iter().position(known) {
            return UnknownId(u32::try_from(index).unwrap_or(u32::MAX));
        }
        UnknownId(policy::push(&mut self.policy.unknowns, Unknown { what, why: why.to_owned(), depends, location }))
    }

    /// A variable of the environment.
    fn variable(&mut self, name: &str) -> VariableId {
        let name = name.to_ascii_lowercase();
        if let Some(id) = self.variables.get(&name) {
            return *id;
        }
        let id = self.new_variable(&name, None);
        self.variables.insert(name, id);
        id
    }

    /// A variable that no configuration can name.
    fn internal_variable(&mut self, name: &str) -> VariableId {
        self.internal.get(name).copied().unwrap_or_else(|| {
            let id = self.new_variable(name, None);
            self.internal.insert(name.to_owned(), id);
            id
        })
    }

    fn new_variable(&mut self, name: &str, definition: Option<Expression>) -> VariableId {
        // What is defined here changes with the path.
        let volatile = definition.is_some();
        let variable = Variable { name: name.to_owned(), definition, volatile, location: None, taken_for: None };
        VariableId(policy::push(&mut self.policy.variables, variable))
    }
}

/// Whether a header of CORS is written anywhere in a list.
fn concerns_cors(items: &[Item<'_>]) -> bool {
    items.iter().any(|item| {
        let words = &item.directive.arguments;
        words.iter().any(|word| word.value.to_ascii_lowercase().starts_with("access-control-"))
            || concerns_cors(&item.children)
    })
}

/// Statements that run where a condition holds.
fn when(condition: Condition, then: Vec<Statement>) -> Vec<Statement> {
    if then.is_empty() || is_never(&condition) {
        return Vec::new();
    }
    match condition {
        Condition::Always => then,
        condition => vec![Statement::When { condition, then, otherwise: Vec::new() }],
    }
}
