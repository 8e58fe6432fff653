//! Texts and tests of `ap_expr`.

use super::Lowering;
use super::header::{names_origin, note};
use super::node::decided;
use crate::lower::template;
use crate::policy::{Arm, Condition, Depends, Expression, Network, PatternId, Statuses, Switch, UnknownId};
use crate::source::Location;
use crate::syntax::apache::{Comparison, Piece, Regex, Test, Text};
use crate::syntax::hole;

use super::pattern::has_wildcard;

/// Statuses that a comparison of numbers is worked out for.
const STATUSES: std::ops::Range<u16> = 100..600;

impl Lowering {
    /// A text with what templates and the environment of the server fill in.
    pub(super) fn literal(&mut self, text: &str, location: Location) -> Expression {
        if !hole::has_hole(text) {
            return Expression::literal(text);
        }
        let pieces: Vec<(String, bool)> =
            hole::pieces(text).map(|(piece, is_tag)| (piece.to_owned(), is_tag)).collect();
        let part = |(piece, is_tag): (String, bool)| {
            if is_tag {
                let tag = hole::decode(&piece).into_owned();
                Expression::Unknown(self.filled_in(format!("`{tag}`"), location))
            } else {
                Expression::Literal(piece)
            }
        };
        concatenated(pieces.into_iter().map(part).collect())
    }

    /// Something that is filled in before httpd reads it.
    pub(super) fn filled_in(&mut self, what: String, location: Location) -> UnknownId {
        let why = if what.starts_with("`${") {
            "is set in the environment that httpd is started in"
        } else {
            "is filled in by a template"
        };
        self.unknown(what, why, Depends::Nothing, location)
    }

    pub(super) fn test(&mut self, test: &Test, location: Location) -> Condition {
        match test {
            Test::Always(holds) => decided(*holds),
            Test::Not(inner) => self.test(inner, location).negated(),
            Test::And(list) => Condition::All(list.iter().map(|inner| self.test(inner, location)).collect()),
            Test::Or(list) => Condition::Any(list.iter().map(|inner| self.test(inner, location)).collect()),
            Test::Compare { left, how, right } => self.compare(left, *how, right, location),
            Test::Match { text, pattern } => {
                let subject = self.text(text, location);
                Condition::Matches { subject, pattern: self.regex(pattern, location) }
            }
            Test::In { text, list } => {
                let subject = self.text(text, location);
                let equal = |member: &Text| Condition::Equal {
                    left: subject.clone(),
                    right: self.compared(member, location),
                    ignore_case: false,
                };
                Condition::Any(list.iter().map(equal).collect())
            }
            Test::Ask { what, of } => self.ask(what, of, location),
        }
    }

    fn regex(&mut self, regex: &Regex, location: Location) -> PatternId {
        let location = Location { span: regex.span, ..location };
        self.pattern(&regex.pattern, regex.ignore_case, location)
    }

    fn compare(&mut self, left: &Text, how: Comparison, right: &Text, location: Location) -> Condition {
        if let Some(condition) = status_condition(left, how, right) {
            return condition;
        }
        let (left, right) = (self.compared(left, location), self.compared(right, location));
        let equal = |left, right| Condition::Equal { left, right, ignore_case: false };
        match how {
            Comparison::Same => equal(left, right),
            Comparison::Different => equal(left, right).negated(),
            Comparison::Ordered(_) => self.not_understood("an order of texts or numbers", location),
        }
    }

    /// A text that another is compared with: what a template fills in is taken to be an origin of its own.
    fn compared(&mut self, text: &Text, location: Location) -> Expression {
        match text.0.as_slice() {
            [Piece::Literal(literal)] if hole::has_hole(literal) => Expression::Literal(template::origin(literal)),
            _ => self.text(text, location),
        }
    }

    /// A test that is not followed: taken to come out the same for all requests of a page.
    fn not_understood(&mut self, what: &str, location: Location) -> Condition {
        let why = "is not followed here";
        Condition::Unknown(self.unknown(what.to_owned(), why, Depends::Nothing, location))
    }

