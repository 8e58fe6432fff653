//! Patterns of paths, as in a `.gitignore`.

use std::path::{Component, Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Patterns that are relative to a folder: `vendor/**`, `*.bak`, `/old`, and `!` before what is meant after all.
#[derive(Debug, Clone)]
pub struct Globs {
    /// The folder, as it is written and as it really is.
    folders: [PathBuf; 2],
    patterns: Gitignore,
}

impl Globs {
    /// Patterns relative to `folder`. An error names the pattern that is none, as a phrase that continues "the pattern ".
    pub fn new<'a>(folder: &Path, patterns: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut builder = GitignoreBuilder::new("");
        builder.allow_unclosed_class(false);
        for pattern in patterns {
            if pattern.trim().is_empty() {
                return Err("is empty".to_owned());
            }
            if pattern.starts_with('#') {
                return Err("begins with `#`, which makes it a comment; write `\\#`".to_owned());
            }
            builder.add_line(None, pattern).map_err(|error| fault(&error))?;
        }
        let patterns = builder.build().map_err(|error| format!("is one too many: {error}"))?;
        let real = folder.canonicalize().unwrap_or_else(|_| plain(folder));
        Ok(Self { folders: [plain(folder), real], patterns })
    }

    /// Whether a path, or a folder that it lies in, is meant. What lies outside the patterns' folder never is.
    #[must_use]
    pub fn matches(&self, path: &Path, is_folder: bool) -> bool {
        if self.patterns.is_empty() {
            return false;
        }
        let path = plain(path);
        let within = |path: &Path| -> Option<bool> {
            let relative = self.folders.iter().find_map(|folder| path.strip_prefix(folder).ok())?;
            if relative.as_os_str().is_empty() {
                return Some(false);
            }
            let matched = self.patterns.matched_path_or_any_parents(relative, is_folder);
            Some(matches!(matched, Match::Ignore(_)))
        };
        within(&path).or_else(|| within(&path.canonicalize().ok()?)).unwrap_or(false)
    }
}

/// What is wrong with a pattern, without the pattern.
fn fault(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => format!("is no glob: {err}"),
        error => format!("is no glob: {error}"),
    }
}

/// From the root, and without `.` and `..`, whatever links there are.
pub(crate) fn plain(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut plain = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(patterns: &[&str], path: &str) -> bool {
        let globs = Globs::new(Path::new("/srv/site"), patterns.iter().copied()).expect("are globs");
        globs.matches(Path::new(path), false)
    }

    #[test]
    fn patterns_are_those_of_a_gitignore() {
        for (pattern, path, expected) in [
            ("vendor/**", "/srv/site/vendor/a/b.conf", true),
            ("vendor/**", "/srv/site/x/vendor/b.conf", false),
            ("vendor", "/srv/site/x/vendor/b.conf", true),
            ("vendor/", "/srv/site/vendor/b.conf", true),
            ("/vendor", "/srv/site/x/vendor/b.conf", false),
            ("*.bak", "/srv/site/x/a.bak", true),
            ("*.bak", "/srv/site/x/../a.bak", true),
            ("*.bak", "/srv/other/a.bak", false),
            ("*", "/srv/site", false),
            ("**", "/srv/site/a", true),
        ] {
            assert_eq!(matches(&[pattern], path), expected, "{pattern} {path}");
        }
        assert!(!matches(&["*.conf", "!cors.conf"], "/srv/site/cors.conf"));
    }

    #[test]
    fn what_is_no_glob_says_why() {
        let fault = |pattern| Globs::new(Path::new("/"), [pattern]).expect_err("is no glob");
        assert_eq!(fault("a[b"), "is no glob: unclosed character class; missing ']'");
        assert_eq!(fault("{a,b"), "is no glob: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)");
        assert_eq!(fault(" "), "is empty");
        assert!(fault("#a").starts_with("begins with `#`"));
    }
}
