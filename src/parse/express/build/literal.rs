//! Spellings → values (ECMA-262 §12.9).

use std::borrow::Cow;

/// A name without escapes.
pub(super) fn name(spelling: &str) -> String {
    if spelling.contains('\\') { unescape(spelling) } else { spelling.to_owned() }
}

/// The value of a string, quotes included.
pub(super) fn string(spelling: &str) -> String {
    unescape(spelling.get(1..spelling.len().saturating_sub(1)).unwrap_or_default())
}

/// A number, separators and radix resolved.
pub(super) fn number(spelling: &str) -> f64 {
    let digits: Cow<'_, str> = if spelling.contains('_') { spelling.replace('_', "").into() } else { spelling.into() };
    let radix = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => Some((16, &digits[2..])),
        [b'0', b'o' | b'O', ..] => Some((8, &digits[2..])),
        [b'0', b'b' | b'B', ..] => Some((2, &digits[2..])),
        // Annex B: 0755 is octal, 0855 is not.
        [b'0', rest @ ..] if !rest.is_empty() && rest.iter().all(|digit| matches!(digit, b'0'..=b'7')) => {
            Some((8, &digits[1..]))
        }
        _ => None,
    };
    match radix {
        Some((radix, digits)) => digits
            .chars()
            .filter_map(|digit| digit.to_digit(radix))
            .fold(0.0, |value, digit| value * f64::from(radix) + f64::from(digit)),
        None => digits.parse().unwrap_or(f64::NAN),
    }
}

/// How a number is called as a key: `1.0` is the key `1`.
pub(super) fn number_key(spelling: &str) -> String {
    let digits = spelling.trim_end_matches('n');
    if digits.len() < 16 && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0') {
        return digits.to_owned();
    }
    number(digits).to_string()
}

/// The text of a template as it is spelt: line ends are line feeds (§12.9.6).
pub(super) fn raw(spelling: &str) -> Cow<'_, str> {
    if spelling.contains('\r') { spelling.replace("\r\n", "\n").replace('\r', "\n").into() } else { spelling.into() }
}

/// Replaces escapes. One that is none stands for what is behind its backslash.
pub(super) fn unescape(spelling: &str) -> String {
    if !spelling.contains('\\') {
        return spelling.to_owned();
    }
    let mut value = String::with_capacity(spelling.len());
    let mut rest = spelling;
    // The first half of a surrogate pair, which waits for the other.
    let mut high: Option<u32> = None;
    while let Some(c) = rest.chars().next() {
        let (unit, length) = if c == '\\' { escape(&rest[1..]) } else { (Some(c as u32), c.len_utf8()) };
        rest = &rest[if c == '\\' { 1 + length } else { length }..];
        let Some(unit) = unit else { continue };
        match (high.take(), unit) {
            (Some(first), 0xDC00..=0xDFFF) => {
                push(&mut value, 0x10000 + ((first - 0xD800) << 10) + (unit - 0xDC00));
                continue;
            }
            (Some(_), _) => value.push(char::REPLACEMENT_CHARACTER),
            (None, _) => {}
        }
        match unit {
            0xD800..=0xDBFF => high = Some(unit),
            _ => push(&mut value, unit),
        }
    }
    if high.is_some() {
        value.push(char::REPLACEMENT_CHARACTER);
    }
    value
}

fn push(value: &mut String, unit: u32) {
    value.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
}

/// What stands behind a backslash: a code unit or code point, none for a hidden line end, and its length.
fn escape(rest: &str) -> (Option<u32>, usize) {
    let Some(c) = rest.chars().next() else { return (None, 0) };
    let single = |unit: char| (Some(unit as u32), 1);
    match c {
        'n' => single('\n'),
        't' => single('\t'),
        'r' => single('\r'),
        'b' => single('\u{8}'),
        'v' => single('\u{b}'),
        'f' => single('\u{c}'),
        '\r' => (None, if rest.starts_with("\r\n") { 2 } else { 1 }),
        '\n' | '\u{2028}' | '\u{2029}' => (None, c.len_utf8()),
        'x' => hex(rest, 1, 2).unwrap_or((Some('x' as u32), 1)),
        'u' if rest.starts_with("u{") => {
            let length = rest[2..].find('}').unwrap_or(0);
            let inner = hex(&rest[..2 + length], 2, length).filter(|_| length > 0);
            inner.map_or((Some('u' as u32), 1), |(unit, end)| (unit, end + 1))
        }
        'u' => hex(rest, 1, 4).unwrap_or((Some('u' as u32), 1)),
        '0'..='7' => octal(rest),
        _ => (Some(c as u32), c.len_utf8()),
    }
}

/// `length` hexadecimal digits from `start` on.
fn hex(rest: &str, start: usize, length: usize) -> Option<(Option<u32>, usize)> {
    let digits = rest.get(start..start + length)?;
    let value = u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))?;
    Some((Some(value), start + length))
}

/// Up to three octal digits that make at most 255 (Annex B; `\0` above all).
fn octal(rest: &str) -> (Option<u32>, usize) {
    let digits = rest.bytes().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    let length = if digits == 3 && !rest.starts_with(['0', '1', '2', '3']) { 2 } else { digits };
    (u32::from_str_radix(&rest[..length], 8).ok(), length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_replaced() {
        let cases = [
            (r"a\nb\t", "a\nb\t"),
            (r"\x41\u0042\u{1F600}", "AB😀"),
            (r"\ud83d\ude00", "😀"),
            (r"\ud83d!", "\u{fffd}!"),
            (r"\ud83d", "\u{fffd}"),
            (r"\0\101\8\q\é", "\0A8qé"),
            ("a\\\nb\\\r\nc", "abc"),
            (r"\x4\u{}\u12", "x4u{}u12"),
            (r"\", ""),
        ];
        for (spelling, value) in cases {
            assert_eq!(unescape(spelling), value, "{spelling}");
        }
    }

    #[test]
    fn numbers_have_values_and_names() {
        let cases = [
            ("86_400", 86_400.0),
            ("0x1F", 31.0),
            ("0b11", 3.0),
            ("0o17", 15.0),
            ("017", 15.0),
            (".5", 0.5),
            ("1.", 1.0),
            ("1e3", 1000.0),
        ];
        for (spelling, value) in cases {
            assert!((number(spelling) - value).abs() < f64::EPSILON, "{spelling}");
        }
        assert_eq!([number_key("1.0"), number_key("0x10"), number_key("7"), number_key("0")], ["1", "16", "7", "0"]);
    }
}
