//! `corslint --show-files`: what would be read.

use std::path::PathBuf;

use super::{CLEAN, FAILED, Stop, terminal};
use crate::Options;
use crate::analysis::analyze;
use crate::finding::InputError;
use crate::link::express::Environment;
use crate::report::text::harmless;

/// Writes a line for each file, its name and the language that it is read as, in the order of their names. What cannot
/// be read is told on standard error.
pub(super) fn run(paths: &[PathBuf], options: &Options) -> Result<u8, Stop> {
    // Includes and imports decide as well, and so what they say has to be followed.
    let analysis = analyze(paths, &options.wanted(&Environment::known(&options.environment)));
    let mut files: Vec<(&str, String)> = analysis
        .files
        .iter()
        .map(|(id, dialect)| (&*analysis.sources.get(*id).name, dialect.to_string().to_lowercase()))
        .collect();
    files.sort_unstable();
    let lines: Vec<String> = files.iter().map(|(name, dialect)| format!("{}: {dialect}\n", harmless(name))).collect();
    terminal::say(lines.concat().as_bytes(), false)?;
    let unread: Vec<InputError> = analysis.errors.into_iter().filter(|error| error.fatal).collect();
    let code = if unread.is_empty() { CLEAN } else { FAILED };
    super::tell(unread, analysis.sources)?;
    Ok(code)
}
