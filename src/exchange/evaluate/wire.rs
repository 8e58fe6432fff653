//! Header lines as they go over the wire and are read at its other end.
//!
//! Servers do not check names and values: a name with a colon in it and a value over two lines arrive as something else
//! than was written (RFC 9112 sections 5 and 5.2).

use crate::exchange::{HeaderLine, Value};

/// The lines that a client reads where the server sends `line`.
pub(super) fn as_received(line: HeaderLine) -> Vec<HeaderLine> {
    let odd = line.name.contains(':') || matches!(&line.value, Value::Text(text) if text.contains('\n'));
    if !odd {
        return vec![line];
    }
    let sent = format!("{}: {}", line.name, line.value.or_empty());
    let mut received: Vec<HeaderLine> = Vec::new();
    for part in sent.split('\n').map(|part| part.trim_end_matches('\r')) {
        match (received.last_mut(), part.split_once(':')) {
            // White space at the beginning goes on with the line before.
            (Some(HeaderLine { value: Value::Text(text), .. }), _) if part.starts_with([' ', '\t']) => {
                text.push(' ');
                text.push_str(part.trim());
            }
            (_, Some((name, value))) => received.push(HeaderLine {
                name: name.to_owned(),
                value: Value::Text(value.trim().to_owned()),
                written: line.written,
                via: line.via.clone(),
                handed_on: line.handed_on,
                at: line.at,
            }),
            _ => {}
        }
    }
    received
}
