//! What is asked: a line of the requests.

use serde::{Deserialize, Deserializer};

use crate::policy::Answer;

/// A request, or a fetch that a page makes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// What is asked for.
    #[serde(default)]
    pub kind: Asking,
    /// A path, or a URL with host and perhaps port.
    pub url: String,
    /// Method.
    #[serde(default = "get")]
    pub method: String,
    /// Names and values of the headers that the page, or whoever sends the request, sets.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// The origin of the page; of a fetch only.
    #[serde(default)]
    pub origin: Option<String>,
    /// Whether the fetch is made with the user's credentials.
    #[serde(default)]
    pub credentials: bool,
    /// What the application behind the configuration answers.
    #[serde(default = "success", deserialize_with = "read_answer")]
    pub answer: Answer,
    /// Whether the request carries a valid login.
    #[serde(default)]
    pub login: bool,
    /// Environment variables, for front ends that read them.
    #[serde(default)]
    pub env: std::collections::BTreeMap<String, String>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Asking {
    /// A fetch that a page makes.
    #[default]
    Fetch,
    /// One request as it goes over the wire.
    Raw,
}

impl Asked {
    /// A fetch of `url` with GET, which the application answers 200.
    #[must_use]
    pub fn get(url: String) -> Self {
        Self {
            kind: Asking::Fetch,
            url,
            method: get(),
            headers: Vec::new(),
            origin: None,
            credentials: false,
            answer: success(),
            login: false,
            env: std::collections::BTreeMap::new(),
        }
    }

    /// The fetch as a noun: `PUT /api/x from https://app.example.com, with credentials`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let from = self.origin.as_deref().unwrap_or("null");
        let with = if self.credentials { ", with credentials" } else { "" };
        format!("{} {} from {from}{with}", self.method, self.url)
    }
}

fn get() -> String {
    "GET".to_owned()
}

/// What the application answers where nothing is said.
pub(crate) fn success() -> Answer {
    Answer::Status(200)
}

/// Reads a status or `"missing"`.
pub(crate) fn read_answer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Answer, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Status(u16),
        Word(String),
    }
    let answer = match Written::deserialize(deserializer)? {
        Written::Status(status) => with_status(status),
        Written::Word(word) => without_file(&word),
    };
    answer.ok_or_else(|| serde::de::Error::custom("`answer` is a status or \"missing\""))
}

/// Reads a status or `missing` where all is text.
pub(crate) fn parse_answer(text: &str) -> Option<Answer> {
    without_file(text).or_else(|| with_status(text.parse().ok()?))
}

fn with_status(status: u16) -> Option<Answer> {
    (100..=599).contains(&status).then_some(Answer::Status(status))
}

fn without_file(word: &str) -> Option<Answer> {
    (word == "missing").then_some(Answer::Missing)
}

/// Where a URL leads: host and port as far as it names them, and its path with query.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) host: Option<String>,
    pub(crate) port: Option<u16>,
    pub(crate) path: String,
}

impl Place {
    /// Reads a path or an absolute URL.
    pub(crate) fn of(url: &str) -> Result<Self, String> {
        let without_fragment = url.split('#').next().unwrap_or_default();
        if without_fragment.starts_with('/') {
            return Ok(Self { host: None, port: None, path: without_fragment.to_owned() });
        }
        let Some((scheme, rest)) = without_fragment.split_once("://") else {
            return Err(format!("`{url}` is neither a path nor a URL"));
        };
        let default = match scheme.to_ascii_lowercase().as_str() {
            "http" => 80,
            "https" => 443,
            _ => return Err(format!("`{url}` is not http or https")),
        };
        let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => {
                (host, port.parse().map_err(|_| format!("`{url}` has no valid port"))?)
            }
            _ => (authority, default),
        };
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        Ok(Self { host: Some(host.to_owned()), port: Some(port), path })
    }
}
