//! One case: what the program says of it beside what the real server did.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::ask::{Question, questions};
use crate::case::{Case, Headers, Response, Truth};
use crate::{judge, lines, origins, program};

/// How many differences a failure shows.
const SHOWN: usize = 6;

/// How a case went.
#[derive(Debug, Default)]
pub(crate) struct Replayed {
    /// Exchanges compared.
    pub(crate) exchanges: usize,
    /// Those predicted as they were recorded.
    pub(crate) predicted: usize,
    /// Required rules.
    pub(crate) required: usize,
    /// Those of them that were reported.
    pub(crate) reported: usize,
    /// Rules reported that the answers do not justify.
    pub(crate) unjustified: usize,
    /// What is wrong.
    faults: Vec<String>,
}

impl Replayed {
    /// The faults, if there are any.
    pub(crate) fn verdict(&self) -> Result<(), String> {
        let mut shown: Vec<&str> = self.faults.iter().take(SHOWN).map(String::as_str).collect();
        let more = format!("… and {} more", self.faults.len().saturating_sub(SHOWN));
        if self.faults.len() > SHOWN {
            shown.push(&more);
        }
        if shown.is_empty() { Ok(()) } else { Err(shown.join("\n")) }
    }
}

/// Replays the case in `folder`; `rules` are those that the program has.
pub(crate) fn replay(folder: &Path, case: &Case, rules: &BTreeSet<String>) -> Replayed {
    let mut replayed = Replayed::default();
    if let Err(fault) = compare(folder, case, rules, &mut replayed) {
        replayed.faults.push(fault);
    }
    replayed
}

fn compare(folder: &Path, case: &Case, rules: &BTreeSet<String>, replayed: &mut Replayed) -> Result<(), String> {
    let truth = Truth::read(folder)?;
    replayed.faults.extend(stale(case, &truth));
    let site = folder.join("site");
    if truth.rejected.is_some() {
        says_so(&site, rules, replayed)?;
        if truth.routes.is_empty() {
            return does_not_start(&site, replayed);
        }
    }
    let any_world = hangs_on_surroundings(case);
    let questions = questions(case, &truth);
    let requests: Vec<Value> = questions.iter().map(|question| question.request.clone()).collect();
    for (question, reply) in questions.iter().zip(program::simulate(&site, &requests)?) {
        replayed.exchanges += 1;
        let is_said_to_be_open =
            case.setup.copies && reply["assumptions"].as_array().is_some_and(|all| !all.is_empty());
        match difference(question, &reply, any_world).filter(|_| !is_said_to_be_open) {
            None => replayed.predicted += 1,
            Some(difference) => replayed.faults.push(format!("{}: {difference}", question.label)),
        }
    }
    judged(&site, case, &truth, rules, replayed)
}

/// What must be recorded anew because `case.json` has changed since.
fn stale(case: &Case, truth: &Truth) -> Option<String> {
    let routes = case.routes.iter().eq(truth.routes.iter().map(|recorded| &recorded.route));
    let requests = case.requests.iter().eq(truth.requests.iter().map(|recorded| &recorded.request));
    let origins = truth.routes.iter().all(|recorded| {
        let asked: BTreeSet<_> = recorded.exchanges.iter().map(|exchange| &exchange.origin).collect();
        origins::probes(&recorded.route.trusted).iter().collect::<BTreeSet<_>>() == asked
    });
    let current = routes && requests && origins && case.setup.rejected == truth.rejected.is_some();
    (!current).then(|| "truth.json does not belong to case.json: record it anew".to_owned())
}

/// Whether the answers hang on what only the recorder knows: which files there are, how the server is started. Any world
/// of the program is right then.
fn hangs_on_surroundings(case: &Case) -> bool {
    let setup = &case.setup;
    let lists = [&setup.scripts, &setup.defines, &setup.modules_off];
    // Of an application, the environment that it finds.
    if case.frontend == "express" && setup.judge.is_some() {
        return true;
    }
    !setup.fixtures.is_empty() || setup.front_controller.is_some() || lists.iter().any(|list| !list.is_empty())
}

/// The server does not start: the program has to say so.
fn does_not_start(site: &Path, replayed: &mut Replayed) -> Result<(), String> {
    let request = serde_json::json!({"kind": "raw", "method": "GET", "url": "/"});
    let replies = program::simulate(site, &[request])?;
    replayed.exchanges += 1;
    if replies[0]["outcome"] == "does-not-start" {
        replayed.predicted += 1;
    } else {
        replayed.faults.push(format!("GET /: predicted {}, but the server does not start", replies[0]));
    }
    Ok(())
}

