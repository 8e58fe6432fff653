//! Paths → sources: which files are there, which of them configure a server, and what is their text.
//!
//! In: the paths that the user named. Out: [`Discovered`]: texts, each with its [`Dialect`], in an order that depends
//! on names alone, and what could not be read. Must not know: any grammar; it looks at words, not at syntax.

mod apache;
mod content;
mod globs;
mod name;
mod read;
mod real;
pub mod script;
mod shown;
mod walk;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::finding::InputError;
use crate::source::{Location, Source, SourceId, Sources, Span};
use content::Reading;
use name::Hint;
use read::{Failure, Text};

pub use globs::Globs;
pub(crate) use globs::plain;
pub(crate) use read::describe;
pub(crate) use real::{RealPaths, real};
pub use shown::shown;

/// A language in which a server is configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// nginx and its descendants.
    Nginx,
    /// Apache httpd, `.htaccess` included.
    Apache,
    /// JavaScript or TypeScript that sets CORS headers.
    Express,
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nginx => "nginx",
            Self::Apache => "Apache",
            Self::Express => "Express",
        })
    }
}

/// What to look for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The languages to read; files of others are passed over.
    pub dialects: Vec<Dialect>,
    /// What named files and standard input are taken for, whatever they look like; of a folder, only files that are
    /// recognised as this language are read.
    pub force: Option<Dialect>,
    /// What standard input (the path `-`) is called.
    pub stdin_name: Option<String>,
    /// What of a folder is passed over.
    pub exclude: Vec<Globs>,
    /// Whether what `.gitignore` and its like name is read all the same.
    pub no_ignore_files: bool,
}

impl Default for Options {
    fn default() -> Self {
        let dialects = vec![Dialect::Nginx, Dialect::Apache, Dialect::Express];
        Self { dialects, force: None, stdin_name: None, exclude: Vec::new(), no_ignore_files: false }
    }
}

/// What was found.
#[derive(Debug, Default)]
pub struct Discovered {
    /// The texts.
    pub sources: Sources,
    /// What each is, sorted by name; one file that can be reached by several paths is there once.
    pub files: Vec<(SourceId, Dialect)>,
    /// The sources by their real path, symbolic links resolved: what an include can be looked up by.
    pub real_paths: HashMap<PathBuf, SourceId>,
    /// JavaScript and TypeScript without a word of CORS, which may start what has one.
    pub bystanders: Vec<PathBuf>,
    /// What the user named, rather than a folder above it; standard input as well.
    pub named: BTreeSet<SourceId>,
    /// What could not be read, sorted by name.
    pub errors: Vec<InputError>,
}

/// A file that may be a configuration.
struct Candidate {
    path: PathBuf,
    name: String,
    /// Whether the user named it, rather than a folder above it.
    named: bool,
    /// Whether it was met as a symbolic link.
    link: bool,
}

/// What has become of a candidate.
enum Outcome {
    Read(Text, Dialect),
    Failed(Failure),
    PassedOver,
}

/// Finds, reads and classifies every configuration below `paths`; `-` is standard input.
#[must_use]
pub fn discover(paths: &[PathBuf], options: &Options) -> Discovered {
    discover_with(paths, options, &mut std::io::stdin().lock())
}

