//! Recorded exchanges as requests to the program.

use serde_json::{Value, json};

use crate::case::{Answer, Ask, Case, Exchange, Failing, Headers, Kind, RecordedRoute, Request, Response, Truth};

/// What stands in the password files of the recorder.
const LOGIN: (&str, &str) = ("Authorization", "Basic cHJvYmU6cHJvYmU=");

/// A request, and what the real server answered to it.
pub(crate) struct Question {
    /// As `corslint simulate --requests` takes it.
    pub(crate) request: Value,
    /// The recorded answer.
    pub(crate) answer: Response,
    /// For a person.
    pub(crate) label: String,
}

/// Everything that was asked in a case.
pub(crate) fn questions(case: &Case, truth: &Truth) -> Vec<Question> {
    let site_answers = case.answers_itself();
    let routes =
        truth.routes.iter().enumerate().flat_map(|(index, route)| of_route(route, &case.ask(index), site_answers));
    let further = truth.requests.iter().filter(|recorded| !recorded.request.again).map(|recorded| {
        let request = &recorded.request;
        let mut question =
            Question { request: of_request(request), answer: recorded.response.clone(), label: label_of(request) };
        if site_answers
            && request.answer.is_none()
            && request.method != "OPTIONS"
            && went_well(recorded.response.status)
        {
            question.request["answer"] = json!(recorded.response.status);
        }
        question
    });
    let mut all: Vec<Question> = routes.chain(further).collect();
    if !case.setup.env.is_empty() {
        for question in &mut all {
            question.request["env"] = json!(case.setup.env);
        }
    }
    all
}

fn of_route(recorded: &RecordedRoute, ask: &Ask, site_answers: bool) -> Vec<Question> {
    let mut last: Option<&Exchange> = None;
    let mut questions = Vec::new();
    for exchange in &recorded.exchanges {
        // Where a login is sent at all, the first of two equal requests carries it and the second does not.
        let repeats = last.is_some_and(|last| {
            (&last.method, &last.path, &last.origin) == (&exchange.method, &exchange.path, &exchange.origin)
        });
        let login = ask.auth.is_some() && exchange.kind == Kind::Actual && !repeats;
        last = Some(exchange);
        questions.push(Question {
            request: of_exchange(exchange, ask, login, site_answers),
            answer: Response { status: exchange.status, headers: exchange.headers.clone() },
            label: label(&exchange.method, &exchange.path, exchange.origin.as_deref(), login),
        });
    }
    questions
}

fn of_exchange(exchange: &Exchange, ask: &Ask, login: bool, site_answers: bool) -> Value {
    let mut headers = Headers::new();
    let given = [
        ("Origin", &exchange.origin),
        ("Access-Control-Request-Method", &exchange.acrm),
        ("Access-Control-Request-Headers", &exchange.acrh),
    ];
    for (name, value) in given {
        headers.extend(value.iter().map(|value| (name.to_owned(), value.clone())));
    }
    let mut answer = by_path(&exchange.path);
    if exchange.kind == Kind::Actual {
        headers.extend(ask.headers.iter().cloned());
        let declared = ask.errors.iter().flatten().find(|failing| failing.path() == exchange.path);
        answer = declared.and_then(Failing::status).map_or(answer, Value::from);
        // It is the site's own code that turns away who has no login.
        let turned_away = ask.auth.is_some() && !login;
        if site_answers && declared.is_none() && (turned_away || went_well(exchange.status)) {
            answer = json!(exchange.status);
        }
    }
    raw(&exchange.method, &url(ask, &exchange.path), headers, &answer, login)
}

/// Whether a status is one of those that a site's own code answers with when nothing fails.
fn went_well(status: u16) -> bool {
    (200..400).contains(&status)
}

/// What the stand-in answers to such a path.
fn by_path(path: &str) -> Value {
    let marks = [("__404", json!(404)), ("__500", json!(500)), ("__missing", json!("missing"))];
    marks.into_iter().find(|(mark, _)| path.contains(mark)).map_or(json!(200), |(_, answer)| answer)
}

fn of_request(request: &Request) -> Value {
    let answer = json!(request.answer.unwrap_or(Answer::Status(200)));
    raw(&request.method, &request.url, request.headers.clone(), &answer, request.login)
}

fn raw(method: &str, url: &str, mut headers: Headers, answer: &Value, login: bool) -> Value {
    if login {
        headers.push((LOGIN.0.to_owned(), LOGIN.1.to_owned()));
    }
    json!({"kind": "raw", "method": method, "url": url, "headers": headers, "answer": answer, "login": login})
}

/// A path, unless the route says where it is.
fn url(ask: &Ask, path: &str) -> String {
    match (&ask.host, ask.port) {
        (None, _) => path.to_owned(),
        (Some(host), Some(443)) => format!("https://{host}{path}"),
        (Some(host), None | Some(80)) => format!("http://{host}{path}"),
        (Some(host), Some(port)) => format!("http://{host}:{port}{path}"),
    }
}

fn label_of(request: &Request) -> String {
    let origin = request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("origin"));
    let text = label(&request.method, &request.url, origin.map(|(_, value)| value.as_str()), request.login);
    match request.answer {
        Some(Answer::Status(status)) => format!("{text}, answered {status}"),
        Some(Answer::Missing(_)) => format!("{text}, missing"),
        None => text,
    }
}

fn label(method: &str, path: &str, origin: Option<&str>, login: bool) -> String {
    let from = origin.map_or_else(|| "without Origin".to_owned(), |origin| format!("from {origin}"));
    format!("{method} {path} {from}{}", if login { ", logged in" } else { "" })
}
