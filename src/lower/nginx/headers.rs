//! `add_header`, headers-more and `gzip_vary`.
//!
//! Sources: `ngx_http_headers_filter_module.c`; <https://nginx.org/en/docs/http/ngx_http_headers_module.html>;
//! the headers-more module's documentation.

use std::borrow::Cow;

use crate::link::Item;
use crate::policy::{
    Action, Applies, Effect, Expression, HeaderOperation, IfEmpty, LayerId, Makers, Name, Statement, Statuses,
    UnknownId, Written,
};
use crate::source::{Location, Span};

use super::settings::{Gzip, Settings, hides_directives};
use super::{ADDED, Lowering, OWN, UPSTREAM, head, template, word_at};

/// Statuses on which `add_header` without `always` acts (`ngx_http_headers_filter`).
const WITHOUT_ALWAYS: &[u16] = &[200, 201, 204, 206, 301, 302, 303, 304, 307, 308];
/// Statuses of answers that the gzip filter takes (`ngx_http_gzip_ok`).
const COMPRESSED: &[u16] = &[200, 403, 404];

/// The `add_header` list in force in a block.
#[derive(Debug, Clone, Default)]
pub(super) struct AddHeaders {
    lines: Vec<HeaderOperation>,
    /// Set where lines may be among them that cannot be seen.
    unseen: Option<UnknownId>,
    merges: Option<bool>,
    /// What the enclosing blocks have and this one dropped, with the line that did it.
    dropped: Vec<(HeaderOperation, Location)>,
}

impl AddHeaders {
    /// A list that something outside what can be read may have filled.
    pub(super) fn unseen(unknown: UnknownId) -> Self {
        Self { unseen: Some(unknown), ..Self::default() }
    }

    /// The list of a block with these directives: its own if it has any, else the enclosing block's;
    /// `add_header_inherit` (nginx 1.29.3) changes that.
    pub(super) fn inner(&self, lowering: &mut Lowering, items: &[Item<'_>]) -> Self {
        let own: Vec<HeaderOperation> = items.iter().filter_map(|item| add_header(lowering, item)).collect();
        let mode = items.iter().find(|item| item.directive.is("add_header_inherit"));
        let mode = mode.and_then(|item| item.directive.argument(0));
        let merges = match mode {
            Some(mode) => Some(mode == "merge"),
            None => self.merges,
        };
        let hides = |item: &Item<'_>| {
            let unknown_name = template::names_unknown_header(item).then_some("is filled in by a template");
            hides_directives(item).or(unknown_name)
        };
        let unseen_here = items.iter().find_map(|item| Some((item, hides(item)?)));
        let unseen_here = unseen_here.map(|(item, why)| {
            lowering.unknown(format!("`{}` adds no header", super::head_text(item)), why, head(item))
        });
        let first_own = own.first().map(|operation| operation.written.directive);
        let dropped = |by: Option<Location>| {
            let mine = by.into_iter().flat_map(|by| self.lines.iter().map(move |line| (line.clone(), by)));
            mine.chain(self.dropped.iter().cloned()).collect()
        };
        let mut inner = match (mode, own.is_empty()) {
            // Said in so many words: nothing is lost.
            (Some("off"), _) => Self { lines: own, unseen: None, merges, dropped: Vec::new() },
            (_, true) => Self { merges, ..self.clone() },
            (_, false) if merges == Some(true) => {
                let lines = own.into_iter().chain(self.lines.iter().cloned()).collect();
                Self { lines, unseen: self.unseen, merges, dropped: self.dropped.clone() }
            }
            (_, false) => Self { lines: own, unseen: None, merges, dropped: dropped(first_own) },
        };
        inner.unseen = unseen_here.or(inner.unseen);
        inner
    }
}

fn add_header(lowering: &mut Lowering, item: &Item<'_>) -> Option<HeaderOperation> {
    if !item.directive.is("add_header") || template::names_unknown_header(item) {
        return None;
    }
    let [name, value, rest @ ..] = item.directive.arguments.as_slice() else {
        lowering.will_not_start(item, head(item), "`add_header` takes a name and a value");
        return None;
    };
    let always = match rest {
        [] => false,
        [word] if word.value == "always" => true,
        // What is not known to be missing is there.
        [word] if word.has_hole() => true,
        [word] => {
            let message =
                format!("`add_header` takes nothing but `always` as its third argument, not `{}`", word.value);
            lowering.will_not_start(item, head(item), message);
            return None;
        }
        _ => {
            let message = "`add_header` takes at most three arguments: a value with spaces needs quotes";
            lowering.will_not_start(item, head(item), message);
            return None;
        }
    };
    let written = Written { directive: head(item), name: word_at(item, name), value: word_at(item, value) };
    let statuses = if always { Statuses::All } else { Statuses::Only(Cow::Borrowed(WITHOUT_ALWAYS)) };
    Some(HeaderOperation {
        action: Action::Add,
        name: Name::Exact(name.value.clone()),
        layer: ADDED,
        clears: Vec::new(),
        value: lowering.expression(item, value),
        if_empty: IfEmpty::Omit,
        applies: Applies { statuses, makers: Makers::ALL },
        written,
    })
}

