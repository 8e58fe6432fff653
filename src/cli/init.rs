//! `corslint init`: a commented file of settings.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::{CLEAN, Stop, terminal};
use crate::config;

pub(super) fn run(force: bool) -> Result<u8, Stop> {
    let [usual, hidden] = config::NAMES;
    let file = if Path::new(hidden).exists() { hidden } else { usual };
    let mut options = OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    let written = options.open(file).and_then(|mut open| open.write_all(config::sample().as_bytes()));
    written.map_err(|error| {
        let why = match error.kind() {
            ErrorKind::AlreadyExists => "is there already; --force writes over it".to_owned(),
            _ => error.to_string(),
        };
        Stop::File(file.to_owned(), why)
    })?;
    terminal::say(format!("wrote {file}\n").as_bytes(), false)?;
    Ok(CLEAN)
}
