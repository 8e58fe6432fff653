//! Words in messages: names in a row as a sentence has them, and what a mistyped one was meant to be.

/// `a`, `a and b`, `a, b and c`; `last` is what stands before the last one.
pub(crate) fn series(names: &[String], last: &str) -> String {
    match names {
        [others @ .., end] if !others.is_empty() => format!("{} {last} {end}", others.join(", ")),
        names => names.concat(),
    }
}

/// The word that is nearest to a mistyped one, if any is near; words are in lower case, with `-`.
pub(crate) fn near<'w>(typed: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let typed = typed.to_ascii_lowercase().replace('_', "-");
    let part = |known: &str| typed.len() >= 4 && known.contains(typed.as_str());
    let (distance, known) = words.map(|known| (if part(known) { 1 } else { distance(&typed, known) }, known)).min()?;
    (distance <= known.len() / 3).then_some(known)
}

/// How many letters have to be inserted, removed or replaced (Levenshtein).
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    // What a user types may be long; an id is not.
    for (i, letter) in a.chars().take(100).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_a_row() {
        for (names, row) in [(&[][..], ""), (&["a"], "a"), (&["a", "b"], "a or b"), (&["a", "b", "c"], "a, b or c")] {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(series(&names, "or"), row);
        }
    }

    #[test]
    fn distances_count_edits() {
        for (a, b, edits) in
            [("", "abc", 3), ("kitten", "sitting", 3), ("missing-vary", "missing-vary", 0), ("é", "e", 1)]
        {
            assert_eq!(distance(a, b), edits, "{a} {b}");
        }
    }
}
