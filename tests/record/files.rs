//! The files of a site.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use glob::{MatchOptions, Pattern};

/// Every file below `folder`, by its name relative to it: its bytes, each as the character of that number, so that any
/// file can be read and written back as it was.
pub(crate) fn read(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(files)
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, fs::read(entry.path())?.into_iter().map(char::from).collect());
        }
    }
    Ok(())
}

/// The bytes of such a text.
pub(crate) fn bytes(text: &str) -> Vec<u8> {
    text.chars().filter_map(|char| u8::try_from(char).ok()).collect()
}

/// Whether it is a configuration file by its name.
pub(crate) fn is_configuration(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "conf")
}

/// Those of `names` that a pattern of an include matches.
pub(crate) fn matching<'n>(names: impl Iterator<Item = &'n String>, pattern: &str) -> Vec<&'n str> {
    let options = MatchOptions { require_literal_separator: true, ..MatchOptions::new() };
    let Ok(pattern) = Pattern::new(pattern) else { return Vec::new() };
    names.map(String::as_str).filter(|name| pattern.matches_with(name, options)).collect()
}

/// One replacement: the bytes from `start` to `end` of a text become `text`.
#[derive(Debug)]
pub(crate) struct Edit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
}

/// A text with all replacements made; they do not overlap.
pub(crate) fn edited(original: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let (mut text, mut at) = (String::new(), 0);
    for edit in edits {
        text.push_str(&original[at..edit.start]);
        text.push_str(&edit.text);
        at = edit.end;
    }
    text + &original[at..]
}
