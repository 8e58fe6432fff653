//! Who may: `Require`, `Allow` and `Deny`, `Satisfy`, `AllowMethods`.

use super::endpoint::Place;
use super::expression::network_condition;
use super::node::{Node, both, decided, is_never};
use super::scope::Scope;
use super::{Lowering, when};
use crate::parse::apache;
use crate::policy::{Condition, Depends, Expression, Require, Requirement, RequirementKind, Respond, Statement};
use crate::source::Location;
use crate::syntax::directive::Word;

/// Directives of access control, which `Limit` confines to methods, with the sections that only they stand in.
const ACCESS: &[&str] = &["require", "requireall", "requireany", "requirenone", "order", "allow", "deny", "satisfy"];

/// Whether `Limit` confines a directive to its methods.
pub(super) fn is_access(name: &str) -> bool {
    ACCESS.contains(&name)
}

/// What one section says of access.
struct Rules<'n> {
    guard: Condition,
    /// Each with the methods that it is confined to.
    require: Vec<(Condition, &'n Node)>,
    /// `Order`, `Allow`, `Deny`, `Satisfy`, likewise.
    legacy: Vec<(Condition, &'n Node)>,
}

impl Lowering {
    pub(super) fn access(&mut self, place: &Place<'_, '_>) -> Vec<Statement> {
        let scopes = &place.scopes;
        let mut statements = allow_methods(scopes);
        // Files lie in a folder that something grants; a proxied path may lie in none.
        if place.region.is_proxied() {
            statements.extend(unguarded_login(scopes));
        }
        let sections: Vec<Rules<'_>> = scopes.iter().filter(|scope| !scope.is_outside()).map(rules).collect();
        if sections.iter().all(|section| section.legacy.is_empty()) {
            statements.extend(self.nested(&sections));
        } else {
            statements.extend(self.combined(&sections));
        }
        statements
    }

    /// Each section that speaks of it at all speaks instead of those outside it (`AuthMerging Off`).
    fn nested(&mut self, sections: &[Rules<'_>]) -> Vec<Statement> {
        let mut chosen_statements = Vec::new();
        for section in sections.iter().filter(|section| !section.require.is_empty()) {
            let own = self.required(&section.require, false);
            let location = refusing(section).unwrap_or(section.require[0].1.head());
            let then = require(own, location);
            chosen_statements = match section.guard.clone() {
                Condition::Always => then,
                condition => vec![Statement::When { condition, then, otherwise: chosen_statements }],
            };
        }
        chosen_statements
    }

    /// The same where `Allow` and `Deny`, and perhaps `Satisfy`, have a say.
    fn combined(&mut self, sections: &[Rules<'_>]) -> Vec<Statement> {
        let spoken = sections.iter().rev().filter(|section| section.guard == Condition::Always);
        let Some(location) = spoken.chain(sections.iter().rev()).find_map(refusing) else { return Vec::new() };
        let mut granted = Condition::Always;
        let mut allowed = Condition::Always;
        let mut any = decided(false);
        for section in sections {
            if !section.require.is_empty() {
                let own = self.required(&section.require, false);
                granted = chosen(&section.guard, own, granted);
            }
            if !section.legacy.is_empty() {
                allowed = chosen(&section.guard, self.legacy(&section.legacy), allowed);
                any = chosen(&section.guard, satisfies_any(&section.legacy), any);
            }
        }
        let may = either(
            both(any.clone().negated(), both(allowed.clone(), granted.clone())),
            both(any, either(allowed, granted)),
        );
        require(may, location)
    }

    /// What directives of one level ask for: one of them is enough.
    fn required(&mut self, list: &[(Condition, &Node)], all: bool) -> Condition {
        let mut asked = Vec::new();
        let mut any_confined_to = decided(false);
        for (methods, node) in list {
            let own = self.requirement(node);
            asked.push(if all { either(methods.clone().negated(), own) } else { both(methods.clone(), own) });
            any_confined_to = either(any_confined_to, methods.clone());
        }
        if all {
            return asked.into_iter().fold(Condition::Always, both);
        }
        // A method that none of them speaks of is free.
        either(any_confined_to.negated(), asked.into_iter().fold(decided(false), either))
    }

    fn requirement(&mut self, node: &Node) -> Condition {
        match node.name.as_str() {
            "requireall" | "requireany" => {
                let inner: Vec<(Condition, &Node)> =
                    node.children.iter().filter(|inner| inner.name.starts_with("require")).map(always).collect();
                self.required(&inner, node.name == "requireall")
            }
            "requirenone" => {
                let inner: Vec<(Condition, &Node)> =
                    node.children.iter().filter(|inner| inner.name.starts_with("require")).map(always).collect();
                self.required(&inner, false).negated()
            }
            _ => self.provider(node),
        }
    }

    /// `Require [not] provider …`
    fn provider(&mut self, node: &Node) -> Condition {
        let negated = node.says(0, "not");
        let words = &node.words[usize::from(negated).min(node.words.len())..];
        let Some((provider, arguments)) = words.split_first() else { return Condition::Always };
        let condition = match provider.value.to_ascii_lowercase().as_str() {
            "all" => decided(arguments.first().is_some_and(|word| word.value.eq_ignore_ascii_case("granted"))),
            "method" => Condition::MethodIn(methods(arguments)),
            "env" => {
                let names = arguments.iter().map(|word| Condition::Defined(self.defined(&word.value)));
                names.fold(decided(false), either)
            }
            "ip" => arguments.iter().map(|word| network_condition(&word.value)).fold(decided(false), either),
            "local" => network_condition("127.0.0.1"),
            "host" | "forward-dns" => {
                let names = arguments.iter().map(|word| word.value.as_str()).collect::<Vec<_>>().join(" ");
                let (what, why) = (format!("the request comes from `{names}`"), "hangs on its address");
                Condition::Unknown(self.unknown(what, why, Depends::Nothing, node.head()))
            }
            "expr" => arguments.first().map_or(Condition::Always, |word| match apache::test(word, 0) {
                Ok(test) => self.test(&test, node.at(word)),
                Err(_) => decided(false),
            }),
            // `valid-user`, `user`, `group`, `ldap-group`, `claim` …: whoever is let in has logged in.
            _ => Condition::LoggedIn,
        };
        if negated { condition.negated() } else { condition }
    }

    fn defined(&mut self, name: &str) -> Expression {
        Expression::Variable(self.variable(name))
    }

    /// `Order`, `Allow` and `Deny` of one section (`mod_access_compat.c`, `check_dir_access`).
    fn legacy(&mut self, list: &[(Condition, &Node)]) -> Condition {
        let mut allow_first = decided(false);
        let (mut allows, mut denies) = (decided(false), decided(false));
        for (methods, node) in list {
            match node.name.as_str() {
                "order" => {
                    let order = node.words.iter().map(|word| word.value.to_ascii_lowercase()).collect::<String>();
                    let allow_deny = decided(order.starts_with("allow") || order.starts_with("mutual"));
                    allow_first = chosen(methods, allow_deny, allow_first);
                }
                "allow" => allows = either(allows, both(methods.clone(), self.from(node))),
                "deny" => denies = either(denies, both(methods.clone(), self.from(node))),
                _ => {}
            }
        }
        // `Order allow,deny`: allowed and not denied; `deny,allow`: denied only if not allowed.
        let strict = both(allows.clone(), denies.clone().negated());
        let lax = either(denies.negated(), allows);
        chosen(&allow_first, strict, lax)
    }

    /// `Allow from …`, `Deny from …`
    fn from(&mut self, node: &Node) -> Condition {
        let mut any = decided(false);
        for word in node.words.iter().skip(1) {
            let value = word.value.to_ascii_lowercase();
            let condition = if value == "all" {
                Condition::Always
            } else if let Some(name) = value.strip_prefix("env=") {
                let (negated, name) = name.strip_prefix('!').map_or((false, name), |rest| (true, rest));
                let defined = Condition::Defined(self.defined(name));
                if negated { defined.negated() } else { defined }
            } else {
                network_condition(&value)
            };
            any = either(any, condition);
        }
        both(node.given.clone(), any)
    }
}

/// A statement that lets only those through who meet a condition. Where a login would do, httpd asks for one
/// (`mod_authz_core.c`, `AUTHZ_DENIED_NO_USER`).
fn require(may: Condition, location: Location) -> Vec<Statement> {
    if may == Condition::Always {
        return Vec::new();
    }
    let requirement = |condition, status| Requirement { kind: RequirementKind::Holds(condition), status, location };
    let with_login = logged_in(&may);
    let mut of = vec![requirement(with_login.clone(), 403)];
    if with_login != may {
        of.push(requirement(may, 401));
    }
    vec![Statement::Require(Require { any: false, of, location })]
}

/// What a scope says of access, inside `Limit` too.
fn rules<'n>(scope: &Scope<'n>) -> Rules<'n> {
    let mut rules = Rules { guard: scope.guard.clone(), require: Vec::new(), legacy: Vec::new() };
    let mut add = |methods: Condition, node: &'n Node| match node.name.as_str() {
        "require" | "requireall" | "requireany" | "requirenone" => rules.require.push((methods, node)),
        "order" | "allow" | "deny" | "satisfy" => rules.legacy.push((methods, node)),
        _ => {}
    };
    for node in &scope.nodes {
        let confined = match node.name.as_str() {
            "limit" => Condition::MethodIn(methods(&node.words)),
            "limitexcept" => Condition::MethodIn(methods(&node.words)).negated(),
            _ => {
                add(node.given.clone(), node);
                continue;
            }
        };
        for inner in &node.children {
            add(both(confined.clone(), both(node.given.clone(), inner.given.clone())), inner);
        }
    }
    rules
}

