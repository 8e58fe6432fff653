//! A file of findings that are known and not to be shown: what a project with a history begins with.
//!
//! Sorted JSON without lines or columns, so that it changes only where findings do. Files are named relative to the folder
//! of the baseline, whatever folder a run is started in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Judged, Outlines, fingerprint};
use crate::discover::{self, RealPaths};
use crate::finding::{InputError, SYNTAX_ERROR, SuppressedBy};
use crate::rules::catalogue;
use crate::simulate::UNMET;
use crate::source::{Source, SourceId};

/// The only version there is.
const VERSION: u64 = 1;

/// Far more than a run can find, which `--write-baseline` has to be able to read again; what goes on beyond is no file.
const LIMIT: u64 = 256 * 1024 * 1024;

/// How many entries are named that are not needed any more.
const MOST_NAMED: usize = 10;

/// A baseline that was read.
#[derive(Debug, Clone)]
pub struct Baseline {
    /// Its file, as it was given.
    pub file: PathBuf,
    /// Sorted by file, rule and fingerprint.
    pub entries: Vec<Entry>,
    /// Whether it is to take up all that is found, and to be written.
    renewed: bool,
}

/// A finding that is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its file, relative to the baseline's folder, with `/`.
    pub file: String,
    /// Id of its rule.
    pub rule: String,
    /// Its name, made with the above as its file.
    pub fingerprint: String,
    /// What was found; for people.
    pub message: String,
    /// Why it is accepted, if somebody wrote it here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

#[derive(Serialize)]
struct Written<'a> {
    version: u64,
    entries: &'a [Entry],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(rename = "version")]
    _version: u64,
    entries: Vec<Entry>,
}

/// What tells the version of a baseline, whatever else that has.
#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

/// Why a file is no baseline; each fit to follow the file's name.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It cannot be read.
    #[error("{0}")]
    Read(String),
    /// It is not what `--write-baseline` writes. Line and column are 1-based, the column counts bytes.
    #[error("line {line}, column {column}: is no baseline: {message}")]
    Format {
        /// Line.
        line: usize,
        /// Column.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// It was written by another corslint.
    #[error("is a baseline of version {0}; this corslint reads version {VERSION}")]
    Version(u64),
}

impl Baseline {
    /// Reads the baseline in a file.
    pub fn read(file: &Path) -> Result<Self, Failure> {
        let unread = |error: io::Error| Failure::Read(discover::describe(&error));
        let mut text = String::new();
        let open = fs::File::open(file).map_err(unread)?;
        open.take(LIMIT + 1).read_to_string(&mut text).map_err(unread)?;
        if text.len() as u64 > LIMIT {
            return Err(Failure::Read("is larger than 256 MiB".to_owned()));
        }
        Ok(Self { file: file.to_path_buf(), entries: parse(&text)?, renewed: false })
    }

    /// A baseline that takes up all that is found; what is in the file already is kept where this run does not tell
    /// that it is gone, and reasons are.
    pub fn renew(file: &Path) -> Result<Self, Failure> {
        let old = if file.exists() { Self::read(file)?.entries } else { Vec::new() };
        Ok(Self { file: file.to_path_buf(), entries: old, renewed: true })
    }

    /// Writes it to its file.
    pub fn write(&self) -> io::Result<()> {
        let json = serde_json::to_string_pretty(&Written { version: VERSION, entries: &self.entries })?;
        fs::write(&self.file, json + "\n")
    }

