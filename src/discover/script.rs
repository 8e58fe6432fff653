//! JavaScript and TypeScript: which files are an application's own.

/// Folders of tests.
const TEST_FOLDERS: [&str; 7] = ["__tests__", "__mocks__", "test", "tests", "spec", "e2e", "cypress"];

/// Longest line that a person writes, in bytes; data in a string can be longer, but hardly at the average below.
const LONG_LINE: usize = 5_000;

/// Bytes a line that no hand-written file reaches on average.
const AVERAGE_LINE: usize = 300;

/// How far into a file the marks of bundlers are looked for, in bytes.
const HEAD: usize = 4_096;

/// What bundlers write at the beginning of what they make.
const BOOTSTRAPS: [&str; 6] =
    ["webpackBootstrap", "__webpack_require__", "webpackJsonp", "webpackChunk", "__commonJS = (", "parcelRequire"];

/// Whether a file can set a CORS header: it names `cors`, in any case, or `Access-Control`.
#[must_use]
pub fn is_relevant(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins =
        |at: usize, word: &[u8]| bytes[at..].get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word));
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| matches!(byte, b'c' | b'C' | b'a' | b'A')) {
        at += found;
        if begins(at, b"cors") || begins(at, b"access-control") {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether a file was made by a bundler or minifier, so that it is nobody's source.
#[must_use]
pub fn is_bundle(text: &str) -> bool {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if BOOTSTRAPS.iter().any(|mark| text[..end].contains(mark)) {
        return true;
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let (count, longest, total) = lines.fold((0usize, 0usize, 0usize), |(count, longest, total), line| {
        (count + 1, longest.max(line.len()), total + line.len())
    });
    longest > LONG_LINE && total / count.max(1) > AVERAGE_LINE
}

/// Whether a file is a test by its name or by a folder below the one that is looked through. `parts`: that folder's
/// name for it, split at slashes.
pub(super) fn is_test<'p>(parts: impl Iterator<Item = &'p str>) -> bool {
    let parts: Vec<&str> = parts.collect();
    let Some((name, folders)) = parts.split_last() else { return false };
    let mut words = name.split('.').skip(1);
    words.any(|word| matches!(word, "test" | "spec" | "stories" | "e2e"))
        || folders.iter().any(|folder| TEST_FOLDERS.contains(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_name_cors_are_relevant() {
        assert!(is_relevant("app.use(CORS())") && is_relevant("'access-control-allow-origin'"));
        assert!(!is_relevant("const corridor = 1; accessControl()") && !is_relevant(""));
    }

    #[test]
    fn bundles_are_told() {
        let line = "a(b,c);".repeat(2_000);
        assert!(is_bundle(&line) && is_bundle("/******/ (() => { // webpackBootstrap\n"));
        let data = format!("{}const a = '{}';\n", "b();\n".repeat(200), "x".repeat(6_000));
        assert!(!is_bundle(&data) && !is_bundle("app.use(cors())\n"));
    }

    #[test]
    fn tests_are_known_by_name_and_folder() {
        let is_test = |path: &str| is_test(path.split('/'));
        assert!(is_test("src/cors.test.ts") && is_test("__tests__/app.js") && is_test("a/tests/server.js"));
        assert!(!is_test("src/test.ts") && !is_test("latest/app.js") && !is_test("app.js") && !is_test(""));
    }
}
