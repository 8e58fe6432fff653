//! A file that was checked → [`Config`].

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::levels::{ByRule, Level, Levels};
use super::{Config, Link, Threshold, text};
use crate::discover::Globs;
use crate::finding::Severity;
use crate::policy::Answer;
use crate::rules::Limits;
use crate::simulate::{self, Asked, Expectation};
use crate::source::{Source, Span};

/// The file as it is written. Its keys are those of the table in `keys`.
#[derive(Deserialize, Default)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct Written {
    exclude: Vec<String>,
    fail_on: Option<Threshold>,
    min_severity: Option<Severity>,
    pedantic: bool,
    baseline: Option<PathBuf>,
    env: BTreeMap<String, String>,
    trust: Trust,
    rules: BTreeMap<String, Rule>,
    #[serde(rename = "override")]
    overrides: Vec<Override>,
    link: Vec<WrittenLink>,
    expect: Vec<Expect>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Trust {
    origins: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Rule {
    Level(Level),
    Table(RuleTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleTable {
    severity: Option<Level>,
    limit: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Override {
    paths: Vec<String>,
    rules: BTreeMap<String, Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLink {
    from: String,
    to: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    url: String,
    origin: String,
    method: Option<String>,
    #[serde(default)]
    headers: Vec<String>,
    #[serde(default)]
    credentials: bool,
    #[serde(default)]
    login: bool,
    #[serde(default = "simulate::success", deserialize_with = "simulate::read_answer")]
    answer: Answer,
    #[serde(rename = "in")]
    within: Option<PathBuf>,
    allow: Spanned<bool>,
}

/// Reads a file in which `check` finds no fault. An error is what shows only now, as a whole sentence without its stop.
pub(super) fn read(source: Source, folder: &Path) -> Result<Config, String> {
    let written: Written = toml::from_str(&source.text).map_err(|error| error.message().to_owned())?;
    let globs = |patterns: &[String]| {
        Globs::new(folder, patterns.iter().map(String::as_str)).map_err(|fault| format!("a pattern {fault}"))
    };
    let overrides = written.overrides.into_iter().map(|one| Ok((globs(&one.paths)?, by_rule(one.rules))));
    let link = |link: WrittenLink| {
        let (host, port) = text::upstream(&link.from)?;
        Ok(Link { host, port, to: folder.join(link.to) })
    };
    let limit = written.rules.get("excessive-max-age").and_then(|rule| match rule {
        Rule::Table(table) => table.limit,
        Rule::Level(_) => None,
    });
    Ok(Config {
        limits: limit.map_or_else(Limits::default, |seconds| Limits { max_age: seconds.into() }),
        exclude: if written.exclude.is_empty() { None } else { Some(globs(&written.exclude)?) },
        fail_on: written.fail_on,
        min_severity: written.min_severity,
        pedantic: written.pedantic,
        baseline: written.baseline.map(|file| folder.join(file)),
        environment: written.env,
        trusted: written.trust.origins.iter().map(|origin| text::origin(origin)).collect::<Result<_, String>>()?,
        levels: Levels { everywhere: by_rule(written.rules), overrides: overrides.collect::<Result<_, String>>()? },
        links: written.link.into_iter().map(link).collect::<Result<_, String>>()?,
        expectations: written.expect.into_iter().map(|one| expectation(one, folder)).collect::<Result<_, String>>()?,
        source: Some(source),
    })
}

fn by_rule(rules: BTreeMap<String, Rule>) -> ByRule {
    let level = |rule| match rule {
        Rule::Level(level) => Some(level),
        Rule::Table(table) => table.severity,
    };
    rules.into_iter().filter_map(|(id, rule)| Some((id, level(rule)?))).collect()
}

fn expectation(written: Expect, folder: &Path) -> Result<Expectation, String> {
    let span = written.allow.span();
    let get = Asked::get(written.url);
    let asked = Asked {
        method: written.method.unwrap_or(get.method),
        headers: written.headers.iter().map(|header| text::header(header)).collect::<Result<_, String>>()?,
        origin: Some(written.origin),
        credentials: written.credentials,
        answer: written.answer,
        login: written.login,
        ..get
    };
    Ok(Expectation {
        asked,
        allow: written.allow.into_inner(),
        within: written.within.map(|file| folder.join(file)),
        span: Span::new(span.start, span.end),
    })
}
