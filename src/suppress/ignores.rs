//! The comments of a run: which finding each takes away, and what there is to say of the comments themselves.

use std::collections::BTreeSet;

use super::comment::{self, Ignore};
use super::outline::Outline;
use super::{Outlines, listed};
use crate::Options;
use crate::analysis::Analysis;
use crate::finding::{Finding, InputError, Label, Severity};
use crate::source::{Location, SourceId, Span};

/// Most errors told of the comments of one file.
const MOST_ERRORS: usize = 100;

/// All comments that ask for something to be ignored.
#[derive(Debug, Default)]
pub struct Ignores {
    /// By file and position.
    placed: Vec<Placed>,
    /// Which rules of which comments took a finding away.
    used: BTreeSet<(usize, &'static str)>,
    /// What could not be understood of them.
    pub(super) errors: Vec<InputError>,
}

/// A comment at its place.
#[derive(Debug)]
struct Placed {
    source: SourceId,
    ignore: Ignore,
    /// All of the comment.
    comment: Span,
    /// What it speaks of; nothing where it is for the whole file.
    covered: Option<Span>,
}

impl Ignores {
    /// Reads the comments of every file; there are none where they are not to be heeded.
    #[must_use]
    pub fn read(analysis: &Analysis, options: &Options) -> Self {
        let mut ignores = Self::default();
        if options.no_ignores {
            return ignores;
        }
        let mut outlines = Outlines::new(analysis, &[]);
        for (source, tree) in &analysis.trees {
            let text = analysis.sources.get(*source);
            let mut room = MOST_ERRORS;
            for comment in &tree.comments {
                let (asked, faults) = comment::read(text.slice(comment.span), comment.span.start, room);
                room = room.saturating_sub(faults.len());
                ignores.errors.extend(faults.into_iter().map(|fault| InputError {
                    file: text.name.clone(),
                    location: Some(Location { source: *source, span: fault.span }),
                    message: fault.message,
                    fatal: true,
                }));
                for ignore in asked {
                    let outline: &Outline = outlines.of(*source);
                    let covered = if ignore.whole_file { None } else { outline.spoken_of(text, comment) };
                    ignores.placed.push(Placed { source: *source, ignore, comment: comment.span, covered });
                }
            }
        }
        ignores
    }

    /// The comment that takes a finding away, the narrowest of several.
    #[must_use]
    pub fn covering(&self, finding: &Finding) -> Option<Location> {
        let names = |placed: &&Placed| placed.ignore.rules.iter().any(|(rule, _)| *rule == finding.rule);
        let fitting = self.placed.iter().filter(|placed| names(placed) && placed.covers(finding));
        fitting.min_by_key(|placed| placed.reach()).map(Placed::location)
    }

    /// Keeps in mind that a comment takes a finding away; returns why it does.
    pub(super) fn take(&mut self, finding: &Finding, comment: Location) -> Option<String> {
        let index = self.placed.binary_search_by_key(&comment, Placed::location).ok()?;
        self.used.insert((index, finding.rule));
        self.placed[index].ignore.reason.clone()
    }

    /// What is wrong with the comments. `checked`: whether a rule was checked in a file, so that it would have been found
    /// there. `shown`: what no comment took away.
    pub(super) fn findings(&self, checked: &dyn Fn(&str, SourceId) -> bool, shown: &[&Finding]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, placed) in self.placed.iter().enumerate() {
            let is_idle = |(rule, _): &&(&'static str, Span)| {
                checked(rule, placed.source) && !self.used.contains(&(index, *rule))
            };
            let idle: Vec<(&str, Span)> = placed.ignore.rules.iter().filter(is_idle).copied().collect();
            if !idle.is_empty() {
                findings.push(placed.unused(&idle, shown));
            }
            let all = placed.ignore.rules.iter();
            let others: Vec<&str> = all.filter(|rule| !idle.contains(rule)).map(|(rule, _)| *rule).collect();
            if placed.ignore.reason.is_none() && !others.is_empty() {
                findings.push(placed.unexplained(&others));
            }
        }
        findings
    }
}

impl Placed {
    fn location(&self) -> Location {
        Location { source: self.source, span: self.ignore.span }
    }

    /// Whether a place of the finding lies in what this speaks of, or the finding lies around it.
    fn covers(&self, finding: &Finding) -> bool {
        let labels = finding.labels.iter().map(|label| label.location);
        let mut places = labels.chain([finding.primary.location]).filter(|place| place.source == self.source);
        if self.ignore.whole_file {
            return places.next().is_some();
        }
        let speaks_of = |place: Location| {
            let start = place.span.start;
            self.covered.is_some_and(|covered| covered.start <= start && start < covered.end)
        };
        let primary = finding.primary.location;
        let is_inside = primary.source == self.source
            && primary.span.start <= self.comment.start
            && self.comment.end <= primary.span.end;
        is_inside || places.any(speaks_of)
    }

    /// How many bytes it speaks of, about.
    fn reach(&self) -> usize {
        if self.ignore.whole_file { usize::MAX } else { self.covered.map_or(0, Span::len) }
    }

    fn unused(&self, idle: &[(&str, Span)], shown: &[&Finding]) -> Finding {
        let ids: Vec<&str> = idle.iter().map(|(rule, _)| *rule).collect();
        let all = idle.len() == self.ignore.rules.len();
        let named = listed(&ids);
        let message = match ids.as_slice() {
            _ if all && !self.ignore.whole_file && self.covered.is_none() => {
                format!("This comment covers nothing: nothing follows it in its block, so {named} cannot be ignored.")
            }
            [_] => format!("{named} is not found in what this comment covers."),
            _ => format!("{named} are not found in what this comment covers."),
        };
        let out = if all { "Take the comment out".to_owned() } else { format!("Take {named} out of the list") };
        let missed = self.missed(&ids, shown);
        let help =
            if missed.is_empty() { format!("{out}.") } else { format!("{out}, or put it where it is meant for.") };
        let first = idle.first().map_or(self.ignore.span, |(_, span)| *span);
        let span = if all { self.ignore.span } else { first };
        let location = Location { source: self.source, span };
        let bare = Finding::bare("unused-suppression", Severity::Warning, location, message);
        Finding { help: Some(help), labels: missed, ..bare }
    }

    /// What it may have been meant for: of each rule that finding in its file which begins nearest to it.
    fn missed(&self, rules: &[&str], shown: &[&Finding]) -> Vec<Label> {
        let nearest = |rule: &&str| {
            let here = |finding: &&&Finding| finding.rule == *rule && finding.primary.location.source == self.source;
            let distance = |finding: &&&Finding| finding.primary.location.span.start.abs_diff(self.comment.start);
            let finding = shown.iter().filter(here).min_by_key(distance)?;
            Some(Label { location: finding.primary.location, text: format!("this `{rule}` is not covered") })
        };
        rules.iter().filter_map(nearest).collect()
    }

    fn unexplained(&self, rules: &[&str]) -> Finding {
        let verb = if rules.len() == 1 { "is" } else { "are" };
        let message = format!("It is not said why {} {verb} ignored here.", listed(rules));
        Finding::bare("suppression-without-reason", Severity::Warning, self.location(), message)
    }
}
