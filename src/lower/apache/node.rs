//! Directives as httpd takes them in: `Define` and `Macro` worked in, `IfModule` and its kin decided.

use std::collections::BTreeMap;

use super::modules;
use crate::link::Item;
use crate::parse::apache;
use crate::policy::{Condition, RemarkKind};
use crate::source::{Location, SourceId, Span};
use crate::syntax::apache::Part;
use crate::syntax::directive::{Directive, Word};
use crate::syntax::hole;

/// Deepest nesting of sections and macros: directives are walked and dropped recursively.
const DEEPEST: usize = 256;
/// How many bytes macros and definitions may add to what is written: that alone is bounded by the input.
const MOST_ADDED: usize = 8 << 20;
/// How many of them at once.
const MOST_AT_ONCE: usize = 64 << 10;
/// What a directive counts beside its words.
const NODE: usize = 64;

/// A directive or section.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Its name in lower case.
    pub(super) name: String,
    /// Its arguments; what nobody knows in them is spelt as [`hole::encode`] spells the tags of templates.
    pub(super) words: Vec<Word>,
    /// What stands in it, if it is a section.
    pub(super) children: Vec<Self>,
    /// What has to hold for it to be there at all.
    pub(super) given: Condition,
    source: SourceId,
    head: Span,
}

impl Node {
    /// From its name to its last argument.
    pub(super) fn head(&self) -> Location {
        Location { source: self.source, span: self.head }
    }

    /// Where one of its words stands.
    pub(super) fn at(&self, word: &Word) -> Location {
        Location { source: self.source, span: word.span }
    }

    /// The value of an argument.
    pub(super) fn argument(&self, index: usize) -> Option<&str> {
        self.words.get(index).map(|word| word.value.as_str())
    }

    /// Whether an argument is this word, in whatever case.
    pub(super) fn says(&self, index: usize, word: &str) -> bool {
        self.argument(index).is_some_and(|argument| argument.eq_ignore_ascii_case(word))
    }
}

/// What is not known of how httpd is started, asked as a condition: what it is, fit to follow "assuming ".
pub(super) type Ask<'a> = &'a mut dyn FnMut(String, Location) -> Condition;

/// Takes in the directives of a configuration.
pub(super) struct Reader<'a, 't> {
    ask: Ask<'a>,
    defined: BTreeMap<String, String>,
    macros: BTreeMap<String, (Vec<String>, &'a [Item<'t>])>,
    /// What was left out, and where; in that order.
    pub(super) left_out: Vec<(RemarkKind, Location, String)>,
    /// The macros that are being used, outermost first.
    open: Vec<String>,
    depth: usize,
    added: usize,
}

impl<'a, 't> Reader<'a, 't> {
    pub(super) fn new(ask: Ask<'a>) -> Self {
        let (defined, macros) = (BTreeMap::new(), BTreeMap::new());
        Self { ask, defined, macros, left_out: Vec::new(), open: Vec::new(), depth: 0, added: 0 }
    }

