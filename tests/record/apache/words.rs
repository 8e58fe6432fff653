//! Just enough of httpd's syntax to find the words that have to be replaced.

/// One word, without its quotes.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) value: String,
    /// Where it begins and ends in the text; quotes are outside.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A directive, or the head or the end of a section.
#[derive(Debug)]
pub(super) struct Line {
    /// In lower case; `/name` for the end of a section.
    pub(super) name: String,
    pub(super) words: Vec<Word>,
    /// From the first byte of the name to the last of the words.
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Line {
    /// Value of the `index`th word.
    pub(super) fn value(&self, index: usize) -> Option<&str> {
        self.words.get(index).map(|word| word.value.as_str())
    }
}

/// The lines of a file, comments and empty ones left out.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = logical_end(text, at);
        let (start, words) = (at + blanks(&text[at..end]), &text[at..end]);
        if !text[start..end].starts_with('#') {
            found.extend(line(at, words));
        }
        at = end + 1;
    }
    found
}

/// Where the line that begins at `at` ends: at a line feed that no backslash stands before.
fn logical_end(text: &str, at: usize) -> usize {
    let mut from = at;
    while let Some(offset) = text[from..].find('\n') {
        let end = from + offset;
        let before = text[at..end].strip_suffix('\r').unwrap_or(&text[at..end]);
        if !before.ends_with('\\') {
            return end;
        }
        from = end + 1;
    }
    text.len()
}

fn is_blank(char: char) -> bool {
    char.is_ascii_whitespace()
}

/// How many bytes of white space and continued line ends there are at the beginning.
fn blanks(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let continued = ["\\\n", "\\\r\n"].iter().find(|end| rest.starts_with(**end));
        match (continued, rest.chars().next()) {
            (Some(end), _) => at += end.len(),
            (None, Some(char)) if is_blank(char) => at += char.len_utf8(),
            _ => return at,
        }
    }
}

fn line(offset: usize, text: &str) -> Option<Line> {
    let mut words = Vec::new();
    let mut at = blanks(text);
    while at < text.len() {
        let word = word(text, at);
        at = word.end + usize::from(word.quoted);
        words.push(Word {
            value: text[word.start..word.end].to_owned(),
            start: offset + word.start,
            end: offset + word.end,
        });
        at += blanks(&text[at..]);
    }
    let name = words.first()?.clone();
    words.remove(0);
    let is_section = name.value.starts_with('<');
    if let (true, Some(last)) = (is_section, words.last_mut()) {
        // A quote may stand before the bracket; then it is a word of its own.
        if let Some(inside) = last.value.strip_suffix('>') {
            last.end -= 1;
            last.value = inside.to_owned();
        }
    }
    words.retain(|word| !word.value.is_empty() || !is_section);
    Some(Line {
        name: name.value.trim_start_matches('<').trim_end_matches('>').to_ascii_lowercase(),
        start: name.start,
        end: offset + text.trim_end().len(),
        words,
    })
}

struct Scanned {
    start: usize,
    end: usize,
    quoted: bool,
}

/// The word at `at`.
fn word(text: &str, at: usize) -> Scanned {
    let quote = text[at..].chars().next().filter(|char| matches!(char, '"' | '\''));
    let start = at + usize::from(quote.is_some());
    let mut escaped = false;
    for (offset, char) in text[start..].char_indices() {
        let ends = match quote {
            Some(quote) => char == quote && !escaped,
            None => is_blank(char) || (char == '\\' && blanks(&text[start + offset..]) > 0),
        };
        if ends {
            return Scanned { start, end: start + offset, quoted: quote.is_some() };
        }
        escaped = char == '\\' && !escaped;
    }
    Scanned { start, end: text.len(), quoted: false }
}
