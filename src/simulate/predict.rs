//! What comes of one fetch, for people: which endpoint answers, the exchanges, the verdict, and what is to blame.

use super::answer::{Reading, no_effects, readings, undetermined};
use super::ask::{Asked, Place};
use super::blame::{deciders, obstacle, other_ports};
use super::choose::{Candidate, Choice, Picked, request};
use super::fetch::{Fetched, Sent, fetch};
use crate::analysis::Analysis;
use crate::exchange::{Outcome, Response, Value};
use crate::finding::{Evidence, Label};
use crate::policy::{Policy, UnknownId};

/// What comes of a fetch.
#[derive(Debug)]
pub struct Prediction {
    /// The fetch, as a noun.
    pub fetch: String,
    /// What comes of it in the likeliest case.
    pub likeliest: Case,
    /// What comes of it in the other cases that the configuration leaves open.
    pub others: Vec<Case>,
    /// The configurations that could have answered and were not asked, best first.
    pub candidates: Vec<Candidate>,
    /// What to ask instead where nothing answers: a sentence.
    pub help: Option<String>,
}

/// What comes of a fetch in one case.
#[derive(Debug)]
pub struct Case {
    /// How it ends.
    pub ending: Ending,
    /// What answers: its name, and where it is written.
    pub endpoint: Option<Label>,
    /// The preflight, if there is one and it comes to a response.
    pub preflight: Option<Evidence>,
    /// The actual exchange, unless the preflight forbids it or it comes to no response.
    pub actual: Option<Evidence>,
    /// What the browser prints to the console.
    pub console: Option<String>,
    /// The places that decide, and how; the one to look at first comes first.
    pub blame: Vec<Label>,
    /// What the verdict hangs on where none can be given: sentences without capital and final stop.
    pub open: Vec<String>,
    /// What is taken to be so; each fit to follow "assuming ".
    pub assumptions: Vec<String>,
}

/// How a fetch ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The browser lets the page read the answer.
    Allowed,
    /// It does not; for this reason, by its name.
    Refused(&'static str),
    /// That hangs on what is not known.
    Open,
    /// No endpoint is for it.
    NoEndpoint,
    /// The server does not start.
    DoesNotStart,
}

/// Asks the configurations, or those that a file belongs to. An error is a URL that cannot be understood.
pub(super) fn predict(analysis: &Analysis, picked: Option<&Picked>, asked: &Asked) -> Result<Prediction, String> {
    let place = Place::of(&asked.url)?;
    let choice = Choice::of(analysis, picked, &place);
    let mut prediction = Prediction {
        fetch: asked.in_words(),
        likeliest: Case::without_exchange(Ending::NoEndpoint),
        others: Vec::new(),
        candidates: choice.candidates(analysis, asked, &place),
        help: None,
    };
    let Some(unit) = choice.taken else { return Ok(prediction) };
    if !analysis.starts(unit) {
        let blame = obstacle(analysis, unit).into_iter().collect();
        prediction.likeliest = Case { blame, ..Case::without_exchange(Ending::DoesNotStart) };
        return Ok(prediction);
    }
    let request = request(unit, asked, &place);
    let readings = readings(unit, |policy, world| fetch(policy, &request, asked, world));
    let mut cases = readings.into_iter().map(|reading| Case::of(reading, asked));
    if let Some(likeliest) = cases.next() {
        prediction.likeliest = likeliest;
    }
    prediction.others = cases.collect();
    if prediction.likeliest.ending == Ending::NoEndpoint {
        prediction.help = place.port.and_then(|port| other_ports(unit, &request.host, port));
    }
    Ok(prediction)
}

impl Case {
    fn without_exchange(ending: Ending) -> Self {
        Self {
            ending,
            endpoint: None,
            preflight: None,
            actual: None,
            console: None,
            blame: Vec::new(),
            open: Vec::new(),
            assumptions: Vec::new(),
        }
    }

    fn of(reading: Reading<'_, Fetched>, asked: &Asked) -> Self {
        let Reading { policy, came, mut assumptions } = reading;
        let Some((last, _)) = came.last() else { return Self::without_exchange(Ending::NoEndpoint) };
        let mut case = Self::without_exchange(ending(&came));
        if let Some(response) = last.response() {
            case.endpoint = Some(answering(policy, response));
            case.blame = deciders(policy, &came);
            assumptions.extend(no_effects(policy, response));
            if case.ending == Ending::Open {
                case.open = not_known(policy, response);
            }
        }
        if let Outcome::Undetermined(unknown) = last.outcome {
            case.open = vec![undetermined(policy, unknown)];
        }
        case.preflight = came.preflight.as_ref().and_then(Sent::evidence);
        case.actual = came.actual.as_ref().and_then(Sent::evidence);
        Self { console: came.console(asked), assumptions, ..case }
    }
}

fn ending(fetched: &Fetched) -> Ending {
    let reason = || fetched.last()?.0.verdict.as_ref()?.reason.as_ref();
    match fetched.allowed() {
        _ if fetched.is_nobodys() => Ending::NoEndpoint,
        Some(true) => Ending::Allowed,
        Some(false) => reason().map_or(Ending::Open, |reason| Ending::Refused(reason.name())),
        None => Ending::Open,
    }
}

/// The endpoint that answers, or else the block of the site that does.
fn answering(policy: &Policy, response: &Response) -> Label {
    let endpoint = response.endpoint.map(|id| policy.endpoint(id));
    let block = policy.block(response.block);
    let (location, name) = endpoint.map_or((block.location, &block.name), |it| (it.location, &it.name));
    Label { location, text: name.clone() }
}

/// Which headers of CORS are not known, and why.
fn not_known(policy: &Policy, response: &Response) -> Vec<String> {
    let why = |name: &str, unknown: UnknownId| {
        let unknown = policy.unknown(unknown);
        format!("{name} hangs on {}, which {}", unknown.what, unknown.why)
    };
    let lines = response.headers.iter().filter(|line| line.name.to_ascii_lowercase().starts_with("access-control-"));
    lines
        .filter_map(|line| match line.value {
            Value::Unknown(unknown) => Some(why(&line.name, unknown)),
            Value::Absent | Value::Text(_) => None,
        })
        .collect()
}
