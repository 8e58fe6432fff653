//! What is asked: a line of the requests.

use serde::{Deserialize, Deserializer};

use crate::policy::Answer;

/// A request, or a fetch that a page makes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// `raw` is one request as it goes over the wire; anything else a fetch.
    #[serde(default)]
    pub(super) kind: Asking,
    /// A path, or a URL with host and perhaps port.
    pub(super) url: String,
    #[serde(default = "get")]
    pub(super) method: String,
    #[serde(default)]
    pub(super) headers: Vec<(String, String)>,
    /// The origin of the page; of a fetch only.
    #[serde(default)]
    pub(super) origin: Option<String>,
    /// Whether the fetch is made with the user's credentials.
    #[serde(default)]
    pub(super) credentials: bool,
    /// What the application behind the configuration answers.
    #[serde(default = "ok", deserialize_with = "answer")]
    pub(super) answer: Answer,
    /// Whether the request carries a valid login.
    #[serde(default)]
    pub(super) login: bool,
    /// Environment variables, for front ends that read them.
    #[serde(default)]
    pub(super) env: std::collections::BTreeMap<String, String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Asking {
    #[default]
    Fetch,
    Raw,
}

fn get() -> String {
    "GET".to_owned()
}

fn ok() -> Answer {
    Answer::Status(200)
}

fn answer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Answer, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Status(u16),
        Word(String),
    }
    match Written::deserialize(deserializer)? {
        Written::Status(status @ 100..=599) => Ok(Answer::Status(status)),
        Written::Word(word) if word == "missing" => Ok(Answer::Missing),
        Written::Status(_) | Written::Word(_) => Err(serde::de::Error::custom("`answer` is a status or \"missing\"")),
    }
}

/// Where a URL leads: host and port as far as it names them, and its path with query.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) host: Option<String>,
    pub(super) port: Option<u16>,
    pub(super) path: String,
}

impl Place {
    /// Reads a path or an absolute URL.
    pub(super) fn of(url: &str) -> Result<Self, String> {
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
