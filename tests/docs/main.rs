//! Documentation that is made from the program: README.md and rules/README.md say what is so.
//!
//! `UPDATE_DOCS=1 cargo test --test docs` writes what differs.

mod readme;
mod rules;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Demands that a file of the project reads as `made` from its present text, or writes it so.
fn hold(file: &str, made: impl Fn(&str) -> String) {
    let path: PathBuf = root().join(file);
    let present = fs::read_to_string(&path).unwrap_or_default();
    let fresh = made(&present);
    if present == fresh {
        return;
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        return fs::write(&path, fresh).expect("file can be written");
    }
    let differs = present.lines().zip(fresh.lines()).position(|(old, new)| old != new);
    let number = differs.unwrap_or_else(|| present.lines().count().min(fresh.lines().count()));
    let line = |text: &str| text.lines().nth(number).unwrap_or("(nothing)").to_owned();
    panic!(
        "{file}:{}: is not what the program gives; `UPDATE_DOCS=1 cargo test --test docs` writes it\n- {}\n+ {}",
        number + 1,
        line(&present),
        line(&fresh)
    );
}

#[test]
fn the_readme_shows_real_output() {
    hold("README.md", readme::refreshed);
}

#[test]
fn the_pages_of_the_rules_are_those_of_the_catalogue() {
    hold("rules/README.md", |_| rules::pages());
}

#[test]
fn links_lead_to_files_that_are_there() {
    for file in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "rules/README.md"] {
        let path = root().join(file);
        let text = fs::read_to_string(&path).expect("file is there");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
            let (target, _) = link.split_once('#').unwrap_or((link, ""));
            let is_local = !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:");
            assert!(!is_local || path.with_file_name(target).exists(), "{file}: {link}");
        }
    }
}
