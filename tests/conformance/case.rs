//! The files of a recorded case: what was configured and asked (`case.json`), what the real server answered
//! (`truth.json`).
//!
//! Used by the recorder, which writes the truth, and by the replay, which reads it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub(crate) use crate::setup::{Ask, Failing, Setup};
use crate::spaced::Spaced;

/// Names and values, in order, repeats kept.
pub(crate) type Headers = Vec<(String, String)>;

/// `case.json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// Which server it is for; in a stack, which one is asked.
    pub(crate) frontend: String,
    /// What it shows, in a sentence.
    pub(crate) idiom: String,
    /// Numbers of the statements (see `statements.rs`) that its answers depend on.
    #[serde(default)]
    pub(crate) statements: Vec<u8>,
    /// What surrounds `site/` when it is run.
    #[serde(default)]
    pub(crate) setup: Setup,
    /// Paths that get the fixed probes.
    pub(crate) routes: Vec<Route>,
    /// Further requests.
    #[serde(default)]
    pub(crate) requests: Vec<Request>,
    /// Rules that the files justify by themselves, for what no single answer shows; they must be reported.
    #[serde(default)]
    pub(crate) remarks: Vec<String>,
}

/// A path that gets the fixed probes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Route {
    /// Where it begins.
    pub(crate) path: String,
    /// Whether an application answers there, as against plain files.
    #[serde(default = "yes")]
    pub(crate) dynamic: bool,
    /// Origins that the author plainly means to allow.
    pub(crate) trusted: Vec<String>,
    /// `false`: Origin is looked at, but no CORS is meant.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub(crate) cors: bool,
}

fn yes() -> bool {
    true
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_yes(value: &bool) -> bool {
    *value
}

/// A request that the fixed probes do not make.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    /// `GET` if left out.
    #[serde(default = "get", skip_serializing_if = "is_get")]
    pub(crate) method: String,
    /// A path, or a URL with host and port.
    pub(crate) url: String,
    /// What is sent beside `Host`, `User-Agent`, `Accept` and `Accept-Encoding`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) headers: Headers,
    /// What the application answers; left out, 200. Apache: left out, also a file that is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) answer: Option<Answer>,
    /// Whether it carries a login.
    #[serde(default, skip_serializing_if = "is_no")]
    pub(crate) login: bool,
    /// Express: sent a second time to the same process, and only that answer is kept. The program is not asked: it
    /// predicts what happens once.
    #[serde(default, skip_serializing_if = "is_no")]
    pub(crate) again: bool,
}

fn get() -> String {
    "GET".to_owned()
}

fn is_get(method: &str) -> bool {
    method == "GET"
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_no(value: &bool) -> bool {
    !*value
}

/// What stands behind the configuration answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub(crate) enum Answer {
    /// The application, with this status.
    Status(u16),
    /// Nothing: there is no such file.
    Missing(Missing),
}

/// The word `missing`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Missing {
    /// No such file.
    Missing,
}

/// `truth.json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Truth {
    /// Name and version of what answered.
    pub(crate) server: String,
    /// The folder that was run instead of `site/`.
    #[serde(default)]
    pub(crate) run: Option<String>,
    /// Directives that this server does not know, left out of the copy that was run.
    #[serde(default)]
    pub(crate) stripped: Vec<String>,
    /// What the server said when it refused to start.
    #[serde(default)]
    pub(crate) rejected: Option<String>,
    /// Answers to the fixed probes.
    #[serde(default)]
    pub(crate) routes: Vec<RecordedRoute>,
    /// Answers to the further requests.
    #[serde(default)]
    pub(crate) requests: Vec<RecordedRequest>,
}

/// A route with the answers to its probes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct RecordedRoute {
    /// As in `case.json`.
    #[serde(flatten)]
    pub(crate) route: Route,
    /// In the order in which they took place.
    pub(crate) exchanges: Vec<Exchange>,
    /// Apache: what GET is answered while nothing listens behind the proxy.
    #[serde(default)]
    pub(crate) backend_down: Vec<Exchange>,
}

