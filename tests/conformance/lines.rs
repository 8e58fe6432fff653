//! Header lines as a browser reads them.

use crate::case::Headers;

/// The fields of a header section, without the status line.
///
/// A bare LF ends a line and white space at the beginning continues the one before (RFC 9112, 2.2 and 5.2): a server
/// that was told to send a value with a line break in it sends just that.
pub(crate) fn read(section: &str) -> Headers {
    let mut fields = Headers::new();
    for line in section.split('\n').map(|line| line.trim_end_matches('\r')) {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                let continued = format!("{value} {}", line.trim());
                continued.trim().clone_into(value);
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.to_owned(), value.trim().to_owned()));
        }
    }
    fields
}
