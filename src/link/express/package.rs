//! What stands beside a program: `package.json` and `.env`.

use std::collections::BTreeMap;
use std::path::Path;

/// The major version of Express that the nearest `package.json` with dependencies asks for: of several that it takes, the
/// newest, which is what npm installs.
pub(super) fn express_major(path: &str) -> Option<u32> {
    for folder in Path::new(path).ancestors().skip(1) {
        let Ok(text) = std::fs::read_to_string(folder.join("package.json")) else { continue };
        let json: serde_json::Value = serde_json::from_str(&text).ok()?;
        let lists = ["dependencies", "devDependencies", "peerDependencies"];
        let mut versions = lists.iter().filter_map(|list| json.get(list)?.get("express")?.as_str());
        let major = versions.find_map(major_of);
        let is_nest = |name: &str| lists.iter().find_map(|list| json.get(list)?.get(name)?.as_str());
        // NestJS brings its own: 5 since version 11.
        let nest = || is_nest("@nestjs/platform-express").and_then(major_of).map(|nest| if nest >= 11 { 5 } else { 4 });
        if let Some(major) = major.or_else(nest) {
            return Some(major);
        }
        if json.get("dependencies").is_some() {
            return None;
        }
    }
    None
}

/// The major version of a range such as `^4.18.2`, `>=4 <6`, `4 || 5`.
fn major_of(range: &str) -> Option<u32> {
    let alternatives = range.split("||").filter_map(|range| {
        let range = range.strip_prefix("npm:").and_then(|rest| rest.rsplit('@').next()).unwrap_or(range);
        let digits = range.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits.split(|c: char| !c.is_ascii_digit()).next()?.parse::<u32>().ok()
    });
    alternatives.max().filter(|major| (3..=5).contains(major)).map(|major| major.max(4))
}

/// What the nearest `.env` sets (`dotenv`).
pub(super) fn environment(path: &str) -> BTreeMap<String, String> {
    for folder in Path::new(path).ancestors().skip(1) {
        if let Ok(text) = std::fs::read_to_string(folder.join(".env")) {
            return variables(&text);
        }
        if folder.join("package.json").is_file() {
            break;
        }
    }
    BTreeMap::new()
}

/// The lines `NAME=value`, `export NAME="value"` of a text.
fn variables(text: &str) -> BTreeMap<String, String> {
    let mut variables = BTreeMap::new();
    for line in text.lines() {
        let line = line.trim();
        let Some((name, value)) = line.strip_prefix("export ").unwrap_or(line).split_once('=') else { continue };
        let name = name.trim();
        if name.is_empty() || name.starts_with('#') {
            continue;
        }
        let value = value.trim();
        let quoted = ['"', '\'', '`']
            .iter()
            .find_map(|quote| value.strip_prefix(*quote).and_then(|rest| rest.split(*quote).next()));
        let value = quoted.unwrap_or_else(|| value.split(" #").next().unwrap_or_default().trim());
        variables.insert(name.to_owned(), value.to_owned());
    }
    variables
}

#[cfg(test)]
mod tests {
    use super::{major_of, variables};

    #[test]
    fn ranges_have_a_major_version() {
        let majors = ["^4.18.2", "5.0.0-beta.1", ">=4.16", "~4 || ^5", "latest", "npm:express@5.1.0", "^3.4.0"];
        let expected = [Some(4), Some(5), Some(4), Some(5), None, Some(5), Some(4)];
        assert_eq!(majors.map(major_of), expected);
    }

    #[test]
    fn a_file_of_variables_is_read_as_dotenv_does() {
        let read = variables("# a\nA=1 # one\nexport B=\"x # y\"\nC='z'\n\nnothing\n D = d \n");
        let expected = [("A", "1"), ("B", "x # y"), ("C", "z"), ("D", "d")];
        assert_eq!(read, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    }
}
