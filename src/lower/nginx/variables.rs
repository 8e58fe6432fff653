//! Variables and strings with variables in them.

use std::collections::HashMap;

use crate::link::Item;
use crate::link::nginx::Configuration;
use crate::parse::nginx::interpolate;
use crate::policy::{self, Expression, Pattern, PatternId, RemarkKind, UnknownId, Variable, VariableId};
use crate::source::Location;
use crate::syntax::directive::Word;
use crate::syntax::hole;
use crate::syntax::nginx::Part;

use super::{Lowering, builtin, head, map, word_at};
use crate::lower::template as stand_in;

/// The variables of a configuration by name. nginx lower-cases their names.
pub(super) type Variables = HashMap<String, VariableId>;

/// Directives that define the variable that one of their arguments names, and which that is.
const DEFINED_ELSEWHERE: &[(&str, usize)] = &[
    ("geo", 1),
    ("geoip2", 0),
    ("split_clients", 1),
    ("perl_set", 0),
    ("js_set", 0),
    ("set_by_lua", 0),
    ("set_by_lua_block", 0),
    ("set_by_lua_file", 0),
    ("auth_request_set", 0),
    ("auth_jwt_claim_set", 0),
    ("secure_link_hmac_secret", 0),
    ("set_real_ip_header", 0),
];

impl Lowering {
    /// Finds every variable that the configuration defines; a `map`'s text is lowered once all names are known.
    pub(super) fn declare_variables(&mut self, configuration: &Configuration<'_>) {
        let mut maps = Vec::new();
        self.declare_in(&configuration.items, &mut maps);
        let known: Vec<String> = self.variables.keys().cloned().collect();
        for neighbour in &configuration.neighbours {
            // A variable of a file beside this one counts only where this configuration has none of that name.
            let name = defined_name(neighbour);
            if name.is_some_and(|name| !known.contains(&name)) {
                self.declare_in(std::slice::from_ref(neighbour), &mut maps);
            }
        }
        for (variable, item) in maps {
            let definition = map::definition(self, item);
            let volatile = item.children.iter().any(|entry| entry.directive.is("volatile"));
            if let Some(slot) = self.policy.variables.get_mut(variable.index()) {
                slot.definition = Some(definition);
                slot.volatile = volatile;
            }
        }
    }

    fn declare_in<'i>(&mut self, items: &'i [Item<'i>], maps: &mut Vec<(VariableId, &'i Item<'i>)>) {
        for item in items {
            let name = item.directive.name.value.as_str();
            if name == "map" {
                if let Some(target) = item.directive.argument(1).and_then(|word| word.strip_prefix('$')) {
                    let variable = self.declare(target, Some(head(item)));
                    maps.push((variable, item));
                }
                continue;
            }
            if name == "set"
                && let Some(target) = item.directive.argument(0).and_then(|word| word.strip_prefix('$'))
            {
                self.declare(target, None);
            }
            self.declare_elsewhere(item);
            self.declare_in(&item.children, maps);
        }
    }

    fn declare_elsewhere(&mut self, item: &Item<'_>) {
        let name = item.directive.name.value.as_str();
        let Some((_, index)) = DEFINED_ELSEWHERE.iter().find(|(directive, _)| *directive == name) else { return };
        let words = &item.directive.arguments;
        // `geo $x { … }` looks at the client's address and has only the one name.
        let word = words.get(*index).or(words.first());
        let Some(target) = word.and_then(|word| word.value.strip_prefix('$')) else { return };
        let unknown = self.unknown(format!("`${target}`"), "is set by something that is not followed", head(item));
        let variable = self.declare(target, Some(head(item)));
        if let Some(slot) = self.policy.variables.get_mut(variable.index()) {
            slot.definition = Some(Expression::Unknown(unknown));
        }
    }

    fn declare(&mut self, name: &str, location: Option<Location>) -> VariableId {
        let name = name.to_ascii_lowercase();
        if let Some(id) = self.variables.get(&name) {
            return *id;
        }
        let variable = Variable { name: name.clone(), definition: None, volatile: false, location, taken_for: None };
        let id = VariableId(policy::push(&mut self.policy.variables, variable));
        self.variables.insert(name, id);
        id
    }

    /// The variable that `set` assigns to; `None` when the word is no variable.
    pub(super) fn assigned(&mut self, word: &Word) -> Option<VariableId> {
        Some(self.declare(word.value.strip_prefix('$')?, None))
    }

    /// The value of a word of a directive.
    pub(super) fn expression(&mut self, item: &Item<'_>, word: &Word) -> Expression {
        self.text(word_at(item, word), &word.value)
    }

