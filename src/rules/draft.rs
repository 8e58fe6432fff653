//! Findings in the making, and what rules ask of exchanges.

use crate::exchange::browser::{self, Verdict};
use crate::exchange::{Exchange, HeaderLine, Kind, Observation, Response, StepKind, Value};
use crate::finding::{Evidence, Label, Severity};
use crate::policy::{Effect, Maker};
use crate::source::Location;

pub(super) const ALLOW_ORIGIN: &str = "Access-Control-Allow-Origin";
pub(super) const ALLOW_CREDENTIALS: &str = "Access-Control-Allow-Credentials";
pub(super) const ALLOW_METHODS: &str = "Access-Control-Allow-Methods";
pub(super) const ALLOW_HEADERS: &str = "Access-Control-Allow-Headers";
pub(super) const MAX_AGE: &str = "Access-Control-Max-Age";
pub(super) const EXPOSE_HEADERS: &str = "Access-Control-Expose-Headers";

/// How many other places of one finding are marked.
const MOST_LABELS: usize = 8;

/// What a rule has found on one endpoint in one world.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) primary: Label,
    pub(super) labels: Vec<Label>,
    pub(super) evidence: Vec<Evidence>,
}

/// What the rules have found so far.
pub(super) type Drafts = Vec<Draft>;

impl Draft {
    pub(super) fn new(severity: Severity, primary: Location, message: String) -> Self {
        let primary = Label { location: primary, text: String::new() };
        Self { severity, message, help: None, primary, labels: Vec::new(), evidence: Vec::new() }
    }

    /// What stands beside the primary place.
    pub(super) fn saying(mut self, text: &str) -> Self {
        text.clone_into(&mut self.primary.text);
        self
    }

    /// Another place, unless it is one that is marked already.
    pub(super) fn label(mut self, location: Option<Location>, text: &str) -> Self {
        let Some(location) = location else { return self };
        let has_room = self.labels.len() < MOST_LABELS;
        if has_room && location != self.primary.location && !self.labels.iter().any(|label| label.location == location)
        {
            self.labels.push(Label { location, text: text.to_owned() });
        }
        self
    }

    pub(super) fn proof(mut self, exchange: &Exchange<'_>) -> Self {
        self.evidence.push(evidence(exchange, exchange.verdict.as_ref()));
        self
    }

    /// The exchange as it is judged where the request is made with the user's credentials.
    pub(super) fn proof_with_credentials(mut self, exchange: &Exchange<'_>) -> Self {
        let verdict = exchange.from().map(|from| browser::cors_check(from, true, &exchange.response.received()));
        self.evidence.push(evidence(exchange, verdict.as_ref()));
        self
    }
}

/// An exchange as it is shown.
fn evidence(exchange: &Exchange<'_>, verdict: Option<&Verdict>) -> Evidence {
    Evidence::of(&exchange.request, exchange.answer, &exchange.response, verdict)
}

/// What rules ask of an exchange.
impl Exchange<'_> {
    /// The Origin that was sent.
    pub(super) fn from(&self) -> Option<&str> {
        self.origin.value.as_deref()
    }

    /// Allow-Origin as a browser joins its lines.
    pub(super) fn allow_origin(&self) -> Value {
        self.response.joined(ALLOW_ORIGIN)
    }

    /// Whether its Allow-Origin is exactly this.
    pub(super) fn allows(&self, origin: &str) -> bool {
        self.allow_origin().text() == Some(origin)
    }

    /// Whether Allow-Credentials is `true`.
    pub(super) fn with_credentials(&self) -> bool {
        self.response.joined(ALLOW_CREDENTIALS).text() == Some("true")
    }

    /// Whether the page may read the response (for a preflight: whether it passes) without credentials.
    pub(super) fn is_allowed(&self) -> bool {
        self.verdict.as_ref().is_some_and(|verdict| verdict.allowed)
    }

    /// Whether nothing on its way was beyond understanding.
    pub(super) fn is_certain(&self) -> bool {
        self.response.unknown_effects.is_empty()
    }

    /// Whether nothing that was beyond understanding could have written a header, so that what is absent is known to be
    /// absent where this is the answer at all.
    pub(super) fn has_certain_headers(&self) -> bool {
        self.response.unknown_effects.iter().all(|(effect, _)| *effect == Effect::Status)
    }

    /// Whether it would have had to pass a login and did not.
    pub(super) fn is_preflight(&self) -> bool {
        self.kind == Kind::Preflight
    }
}

/// What rules ask of a response.
impl Response {
    /// What wrote the first line of this name.
    pub(super) fn writer(&self, name: &str) -> Option<&HeaderLine> {
        self.headers.iter().find(|line| line.name.eq_ignore_ascii_case(name) && line.written.is_some())
    }

    /// The directive that wrote Allow-Origin.
    pub(super) fn allow_origin_directive(&self) -> Option<Location> {
        self.writer(ALLOW_ORIGIN).and_then(|line| line.written).map(|written| written.directive)
    }

    /// The value of Allow-Origin where it is written.
    pub(super) fn allow_origin_value(&self) -> Option<Location> {
        self.writer(ALLOW_ORIGIN).and_then(|line| line.written).map(|written| written.value)
    }

    /// The last step of a kind on its way.
    pub(super) fn last_step(&self, kind: impl Fn(StepKind) -> bool) -> Option<Location> {
        self.trail.iter().rev().find(|step| kind(step.kind)).map(|step| step.location)
    }

    /// What answered in the end.
    pub(super) fn answered_by(&self) -> Option<(StepKind, Location)> {
        let answers =
            |kind| matches!(kind, StepKind::Responded | StepKind::Refused | StepKind::Forwarded | StepKind::Ran);
        self.trail.iter().rev().find(|step| answers(step.kind)).map(|step| (step.kind, step.location))
    }

    /// Whether Vary names Origin or everything.
    pub(super) fn varies_by_origin(&self) -> bool {
        let values = self.lines("vary").filter_map(|line| line.value.text());
        values
            .flat_map(|value| value.split(','))
            .any(|token| matches!(token.trim().to_ascii_lowercase().as_str(), "origin" | "*"))
    }

    /// Whether a line of that name has a value that is not known.
    pub(super) fn is_unknown(&self, name: &str) -> bool {
        self.lines(name).any(|line| matches!(line.value, Value::Unknown(_)))
    }
}

impl<'p> Observation<'p> {
    /// Successful answers of an application that a page may read.
    pub(super) fn readable(&self) -> impl Iterator<Item = &Exchange<'p>> {
        let by_application = |exchange: &&Exchange<'_>| exchange.response.maker == Maker::Application;
        self.of_kind(Kind::Success).filter(by_application).filter(|exchange| exchange.is_allowed())
    }

    /// The preflights of those that pass.
    pub(super) fn passing_preflights(&self) -> impl Iterator<Item = &Exchange<'p>> {
        let preflights = self.readable().filter_map(|success| self.same_origin(success, Kind::Preflight));
        preflights.filter(|preflight| preflight.is_allowed())
    }

    /// The endpoint's name.
    pub(super) fn endpoint_name(&self) -> &str {
        &self.policy.endpoint(self.probes.endpoint).name
    }
}

/// A severity by whether credentials are at stake.
pub(super) fn by_credentials(credentials: bool) -> Severity {
    if credentials { Severity::Error } else { Severity::Warning }
}