/// One header of `more_set_headers` or `more_clear_headers`. They act on every status and add up from block to block.
#[derive(Debug, Clone)]
pub(super) struct MoreHeader(HeaderOperation);

impl MoreHeader {
    /// The headers that a directive sets or clears; none for other directives.
    pub(super) fn read(lowering: &mut Lowering, item: &Item<'_>) -> Vec<Self> {
        let clear = match item.directive.name.value.as_str() {
            _ if template::names_unknown_header(item) => return Vec::new(),
            "more_set_headers" => false,
            "more_clear_headers" => true,
            _ => return Vec::new(),
        };
        let mut applies = Applies::ALWAYS;
        let mut headers = Vec::new();
        let mut words = item.directive.arguments.iter();
        while let Some(word) = words.next() {
            match word.value.as_str() {
                "-s" => {
                    let list = words.next().map(|list| list.value.as_str()).unwrap_or_default();
                    let statuses = list.split_ascii_whitespace().filter_map(|status| status.parse().ok()).collect();
                    applies.statuses = Statuses::Only(Cow::Owned(statuses));
                }
                "-t" => {
                    let list = words.next().map(|list| list.value.as_str()).unwrap_or_default();
                    applies.makers = makers_of_types(list.split_ascii_whitespace());
                }
                text => headers.push(more_header(lowering, item, word.span, text, clear)),
            }
        }
        headers.into_iter().map(|operation| Self(HeaderOperation { applies: applies.clone(), ..operation })).collect()
    }
}

fn more_header(lowering: &mut Lowering, item: &Item<'_>, span: Span, text: &str, clear: bool) -> HeaderOperation {
    let (name, value) = text.split_once(':').unwrap_or((text, ""));
    let (name, value) = (name.trim(), value.trim());
    let clear = clear || value.is_empty();
    let name_matcher = match name.strip_suffix('*') {
        Some(prefix) if clear => Name::Prefix(prefix.to_owned()),
        _ => Name::Exact(name.to_owned()),
    };
    let word = Location { source: item.source, span };
    HeaderOperation {
        action: if clear { Action::Unset } else { Action::Set },
        name: name_matcher,
        layer: UPSTREAM,
        clears: Vec::new(),
        value: lowering.text(word, value),
        if_empty: IfEmpty::Remove,
        applies: Applies::ALWAYS,
        written: Written { directive: head(item), name: word, value: word },
    }
}

/// Whose answers have one of these content types, where an application's answer is taken to be JSON and what the
/// server makes is HTML; a file may have any.
fn makers_of_types<'a>(types: impl Iterator<Item = &'a str>) -> Makers {
    let mut makers = Makers { application: false, file: true, server: false };
    for media_type in types {
        makers.application |= matches!(media_type, "*" | "application/json");
        makers.server |= matches!(media_type, "*" | "text/html");
    }
    makers
}

/// Everything that is done to the headers of an answer made in a block with these settings.
pub(super) fn statements(settings: &Settings) -> Vec<Statement> {
    let gzip = gzip_vary(&settings.gzip).map(Statement::Header);
    let more = settings.more_headers.iter().map(|MoreHeader(operation)| Statement::Header(operation.clone()));
    let added = settings.add_headers.lines.iter().cloned().map(Statement::Header);
    let dropped = settings.add_headers.dropped.iter().filter(|(operation, _)| is_cors(operation));
    let dropped = dropped.map(|(operation, by)| Statement::Shadowed {
        operation: operation.clone(),
        by: *by,
        perhaps_meant: false,
    });
    let added = added.chain(dropped);
    let unseen = settings.add_headers.unseen.map(|unknown| (Effect::Headers, unknown));
    let foreign = settings.opaque.iter().map(|(_, effect, unknown)| (*effect, *unknown));
    let unknown =
        unseen.into_iter().chain(foreign).map(|(effect, unknown)| Statement::UnknownEffect { effect, unknown });
    gzip.into_iter().chain(more).chain(added).chain(unknown).collect()
}

fn is_cors(operation: &HeaderOperation) -> bool {
    matches!(&operation.name, Name::Exact(name) if name.to_ascii_lowercase().starts_with("access-control-"))
}

/// `Vary: Accept-Encoding`, on a line of its own before the others.
fn gzip_vary(gzip: &Gzip) -> Option<HeaderOperation> {
    let location = gzip.vary.filter(|_| gzip.on)?;
    // text/html is compressed whatever gzip_types says.
    let types = gzip.types.iter().map(String::as_str).chain(["text/html"]);
    Some(HeaderOperation {
        action: Action::Add,
        name: Name::Exact("Vary".to_owned()),
        layer: OWN,
        clears: Vec::new(),
        value: Expression::literal("Accept-Encoding"),
        if_empty: IfEmpty::Omit,
        applies: Applies {
            statuses: Statuses::Only(Cow::Borrowed(COMPRESSED)),
            makers: Makers { file: false, ..makers_of_types(types) },
        },
        written: Written { directive: location, name: location, value: location },
    })
}

/// The layer that an application's own headers enter.
pub(super) const APPLICATION: LayerId = UPSTREAM;
