//! Recorded exchanges as requests to the program.

use serde_json::{Value, json};

use crate::case::{Answer, Ask, Case, Exchange, Headers, Kind, RecordedRoute, Request, Response, Truth};

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
    let routes = truth.routes.iter().enumerate().flat_map(|(index, route)| of_route(route, &case.ask(index)));
    let further = truth.requests.iter().map(|recorded| {
        let request = &recorded.request;
        Question { request: of_request(request), answer: recorded.response.clone(), label: label_of(request) }
    });
    routes.chain(further).collect()
}

fn of_route(recorded: &RecordedRoute, ask: &Ask) -> Vec<Question> {
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
            request: of_exchange(exchange, ask, login),
            answer: Response { status: exchange.status, headers: exchange.headers.clone() },
            label: label(&exchange.method, &exchange.path, exchange.origin.as_deref(), login),
        });
    }
    questions
}

fn of_exchange(exchange: &Exchange, ask: &Ask, login: bool) -> Value {
    let mut headers = Headers::new();
    let given = [
        ("Origin", &exchange.origin),
        ("Access-Control-Request-Method", &exchange.acrm),
        ("Access-Control-Request-Headers", &exchange.acrh),
    ];
    for (name, value) in given {
        headers.extend(value.iter().map(|value| (name.to_owned(), value.clone())));
    }
    let answer = if exchange.path.contains("__404") {
        json!(404)
    } else if exchange.path.contains("__500") {
        json!(500)
    } else if exchange.path.contains("__missing") {
        json!("missing")
    } else {
        json!(200)
    };
    raw(&exchange.method, &url(ask, &exchange.path), headers, &answer, login)
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
