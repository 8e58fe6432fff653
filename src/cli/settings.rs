//! The project's file: which one holds for what is read.

use std::env;
use std::path::{Path, PathBuf};

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
        None => config::find(&places(input)).map_err(|files| Stop::Usage(several(&files)))?.map(|file| near(&file)),
    };
    file.map_or_else(|| Ok(Config::default()), |file| config::load(&file).map_err(Stop::Settings))
}

/// A file of a folder above as it is called from here, as what is read is: `../corslint.toml`.
fn near(file: &Path) -> PathBuf {
    let below = |folder: &Path| Some(env::current_dir().ok()?.strip_prefix(folder).ok()?.components().count());
    match (file.parent().and_then(below), file.file_name()) {
        (Some(depth), Some(name)) if depth > 0 => [".."].repeat(depth).iter().collect::<PathBuf>().join(name),
        _ => file.to_path_buf(),
    }
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
    let names: Vec<String> = files.iter().map(|file| format!("`{}`", discover::shown(&near(file)))).collect();
    format!("{} cannot both hold; name one by --config", words::series(&names, "and"))
}
