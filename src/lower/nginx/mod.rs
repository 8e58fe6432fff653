//! What nginx does.
//!
//! Sources: the manual (<https://nginx.org/en/docs/>), `ngx_http_core_module.c`, `ngx_http_rewrite_module.c`,
//! `ngx_http_headers_filter_module.c`, `ngx_http_special_response.c`; headers-more's documentation. Each fact was tried
//! on nginx 1.22.1 and 1.31.5; the recorded cases in `testdata/conformance/nginx` hold them.

mod access;
mod builtin;
mod content;
mod error_page;
mod headers;
mod location;
mod map;
mod rewrite;
mod server;
mod settings;
mod template;
mod upstream;
mod variables;

use std::borrow::Cow;

use crate::link::Item;
use crate::link::nginx::{Configuration, Context};
use crate::policy::{self, Block, BlockId, Depends, Layer, LayerId, Policy, Remark, RemarkKind, Unknown, UnknownId};
use crate::source::{Location, Span};
use crate::syntax::directive::Word;
use crate::syntax::hole;

use self::settings::Settings;
use self::upstream::Upstreams;
use self::variables::Variables;

/// What the server sends of its own accord, before the rest: `gzip_vary`, Location.
const OWN: LayerId = LayerId(0);
/// What the application sent, as `proxy_hide_header` and headers-more leave it.
const UPSTREAM: LayerId = LayerId(1);
/// The `add_header` list.
const ADDED: LayerId = LayerId(2);

/// Lowers one configuration.
#[must_use]
pub fn lower(configuration: &Configuration<'_>) -> Policy {
    let mut lowering = Lowering::default();
    lowering.policy.layers = ["own", "upstream", "add_header"].map(|name| Layer { name: Cow::Borrowed(name) }).to_vec();
    lowering.policy.normalizes_paths = true;
    lowering.declare_variables(configuration);
    let items = &configuration.items;
    match configuration.context {
        Context::Main => {
            for http in items.iter().filter(|item| item.directive.is("http")) {
                lowering.http(&http.children);
            }
        }
        Context::Http => lowering.http(items),
        Context::Server => lowering.bare_server(items, configuration.root),
        Context::Location => lowering.bare_location(items, configuration.root),
        Context::Upstream | Context::Other => {}
    }
    lowering.policy
}

/// A policy in the making.
#[derive(Default)]
struct Lowering {
    policy: Policy,
    variables: Variables,
    upstreams: Upstreams,
}

impl Lowering {
    fn http(&mut self, items: &[Item<'_>]) {
        self.upstreams.note(items);
        let settings = Settings::default().inner(self, items);
        for server in items.iter().filter(|item| item.directive.is("server")) {
            self.server(server, &settings);
        }
    }

    fn block(&mut self, item: &Item<'_>) -> BlockId {
        let name = head_text(item);
        BlockId(policy::push(&mut self.policy.blocks, Block { name, location: head(item) }))
    }

    fn unknown(&mut self, what: String, why: &str, location: Location) -> UnknownId {
        let unknown = Unknown { what, why: why.to_owned(), depends: Depends::Nothing, location };
        self.add_unknown(unknown)
    }

    fn add_unknown(&mut self, unknown: Unknown) -> UnknownId {
        match self.policy.unknowns.iter().position(|known| *known == unknown) {
            Some(index) => UnknownId(u32::try_from(index).unwrap_or(u32::MAX)),
            None => UnknownId(policy::push(&mut self.policy.unknowns, unknown)),
        }
    }

    /// Notes that nginx does not start with a directive, if the directive has to do with CORS: other faults are for
    /// `nginx -t`.
    fn will_not_start(&mut self, item: &Item<'_>, location: Location, message: impl Into<String>) {
        // What a template puts there may mend it.
        if concerns_cors(item) && !template::has_hole(item) {
            self.remark(RemarkKind::WillNotStart, location, message.into());
        }
    }

    fn remark(&mut self, kind: RemarkKind, location: Location, message: String) {
        let remark = Remark { kind, location, message };
        if !self.policy.remarks.contains(&remark) {
            self.policy.remarks.push(remark);
        }
    }
}

/// Whether a directive, or one inside it, names a CORS header or looks at Origin.
fn concerns_cors(item: &Item<'_>) -> bool {
    let text = head_text(item).to_ascii_lowercase();
    ["access-control-", "$http_origin", "options"].iter().any(|word| text.contains(word))
        || item.children.iter().any(concerns_cors)
}

/// The directive without its body, as written but for white space.
fn head_text(item: &Item<'_>) -> String {
    let words = std::iter::once(&item.directive.name).chain(&item.directive.arguments);
    words.map(|word| hole::decode(&word.value)).collect::<Vec<_>>().join(" ")
}

/// Where the directive without its body stands.
fn head(item: &Item<'_>) -> Location {
    at(item, item.directive.head())
}

fn word_at(item: &Item<'_>, word: &Word) -> Location {
    at(item, word.span)
}

fn at(item: &Item<'_>, span: Span) -> Location {
    Location { source: item.source, span }
}
