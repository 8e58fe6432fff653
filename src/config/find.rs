//! Which file holds for what is linted.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::discover;

/// What the file is called.
pub const NAMES: [&str; 2] = ["corslint.toml", ".corslint.toml"];

/// The file that holds for what lies below `paths`: the nearest upward from each, in its own folder first, up to the
/// folder of the repository (that with a `.git`) or the root of the file system; `-` is the working directory.
///
/// A path without such a file goes with the others. An error are the files between which the paths do not agree.
pub fn find(paths: &[PathBuf]) -> Result<Option<PathBuf>, Vec<PathBuf>> {
    let found: BTreeSet<PathBuf> = paths.iter().flat_map(|path| nearest(path)).collect();
    if found.len() > 1 {
        return Err(found.into_iter().collect());
    }
    Ok(found.into_iter().next())
}

/// The files of the nearest folder that has one: one, or both of the names.
fn nearest(path: &Path) -> Vec<PathBuf> {
    let start = if path.as_os_str() == "-" { Path::new(".") } else { path };
    // What a link leads to may be part of another project; the path is the user's.
    let start = discover::plain(start);
    let folders = start.ancestors().skip(usize::from(!start.is_dir()));
    for folder in folders {
        let files: Vec<PathBuf> = NAMES.iter().map(|name| folder.join(name)).filter(|file| file.is_file()).collect();
        if !files.is_empty() {
            return files;
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    Vec::new()
}
