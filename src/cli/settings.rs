//! The project's file: which one holds for what is read.

use std::path::PathBuf;

use super::Stop;
use super::arguments::Input;
use crate::config::{self, Config};
use crate::discover;
use crate::words;

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
    format!("{} cannot both hold; name one by --config", words::series(&names, "and"))
}
