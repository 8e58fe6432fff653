//! Requests as a browser or a program sends them.

use std::net::{IpAddr, Ipv4Addr};

/// What is taken to be the browser's `User-Agent`, so that rules on it are decided.
const USER_AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

/// A request on its way to a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Method.
    pub method: String,
    /// Host name, without port; empty when none is known.
    pub host: String,
    /// Port it is sent to.
    pub port: Option<u16>,
    /// Path, beginning with `/`.
    pub path: String,
    /// Query, without `?`.
    pub query: Option<String>,
    /// Headers in order.
    pub headers: Vec<(String, String)>,
    /// Whether it carries a valid login.
    pub login: bool,
    /// Where it comes from.
    pub client: IpAddr,
}

impl Request {
    /// A request from this machine, without headers but for a browser's `User-Agent`.
    #[must_use]
    pub fn new(method: &str, path: &str) -> Self {
        let (path, query) = path.split_once('?').map_or((path, None), |(p, q)| (p, Some(q.to_owned())));
        Self {
            method: method.to_owned(),
            host: String::new(),
            port: None,
            path: path.to_owned(),
            query,
            headers: vec![("User-Agent".to_owned(), USER_AGENT.to_owned())],
            login: false,
            client: IpAddr::V4(Ipv4Addr::LOCALHOST),
        }
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The first header of that name, in whatever case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The Origin header.
    #[must_use]
    pub fn origin(&self) -> Option<&str> {
        self.header("origin")
    }

    /// Path and query.
    #[must_use]
    pub fn target(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }
}
