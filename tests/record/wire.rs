//! One request to the running copy, and what is kept of the answer.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::case::{Headers, Response};
use crate::lines;

/// The longest wait for each step.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a browser sends with every request.
const USUAL: &str = "Connection: close\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate\r\n";

/// The browser that is sent, unless a request names another.
const BROWSER: &str = "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n";

/// Kept beside every Access-Control header.
const KEPT: &[&str] = &["vary", "allow", "location", "www-authenticate"];

/// Port as it is written in a site → port on this machine.
pub(crate) type Ports = BTreeMap<u16, u16>;

/// Host and port of an application, as a server's configuration names them → where it listens on this machine.
pub(crate) type Applications = BTreeMap<String, SocketAddr>;

/// Where a request goes: names and ports as in the site.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) path: String,
}

/// Sends a request and reads the answer.
pub(crate) fn send(ports: &Ports, method: &str, target: &Target, headers: &Headers) -> Result<Response, String> {
    send_for(PATIENCE, ports, method, target, headers)
}

/// The same, and waits no longer than `patience` for each step.
pub(crate) fn send_for(
    patience: Duration,
    ports: &Ports,
    method: &str,
    target: &Target,
    headers: &Headers,
) -> Result<Response, String> {
    let Some(port) = ports.get(&target.port) else { return Err(format!("nothing listens on {}", target.port)) };
    let host = match target.port {
        80 | 443 => target.host.clone(),
        port => format!("{}:{port}", target.host),
    };
    let fields: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let names_browser = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("user-agent"));
    let browser = if names_browser { "" } else { BROWSER };
    let path = &target.path;
    let request = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n{USUAL}{browser}{}\r\n", fields.concat());
    let head = exchange(patience, *port, &request).map_err(|error| format!("{method} {}: {error}", target.path))?;
    let (first, fields) = head.split_once('\n').unwrap_or((head.as_str(), ""));
    let status = first.split_whitespace().nth(1).and_then(|word| word.parse().ok());
    let status = status.ok_or_else(|| format!("{method} {}: no answer, but {first:?}", target.path))?;
    let fields = lines::read(fields).into_iter().filter(|(name, _)| {
        let name = name.to_ascii_lowercase();
        name.starts_with("access-control-") || KEPT.contains(&name.as_str())
    });
    let headers = fields.map(|(name, value)| {
        let value = if name.eq_ignore_ascii_case("location") { as_written(ports, &value) } else { value };
        (name, value)
    });
    Ok(Response { status, headers: headers.collect() })
}

/// Sends bytes and reads up to the empty line that ends the head of the answer.
fn exchange(patience: Duration, port: u16, request: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], port)), patience)?;
    stream.set_read_timeout(Some(patience))?;
    stream.set_write_timeout(Some(patience))?;
    stream.write_all(request.as_bytes())?;
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        if let Some(end) = end {
            bytes.truncate(end);
            break;
        }
        match stream.read(&mut chunk)? {
            0 => break,
            length => bytes.extend_from_slice(&chunk[..length]),
        }
    }
    Ok(bytes.iter().map(|byte| char::from(*byte)).collect())
}

/// A Location with the ports of the site in place of those of this machine.
fn as_written(ports: &Ports, location: &str) -> String {
    let mut location = location.to_owned();
    for (written, real) in ports {
        let port = if matches!(written, 80 | 443) { String::new() } else { format!(":{written}") };
        let real = format!(":{real}");
        location = location.replace(&format!("{real}/"), &format!("{port}/"));
        if let Some(rest) = location.strip_suffix(&real) {
            location = format!("{rest}{port}");
        }
    }
    location
}
