//! Patterns that PCRE does not compile.

use crate::syntax::hole;

/// What is surely wrong with a pattern: httpd does not start with it. Much else may be wrong with it, and a pattern with
/// tags of templates in it is left alone.
pub(super) fn fault(pattern: &str) -> Option<&'static str> {
    // White space and comments of `(?x)` would have to be told apart, and what `\Q` quotes.
    let is_special = ["(?x", "(?#", "\\Q", "(*"].iter().any(|special| pattern.contains(special));
    if is_special || hole::has_hole(pattern) {
        return None;
    }
    let bytes = pattern.as_bytes();
    let (mut at, mut depth) = (0, 0);
    // Whether there is nothing yet that could be repeated.
    let mut starts = true;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        let started = std::mem::replace(&mut starts, matches!(byte, b'(' | b'|'));
        match byte {
            b'\\' if at == bytes.len() => return Some("ends with a backslash"),
            b'\\' => at += 1,
            b'[' => match end_of_class(bytes, at) {
                Some(end) => at = end,
                None => return Some("has a `[` that is not closed"),
            },
            b'(' => {
                depth += 1;
                at += usize::from(bytes.get(at) == Some(&b'?'));
            }
            b')' if depth == 0 => return Some("has a `)` that closes nothing"),
            b')' => depth -= 1,
            b'*' | b'+' | b'?' if started => return Some("repeats nothing"),
            _ => {}
        }
    }
    (depth > 0).then_some("has a `(` that is not closed")
}

/// The offset behind the bracket that closes the class whose inside begins at `start`; none if there is none.
fn end_of_class(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + usize::from(bytes.get(start) == Some(&b'^'));
    at += usize::from(bytes.get(at) == Some(&b']'));
    loop {
        match bytes.get(at)? {
            b']' => return Some(at + 1),
            b'\\' => at += 2,
            b'[' if matches!(bytes.get(at + 1), Some(b':' | b'.' | b'=')) => {
                let mark = bytes[at + 1];
                let name =
                    bytes[at + 2..].iter().take_while(|byte| byte.is_ascii_lowercase() || **byte == b'^').count();
                let end = at + 2 + name;
                let closed = bytes.get(end) == Some(&mark) && bytes.get(end + 1) == Some(&b']');
                at = if closed { end + 2 } else { at + 1 };
            }
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_surely_does_not_compile_is_a_fault() {
        for (pattern, expected) in [
            ("", None),
            ("^(a|b)*[^]()]+(?:c|)$", None),
            ("[[:alpha:](]\\(\\)", None),
            ("[\\](]a{2}(?i)b", None),
            ("(?x) ( # (\n)", None),
            ("\\Q(", None),
            ("(a", Some("has a `(` that is not closed")),
            ("a)", Some("has a `)` that closes nothing")),
            ("[a", Some("has a `[` that is not closed")),
            ("[]", Some("has a `[` that is not closed")),
            ("*/*", Some("repeats nothing")),
            ("a|+", Some("repeats nothing")),
            ("(+a)", Some("repeats nothing")),
            ("a\\", Some("ends with a backslash")),
        ] {
            assert_eq!(fault(pattern), expected, "{pattern}");
        }
    }
}
