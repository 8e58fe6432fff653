//! A file's tree against the table of keys: everything that is wrong with it, each fault with its place.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::keys::{KEYS, Key, LEVELS, Shape, Text};
use super::text;
use crate::rules::catalogue;
use crate::words;

/// What is wrong and where, in bytes.
pub(super) type Fault = (Range<usize>, String);

/// Everything that is wrong with a file in `folder`, in the order of the text.
pub(super) fn check(root: &Spanned<DeTable<'_>>, folder: &Path) -> Vec<Fault> {
    let mut check = Check { folder, faults: Vec::new() };
    // A file lacks nothing, so there is no place to point at.
    check.table(root.get_ref(), KEYS, 0..0, "");
    check.faults.sort_by_key(|(span, _)| (span.start, span.end));
    check.faults
}

struct Check<'a> {
    folder: &'a Path,
    faults: Vec<Fault>,
}

impl Check<'_> {
    fn fault(&mut self, span: Range<usize>, message: String) {
        self.faults.push((span, message));
    }

    /// `place` is where to say that something lacks; `within` the name of the table, empty for the file.
    fn table(&mut self, table: &DeTable<'_>, keys: &[Key], place: Range<usize>, within: &str) {
        for (name, value) in table {
            match keys.iter().find(|key| key.name == name.get_ref().as_ref()) {
                Some(key) => self.value(value, &key.shape, key.name),
                None => self.fault(name.span(), unknown_key(name.get_ref(), keys, within)),
            }
        }
        for key in keys.iter().filter(|key| key.required) {
            if !table.keys().any(|name| name.get_ref().as_ref() == key.name) {
                self.fault(place.clone(), format!("`{}` is missing", key.name));
            }
        }
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, shape: &Shape, name: &str) {
        let span = value.span();
        match (shape, value.get_ref()) {
            (Shape::Flag, DeValue::Boolean(_)) => {}
            (Shape::Word(words), DeValue::String(text)) => self.word(text, words, span, name),
            (Shape::Text(wanted), DeValue::String(text)) => self.text(text, *wanted, span, name),
            (Shape::Answer, DeValue::Integer(number)) => {
                let status = u16::from_str_radix(number.as_str(), number.radix());
                if !status.is_ok_and(|status| (100..=599).contains(&status)) {
                    self.fault(span, format!("`{name}` has to be a status from 100 to 599, or \"missing\""));
                }
            }
            (Shape::Answer, DeValue::String(text)) => self.word(text, &["missing"], span, name),
            (Shape::List(wanted), DeValue::Array(items)) => self.list(items, *wanted, name),
            (Shape::Table(keys), DeValue::Table(table)) => self.table(table, keys, span, name),
            (Shape::Tables(keys), DeValue::Array(items)) => {
                for item in items {
                    match item.get_ref() {
                        DeValue::Table(table) => self.table(table, keys, item.span(), name),
                        other => self.wrong_type(item.span(), name, "tables", other),
                    }
                }
            }
            (Shape::Names(wanted), DeValue::Table(table)) => {
                for (name, value) in table {
                    if name.get_ref().is_empty() || name.get_ref().contains(['=', '\0']) {
                        self.fault(name.span(), "no variable can have this name".to_owned());
                    }
                    self.value(value, &Shape::Text(*wanted), name.get_ref());
                }
            }
            (Shape::Seconds, DeValue::Integer(number)) => {
                if u32::from_str_radix(number.as_str(), number.radix()).is_err() {
                    self.fault(span, format!("`{name}` has to be a number of seconds"));
                }
            }
            (Shape::Rules | Shape::Levels, DeValue::Table(table)) => self.rules(table, shape),
            (shape, other) => self.wrong_type(span, name, wanted(shape), other),
        }
    }

    fn list(&mut self, items: &DeArray<'_>, wanted: Text, name: &str) {
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => self.text(text, wanted, item.span(), name),
                other => self.wrong_type(item.span(), name, "texts", other),
            }
        }
    }

    fn rules(&mut self, table: &DeTable<'_>, shape: &Shape) {
        for (name, value) in table {
            let id = name.get_ref().as_ref();
            if catalogue::entry(id).is_none() {
                self.fault(name.span(), catalogue::unknown(id));
            }
            match value.get_ref() {
                DeValue::String(level) => self.word(level, LEVELS, value.span(), id),
                DeValue::Table(table) => self.table(table, shape.keys_of(id), value.span(), id),
                other => self.wrong_type(value.span(), id, "a severity or a table", other),
            }
        }
    }

    fn word(&mut self, text: &str, words: &[&str], span: Range<usize>, name: &str) {
        if words.contains(&text) {
            return;
        }
        let near = words::near(text, words.iter().copied());
        let hint = near.map(|near| format!("; did you mean \"{near}\"?")).unwrap_or_default();
        self.fault(span, format!("`{name}` has to be {}, not {text:?}{hint}", alternatives(words)));
    }

    fn text(&mut self, text: &str, wanted: Text, span: Range<usize>, name: &str) {
        if let Err(fault) = text::check(text, wanted, self.folder) {
            let subject = match wanted {
                Text::Glob => "the pattern".to_owned(),
                Text::Origin | Text::Page => "the origin".to_owned(),
                Text::Header => "the header".to_owned(),
                _ => format!("`{name}`"),
            };
            self.fault(span, format!("{subject} {fault}"));
        }
    }

    fn wrong_type(&mut self, span: Range<usize>, name: &str, wanted: &str, found: &DeValue<'_>) {
        self.fault(span, format!("`{name}` takes {wanted}, not {}", described(found)));
    }
}

fn unknown_key(name: &str, keys: &[Key], within: &str) -> String {
    let place = if within.is_empty() { String::new() } else { format!(" in `{within}`") };
    let hint = match words::near(name, keys.iter().map(|key| key.name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if within.is_empty() && catalogue::entry(name).is_some() => "rules stand in `[rules]`".to_owned(),
        None => {
            let names: Vec<String> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
            format!("there is {}", names.join(", "))
        }
    };
    format!("there is no key `{name}`{place}; {hint}")
}

fn alternatives(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    words::series(&quoted, "or")
}

fn wanted(shape: &Shape) -> &'static str {
    match shape {
        Shape::Flag => "true or false",
        Shape::Word(_) | Shape::Text(_) => "a text",
        Shape::Answer => "a status or \"missing\"",
        Shape::List(_) => "a list of texts",
        Shape::Table(_) | Shape::Names(_) => "a table",
        Shape::Tables(_) => "tables in double brackets",
        Shape::Seconds => "a number of seconds",
        Shape::Rules | Shape::Levels => "a table of rules",
    }
}

fn described(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a fraction",
        DeValue::Boolean(true) => "true",
        DeValue::Boolean(false) => "false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
