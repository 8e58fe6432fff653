//! `corslint rules`: the catalogue as a list.

use std::collections::BTreeMap;

use serde::Serialize;

use super::values::{ListFormat, When};
use super::{CLEAN, Stop, terminal};
use crate::report::text::Paint;
use crate::rules::catalogue::{self, Entry, FRONTENDS, Frontend, Reference};

/// A rule as other programs see it.
#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    title: &'a str,
    severity: String,
    severity_note: Option<&'a str>,
    tags: &'a [String],
    cwe: Option<u32>,
    security_severity: Option<&'a str>,
    what: &'a str,
    why: &'a str,
    /// A text for every front end, also where it is the same.
    fix: BTreeMap<Frontend, &'a str>,
    references: &'a [Reference],
    url: String,
}

pub(super) fn run(format: ListFormat, when: When) -> Result<u8, Stop> {
    let color = format == ListFormat::Text && terminal::stdout_shows(when).color;
    let list = match format {
        ListFormat::Text => lines(Paint { color }),
        ListFormat::Json => {
            let listed: Vec<Listed<'_>> = catalogue::entries().iter().map(listed).collect();
            let json = serde_json::to_string_pretty(&listed).map_err(std::io::Error::from)?;
            format!("{json}\n")
        }
    };
    terminal::say(list.as_bytes(), color)?;
    Ok(CLEAN)
}

fn lines(paint: Paint) -> String {
    let entries = catalogue::entries();
    let width = entries.iter().map(|entry| entry.id.len()).max().unwrap_or_default();
    let line = |entry: &Entry| {
        let gap = " ".repeat(width - entry.id.len());
        format!("{}{gap}  {:7}  {}\n", paint.bold(&entry.id), severity(entry), entry.title)
    };
    entries.iter().map(line).collect()
}

fn listed(entry: &Entry) -> Listed<'_> {
    Listed {
        id: &entry.id,
        title: &entry.title,
        severity: severity(entry),
        severity_note: entry.severity_note.as_deref(),
        tags: &entry.tags,
        cwe: entry.cwe,
        security_severity: entry.security_severity.as_deref(),
        what: &entry.what,
        why: &entry.why,
        fix: FRONTENDS.iter().filter_map(|frontend| Some((*frontend, entry.fix.of(*frontend)?))).collect(),
        references: &entry.references,
        url: catalogue::url(&entry.id),
    }
}

/// `error`, `warning`, `info` or `off`.
fn severity(entry: &Entry) -> String {
    if entry.off { "off".to_owned() } else { entry.severity.to_string() }
}
