//! The words about each rule: `rules/<id>.yaml`, read once, when they are first asked for.
//!
//! In: the files, built in. Out: [`Entry`]. Must not know: how a rule is checked, how an entry is shown.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::discover::Dialect;
use crate::finding::Severity;
use crate::words;

/// The servers that are analysed: each has a text in every [`Fix`], and examples.
pub const FRONTENDS: &[Frontend] = &[Frontend::Nginx, Frontend::Apache, Frontend::Express];

/// Everything there is to say about a rule; the fields are those of its file, `severity` apart.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its name.
    pub id: String,
    /// The fault in one line, without a final stop.
    pub title: String,
    /// The strongest severity with which it is reported.
    pub severity: Severity,
    /// When it is reported with another severity, if it is.
    pub severity_note: Option<String>,
    /// Whether it is checked only with `--pedantic` or by name.
    pub off: bool,
    /// What it is about: `security`, `cache` …
    pub tags: Vec<String>,
    /// Number in the Common Weakness Enumeration.
    pub cwe: Option<u32>,
    /// A CVSS score between 0.1 and 10, as text.
    pub security_severity: Option<String>,
    /// What is reported; paragraphs, code indented by four.
    pub what: String,
    /// Why it matters; likewise.
    pub why: String,
    /// How to mend it.
    pub fix: Fix,
    /// Where it is written down.
    pub references: Vec<Reference>,
    /// Configurations with and without the fault.
    pub examples: Vec<Example>,
}

/// How to mend a fault: one text where it is the same for every server, or a map from each front end to its own. The
/// texts are paragraphs, code indented by four.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Fix {
    /// For every server.
    Shared(String),
    /// For each of [`FRONTENDS`].
    Each(BTreeMap<Frontend, String>),
}

impl Fix {
    /// The text for a server; none where the server is not analysed.
    #[must_use]
    pub fn of(&self, frontend: Frontend) -> Option<&str> {
        match self {
            Self::Shared(text) => Some(text),
            Self::Each(texts) => texts.get(&frontend).map(String::as_str),
        }
    }

    /// Every text once, with the server that it is for unless it is for all.
    pub fn texts(&self) -> impl Iterator<Item = (Option<Frontend>, &str)> {
        let (shared, each) = match self {
            Self::Shared(text) => (Some((None, text.as_str())), None),
            Self::Each(texts) => (None, Some(texts)),
        };
        shared.into_iter().chain(each.into_iter().flatten().map(|(frontend, text)| (Some(*frontend), text.as_str())))
    }
}

/// A page that bears a claim out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: String,
}

/// A configuration with the fault, and the same without it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Whose configuration it is.
    pub frontend: Frontend,
    /// Tells it from the other examples of its rule.
    #[serde(default)]
    pub name: Option<String>,
    /// What gives exactly this rule, once.
    pub bad: Files,
    /// The text of the primary span.
    pub at: String,
    /// What gives nothing.
    #[serde(default)]
    pub good: Option<Files>,
}

/// A server that texts and examples are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Frontend {
    /// nginx.
    Nginx,
    /// Apache httpd.
    Apache,
    /// Express.
    Express,
}

impl From<Dialect> for Frontend {
    fn from(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Nginx => Self::Nginx,
            Dialect::Apache => Self::Apache,
            Dialect::Express => Self::Express,
        }
    }
}

impl fmt::Display for Frontend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nginx => "nginx",
            Self::Apache => "Apache httpd",
            Self::Express => "Express",
        })
    }
}

impl Frontend {
    /// What the only file of an example is called.
    fn file_name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx.conf",
            Self::Apache => ".htaccess",
            Self::Express => "server.js",
        }
    }
}

/// One file without a name, or several with theirs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Files {
    /// The text.
    One(String),
    /// Name → text.
    Many(BTreeMap<String, String>),
}

impl Files {
    /// Names and texts; a file without a name gets the one that `frontend` would give it.
    pub fn iter(&self, frontend: Frontend) -> impl Iterator<Item = (&str, &str)> {
        let (one, many) = match self {
            Self::One(text) => (Some((frontend.file_name(), text.as_str())), None),
            Self::Many(files) => (None, Some(files)),
        };
        one.into_iter().chain(many.into_iter().flatten().map(|(name, text)| (name.as_str(), text.as_str())))
    }
}

