//! Which rules the recorded answers justify.
//!
//! Predicates over exchanges, written apart from those of the program so that neither can hide a fault of the other.
//! A rule is *required* where the behaviour of the real server is plainly the fault that the rule names, and *tolerated*
//! where one may see it so.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Case, Exchange, Headers, Kind, Outcome, RecordedRoute, Truth};
use crate::origins::{EVIL, attackers, unownable};

/// The rules that are judged: reported without being tolerated, they are false alarms.
pub(crate) const JUDGED: &[&str] = &[
    "wildcard-with-credentials",
    "unvalidated-origin-echo",
    "weak-origin-validation",
    "null-origin-allowed",
    "invalid-allow-origin",
    "duplicate-allow-origin",
    "invalid-allow-credentials",
    "wildcard-list-with-credentials",
    "missing-always",
    "missing-vary",
    "lost-allow-origin",
    "missing-options-handling",
    "preflight-requires-auth",
    "preflight-without-methods",
    "preflight-without-headers",
    "rejected-configuration",
    "stateful-origin-regex",
];

/// What a cache may store without being told so (RFC 9110, 15.1).
const CACHEABLE: &[u16] = &[200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501];

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Justified {
    /// Must be reported.
    pub(crate) required: BTreeSet<&'static str>,
    /// May be reported besides.
    pub(crate) tolerated: BTreeSet<&'static str>,
}

impl Justified {
    fn require(&mut self, rule: &'static str, when: bool) {
        if when {
            self.required.insert(rule);
        }
    }

    fn tolerate(&mut self, rule: &'static str, when: bool) {
        if when {
            self.tolerated.insert(rule);
        }
    }

    /// Requires it if `plain`, else tolerates it.
    fn judge(&mut self, rule: &'static str, plain: bool) {
        if plain { &mut self.required } else { &mut self.tolerated }.insert(rule);
    }
}

/// What a case justifies.
pub(crate) fn case(case: &Case, truth: &Truth) -> Justified {
    let mut justified = Justified::default();
    for recorded in &truth.routes {
        Judge { recorded }.all(&mut justified);
    }
    let open = |recorded: &RecordedRoute| recorded.exchanges.iter().any(|e| e.allow_origin().as_deref() == Some("*"));
    justified.tolerate("lost-allow-origin", truth.routes.iter().any(open));
    let is_silent = |recorded: &RecordedRoute| recorded.exchanges.iter().any(|exchange| exchange.status == 0);
    justified.tolerate("rejected-configuration", truth.rejected.is_some() || truth.routes.iter().any(is_silent));
    if case.setup.judge.as_deref() == Some("tolerate") {
        let required = std::mem::take(&mut justified.required);
        justified.tolerated.extend(required);
    }
    justified
}

/// The values of all headers of this name.
fn values<'a>(headers: &'a Headers, name: &'a str) -> impl Iterator<Item = &'a str> {
    headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// The members of a list header.
pub(crate) fn tokens<'a>(headers: &'a Headers, name: &'a str) -> impl Iterator<Item = &'a str> {
    values(headers, name).flat_map(|value| value.split(',')).map(str::trim)
}

impl Exchange {
    fn joined(&self, name: &str) -> Option<String> {
        let all: Vec<&str> = values(&self.headers, name).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }

    /// Allow-Origin as a browser joins its lines.
    fn allow_origin(&self) -> Option<String> {
        self.joined("access-control-allow-origin")
    }

    fn allow_credentials(&self) -> Option<String> {
        self.joined("access-control-allow-credentials")
    }

    /// The CORS check of the Fetch standard, without credentials.
    fn is_readable(&self) -> bool {
        self.allow_origin().is_some_and(|allowed| allowed == "*" || Some(&allowed) == self.origin.as_ref())
    }

    /// Whether a browser lets the actual request follow this preflight, its method and headers apart.
    fn passes(&self) -> bool {
        self.is_readable() && (200..300).contains(&self.status)
    }

    fn echoes(&self, origin: &str) -> bool {
        self.origin.as_deref() == Some(origin) && self.allow_origin().as_deref() == Some(origin)
    }

    fn says_so_in_vary(&self) -> bool {
        tokens(&self.headers, "vary").any(|token| token == "*" || token.eq_ignore_ascii_case("origin"))
    }
}

struct Judge<'t> {
    recorded: &'t RecordedRoute,
}

impl<'t> Judge<'t> {
    fn exchanges(&self) -> impl Iterator<Item = &'t Exchange> + use<'t> {
        self.recorded.exchanges.iter()
    }

