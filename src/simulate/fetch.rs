//! What a browser does when a page fetches a URL: a preflight if one is needed, then the request, then the verdict.

use serde_json::{Map, Value as Json, json};

use super::answer::{Told, response_json};
use super::ask::Asked;
use crate::exchange::browser::{self, Stage, Verdict};
use crate::exchange::{Entry, Outcome, Request, Response, World, evaluate, preflight};
use crate::finding::Evidence;
use crate::policy::{Answer, Policy};

/// What comes of a fetch.
#[derive(Debug)]
pub(super) struct Fetched {
    /// The preflight, if one was needed.
    pub(super) preflight: Option<Sent>,
    /// The request itself, unless the preflight forbade it.
    pub(super) actual: Option<Sent>,
    /// Where the answer is an error that lacks Allow-Origin: what the same request gets when all goes well.
    pub(super) success: Option<Box<Response>>,
}

/// A request and what came of it.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) request: Request,
    /// What the application answers.
    pub(super) answer: Answer,
    pub(super) outcome: Outcome,
    /// The browser's verdict; `None` where there is nothing to judge.
    pub(super) verdict: Option<Verdict>,
}

impl Sent {
    /// Sends a request.
    fn to(
        policy: &Policy,
        request: Request,
        answer: Answer,
        world: &mut World,
        judge: impl Fn(&Response) -> Verdict,
    ) -> Self {
        let outcome = evaluate(policy, Entry::ByHost, &request, answer, world);
        let verdict = match &outcome {
            Outcome::Answered(response) => Some(judge(response)),
            Outcome::NoAnswer => Some(Verdict::no_answer()),
            Outcome::NoEndpoint | Outcome::Undetermined(_) => None,
        };
        Self { request, answer, outcome, verdict }
    }

    /// The response, if one came.
    pub(super) fn response(&self) -> Option<&Response> {
        match &self.outcome {
            Outcome::Answered(response) => Some(response),
            _ => None,
        }
    }

    /// As reports show it, if a response came. What a browser makes of what is not known is left open.
    pub(super) fn evidence(&self) -> Option<Evidence> {
        let verdict = self.verdict.as_ref().filter(|verdict| !verdict.unknown);
        Some(Evidence::of(&self.request, self.answer, self.response()?, verdict))
    }
}

impl Fetched {
    /// What was sent in the end, and whether that is the preflight.
    pub(super) fn last(&self) -> Option<(&Sent, Stage)> {
        let preflight = || Some((self.preflight.as_ref()?, Stage::Preflight));
        self.actual.as_ref().map(|sent| (sent, Stage::Actual)).or_else(preflight)
    }

    /// Whether the page may read the answer, where that can be told.
    pub(super) fn allowed(&self) -> Option<bool> {
        let (sent, _) = self.last()?;
        sent.verdict.as_ref().filter(|verdict| !verdict.unknown).map(|verdict| verdict.allowed)
    }

    /// Whether no endpoint is for it.
    pub(super) fn is_nobodys(&self) -> bool {
        self.last().is_some_and(|(sent, _)| matches!(sent.outcome, Outcome::NoEndpoint))
    }

    /// Whether the page may read the answer, or may not.
    pub(super) fn holds(&self, allow: bool) -> bool {
        self.allowed() == Some(allow)
    }

    /// Both exchanges as reports show them, as far as they came to a response.
    pub(super) fn evidence(&self) -> Vec<Evidence> {
        [&self.preflight, &self.actual].into_iter().flatten().filter_map(Sent::evidence).collect()
    }

    /// What the browser prints to the console when it refuses.
    pub(super) fn console(&self, asked: &Asked) -> Option<String> {
        let (last, stage) = self.last()?;
        // That nothing is answered is no matter of preflights.
        let stage = if last.response().is_some() { stage } else { Stage::Actual };
        let origin = asked.origin.as_deref().unwrap_or_default();
        Some(last.verdict.as_ref()?.reason.as_ref()?.console(&asked.url, origin, stage))
    }

