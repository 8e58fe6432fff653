//! The file that `corslint init` writes: every key with what it says, as a comment.

use super::keys::{KEYS, Key, Shape};

/// How wide its prose is.
const WIDTH: usize = 98;

/// A file with every key, each in a comment: prose after `# `, and what can be said right after `#`.
#[must_use]
pub fn sample() -> String {
    let mut text = String::from("# corslint: what holds for this project. Take a `#` away to say it.\n");
    for key in KEYS {
        text.push('\n');
        prose(&mut text, key.doc);
        match &key.shape {
            Shape::Table(keys) => table(&mut text, &format!("[{}]", key.name), keys),
            Shape::Tables(keys) => table(&mut text, &format!("[[{}]]", key.name), keys),
            Shape::Names(_) | Shape::Rules => {
                said(&mut text, &format!("[{}]", key.name));
                key.sample.lines().for_each(|line| said(&mut text, line));
            }
            _ => said(&mut text, &format!("{} = {}", key.name, key.sample)),
        }
    }
    text
}

fn table(text: &mut String, heading: &str, keys: &[Key]) {
    said(text, heading);
    for key in keys {
        prose(text, key.doc);
        said(text, &format!("{} = {}", key.name, key.sample));
    }
}

fn said(text: &mut String, line: &str) {
    text.extend(["#", line, "\n"]);
}

/// Broken at the width.
fn prose(text: &mut String, words: &str) {
    let mut line = String::new();
    for word in words.split_whitespace() {
        if !line.is_empty() && line.len() + 1 + word.len() > WIDTH - 2 {
            text.extend(["# ", &line, "\n"]);
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    text.extend(["# ", &line, "\n"]);
}
