//! Findings about the input itself: what could not be read or followed.

use crate::analysis::Analysis;
use crate::finding::{Finding, Label, SYNTAX_ERROR, Severity};
use crate::link::{LinkProblem, LinkProblemKind};
use crate::source::{Location, SourceId};
use crate::syntax::SyntaxError;

/// How many places of an include that cannot be followed are marked.
const MOST_PLACES: usize = 4;

/// A finding for each syntax error and each file that is included and cannot be.
pub(crate) fn findings(analysis: &Analysis) -> impl Iterator<Item = Finding> {
    let errors = analysis.trees.iter().flat_map(|(id, tree)| tree.errors.iter().map(|error| syntax_error(*id, error)));
    errors.chain(unresolved_includes(analysis))
}

/// One finding for one missing file, however many include it.
fn unresolved_includes(analysis: &Analysis) -> impl Iterator<Item = Finding> {
    let mut problems: Vec<&LinkProblem> = analysis.units.iter().flat_map(|unit| &unit.problems).collect();
    problems.sort_by_key(|problem| (&problem.message, problem.location));
    problems.dedup();
    let by_file: Vec<Finding> =
        problems.chunk_by(|a, b| a.message == b.message).filter_map(unresolved_include).collect();
    by_file.into_iter()
}

fn syntax_error(source: SourceId, error: &SyntaxError) -> Finding {
    let location = Location { source, span: error.span };
    let message = format!("Syntax error: {}.", error.message);
    Finding { help: error.help.clone(), ..Finding::bare(SYNTAX_ERROR, Severity::Error, location, message) }
}

fn unresolved_include(places: &[&LinkProblem]) -> Option<Finding> {
    let (problem, others) = places.split_first()?;
    let (severity, message) = match problem.kind {
        LinkProblemKind::UnresolvedInclude => {
            let times = match others.len() {
                0 => String::new(),
                others => format!(" ({} includes)", others + 1),
            };
            (Severity::Info, format!("{}{times}; what it would add is taken to be unknown.", problem.message))
        }
        LinkProblemKind::IncludeCycle | LinkProblemKind::TooDeep | LinkProblemKind::TooLarge => {
            (Severity::Error, format!("{}.", problem.message))
        }
    };
    let also = |problem: &&LinkProblem| Label { location: problem.location, text: "and here".to_owned() };
    let labels = others.iter().take(MOST_PLACES - 1).map(also).collect();
    let help = matches!(problem.kind, LinkProblemKind::IncludeCycle | LinkProblemKind::TooLarge).then(|| {
        "Take the include out of one of the files on the way: the server would read them for ever.".to_owned()
    });
    Some(Finding { help, labels, ..Finding::bare("unresolved-include", severity, problem.location, message) })
}