    fn ask(&mut self, what: &str, of: &[Text], location: Location) -> Condition {
        let texts: Vec<Expression> = of.iter().map(|text| self.text(text, location)).collect();
        match (what, texts.as_slice()) {
            ("n", [text]) => Condition::Empty(text.clone()).negated(),
            ("z", [text]) => Condition::Empty(text.clone()),
            // Neither empty nor `0`, `off`, `false`, `no` (`ap_expr_eval_bool`, operator T).
            ("T", [text]) => {
                let no = |word: &str| Condition::Equal {
                    left: text.clone(),
                    right: Expression::literal(word),
                    ignore_case: true,
                };
                Condition::Any(vec![Condition::Empty(text.clone()), no("0"), no("off"), no("false"), no("no")])
                    .negated()
            }
            ("strmatch" | "strcmatch", [subject, Expression::Literal(pattern)]) => {
                let pattern = self.wildcard(pattern, true, what == "strcmatch", location);
                Condition::Matches { subject: subject.clone(), pattern }
            }
            ("fnmatch", [subject, Expression::Literal(pattern)]) => {
                let pattern = self.wildcard(pattern, false, false, location);
                Condition::Matches { subject: subject.clone(), pattern }
            }
            ("ipmatch", [_, Expression::Literal(network)]) | ("R", [Expression::Literal(network)]) => {
                network_condition(network)
            }
            ("f" | "e" | "s" | "F" | "U", [path]) => Condition::FileExists { path: path.clone(), has_fallback: true },
            _ => self.not_understood(&format!("`-{what}`"), location),
        }
    }

    pub(super) fn text(&mut self, text: &Text, location: Location) -> Expression {
        concatenated(text.0.iter().map(|piece| self.piece(piece, location)).collect())
    }

    fn piece(&mut self, piece: &Piece, location: Location) -> Expression {
        match piece {
            Piece::Literal(text) => self.literal(text, location),
            Piece::Variable(name) => self.server_variable(name, location),
            Piece::Function { name, argument } => self.function(name, argument, location),
            Piece::Capture(group) | Piece::ConditionCapture(group) => Expression::Capture(*group),
            Piece::Map { map, key, .. } => self.derived(&format!("`${{{map}:…}}`"), key, location),
        }
    }

    /// A text that is not followed: taken to be the same for all requests of a page.
    pub(super) fn opaque(&mut self, what: &str, location: Location) -> Expression {
        let why = "is not followed here";
        Expression::Unknown(self.unknown(what.to_owned(), why, Depends::Nothing, location))
    }

    /// A text that is worked out of others: where these hold Origin, it may differ with that.
    pub(super) fn derived(&mut self, what: &str, of: &Text, location: Location) -> Expression {
        let depends = if names_origin(of) { Depends::Origin } else { Depends::Nothing };
        let why = "is not followed here";
        Expression::Unknown(self.unknown(what.to_owned(), why, depends, location))
    }

    /// `name(argument)`, `%{name:argument}`.
    pub(super) fn function(&mut self, name: &str, argument: &Text, location: Location) -> Expression {
        let literal = match argument.0.as_slice() {
            [Piece::Literal(text)] => Some(text.as_str()),
            _ => None,
        };
        match (name.to_ascii_lowercase().as_str(), literal) {
            ("req" | "http" | "req_novary", Some(header)) => self.request_header(header),
            ("env" | "reqenv", Some(name)) => Expression::Variable(self.variable(name)),
            ("note", Some(name)) => Expression::Variable(self.variable(&note(name))),
            ("osenv", Some(name)) => {
                let what = format!("`osenv({name})`");
                Expression::Unknown(self.filled_in(what, location))
            }
            ("tolower", _) => Expression::Lowercase(Box::new(self.text(argument, location))),
            _ => self.derived(&format!("`{name}(…)`"), argument, location),
        }
    }