/// One probe and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exchange {
    /// Preflight or actual request.
    pub(crate) kind: Kind,
    /// `error` from status 400 on, and where there is no answer.
    pub(crate) outcome: Outcome,
    /// Method.
    pub(crate) method: String,
    /// Path.
    pub(crate) path: String,
    /// Apache, actual requests: who was asked for the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<By>,
    /// Origin header, if any.
    pub(crate) origin: Option<String>,
    /// Access-Control-Request-Method.
    pub(crate) acrm: Option<String>,
    /// Access-Control-Request-Headers.
    pub(crate) acrh: Option<String>,
    /// Status of the answer; 0 if there is none.
    pub(crate) status: u16,
    /// Its headers, as far as they are of interest.
    pub(crate) headers: Headers,
}

/// Which request of the Fetch standard a probe plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// The CORS request itself.
    Actual,
    /// The CORS-preflight request.
    Preflight,
}

/// Who makes an answer, as far as the request can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum By {
    /// The application, or a file that exists.
    Handler,
    /// The server itself: no such file, no login, not allowed.
    Server,
}

/// How a probe went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Outcome {
    /// Answered with a status below 400.
    Success,
    /// 400 and above, or not at all.
    Error,
}

/// A further request and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordedRequest {
    /// As in `case.json`.
    pub(crate) request: Request,
    /// What came back.
    pub(crate) response: Response,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Response {
    /// Status; 0 if there is none.
    pub(crate) status: u16,
    /// Headers, as far as they are of interest.
    pub(crate) headers: Headers,
}

impl Case {
    /// Reads `case.json` in `folder`.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        read(&folder.join("case.json"))
    }

    /// Whether code of the site answers, instead of a stand-in that answers as it is told.
    pub(crate) fn answers_itself(&self) -> bool {
        self.frontend == "express" || !self.setup.applications.is_empty()
    }

    /// How the route of this index is asked.
    pub(crate) fn ask(&self, route: usize) -> Ask {
        self.setup.routes.get(route).cloned().unwrap_or_default()
    }
}

impl Truth {
    /// Reads `truth.json` in `folder`.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        read(&folder.join("truth.json"))
    }

    /// As it is written: one exchange a line, so that a change of one answer is a change of one line.
    pub(crate) fn to_text(&self) -> String {
        let mut head = vec![format!("\"server\": {}", spaced(&self.server))];
        head.extend(self.run.iter().map(|run| format!("\"run\": {}", spaced(run))));
        head.extend(self.rejected.iter().map(|reason| format!("\"rejected\": {}", spaced(reason))));
        if !self.stripped.is_empty() {
            head.push(format!("\"stripped\": {}", spaced(&self.stripped)));
        }
        if self.routes.is_empty() && self.requests.is_empty() {
            return format!("{{{}}}\n", head.join(", "));
        }
        let routes: Vec<String> = self.routes.iter().map(RecordedRoute::to_text).collect();
        let mut text = format!("{{{}, \"routes\": [\n{}", head.join(", "), routes.join(",\n"));
        if !self.requests.is_empty() {
            text.push_str("\n], \"requests\": [\n");
            text.push_str(&lines(&self.requests));
        }
        text + "\n]}\n"
    }
}

impl RecordedRoute {
    fn to_text(&self) -> String {
        let route = spaced(&self.route);
        let mut text = format!(" {}, \"exchanges\": [\n{}\n ]", route.trim_end_matches('}'), lines(&self.exchanges));
        if !self.backend_down.is_empty() {
            text = format!("{text}, \"backend_down\": [\n{}\n ]", lines(&self.backend_down));
        }
        text + "}"
    }
}

fn lines<T: Serialize>(items: &[T]) -> String {
    items.iter().map(|item| format!("  {}", spaced(item))).collect::<Vec<_>>().join(",\n")
}

fn spaced<T: Serialize>(value: &T) -> String {
    let mut out = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, Spaced);
    value.serialize(&mut serializer).expect("these types serialize into memory");
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<T, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// The folders of all cases of one server, by name.
pub(crate) fn folders(frontend: &str) -> io::Result<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/conformance").join(frontend);
    let mut found = Vec::new();
    for entry in fs::read_dir(root)? {
        let path = entry?.path();
        if path.join("case.json").is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The name of a case.
pub(crate) fn name(folder: &Path) -> String {
    folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
