//! The project's file: which one holds, and what to say of one that cannot be taken.

use std::path::PathBuf;

use super::arguments::{Input, When};
use super::{Stop, terminal};
use crate::config::{self, Config, Rejected};
use crate::discover;
use crate::report::{Report, text};

/// The settings that hold for what is read.
pub(super) fn load(input: &Input) -> Result<Config, Stop> {
    let file = match &input.config {
        Some(file) => Some(file.clone()),
        None if input.no_config => None,
        None => config::find(&places(input)).map_err(|files| Stop::Usage(several(&files)))?,
    };
    file.map_or_else(|| Ok(Config::default()), |file| config::load(&file).map_err(Stop::Settings))
}

/// Where to look from: standard input lies where its name says.
fn places(input: &Input) -> Vec<PathBuf> {
    let place = |path: &PathBuf| match &input.stdin_filename {
        Some(name) if path.as_os_str() == "-" => PathBuf::from(name),
        _ => path.clone(),
    };
    input.paths.iter().map(place).collect()
}

fn several(files: &[PathBuf]) -> String {
    let names: Vec<String> = files.iter().map(|file| format!("`{}`", discover::shown(file))).collect();
    format!("{} cannot both hold; name one by --config", names.join(" and "))
}

/// Tells on standard error what is wrong with a file.
pub(super) fn complain(rejected: &Rejected) {
    let shows = terminal::stderr_shows(When::Auto);
    let look = terminal::plain_look(shows);
    let report = Report { sources: rejected.sources.clone(), errors: rejected.errors.clone(), ..Report::default() };
    let mut bytes = Vec::new();
    if text::write_errors(&report, &look, &mut bytes).is_ok() {
        terminal::complain(&String::from_utf8_lossy(&bytes));
    }
}
