//! The parts of README.md that are made: each begins with a comment that says of what.

use std::fs;
use std::iter::Peekable;
use std::process::Command;
use std::str::Lines;

use crate::{root, rules};

/// `text` with every made part made anew.
pub(crate) fn refreshed(text: &str) -> String {
    let mut fresh = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        push(&mut fresh, line);
        let Some(of) = line.strip_prefix("<!-- ").and_then(|line| line.strip_suffix(" -->")) else { continue };
        match of.split_once(": ") {
            Some(("output", command)) => block(&mut fresh, &mut lines, &output(command)),
            Some(("file", file)) => block(&mut fresh, &mut lines, &read(file)),
            None if of == "rules" => {
                while lines.next_if(|line| line.starts_with('|')).is_some() {}
                fresh.push_str(&rules::table());
            }
            _ => panic!("nobody knows how to make `{of}`"),
        }
    }
    fresh
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// Copies the fence that comes next, with `content` in it.
fn block(fresh: &mut String, lines: &mut Peekable<Lines<'_>>, content: &str) {
    let opening = lines.next_if(|line| line.starts_with("```")).expect("a fenced block follows the comment");
    push(fresh, opening);
    fresh.push_str(content);
    let closing = lines.find(|line| *line == "```").expect("the fence is closed");
    push(fresh, closing);
}

/// What the program writes to standard output, run as the comment says.
fn output(command: &str) -> String {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("corslint"), "{command}");
    let mut program = Command::new(env!("CARGO_BIN_EXE_corslint"));
    for variable in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR"] {
        program.env_remove(variable);
    }
    let run = program.args(words).current_dir(root()).output().expect("the program starts");
    assert!(run.stderr.is_empty(), "{command}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("is UTF-8")
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}