/// An entry as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    id: String,
    title: String,
    severity: Level,
    severity_note: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    cwe: Option<u32>,
    security_severity: Option<String>,
    what: String,
    why: String,
    fix: Fix,
    #[serde(default)]
    references: Vec<Reference>,
    #[serde(default)]
    examples: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Error,
    Warning,
    Info,
    /// Not reported by default, and an info when it is.
    Off,
}

impl From<Written> for Entry {
    fn from(written: Written) -> Self {
        let (severity, off) = match written.severity {
            Level::Error => (Severity::Error, false),
            Level::Warning => (Severity::Warning, false),
            Level::Info => (Severity::Info, false),
            Level::Off => (Severity::Info, true),
        };
        Self {
            id: written.id,
            title: written.title,
            severity,
            severity_note: written.severity_note,
            off,
            tags: written.tags,
            cwe: written.cwe,
            security_severity: written.security_severity,
            what: written.what,
            why: written.why,
            fix: written.fix,
            references: written.references,
            examples: written.examples,
        }
    }
}

/// Every entry, in the order of the table.
#[must_use]
pub fn entries() -> &'static [Entry] {
    static ENTRIES: OnceLock<Vec<Entry>> = OnceLock::new();
    ENTRIES.get_or_init(|| TEXTS.iter().filter_map(|(_, text)| parse(text).ok()).collect())
}

/// The entry of a rule.
#[must_use]
pub fn entry(id: &str) -> Option<&'static Entry> {
    entries().iter().find(|entry| entry.id == id)
}

/// The address of the page about a rule.
#[must_use]
pub fn url(id: &str) -> String {
    format!("https://github.com/corslint/corslint/blob/main/rules/README.md#{id}")
}

/// What to say of an id that no rule has: a sentence without capital and stop.
#[must_use]
pub fn unknown(id: &str) -> String {
    let hint = match words::near(id, entries().iter().map(|entry| entry.id.as_str())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`corslint rules` lists them".to_owned(),
    };
    format!("there is no rule `{id}`; {hint}")
}

fn parse(text: &str) -> Result<Entry, serde_yaml::Error> {
    serde_yaml::from_str::<Written>(text).map(Entry::from)
}

