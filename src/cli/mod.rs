//! The command line: arguments in, exit code out.
//!
//! In: what was typed. Out: a run of the library, shown. Must not know: anything about configurations or browsers.

mod arguments;
mod check;
mod explain;
mod files;
mod generate;
mod init;
mod list;
mod progress;
mod settings;
mod simulate;
mod terminal;
mod values;

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command, Input};
use values::When;

use crate::config::Rejected;
use crate::discover::Globs;
use crate::finding::InputError;
use crate::report::{Report, text};
use crate::rules::catalogue;
use crate::source::Sources;
use crate::{Options, discover, link};

/// Nothing at or above the threshold.
const CLEAN: u8 = 0;
/// Something was found.
const FOUND: u8 = 1;
/// The run could not do, or not wholly, what it was asked to.
const FAILED: u8 = 2;

/// Why a subcommand stops early.
#[derive(Debug, thiserror::Error)]
enum Stop {
    /// What was typed makes no sense.
    #[error("{0}")]
    Usage(String),
    /// A file could not be read or written.
    #[error("{0}: {1}")]
    File(String, String),
    /// Standard output could not be written.
    #[error("cannot write to standard output: {0}")]
    Output(#[from] io::Error),
    /// The project's settings cannot be taken as they are.
    #[error("the settings cannot be taken as they are")]
    Settings(Box<Rejected>),
    /// The requests could not be read.
    #[error("cannot read the requests: {0}")]
    Requests(io::Error),
}

impl From<crate::simulate::Failure> for Stop {
    fn from(failure: crate::simulate::Failure) -> Self {
        match failure {
            crate::simulate::Failure::Read(error) => Self::Requests(error),
            crate::simulate::Failure::Write(error) => Self::Output(error),
        }
    }
}

/// Runs `corslint` with these arguments, of which the first is the program's name.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help that nobody reads is no failure.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILED } else { CLEAN });
        }
    };
    let done = match arguments.command {
        None => check::run(&arguments.check),
        Some(Command::Check(check)) => check::run(&check),
        Some(Command::Explain { rule, color }) => explain::run(&rule, color.when),
        Some(Command::Rules { format, color }) => list::run(format, color.when),
        Some(Command::Init { force }) => init::run(force),
        Some(Command::Simulate(simulate)) => simulate::run(&simulate),
        Some(Command::Generate { product }) => generate::run(product),
    };
    ExitCode::from(done.unwrap_or_else(report))
}

/// Says why it stopped; returns the exit code for that.
fn report(stop: Stop) -> u8 {
    match stop {
        // The reader has seen enough (`corslint | head`).
        Stop::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => CLEAN,
        Stop::Usage(message) => {
            let _ = Arguments::command().error(clap::error::ErrorKind::ValueValidation, message).print();
            FAILED
        }
        Stop::Settings(rejected) => {
            // If standard error is closed there is nobody to tell.
            let _ = tell(rejected.errors, rejected.sources);
            FAILED
        }
        Stop::File(..) | Stop::Output(_) | Stop::Requests(_) => {
            terminal::complain(&format!("error: {stop}\n"));
            FAILED
        }
    }
}

/// Tells on standard error what could not be read; the errors point into `sources`.
fn tell(errors: Vec<InputError>, sources: Sources) -> Result<(), Stop> {
    let shows = terminal::stderr_shows(When::Auto);
    let look = terminal::plain_look(shows);
    let mut bytes = Vec::new();
    text::write_errors(&Report { sources, errors, ..Report::default() }, &look, &mut bytes)?;
    terminal::complain(&String::from_utf8_lossy(&bytes));
    Ok(())
}

/// The options that `check` and `simulate` share.
fn options(input: &Input) -> Result<Options, Stop> {
    let stdin = input.paths.iter().filter(|path| path.as_os_str() == "-").count();
    if stdin > 0 && input.paths.len() > 1 {
        return Err(Stop::Usage("`-` (standard input) cannot be read together with other paths".to_owned()));
    }
    if stdin == 0 && input.stdin_filename.is_some() {
        return Err(Stop::Usage("--stdin-filename needs the path `-`".to_owned()));
    }
    let mut options = Options::from(settings::load(input)?);
    options.discover.force = input.dialect.map(discover::Dialect::from);
    options.discover.stdin_name.clone_from(&input.stdin_filename);
    options.inside = input.context.map(link::Inside::from);
    options.discover.no_ignore_files = input.no_respect_gitignore;
    if !input.exclude.is_empty() {
        let globs = Globs::new(Path::new("."), input.exclude.iter().map(String::as_str));
        options.discover.exclude.push(globs.map_err(|fault| Stop::Usage(format!("a pattern of --exclude {fault}")))?);
    }
    options.environment.extend(input.env.iter().cloned());
    Ok(options)
}

/// What to say of a rule that is not there.
fn no_such_rule(id: &str) -> Stop {
    Stop::Usage(catalogue::unknown(&text::harmless(id)))
}
