//! `corslint [PATH]…`: lint, write the reports, say how it went.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::arguments::Check;
use super::files;
use super::progress;
use super::terminal::{self, Shows};
use super::values::{FailOn, Output, When};
use super::{CLEAN, FAILED, FOUND, Stop};
use crate::config::{Config, Rejected};
use crate::finding::{SYNTAX_ERROR, Severity};
use crate::report::{Detail, FORMATS, Look, Report, text};
use crate::rules::catalogue;
use crate::suppress::baseline::Baseline;
use crate::{Options, discover};

pub(super) fn run(check: &Check) -> Result<u8, Stop> {
    let outputs = outputs(check)?;
    let options = match options(check) {
        Err(Stop::Settings(rejected)) => {
            let Rejected { sources, errors } = *rejected;
            write(&Report { sources, errors, ..Report::default() }, &outputs, check)?;
            return Ok(FAILED);
        }
        options => options?,
    };
    if check.show_files {
        return files::run(&check.input.paths, &options);
    }
    let mut report = progress::during(|| crate::lint(&check.input.paths, &options));
    write_baseline(&report, check)?;
    let least = check.min_severity.map(Severity::from).or(options.config.min_severity).unwrap_or(Severity::Info);
    report.findings.retain(|finding| finding.severity >= least);
    write(&report, &outputs, check)?;
    let fail_on = check.fail_on.or(options.config.fail_on.map(FailOn::from)).unwrap_or(FailOn::Warning);
    Ok(exit_code(&report, fail_on))
}

fn options(check: &Check) -> Result<Options, Stop> {
    if let Some(unknown) = check.rules.rule.iter().chain(&check.rules.skip).find(|id| catalogue::entry(id).is_none()) {
        return Err(super::no_such_rule(unknown));
    }
    let options = super::options(&check.input)?;
    Ok(Options {
        pedantic: check.rules.pedantic || options.pedantic,
        only: check.rules.rule.clone(),
        skip: check.rules.skip.clone(),
        no_ignores: check.suppressions.no_ignores,
        baseline: baseline(check, &options.config)?,
        ..options
    })
}

/// What is known already, or is to be from now on.
fn baseline(check: &Check, config: &Config) -> Result<Option<Baseline>, Stop> {
    let (file, read) = match (&check.suppressions.baseline, &check.suppressions.write_baseline, &config.baseline) {
        (_, Some(file), _) => (file, Baseline::renew(file)),
        (Some(file), None, _) | (None, None, Some(file)) => (file, Baseline::read(file)),
        (None, None, None) => return Ok(None),
    };
    read.map(Some).map_err(|failure| Stop::File(discover::shown(file), failure.to_string()))
}

/// Writes the baseline if that was asked for, and says so.
fn write_baseline(report: &Report, check: &Check) -> Result<(), Stop> {
    let Some(baseline) = &report.baseline else { return Ok(()) };
    let file = discover::shown(&baseline.file);
    baseline.write().map_err(|error| Stop::File(file.clone(), discover::describe(&error)))?;
    if !check.amount.quiet {
        let count = baseline.entries.len();
        let noun = if count == 1 { "finding" } else { "findings" };
        terminal::complain(&format!("{count} {noun} written to {file}; `--baseline {file}` leaves them out\n"));
    }
    Ok(())
}

/// Where to write what; each place once.
fn outputs(check: &Check) -> Result<Vec<Output>, Stop> {
    let mut places: BTreeSet<Option<&PathBuf>> = BTreeSet::new();
    for output in &check.format {
        if !places.insert(output.file.as_ref()) {
            let place = output.file.as_ref().map_or("standard output".to_owned(), |file| discover::shown(file));
            return Err(Stop::Usage(format!("two formats cannot both be written to {place}")));
        }
    }
    let default = || vec![Output { format: &FORMATS[0], file: None }];
    Ok(if check.format.is_empty() { default() } else { check.format.clone() })
}

