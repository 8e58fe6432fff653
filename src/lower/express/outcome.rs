//! How a handler can end, and what that says about conditions that nobody knows.

use crate::policy::{self, Condition, Depends, Expression, Statuses};

use super::flow::both;
use super::machine::Machine;

/// How a piece of a handler can end.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcomes {
    /// The statuses that it answers with.
    pub(super) statuses: Vec<u16>,
    /// The statuses of the exceptions that it throws.
    pub(super) thrown: Vec<u16>,
    /// Whether it answers with a status that is not known.
    pub(super) answers: bool,
    /// Whether it may end with an error that is not known.
    pub(super) throws: bool,
    /// Whether it hands the request on.
    pub(super) goes_on: bool,
}

impl Outcomes {
    pub(super) fn add(&mut self, more: Self) {
        self.statuses.extend(more.statuses);
        self.thrown.extend(more.thrown);
        self.answers |= more.answers;
        self.throws |= more.throws;
        self.goes_on |= more.goes_on;
    }

    /// The answers that are not the usual ones. What the last handler of a route hands on is nobody's: 404.
    fn unusual(&self, is_terminal: bool) -> Vec<u16> {
        let mut statuses: Vec<u16> = self.statuses.iter().copied().filter(|status| *status >= 300).collect();
        statuses.extend(&self.thrown);
        if is_terminal && self.goes_on && !self.is_answer() {
            statuses.push(404);
        }
        if self.throws {
            statuses.extend(500..600);
        }
        statuses
    }

    /// Whether it answers and never hands the request on.
    pub(super) fn always_answers(&self) -> bool {
        self.is_answer() && !self.goes_on
    }

    fn is_answer(&self) -> bool {
        self.answers || !self.statuses.is_empty()
    }
}

impl Machine<'_> {
    /// When the first of two branches is taken: as the condition says; where that hangs on what differs between requests
    /// and is not known, by what they answer.
    pub(super) fn decided(&self, condition: Condition, one: &Outcomes, other: &Outcomes) -> Condition {
        if !self.is_serving || !self.pending_origins.is_empty() || !self.pending_options.is_empty() {
            return condition;
        }
        let (ours, theirs) = (one.unusual(self.is_terminal), other.unusual(self.is_terminal));
        let refuses = |all: &[u16]| !all.is_empty() && all.iter().all(|status| matches!(status, 401 | 403));
        if hangs_on_login(&condition) && !self.hangs_on_request(&condition) {
            // Whoever is logged in says so in these headers.
            if refuses(&ours) && !refuses(&theirs) {
                return both(Condition::LoggedIn.negated(), condition);
            }
            if refuses(&theirs) && !refuses(&ours) {
                return Condition::Any(vec![Condition::LoggedIn, condition]);
            }
        }
        if !self.hangs_on_request(&condition) {
            // What a client says in its query may be anything: whoever asks for the error has said so.
            return match (ours.is_empty(), theirs.is_empty()) {
                (false, true) if hangs_on_query(&condition) => Condition::Any(vec![condition, asked(ours)]),
                (true, false) if hangs_on_query(&condition) => Condition::All(vec![condition, asked(theirs).negated()]),
                _ => condition,
            };
        }
        let never = || Condition::Always.negated();
        match (ours.is_empty(), theirs.is_empty()) {
            (false, _) => asked(ours),
            (true, false) => asked(theirs).negated(),
            (true, true) if one.is_answer() && !other.is_answer() => never(),
            (true, true) if other.is_answer() && !one.is_answer() => Condition::Always,
            (true, true) => condition,
        }
    }

    /// Whether a condition hangs on something that is not known and differs between requests.
    pub(super) fn hangs_on_request(&self, condition: &Condition) -> bool {
        self.hangs_on(condition, &|depends| depends == Depends::Anything)
    }

    /// Whether a condition hangs on something that is not known.
    pub(super) fn hangs_on_unknown(&self, condition: &Condition) -> bool {
        self.hangs_on(condition, &|_| true)
    }

    fn hangs_on(&self, condition: &Condition, differs: &dyn Fn(Depends) -> bool) -> bool {
        let mut hangs = false;
        let differs = |unknown| differs(self.policy.unknown(unknown).depends);
        policy::nested_conditions(condition, &mut |inner| {
            hangs |= matches!(inner, Condition::Unknown(unknown) if differs(*unknown));
        });
        policy::condition_expressions(condition, &mut |inner| {
            hangs |= matches!(inner, Expression::Unknown(unknown) if differs(*unknown));
        });
        hangs
    }
}

/// Whether a condition hangs on the headers that carry a login.
fn hangs_on_login(condition: &Condition) -> bool {
    let mut hangs = false;
    policy::condition_expressions(condition, &mut |inner| {
        hangs |= match inner {
            Expression::RequestHeader(name) => matches!(name.as_str(), "authorization" | "cookie"),
            Expression::Cookie(_) => true,
            _ => false,
        };
    });
    hangs
}

/// Whether a condition hangs on the query.
fn hangs_on_query(condition: &Condition) -> bool {
    let mut hangs = false;
    policy::condition_expressions(condition, &mut |inner| hangs |= matches!(inner, Expression::Query(_)));
    hangs
}

/// Whoever asks for one of these answers gets it. A request without a login, which a preflight is, gets 401 anyway.
fn asked(statuses: Vec<u16>) -> Condition {
    let unauthorized = statuses.iter().all(|status| *status == 401);
    let asked = Condition::ToAnswer(Statuses::Only(statuses.into()));
    if !unauthorized {
        return asked;
    }
    let is_preflight = Condition::MethodIn(vec!["OPTIONS".to_owned()]);
    Condition::Any(vec![asked, Condition::All(vec![is_preflight, Condition::LoggedIn.negated()])])
}