    /// Takes away the findings that it has an entry for; all, if it is to be renewed. Returns what there is to say of
    /// entries whose finding is gone, and the renewed baseline. `checked`: whether a rule was checked in a file; `asking`: the
    /// file of which every expectation was tried.
    pub(super) fn take(
        &self,
        judged: &mut [Judged],
        outlines: &mut Outlines<'_>,
        checked: &dyn Fn(&str, SourceId) -> bool,
        asking: Option<&Source>,
    ) -> (Option<InputError>, Option<Self>) {
        let mut paths = RealPaths::default();
        let folder = paths.folder(self.file.parent().unwrap_or(Path::new("")));
        let sources = outlines.analysis.sources.iter();
        let called: BTreeMap<SourceId, String> =
            sources.map(|(id, source)| (id, relative(&folder, &paths.of(&source.path)))).collect();
        let findings = judged.iter().map(|judged| &judged.finding);
        let names = fingerprint::fingerprints(outlines, findings, &|source| &called[&source]);
        let known: BTreeMap<&str, &Entry> =
            self.entries.iter().map(|entry| (entry.fingerprint.as_str(), entry)).collect();
        let mut renewed = Vec::new();
        for (Judged { finding, taken }, fingerprint) in judged.iter_mut().zip(&names) {
            let entry = known.get(fingerprint.as_str());
            if taken.is_some() || finding.rule == SYNTAX_ERROR || (entry.is_none() && !self.renewed) {
                continue;
            }
            let reason = entry.and_then(|entry| entry.reason.clone());
            *taken = Some((SuppressedBy::Baseline, reason.clone()));
            renewed.push(Entry {
                file: called[&finding.primary.location.source].clone(),
                rule: finding.rule.to_owned(),
                fingerprint: fingerprint.clone(),
                message: finding.message.clone(),
                reason,
            });
        }
        let found: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        let read: BTreeMap<&str, SourceId> =
            outlines.analysis.trees.keys().map(|id| (called[id].as_str(), *id)).collect();
        let asking = asking.map(|source| relative(&folder, &paths.of(&source.path)));
        let is_gone = |entry: &&Entry| {
            let told = match read.get(entry.file.as_str()) {
                Some(source) => checked(&entry.rule, *source),
                None if entry.rule == UNMET && asking.as_ref() == Some(&entry.file) => true,
                None => !folder.join(&entry.file).exists(),
            };
            told || catalogue::entry(&entry.rule).is_none()
        };
        let missing = self.entries.iter().filter(|entry| !found.contains(entry.fingerprint.as_str()));
        let (stale, kept): (Vec<&Entry>, Vec<&Entry>) = missing.partition(is_gone);
        if self.renewed {
            renewed.extend(kept.into_iter().cloned());
            renewed.sort();
            return (None, Some(Self { file: self.file.clone(), entries: renewed, renewed: false }));
        }
        (self.stale(&stale), None)
    }

    fn stale(&self, entries: &[&Entry]) -> Option<InputError> {
        let named: Vec<String> =
            entries.iter().take(MOST_NAMED).map(|entry| format!("{} in {}", entry.rule, entry.file)).collect();
        let (what, them) = match entries.len() {
            0 => return None,
            1 => ("1 entry is stale, its finding is gone".to_owned(), "it"),
            more => (format!("{more} entries are stale, their findings are gone"), "them"),
        };
        let more = match entries.len() - named.len() {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        let file = discover::shown(&self.file);
        let message = format!("{what}: {}{more}; `--write-baseline {file}` takes {them} out", named.join(", "));
        Some(InputError { file, location: None, message, fatal: false })
    }
}

fn parse(text: &str) -> Result<Vec<Entry>, Failure> {
    let format = |error: serde_json::Error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        // It counts the columns of an empty line from 0.
        Failure::Format { line: error.line(), column: error.column().max(1), message }
    };
    let text = text.trim_start_matches('\u{feff}');
    let Versioned { version } = serde_json::from_str(text).map_err(format)?;
    if version != VERSION {
        return Err(Failure::Version(version));
    }
    let Document { entries, .. } = serde_json::from_str(text).map_err(format)?;
    Ok(entries)
}

/// A file as it is called from a folder, with `/`; both are real paths.
fn relative(folder: &Path, file: &Path) -> String {
    let mut own = file.components().peekable();
    let mut from = folder.components().peekable();
    while own.peek().is_some() && own.peek() == from.peek() {
        own.next();
        from.next();
    }
    let up = from.filter(|part| matches!(part, Component::Normal(_))).map(|_| "..".to_owned());
    let parts: Vec<String> = up.chain(own.map(|part| part.as_os_str().to_string_lossy().into_owned())).collect();
    parts.join("/")
}
