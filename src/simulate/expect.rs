//! What a project expects of its configuration: fetches and the verdicts that they shall have.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::answer::{Told, address, in_worlds};
use super::ask::{Asked, Place};
use super::fetch::{Fetched, Sent, fetch};
use crate::analysis::{Analysis, Unit};
use crate::discover;
use crate::exchange::browser::{Reason, Stage};
use crate::exchange::{Outcome, Response, StepKind};
use crate::finding::{Evidence, Finding, Label, Severity};
use crate::policy::{Policy, RemarkKind};
use crate::source::{Location, SourceId, Span};

/// The rule of an expectation that does not hold.
pub const UNMET: &str = "unmet-expectation";

const ALLOW_ORIGIN: &str = "Access-Control-Allow-Origin";

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

/// A finding for each expectation of the file `source` that does not hold.
///
/// It is an error where it holds in no reading of what is not known. Where it fails in the likeliest reading alone, it is
/// a warning with what that takes to be so.
#[must_use]
pub fn unmet(analysis: &Analysis, source: SourceId, expectations: &[Expectation]) -> Vec<Finding> {
    expectations.iter().filter_map(|expectation| failure(analysis, source, expectation)).collect()
}

/// One reading: what comes of the fetch, and what is taken to be so.
struct Case<'a> {
    policy: &'a Policy,
    fetched: Fetched,
    assumptions: Vec<String>,
}

fn failure(analysis: &Analysis, source: SourceId, expectation: &Expectation) -> Option<Finding> {
    let asked = &expectation.asked;
    let place = Place::of(&asked.url).ok()?;
    let mut finding = finding(source, expectation);
    let units: Vec<&Unit> = analysis.units.iter().filter(|unit| is_within(analysis, unit, expectation)).collect();
    let Some((unit, request)) = address(&units, asked, &place) else {
        let instead = match &expectation.within {
            Some(file) if units.is_empty() => format!("`{}` is no part of what was read.", discover::shown(file)),
            _ => NOBODY.to_owned(),
        };
        finding.message.push_str(&instead);
        return Some(finding);
    };
    if !analysis.starts(unit) {
        finding.message.push_str("the server does not start with its configuration.");
        finding.labels.extend(obstacle(analysis, unit));
        return Some(finding);
    }
    let cases = unit.variants.iter().flat_map(|variant| {
        let policy = &variant.policy;
        let came = in_worlds(policy, |world| fetch(policy, &request, asked, world));
        came.into_iter().map(|(fetched, assumptions)| {
            let told = fetched.last().map(|(sent, _)| Told::of(policy, &sent.outcome).assumptions);
            let assumptions = variant.taken.iter().cloned().chain(assumptions).chain(told.unwrap_or_default());
            Case { policy, assumptions: assumptions.collect(), fetched }
        })
    });
    let cases: Vec<Case<'_>> = cases.collect();
    let likeliest = cases.first().filter(|case| !case.fetched.holds(expectation.allow))?;
    tell(&mut finding, likeliest, expectation.allow);
    if likeliest.fetched.is_nobodys() {
        finding.help = place.port.and_then(|port| other_ports(unit, &request.host, port));
    }
    let is_certain = |case: &Case<'_>| case.fetched.allowed() == Some(!expectation.allow) || case.fetched.is_nobodys();
    let has_effects = likeliest.fetched.last().is_some_and(|(sent, _)| sent.response().is_some_and(is_guess));
    if has_effects || !cases.iter().all(is_certain) {
        finding.severity = Severity::Warning;
        finding.assumptions.clone_from(&likeliest.assumptions);
    }
    Some(finding)
}

/// Whether steps that were not understood may have changed a response.
fn is_guess(response: &Response) -> bool {
    !response.unknown_effects.is_empty()
}

const NOBODY: &str = "nothing that was read answers it.";

impl Fetched {
    /// Whether the page may read the answer, where that can be told.
    fn allowed(&self) -> Option<bool> {
        let (sent, _) = self.last()?;
        sent.verdict.as_ref().filter(|verdict| !verdict.unknown).map(|verdict| verdict.allowed)
    }

    /// Whether no endpoint is for it.
    fn is_nobodys(&self) -> bool {
        self.last().is_some_and(|(sent, _)| matches!(sent.outcome, Outcome::NoEndpoint))
    }

    fn holds(&self, allow: bool) -> bool {
        self.allowed() == Some(allow)
    }
}

/// The finding, up to what happens instead.
fn finding(source: SourceId, expectation: &Expectation) -> Finding {
    let Asked { method, url, origin, credentials, .. } = &expectation.asked;
    let from = origin.as_deref().unwrap_or("null");
    let with = if *credentials { ", with credentials," } else { "" };
    let verdict = if expectation.allow { "allowed" } else { "refused" };
    Finding {
        rule: UNMET,
        severity: Severity::Error,
        message: format!("{method} {url} from {from}{with} shall be {verdict}, but "),
        help: None,
        primary: Label {
            location: Location { source, span: expectation.span },
            text: format!("expected to be {verdict}"),
        },
        labels: Vec::new(),
        endpoints: Vec::new(),
        evidence: Vec::new(),
        assumptions: Vec::new(),
        fingerprint: String::new(),
        ignored: None,
    }
}