    fn actual(&self, outcome: Outcome) -> impl Iterator<Item = &'t Exchange> + use<'t> {
        self.exchanges().filter(move |exchange| exchange.kind == Kind::Actual && exchange.outcome == outcome)
    }

    fn preflights(&self) -> impl Iterator<Item = &'t Exchange> + use<'t> {
        self.exchanges().filter(|exchange| exchange.kind == Kind::Preflight)
    }

    fn trusted(&self) -> &'t [String] {
        &self.recorded.route.trusted
    }

    fn all(&self, justified: &mut Justified) {
        let speaks = |exchange: &Exchange| exchange.allow_origin().is_some() || exchange.allow_credentials().is_some();
        if !self.exchanges().any(speaks) && self.trusted().is_empty() {
            return;
        }
        self.values(justified);
        self.origins(justified);
        self.always(justified);
        self.vary(justified);
        self.lost(justified);
        self.preflight(justified);
    }

    /// Rules about what a single answer says.
    fn values(&self, justified: &mut Justified) {
        let any = |predicate: &dyn Fn(&Exchange) -> bool| self.exchanges().any(predicate);
        // Only a request with Origin is a CORS request.
        let any_cors = |predicate: &dyn Fn(&Exchange) -> bool| {
            self.exchanges().filter(|exchange| exchange.origin.is_some()).any(predicate)
        };
        let with_credentials = |exchange: &Exchange| exchange.allow_credentials().as_deref() == Some("true");
        let open = |exchange: &Exchange| exchange.allow_origin().as_deref() == Some("*") && with_credentials(exchange);
        justified.require("wildcard-with-credentials", any_cors(&open));
        justified.tolerate("wildcard-with-credentials", any(&open));

        let origins = |exchange: &Exchange, fault: &dyn Fn(&str) -> bool| {
            values(&exchange.headers, "access-control-allow-origin").any(fault)
        };
        let wrong = |exchange: &Exchange| {
            origins(exchange, &|value| Some(value) != exchange.origin.as_deref() && !is_allow_origin(value))
        };
        justified.require("invalid-allow-origin", any_cors(&wrong));
        justified
            .tolerate("invalid-allow-origin", any(&|exchange| origins(exchange, &|value| !is_allow_origin(value))));
        let doubled = |exchange: &Exchange| values(&exchange.headers, "access-control-allow-origin").count() > 1;
        justified.require("duplicate-allow-origin", any(&doubled));

        let odd =
            |exchange: &Exchange| exchange.allow_credentials().is_some_and(|value| value != "true" && value != "false");
        justified.require("invalid-allow-credentials", any(&odd));
        for list in ["access-control-allow-methods", "access-control-allow-headers", "access-control-expose-headers"] {
            let starred = |exchange: &Exchange| {
                with_credentials(exchange) && tokens(&exchange.headers, list).any(|token| token == "*")
            };
            justified.require("wildcard-list-with-credentials", any(&starred));
        }
    }

    /// Whose Origin comes back.
    fn origins(&self, justified: &mut Justified) {
        let echoed = |origin: &str| {
            self.actual(Outcome::Success).chain(self.actual(Outcome::Error)).any(|exchange| exchange.echoes(origin))
        };
        let echoed_anywhere =
            |origin: &str| echoed(origin) || self.preflights().any(|exchange| exchange.echoes(origin));
        if echoed(EVIL) {
            justified.require("unvalidated-origin-echo", true);
            justified.tolerate("weak-origin-validation", true);
            justified.tolerate("null-origin-allowed", true);
            return;
        }
        let derived: BTreeSet<String> = self.trusted().iter().flat_map(|trusted| attackers(trusted)).collect();
        let attackers: Vec<&String> = derived.iter().filter(|origin| !self.trusted().contains(origin)).collect();
        let unownable: Vec<String> = self.trusted().iter().flat_map(|trusted| unownable(trusted)).collect();
        justified.require("weak-origin-validation", attackers.iter().any(|origin| echoed(origin)));
        let sloppy = attackers.into_iter().chain(&unownable).any(|origin| echoed_anywhere(origin));
        justified.tolerate("weak-origin-validation", sloppy);
        justified.tolerate("unvalidated-origin-echo", echoed_anywhere(EVIL));
        let null = |exchange: &Exchange| exchange.allow_origin().as_deref() == Some("null");
        justified.require("null-origin-allowed", self.exchanges().any(null));
    }

    /// Readable when it goes well, not when it fails.
    fn always(&self, justified: &mut Justified) {
        for good in self.actual(Outcome::Success).filter(|good| good.origin.is_some() && good.allow_origin().is_some())
        {
            let silent = |bad: &Exchange| bad.origin == good.origin && bad.allow_origin().is_none();
            if self.actual(Outcome::Error).any(silent) {
                // Nobody reads the body of a missing font, nor an error where not even the success can be read.
                justified.judge("missing-always", self.recorded.route.dynamic && good.is_readable());
            }
        }
    }

    /// Answers to one request that differ by Origin, and one of them does not say so.
    fn vary(&self, justified: &mut Justified) {
        for outcome in [Outcome::Success, Outcome::Error] {
            let mut resources: BTreeMap<(&str, u16), Vec<&Exchange>> = BTreeMap::new();
            for exchange in self.actual(outcome) {
                resources.entry((&exchange.path, exchange.status)).or_default().push(exchange);
            }
            for ((_, status), answers) in resources {
                let different: BTreeSet<_> = answers.iter().map(|exchange| exchange.allow_origin()).collect();
                if different.len() > 1 && answers.iter().any(|exchange| !exchange.says_so_in_vary()) {
                    justified.judge("missing-vary", CACHEABLE.contains(&status));
                }
            }
        }
    }

    /// An origin that is meant to be allowed cannot read even a successful answer.
    fn lost(&self, justified: &mut Justified) {
        for trusted in self.trusted() {
            let mine: Vec<&Exchange> =
                self.actual(Outcome::Success).filter(|exchange| exchange.origin.as_ref() == Some(trusted)).collect();
            if mine.is_empty() || mine.iter().any(|exchange| exchange.is_readable()) {
                continue;
            }
            if mine.iter().any(|exchange| exchange.allow_origin().is_some()) {
                justified.tolerate("lost-allow-origin", true);
            } else {
                justified.require("lost-allow-origin", self.recorded.route.cors);
            }
        }
    }

    /// An origin that may read the answer cannot get past the preflight, or only with nothing in its hands.
    fn preflight(&self, justified: &mut Justified) {
        for good in self.actual(Outcome::Success).filter(|good| good.origin.is_some() && good.allow_origin().is_some())
        {
            for preflight in self.preflights().filter(|preflight| preflight.origin == good.origin) {
                if !good.is_readable() {
                    justified.tolerate("missing-options-handling", !preflight.passes());
                } else if preflight.passes() {
                    let lists = |list: &str| values(&preflight.headers, list).next().is_some();
                    let dynamic = self.recorded.route.dynamic;
                    if !lists("access-control-allow-methods") {
                        justified.judge("preflight-without-methods", dynamic);
                    }
                    if !lists("access-control-allow-headers") {
                        justified.judge("preflight-without-headers", dynamic);
                    }
                } else {
                    self.refused(good, preflight, justified);
                }
            }
        }
    }

    fn refused(&self, good: &Exchange, preflight: &Exchange, justified: &mut Justified) {
        let rule = if preflight.status == 401 { "preflight-requires-auth" } else { "missing-options-handling" };
        justified.tolerate(rule, true);
        justified.tolerate("missing-options-handling", true);
        let mut allow = tokens(&preflight.headers, "allow").peekable();
        let read_only = allow.peek().is_some() && allow.all(|method| ["GET", "HEAD", "OPTIONS"].contains(&method));
        let others_pass = self.preflights().any(|other| other.origin.is_some() && other.passes());
        let is_trusted = good.origin.as_ref().is_some_and(|origin| self.trusted().contains(origin));
        let rightly = others_pass && !self.trusted().is_empty() && !is_trusted;
        justified.require(rule, self.recorded.route.dynamic && !read_only && !rightly);
    }
}

/// `*`, `null`, or an origin as browsers serialize it.
fn is_allow_origin(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once("://") else { return value == "*" || value == "null" };
    let end = match rest.find(']') {
        Some(end) => end + 1,
        None => rest.find(':').unwrap_or(rest.len()),
    };
    let (host, port) = rest.split_at(end);
    let is_default = [("https", ":443"), ("http", ":80")].contains(&(scheme, port));
    is_scheme(scheme) && is_host(host) && is_port(port) && !is_default
}

fn is_scheme(scheme: &str) -> bool {
    let fits = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || "+.-".contains(char);
    scheme.starts_with(|char: char| char.is_ascii_lowercase()) && scheme.chars().all(fits)
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return !address.is_empty() && address.chars().all(|char| "0123456789abcdef:.".contains(char));
    }
    let fits = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_' || char == '-';
    host.split('.').all(|label| !label.is_empty() && label.chars().all(fits))
}

/// Nothing, or a number with its colon.
fn is_port(port: &str) -> bool {
    let number = |digits: &str| (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    port.is_empty() || port.strip_prefix(':').is_some_and(number)
}
