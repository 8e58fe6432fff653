//! `corslint simulate`: requests in, predicted answers out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter};

use super::arguments::Simulate;
use super::values::AnswerFormat;
use super::{CLEAN, FAILED, Stop};
use crate::discover;
use crate::simulate;

pub(super) fn run(arguments: &Simulate) -> Result<u8, Stop> {
    let AnswerFormat::Json = arguments.format;
    let from_stdin = arguments.requests.as_os_str() == "-";
    if from_stdin && arguments.input.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Stop::Usage("standard input cannot hold both the configuration and the requests".to_owned()));
    }
    let options = simulate::Options { lint: super::options(&arguments.input)?, within: arguments.within.clone() };
    let requests: Box<dyn BufRead> = if from_stdin {
        Box::new(BufReader::new(io::stdin()))
    } else {
        let unreadable = |error: io::Error| Stop::File(discover::shown(&arguments.requests), error.to_string());
        Box::new(BufReader::new(File::open(&arguments.requests).map_err(unreadable)?))
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let simulated = simulate::run(&arguments.input.paths, &options, requests, &mut out)?;
    io::Write::flush(&mut out)?;
    let is_whole = !simulated.errors.iter().any(|error| error.fatal);
    // Standard output is for programs; people learn from standard error what could not be read.
    super::tell(simulated.errors, simulated.sources)?;
    Ok(if simulated.all_answered && is_whole { CLEAN } else { FAILED })
}