fn write(report: &Report, outputs: &[Output], check: &Check) -> Result<(), Stop> {
    // Files first: they shall be there even if whoever reads standard output stops reading. One that cannot be written
    // keeps nothing from the others.
    let mut failure = None;
    for output in outputs {
        if let Some(file) = &output.file {
            let bytes = rendered(report, output, &look(check, terminal::file_shows(check.color.when)))?;
            if let Err(error) = fs::write(file, bytes) {
                failure.get_or_insert(Stop::File(discover::shown(file), discover::describe(&error)));
            }
        }
    }
    let on_stdout = outputs.iter().find(|output| output.file.is_none());
    if !on_stdout.is_some_and(|output| output.format.for_people) {
        tell_on_stderr(report, on_stdout.is_none() && failure.is_none(), check)?;
    }
    if let Some(output) = on_stdout {
        let shows = terminal::stdout_shows(check.color.when);
        terminal::say(&rendered(report, output, &look(check, shows))?, shows.color)?;
    }
    failure.map_or(Ok(()), Err)
}

fn rendered(report: &Report, output: &Output, look: &Look) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    (output.format.write)(report, look, &mut bytes)?;
    Ok(bytes)
}

/// Where standard output is for programs, or for nothing, people still learn what could not be read.
fn tell_on_stderr(report: &Report, summary: bool, check: &Check) -> Result<(), Stop> {
    let when = if check.color.when == When::Always { When::Auto } else { check.color.when };
    let look = look(check, terminal::stderr_shows(when));
    let mut bytes = Vec::new();
    text::write_errors(report, &look, &mut bytes)?;
    if summary && !check.amount.quiet {
        text::write_summary(report, &look, &mut bytes)?;
    }
    terminal::complain(&String::from_utf8_lossy(&bytes));
    Ok(())
}

fn look(check: &Check, shows: Shows) -> Look {
    let detail = match (check.amount.quiet, check.amount.verbose) {
        (true, _) => Detail::Quiet,
        (_, true) => Detail::Verbose,
        _ => Detail::Normal,
    };
    let inputs = check.input.paths.iter().map(|path| discover::shown(path)).collect();
    Look {
        color: shows.color,
        unicode: shows.unicode,
        detail,
        statistics: check.amount.statistics,
        category: check.category.clone(),
        inputs,
    }
}

/// The same for every format.
fn exit_code(report: &Report, fail_on: FailOn) -> u8 {
    let unread = report.errors.iter().any(|error| error.fatal);
    if unread || report.findings.iter().any(|finding| finding.rule == SYNTAX_ERROR) {
        FAILED
    } else if report.findings.iter().any(|finding| fail_on.fails(finding.severity)) {
        FOUND
    } else {
        CLEAN
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn code(fail_on: FailOn, change: impl FnOnce(&mut Report)) -> u8 {
        let mut report = sample::report(&[("a.conf", "x")], &[("a.conf", 0, 1)]);
        change(&mut report);
        exit_code(&report, fail_on)
    }

    fn with(severity: Severity) -> impl FnOnce(&mut Report) {
        move |report| report.findings[0].severity = severity
    }

    #[test]
    fn findings_count_from_the_threshold_up() {
        assert_eq!(code(FailOn::Warning, with(Severity::Error)), 1);
        assert_eq!(code(FailOn::Warning, with(Severity::Warning)), 1);
        assert_eq!(code(FailOn::Warning, with(Severity::Info)), 0);
        assert_eq!(code(FailOn::Info, with(Severity::Info)), 1);
        assert_eq!(code(FailOn::Error, with(Severity::Warning)), 0);
        assert_eq!(code(FailOn::Never, with(Severity::Error)), 0);
        assert_eq!(code(FailOn::Warning, |report| report.findings.clear()), 0);
    }

    #[test]
    fn what_could_not_be_read_or_parsed_counts_more() {
        let unread = sample::error("b.conf", "permission denied");
        let misread = crate::finding::InputError { fatal: false, ..unread.clone() };
        assert_eq!(code(FailOn::Never, |report| report.errors.push(unread)), 2);
        assert_eq!(code(FailOn::Never, |report| report.errors.push(misread)), 0);
        assert_eq!(code(FailOn::Never, |report| report.findings[0].rule = SYNTAX_ERROR), 2);
    }
}
