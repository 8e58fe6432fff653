//! How it is answered.

use serde_json::{Value as Json, json};

use super::ask::{Asked, Asking, Place};
use super::choose::{Choice, Picked, request};
use super::fetch;
use crate::analysis::{Analysis, Unit};
use crate::exchange::{Entry, MOST_WORLDS, Outcome, Request, Response, Value, World, assumptions, evaluate};
use crate::policy::{Answer, Policy, UnknownId, Variant};

/// What one request comes to in one world.
pub(super) struct Told {
    pub(super) outcome: &'static str,
    pub(super) endpoint: Option<String>,
    /// What depends on the kind of the request: the response, or preflight, actual exchange and verdict.
    pub(super) body: serde_json::Map<String, Json>,
    pub(super) assumptions: Vec<String>,
}

/// The answer to a line. An error is a request that cannot be understood.
pub(super) fn reply(analysis: &Analysis, picked: Option<&Picked>, asked: &Asked) -> Result<Json, String> {
    let place = Place::of(&asked.url)?;
    let choice = Choice::of(analysis, picked, &place);
    let mut reply = match choice.taken {
        None => told_json(Told::nothing(), Vec::new()),
        Some(unit) if !analysis.starts(unit) => {
            told_json(Told { outcome: "does-not-start", ..Told::nothing() }, Vec::new())
        }
        Some(unit) => answered(unit, asked, &request(unit, asked, &place)),
    };
    if asked.kind == Asking::Fetch {
        let candidates = choice.candidates(analysis, asked, &place);
        let told = candidates.iter().map(|one| json!({ "endpoint": one.endpoint, "file": one.file }));
        reply["candidates"] = told.collect::<Vec<_>>().into();
    }
    Ok(reply)
}

/// The answer of a configuration, in all readings of it.
fn answered(unit: &Unit, asked: &Asked, request: &Request) -> Json {
    let readings = readings(unit, |policy, world| match asked.kind {
        Asking::Raw => raw(policy, request, asked.answer, world),
        Asking::Fetch => fetch::fetch(policy, request, asked, world).told(policy, asked),
    });
    let mut readings = readings.into_iter().map(|Reading { came, assumptions, .. }| {
        let assumptions = assumptions.into_iter().chain(came.assumptions).collect();
        Told { assumptions, ..came }
    });
    let first = readings.next().unwrap_or_else(Told::nothing);
    told_json(first, readings.collect())
}

/// One reading of a configuration: what comes of something in it, and what is taken to be so.
pub(super) struct Reading<'a, T> {
    pub(super) policy: &'a Policy,
    pub(super) came: T,
    pub(super) assumptions: Vec<String>,
}

/// What comes of something in each world of each variant of a configuration, the likeliest first.
pub(super) fn readings<T>(unit: &Unit, run: impl Fn(&Policy, &mut World) -> T) -> Vec<Reading<'_, T>> {
    let mut readings = Vec::new();
    for Variant { policy, taken } in &unit.variants {
        let (mut next, most) = (Some(World::default()), readings.len() + MOST_WORLDS);
        while let Some(mut world) = next.filter(|_| readings.len() < most) {
            let came = run(policy, &mut world);
            let assumptions = taken.iter().cloned().chain(assumptions(policy, &world)).collect();
            readings.push(Reading { policy, came, assumptions });
            next = world.successor();
        }
    }
    readings
}

fn raw(policy: &Policy, request: &Request, answer: Answer, world: &mut World) -> Told {
    let outcome = evaluate(policy, Entry::ByHost, request, answer, world);
    let mut told = Told::of(policy, &outcome);
    let response = match &outcome {
        Outcome::Answered(response) => response_json(response),
        _ => Json::Null,
    };
    told.body.insert("response".to_owned(), response);
    told
}

impl Told {
    pub(super) fn nothing() -> Self {
        Self { outcome: "no-endpoint", endpoint: None, body: serde_json::Map::new(), assumptions: Vec::new() }
    }

    /// What an outcome comes to, without a body.
    pub(super) fn of(policy: &Policy, outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Answered(response) => {
                let endpoint = response.endpoint.map(|id| policy.endpoint(id).name.clone());
                Self { outcome: "answered", endpoint, assumptions: no_effects(policy, response), ..Self::nothing() }
            }
            Outcome::NoAnswer => Self { outcome: "no-answer", ..Self::nothing() },
            Outcome::NoEndpoint => Self::nothing(),
            Outcome::Undetermined(unknown) => {
                Self { outcome: "answered", assumptions: vec![undetermined(policy, *unknown)], ..Self::nothing() }
            }
        }
    }
}

/// That what was not understood, and may have changed a response, has not.
pub(super) fn no_effects(policy: &Policy, response: &Response) -> Vec<String> {
    let mut assumptions: Vec<String> = Vec::new();
    for (_, unknown) in &response.unknown_effects {
        let assumption = format!("{} changes nothing about CORS", policy.unknown(*unknown).what);
        if !assumptions.contains(&assumption) {
            assumptions.push(assumption);
        }
    }
    assumptions
}

/// Why nothing can be said.
pub(super) fn undetermined(policy: &Policy, unknown: UnknownId) -> String {
    let unknown = policy.unknown(unknown);
    format!("{} {}, and that differs from request to request", unknown.what, unknown.why)
}

fn told_json(told: Told, others: Vec<Told>) -> Json {
    let mut all = told.body;
    all.insert("outcome".to_owned(), told.outcome.into());
    all.insert("endpoint".to_owned(), told.endpoint.into());
    all.insert("assumptions".to_owned(), told.assumptions.into());
    let others: Vec<Json> = others.into_iter().map(|other| told_json(other, Vec::new())).collect();
    all.insert("alternatives".to_owned(), others.into());
    Json::Object(all)
}

pub(super) fn response_json(response: &Response) -> Json {
    let headers: Vec<Json> = response
        .headers
        .iter()
        .map(|line| {
            let value = match &line.value {
                Value::Text(text) => Json::from(text.as_str()),
                Value::Absent | Value::Unknown(_) => Json::Null,
            };
            json!([line.name, value])
        })
        .collect();
    json!({ "status": response.status, "headers": headers })
}