/// [`discover`], with something else in the place of standard input.
fn discover_with(paths: &[PathBuf], options: &Options, stdin: &mut dyn Read) -> Discovered {
    let mut found = Discovered::default();
    let mut candidates: BTreeMap<PathBuf, Candidate> = BTreeMap::new();
    let mut real = RealPaths::default();
    for path in paths {
        if path.as_os_str() == "-" {
            take_stdin(stdin, options, &mut found);
            continue;
        }
        match std::fs::metadata(path) {
            Err(error) => found.errors.push(input_error(shown(path), read::describe(&error))),
            Ok(metadata) if metadata.is_dir() => {
                for outcome in walk::walk(path, options, |name| name::hint(name) != Hint::Nothing) {
                    match outcome {
                        Ok(candidate) => note(&mut candidates, real.of(&candidate.path), candidate),
                        Err(error) => found.errors.push(error),
                    }
                }
            }
            Ok(_) => {
                let link = path.is_symlink();
                let candidate = Candidate { path: path.clone(), name: shown(path), named: true, link };
                note(&mut candidates, real.of(path), candidate);
            }
        }
    }
    let mut candidates: Vec<(PathBuf, Candidate)> = candidates.into_iter().collect();
    candidates.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name));
    let outcomes: Vec<Outcome> = candidates.par_iter().map(|(_, candidate)| examine(candidate, options)).collect();
    for ((real, candidate), outcome) in candidates.into_iter().zip(outcomes) {
        match outcome {
            Outcome::Read(text, dialect) => {
                let id = found.take(candidate.path, candidate.name, text, dialect);
                if candidate.named {
                    found.named.insert(id);
                }
                found.real_paths.insert(real, id);
            }
            Outcome::Failed(failure) => found.errors.push(input_error(candidate.name, failure.message)),
            Outcome::PassedOver if name::hint(&candidate.name) == Hint::Script => found.bystanders.push(real),
            Outcome::PassedOver => {}
        }
    }
    found.errors.sort_by(|a, b| (&a.file, &a.message).cmp(&(&b.file, &b.message)));
    found.errors.dedup();
    found
}

/// Reads one file that an include names, whatever it is called, as a text of `dialect`.
///
/// Returns its source, which may have been there already; on failure the reason is in `found.errors`.
pub fn include(path: &Path, dialect: Dialect, found: &mut Discovered) -> Option<SourceId> {
    let real = path.canonicalize().ok()?;
    if let Some(&id) = found.real_paths.get(&real) {
        return Some(id);
    }
    match read::read_file(path) {
        Ok(text) => {
            let id = found.take(path.to_path_buf(), shown(path), text, dialect);
            found.real_paths.insert(real, id);
            Some(id)
        }
        Err(failure) => {
            found.errors.push(input_error(shown(path), failure.message));
            None
        }
    }
}

/// Reads a file that has to be UTF-8 and is no configuration of a server; an error is a phrase that follows its name.
pub(crate) fn read_utf8(path: &Path) -> Result<String, String> {
    let text = read::read_file(path).map_err(|failure| failure.message)?;
    match text.first_replaced() {
        Some((offset, byte)) => {
            let before = &text.text[..offset];
            let line = before.matches('\n').count() + 1;
            Err(format!("is not UTF-8 (byte 0x{byte:02X} in line {line})"))
        }
        None => Ok(text.text),
    }
}

impl Discovered {
    /// Takes in a text that was read, with what there is to say about its bytes.
    fn take(&mut self, path: PathBuf, name: String, text: Text, dialect: Dialect) -> SourceId {
        let mark = text.misread(dialect);
        let id = self.sources.add(Source::new(path, name.clone(), text.text));
        self.files.push((id, dialect));
        if let Some(mark) = mark {
            let more = if mark.more == 0 { String::new() } else { format!(", and {} more such bytes", mark.more) };
            self.errors.push(InputError {
                file: name,
                location: Some(Location { source: id, span: Span::new(mark.offset, mark.offset + 1) }),
                message: format!("not UTF-8 (byte 0x{:02X}){more}; read with `?` in its place", mark.byte),
                fatal: false,
            });
        }
        id
    }
}

/// Adds a candidate by its real path; of several ways to one file, what the user named stays, then what is no link.
fn note(candidates: &mut BTreeMap<PathBuf, Candidate>, real: PathBuf, candidate: Candidate) {
    let rank = |c: &Candidate| (!c.named, c.link, c.name.clone());
    match candidates.entry(real) {
        std::collections::btree_map::Entry::Vacant(free) => {
            free.insert(candidate);
        }
        std::collections::btree_map::Entry::Occupied(mut held) => {
            if rank(&candidate) < rank(held.get()) {
                held.insert(candidate);
            }
        }
    }
}

