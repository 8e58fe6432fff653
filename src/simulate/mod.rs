//! Requests → predicted answers.
//!
//! In: paths and requests, one JSON object a line. Out: one JSON object a line. Or one fetch in, and out the same for
//! people, a [`Prediction`]. Must not know: rules.
//!
//! What a project expects of such answers is held here as well ([`unmet`]): an expectation is a fetch with the verdict
//! that it shall have, and is asked just as `corslint simulate` asks, so that the two cannot disagree. In: an analysis
//! and [`Expectation`]s. Out: findings.

mod answer;
mod ask;
mod blame;
mod choose;
mod expect;
mod fetch;
mod predict;

use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufRead, Write};
use std::path::PathBuf;

pub use ask::{Asked, Asking};
pub(crate) use ask::{Place, parse_answer, read_answer, success};
pub use choose::Candidate;
pub use expect::{Expectation, UNMET, unmet};
pub use predict::{Case, Ending, Prediction};

use choose::Picked;

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
    let mut known = HashMap::new();
    known.insert(BTreeMap::new(), Configurations::read(paths, options, &BTreeMap::new()));
    let mut all_answered = true;
    for line in requests.split(b'\n') {
        let line = line.map_err(Failure::Read)?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let reply = match serde_json::from_slice::<Asked>(&line) {
            Ok(asked) => known
                .entry(asked.env.clone())
                .or_insert_with(|| Configurations::read(paths, options, &asked.env))
                .answer(&asked),
            Err(error) => Err(error.to_string()),
        };
        let reply = reply.unwrap_or_else(|message| {
            all_answered = false;
            serde_json::json!({ "error": message })
        });
        serde_json::to_writer(&mut out, &reply).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    }
    let Configurations { analysis, errors, .. } = known.remove(&BTreeMap::new()).unwrap_or_default();
    Ok(Simulated { all_answered, errors, sources: analysis.sources })
}

/// Configurations that were read, and can be asked.
#[derive(Debug, Default)]
pub struct Configurations {
    /// What they come to.
    pub analysis: Analysis,
    /// What could not be read or parsed of them, so that answers may be wrong.
    pub errors: Vec<InputError>,
    /// Those that are asked, if not all.
    picked: Option<Picked>,
}

impl Configurations {
    /// Reads what lies below `paths`, as it is in an environment in which these variables are set besides those of the
    /// options.
    #[must_use]
    pub fn read(paths: &[PathBuf], options: &Options, variables: &BTreeMap<String, String>) -> Self {
        let mut environment = Environment::known(&options.lint.environment);
        environment.known.extend(variables.clone());
        environment.tells_unset_apart = true;
        let analysis = analyze(paths, &options.lint.wanted(&environment));
        let mut errors = errors(&analysis);
        let picked = options.within.as_deref().map(|file| Picked::of(&analysis, file));
        if let Some(file) = options.within.as_deref().filter(|_| picked.as_ref().is_some_and(Picked::is_nobodys)) {
            let message = "is not among the files that were given".to_owned();
            errors.push(InputError { file: crate::discover::shown(file), location: None, message, fatal: true });
        }
        Self { analysis, errors, picked }
    }

    /// The answer to a request in JSON, one object. An error is a URL that cannot be understood.
    pub fn answer(&self, asked: &Asked) -> Result<serde_json::Value, String> {
        answer::reply(&self.analysis, self.picked.as_ref(), asked)
    }

    /// What comes of a fetch, for people. An error is a URL that cannot be understood.
    pub fn predict(&self, asked: &Asked) -> Result<Prediction, String> {
        predict::predict(&self.analysis, self.picked.as_ref(), asked)
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
