//! Variables and upstreams that a configuration finds in another folder of the tree.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Configuration, Context, Item};
use crate::link::path;
use crate::link::resolve::Files;

/// Most neighbours that a configuration is given.
const MAX_NEIGHBOURS: usize = 256;

/// A definition.
struct Provider<'c, 't> {
    /// Whether it belongs to a whole `nginx.conf`, which may be another server's: the last to be asked.
    whole: bool,
    /// Index of its configuration.
    configuration: usize,
    /// Its place among the providers.
    place: usize,
    item: &'c Item<'t>,
}

/// Who defines what: variables with their `$`, upstreams by name.
type Providers<'c, 't> = HashMap<&'t str, Vec<Provider<'c, 't>>>;

/// Gives every configuration the definitions that it lacks, and those that these in turn lack, each from the nearest
/// configuration in the `http` context that has it, else from the nearest whole one.
pub(super) fn introduce(files: &Files<'_>, configurations: &mut [Configuration<'_>]) {
    let providers = providers(configurations);
    let found: Vec<_> = (0..configurations.len()).map(|own| find(files, configurations, &providers, own)).collect();
    for (configuration, neighbours) in configurations.iter_mut().zip(found) {
        configuration.neighbours = neighbours;
    }
}

fn providers<'c, 't>(configurations: &'c [Configuration<'t>]) -> Providers<'c, 't> {
    let mut providers = Providers::new();
    let mut place = 0;
    for (index, configuration) in configurations.iter().enumerate() {
        let whole = configuration.context == Context::Main;
        let http = configuration.items.iter().filter(|item| item.directive.is("http"));
        let items: Vec<_> = match configuration.context {
            Context::Main => http.flat_map(|http| &http.children).collect(),
            Context::Http => configuration.items.iter().collect(),
            _ => continue,
        };
        for item in items {
            if let Some(name) = defined(item) {
                place += 1;
                providers.entry(name).or_default().push(Provider { whole, configuration: index, place, item });
            }
        }
    }
    providers
}

/// What an item defines for the whole `http` block.
fn defined<'t>(item: &Item<'t>) -> Option<&'t str> {
    let directive = item.directive;
    match directive.name.value.as_str() {
        "map" | "split_clients" | "keyval" => directive.argument(1),
        "geo" => directive.arguments.last().map(|word| word.value.as_str()),
        "js_set" | "perl_set" | "upstream" => directive.argument(0),
        _ => None,
    }
}

fn find<'t>(
    files: &Files<'_>,
    configurations: &[Configuration<'t>],
    providers: &Providers<'_, 't>,
    own: usize,
) -> Vec<Item<'t>> {
    let lacks = &configurations[own];
    let folder = files.folder(lacks.root);
    let rank = |provider: &Provider<'_, 't>| {
        let distance = path::distance(folder, files.folder(configurations[provider.configuration].root));
        (provider.whole, distance, provider.place)
    };
    let asked = |provider: &&Provider<'_, 't>| {
        provider.configuration != own && !(provider.whole && lacks.context == Context::Main)
    };
    let mut known = HashSet::new();
    collect_defined(&lacks.items, &mut known);
    let mut wanted = Vec::new();
    collect_used(&lacks.items, providers, &mut wanted);
    let mut found = BTreeMap::new();
    while let Some(name) = wanted.pop() {
        if !known.insert(name) || found.len() >= MAX_NEIGHBOURS {
            continue;
        }
        if let Some(nearest) = providers[name].iter().filter(asked).min_by_key(|provider| rank(provider)) {
            found.insert(rank(nearest), nearest.item.clone());
            collect_used(std::slice::from_ref(nearest.item), providers, &mut wanted);
        }
    }
    found.into_values().collect()
}

fn collect_defined<'t>(items: &[Item<'t>], names: &mut HashSet<&'t str>) {
    for item in items {
        names.extend(defined(item));
        if item.directive.is("set") {
            names.extend(item.directive.argument(0));
        }
        collect_defined(&item.children, names);
    }
}

/// The names used in these items that somebody provides.
fn collect_used<'t>(items: &[Item<'_>], providers: &Providers<'_, 't>, names: &mut Vec<&'t str>) {
    let provided = |name: &str| providers.get_key_value(name).map(|(&name, _)| name);
    for item in items {
        for word in std::iter::once(&item.directive.name).chain(&item.directive.arguments) {
            names.extend(variables(&word.value).filter_map(|variable| provided(&format!("${variable}"))));
        }
        if item.directive.name.value.ends_with("_pass") {
            names.extend(item.directive.argument(0).and_then(|address| provided(host(address))));
        }
        collect_used(&item.children, providers, names);
    }
}

/// The names of the variables in a value: `$name`, `${name}`.
fn variables(value: &str) -> impl Iterator<Item = &str> {
    value.split('$').skip(1).map(|rest| {
        let rest = rest.strip_prefix('{').unwrap_or(rest);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}

/// The host of the argument of a `proxy_pass` and its like.
fn host(address: &str) -> &str {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address.split(['/', ':']).next().unwrap_or_default()
}
