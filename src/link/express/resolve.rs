//! What an import means.

use std::path::{Path, PathBuf};

/// What an import may leave out at the end of a path.
const ENDINGS: &[&str] = &[
    "",
    ".js",
    ".ts",
    ".mjs",
    ".cjs",
    ".mts",
    ".cts",
    ".jsx",
    ".tsx",
    ".json",
    "/index.js",
    "/index.ts",
    "/index.mjs",
    "/index.cjs",
];

/// The names that a text imports or requires, as they are written; those of packages too.
#[must_use]
pub fn imported(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for keyword in ["require(", "require (", "from ", "from\"", "from'", "import ", "import\"", "import'", "import("] {
        for (at, _) in text.match_indices(keyword) {
            let start = if keyword.ends_with(['"', '\'']) { at + keyword.len() - 1 } else { at + keyword.len() };
            let rest = text[start..].trim_start();
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) else { continue };
            if let Some(end) = rest[1..].find([quote, '\n'])
                && !names.iter().any(|name| *name == rest[1..=end])
            {
                names.push(rest[1..=end].to_owned());
            }
        }
    }
    names
}

/// The files that an import of a file in `folder` may mean, the likeliest first; none for a package.
#[must_use]
pub fn candidates(folder: &Path, name: &str) -> Vec<PathBuf> {
    let file = folder.join("module").to_string_lossy().replace('\\', "/");
    wanted(&file, name).into_iter().map(PathBuf::from).collect()
}

/// The same for paths with `/`.
pub(super) fn wanted(from: &str, name: &str) -> Vec<String> {
    if !(name.starts_with("./") || name.starts_with("../") || matches!(name, "." | "..")) {
        return Vec::new();
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let whole = parts.join("/");
    // TypeScript imports `./x.js` for `x.ts`.
    let bare =
        [".js", ".mjs", ".cjs"].iter().find_map(|ending| whole.strip_suffix(ending)).unwrap_or(&whole).to_owned();
    let mut paths: Vec<String> = ENDINGS.iter().map(|ending| format!("{whole}{ending}")).collect();
    if bare != whole {
        paths.extend(ENDINGS.iter().map(|ending| format!("{bare}{ending}")));
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::{imported, wanted};

    #[test]
    fn imports_are_found_in_every_form() {
        let text = "import a from './a'; import './b';\nconst c = require('./c'), d = await import(\"../d.js\");\nexport * from'e'";
        assert_eq!(imported(text), ["./c", "./a", "e", "./b", "../d.js"]);
    }

    #[test]
    fn an_import_may_leave_out_the_ending() {
        let paths = wanted("/app/src/server.ts", "../config/cors.js");
        assert_eq!(paths[0], "/app/config/cors.js");
        assert!(paths.contains(&"/app/config/cors.ts".to_owned()));
        assert_eq!(wanted("/app/server.ts", "cors"), Vec::<String>::new());
    }
}