/// Whether a configuration is one that is asked.
fn is_within(analysis: &Analysis, unit: &Unit, expectation: &Expectation) -> bool {
    let Some(wanted) = &expectation.within else { return true };
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let wanted = real(wanted);
    unit.files.iter().any(|id| real(&analysis.sources.get(*id).path) == wanted)
}

/// What to do where a site of that name listens, but not at that port.
fn other_ports(unit: &Unit, host: &str, port: u16) -> Option<String> {
    let policy = unit.policy();
    let named = policy.sites.iter().filter(|site| site.is_named(policy, host));
    let ports: BTreeSet<u16> = named.flat_map(|site| &site.listeners).map(|listener| listener.port).collect();
    if ports.is_empty() || ports.contains(&port) {
        return None;
    }
    let ports = ports.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
    Some(format!("The URL means port {port}, but `{host}` listens at {ports}: write that port, or `http://` for 80."))
}

/// What keeps a server from starting.
fn obstacle(analysis: &Analysis, unit: &Unit) -> Option<Label> {
    let remark = unit.policy().remarks.iter().find(|remark| remark.kind == RemarkKind::WillNotStart);
    let error = || {
        unit.needed.iter().find_map(|id| {
            let error = analysis.trees.get(id)?.errors.first()?;
            Some(Location { source: *id, span: error.span })
        })
    };
    let location = remark.map(|remark| remark.location).or_else(error)?;
    Some(Label { location, text: "because of this".to_owned() })
}

/// What happens instead, and what is to blame.
fn tell(finding: &mut Finding, case: &Case<'_>, expected: bool) {
    let Some((sent, stage)) = case.fetched.last() else { return };
    let reason = sent.verdict.as_ref().and_then(|verdict| verdict.reason.as_ref());
    let what = match (case.fetched.allowed(), reason) {
        _ if case.fetched.is_nobodys() => NOBODY.to_owned(),
        (Some(true), _) => "the browser lets the page read the answer.".to_owned(),
        (Some(false), Some(Reason::NoAnswer)) => "no answer ever comes.".to_owned(),
        (Some(false), Some(reason)) if stage == Stage::Preflight => format!("the preflight fails: {reason}"),
        (Some(false), Some(reason)) => format!("the browser keeps the answer from the page: {reason}"),
        _ => "whether the browser does so hangs on what is not known.".to_owned(),
    };
    finding.message.push_str(&what);
    let both = [case.fetched.preflight.as_ref(), case.fetched.actual.as_ref()];
    let exchange =
        |sent: &Sent| Some(Evidence::of(&sent.request, sent.answer, sent.response()?, sent.verdict.as_ref()));
    finding.evidence = both.into_iter().flatten().filter_map(exchange).collect();
    let Some(response) = sent.response() else { return };
    let endpoint = response.endpoint.map(|id| case.policy.endpoint(id));
    finding.endpoints = endpoint.map(|endpoint| endpoint.name.clone()).into_iter().collect();
    let blamed = if expected { refuser(response, reason) } else { written(response, ALLOW_ORIGIN, "allowed here") };
    let whole = || Some(Label { location: endpoint?.location, text: "answered here".to_owned() });
    finding.labels.extend(blamed.or_else(|| answerer(response)).or_else(whole));
}

/// What makes a browser refuse.
fn refuser(response: &Response, reason: Option<&Reason>) -> Option<Label> {
    match reason? {
        Reason::MissingAllowOrigin => {
            let is_it = |name: &str| name.eq_ignore_ascii_case(ALLOW_ORIGIN);
            let lost = response.lost.iter().find(|lost| is_it(&lost.line.name)).map(|lost| (lost.by, "dropped here"));
            let unsent = || response.unsent.iter().find(|unsent| is_it(&unsent.name));
            let found = lost.or_else(|| Some((unsent()?.written.directive, "nothing is sent for this origin")));
            found.map(|(location, text)| Label { location, text: text.to_owned() })
        }
        Reason::CredentialsNotTrue(_) => written(response, "Access-Control-Allow-Credentials", "not `true`")
            .or_else(|| written(response, ALLOW_ORIGIN, "without Access-Control-Allow-Credentials")),
        Reason::MethodNotAllowed(_) | Reason::UnreadableMethods => {
            written(response, "Access-Control-Allow-Methods", "does not list the method")
        }
        Reason::HeaderNotAllowed(_) | Reason::UnreadableHeaders => {
            written(response, "Access-Control-Allow-Headers", "does not list the header")
        }
        Reason::PreflightStatus(_) | Reason::PreflightRedirect | Reason::NoAnswer => None,
        Reason::MultipleAllowOrigin(_)
        | Reason::InvalidAllowOrigin(_)
        | Reason::OriginMismatch(_)
        | Reason::WildcardWithCredentials => written(response, ALLOW_ORIGIN, "another value is sent"),
    }
}

/// What wrote a header.
fn written(response: &Response, name: &str, text: &str) -> Option<Label> {
    let written = response.lines(name).find_map(|line| line.written)?;
    Some(Label { location: written.directive, text: text.to_owned() })
}

/// What answered in the end.
fn answerer(response: &Response) -> Option<Label> {
    let answers = |kind| !matches!(kind, StepKind::Activated(_) | StepKind::Rerouted);
    let step = response.trail.iter().rev().find(|step| answers(step.kind))?;
    let text = if step.kind == StepKind::Refused { "refused here" } else { "answered here" };
    Some(Label { location: step.location, text: text.to_owned() })
}
