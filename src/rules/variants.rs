//! What is said of a configuration that comes in several variants.

use rayon::prelude::*;

use super::Settings;
use super::merge::{Merged, judge};
use crate::finding::{Finding, Severity};
use crate::policy::Variant;

/// Judges all variants of a configuration. What is found in some of them only hangs on what these take to be so, and
/// is at most a warning.
#[must_use]
pub fn judge_variants(variants: &[Variant], settings: Settings<'_>) -> Merged {
    let mut judged: Vec<Merged> = variants.par_iter().map(|variant| judge(&variant.policy, settings)).collect();
    if judged.len() == 1 {
        return judged.pop().unwrap_or_default();
    }
    let mut merged =
        Merged { endpoints: judged.iter().map(|one| one.endpoints).max().unwrap_or(0), ..Merged::default() };
    let mut told: Vec<Told> = Vec::new();
    for (variant, one) in judged.into_iter().enumerate() {
        merged.notes.extend(one.notes.into_iter().filter(|note| !merged.notes.contains(note)).collect::<Vec<_>>());
        for finding in one.findings {
            match told.iter_mut().find(|told| told.is_same(&finding)) {
                Some(known) => known.found.push((variant, finding)),
                None => told.push(Told { found: vec![(variant, finding)] }),
            }
        }
    }
    merged.findings.extend(told.into_iter().filter_map(|told| told.finding(variants)));
    merged
}

/// One cause, with what was found of it in each variant that has it.
struct Told {
    found: Vec<(usize, Finding)>,
}

impl Told {
    fn is_same(&self, finding: &Finding) -> bool {
        self.found.first().is_some_and(|(_, known)| known.is_same(finding))
    }

    /// The finding that stands for all: of those in every variant the weakest, which always holds, else the strongest.
    fn finding(self, variants: &[Variant]) -> Option<Finding> {
        let mut endpoints: Vec<String> = self.found.iter().flat_map(|(_, finding)| finding.endpoints.clone()).collect();
        endpoints.sort();
        endpoints.dedup();
        let with: Vec<usize> = self.found.iter().map(|(variant, _)| *variant).collect();
        if with.len() == variants.len() {
            let (_, weakest) = self.found.into_iter().min_by_key(|(_, finding)| finding.severity)?;
            return Some(Finding { endpoints, ..weakest });
        }
        // Of equals the first, in which templates put the most.
        let (variant, strongest) = self.found.into_iter().rev().max_by_key(|(_, finding)| finding.severity)?;
        let taken = telling(variants, &with, variant);
        let assumptions = taken.into_iter().chain(strongest.assumptions).collect();
        Some(Finding { endpoints, assumptions, severity: strongest.severity.min(Severity::Warning), ..strongest })
    }
}

/// What one variant takes to be so in which it differs from the variants most like it that have no such finding.
fn telling(variants: &[Variant], with: &[usize], variant: usize) -> Vec<String> {
    let own = &variants[variant].taken;
    let difference = |other: usize| -> Vec<usize> {
        (0..own.len()).filter(|index| variants[other].taken.get(*index) != own.get(*index)).collect()
    };
    let without = (0..variants.len()).filter(|other| !with.contains(other)).map(difference);
    let without: Vec<Vec<usize>> = without.collect();
    let least = without.iter().map(Vec::len).min().unwrap_or(0);
    let mut indices: Vec<usize> = without.into_iter().filter(|indices| indices.len() == least).flatten().collect();
    indices.sort_unstable();
    indices.dedup();
    indices.into_iter().map(|index| own[index].clone()).collect()
}
