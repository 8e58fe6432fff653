//! Replays recorded truth: every case in `testdata/conformance` is predicted and linted, and compared with what the real
//! server answered.
//!
//! A test for each case: the predicted answers have the recorded status, Access-Control headers and `Origin` in Vary,
//! and the rules reported are those that the recorded answers justify (`conformance/judge.rs`). One more test holds that
//! every statement about the server is exercised (`conformance/statements/mod.rs`); the table is printed at the end.
//! `cargo run --example record` makes the truth.

#[path = "conformance/ask.rs"]
mod ask;
#[allow(dead_code, reason = "half of the setup and the writing are the recorder's")]
#[path = "conformance/case.rs"]
mod case;
#[path = "conformance/judge.rs"]
mod judge;
#[path = "conformance/lines.rs"]
mod lines;
#[path = "conformance/origins.rs"]
mod origins;
#[path = "conformance/program.rs"]
mod program;
#[path = "conformance/replay.rs"]
mod replay;
#[allow(dead_code, reason = "half of it is the recorder's")]
#[path = "conformance/setup.rs"]
mod setup;
#[path = "conformance/spaced.rs"]
mod spaced;
#[path = "conformance/statements/mod.rs"]
mod statements;
#[path = "conformance/tally.rs"]
mod tally;

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use libtest_mimic::{Arguments, Failed, Trial};

use case::Case;
use tally::Tally;

/// The servers that there are cases for.
const FRONTENDS: &[&str] = &["nginx", "apache", "express", "stack"];
/// Those whose cases the program is held against.
const REPLAYED: &[&str] = &["nginx", "apache", "express", "stack"];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let tally = Arc::new(Mutex::new(Tally::default()));
    let trials = match trials(&tally) {
        Ok(trials) => trials,
        Err(error) => vec![Trial::test("cases", move || Err(error.into()))],
    };
    let conclusion = libtest_mimic::run(&arguments, trials);
    if !arguments.list {
        tally.lock().expect("no test panics while it counts").print();
    }
    conclusion.exit_code()
}

fn trials(tally: &Arc<Mutex<Tally>>) -> Result<Vec<Trial>, String> {
    let rules: Arc<BTreeSet<String>> = Arc::new(program::rules()?);
    let mut trials = Vec::new();
    for frontend in FRONTENDS {
        let folders = case::folders(frontend).map_err(|error| format!("{frontend}: {error}"))?;
        let mut numbers = Vec::new();
        for folder in folders {
            let case = Case::read(&folder)?;
            numbers.push((case::name(&folder), case.statements.clone()));
            let (tally, rules) = (Arc::clone(tally), Arc::clone(&rules));
            let name = format!("{frontend}::{}", case::name(&folder));
            let trial = Trial::test(name, move || {
                let result = replay::replay(&folder, &case, &rules);
                tally.lock().expect("no test panics while it counts").add(&result);
                result.verdict().map_err(Failed::from)
            });
            trials.extend(REPLAYED.contains(frontend).then_some(trial));
        }
        let tally = Arc::clone(tally);
        trials.push(Trial::test(format!("{frontend}::every statement has a case"), move || {
            let coverage = statements::coverage(frontend, &numbers);
            tally.lock().expect("no test panics while it counts").cover(&coverage.table());
            coverage.verdict().map_err(Failed::from)
        }));
    }
    Ok(trials)
}
