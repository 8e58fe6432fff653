//! Real paths: those without symbolic links.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The real path of a file or folder; the path itself where that cannot be told.
pub(crate) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// Real paths of folders. The operating system looks at every name of a path again for every name in it: among folders
/// that lie deep in each other, that is too much for each file.
#[derive(Default)]
pub(crate) struct RealPaths(HashMap<PathBuf, PathBuf>);

impl RealPaths {
    /// The real path of a file; the path itself where that cannot be told.
    pub(crate) fn of(&mut self, path: &Path) -> PathBuf {
        match (path.parent(), path.file_name()) {
            (Some(folder), Some(name)) if !path.is_symlink() => self.folder(folder).join(name),
            _ => real(path),
        }
    }

    /// The real path of a folder; of the empty path, that of the working directory.
    pub(crate) fn folder(&mut self, path: &Path) -> PathBuf {
        // Up to a folder that is known or has to be asked for, then down again: paths may be deep.
        let mut names = Vec::new();
        let mut above = path;
        let mut real = loop {
            if let Some(known) = self.0.get(above) {
                break known.clone();
            }
            match (above.parent(), above.file_name()) {
                (Some(folder), Some(name)) if !folder.as_os_str().is_empty() && !above.is_symlink() => {
                    names.push((above, name));
                    above = folder;
                }
                _ => {
                    let asked = if above.as_os_str().is_empty() { Path::new(".") } else { above };
                    let real = asked.canonicalize().unwrap_or_else(|_| above.to_path_buf());
                    self.0.insert(above.to_path_buf(), real.clone());
                    break real;
                }
            }
        };
        for (folder, name) in names.into_iter().rev() {
            real.push(name);
            self.0.insert(folder.to_path_buf(), real.clone());
        }
        real
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn real_paths_are_those_that_the_system_tells() {
        use std::os::unix::fs::symlink;

        let folder = std::env::temp_dir().join(format!("corslint-real-paths-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("a/b")).expect("can be made");
        std::fs::write(folder.join("a/b/file"), "").expect("can be written");
        symlink("a", folder.join("to-a")).expect("can be linked");
        symlink("b/file", folder.join("a/to-file")).expect("can be linked");
        let mut real = RealPaths::default();
        for path in ["a/b/file", "to-a/b/file", "a/to-file", "to-a/to-file", "a/b/../to-file", "./a/./b/file"] {
            let path = folder.join(path);
            assert_eq!(real.of(&path), path.canonicalize().expect("is there"), "{}", path.display());
        }
        assert_eq!(real.of(Path::new("Cargo.toml")), Path::new("Cargo.toml").canonicalize().expect("is there"));
        std::fs::remove_dir_all(&folder).expect("is ours");
    }
}
