//! The npm packages that the applications are made of: an installation for each major version of Express, kept beside
//! the recorder's own binary.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

/// A major version of Express.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Major {
    Four,
    Five,
}

/// Beside Express, in both installations. tsx takes the types out of TypeScript, as `node --import`.
const PACKAGES: &[(&str, &str)] = &[
    ("body-parser", "2.4.0"),
    ("compression", "1.8.2"),
    ("cookie-parser", "1.4.7"),
    ("cors", "2.8.6"),
    ("dotenv", "18.0.10"),
    ("express-rate-limit", "8.7.4"),
    ("helmet", "8.3.0"),
    ("morgan", "1.12.1"),
    ("tsx", "4.23.15"),
    ("zod", "4.6.7"),
];

/// Beside Express 5, which they bring with them.
const NEST: &[(&str, &str)] = &[
    ("@nestjs/common", "12.5.1"),
    ("@nestjs/core", "12.5.1"),
    ("@nestjs/platform-express", "12.5.1"),
    ("reflect-metadata", "0.2.2"),
    ("rxjs", "7.8.2"),
];

impl Major {
    /// The one that a site's `package.json` asks for (`^4.21.0`, `~5.1`, `4.x`); 5 if it asks for none.
    pub(super) fn asked_for(manifest: &str) -> Self {
        let manifest: Value = serde_json::from_str(manifest).unwrap_or_default();
        let range = manifest["dependencies"]["express"].as_str().unwrap_or_default();
        let number = range.trim_start_matches(|char: char| !char.is_ascii_digit());
        if number.starts_with('4') { Self::Four } else { Self::Five }
    }

    const fn number(self) -> u8 {
        match self {
            Self::Four => 4,
            Self::Five => 5,
        }
    }

    const fn express(self) -> &'static str {
        match self {
            Self::Four => "4.22.3",
            Self::Five => "5.3.0",
        }
    }

    fn manifest(self) -> String {
        let nest = if self == Self::Five { NEST } else { &[] };
        let all = [("express", self.express())].into_iter().chain(PACKAGES.iter().chain(nest).copied());
        let mut lines = String::new();
        for (name, version) in all {
            let comma = if lines.is_empty() { "" } else { ",\n" };
            // Writing to a string cannot fail.
            let _ = write!(lines, "{comma}    \"{name}\": \"{version}\"");
        }
        format!("{{\n  \"private\": true,\n  \"dependencies\": {{\n{lines}\n  }}\n}}\n")
    }

    /// The folder with its `node_modules`, which is filled when it is first asked for.
    pub(super) fn installed(self) -> Result<&'static Path, String> {
        static FOUR: OnceLock<Result<PathBuf, String>> = OnceLock::new();
        static FIVE: OnceLock<Result<PathBuf, String>> = OnceLock::new();
        let cell = match self {
            Self::Four => &FOUR,
            Self::Five => &FIVE,
        };
        cell.get_or_init(|| self.install()).as_deref().map_err(Clone::clone)
    }

    fn install(self) -> Result<PathBuf, String> {
        let problem = |error: std::io::Error| format!("npm packages: {error}");
        let binary = std::env::current_exe().map_err(problem)?;
        let target = binary.ancestors().nth(2).ok_or("npm packages: the recorder is nowhere")?;
        let folder = target.join(format!("record-express-{}", self.number()));
        let (manifest, marker) = (self.manifest(), folder.join("installed"));
        if fs::read_to_string(&marker).is_ok_and(|installed| installed == manifest) {
            return Ok(folder);
        }
        fs::create_dir_all(&folder).map_err(problem)?;
        fs::write(folder.join("package.json"), &manifest).map_err(problem)?;
        let arguments = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
        let npm = Command::new("npm").args(arguments).current_dir(&folder).stdin(Stdio::null()).output();
        let npm = npm.map_err(|error| format!("npm: {error}"))?;
        if !npm.status.success() {
            return Err(format!("npm install: {}", String::from_utf8_lossy(&npm.stderr).trim()));
        }
        fs::write(marker, manifest).map_err(problem)?;
        Ok(folder)
    }

    /// What answers, with its versions.
    pub(super) fn server(self) -> Result<String, String> {
        let cors = PACKAGES.iter().find(|(name, _)| *name == "cors").map_or("", |(_, version)| version);
        let node = Command::new("node").arg("--version").stdin(Stdio::null()).output();
        let node = node.map_err(|error| format!("node: {error}"))?;
        let node = String::from_utf8_lossy(&node.stdout);
        let node = node.trim().trim_start_matches('v');
        Ok(format!("express/{} cors/{cors} node/{node}", self.express()))
    }
}
