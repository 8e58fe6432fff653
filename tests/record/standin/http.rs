//! HTTP/1.1, one request a connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use super::{BODY, Call, Reply};

/// More than this is no request of ours.
const LONGEST_HEAD: u64 = 64 * 1024;

pub(super) fn serve(stream: &mut TcpStream, application: impl Fn(&Call) -> Reply) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?).take(LONGEST_HEAD);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut words = first.split_whitespace().map(str::to_owned);
    let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(()) };
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
    }
    let call = Call { method, target, headers };
    let length = call.header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    reader.set_limit(length);
    io::copy(&mut reader, &mut io::sink())?;

    let reply = application(&call);
    let mut bytes = reply.head("HTTP/1.1").replacen("\r\n", "\r\nConnection: close\r\n", 1).into_bytes();
    if reply.has_body() && call.method != "HEAD" {
        bytes.extend_from_slice(BODY);
    }
    stream.write_all(&bytes)
}
