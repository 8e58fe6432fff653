//! The catalogue as SARIF's list of rules.

use super::level;
use super::model::{Configuration, Message, Rule, RuleProperties};
use crate::finding::Severity;
use crate::rules::catalogue::{self, Entry, Frontend, Reference};

/// GitHub takes no description that is longer, in characters.
const LONGEST_DESCRIPTION: usize = 1024;

/// Every rule of the catalogue, in its order, whether it has found something or not.
pub(super) fn rules() -> Vec<Rule> {
    catalogue::entries().iter().map(rule).collect()
}

/// Where a rule stands in that list.
pub(super) fn index(id: &str) -> Option<usize> {
    catalogue::entries().iter().position(|entry| entry.id == id)
}

fn rule(entry: &'static Entry) -> Rule {
    Rule {
        id: &entry.id,
        short_description: Message::plain(cut(&format!("{}.", entry.title))),
        full_description: Message::plain(cut(&joined(first_paragraph(&entry.what)))),
        help: Message { text: help(entry, false), markdown: Some(help(entry, true)) },
        help_uri: catalogue::url(&entry.id),
        default_configuration: Configuration { enabled: !entry.off, level: level(entry.severity) },
        properties: RuleProperties {
            tags: tags(entry),
            // Nothing is told that was not worked out; what hangs on an assumption says so.
            precision: "high",
            problem_severity: match entry.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "recommendation",
            },
            security_severity: entry.security_severity.as_deref(),
        },
    }
}

/// The catalogue's tags, and the weakness as GitHub's own rules name it.
fn tags(entry: &Entry) -> Vec<String> {
    entry.tags.iter().cloned().chain(entry.cwe.map(|number| format!("external/cwe/cwe-{number:03}"))).collect()
}

/// What it is, why it matters, how to mend it on each server, where it is written down.
fn help(entry: &Entry, markdown: bool) -> String {
    let shown = |text: &str| if markdown { fenced(text, None) } else { text.trim_end().to_owned() };
    let heading = |text: &str| if markdown { format!("## {text}") } else { format!("{text}:") };
    let title = if markdown { format!("# {}", entry.title.replace('*', "\\*")) } else { format!("{}.", entry.title) };
    let mut parts = vec![title, shown(&entry.what), heading("Why it matters"), shown(&entry.why)];
    for (frontend, fix) in entry.fix.texts() {
        parts.push(heading(&match frontend {
            Some(frontend) => format!("How to mend it ({frontend})"),
            None => "How to mend it".to_owned(),
        }));
        parts.push(if markdown { fenced(fix, frontend) } else { shown(fix) });
    }
    if !entry.references.is_empty() {
        parts.push(heading("See also"));
        let references = entry.references.iter().map(|Reference { title, url }| {
            if markdown { format!("- [{title}]({url})") } else { format!("- {title}: {url}") }
        });
        parts.push(references.collect::<Vec<_>>().join("\n"));
    }
    parts.join("\n\n")
}

/// The catalogue's form, code indented by four, with that code between fences, which also name its language.
fn fenced(text: &str, language: Option<Frontend>) -> String {
    let language = match language {
        Some(Frontend::Nginx) => "nginx",
        Some(Frontend::Apache) => "apache",
        Some(Frontend::Express) => "js",
        None => "",
    };
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let is_code = |line: &str| line.starts_with("    ");
    let mut out = String::new();
    let mut fence_is_open = false;
    for (number, line) in lines.iter().enumerate() {
        // A blank line within code belongs to it; one at its end does not.
        let next = lines[number..].iter().find(|line| !line.trim().is_empty());
        let code = is_code(line) || fence_is_open && line.trim().is_empty() && next.is_some_and(|line| is_code(line));
        if code != fence_is_open {
            out.push_str("```");
            out.push_str(if code { language } else { "" });
            out.push('\n');
            fence_is_open = code;
        }
        out.push_str(if code { line.get(4..).unwrap_or_default() } else { line });
        out.push('\n');
    }
    out.push_str(if fence_is_open { "```" } else { "" });
    out.trim_end().to_owned()
}

fn first_paragraph(text: &str) -> &str {
    text.trim_start().split("\n\n").next().unwrap_or_default()
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST_DESCRIPTION {
        return text.to_owned();
    }
    text.chars().take(LONGEST_DESCRIPTION - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_what_github_asks_for() {
        let rules = rules();
        assert_eq!(rules.len(), catalogue::entries().len());
        for (number, rule) in rules.iter().enumerate() {
            assert_eq!(index(rule.id), Some(number));
            for description in [&rule.short_description, &rule.full_description] {
                let length = description.text.chars().count();
                assert!((1..=LONGEST_DESCRIPTION).contains(&length), "{}: {}", rule.id, description.text);
            }
            let markdown = rule.help.markdown.as_deref().unwrap_or_default();
            assert!(rule.help.text.contains("How to mend it") && markdown.contains("## How to mend it"), "{}", rule.id);
            assert_eq!(markdown.matches("```").count() % 2, 0, "{}: {markdown}", rule.id);
            assert!(rule.properties.tags.len() <= 20, "{}", rule.id);
            // With a score an alert is one of security only where the tag says so, too.
            let is_security = rule.properties.tags.iter().any(|tag| tag == "security");
            assert!(is_security || rule.properties.security_severity.is_none(), "{}", rule.id);
        }
    }

    #[test]
    fn indented_code_is_put_between_fences() {
        let text = "Send it:\n\n    a {\n\n        b;\n    }\n\nThat is all.\n\n    c\n";
        assert_eq!(
            fenced(text, Some(Frontend::Nginx)),
            "Send it:\n\n```nginx\na {\n\n    b;\n}\n```\n\nThat is all.\n\n```nginx\nc\n```"
        );
        assert_eq!(fenced("One.\n", None), "One.");
    }

    #[test]
    fn a_description_is_cut_at_its_limit() {
        assert_eq!(cut(&"é".repeat(1024)).chars().count(), 1024);
        let cut = cut(&"é".repeat(1025));
        assert_eq!((cut.chars().count(), cut.ends_with("é…")), (1024, true));
    }

    #[test]
    fn a_weakness_is_a_tag() {
        let echo = catalogue::entry("unvalidated-origin-echo").expect("is in the catalogue");
        assert!(tags(echo).contains(&"external/cwe/cwe-942".to_owned()), "{:?}", tags(echo));
    }
}
