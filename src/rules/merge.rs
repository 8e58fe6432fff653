//! Asking all rules about all endpoints, and one finding for one cause.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rayon::prelude::*;

use super::draft::{Draft, Drafts};
use super::{Check, RULES, Settings};
use crate::exchange::{MOST_WORLDS, Probes, World, assumptions};
use crate::finding::{Finding, Severity};
use crate::policy::{EndpointId, Policy, RemarkKind};

/// How many statements and conditions are gone through for one endpoint, all its worlds together.
const MOST_WORK: usize = 20_000_000;

/// What the rules say of a policy.
#[derive(Debug, Default)]
pub struct Merged {
    /// Findings in no particular order, each cause once.
    pub findings: Vec<Finding>,
    /// How many endpoints were asked.
    pub endpoints: usize,
    /// What was not understood and taken as unknown; one sentence each.
    pub notes: Vec<String>,
}

/// Judges every endpoint of a policy.
#[must_use]
pub fn judge(policy: &Policy, settings: Settings<'_>) -> Merged {
    let about_all = about_policy(policy, settings);
    if policy.remarks.iter().any(|remark| remark.kind == RemarkKind::WillNotStart) && !about_all.is_empty() {
        return Merged { findings: about_all, ..Merged::default() };
    }
    let ids: Vec<_> = policy.endpoint_ids().collect();
    let is_asked = |id: &&EndpointId| !policy.endpoint(**id).internal && !policy.endpoint(**id).derived;
    let endpoints = ids.iter().filter(is_asked).count();
    let judged: Vec<(Vec<Finding>, Option<String>)> = ids
        .par_iter()
        .filter_map(|id| Probes::of(policy, *id, settings.trusted))
        .map(|probes| endpoint(policy, &probes, settings))
        .collect();
    let not_understood = policy.remarks.iter().filter(|remark| remark.kind == RemarkKind::NotUnderstood);
    let notes = not_understood.map(|remark| remark.message.clone()).collect();
    let mut merged = Merged { findings: about_all, endpoints, notes };
    let (findings, notes): (Vec<_>, Vec<_>) = judged.into_iter().unzip();
    merged.notes.extend(notes.into_iter().flatten());
    merged.add(findings.into_iter().flatten());
    merged
}

/// What is said of the policy as a whole.
fn about_policy(policy: &Policy, settings: Settings<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES.iter().filter(|rule| (settings.selected)(rule.id)) {
        let Check::Policy(check) = rule.check else { continue };
        let mut drafts = Drafts::new();
        check(policy, &mut drafts);
        findings.extend(drafts.into_iter().map(|draft| finding(Told::certain(rule.id, draft), 1, None)));
    }
    findings
}

impl Merged {
    /// Adds findings; one whose cause is there already gets its endpoints.
    pub fn add(&mut self, findings: impl IntoIterator<Item = Finding>) {
        let mut places: HashMap<_, usize> =
            self.findings.iter().enumerate().map(|(place, finding)| (finding.cause(), place)).collect();
        for new in findings {
            match places.entry(new.cause()) {
                Entry::Vacant(free) => {
                    free.insert(self.findings.len());
                    self.findings.push(new);
                }
                Entry::Occupied(place) => join(&mut self.findings[*place.get()], new),
            }
        }
    }
}

/// One finding for two of one cause: the more severe, with the endpoints of both.
fn join(old: &mut Finding, new: Finding) {
    let mut endpoints: Vec<String> = old.endpoints.iter().chain(&new.endpoints).cloned().collect();
    endpoints.sort();
    endpoints.dedup();
    if new.severity > old.severity {
        *old = new;
    }
    old.endpoints = endpoints;
}

/// What is found in one world, with the assumptions that make it.
struct Told {
    rule: &'static str,
    draft: Draft,
    assumptions: Vec<String>,
    worlds: usize,
}

impl Told {
    fn certain(rule: &'static str, draft: Draft) -> Self {
        Self { rule, draft, assumptions: Vec::new(), worlds: 1 }
    }
}

/// What the rules say of an endpoint over all its worlds, and a note where there are more than can be looked at.
fn endpoint(policy: &Policy, probes: &Probes, settings: Settings<'_>) -> (Vec<Finding>, Option<String>) {
    let mut told: Vec<Told> = Vec::new();
    let mut worlds = 0;
    // What does not hold everywhere shows in two of them.
    let most = (MOST_WORK / probes.work().max(1)).clamp(2, MOST_WORLDS);
    let mut next = Some(World::default());
    while let Some(mut world) = next.take_if(|_| worlds < most) {
        worlds += 1;
        let observed = probes.ask(policy, &mut world);
        for rule in RULES.iter().filter(|rule| (settings.selected)(rule.id)) {
            let mut drafts = Drafts::new();
            match rule.check {
                Check::Exchanges(check) => check(&observed, &mut drafts),
                Check::Limited(check) => check(&observed, settings.limits, &mut drafts),
                Check::Policy(_) => {}
            }
            for draft in drafts {
                let place = draft.primary.location;
                if let Some(known) = told.iter_mut().find(|t| t.rule == rule.id && t.draft.primary.location == place) {
                    known.worlds += 1;
                } else {
                    let assumptions = assumptions(policy, &world);
                    told.push(Told { rule: rule.id, draft, assumptions, worlds: 1 });
                }
            }
        }
        next = world.successor();
    }
    let name = &policy.endpoint(probes.endpoint).name;
    let note = next
        .map(|_| format!("`{name}` hangs on so much that is not known that only {most} cases of it were looked at"));
    // Before this endpoint's labels are lost to those of another: a comment at one of them speaks of this one alone.
    let marked = |finding: Finding| Finding { ignored: (settings.ignored)(&finding), ..finding };
    (told.into_iter().map(|told| marked(finding(told, worlds, Some(name)))).collect(), note)
}

/// What does not hold in every world hangs on assumptions, and is at most a warning.
fn finding(told: Told, worlds: usize, endpoint: Option<&str>) -> Finding {
    let Told { rule, draft, assumptions, worlds: held } = told;
    let everywhere = held == worlds;
    Finding {
        rule,
        severity: if everywhere { draft.severity } else { draft.severity.min(Severity::Warning) },
        message: draft.message,
        help: draft.help,
        primary: draft.primary,
        labels: draft.labels,
        endpoints: endpoint.map(str::to_owned).into_iter().collect(),
        evidence: draft.evidence,
        assumptions: if everywhere { Vec::new() } else { assumptions },
        fingerprint: String::new(),
        ignored: None,
    }
}
