//! What a browser does when a page fetches a URL: a preflight if one is needed, then the request, then the verdict.

use serde_json::{Map, Value as Json, json};

use super::answer::{Told, response_json};
use super::ask::Asked;
use crate::exchange::browser::{self, Stage, Verdict};
use crate::exchange::{Entry, Outcome, Request, Response, World, evaluate, preflight};
use crate::policy::{Answer, Policy};

/// Makes the fetch. Without an origin there is nothing to check, and no preflight.
pub(super) fn fetch(policy: &Policy, request: &Request, asked: &Asked, world: &mut World) -> Told {
    let method = preflight::normalize_method(&asked.method);
    let call = preflight::Fetch { method: &method, headers: &asked.headers, include: asked.credentials, forced: false };
    let mut body = Map::from_iter([("preflight".to_owned(), Json::Null), ("actual".to_owned(), Json::Null)]);
    if let Some(origin) = asked.origin.as_deref().filter(|_| preflight::is_needed(&call)) {
        let before = preflight_request(request, origin, &call);
        let outcome = evaluate(policy, Entry::ByHost, &before, Answer::Status(200), world);
        let Outcome::Answered(response) = &outcome else { return unanswered(policy, &outcome, asked, body) };
        body.insert("preflight".to_owned(), exchange_json(&before, response));
        let verdict = preflight::judge(origin, &call, response.status, &response.received());
        if !verdict.allowed {
            body.insert("verdict".to_owned(), verdict_json(&verdict, asked, Stage::Preflight));
            return Told { body, ..Told::of(policy, &outcome) };
        }
    }
    let mut actual = request.clone();
    actual.method = method;
    if let Some(origin) = &asked.origin {
        actual = actual.with("Origin", origin);
    }
    let outcome = evaluate(policy, Entry::ByHost, &actual, asked.answer, world);
    let Outcome::Answered(response) = &outcome else { return unanswered(policy, &outcome, asked, body) };
    body.insert("actual".to_owned(), exchange_json(&actual, response));
    let verdict = match &asked.origin {
        Some(origin) => browser::cors_check(origin, asked.credentials, &response.received()),
        None => Verdict { allowed: true, credentials: true, reason: None, unknown: false },
    };
    body.insert("verdict".to_owned(), verdict_json(&verdict, asked, Stage::Actual));
    Told { body, ..Told::of(policy, &outcome) }
}

fn preflight_request(request: &Request, origin: &str, call: &preflight::Fetch<'_>) -> Request {
    let mut before = Request::new("OPTIONS", &request.target());
    before.host.clone_from(&request.host);
    before.port = request.port;
    before.headers.extend(preflight::request_headers(origin, call));
    before
}

fn unanswered(policy: &Policy, outcome: &Outcome, asked: &Asked, mut body: Map<String, Json>) -> Told {
    let verdict = match outcome {
        Outcome::NoAnswer => verdict_json(&Verdict::no_answer(), asked, Stage::Actual),
        _ => Json::Null,
    };
    body.insert("verdict".to_owned(), verdict);
    Told { body, ..Told::of(policy, outcome) }
}

fn verdict_json(verdict: &Verdict, asked: &Asked, stage: Stage) -> Json {
    let origin = asked.origin.as_deref().unwrap_or_default();
    let console = verdict.reason.as_ref().map(|reason| reason.console(&asked.url, origin, stage));
    json!({
        "allowed": verdict.allowed,
        "credentials": verdict.credentials,
        "reason": verdict.reason.as_ref().map(browser::Reason::name),
        "console": console,
    })
}

fn exchange_json(request: &Request, response: &Response) -> Json {
    // What every browser sends is no part of the answer.
    let told = |(name, _): &&(String, String)| !name.eq_ignore_ascii_case("user-agent");
    let headers: Vec<_> = request.headers.iter().filter(told).collect();
    json!({
        "request": { "method": request.method, "path": request.target(), "headers": headers },
        "response": response_json(response),
    })
}
