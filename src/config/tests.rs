//! Files as they are read.

use std::path::PathBuf;

use super::*;

/// What `corslint init` writes, with every comment mark taken away.
pub(super) fn uncommented() -> String {
    let mark = |line: &str| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).map(str::to_owned);
    sample().lines().map(|line| mark(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

/// A folder with a file of settings in it, and what else is there.
struct Project(PathBuf);

impl Project {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let project = Self(std::env::temp_dir().join(format!("corslint-config-{}-{name}", std::process::id())));
        let _ = std::fs::remove_dir_all(&project.0);
        for (name, text) in files {
            let path = project.0.join(name);
            std::fs::create_dir_all(path.parent().expect("is below the folder")).expect("folder can be made");
            std::fs::write(path, text).expect("file can be written");
        }
        project
    }

    fn load(&self) -> Result<Config, Box<Rejected>> {
        load(&self.0.join(NAMES[0]))
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn what_init_writes_is_taken_with_its_marks_and_without() {
    let marked = Project::new("marked", &[(NAMES[0], &sample())]);
    let config = marked.load().expect("is right");
    assert!(config.exclude.is_none() && config.expectations.is_empty() && config.source.is_some());
    let application = [("services/api/app.js", ""), ("nginx/site.conf", "")];
    let unmarked = Project::new("unmarked", &[&[(NAMES[0], uncommented().as_str())][..], &application].concat());
    let config = unmarked.load().unwrap_or_else(|rejected| panic!("{:?}\n{}", rejected.errors, uncommented()));
    assert_eq!(config.fail_on, Some(Threshold::Severity(Severity::Warning)));
    assert_eq!(config.links[0].to, unmarked.0.join("services/api"));
    assert_eq!((config.links[0].host.as_str(), config.links[0].port), ("api", Some(3000)));
    assert_eq!(config.expectations[0].asked.headers[0], ("Authorization".to_owned(), String::new()));
    assert_eq!(config.levels.selects("wildcard-list-with-credentials"), Some(false));
    assert_eq!((config.limits.max_age, Limits::default().max_age), (86_400, 7_200));
    assert_eq!(config.trusted[0].to_string(), "https://partner.example");
    let said = |key: &keys::Key| {
        uncommented().lines().any(|line| line.starts_with(key.name) || line.contains(&format!("[{}]", key.name)))
    };
    assert!(keys::KEYS.iter().all(said));
}

/// The table of keys and the structures that a file is read into say the same, whatever the text is.
#[test]
fn what_the_check_lets_through_can_be_read() {
    let project = Project::new("mutated", &[("services/api/app.js", ""), ("nginx/site.conf", "")]);
    let text = uncommented();
    let places: Vec<usize> = text.char_indices().map(|(place, _)| place).step_by(13).collect();
    let mut taken = 0;
    for place in places {
        let (before, after) = text.split_at(place);
        let line_end = after.find('\n').unwrap_or(after.len());
        let shorter = after.char_indices().nth(1).map_or("", |(second, _)| &after[second..]);
        for mutated in [
            before.to_owned(),
            format!("{before}{shorter}"),
            format!("{before}{}", &after[line_end..]),
            format!("{before}\"{after}"),
            format!("{before}1{after}"),
            format!("{before}é{after}"),
        ] {
            match take(Source::new(project.0.join(NAMES[0]), NAMES[0].to_owned(), mutated.clone())) {
                Ok(_) => taken += 1,
                Err(rejected) => {
                    let has_place = |error: &InputError| {
                        error.location.is_some_and(|at| {
                            let text = &rejected.sources.get(at.source).text;
                            text.get(at.span.range()).is_some()
                        })
                    };
                    assert!(rejected.errors.iter().all(has_place), "{:?}\n{mutated}", rejected.errors);
                }
            }
        }
    }
    assert!(taken > 50, "{taken}");
}
