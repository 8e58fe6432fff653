//! Requests → predicted answers.
//!
//! In: paths and requests, one JSON object a line. Out: one JSON object a line. Must not know: rules.
//!
//! What a project expects of such answers is held here as well ([`unmet`]): an expectation is a fetch with the verdict
//! that it shall have, and is asked just as `corslint simulate` asks, so that the two cannot disagree. In: an analysis
//! and [`Expectation`]s. Out: findings.

mod answer;
mod ask;
mod expect;
mod fetch;

use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

pub use ask::{Asked, Asking};
pub(crate) use ask::{Place, read_answer, success};
pub use expect::{Expectation, UNMET, unmet};

use crate::analysis::{Analysis, analyze};
use crate::finding::InputError;
use crate::link::express::Environment;
use crate::source::{Location, Sources};

/// What to simulate.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How to read the configurations.
    pub lint: crate::Options,
    /// The file that holds the configuration to ask, where there are several.
    pub within: Option<PathBuf>,
}

/// What became of the requests.
#[derive(Debug)]
pub struct Simulated {
    /// Whether every line was answered.
    pub all_answered: bool,
    /// What could not be read or parsed of the configurations, so that answers may be wrong.
    pub errors: Vec<InputError>,
    /// The texts that they point into.
    pub sources: Sources,
}

/// Why simulating stops early.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The requests cannot be read.
    #[error("cannot read the requests: {0}")]
    Read(io::Error),
    /// The answers cannot be written.
    #[error("cannot write the answers: {0}")]
    Write(#[from] io::Error),
}

/// Answers each line of `requests` with a line on `out`.
///
/// A line that is no request is answered with `{"error": …}`. Blank lines are passed over.
pub fn run(
    paths: &[PathBuf],
    options: &Options,
    requests: impl BufRead,
    mut out: impl Write,
) -> Result<Simulated, Failure> {
    let mut asked_in = Analyses { paths, options, known: HashMap::new() };
    asked_in.with(&BTreeMap::new());
    let mut all_answered = true;
    for line in requests.split(b'\n') {
        let line = line.map_err(Failure::Read)?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let reply = match serde_json::from_slice::<ask::Asked>(&line) {
            Ok(asked) => answer::reply(&asked_in.with(&asked.env).0, &asked),
            Err(error) => Err(error.to_string()),
        };
        let reply = reply.unwrap_or_else(|message| {
            all_answered = false;
            serde_json::json!({ "error": message })
        });
        serde_json::to_writer(&mut out, &reply).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    }
    let (analysis, errors) = asked_in.known.remove(&BTreeMap::new()).unwrap_or_default();
    Ok(Simulated { all_answered, errors, sources: analysis.sources })
}

/// What the configurations come to in each environment that is asked for, and what is wrong with them.
struct Analyses<'a> {
    paths: &'a [PathBuf],
    options: &'a Options,
    known: HashMap<BTreeMap<String, String>, (Analysis, Vec<InputError>)>,
}

impl Analyses<'_> {
    /// In an environment in which these variables are set besides those of the options.
    fn with(&mut self, variables: &BTreeMap<String, String>) -> &(Analysis, Vec<InputError>) {
        let Self { paths, options, known } = self;
        known.entry(variables.clone()).or_insert_with(|| {
            let mut environment = Environment::known(&options.lint.environment);
            environment.known.extend(variables.clone());
            environment.tells_unset_apart = true;
            let mut analysis = analyze(paths, &options.lint, &environment);
            let mut errors = errors(&analysis);
            if let Some(within) = &options.within {
                errors.extend(keep_only(&mut analysis, within));
            }
            (analysis, errors)
        })
    }
}

/// What could not be read, and the first thing that could not be parsed of each file.
fn errors(analysis: &Analysis) -> Vec<InputError> {
    let parsed = analysis.trees.iter().filter_map(|(id, tree)| Some((*id, tree.errors.first()?)));
    let unparsed = parsed.map(|(id, error)| {
        InputError {
            file: analysis.sources.get(id).name.clone(),
            location: Some(Location { source: id, span: error.span }),
            message: format!("syntax error: {}", error.message),
            // The answers say so themselves: the server does not start.
            fatal: false,
        }
    });
    analysis.errors.iter().cloned().chain(unparsed).collect()
}

/// Leaves only the configuration that a file belongs to; an error if there is none.
fn keep_only(analysis: &mut Analysis, within: &Path) -> Option<InputError> {
    let name = crate::discover::shown(within);
    let sources = &analysis.sources;
    analysis.units.retain(|unit| unit.files.iter().any(|id| sources.get(*id).name == name));
    let message = "is not among the files that were given".to_owned();
    analysis.units.is_empty().then_some(InputError { file: name, location: None, message, fatal: true })
}
