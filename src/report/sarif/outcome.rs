//! Findings as results.

use std::collections::{BTreeMap, BTreeSet};

use super::line_hash::line_hashes;
use super::model::{CodeFlow, Message, Outcome, Place, Stop, Suppression, ThreadFlow};
use super::place::Places;
use super::{level, rules};
use crate::finding::{Evidence, Finding, Label, Suppressed, SuppressedBy};
use crate::report::text::harmless;
use crate::report::{Report, prose};
use crate::source::SourceId;

/// How many exchanges a message tells.
const EXCHANGES: usize = 2;
/// GitHub shows no more related places of one result.
const MOST_RELATED: usize = 100;
/// How many ways through the configuration one result shows.
const MOST_FLOWS: usize = 4;

/// Makes results of the findings of one report.
pub(super) struct Outcomes<'r> {
    places: &'r Places<'r>,
    /// Fingerprints by file and line.
    hashes: BTreeMap<SourceId, BTreeMap<u32, String>>,
    /// Whether results have to say that nothing suppresses them: all have to say it where one is suppressed (3.27.23).
    with_suppressions: bool,
}

impl<'r> Outcomes<'r> {
    /// Prepares for `findings`, some of which may be suppressed.
    pub(super) fn new(
        report: &'r Report,
        places: &'r Places<'r>,
        findings: &[&Finding],
        with_suppressions: bool,
    ) -> Self {
        let mut wanted: BTreeMap<SourceId, BTreeSet<u32>> = BTreeMap::new();
        for finding in findings {
            let location = finding.primary.location;
            let line = report.sources.get(location.source).position(location.span.start).line;
            wanted.entry(location.source).or_default().insert(line);
        }
        let of = |(source, lines): (SourceId, _)| (source, line_hashes(&report.sources.get(source).text, &lines));
        Self { places, hashes: wanted.into_iter().map(of).collect(), with_suppressions }
    }

    pub(super) fn shown(&self, finding: &Finding) -> Outcome {
        self.outcome(finding, self.with_suppressions.then(Vec::new))
    }

    pub(super) fn suppressed(&self, Suppressed { finding, by, reason }: &Suppressed) -> Outcome {
        let (kind, location) = match by {
            SuppressedBy::Comment(location) => ("inSource", Some(self.places.place(*location))),
            SuppressedBy::Baseline => ("external", None),
        };
        self.outcome(finding, Some(vec![Suppression { kind, justification: reason.clone(), location }]))
    }

    fn outcome(&self, finding: &Finding, suppressions: Option<Vec<Suppression>>) -> Outcome {
        let primary = self.places.with_snippet(&finding.primary);
        let labels: Vec<&Label> = finding.labels.iter().take(MOST_RELATED).collect();
        let related = labels.iter().zip(1..).map(|(label, id)| Place { id: Some(id), ..self.places.labelled(label) });
        let related_locations: Vec<Place> = related.collect();
        Outcome {
            rule_id: finding.rule,
            rule_index: rules::index(finding.rule),
            level: level(finding.severity),
            message: Message::plain(message(finding, &labels)),
            partial_fingerprints: self.fingerprints(finding, &primary),
            locations: [primary],
            related_locations,
            code_flows: self.flows(&finding.evidence),
            suppressions,
        }
    }

    fn fingerprints(&self, finding: &Finding, primary: &Place) -> BTreeMap<&'static str, String> {
        let line = primary.physical_location.region.as_ref().map(|region| region.start_line);
        let hash = line.and_then(|line| self.hashes.get(&finding.primary.location.source)?.get(&line).cloned());
        let ours = (!finding.fingerprint.is_empty()).then(|| ("corslint/v1", finding.fingerprint.clone()));
        ours.into_iter().chain(hash.map(|hash| ("primaryLocationLineHash", hash))).collect()
    }

    /// The ways of the exchanges that have more than one step, each once.
    fn flows(&self, evidence: &[Evidence]) -> Vec<CodeFlow> {
        let mut told: Vec<&[Label]> = Vec::new();
        let mut flows = Vec::new();
        for evidence in evidence {
            let steps = evidence.steps.as_slice();
            if steps.len() < 2 || told.contains(&steps) || flows.len() == MOST_FLOWS {
                continue;
            }
            told.push(steps);
            let stop = |step: &Label| Stop { location: self.places.labelled(step) };
            flows.push(CodeFlow {
                message: Message::plain(format!("The way of {}.", prose::exchange(evidence))),
                thread_flows: [ThreadFlow { locations: steps.iter().map(stop).collect() }],
            });
        }
        flows
    }
}

/// The first sentence is what an alert is called; what follows tells the proof and links the related places, which
/// GitHub does not show otherwise.
fn message(finding: &Finding, labels: &[&Label]) -> String {
    let mut parts: Vec<String> = prose::lines(finding, EXCHANGES).iter().map(|line| plain(line)).collect();
    let named = labels.iter().zip(1..).filter(|(label, _)| !label.text.is_empty());
    let links: Vec<String> =
        named.map(|(label, id)| format!("[{}]({id})", bracketed(&harmless(&label.text)))).collect();
    if !links.is_empty() {
        parts.push(format!("See {}.", links.join(", ")));
    }
    parts.join("\n")
}

/// Text that is not to be taken for a link (3.11.6).
fn plain(text: &str) -> String {
    text.replace("](", "\\](")
}

/// Text that can stand within a link.
fn bracketed(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;

    #[test]
    fn a_message_tells_the_proof_and_links_the_labels() {
        let report = sample::full();
        let mut finding = report.findings[0].clone();
        let told = message(&finding, &finding.labels.iter().collect::<Vec<_>>());
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines[0], finding.message);
        assert!(lines[1].starts_with("Proof: `GET /api/x` with"), "{told}");
        assert_eq!(*lines.last().expect("has lines"), "See [the answer's own block](1).");
        finding.message = "The pattern [a](1) is odd.".to_owned();
        finding.labels[0].text = "of [b] \\ c".to_owned();
        let told = message(&finding, &finding.labels.iter().collect::<Vec<_>>());
        assert!(told.starts_with("The pattern [a\\](1) is odd.\n"), "{told}");
        assert!(told.ends_with("See [of \\[b\\] \\\\ c](1)."), "{told}");
    }
}
