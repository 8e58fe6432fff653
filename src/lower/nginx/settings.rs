//! What a block hands down to the blocks inside it.
//!
//! nginx merges most settings "own if there is one, else the enclosing block's" (`ngx_conf_merge_*`), lists as a whole.

use crate::link::Item;
use crate::link::nginx::is_stock_include;
use crate::policy::{AddressRule, Effect, Expression, Network, UnknownId};
use crate::source::Location;

use super::error_page::ErrorPage;
use super::headers::{AddHeaders, MoreHeader};
use super::{Lowering, head};

/// The settings in force in a block.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings {
    pub(super) add_headers: AddHeaders,
    pub(super) more_headers: Vec<MoreHeader>,
    pub(super) error_pages: Vec<ErrorPage>,
    pub(super) recursive_error_pages: bool,
    pub(super) access: Access,
    pub(super) hidden: Vec<String>,
    pub(super) intercept_errors: bool,
    /// The request headers that are set for a proxied server.
    pub(super) proxy_headers: Vec<(String, Expression)>,
    pub(super) index: Option<Vec<String>>,
    pub(super) gzip: Gzip,
    /// Code of another language that runs here, with what it may change.
    pub(super) opaque: Vec<(String, Effect, UnknownId)>,
}

/// Who may, by `allow`/`deny`, `auth_basic`, `auth_request` and `satisfy`.
#[derive(Debug, Clone, Default)]
pub(super) struct Access {
    pub(super) any: bool,
    pub(super) addresses: Vec<(AddressRule, Location)>,
    pub(super) basic: Option<Location>,
    pub(super) request: Option<Location>,
}

/// `gzip`, `gzip_vary` and `gzip_types`.
#[derive(Debug, Clone, Default)]
pub(super) struct Gzip {
    pub(super) on: bool,
    pub(super) vary: Option<Location>,
    pub(super) types: Vec<String>,
}

