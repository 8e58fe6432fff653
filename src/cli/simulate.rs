//! `corslint simulate`: requests in, predicted answers out.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter};
use std::path::Path;

use super::arguments::{Fetch, Simulate};
use super::values::AnswerFormat;
use super::{CLEAN, FAILED, Stop, terminal};
use crate::discover;
use crate::finding::InputError;
use crate::report::{Look, Report, text};
use crate::simulate::{self, Asked, Configurations, Options};
use crate::source::Sources;

pub(super) fn run(arguments: &Simulate) -> Result<u8, Stop> {
    let options = || -> Result<Options, Stop> {
        Ok(Options { lint: super::options(&arguments.input)?, within: arguments.within.clone() })
    };
    match (&arguments.fetch.url, &arguments.requests) {
        (Some(url), _) => one(&asked(url, &arguments.fetch), arguments, &options()?),
        (None, Some(requests)) => all(requests, arguments, &options()?),
        (None, None) => Err(Stop::Usage("there is nothing to ask; give --url or --requests".to_owned())),
    }
}

/// The call that was typed.
fn asked(url: &str, fetch: &Fetch) -> Asked {
    Asked {
        method: fetch.method.clone(),
        headers: fetch.header.clone(),
        origin: fetch.origin.clone(),
        credentials: fetch.credentials,
        answer: fetch.answer,
        login: fetch.login,
        ..Asked::get(url.to_owned())
    }
}

/// Answers one call.
fn one(asked: &Asked, arguments: &Simulate, options: &Options) -> Result<u8, Stop> {
    let configurations = Configurations::read(&arguments.input.paths, options, &BTreeMap::new());
    match arguments.format.unwrap_or(AnswerFormat::Text) {
        AnswerFormat::Text => tell(asked, &configurations, arguments)?,
        AnswerFormat::Json => {
            let answer = configurations.answer(asked).map_err(Stop::Usage)?;
            terminal::say(format!("{answer}\n").as_bytes(), false)?;
        }
    }
    let Configurations { analysis, errors, .. } = configurations;
    end(errors, analysis.sources, true)
}

/// Answers one call for people.
fn tell(asked: &Asked, configurations: &Configurations, arguments: &Simulate) -> Result<(), Stop> {
    let prediction = configurations.predict(asked).map_err(Stop::Usage)?;
    let shows = terminal::stdout_shows(arguments.color.when);
    let inputs = arguments.input.paths.iter().map(|path| discover::shown(path)).collect();
    let look = Look { inputs, ..terminal::plain_look(shows) };
    let mut bytes = Vec::new();
    text::write_prediction(&prediction, &configurations.analysis.sources, &look, &mut bytes)?;
    if configurations.analysis.files.is_empty() && configurations.errors.is_empty() {
        text::write_summary(&Report::default(), &look, &mut bytes)?;
    }
    terminal::say(&bytes, shows.color)?;
    Ok(())
}

/// Answers each line of a file.
fn all(requests: &Path, arguments: &Simulate, options: &Options) -> Result<u8, Stop> {
    if arguments.format == Some(AnswerFormat::Text) {
        return Err(Stop::Usage("--requests is answered in JSON; --format text goes with --url".to_owned()));
    }
    let from_stdin = requests.as_os_str() == "-";
    if from_stdin && arguments.input.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Stop::Usage("standard input cannot hold both the configuration and the requests".to_owned()));
    }
    let requests: Box<dyn BufRead> = if from_stdin {
        Box::new(BufReader::new(io::stdin()))
    } else {
        let unreadable = |error: io::Error| Stop::File(discover::shown(requests), error.to_string());
        Box::new(BufReader::new(File::open(requests).map_err(unreadable)?))
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let simulated = simulate::run(&arguments.input.paths, options, requests, &mut out)?;
    io::Write::flush(&mut out)?;
    end(simulated.errors, simulated.sources, simulated.all_answered)
}

/// Standard output is for the answers; what could not be read is told on standard error.
fn end(errors: Vec<InputError>, sources: Sources, all_answered: bool) -> Result<u8, Stop> {
    let is_whole = !errors.iter().any(|error| error.fatal);
    super::tell(errors, sources)?;
    Ok(if all_answered && is_whole { CLEAN } else { FAILED })
}
