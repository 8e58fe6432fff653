//! The application behind the server: it knows nothing of CORS and answers as it is told.
//!
//! A path with `__404` or `__500` in it is answered with that status, a header `X-Stub-Status` names any other; OPTIONS
//! is answered 405, a path that checks logins 401 or 200, and everything else 200. It listens on loopback for HTTP,
//! `FastCGI` and uwsgi, a thread a connection, and never waits longer than [`PATIENCE`]; [`script`] is the same as a
//! CGI script.

mod cgi;
mod fastcgi;
mod http;
mod uwsgi;

pub(crate) use cgi::script;

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The longest wait for the other side.
const PATIENCE: Duration = Duration::from_secs(10);

/// Long enough to be worth compressing.
const BODY: &[u8] =
    b"{\"service\": \"stand-in\", \"text\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}\n";

/// What it takes, by its own account.
const METHODS: &str = "GET, HEAD, PUT, POST, DELETE";

/// The header that tells the application which status to answer with.
pub(crate) const STATUS_HEADER: &str = "X-Stub-Status";

/// How the server speaks to the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Protocol {
    /// `proxy_pass`
    Http,
    /// `fastcgi_pass`
    FastCgi,
    /// `uwsgi_pass`
    Uwsgi,
}

/// What is asked of the application, whatever the protocol.
struct Call {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
}

impl Call {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// From CGI variables.
    fn from_variables(variables: &[(String, String)]) -> Self {
        let get = |name: &str| variables.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        let headers = variables
            .iter()
            .filter_map(|(key, value)| key.strip_prefix("HTTP_").map(|name| (name.replace('_', "-"), value.clone())));
        Self {
            method: get("REQUEST_METHOD").unwrap_or_else(|| "GET".to_owned()),
            target: ["REQUEST_URI", "PATH_INFO", "SCRIPT_NAME"].iter().find_map(|name| get(name)).unwrap_or_default(),
            headers: headers.collect(),
        }
    }
}

/// What it answers.
struct Reply {
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
}

impl Reply {
    fn bare(status: u16) -> Self {
        Self { status, headers: Vec::new() }
    }

    /// Whether an answer of this status can have a body (RFC 9112, 6.3).
    fn has_body(&self) -> bool {
        !matches!(self.status, 100..=199 | 204 | 304)
    }

    /// Head of the answer, up to and with the empty line; `first` is what stands before the status.
    fn head(&self, first: &str) -> String {
        let mut lines = vec![format!("{first} {} Stand-in", self.status)];
        if self.has_body() {
            lines.push("Content-Type: application/json".to_owned());
            lines.push(format!("Content-Length: {}", BODY.len()));
        }
        lines.extend(self.headers.iter().map(|(name, value)| format!("{name}: {value}")));
        lines.join("\r\n") + "\r\n\r\n"
    }
}

/// The application itself.
fn answer(call: &Call, auth_paths: &[String]) -> Reply {
    let path = call.target.split('?').next().unwrap_or_default();
    if auth_paths.iter().any(|auth| auth == path) {
        return match call.header("authorization") {
            Some(_) => Reply::bare(200),
            None => Reply { status: 401, headers: vec![("WWW-Authenticate", "Bearer realm=\"api\"")] },
        };
    }
    if let Some(status) = call.header(STATUS_HEADER).and_then(|value| value.parse().ok()) {
        return Reply::bare(status);
    }
    if call.target.contains("__404") {
        return Reply::bare(404);
    }
    if call.target.contains("__500") {
        return Reply::bare(500);
    }
    if call.method == "OPTIONS" {
        return Reply { status: 405, headers: vec![("Allow", METHODS)] };
    }
    Reply::bare(200)
}

/// The application, listening for one protocol until it is dropped.
pub(crate) struct StandIn {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    listener: Option<JoinHandle<()>>,
}

impl StandIn {
    /// Begins to listen on a free port.
    pub(crate) fn start(protocol: Protocol, auth_paths: &[String]) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, auth_paths) = (Arc::clone(&stop), auth_paths.to_vec());
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::Relaxed) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                let auth_paths = auth_paths.clone();
                // A connection that breaks is the server's affair: it answers 502, and the record shows it.
                thread::spawn(move || serve(protocol, stream, &auth_paths));
            }
        });
        Ok(Self { address, stop, listener: Some(thread) })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // The listener only looks at the flag when somebody calls.
        let called = TcpStream::connect_timeout(&self.address, PATIENCE).is_ok();
        if let (true, Some(thread)) = (called, self.listener.take()) {
            let _ = thread.join();
        }
    }
}

fn serve(protocol: Protocol, mut stream: TcpStream, auth_paths: &[String]) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let application = |call: &Call| answer(call, auth_paths);
    match protocol {
        Protocol::Http => http::serve(&mut stream, application),
        Protocol::FastCgi => fastcgi::serve(&mut stream, application),
        Protocol::Uwsgi => uwsgi::serve(&mut stream, application),
    }
}