/// The server does not take a file: a rule has to say so.
fn says_so(site: &Path, rules: &BTreeSet<String>, replayed: &mut Replayed) -> Result<(), String> {
    let fitting = ["rejected-configuration", "syntax-error"];
    if fitting.iter().any(|rule| rules.contains(*rule)) {
        replayed.required += 1;
        let found = program::check(site)?;
        if fitting.iter().any(|rule| found.contains(*rule)) {
            replayed.reported += 1;
        } else {
            replayed.faults.push(format!("neither of {} is reported", fitting.join(", ")));
        }
    }
    Ok(())
}

/// The rules reported against those that the recorded answers justify.
fn judged(
    site: &Path,
    case: &Case,
    truth: &Truth,
    rules: &BTreeSet<String>,
    replayed: &mut Replayed,
) -> Result<(), String> {
    let found = program::check(site)?;
    let justified = judge::case(case, truth);
    let remarks = case.remarks.iter().map(String::as_str);
    for rule in justified.required.iter().copied().chain(remarks).filter(|rule| rules.contains(*rule)) {
        replayed.required += 1;
        if found.contains(rule) {
            replayed.reported += 1;
        } else {
            replayed.faults.push(format!("{rule} is not reported"));
        }
    }
    let tolerated = |rule: &str| {
        justified.required.contains(rule)
            || justified.tolerated.contains(rule)
            || case.setup.tolerated.iter().chain(&case.remarks).any(|other| other == rule)
    };
    for rule in judge::JUDGED.iter().filter(|rule| found.contains(**rule) && !tolerated(rule)) {
        replayed.unjustified += 1;
        replayed.faults.push(format!("{rule} is reported, but the answers do not justify it"));
    }
    Ok(())
}

fn difference(question: &Question, reply: &Value, any_world: bool) -> Option<String> {
    if question.answer.status == 0 {
        let silent = |reply: &Value| reply["outcome"] == "no-answer";
        let others = reply["alternatives"].as_array().map_or(&[][..], Vec::as_slice);
        let predicted = silent(reply) || (any_world && others.iter().any(silent));
        return (!predicted).then(|| format!("there is no answer, but predicted was {reply}"));
    }
    let expected = essence(&question.answer);
    let first = predicted(reply);
    if first.as_ref().is_some_and(|response| essence(response) == expected) {
        return None;
    }
    let others = reply["alternatives"].as_array().map_or(&[][..], Vec::as_slice);
    if any_world && others.iter().filter_map(predicted).any(|response| essence(&response) == expected) {
        return None;
    }
    let told = first.map_or_else(|| reply.to_string(), |response| essence(&response).to_string());
    Some(format!("\n    recorded  {expected}\n    predicted {told}"))
}

/// The response of a reply; `None` if there is none, or one that is not known where it matters.
fn predicted(reply: &Value) -> Option<Response> {
    let response = reply.get("response")?;
    let status = u16::try_from(response["status"].as_u64()?).ok()?;
    let mut section = Vec::new();
    for field in response["headers"].as_array()? {
        let name = field[0].as_str()?;
        if name.eq_ignore_ascii_case("vary") || name.to_ascii_lowercase().starts_with("access-control-") {
            section.push(format!("{name}: {}", field[1].as_str()?));
        }
    }
    Some(Response { status, headers: lines::read(&section.join("\r\n")) })
}

/// What has to be right about an answer.
#[derive(Debug, PartialEq, Eq)]
struct Essence {
    status: u16,
    /// Access-Control headers, names in lower case, sorted.
    access_control: Headers,
    varies_by_origin: bool,
}

fn essence(response: &Response) -> Essence {
    let lower = response.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
    let mut access_control: Headers = lower.filter(|(name, _)| name.starts_with("access-control-")).collect();
    access_control.sort();
    Essence {
        status: response.status,
        access_control,
        varies_by_origin: judge::tokens(&response.headers, "vary").any(|token| token.eq_ignore_ascii_case("origin")),
    }
}

impl std::fmt::Display for Essence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.status)?;
        for (name, value) in &self.access_control {
            write!(f, ", {}: {value}", name.trim_start_matches("access-control-"))?;
        }
        if self.varies_by_origin { write!(f, ", vary: origin") } else { Ok(()) }
    }
}
