//! The catalogue as Markdown.

use std::fmt::Write;

use corslint::rules::catalogue::{self, Entry, Example, FRONTENDS, Files, Frontend};

/// A line each, for README.md.
pub(crate) fn table() -> String {
    let mut table = "| rule | severity | what it says |\n|---|---|---|\n".to_owned();
    for entry in catalogue::entries() {
        let id = &entry.id;
        let title = entry.title.replace('|', "\\|").replace('*', "\\*");
        let _ = writeln!(table, "| [`{id}`](rules/README.md#{id}) | {} | {title} |", severity(entry));
    }
    table
}

/// A section each, whose anchor is the rule's id.
pub(crate) fn pages() -> String {
    let mut pages = "# Rules\n\nMade from the files beside this one by `UPDATE_DOCS=1 cargo test --test docs`. In a \
                     terminal: `corslint rules`, `corslint explain RULE`.\n"
        .to_owned();
    for entry in catalogue::entries() {
        page(&mut pages, entry);
    }
    pages
}

fn page(pages: &mut String, entry: &Entry) {
    let note = entry.severity_note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
    let mut facts = vec![format!("{}{note}", severity(entry))];
    facts.extend((!entry.tags.is_empty()).then(|| entry.tags.join(", ")));
    facts.extend(entry.cwe.map(|cwe| format!("[CWE-{cwe}](https://cwe.mitre.org/data/definitions/{cwe}.html)")));
    let _ = writeln!(pages, "\n## {}\n\n**{}**\n\n{}", entry.id, entry.title.replace('*', "\\*"), facts.join(" · "));
    for (heading, text) in [("What is reported", &entry.what), ("Why it matters", &entry.why)] {
        let _ = writeln!(pages, "\n### {heading}\n\n{}", text.trim_end());
    }
    for (frontend, text) in entry.fix.texts() {
        let _ = writeln!(pages, "\n### {}\n\n{}", about("How to mend it", frontend), text.trim_end());
    }
    // One for each server; the others are variants of the same.
    for frontend in FRONTENDS {
        let Some(example) = entry.examples.iter().find(|example| example.frontend == *frontend) else { continue };
        let at = example.at.trim_end();
        let _ = writeln!(pages, "\n### {}\n\nAt `{at}`:", about("Reported", Some(*frontend)));
        code(pages, example, &example.bad);
        if let Some(good) = &example.good {
            let _ = writeln!(pages, "\n### {}", about("Not reported", Some(*frontend)));
            code(pages, example, good);
        }
    }
    if !entry.references.is_empty() {
        let _ = writeln!(pages, "\n### See also\n");
    }
    for reference in &entry.references {
        let _ = writeln!(pages, "- [{}]({})", reference.title, reference.url);
    }
}

/// A heading for what one server is told of.
fn about(heading: &str, frontend: Option<Frontend>) -> String {
    frontend.map_or_else(|| heading.to_owned(), |frontend| format!("{heading} ({frontend})"))
}

fn code(pages: &mut String, example: &Example, files: &Files) {
    for (name, text) in files.iter(example.frontend) {
        let language = if example.frontend == Frontend::Apache { "apache" } else { "nginx" };
        let _ = writeln!(pages, "\n`{name}`:\n\n```{language}\n{}\n```", text.trim_end());
    }
}

/// `error`, `warning`, `info` or `off`.
fn severity(entry: &Entry) -> String {
    if entry.off { "off".to_owned() } else { entry.severity.to_string() }
}