    /// The directives of a list; what is certainly not there is left out.
    pub(super) fn read(&mut self, items: &'a [Item<'t>]) -> Vec<Node> {
        let mut nodes = Vec::new();
        self.read_into(items, &Condition::Always, &BTreeMap::new(), &mut nodes);
        nodes
    }

    fn read_into(
        &mut self,
        items: &'a [Item<'t>],
        given: &Condition,
        parameters: &BTreeMap<String, String>,
        nodes: &mut Vec<Node>,
    ) {
        if self.depth == DEEPEST {
            if let Some(item) = items.first() {
                let why =
                    format!("sections and macros nest so deeply that `{}` is left out", item.directive.name.value);
                self.leave_out(RemarkKind::NotUnderstood, item, why);
            }
            return;
        }
        self.depth += 1;
        for item in items {
            // A longer line is rare enough not to count for more.
            if !self.open.is_empty() && !self.affords(written(item.directive).min(MOST_AT_ONCE)) {
                let why = format!("macros come to so much that `{}` is left out", item.directive.name.value);
                self.leave_out(RemarkKind::NotUnderstood, item, why);
                break;
            }
            self.read_one(item, given, parameters, nodes);
        }
        self.depth -= 1;
    }

    fn read_one(
        &mut self,
        item: &'a Item<'t>,
        given: &Condition,
        parameters: &BTreeMap<String, String>,
        nodes: &mut Vec<Node>,
    ) {
        let directive = item.directive;
        let name = directive.name.value.to_ascii_lowercase();
        let words: Vec<Word> = directive.arguments.iter().map(|word| self.filled(word, parameters)).collect();
        let argument = |index: usize| words.get(index).map(|word: &Word| word.value.clone());
        let node = |children| Node {
            name: name.clone(),
            words: words.clone(),
            children,
            given: given.clone(),
            source: item.source,
            head: directive.head(),
        };
        match name.as_str() {
            "define" => {
                let value = argument(1).unwrap_or_default();
                self.defined.extend(argument(0).map(|name| (name, value)));
            }
            "undefine" => drop(argument(0).and_then(|name| self.defined.remove(&name))),
            "macro" => {
                let mut names = words.iter().map(|word| word.value.clone());
                let name = names.next().unwrap_or_default().to_ascii_lowercase();
                self.macros.insert(name, (names.collect(), &item.children));
            }
            "use" => self.expand(item, &words, given, nodes),
            "ifmodule" | "ifdefine" | "ifversion" | "iffile" | "ifdirective" | "ifsection" => {
                let location = Location { source: item.source, span: directive.head() };
                match self.decide(&name, &words, location) {
                    Condition::Not(inner) if *inner == Condition::Always => {}
                    Condition::Always => self.read_into(&item.children, given, parameters, nodes),
                    unknown => {
                        let given = both(given.clone(), unknown);
                        self.read_into(&item.children, &given, parameters, nodes);
                    }
                }
            }
            _ => {
                let mut children = Vec::new();
                self.read_into(&item.children, &Condition::Always, parameters, &mut children);
                nodes.push(node(children));
            }
        }
    }

    /// Puts what a macro says in the place of its `Use`.
    fn expand(&mut self, item: &Item<'t>, words: &[Word], given: &Condition, nodes: &mut Vec<Node>) {
        let mut values = words.iter().map(|word| word.value.clone());
        let name = values.next().unwrap_or_default().to_ascii_lowercase();
        let Some((names, items)) = self.macros.get(&name).cloned() else { return };
        // mod_macro.c, `use_macro`.
        if self.open.contains(&name) {
            self.leave_out(RemarkKind::WillNotStart, item, format!("the macro `{name}` uses itself"));
            return;
        }
        let parameters: BTreeMap<String, String> = names.into_iter().zip(values).collect();
        self.open.push(name);
        self.read_into(items, given, &parameters, nodes);
        self.open.pop();
    }

    fn leave_out(&mut self, kind: RemarkKind, item: &Item<'t>, why: String) {
        let location = Location { source: item.source, span: item.directive.head() };
        if !self.left_out.iter().any(|(known, place, _)| (*known, *place) == (kind, location)) {
            self.left_out.push((kind, location, why));
        }
    }

    /// Counts what is added to what is written; false if that is too much.
    fn affords(&mut self, bytes: usize) -> bool {
        let added = self.added.saturating_add(bytes);
        let affords = bytes <= MOST_AT_ONCE && added <= MOST_ADDED;
        self.added = if affords { added } else { self.added };
        affords
    }

    /// A word with what macros and `Define` put into it.
    fn filled(&mut self, word: &Word, parameters: &BTreeMap<String, String>) -> Word {
        let mut value = word.value.clone();
        // Of names that begin alike the longer one is meant (mod_macro: `substitute_macro_args`).
        let mut names: Vec<&String> = parameters.keys().collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            let parameter = &parameters[name];
            value = match value.matches(name.as_str()).count() {
                0 => continue,
                times if self.affords(times.saturating_mul(parameter.len())) => value.replace(name.as_str(), parameter),
                _ => value.replace(name.as_str(), &hole::encode(name)),
            };
        }
        Word { value: self.with_definitions(&value), ..word.clone() }
    }

    /// `${NAME}` is what was defined, else what the environment holds (`ap_resolve_env`).
    fn with_definitions(&mut self, value: &str) -> String {
        let mut fill = |part: Part| match part {
            Part::Text(text) => text,
            Part::Hole(tag) => hole::encode(&tag),
            Part::Define(name) => match self.defined.get(&name).cloned() {
                Some(value) if self.affords(value.len()) => value,
                // `${0}` is no name of the environment.
                None if name.starts_with(|c: char| c.is_ascii_digit()) => format!("${{{name}}}"),
                _ => hole::encode(&format!("${{{name}}}")),
            },
        };
        if value.contains("${") {
            apache::defines(value).into_iter().map(&mut fill).collect()
        } else {
            value.to_owned()
        }
    }

    /// Whether a section is read, or what that hangs on.
    fn decide(&mut self, name: &str, words: &[Word], location: Location) -> Condition {
        let first = words.first().map(|word| word.value.as_str()).unwrap_or_default();
        let (negated, asked) = first.strip_prefix('!').map_or((false, first), |rest| (true, rest));
        let holds = match name {
            "ifmodule" => match modules::is_loaded(asked) {
                Some(loaded) => decided(loaded),
                None => (self.ask)(format!("the module `{}` is loaded", hole::decode(asked)), location),
            },
            "ifdefine" if self.defined.contains_key(asked) => Condition::Always,
            "ifdefine" => (self.ask)(format!("httpd is started with `-D {}`", hole::decode(asked)), location),
            "ifversion" => modules::version_holds(words).map_or_else(
                || (self.ask)(format!("the version of httpd is `{}`", hole::decode(first)), location),
                decided,
            ),
            _ => (self.ask)(format!("`{}` is there", hole::decode(asked)), location),
        };
        if negated && name != "ifversion" { holds.negated() } else { holds }
    }
}

/// What a directive counts as it is written.
fn written(directive: &Directive) -> usize {
    NODE + directive.arguments.iter().map(|word| word.value.len()).sum::<usize>()
}

/// A condition that is known.
pub(super) fn decided(holds: bool) -> Condition {
    if holds { Condition::Always } else { Condition::Always.negated() }
}

/// Whether a condition never holds.
pub(super) fn is_never(condition: &Condition) -> bool {
    matches!(condition, Condition::Not(inner) if **inner == Condition::Always)
}

/// Both conditions.
pub(super) fn both(one: Condition, other: Condition) -> Condition {
    match (one, other) {
        (Condition::Always, other) => other,
        (one, Condition::Always) => one,
        (one, other) if is_never(&one) || is_never(&other) => decided(false),
        (Condition::All(mut list), other) => {
            list.push(other);
            Condition::All(list)
        }
        (one, other) => Condition::All(vec![one, other]),
    }
}