    /// The value of a text with variables.
    pub(super) fn text(&mut self, location: Location, text: &str) -> Expression {
        match interpolate(text) {
            Ok(parts) => {
                let parts = parts.iter().map(|part| self.part(location, part)).collect();
                let mut parts: Vec<Expression> = joined(parts);
                match parts.len() {
                    0 => Expression::literal(""),
                    1 => parts.remove(0),
                    _ => Expression::Concatenation(parts),
                }
            }
            Err(_) => Expression::Unknown(self.unknown(
                format!("`{}`", hole::decode(text)),
                "is not a text that nginx takes",
                location,
            )),
        }
    }

    fn part(&mut self, location: Location, part: &Part) -> Expression {
        match part {
            Part::Text(text) => Expression::Literal(text.clone()),
            Part::Capture(group) => Expression::Capture(*group),
            Part::Variable(name) => self.named(location, name),
            Part::Hole(tag) => self.hole(location, tag),
        }
    }

    /// What a template fills in; `$NAME` is a variable after all where the configuration has one of that name.
    fn hole(&mut self, location: Location, tag: &str) -> Expression {
        let name = tag.strip_prefix('$').map(|name| name.trim_matches(['{', '}']).to_ascii_lowercase());
        match name.and_then(|name| self.variables.get(&name)) {
            Some(variable) => Expression::Variable(*variable),
            None => Expression::Unknown(self.filled_in(format!("`{tag}`"), location)),
        }
    }

    /// Something that a template decides: the same tag is the same wherever it stands.
    pub(super) fn filled_in(&mut self, what: String, location: Location) -> UnknownId {
        const WHY: &str = "is filled in by a template";
        let known = self.policy.unknowns.iter().find(|known| known.what == what && known.why == WHY);
        let location = known.map_or(location, |known| known.location);
        self.unknown(what, WHY, location)
    }

    /// The value of `$name`.
    pub(super) fn named(&mut self, location: Location, name: &str) -> Expression {
        let name = name.to_ascii_lowercase();
        if let Some(variable) = self.variables.get(&name) {
            return Expression::Variable(*variable);
        }
        builtin::expression(&name).unwrap_or_else(|| {
            self.suspect(location, &name);
            Expression::Unknown(self.unknown(format!("`${name}`"), "is set outside this configuration", location))
        })
    }

    /// Notes that a variable that is nowhere defined is spelt almost like one that is: nginx does not start then.
    fn suspect(&mut self, location: Location, name: &str) {
        if builtin::is_known(name) {
            return;
        }
        let known = self.variables.keys().find(|known| is_almost(known, name)).cloned();
        if let Some(known) = known {
            let message = format!("there is no variable `${name}`, but there is `${known}`");
            self.remark(RemarkKind::WillNotStart, location, message);
        }
    }

    /// A regular expression; its named groups become variables.
    pub(super) fn pattern(&mut self, source: &str, ignore_case: bool, location: Location) -> PatternId {
        let shown = hole::decode(source);
        let mut pattern = if let (true, None) = (hole::has_hole(source), stand_in::pattern(source)) {
            Pattern::partial(&shown, ignore_case, self.filled_in(format!("`{shown}` matches"), location))
        } else {
            let unknown = self.unknown(format!("`{shown}` matches"), "is a pattern that cannot be run here", location);
            let source = stand_in::pattern(source).unwrap_or_else(|| source.to_owned());
            Pattern::pcre(&source, ignore_case, unknown)
        };
        let names: Vec<(String, usize)> = pattern.names().map(|(name, group)| (name.to_owned(), group)).collect();
        pattern.variables = names.iter().map(|(name, group)| (self.declare(name, None), *group)).collect();
        PatternId(policy::push(&mut self.policy.patterns, pattern))
    }
}

/// The parts with neighbouring literals put together: what is fixed shows as a literal.
fn joined(parts: Vec<Expression>) -> Vec<Expression> {
    let mut joined: Vec<Expression> = Vec::with_capacity(parts.len());
    for part in parts {
        match (joined.last_mut(), part) {
            (Some(Expression::Literal(text)), Expression::Literal(more)) => text.push_str(&more),
            (_, part) => joined.push(part),
        }
    }
    joined
}

/// Whether one name becomes the other by one letter more, less or changed, or two neighbours changing places.
fn is_almost(one: &str, other: &str) -> bool {
    let (short, long) =
        if one.len() <= other.len() { (one.as_bytes(), other.as_bytes()) } else { (other.as_bytes(), one.as_bytes()) };
    // Short names are alike by chance.
    if short.len() < 5 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[same..], &long[same..]);
    match long.len() - short.len() {
        1 => short == &long[1..],
        0 if short.len() < 2 => !short.is_empty(),
        0 => short[1..] == long[1..] || (short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..]),
        _ => false,
    }
}

fn defined_name(item: &Item<'_>) -> Option<String> {
    let words = &item.directive.arguments;
    let word = words.get(1).or(words.first())?;
    Some(word.value.strip_prefix('$')?.to_ascii_lowercase())
}
