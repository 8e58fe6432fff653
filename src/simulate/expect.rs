//! What a project expects of its configuration: fetches and the verdicts that they shall have.

use std::path::{Path, PathBuf};

use super::answer::{Reading, Told, readings};
use super::ask::{Asked, Place};
use super::blame::{deciders, obstacle, other_ports};
use super::choose::{Choice, Picked, request};
use super::fetch::{Fetched, fetch};
use crate::analysis::Analysis;
use crate::discover;
use crate::exchange::Response;
use crate::exchange::browser::{Reason, Stage};
use crate::finding::{Finding, Label, Severity};
use crate::policy::Answer;
use crate::source::{Location, SourceId, Span};

/// The rule of an expectation that does not hold.
pub const UNMET: &str = "unmet-expectation";

/// A fetch and the verdict that it shall have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The fetch; `kind` and `env` are not looked at.
    pub asked: Asked,
    /// Whether the page shall be able to read the answer.
    pub allow: bool,
    /// A file of the configuration that is asked, where there are several.
    pub within: Option<PathBuf>,
    /// Where in its file the verdict is written.
    pub span: Span,
}

impl Expectation {
    /// What is asked, one thing a text; what goes without saying is left out, so that the texts stay the same where there
    /// comes to be more that can be said.
    pub(crate) fn told(&self) -> Vec<String> {
        let Asked { method, url, origin, headers, credentials, login, answer, kind: _, env: _ } = &self.asked;
        let mut told = vec![method.clone(), url.clone(), origin.clone().unwrap_or_default()];
        told.extend(headers.iter().map(|(name, value)| format!("{}: {value}", name.to_ascii_lowercase())));
        told.extend(credentials.then(|| "credentials".to_owned()));
        told.extend(login.then(|| "login".to_owned()));
        told.extend(match answer {
            Answer::Status(200) => None,
            Answer::Status(status) | Answer::Unreachable(status) => Some(status.to_string()),
            Answer::Missing => Some("missing".to_owned()),
        });
        // The way there hangs on where the run was started.
        told.extend(self.within.as_deref().and_then(Path::file_name).map(|name| format!("in {}", name.display())));
        told
    }
}

/// A finding for each expectation of the file `source` that does not hold.
///
/// It is an error where it holds in no reading of what is not known. Where it fails in the likeliest reading alone, it is
/// a warning with what that takes to be so.
#[must_use]
pub fn unmet(analysis: &Analysis, source: SourceId, expectations: &[Expectation]) -> Vec<Finding> {
    expectations.iter().filter_map(|expectation| failure(analysis, source, expectation)).collect()
}

fn failure(analysis: &Analysis, source: SourceId, expectation: &Expectation) -> Option<Finding> {
    let asked = &expectation.asked;
    let place = Place::of(&asked.url).ok()?;
    let mut finding = finding(source, expectation);
    let picked = expectation.within.as_deref().map(|file| (file, Picked::of(analysis, file)));
    let Some(unit) = Choice::of(analysis, picked.as_ref().map(|(_, picked)| picked), &place).taken else {
        let instead = match picked.filter(|(_, picked)| picked.is_nobodys()) {
            Some((file, _)) if file.is_dir() => format!("`{}` is a folder; `in` names a file.", discover::shown(file)),
            Some((file, _)) => format!("`{}` is no part of what was read.", discover::shown(file)),
            None => NOBODY.to_owned(),
        };
        finding.message.push_str(&instead);
        return Some(finding);
    };
    if !analysis.starts(unit) {
        finding.message.push_str("the server does not start with its configuration.");
        finding.labels.extend(obstacle(analysis, unit));
        return Some(finding);
    }
    let request = request(unit, asked, &place);
    let mut cases = readings(unit, |policy, world| fetch(policy, &request, asked, world));
    for Reading { policy, came, assumptions } in &mut cases {
        let told = came.last().map(|(sent, _)| Told::of(policy, &sent.outcome).assumptions);
        assumptions.extend(told.unwrap_or_default());
    }
    let likeliest = cases.first().filter(|case| !case.came.holds(expectation.allow))?;
    tell(&mut finding, likeliest);
    if likeliest.came.is_nobodys() {
        finding.help = place.port.and_then(|port| other_ports(unit, &request.host, port));
    }
    let is_certain = |case: &Case<'_>| case.came.allowed() == Some(!expectation.allow) || case.came.is_nobodys();
    let has_effects = likeliest.came.last().is_some_and(|(sent, _)| sent.response().is_some_and(is_guess));
    if has_effects || !cases.iter().all(is_certain) {
        finding.severity = Severity::Warning;
        finding.assumptions.clone_from(&likeliest.assumptions);
    }
    Some(finding)
}

/// What comes of the fetch in one reading.
type Case<'a> = Reading<'a, Fetched>;

/// Whether steps that were not understood may have changed a response.
fn is_guess(response: &Response) -> bool {
    !response.unknown_effects.is_empty()
}

const NOBODY: &str = "nothing that was read answers it.";

/// The finding, up to what happens instead.
fn finding(source: SourceId, expectation: &Expectation) -> Finding {
    let fetch = expectation.asked.in_words();
    let comma = if expectation.asked.credentials { "," } else { "" };
    let verdict = if expectation.allow { "allowed" } else { "refused" };
    let message = format!("{fetch}{comma} shall be {verdict}, but ");
    let location = Location { source, span: expectation.span };
    Finding {
        primary: Label { location, text: format!("expected to be {verdict}") },
        ..Finding::bare(UNMET, Severity::Error, location, message)
    }
}

/// What happens instead, and what is to blame.
fn tell(finding: &mut Finding, case: &Case<'_>) {
    let Some((sent, stage)) = case.came.last() else { return };
    let reason = sent.verdict.as_ref().and_then(|verdict| verdict.reason.as_ref());
    let what = match (case.came.allowed(), reason) {
        _ if case.came.is_nobodys() => NOBODY.to_owned(),
        (Some(true), _) => "the browser lets the page read the answer.".to_owned(),
        (Some(false), Some(Reason::NoAnswer)) => "no answer ever comes.".to_owned(),
        (Some(false), Some(reason)) if stage == Stage::Preflight => format!("the preflight fails: {reason}"),
        (Some(false), Some(reason)) => format!("the browser keeps the answer from the page: {reason}"),
        _ => "whether the browser does so hangs on what is not known.".to_owned(),
    };
    finding.message.push_str(&what);
    finding.evidence = case.came.evidence();
    let Some(response) = sent.response() else { return };
    let endpoint = response.endpoint.map(|id| case.policy.endpoint(id));
    finding.endpoints = endpoint.map(|endpoint| endpoint.name.clone()).into_iter().collect();
    finding.labels.extend(deciders(case.policy, &case.came));
}
