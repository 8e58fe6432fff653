//! The uwsgi protocol: one packet of variables, then an HTTP answer.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use super::{BODY, Call, Reply};

pub(super) fn serve(stream: &mut TcpStream, application: impl Fn(&Call) -> Reply) -> io::Result<()> {
    let mut header = [0; 4];
    stream.read_exact(&mut header)?;
    let mut packet = vec![0; usize::from(u16::from_le_bytes([header[1], header[2]]))];
    stream.read_exact(&mut packet)?;
    let call = Call::from_variables(&pairs(&packet).ok_or(io::ErrorKind::InvalidData)?);
    let reply = application(&call);
    let mut bytes = reply.head("HTTP/1.1").into_bytes();
    if reply.has_body() && call.method != "HEAD" {
        bytes.extend_from_slice(BODY);
    }
    stream.write_all(&bytes)
}

/// Names and values in turn, each after its length. `None` if they do not add up.
fn pairs(mut packet: &[u8]) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    while !packet.is_empty() {
        let name = text(&mut packet)?;
        found.push((name, text(&mut packet)?));
    }
    Some(found)
}

fn text(packet: &mut &[u8]) -> Option<String> {
    let (length, rest) = packet.split_first_chunk::<2>()?;
    let (text, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
    *packet = rest;
    Some(String::from_utf8_lossy(text).into_owned())
}
