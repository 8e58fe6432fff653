//! Units → findings: each unit is judged by itself, and what a neighbour mends or has its part in is told apart.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::analysis::{Analysis, Unit, is_mended};
use crate::finding::{Finding, Label};
use crate::rules::{self, Asked, Merged};
use crate::source::SourceId;

/// What the rules say of one unit.
struct Judged {
    merged: Merged,
    /// Rules that found something by way of it that is wrong with an application behind it alone, and where.
    behind: BTreeSet<(&'static str, SourceId)>,
}

/// What the rules that are asked say of all units, each cause once.
pub(crate) fn judge(analysis: &Analysis, asked: Asked<'_>) -> Merged {
    let mut judged: Vec<Judged> = analysis.units.par_iter().map(|unit| of_unit(unit, asked)).collect();
    let behind: BTreeSet<_> = judged.iter_mut().flat_map(|judged| std::mem::take(&mut judged.behind)).collect();
    let mut merged = Merged::default();
    for (Judged { merged: mut part, .. }, unit) in judged.into_iter().zip(&analysis.units) {
        // What those before an application mend is wrong with nothing that a browser sees.
        let arrives = |finding: &Finding| {
            behind.contains(&(finding.rule, finding.primary.location.source))
                || !is_mended(unit, &analysis.units, finding)
        };
        part.findings.retain(arrives);
        merged.take(part);
    }
    merged.findings = merged.findings.into_iter().map(|finding| analysis.qualified(finding)).collect();
    merged
}

fn of_unit(unit: &Unit, asked: Asked<'_>) -> Judged {
    let mut merged = rules::judge_variants(&unit.variants, asked);
    let mut behind = BTreeSet::new();
    let is_here = |label: &Label| unit.files.contains(&label.location.source);
    merged.findings.retain_mut(|finding| {
        if is_here(&finding.primary) {
            return true;
        }
        // Of what two servers do together, the one that stands before has to be told.
        if let Some(own) = finding.labels.iter_mut().find(|label| is_here(label)) {
            std::mem::swap(&mut finding.primary, own);
            return true;
        }
        behind.insert((finding.rule, finding.primary.location.source));
        false
    });
    Judged { merged, behind }
}
