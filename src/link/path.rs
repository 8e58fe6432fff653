//! Paths as lists of names, `.` and `..` taken out without asking a file system.

use std::cmp::Reverse;

/// The names of a path with `/`; whether it began with `/` is forgotten. `..` stays only in front.
pub(super) fn names(path: &str) -> Vec<&str> {
    join(&[], path)
}

/// The names of `path` as seen from the folder `base`.
pub(super) fn join<'p>(base: &[&'p str], path: &'p str) -> Vec<&'p str> {
    let mut names = base.to_vec();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." if names.last().is_some_and(|&last| last != "..") => drop(names.pop()),
            name => names.push(name),
        }
    }
    names
}

/// The names of the folder that a file stands in.
pub(super) fn folder<'n, 'p>(file: &'n [&'p str]) -> &'n [&'p str] {
    file.split_last().map_or(&[], |(_, folder)| folder)
}

/// How far one folder is from another: the more they share the nearer, then the fewer steps down the nearer. Smaller is
/// nearer.
pub(super) fn distance(from: &[&str], to: &[&str]) -> (Reverse<usize>, usize) {
    let shared = from.iter().zip(to).take_while(|(a, b)| a == b).count();
    (Reverse(shared), to.len() - shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_normalized_lexically() {
        for (base, path, expected) in [
            ("", "a/b.conf", "a/b.conf"),
            ("", "./a//b/../c", "a/c"),
            ("x/y", "../z", "x/z"),
            ("x", "../../z", "../z"),
            ("", "/etc/nginx/../a", "etc/a"),
            ("..", "../a", "../../a"),
        ] {
            assert_eq!(join(&names(base), path).join("/"), expected, "{base} {path}");
        }
    }

    #[test]
    fn what_shares_more_folders_is_nearer() {
        let from = ["a", "b"];
        let mut folders = [vec![], vec!["a"], vec!["a", "b"], vec!["a", "b", "c"], vec!["a", "c"], vec!["d"]];
        folders.sort_by_key(|to| distance(&from, to));
        let shown = folders.map(|folder| folder.join("/"));
        assert_eq!(shown, ["a/b", "a/b/c", "a", "a/c", "", "d"]);
    }
}
