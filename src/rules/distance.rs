//! How far a mistyped id is from a known one.

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
    use super::distance;

    #[test]
    fn distances_count_edits() {
        for (a, b, edits) in
            [("", "abc", 3), ("kitten", "sitting", 3), ("missing-vary", "missing-vary", 0), ("é", "e", 1)]
        {
            assert_eq!(distance(a, b), edits, "{a} {b}");
        }
    }
}
