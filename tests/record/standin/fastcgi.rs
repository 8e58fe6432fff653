//! `FastCGI` 1.0, responder role, one request a connection.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use super::{BODY, Call, Reply};

const END_REQUEST: u8 = 3;
const PARAMS: u8 = 4;
const STDIN: u8 = 5;
const STDOUT: u8 = 6;

pub(super) fn serve(stream: &mut TcpStream, application: impl Fn(&Call) -> Reply) -> io::Result<()> {
    let mut parameters = Vec::new();
    let id = loop {
        let (kind, id, content) = record(stream)?;
        match kind {
            PARAMS => parameters.extend_from_slice(&content),
            STDIN if content.is_empty() => break id,
            _ => {}
        }
    };
    let call = Call::from_variables(&pairs(&parameters).ok_or(io::ErrorKind::InvalidData)?);
    let reply = application(&call);
    let mut output = reply.head("Status:").into_bytes();
    if reply.has_body() && call.method != "HEAD" {
        output.extend_from_slice(BODY);
    }
    let mut bytes = Vec::new();
    for (kind, content) in [(STDOUT, output.as_slice()), (STDOUT, &[]), (END_REQUEST, &[0; 8])] {
        let length = u16::try_from(content.len()).map_err(|_| io::ErrorKind::InvalidData)?.to_be_bytes();
        bytes.extend_from_slice(&[1, kind, id[0], id[1], length[0], length[1], 0, 0]);
        bytes.extend_from_slice(content);
    }
    stream.write_all(&bytes)
}

/// One record: type, request id, content.
fn record(stream: &mut TcpStream) -> io::Result<(u8, [u8; 2], Vec<u8>)> {
    let mut header = [0; 8];
    stream.read_exact(&mut header)?;
    let length = usize::from(u16::from_be_bytes([header[4], header[5]]));
    let mut content = vec![0; length + usize::from(header[6])];
    stream.read_exact(&mut content)?;
    content.truncate(length);
    Ok((header[1], [header[2], header[3]], content))
}

/// Name-value pairs: both lengths, then both texts. `None` if they do not add up.
fn pairs(mut bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let name = length(&mut bytes)?;
        let value = length(&mut bytes)?;
        let (both, rest) = bytes.split_at_checked(name.checked_add(value)?)?;
        let (name, value) = both.split_at(name);
        found.push((String::from_utf8_lossy(name).into_owned(), String::from_utf8_lossy(value).into_owned()));
        bytes = rest;
    }
    Some(found)
}

/// A length: one byte, or four with the highest bit set.
fn length(bytes: &mut &[u8]) -> Option<usize> {
    let (&first, rest) = bytes.split_first()?;
    if first & 0x80 == 0 {
        *bytes = rest;
        return Some(usize::from(first));
    }
    let (four, rest) = bytes.split_first_chunk::<4>()?;
    *bytes = rest;
    usize::try_from(u32::from_be_bytes(*four) & 0x7fff_ffff).ok()
}