/// Id → file, in alphabetical order.
static TEXTS: &[(&str, &str)] = &[
    ("any-subdomain-trusted", include_str!("../../rules/any-subdomain-trusted.yaml")),
    ("credentials-without-origin", include_str!("../../rules/credentials-without-origin.yaml")),
    ("duplicate-allow-origin", include_str!("../../rules/duplicate-allow-origin.yaml")),
    ("excessive-max-age", include_str!("../../rules/excessive-max-age.yaml")),
    ("exposed-sensitive-header", include_str!("../../rules/exposed-sensitive-header.yaml")),
    ("ineffective-cors-option", include_str!("../../rules/ineffective-cors-option.yaml")),
    ("insecure-origin-allowed", include_str!("../../rules/insecure-origin-allowed.yaml")),
    ("invalid-allow-credentials", include_str!("../../rules/invalid-allow-credentials.yaml")),
    ("invalid-allow-origin", include_str!("../../rules/invalid-allow-origin.yaml")),
    ("invalid-header-name", include_str!("../../rules/invalid-header-name.yaml")),
    ("invalid-max-age", include_str!("../../rules/invalid-max-age.yaml")),
    ("invalid-method", include_str!("../../rules/invalid-method.yaml")),
    ("lost-allow-origin", include_str!("../../rules/lost-allow-origin.yaml")),
    ("missing-always", include_str!("../../rules/missing-always.yaml")),
    ("missing-max-age", include_str!("../../rules/missing-max-age.yaml")),
    ("missing-options-handling", include_str!("../../rules/missing-options-handling.yaml")),
    ("missing-vary", include_str!("../../rules/missing-vary.yaml")),
    ("null-origin-allowed", include_str!("../../rules/null-origin-allowed.yaml")),
    ("preflight-requires-auth", include_str!("../../rules/preflight-requires-auth.yaml")),
    ("preflight-without-headers", include_str!("../../rules/preflight-without-headers.yaml")),
    ("preflight-without-methods", include_str!("../../rules/preflight-without-methods.yaml")),
    ("public-suffix-trusted", include_str!("../../rules/public-suffix-trusted.yaml")),
    ("refusal-is-server-error", include_str!("../../rules/refusal-is-server-error.yaml")),
    ("rejected-configuration", include_str!("../../rules/rejected-configuration.yaml")),
    ("request-data-in-allow-origin", include_str!("../../rules/request-data-in-allow-origin.yaml")),
    ("stateful-origin-regex", include_str!("../../rules/stateful-origin-regex.yaml")),
    ("suppression-without-reason", include_str!("../../rules/suppression-without-reason.yaml")),
    ("syntax-error", include_str!("../../rules/syntax-error.yaml")),
    ("unmet-expectation", include_str!("../../rules/unmet-expectation.yaml")),
    ("unreadable-gateway-error", include_str!("../../rules/unreadable-gateway-error.yaml")),
    ("unresolved-include", include_str!("../../rules/unresolved-include.yaml")),
    ("unused-suppression", include_str!("../../rules/unused-suppression.yaml")),
    ("unvalidated-origin-echo", include_str!("../../rules/unvalidated-origin-echo.yaml")),
    ("weak-origin-validation", include_str!("../../rules/weak-origin-validation.yaml")),
    ("wildcard-list-with-credentials", include_str!("../../rules/wildcard-list-with-credentials.yaml")),
    ("wildcard-omits-authorization", include_str!("../../rules/wildcard-omits-authorization.yaml")),
    ("wildcard-origin", include_str!("../../rules/wildcard-origin.yaml")),
    ("wildcard-with-credentials", include_str!("../../rules/wildcard-with-credentials.yaml")),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn the_table_lists_every_file_and_every_file_can_be_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
        let files: BTreeSet<String> = std::fs::read_dir(folder)
            .expect("folder is there")
            .filter_map(|file| file.ok()?.file_name().to_str()?.strip_suffix(".yaml").map(str::to_owned))
            .collect();
        let table: Vec<&str> = TEXTS.iter().map(|(id, _)| *id).collect();
        assert!(table.is_sorted(), "{table:?}");
        assert_eq!(table.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>(), files);
        for (id, text) in TEXTS {
            let entry = parse(text).unwrap_or_else(|error| panic!("{id}: {error}"));
            assert_eq!(entry.id, *id);
            assert!(!entry.title.ends_with('.') && entry.title.chars().count() <= 100, "{id}: {}", entry.title);
            let each: Vec<Frontend> = entry.fix.texts().filter_map(|(frontend, _)| frontend).collect();
            assert!(each.is_empty() || each == FRONTENDS, "{id}: fix is for {each:?} only");
        }
    }

    #[test]
    fn each_example_quotes_its_own_text() {
        for entry in entries() {
            for example in &entry.examples {
                let quoted = example.bad.iter(example.frontend).any(|(_, text)| text.contains(example.at.trim_end()));
                assert!(quoted, "{}: {:?}: `{}` is not in it", entry.id, example.name, example.at);
            }
        }
    }

    const TEXT: &str = "
id: a-rule
title: A title
severity: off
tags: [security]
cwe: 942
security-severity: \"5.0\"
what: |
  What.
why: Why.
fix: Fix.
references:
  - {title: T, url: \"https://example.com\"}
examples:
  - frontend: apache
    bad: Header set X y
    at: y
  - frontend: nginx
    name: two-files
    bad: {a.conf: one, b.conf: two}
    at: two
    good: none
";

    #[test]
    fn a_file_is_read_with_every_field() {
        let entry = parse(TEXT).expect("is well formed");
        assert_eq!((entry.severity, entry.off, entry.cwe), (Severity::Info, true, Some(942)));
        assert_eq!(entry.security_severity.as_deref(), Some("5.0"));
        let names = |n: usize| entry.examples[n].bad.iter(entry.examples[n].frontend).collect::<Vec<_>>();
        assert_eq!(names(0), [(".htaccess", "Header set X y")]);
        assert_eq!(names(1), [("a.conf", "one"), ("b.conf", "two")]);
        assert!(parse(&TEXT.replace("cwe:", "cew:")).is_err());
        assert_eq!(entry.fix.texts().collect::<Vec<_>>(), [(None, "Fix.")]);
        assert_eq!(entry.fix.of(Frontend::Express), Some("Fix."));
    }

    #[test]
    fn a_fix_may_be_another_for_each_server() {
        let with = |fix: &str| parse(&TEXT.replace("fix: Fix.", fix));
        let fix = with("fix: {apache: A, nginx: N}").expect("is well formed").fix;
        assert_eq!(fix.texts().collect::<Vec<_>>(), [(Some(Frontend::Nginx), "N"), (Some(Frontend::Apache), "A")]);
        assert_eq!((fix.of(Frontend::Apache), fix.of(Frontend::Express)), (Some("A"), None));
        assert!(with("fix: {iis: I}").is_err());
    }
}