    /// A variable of the server, as `%{NAME}` of an expression or of `mod_rewrite`.
    pub(super) fn server_variable(&mut self, name: &str, location: Location) -> Expression {
        match name.to_ascii_uppercase().as_str() {
            "REQUEST_METHOD" => Expression::Method,
            "REMOTE_ADDR" | "CONN_REMOTE_ADDR" | "REMOTE_HOST" => Expression::ClientAddress,
            "REQUEST_URI" | "DOCUMENT_URI" => Expression::Path,
            "REQUEST_SCHEME" => Expression::Scheme,
            "QUERY_STRING" => Expression::Concatenation(vec![Expression::Query(None)]),
            "HTTP_HOST" => Expression::RequestHeader("host".to_owned()),
            "SERVER_NAME" => Expression::Host,
            "HTTP_USER_AGENT" => Expression::RequestHeader("user-agent".to_owned()),
            "HTTP_REFERER" => Expression::RequestHeader("referer".to_owned()),
            "HTTP_COOKIE" => Expression::RequestHeader("cookie".to_owned()),
            "HTTP_ACCEPT" => Expression::RequestHeader("accept".to_owned()),
            "HTTP_FORWARDED" => Expression::RequestHeader("forwarded".to_owned()),
            "HTTP_PROXY_CONNECTION" => Expression::RequestHeader("proxy-connection".to_owned()),
            "REQUEST_STATUS" => Expression::Status,
            "CONTENT_TYPE" => Expression::RequestHeader("content-type".to_owned()),
            "HTTPS" => tls_switch("on", "off", location),
            "SERVER_PORT" => tls_switch("443", "80", location),
            "THE_REQUEST" => Expression::Concatenation(vec![
                Expression::Method,
                Expression::literal(" "),
                Expression::RequestTarget,
                Expression::literal(" HTTP/1.1"),
            ]),
            "SERVER_PROTOCOL" => Expression::literal("HTTP/1.1"),
            "IS_SUBREQ" => Expression::literal("false"),
            "IPV6" => Expression::literal("off"),
            "REMOTE_USER" | "REMOTE_IDENT" | "CONTEXT_PREFIX" | "PATH_INFO" | "AUTH_TYPE" => Expression::literal(""),
            _ => self.opaque(&format!("`%{{{name}}}`"), location),
        }
    }
}

/// The parts as one expression: literals put together, and nothing round a single part.
pub(super) fn concatenated(parts: Vec<Expression>) -> Expression {
    let mut joined: Vec<Expression> = Vec::with_capacity(parts.len());
    for part in parts {
        match (joined.last_mut(), part) {
            (Some(Expression::Literal(text)), Expression::Literal(more)) => text.push_str(&more),
            (_, part) => joined.push(part),
        }
    }
    match joined.len() {
        0 => Expression::literal(""),
        1 => joined.swap_remove(0),
        _ => Expression::Concatenation(joined),
    }
}

/// One text over TLS, another without.
fn tls_switch(with: &str, without: &str, location: Location) -> Expression {
    let condition =
        Condition::Equal { left: Expression::Scheme, right: Expression::literal("https"), ignore_case: false };
    let arm = Arm { condition, value: Expression::literal(with), location };
    let otherwise = Some((Expression::literal(without), location));
    Expression::Switch(Box::new(Switch { arms: vec![arm], otherwise }))
}

/// A comparison of the answer's status with a number.
fn status_condition(left: &Text, how: Comparison, right: &Text) -> Option<Condition> {
    let ([Piece::Variable(name)], [Piece::Literal(number)]) = (left.0.as_slice(), right.0.as_slice()) else {
        return None;
    };
    if !name.eq_ignore_ascii_case("REQUEST_STATUS") {
        return None;
    }
    let number: u16 = number.trim().parse().ok()?;
    let statuses = STATUSES.filter(|status| match how {
        Comparison::Same => *status == number,
        Comparison::Different => *status != number,
        Comparison::Ordered(order) => order.holds(status.cmp(&number)),
    });
    Some(Condition::Status(Statuses::Only(statuses.collect::<Vec<_>>().into())))
}

/// The client's address is in a network that is written out.
pub(super) fn network_condition(network: &str) -> Condition {
    if has_wildcard(network) {
        return decided(false);
    }
    Network::parse(network).map_or_else(|| decided(false), Condition::ClientIn)
}