/// A directive with what it hangs on whether it is there.
fn always(node: &Node) -> (Condition, &Node) {
    (node.given.clone(), node)
}

/// GET stands for HEAD as well.
fn methods(words: &[Word]) -> Vec<String> {
    let mut methods: Vec<String> = words.iter().map(|word| word.value.clone()).collect();
    if methods.iter().any(|method| method == "GET") {
        methods.push("HEAD".to_owned());
    }
    methods
}

/// The directive to point at where somebody is refused.
fn refusing(rules: &Rules<'_>) -> Option<Location> {
    let legacy = rules.legacy.iter().filter(|(_, node)| node.name == "deny");
    // Of several, the one that is meant for some methods alone is what refuses others.
    let confined = rules.require.iter().filter(|(methods, _)| *methods != Condition::Always);
    confined.chain(&rules.require).chain(legacy).map(|(_, node)| node.head()).next()
}

fn satisfies_any(list: &[(Condition, &Node)]) -> Condition {
    let satisfy = list.iter().filter(|(_, node)| node.name == "satisfy");
    satisfy.fold(decided(false), |before, (methods, node)| chosen(methods, decided(node.says(0, "any")), before))
}

/// `AuthType` where no `Require` applies is an error of the configuration (server/request.c: "`AuthType` configured with no
/// corresponding authorization directives").
fn unguarded_login(scopes: &[Scope<'_>]) -> Vec<Statement> {
    let asks = super::scope::given(scopes).filter(|(_, node)| node.name == "authtype").last();
    let Some((scope, node)) = asks.filter(|(_, node)| !node.says(0, "None")) else { return Vec::new() };
    let required = scopes.iter().filter(|scope| !scope.is_outside()).map(rules);
    let none_applies = required
        .filter(|rules| !rules.require.is_empty())
        .fold(Condition::Always, |none, rules| both(none, rules.guard.negated()));
    let respond = Respond { status: Some(500), target: None, as_error_page: true, location: node.head() };
    when(both(scope.holds(node), none_applies), vec![Statement::Respond(respond)])
}

/// `AllowMethods`: what the innermost section says.
fn allow_methods(scopes: &[Scope<'_>]) -> Vec<Statement> {
    let mut chosen_statements = Vec::new();
    for (scope, node) in super::scope::given(scopes).filter(|(_, node)| node.name == "allowmethods") {
        let respond = Respond { status: Some(405), target: None, as_error_page: true, location: node.head() };
        let then = if node.says(0, "reset") {
            Vec::new()
        } else {
            when(Condition::MethodIn(methods(&node.words)).negated(), vec![Statement::Respond(respond)])
        };
        chosen_statements = match scope.holds(node) {
            Condition::Always => then,
            condition => vec![Statement::When { condition, then, otherwise: chosen_statements }],
        };
    }
    chosen_statements
}

/// One of the two.
fn either(one: Condition, other: Condition) -> Condition {
    match (one, other) {
        (Condition::Always, _) | (_, Condition::Always) => Condition::Always,
        (one, other) if is_never(&one) => other,
        (one, other) if is_never(&other) => one,
        (Condition::Any(mut list), other) => {
            list.push(other);
            Condition::Any(list)
        }
        (one, other) => Condition::Any(vec![one, other]),
    }
}

/// `then` where the guard holds, else `otherwise`.
fn chosen(guard: &Condition, then: Condition, otherwise: Condition) -> Condition {
    either(both(guard.clone(), then), both(guard.clone().negated(), otherwise))
}

/// The same for a request with a login.
fn logged_in(condition: &Condition) -> Condition {
    match condition {
        Condition::LoggedIn => Condition::Always,
        Condition::All(list) => list.iter().map(logged_in).fold(Condition::Always, both),
        Condition::Any(list) => list.iter().map(logged_in).fold(decided(false), either),
        Condition::Not(inner) => logged_in(inner).negated(),
        other => other.clone(),
    }
}