impl Settings {
    /// The settings of a block with these directives inside a block with `self`.
    pub(super) fn inner(&self, lowering: &mut Lowering, items: &[Item<'_>]) -> Self {
        let mut inner = self.clone();
        inner.add_headers = self.add_headers.inner(lowering, items);
        inner.more_headers.extend(items.iter().flat_map(|item| MoreHeader::read(lowering, item)));
        let error_pages: Vec<ErrorPage> = items.iter().filter_map(|item| ErrorPage::read(lowering, item)).collect();
        if !error_pages.is_empty() {
            inner.error_pages = error_pages;
        }
        inner.access = self.access.inner(items);
        let hidden: Vec<String> = items.iter().filter(|item| hides_headers(item)).filter_map(first_argument).collect();
        if !hidden.is_empty() {
            inner.hidden = hidden;
        }
        // One `proxy_set_header` drops all inherited ones.
        if items.iter().any(|item| item.directive.is("proxy_set_header")) {
            inner.proxy_headers = items.iter().filter_map(|item| proxy_header(lowering, item)).collect();
        }
        for item in items {
            if hides_headers(item) && item.directive.arguments.len() != 1 {
                let name = item.directive.name.value.as_str();
                lowering.will_not_start(item, head(item), format!("`{name}` takes exactly one header"));
            }
            inner.simple(item);
            inner.foreign(lowering, item);
        }
        inner
    }

    fn simple(&mut self, item: &Item<'_>) {
        let argument = item.directive.argument(0).unwrap_or_default();
        match item.directive.name.value.as_str() {
            "recursive_error_pages" => self.recursive_error_pages = argument == "on",
            "proxy_intercept_errors"
            | "fastcgi_intercept_errors"
            | "uwsgi_intercept_errors"
            | "scgi_intercept_errors"
            | "grpc_intercept_errors" => self.intercept_errors = argument == "on",
            "index" => self.index = Some(item.directive.arguments.iter().map(|word| word.value.clone()).collect()),
            "gzip" => self.gzip.on = argument == "on",
            "gzip_vary" => self.gzip.vary = (argument == "on").then(|| head(item)),
            "gzip_types" => {
                self.gzip.types = item.directive.arguments.iter().map(|word| word.value.to_ascii_lowercase()).collect();
            }
            _ => {}
        }
    }

    /// Lua and njs: of one directive the innermost runs.
    fn foreign(&mut self, lowering: &mut Lowering, item: &Item<'_>) {
        let name = item.directive.name.value.as_str();
        let Some(effect) = foreign_effect(name) else { return };
        let stem = name.trim_end_matches("_block").trim_end_matches("_file").to_owned();
        let unknown = lowering.unknown(format!("`{name}`"), "is code of another language", head(item));
        self.opaque.retain(|(other, ..)| *other != stem);
        self.opaque.push((stem, effect, unknown));
    }
}

/// What code of another language may change, by the directive that runs it.
fn foreign_effect(name: &str) -> Option<Effect> {
    match name {
        "js_header_filter" | "header_filter_by_lua" | "header_filter_by_lua_block" | "header_filter_by_lua_file" => {
            Some(Effect::Headers)
        }
        "js_content" | "perl" => Some(Effect::Any),
        _ if name.contains("_by_lua")
            && !name.starts_with("init")
            && !name.starts_with("set_")
            && !name.starts_with("log_")
            && !name.starts_with("balancer")
            && !name.starts_with("ssl_") =>
        {
            Some(Effect::Any)
        }
        _ => None,
    }
}

/// Why directives may stand in the place of this one that cannot be seen, if so.
pub(super) fn hides_directives(item: &Item<'_>) -> Option<&'static str> {
    if item.directive.is_hole() {
        return Some("is filled in by a template");
    }
    is_unresolved_include(item).then_some("is not in the tree")
}

/// Whether an `include` names a file that is not there to be read and might hold anything.
fn is_unresolved_include(item: &Item<'_>) -> bool {
    item.directive.is("include")
        && item.directive.argument(0).is_some_and(|path| !path.contains(['*', '?', '[']) && !is_stock_include(path))
}

fn proxy_header(lowering: &mut Lowering, item: &Item<'_>) -> Option<(String, Expression)> {
    let [name, value] = item.directive.arguments.as_slice() else { return None };
    item.directive.is("proxy_set_header").then(|| (name.value.to_ascii_lowercase(), lowering.expression(item, value)))
}

fn hides_headers(item: &Item<'_>) -> bool {
    let name = item.directive.name.value.as_str();
    matches!(
        name,
        "proxy_hide_header" | "fastcgi_hide_header" | "uwsgi_hide_header" | "scgi_hide_header" | "grpc_hide_header"
    )
}

fn first_argument(item: &Item<'_>) -> Option<String> {
    item.directive.argument(0).map(str::to_owned)
}

impl Access {
    pub(super) fn inner(&self, items: &[Item<'_>]) -> Self {
        let mut inner = self.clone();
        let own: Vec<_> = items.iter().filter_map(|item| Some((address_rule(item)?, head(item)))).collect();
        if !own.is_empty() {
            inner.addresses = own;
        }
        for item in items {
            let argument = item.directive.argument(0).unwrap_or_default();
            let on = (argument != "off").then(|| head(item));
            match item.directive.name.value.as_str() {
                "satisfy" => inner.any = argument == "any",
                "auth_basic" | "auth_jwt" => inner.basic = on,
                "auth_request" => inner.request = on,
                _ => {}
            }
        }
        inner
    }
}

fn address_rule(item: &Item<'_>) -> Option<AddressRule> {
    let allow = match item.directive.name.value.as_str() {
        "allow" => true,
        "deny" => false,
        _ => return None,
    };
    match item.directive.argument(0)? {
        "all" => Some(AddressRule { allow, network: None }),
        text => Some(AddressRule { allow, network: Some(Network::parse(text)?) }),
    }
}
