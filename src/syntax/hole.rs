//! How the value of a word keeps what a template fills in.
//!
//! A tag stands in a value spelt in characters of a private-use plane: whoever looks for a quote, a `*`, a `$` or a
//! `:` in a value finds none of the tag's, and the tag's own text can be had back.

use std::borrow::Cow;

/// The first of the characters that stand for a byte of a tag each; `grammars/nginx.pest` knows them too.
const FIRST: u32 = 0xF_0000;
/// Ends a tag, so that two in a row stay two.
const END: char = '\u{F0100}';

/// A tag as it stands in a value.
#[must_use]
pub fn encode(tag: &str) -> String {
    tag.bytes().filter_map(|byte| char::from_u32(FIRST + u32::from(byte))).chain([END]).collect()
}

/// A value, or a part of one, as it was written.
#[must_use]
pub fn decode(value: &str) -> Cow<'_, str> {
    if !has_hole(value) {
        return Cow::Borrowed(value);
    }
    let mut bytes = Vec::with_capacity(value.len());
    for c in value.chars() {
        match byte(c) {
            Some(byte) => bytes.push(byte),
            None if c == END => {}
            None => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether a template fills in a part of this value.
#[must_use]
pub fn has_hole(value: &str) -> bool {
    value.contains(END)
}

/// The value with `stand_in(tag)` in the place of each tag.
#[must_use]
pub fn fill(value: &str, stand_in: impl Fn(&str) -> String) -> Cow<'_, str> {
    if !has_hole(value) {
        return Cow::Borrowed(value);
    }
    pieces(value).map(|(piece, is_tag)| if is_tag { stand_in(&decode(piece)) } else { piece.to_owned() }).collect()
}

/// The value's texts and tags in order, none of them empty; each with whether it is a tag.
pub fn pieces(value: &str) -> impl Iterator<Item = (&str, bool)> {
    let halves = value.split_inclusive(END).flat_map(|piece| {
        let start = piece.find(|c| byte(c).is_some() || c == END).unwrap_or(piece.len());
        let (text, tag) = piece.split_at(start);
        [(text, false), (tag, true)]
    });
    halves.filter(|(piece, _)| !piece.is_empty())
}

/// Whether a tag is the first thing in this value.
#[must_use]
pub fn starts_with_hole(value: &str) -> bool {
    value.chars().next().is_some_and(|c| byte(c).is_some())
}

/// Whether a tag is the last thing in this value.
#[must_use]
pub fn ends_with_hole(value: &str) -> bool {
    value.ends_with(END)
}

fn byte(c: char) -> Option<u8> {
    u8::try_from(u32::from(c).checked_sub(FIRST)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_come_back_as_they_were() {
        let value = format!("https://{}{}.é", encode("{{ 'ä:*$' }}"), encode("%b%"));
        assert!(has_hole(&value) && !value.contains(['*', '$', '%', '{']));
        assert_eq!(decode(&value), "https://{{ 'ä:*$' }}%b%.é");
        assert_eq!(fill(&value, |tag| format!("<{}>", tag.len())), "https://<13><3>.é");
        assert_eq!(decode("plain"), "plain");
    }
}
