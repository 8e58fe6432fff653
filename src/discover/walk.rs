//! A folder → the files in it that may be configurations.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use ignore::{DirEntry, WalkBuilder};

use super::name::{self, Hint};
use super::{Candidate, Options, input_error, read, script, shown};
use crate::finding::InputError;

/// Files below `root` whose shown name `looks_right`, sorted by path, without what is excluded; what cannot be entered is
/// an error.
pub(super) fn walk(
    root: &Path,
    options: &Options,
    looks_right: fn(&str) -> bool,
) -> Vec<Result<Candidate, InputError>> {
    let mut builder = WalkBuilder::new(root);
    builder
        // `.htaccess` is hidden.
        .hidden(false)
        // A tarball or a mounted volume has ignore rules that count just as much as in a clone.
        .require_git(false)
        // The user's own global ignores would make two people's results differ.
        .git_global(false)
        .follow_links(true)
        .ignore(!options.no_ignore_files)
        .git_ignore(!options.no_ignore_files)
        .git_exclude(!options.no_ignore_files)
        .parents(!options.no_ignore_files)
        .sort_by_file_path(Path::cmp);
    let real_root = super::real(root);
    let entered: Mutex<HashSet<PathBuf>> = Mutex::default();
    let exclude = options.exclude.clone();
    builder.filter_entry(move |entry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let excluded = entry.depth() > 0 && exclude.iter().any(|globs| globs.matches(entry.path(), is_folder));
        !excluded && worth_entering(entry, &real_root, &entered)
    });
    builder.build().filter_map(|entry| candidate(entry, looks_right)).collect()
}

/// Whether to look at an entry at all. A folder behind a symbolic link is entered once, and not when the walk comes by
/// it anyway: a set of folders that link to each other has more paths through it than can be walked.
fn worth_entering(entry: &DirEntry, real_root: &Path, entered: &Mutex<HashSet<PathBuf>>) -> bool {
    if entry.depth() == 0 || !entry.file_type().is_some_and(|kind| kind.is_dir()) {
        return true;
    }
    if entry.file_name() == ".git" || entry.file_name() == "node_modules" {
        return false;
    }
    if !entry.path_is_symlink() {
        return true;
    }
    let Ok(real) = entry.path().canonicalize() else { return false };
    if real.starts_with(real_root) || real_root.starts_with(&real) {
        return false;
    }
    let mut entered = entered.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    !entered.iter().any(|folder| real.starts_with(folder)) && entered.insert(real)
}

fn candidate(
    entry: Result<DirEntry, ignore::Error>,
    looks_right: fn(&str) -> bool,
) -> Option<Result<Candidate, InputError>> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => return failure(&error, looks_right).map(Err),
    };
    let name = shown(entry.path());
    if !entry.file_type()?.is_file() || !looks_right(&name) {
        return None;
    }
    let parts: Vec<&str> = name.split('/').collect();
    let below = parts[parts.len().saturating_sub(entry.depth())..].iter().copied();
    if name::hint(&name) == Hint::Script && script::is_test(below) {
        return None;
    }
    let link = entry.path_is_symlink();
    Some(Ok(Candidate { path: entry.into_path(), name, named: false, link }))
}

/// What a failure of the walk says to the user: a loop of links, or a faulty line in an ignore file, nothing.
fn failure(error: &ignore::Error, looks_right: fn(&str) -> bool) -> Option<InputError> {
    let (path, io) = located(error, None)?;
    let name = shown(path);
    if io.kind() == std::io::ErrorKind::NotFound {
        // A dangling link: `sites-enabled/x` of a server that is not this machine. Worth a word, but no failure.
        let is_meant = looks_right(&name) && name::hint(&name) != Hint::Silent;
        return is_meant.then(|| InputError {
            fatal: false,
            ..input_error(name, "is a symbolic link to a file that is not there".to_owned())
        });
    }
    Some(input_error(name, read::describe(io)))
}

fn located<'a>(error: &'a ignore::Error, path: Option<&'a Path>) -> Option<(&'a Path, &'a std::io::Error)> {
    match error {
        ignore::Error::WithPath { path, err } => located(err, Some(path)),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => located(err, path),
        ignore::Error::Io(io) => path.map(|path| (path, io)),
        _ => None,
    }
}
