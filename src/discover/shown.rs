//! How a path is shown: relative to the working directory where it lies below it, always with `/`.

use std::path::{Component, Path};

/// The name by which reports call the file at `path`.
#[must_use]
pub fn shown(path: &Path) -> String {
    shown_from(path, std::env::current_dir().ok().as_deref())
}

fn shown_from(path: &Path, working_directory: Option<&Path>) -> String {
    let relative = working_directory.and_then(|directory| path.strip_prefix(directory).ok()).unwrap_or(path);
    let mut name = String::new();
    for component in relative.components() {
        match component {
            Component::CurDir => {}
            Component::RootDir => name.push('/'),
            // `C:` stands before the root, which brings its own slash.
            Component::Prefix(prefix) => name.push_str(&prefix.as_os_str().to_string_lossy().replace('\\', "/")),
            Component::ParentDir | Component::Normal(_) => {
                if !name.is_empty() && !name.ends_with('/') {
                    name.push('/');
                }
                name.push_str(&component.as_os_str().to_string_lossy());
            }
        }
    }
    if name.is_empty() { ".".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_to_the_working_directory_and_have_no_dot() {
        let cases = [
            ("./deploy/./a.conf", "deploy/a.conf"),
            ("/home/me/here/deploy/a.conf", "deploy/a.conf"),
            ("/etc/nginx/nginx.conf", "/etc/nginx/nginx.conf"),
            ("../other/a.conf", "../other/a.conf"),
            (".", "."),
            ("/home/me/here", "."),
        ];
        for (path, name) in cases {
            assert_eq!(shown_from(Path::new(path), Some(Path::new("/home/me/here"))), name, "{path}");
        }
    }
}