/// Reads a candidate as far as its name makes worthwhile, and decides what it is.
fn examine(candidate: &Candidate, options: &Options) -> Outcome {
    let hint = name::hint(&candidate.name);
    if !candidate.named {
        let script_unwanted = hint == Hint::Script && !wanted(Dialect::Express, options);
        let surely_unwanted =
            matches!(hint, Hint::Surely(dialect) if !wanted(dialect, options) && dialect != Dialect::Nginx);
        if script_unwanted || surely_unwanted || (hint == Hint::Silent && is_long(&candidate.path)) {
            return Outcome::PassedOver;
        }
    }
    let text = match read::read_file(&candidate.path) {
        Ok(text) => text,
        // Whatever it is, nobody said that it is a configuration.
        Err(_) if matches!(hint, Hint::Silent | Hint::Script) && !candidate.named => return Outcome::PassedOver,
        Err(failure) => return Outcome::Failed(failure),
    };
    let verdict = match options.force {
        Some(dialect) if candidate.named => Some(dialect),
        _ => classify(hint, &text.text, candidate.named),
    };
    match verdict {
        Some(dialect) if wanted(dialect, options) => Outcome::Read(text, dialect),
        Some(dialect) if candidate.named => {
            Outcome::Failed(Failure { message: format!("is for {dialect}, which is not analysed") })
        }
        None if candidate.named => Outcome::Failed(Failure { message: CANNOT_TELL.to_owned() }),
        _ => Outcome::PassedOver,
    }
}

/// Whether a file whose name says nothing is too long to be worth reading.
fn is_long(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.len() > 256 * 1024)
}

const CANNOT_TELL: &str = "cannot tell which server it configures; use --dialect";

fn wanted(dialect: Dialect, options: &Options) -> bool {
    options.dialects.contains(&dialect) && options.force.is_none_or(|forced| forced == dialect)
}

/// What a text is, by its name and then by its words; `None`: nothing known.
fn classify(hint: Hint, text: &str, named: bool) -> Option<Dialect> {
    // The server takes it for its own, whatever is in it.
    if hint == Hint::Surely(Dialect::Apache) {
        return Some(Dialect::Apache);
    }
    match (content::read(hint, text, named), hint) {
        (Reading::Recognised(dialect), _) | (Reading::Blank | Reading::Nothing, Hint::Surely(dialect)) => Some(dialect),
        // A file of comments alone: harmless to read, and nothing to find in it.
        (Reading::Blank, Hint::Configuration { nginx_likely: true, .. }) => Some(Dialect::Nginx),
        (Reading::Blank, _) if named => Some(Dialect::Nginx),
        _ => None,
    }
}

/// Reads standard input as if it were a named file.
fn take_stdin(stdin: &mut dyn Read, options: &Options, found: &mut Discovered) {
    let name = options.stdin_name.clone().unwrap_or_else(|| "<stdin>".to_owned());
    let text = match read::read_from(stdin) {
        Ok(text) => text,
        Err(failure) => return found.errors.push(input_error(name, failure.message)),
    };
    match options.force.or_else(|| classify(name::hint(&name), &text.text, true)) {
        Some(dialect) if options.dialects.contains(&dialect) => {
            let path = PathBuf::from(&name);
            let id = found.take(path, name, text, dialect);
            found.named.insert(id);
        }
        Some(dialect) => found.errors.push(input_error(name, format!("is for {dialect}, which is not analysed"))),
        None => found.errors.push(input_error(name, CANNOT_TELL.to_owned())),
    }
}

fn input_error(file: String, message: String) -> InputError {
    InputError { file, location: None, message, fatal: true }
}

#[cfg(test)]
mod tests;
