//! Records what the real servers answer for the cases in `testdata/conformance`.
//!
//! ```text
//! cargo run --example record -- nginx                    every case: write truth.json anew
//! cargo run --example record -- apache --check           every case: compare, write nothing
//! cargo run --example record -- nginx 231 rewrites       the cases with one of these in their names
//! ```
//!
//! The server runs on loopback, on ports of its own, below a temporary folder that is removed afterwards. What stands
//! behind it is a stand-in application that knows nothing of CORS (see `standin`); Express is the application itself, and
//! in a stack it stands behind nginx or httpd.

mod apache;
#[allow(dead_code, reason = "what a case is about is read by the replay alone")]
#[path = "../conformance/case.rs"]
mod case;
mod express;
mod files;
#[path = "../conformance/lines.rs"]
mod lines;
mod nginx;
#[path = "../conformance/origins.rs"]
mod origins;
mod probe;
mod process;
#[allow(dead_code, reason = "what is tolerated is read by the replay alone")]
#[path = "../conformance/setup.rs"]
mod setup;
#[path = "../conformance/spaced.rs"]
mod spaced;
mod stack;
mod standin;
mod wire;
mod workplace;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;

use case::{Case, Truth};

/// How many cases are recorded at a time: each keeps a server and three listeners, and waits most of the time.
const JOBS: usize = 2;

/// Records one case: the truth, and what its author may not have meant.
type Recorder = fn(&Path, &Case) -> Result<(Truth, Vec<String>), String>;

const RECORDERS: &[(&str, Recorder)] =
    &[("nginx", nginx::record), ("apache", apache::record), ("express", express::record), ("stack", stack::record)];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let frontend = arguments.next().unwrap_or_default();
    let Some((frontend, recorder)) = RECORDERS.iter().find(|(name, _)| *name == frontend) else {
        say("usage: record nginx|apache|express|stack [--check] [PART OF A CASE'S NAME]…");
        return ExitCode::from(2);
    };
    let (options, wanted): (Vec<String>, Vec<String>) = arguments.partition(|word| word.starts_with("--"));
    let check = options.iter().any(|option| option == "--check");
    if let Some(unknown) = options.iter().find(|option| *option != "--check") {
        say(&format!("there is no option {unknown}"));
        return ExitCode::from(2);
    }
    let folders = match case::folders(frontend) {
        Ok(folders) => folders,
        Err(error) => {
            say(&format!("testdata/conformance/{frontend}: {error}"));
            return ExitCode::from(2);
        }
    };
    let chosen = |folder: &PathBuf| wanted.is_empty() || wanted.iter().any(|part| case::name(folder).contains(part));
    run(*recorder, folders.into_iter().filter(chosen).collect(), check)
}

fn run(recorder: Recorder, folders: Vec<PathBuf>, check: bool) -> ExitCode {
    if folders.is_empty() {
        say("no case has such a name");
        return ExitCode::from(2);
    }
    let total = folders.len();
    let queue = Mutex::new(folders.into_iter());
    let failed = Mutex::new(0_usize);
    thread::scope(|scope| {
        for _ in 0..JOBS {
            scope.spawn(|| {
                while let Some(folder) = next(&queue) {
                    let result = if check { compare(recorder, &folder) } else { record(recorder, &folder) };
                    let line = result.as_ref().unwrap_or_else(|why| why);
                    say(&format!("{}: {line}", case::name(&folder)));
                    if result.is_err() {
                        *failed.lock().expect("no job panics while it counts") += 1;
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().expect("no job panics while it counts");
    say(&format!("{total} cases, {failed} failed"));
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn next(queue: &Mutex<std::vec::IntoIter<PathBuf>>) -> Option<PathBuf> {
    queue.lock().expect("taking a case cannot panic").next()
}

fn record(recorder: Recorder, folder: &Path) -> Result<String, String> {
    let (truth, notes) = recorder(folder, &Case::read(folder)?)?;
    let file = folder.join("truth.json");
    std::fs::write(&file, truth.to_text()).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(if notes.is_empty() { "recorded".to_owned() } else { format!("recorded; {}", notes.join("; ")) })
}

/// Compares everything but the version of the server, which another machine may have another of.
fn compare(recorder: Recorder, folder: &Path) -> Result<String, String> {
    let old = Truth::read(folder)?;
    let (mut new, _) = recorder(folder, &Case::read(folder)?)?;
    let live = std::mem::replace(&mut new.server, old.server.clone());
    new.run.clone_from(&old.run);
    let (old, new) = (old.to_text(), new.to_text());
    if old == new {
        return Ok("the same".to_owned());
    }
    let pairs = old.lines().zip(new.lines()).filter(|(old, new)| old != new);
    let mut report = vec![format!("DIFFERS (- recorded, + {live})")];
    report.extend(pairs.take(5).map(|(old, new)| format!("  - {}\n  + {}", old.trim(), new.trim())));
    if old.lines().count() != new.lines().count() {
        report.push("  and the number of exchanges differs".to_owned());
    }
    Err(report.join("\n"))
}

/// A line for whoever runs it. Nothing can be done about a closed standard output.
fn say(line: &str) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}
