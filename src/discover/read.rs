//! Bytes → text whose offsets are those of the file.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::Dialect;

/// Longer than any configuration; a file above it is something else, or an attack on the reader's memory.
const LIMIT: u64 = 16 * 1024 * 1024;

/// A text, and where its bytes were not UTF-8.
#[derive(Debug)]
pub(super) struct Text {
    /// Each byte that is no part of a character has become one `?`.
    pub(super) text: String,
    /// Those bytes and their offsets.
    replaced: Vec<(usize, u8)>,
}

/// Why a file gives no text.
#[derive(Debug)]
pub(super) struct Failure {
    /// Fit to follow the file's name.
    pub(super) message: String,
}

/// The first byte that was not UTF-8 where it matters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Misread {
    /// Its offset in bytes.
    pub(super) offset: usize,
    /// Its value.
    pub(super) byte: u8,
    /// How many more follow.
    pub(super) more: usize,
}

/// Reads a file that has to be a text.
pub(super) fn read_file(path: &Path) -> Result<Text, Failure> {
    let mut file = File::open(path).map_err(|error| Failure { message: describe(&error) })?;
    read_from(&mut file)
}

/// The same from anything that can be read; never takes in much more than the limit.
pub(super) fn read_from(input: &mut dyn Read) -> Result<Text, Failure> {
    let mut bytes = Vec::new();
    input.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| Failure { message: describe(&error) })?;
    if bytes.len() as u64 > LIMIT {
        return Err(Failure { message: "is larger than 16 MiB".to_owned() });
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Failure { message: "is UTF-16, which no server reads; save it as UTF-8".to_owned() });
    }
    if bytes.contains(&0) {
        return Err(Failure { message: "is binary, not a configuration".to_owned() });
    }
    Ok(decode(bytes))
}

/// What an error of the system says, without its number.
pub(crate) fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "is a folder".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

fn decode(bytes: Vec<u8>) -> Text {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Text { text, replaced: Vec::new() },
        Err(error) => error.into_bytes(),
    };
    let mut text = String::with_capacity(bytes.len());
    let mut replaced = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for &byte in chunk.invalid() {
            replaced.push((text.len(), byte));
            text.push('?');
        }
    }
    Text { text, replaced }
}

impl Text {
    /// The first byte that was not UTF-8, and its offset.
    pub(super) fn first_replaced(&self) -> Option<(usize, u8)> {
        self.replaced.first().copied()
    }

    /// The first byte outside comments that was not UTF-8; in a comment no server and no rule minds it.
    pub(super) fn misread(&self, dialect: Dialect) -> Option<Misread> {
        let mut outside = self.replaced.iter().filter(|(offset, _)| !in_comment(&self.text, *offset, dialect));
        let &(offset, byte) = outside.next()?;
        Some(Misread { offset, byte, more: outside.count() })
    }
}

/// Whether a comment begins on the line of `offset` and before it, as far as that can be told from the line alone.
fn in_comment(text: &str, offset: usize, dialect: Dialect) -> bool {
    let line_start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let before = &text[line_start..offset];
    match dialect {
        // A comment in httpd.conf stands on its own line.
        Dialect::Apache => before.trim_start().starts_with('#'),
        Dialect::Express => before.contains("//") || before.trim_start().starts_with('*'),
        Dialect::Nginx => hash_begins_token(before),
    }
}

/// Whether `line` has a `#` where nginx begins a token, outside quotes (`ngx_conf_read_token`).
fn hash_begins_token(line: &str) -> bool {
    let mut quote = None;
    let mut token_start = true;
    let mut escaped = false;
    for c in line.chars() {
        match quote {
            _ if escaped => escaped = false,
            _ if c == '\\' => {
                escaped = true;
                token_start = false;
            }
            Some(mark) if c == mark => quote = None,
            Some(_) => {}
            None if c == '#' && token_start => return true,
            None if token_start && (c == '"' || c == '\'') => {
                quote = Some(c);
                token_start = false;
            }
            None => token_start = c.is_ascii_whitespace() || matches!(c, ';' | '{' | '}'),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Text {
        read_from(&mut &*bytes).expect("is a text")
    }

    #[test]
    fn offsets_stay_when_bytes_are_replaced() {
        let read = text(b"a \xE9\xFF b\n");
        assert_eq!(read.text, "a ?? b\n");
        assert_eq!(read.misread(Dialect::Nginx), Some(Misread { offset: 2, byte: 0xE9, more: 1 }));
        // The first two bytes of a three-byte character, and then none.
        assert_eq!(text(b"x\xE2\x82;").text, "x??;");
    }

    #[test]
    fn a_comment_may_hold_any_byte() {
        for line in [&b"# caf\xE9"[..], b"set $a b; # \xE9", b"a {#\xE9", b"add_header X \"a # b\"; #\xE9"] {
            assert_eq!(text(line).misread(Dialect::Nginx), None, "{line:?}");
        }
        for line in [&b"add_header X a#\xE9;"[..], b"add_header X \"# \xE9\";", b"#\n\xE9", b"a \\#\xE9"] {
            assert!(text(line).misread(Dialect::Nginx).is_some(), "{line:?}");
        }
        assert_eq!(text(b"  # \xE9").misread(Dialect::Apache), None);
        assert!(text(b"Header set X y # \xE9").misread(Dialect::Apache).is_some());
        assert_eq!(text(b"f(); // \xE9").misread(Dialect::Express), None);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let message = |bytes: &[u8]| read_from(&mut &*bytes).map(|read| read.text).expect_err("is no text").message;
        assert_eq!(message(b"\x7fELF\0\0"), "is binary, not a configuration");
        assert!(message(b"\xFF\xFEa\0").starts_with("is UTF-16"));
        assert_eq!(message(&vec![b'a'; 16 * 1024 * 1024 + 1]), "is larger than 16 MiB");
        assert_eq!(text(&vec![b'a'; 16 * 1024 * 1024]).text.len(), 16 * 1024 * 1024);
        let endless = &mut io::repeat(b'a');
        assert!(read_from(endless).is_err());
    }
}