    /// As it is answered in JSON.
    pub(super) fn told(&self, policy: &Policy, asked: &Asked) -> Told {
        let Some((last, _)) = self.last() else { return Told::nothing() };
        let console = self.console(asked);
        let verdict = last.verdict.as_ref().map(|verdict| verdict_json(verdict, console.as_deref()));
        let body = Map::from_iter([
            ("preflight".to_owned(), exchange_json(self.preflight.as_ref())),
            ("actual".to_owned(), exchange_json(self.actual.as_ref())),
            ("verdict".to_owned(), verdict.into()),
        ]);
        Told { body, ..Told::of(policy, &last.outcome) }
    }
}

/// Makes the fetch. Without an origin there is nothing to check, and no preflight.
pub(super) fn fetch(policy: &Policy, request: &Request, asked: &Asked, world: &mut World) -> Fetched {
    let method = preflight::normalize_method(&asked.method);
    let call = preflight::Fetch { method: &method, headers: &asked.headers, include: asked.credentials, forced: false };
    let mut fetched = Fetched { preflight: None, actual: None, success: None };
    if let Some(origin) = asked.origin.as_deref().filter(|_| preflight::is_needed(&call)) {
        let before = preflight_request(request, origin, &call);
        let judge = |response: &Response| preflight::judge(origin, &call, response.status, &response.received());
        let sent = Sent::to(policy, before, Answer::Status(200), world, judge);
        let passes = sent.verdict.as_ref().is_some_and(|verdict| verdict.allowed);
        fetched.preflight = Some(sent);
        if !passes {
            return fetched;
        }
    }
    let mut actual = request.clone();
    actual.method = method;
    if let Some(origin) = &asked.origin {
        actual = actual.with("Origin", origin);
    }
    let judge = |response: &Response| match &asked.origin {
        Some(origin) => browser::cors_check(origin, asked.credentials, &response.received()),
        None => Verdict { allowed: true, credentials: true, reason: None, unknown: false },
    };
    let sent = Sent::to(policy, actual, asked.answer, world, judge);
    fetched.success = success(policy, &sent, world);
    fetched.actual = Some(sent);
    fetched
}

/// What a request gets where application and login are in order, if it gets an error without Allow-Origin as it is.
fn success(policy: &Policy, sent: &Sent, world: &World) -> Option<Box<Response>> {
    let lacks = sent.verdict.as_ref()?.reason == Some(browser::Reason::MissingAllowOrigin);
    if !lacks || sent.response()?.status < 400 {
        return None;
    }
    let request = Request { login: true, ..sent.request.clone() };
    // What is asked of the world for this is no matter of the fetch.
    match evaluate(policy, Entry::ByHost, &request, Answer::Status(200), &mut world.clone()) {
        Outcome::Answered(response) if response.is_ok() => Some(response),
        _ => None,
    }
}

fn preflight_request(request: &Request, origin: &str, call: &preflight::Fetch<'_>) -> Request {
    let mut before = Request::new("OPTIONS", &request.target());
    before.host.clone_from(&request.host);
    before.port = request.port;
    before.headers.extend(preflight::request_headers(origin, call));
    before
}

fn verdict_json(verdict: &Verdict, console: Option<&str>) -> Json {
    json!({
        "allowed": verdict.allowed,
        "credentials": verdict.credentials,
        "reason": verdict.reason.as_ref().map(browser::Reason::name),
        "console": console,
    })
}

fn exchange_json(sent: Option<&Sent>) -> Json {
    let Some((sent, response)) = sent.and_then(|sent| Some((sent, sent.response()?))) else { return Json::Null };
    let request = &sent.request;
    // What every browser sends is no part of the answer.
    let told = |(name, _): &&(String, String)| !name.eq_ignore_ascii_case("user-agent");
    let headers: Vec<_> = request.headers.iter().filter(told).collect();
    json!({
        "request": { "method": request.method, "path": request.target(), "headers": headers },
        "response": response_json(response),
    })
}
