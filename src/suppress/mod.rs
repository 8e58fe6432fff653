//! Findings → those that are shown and those that somebody took away on purpose.
//!
//! In: all findings, the comments of the files, a baseline. Out: [`Sifted`]: the findings, named so that they can be known
//! again, and those that were taken away with whoever did; further what there is to say of comments and baseline. Must not
//! know: how anything was found, how it is shown.

pub mod baseline;
mod comment;
mod fingerprint;
mod ignores;
mod outline;

use std::collections::{BTreeMap, BTreeSet};

use self::baseline::Baseline;
pub use self::ignores::Ignores;
use self::outline::Outline;
use crate::Options;
use crate::analysis::Analysis;
use crate::finding::{Finding, InputError, Suppressed, SuppressedBy};
use crate::simulate::{Expectation, UNMET};
use crate::source::{Source, SourceId};
use crate::words;

/// What is left of findings, and what is not.
#[derive(Debug, Default)]
pub struct Sifted {
    /// What is shown, sorted by file, position and rule.
    pub findings: Vec<Finding>,
    /// What a comment or the baseline took away, in the same order.
    pub suppressed: Vec<Suppressed>,
    /// Comments that cannot be understood, and entries of the baseline whose finding is gone.
    pub errors: Vec<InputError>,
    /// The baseline as it is to be written, where that was asked for.
    pub baseline: Option<Baseline>,
}

/// A finding, and what takes it away if anything does.
#[derive(Debug)]
struct Judged {
    finding: Finding,
    taken: Option<(SuppressedBy, Option<String>)>,
}

/// Takes away what comments and the baseline ask for. `ignores`: the comments of `analysis`.
#[must_use]
pub fn sift(analysis: &Analysis, options: &Options, mut ignores: Ignores, findings: Vec<Finding>) -> Sifted {
    let mut outlines = Outlines::new(analysis, &options.config.expectations);
    let by_comment = |mut finding: Finding| {
        finding.ignored = finding.ignored.or_else(|| ignores.covering(&finding));
        let taken = finding.ignored.map(|comment| (SuppressedBy::Comment(comment), ignores.take(&finding, comment)));
        Judged { finding, taken }
    };
    let mut judged: Vec<Judged> = findings.into_iter().map(by_comment).collect();
    let whole = wholly_judged(analysis);
    let path = |source: SourceId| analysis.sources.get(source).path.as_path();
    let checked = |rule: &str, source: SourceId| whole.contains(&source) && options.reports(rule, path(source));
    let shown: Vec<&Finding> =
        judged.iter().filter(|judged| judged.taken.is_none()).map(|judged| &judged.finding).collect();
    let settled = |finding: Finding| options.settle(finding, &analysis.sources);
    let own: Vec<Finding> = ignores.findings(&checked, &shown).into_iter().filter_map(settled).collect();
    judged.extend(own.into_iter().map(|finding| Judged { finding, taken: None }));
    judged.sort_by_cached_key(|judged| {
        let location = judged.finding.primary.location;
        let name = analysis.sources.get(location.source).name.clone();
        (name, location.span, judged.finding.rule, judged.finding.ignored)
    });
    let all = judged.iter().map(|judged| &judged.finding);
    let names = fingerprint::fingerprints(&mut outlines, all, &|source| &analysis.sources.get(source).name);
    for (judged, name) in judged.iter_mut().zip(names) {
        judged.finding.fingerprint = name;
    }
    let mut sifted = Sifted { errors: ignores.errors, ..Sifted::default() };
    if let Some(baseline) = &options.baseline {
        let asking = options.config.source.as_ref().filter(|file| options.reports(UNMET, &file.path));
        let (stale, written) = baseline.take(&mut judged, &mut outlines, &checked, asking);
        sifted.errors.extend(stale);
        sifted.baseline = written;
    }
    for Judged { finding, taken } in judged {
        match taken {
            None => sifted.findings.push(finding),
            Some((by, reason)) => sifted.suppressed.push(Suppressed { finding, by, reason }),
        }
    }
    sifted
}

/// The files in which everything was found that there is to find: parts of configurations that a server would start
/// with, every file of which could be parsed, that include nothing which was not read.
fn wholly_judged(analysis: &Analysis) -> BTreeSet<SourceId> {
    let readable = |id: &SourceId| analysis.trees.get(id).is_none_or(|tree| tree.errors.is_empty());
    let (whole, not): (Vec<_>, Vec<_>) =
        analysis.units.iter().partition(|unit| analysis.starts(unit) && unit.files.iter().all(readable));
    let mut not: BTreeSet<SourceId> = not.into_iter().flat_map(|unit| unit.files.iter().copied()).collect();
    not.extend(analysis.units.iter().flat_map(|unit| &unit.problems).map(|problem| problem.location.source));
    whole.into_iter().flat_map(|unit| unit.files.iter().copied()).filter(|id| !not.contains(id)).collect()
}

/// The outlines of the files that are asked for.
#[derive(Debug)]
struct Outlines<'a> {
    analysis: &'a Analysis,
    expectations: &'a [Expectation],
    known: BTreeMap<SourceId, Outline>,
}

impl<'a> Outlines<'a> {
    fn new(analysis: &'a Analysis, expectations: &'a [Expectation]) -> Self {
        Self { analysis, expectations, known: BTreeMap::new() }
    }

    fn of(&mut self, source: SourceId) -> &Outline {
        self.known.entry(source).or_insert_with(|| Outline::of(self.analysis, source))
    }

    fn source(&self, source: SourceId) -> &'a Source {
        self.analysis.sources.get(source)
    }

    /// What the expectation asks that a finding speaks of; nothing of another finding. Its place is but a `true`.
    fn expected(&self, finding: &Finding) -> Vec<String> {
        let spoken_of = |expectation: &&Expectation| expectation.span == finding.primary.location.span;
        let expectation = self.expectations.iter().filter(|_| finding.rule == UNMET).find(spoken_of);
        expectation.map(Expectation::told).unwrap_or_default()
    }
}

/// Rule ids as a sentence names them.
fn listed(ids: &[&str]) -> String {
    let quoted: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    words::series(&quoted, "and")
}
