//! `corslint generate`: completions and the manual page, out of the definition of the arguments.

use std::io::{self, Write};

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgAction, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, italic, roman};

use super::arguments::Arguments;
use super::values::Product;
use super::{CLEAN, Stop, terminal};
use crate::config::SCHEMA;
use crate::report::FORMATS;
use crate::rules::catalogue;

/// The program's name, which is that of the completed command, too.
const NAME: &str = "corslint";

pub(super) fn run(product: Product) -> Result<u8, Stop> {
    let bytes = match product {
        Product::CompleteBash => completions(Shell::Bash),
        Product::CompleteElvish => completions(Shell::Elvish),
        Product::CompleteFish => completions(Shell::Fish),
        Product::CompletePowershell => completions(Shell::PowerShell),
        Product::CompleteZsh => completions(Shell::Zsh),
        Product::Man => manual()?,
        Product::Schema => SCHEMA.as_bytes().to_vec(),
    };
    terminal::say(&bytes, false)?;
    Ok(CLEAN)
}

fn completions(shell: Shell) -> Vec<u8> {
    let mut command = with_known_values(Arguments::command());
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut command, NAME, &mut bytes);
    bytes
}

/// Where a text is one of a list, a shell shall offer the list. While parsing these are checked elsewhere, with better
/// words than clap has for it.
fn with_known_values(command: clap::Command) -> clap::Command {
    command
        .mut_args(|argument| match argument.get_id().as_str() {
            "rule" | "skip" => argument.value_parser(rules()),
            "format" if argument.get_possible_values().is_empty() => argument.value_parser(formats()),
            _ => argument,
        })
        .mut_subcommands(with_known_values)
}

fn rules() -> PossibleValuesParser {
    let value = |rule: &'static catalogue::Entry| PossibleValue::new(rule.id.as_str()).help(rule.title.as_str());
    PossibleValuesParser::new(catalogue::entries().iter().map(value))
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|format| format.name))
}

/// One page: the subcommands are small, and most of what they take is described for the program itself.
fn manual() -> io::Result<Vec<u8>> {
    let mut command = Arguments::command();
    command.build();
    let page = Man::new(command.clone());
    let mut parts = vec![
        part(|out| page.render_title(out))?,
        part(|out| page.render_name_section(out))?,
        written(|roff| synopsis(&command, roff))?,
        part(|out| page.render_description_section(out))?,
        part(|out| page.render_options_section(out))?,
        written(|roff| heading("SH", "COMMANDS", roff))?,
    ];
    for subcommand in command.get_subcommands() {
        parts.extend(describe(subcommand, &command)?);
    }
    parts.push(written(|roff| ending(&command, roff))?);
    // Each begins by defining what an apostrophe is; once is enough.
    let preamble = Roff::new().render();
    let bodies = parts.iter().map(|part| part.strip_prefix(&preamble).unwrap_or(part));
    Ok(std::iter::once(preamble.as_str()).chain(bodies).map(in_ascii).collect::<String>().into_bytes())
}

/// Without a preprocessor, roff takes bytes for Latin-1; it has names for the other characters (`groff_char(7)`).
fn in_ascii(page: &str) -> String {
    let character = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\[u{:04X}]", u32::from(c)) };
    page.chars().map(character).collect()
}

/// A part of the page that is written by somebody else.
fn part(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<String> {
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// A part that is written here.
fn written(write: impl FnOnce(&mut Roff)) -> io::Result<String> {
    let mut roff = Roff::new();
    write(&mut roff);
    part(|out| roff.to_writer(out))
}

/// A line for the program and for each subcommand.
fn synopsis(command: &clap::Command, roff: &mut Roff) {
    heading("SH", "SYNOPSIS", roff);
    for (index, line) in [command].into_iter().chain(command.get_subcommands()).map(usage).enumerate() {
        if index > 0 {
            roff.control("br", []);
        }
        roff.text([bold(NAME), roman(line)]);
    }
}

/// What follows the program's name.
fn usage(command: &clap::Command) -> String {
    let usage = command.clone().render_usage().to_string();
    // The program's own has a second line, for subcommands.
    let line = usage.lines().next().unwrap_or_default();
    line.split_once(NAME).map_or(line, |(_, rest)| rest).to_owned()
}

/// A subcommand: what it is for, the arguments that it alone has, and the names of those that the program has, too.
fn describe(subcommand: &clap::Command, program: &clap::Command) -> io::Result<[String; 3]> {
    let is_shared = |argument: &Arg| {
        let same = |other: &&Arg| other.get_id() == argument.get_id();
        program.get_arguments().find(same).is_some_and(|other| other.get_help() == argument.get_help())
    };
    let beginning = written(|roff| {
        heading("SS", &format!("{NAME} {}", subcommand.get_name()), roff);
        roff.text(subcommand.get_about().map(|about| vec![roman(about.to_string())]).unwrap_or_default());
    })?;
    let is_help = |argument: &Arg| matches!(argument.get_action(), ArgAction::Help | ArgAction::Version);
    let own = subcommand.clone().mut_args(|argument| {
        let told = is_shared(&argument) || is_help(&argument);
        argument.hide(told).help_heading(None)
    });
    // They stand below the heading of the subcommand.
    let options = part(|out| Man::new(own).render_options_section(out))?.replace(".SH OPTIONS\n", "");
    let shared: Vec<&Arg> = subcommand.get_arguments().filter(|it| is_shared(it) && !is_help(it)).collect();
    let reminder = written(|roff| {
        as_above(&shared, roff);
        notes(subcommand, roff);
    })?;
    Ok([beginning, options, reminder])
}

fn as_above(shared: &[&Arg], roff: &mut Roff) {
    let name = |argument: &&Arg| match (argument.get_long(), argument.get_value_names()) {
        (Some(long), _) => bold(format!("--{long}")),
        (None, Some(names)) => italic(names.join(" ")),
        (None, None) => italic(argument.get_id().as_str()),
    };
    let Some((first, others)) = shared.split_first() else { return };
    let mut line = vec![roman("As above: "), name(first)];
    line.extend(others.iter().flat_map(|other| [roman(", "), name(other)]));
    roff.control("PP", []);
    roff.text(line);
}

/// What the help says below the options, and where to learn more.
fn ending(command: &clap::Command, roff: &mut Roff) {
    heading("SH", "NOTES", roff);
    notes(command, roff);
    heading("SH", "SEE ALSO", roff);
    roff.text([roman(env!("CARGO_PKG_REPOSITORY"))]);
}

/// The exit codes, and what else there is to know.
fn notes(command: &clap::Command, roff: &mut Roff) {
    for line in command.get_after_help().map(ToString::to_string).unwrap_or_default().lines() {
        roff.control("PP", []);
        roff.text([roman(line)]);
    }
}

fn heading(level: &str, words: &str, roff: &mut Roff) {
    roff.control(level, [words]);
}
