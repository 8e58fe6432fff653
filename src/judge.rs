//! Units → findings: each unit is judged by itself, and what a neighbour mends or has its part in is told apart.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::analysis::{Analysis, Unit, handing_on, is_mended};
use crate::finding::{Finding, Label};
use crate::rules::{self, Merged, Settings};
use crate::source::Location;

/// What the rules say of one unit.
struct Judged {
    merged: Merged,
    /// What was found by way of it, and is written in an application behind it alone.
    behind: Vec<Finding>,
}

/// What the rules say of all units, each cause once.
pub(crate) fn judge(analysis: &Analysis, settings: Settings<'_>) -> Merged {
    let judged: Vec<Judged> = analysis.units.par_iter().map(|unit| of_unit(unit, settings)).collect();
    let cause = |finding: &Finding| (finding.rule, finding.primary.location.source);
    let behind: BTreeSet<_> = judged.iter().flat_map(|judged| &judged.behind).map(cause).collect();
    let alone: BTreeSet<_> = judged.iter().flat_map(|judged| &judged.merged.findings).map(cause).collect();
    let (mut merged, mut found) = (Merged::default(), Vec::new());
    for (Judged { merged: mut part, behind: handed_on }, unit) in judged.into_iter().zip(&analysis.units) {
        // What those before an application mend is wrong with nothing that a browser sees.
        let arrives =
            |finding: &Finding| behind.contains(&cause(finding)) || !is_mended(unit, &analysis.units, finding);
        part.findings.retain(arrives);
        // What the application by itself does right has gone wrong on the way.
        let spoilt = handed_on.into_iter().filter(|finding| !alone.contains(&cause(finding)));
        part.findings.extend(spoilt.map(|finding| blamed_on(unit, finding)));
        merged.endpoints += part.endpoints;
        merged.notes.append(&mut part.notes);
        found.append(&mut part.findings);
    }
    merged.add(found);
    merged.findings = merged.findings.into_iter().map(|finding| analysis.qualified(finding)).collect();
    merged
}

fn of_unit(unit: &Unit, settings: Settings<'_>) -> Judged {
    let mut merged = rules::judge_variants(&unit.variants, settings);
    let handing: BTreeSet<Location> = unit.variants.iter().flat_map(|variant| handing_on(&variant.policy)).collect();
    let mut behind = Vec::new();
    for mut finding in std::mem::take(&mut merged.findings) {
        // Of what two servers do together, the one that stands before has to be told; to hand on is no part in it.
        let has_part = |label: &&mut Label| is_here(unit, label) && !handing.contains(&label.location);
        if !is_here(unit, &finding.primary)
            && let Some(own) = finding.labels.iter_mut().find(has_part)
        {
            std::mem::swap(&mut finding.primary, own);
        }
        if is_here(unit, &finding.primary) { &mut merged.findings } else { &mut behind }.push(finding);
    }
    Judged { merged, behind }
}

fn is_here(unit: &Unit, label: &Label) -> bool {
    unit.files.contains(&label.location.source)
}

/// The finding at what hands the answer on, where that can be told.
fn blamed_on(unit: &Unit, mut finding: Finding) -> Finding {
    let steps = finding.evidence.iter().flat_map(|evidence| &evidence.steps);
    if let Some(step) = steps.rev().find(|step| is_here(unit, step)) {
        let location = step.location;
        let text = "hands on what the application answers".to_owned();
        let written = std::mem::replace(&mut finding.primary, Label { location, text });
        finding.labels.insert(0, written);
    }
    finding
}
