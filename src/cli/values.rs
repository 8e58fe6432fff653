//! What values of arguments can be.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::config::{self, Threshold};
use crate::discover::Dialect;
use crate::exchange::preflight;
use crate::finding::Severity;
use crate::link::Inside;
use crate::policy::Answer;
use crate::report::{FORMATS, Format};
use crate::simulate;

/// What `generate` can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Product {
    /// Completions for bash.
    CompleteBash,
    /// Completions for elvish.
    CompleteElvish,
    /// Completions for fish.
    CompleteFish,
    /// Completions for PowerShell.
    CompletePowershell,
    /// Completions for zsh.
    CompleteZsh,
    /// The manual page.
    Man,
    /// The JSON schema of corslint.toml.
    Schema,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal, unless `NO_COLOR` is set; elsewhere if `FORCE_COLOR` or `CLICOLOR_FORCE` is.
    Auto,
    /// Always, into files as well.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// A line each.
    Text,
    /// One document.
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AnswerFormat {
    /// For people.
    Text,
    /// A line of JSON for each request.
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DialectName {
    /// nginx
    Nginx,
    /// Apache httpd and `.htaccess`
    Apache,
    /// JavaScript and TypeScript
    Express,
}

impl From<DialectName> for Dialect {
    fn from(name: DialectName) -> Self {
        match name {
            DialectName::Nginx => Self::Nginx,
            DialectName::Apache => Self::Apache,
            DialectName::Express => Self::Express,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Block {
    /// nginx: `http`; Apache httpd: the server's own configuration.
    Http,
    /// nginx: `server`; Apache httpd: the server's own configuration, or a virtual host.
    Server,
    /// nginx: `location`; Apache httpd: a folder, as in `.htaccess`.
    Location,
}

impl From<Block> for Inside {
    fn from(block: Block) -> Self {
        match block {
            Block::Http => Self::Http,
            Block::Server => Self::Server,
            Block::Location => Self::Location,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Errors alone.
    Error,
    /// Errors and warnings.
    Warning,
    /// Whatever is found.
    Info,
    /// Nothing that is found.
    Never,
}

impl From<Threshold> for FailOn {
    fn from(threshold: Threshold) -> Self {
        match threshold {
            Threshold::Never => Self::Never,
            Threshold::Severity(Severity::Error) => Self::Error,
            Threshold::Severity(Severity::Warning) => Self::Warning,
            Threshold::Severity(Severity::Info) => Self::Info,
        }
    }
}

impl FailOn {
    /// Whether a finding of this severity makes the run fail.
    pub(super) fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity == Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => true,
            Self::Never => false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Least {
    /// Errors alone.
    Error,
    /// Errors and warnings.
    Warning,
    /// Everything.
    Info,
}

impl From<Least> for Severity {
    fn from(least: Least) -> Self {
        match least {
            Least::Error => Self::Error,
            Least::Warning => Self::Warning,
            Least::Info => Self::Info,
        }
    }
}

/// A format, and the file it goes to unless that is standard output.
#[derive(Debug, Clone)]
pub(super) struct Output {
    pub(super) format: &'static Format,
    pub(super) file: Option<PathBuf>,
}

/// What `--format` is about, with the names as the table has them.
pub(super) fn formats_help() -> String {
    let names = format_names();
    format!("How to write the report ({names}); with `=FILE` into a file. May be given several times")
}

fn format_names() -> String {
    FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ")
}

pub(super) fn output(text: &str) -> Result<Output, String> {
    let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
    let Some(format) = FORMATS.iter().find(|format| format.name == name) else {
        return Err(format!("there is no format `{name}`; the formats are {}", format_names()));
    };
    match file {
        Some("") => Err(format!("`{text}` names no file")),
        file => Ok(Output { format, file: file.filter(|file| *file != "-").map(PathBuf::from) }),
    }
}

pub(super) fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("it has to be NAME=VALUE".to_owned()),
    }
}

/// A URL, or a path.
pub(super) fn url(text: &str) -> Result<String, String> {
    simulate::Place::of(text).map(|_| text.to_owned())
}

/// The origin of a page, as browsers send it.
pub(super) fn origin(text: &str) -> Result<String, String> {
    match config::origin(text) {
        Err(fault) if text != "null" => Err(format!("it {fault}")),
        Err(_) | Ok(_) => Ok(text.to_owned()),
    }
}

/// A method that pages can ask for.
pub(super) fn method(text: &str) -> Result<String, String> {
    if !preflight::is_token(text) {
        Err("it is no method".to_owned())
    } else if preflight::is_forbidden_method(text) {
        Err("browsers let no page use it".to_owned())
    } else {
        Ok(preflight::normalize_method(text))
    }
}

/// Name and value of a header that pages can set.
pub(super) fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = config::header(text).map_err(|fault| format!("it {fault}"))?;
    if preflight::is_forbidden_request_header(&name, &value) {
        return Err("browsers let no page set it".to_owned());
    }
    Ok((name, value))
}

/// What the application answers.
pub(super) fn answer(text: &str) -> Result<Answer, String> {
    simulate::parse_answer(text).ok_or_else(|| "it has to be a status or `missing`".to_owned())
}
