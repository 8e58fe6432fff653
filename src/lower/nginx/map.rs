//! `map`: a variable computed from another by a table.
//!
//! Sources: <https://nginx.org/en/docs/http/ngx_http_map_module.html>, `ngx_http_map_module.c`. Strings, compared without
//! regard to case, come before wildcard names, these before regular expressions, and the default last, wherever they
//! stand.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::link::Item;
use crate::parse::nginx::map_key;
use crate::policy::{Arm, Condition, Expression, Switch};
use crate::syntax::nginx::MapKey;

use super::{Lowering, head, word_at};
use crate::lower::template as stand_in;

/// A `map`'s value.
pub(super) fn definition(lowering: &mut Lowering, map: &Item<'_>) -> Expression {
    let Some(source) = map.directive.arguments.first() else { return Expression::literal("") };
    let subject = lowering.expression(map, source);
    let hostnames = map.children.iter().any(|entry| entry.directive.is("hostnames") && is_flag(entry));
    let mut table = Table::default();
    for entry in &map.children {
        read_entry(lowering, entry, &subject, hostnames, &mut table);
    }
    table.wildcards.sort_by_key(|(length, _)| Reverse(*length));
    let wildcards = table.wildcards.into_iter().map(|(_, arm)| arm);
    let arms = table.strings.into_iter().chain(wildcards).chain(table.patterns).collect();
    Expression::Switch(Box::new(Switch { arms, otherwise: table.otherwise }))
}

/// The entries of a map by kind.
#[derive(Default)]
struct Table {
    keys: HashSet<String>,
    strings: Vec<Arm>,
    wildcards: Vec<(usize, Arm)>,
    patterns: Vec<Arm>,
    otherwise: Option<(Expression, crate::source::Location)>,
}

fn is_flag(entry: &Item<'_>) -> bool {
    entry.directive.arguments.is_empty()
}

fn read_entry(lowering: &mut Lowering, entry: &Item<'_>, subject: &Expression, hostnames: bool, table: &mut Table) {
    if entry.directive.is_hole() && is_flag(entry) {
        return table.strings.push(unseen(lowering, entry));
    }
    let Some(word) = entry.directive.arguments.first() else {
        if !matches!(entry.directive.name.value.as_str(), "hostnames" | "volatile") {
            lowering.will_not_start(entry, head(entry), "an entry of a `map` takes a key and a value");
        }
        return;
    };
    if entry.directive.is("include") {
        return;
    }
    let location = head(entry);
    match map_key(&entry.directive.name) {
        MapKey::Default => table.otherwise = Some((lowering.expression(entry, word), location)),
        MapKey::Regex { pattern, ignore_case } => {
            // First the pattern: its named groups are variables that the value may use.
            let pattern = lowering.pattern(&pattern, ignore_case, word_at(entry, &entry.directive.name));
            let value = lowering.expression(entry, word);
            table.patterns.push(Arm {
                condition: Condition::Matches { subject: subject.clone(), pattern },
                value,
                location,
            });
        }
        MapKey::Literal(key) => {
            let key = stand_in::origin(&key);
            refuse_key(lowering, entry, &key, hostnames, table);
            let value = lowering.expression(entry, word);
            match wildcard(subject, &key).filter(|_| hostnames) {
                Some(condition) => table.wildcards.push((key.len(), Arm { condition, value, location })),
                None => table.strings.push(Arm { condition: equal(subject, &key), value, location }),
            }
        }
    }
}

/// Entries that cannot be seen: one of them may apply.
fn unseen(lowering: &mut Lowering, entry: &Item<'_>) -> Arm {
    let text = super::head_text(entry);
    let applies = lowering.filled_in(format!("`{text}` has an entry that applies"), head(entry));
    let value = lowering.filled_in(format!("what `{text}` has"), head(entry));
    Arm { condition: Condition::Unknown(applies), value: Expression::Unknown(value), location: head(entry) }
}

/// Keys with which nginx does not start: one that is there already, also in another case, and with `hostnames` a
/// wildcard that is neither the first nor the last label.
fn refuse_key(lowering: &mut Lowering, entry: &Item<'_>, key: &str, hostnames: bool, table: &mut Table) {
    if !table.keys.insert(key.to_ascii_lowercase()) {
        lowering.will_not_start(entry, head(entry), format!("`{key}` is in this `map` already"));
    }
    let inner = key.strip_prefix("*.").or_else(|| key.strip_suffix(".*")).unwrap_or(key);
    if hostnames && inner.contains('*') {
        let message = format!("`{key}` is no host name: a `*` stands for the first or the last label");
        lowering.will_not_start(entry, head(entry), message);
    }
}

fn equal(subject: &Expression, key: &str) -> Condition {
    Condition::Equal { left: subject.clone(), right: Expression::literal(key), ignore_case: true }
}

/// `*.example.com`, `.example.com` and `www.example.*` of a map with `hostnames`. Labels are cut at dots, so the first
/// two also match the end of an origin.
fn wildcard(subject: &Expression, key: &str) -> Option<Condition> {
    let ends_with = |suffix: &str| Condition::EndsWith {
        subject: subject.clone(),
        text: Expression::literal(suffix),
        ignore_case: true,
    };
    if let Some(suffix) = key.strip_prefix('*').filter(|rest| rest.starts_with('.')) {
        return Some(ends_with(suffix));
    }
    if let Some(apex) = key.strip_prefix('.') {
        return Some(Condition::Any(vec![equal(subject, apex), ends_with(key)]));
    }
    let prefix = key.strip_suffix('*').filter(|rest| rest.ends_with('.'))?;
    Some(Condition::StartsWith { subject: subject.clone(), text: Expression::literal(prefix), ignore_case: true })
}
