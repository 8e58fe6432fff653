//! `corslint explain RULE`: the catalogue's page about a rule.

use super::values::When;
use super::{CLEAN, Stop, terminal};
use crate::report::text::{Paint, harmless, reflow};
use crate::rules::catalogue::{self, Entry, Example, Files, Frontend};

pub(super) fn run(rule: &str, when: When) -> Result<u8, Stop> {
    let entry = catalogue::entry(rule).ok_or_else(|| super::no_such_rule(rule))?;
    let color = terminal::stdout_shows(when).color;
    terminal::say(page(entry, Paint { color }).as_bytes(), color)?;
    Ok(CLEAN)
}

fn page(entry: &Entry, paint: Paint) -> String {
    let mut page = format!("{}: {}\n{}\n", paint.bold(&entry.id), entry.title, facts(entry));
    for (heading, text) in [("What is reported", &entry.what), ("Why it matters", &entry.why)] {
        section(&mut page, heading, &reflow(text, 2), paint);
    }
    for (frontend, text) in entry.fix.texts() {
        section(&mut page, &about("How to mend it", frontend), &reflow(text, 2), paint);
    }
    // One for each server; the others are variants of the same.
    let mut shown = Vec::new();
    for example in &entry.examples {
        if !shown.contains(&example.frontend) {
            shown.push(example.frontend);
            section(&mut page, &about("Reported", Some(example.frontend)), &code(example, &example.bad), paint);
            if let Some(good) = &example.good {
                section(&mut page, &about("Not reported", Some(example.frontend)), &code(example, good), paint);
            }
        }
    }
    let references = entry.references.iter().map(|reference| format!("{}: {}", reference.title, reference.url));
    let references: Vec<String> = references.chain([catalogue::url(&entry.id)]).collect();
    section(&mut page, "See also", &references, paint);
    page
}

/// The line below the title.
fn facts(entry: &Entry) -> String {
    let severity = if entry.off { "off unless --pedantic or --rule".to_owned() } else { entry.severity.to_string() };
    let note = entry.severity_note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
    let mut facts = vec![format!("{severity}{note}")];
    if !entry.tags.is_empty() {
        facts.push(entry.tags.join(", "));
    }
    facts.extend(entry.cwe.map(|number| format!("CWE-{number}")));
    facts.join("; ")
}

fn section(page: &mut String, heading: &str, lines: &[String], paint: Paint) {
    page.extend(["\n", &paint.bold(heading), "\n"]);
    for line in lines {
        page.extend([if line.is_empty() { "" } else { "  " }, line, "\n"]);
    }
}

/// A heading for what one server is told of.
fn about(heading: &str, frontend: Option<Frontend>) -> String {
    frontend.map_or_else(|| heading.to_owned(), |frontend| format!("{heading} ({frontend})"))
}

fn code(example: &Example, files: &Files) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, text) in files.iter(example.frontend) {
        lines.push(format!("{name}:"));
        lines.extend(text.trim_end().lines().map(|line| format!("  {}", harmless(line)).trim_end().to_owned()));
    }
    lines
}
