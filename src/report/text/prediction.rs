//! What comes of a fetch, for people: the verdict, what is to blame, which endpoint answers, the exchanges, what the
//! browser's console says, and what all that hangs on.

use std::io::{self, Write};

use anstyle::AnsiColor;

use super::super::Look;
use super::super::verdict::words;
use super::layout::{arrow, field, snippets};
use super::plain::{Paint, harmless, reflow};
use super::{counted, proof, style};
use crate::finding::{Label, Severity};
use crate::simulate::{Candidate, Case, Ending, Prediction};
use crate::source::Sources;

/// Where the text of a field begins.
const COLUMN: usize = 13;
/// How many of the other cases are told, and how many of the configurations that could have answered.
const OTHERS: usize = 4;

/// Writes what comes of a fetch; its places are in `sources`.
pub fn write(prediction: &Prediction, sources: &Sources, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let paint = Paint { color: look.color };
    let case = &prediction.likeliest;
    let (severity, kind) = heading(case.ending);
    let kind = paint.paint(severity.map_or(AnsiColor::Green.on_default().bold(), style), kind);
    let mut text = format!("{kind}: {}\n", paint.bold(&harmless(&prediction.fetch)));
    if let Some((first, others)) = case.blame.split_first() {
        text.push_str(&snippets(sources, first, others, severity.unwrap_or(Severity::Info), look));
    }
    let told = before(prediction, sources).into_iter().map(|(name, words)| (name, reflow(&words, COLUMN)));
    let exchanges = [("preflight:", &case.preflight), ("actual:", &case.actual)];
    let exchanges = exchanges.into_iter().filter_map(|(name, exchange)| Some((name, exchange.as_ref()?)));
    let exchanges = exchanges.map(|(name, exchange)| (name, proof::lines(exchange, arrow(look))));
    let rest = after(prediction).into_iter().map(|(name, words)| (name, reflow(&words, COLUMN)));
    let mut fields: Vec<(&str, Vec<String>)> = Vec::new();
    for (name, lines) in told.chain(exchanges).chain(rest) {
        match fields.last_mut() {
            Some((last, before)) if *last == name => before.extend(lines),
            _ => fields.push((name, lines)),
        }
    }
    for (name, lines) in fields {
        field(&mut text, COLUMN, name, &lines, paint);
    }
    out.write_all(text.as_bytes())
}

/// How it ends in a word or two, and how bad that is.
fn heading(ending: Ending) -> (Option<Severity>, &'static str) {
    match ending {
        Ending::Allowed => (None, "allowed"),
        Ending::Refused("no-answer") => (Some(Severity::Error), "no answer"),
        Ending::Refused(_) => (Some(Severity::Error), "refused"),
        Ending::Open => (Some(Severity::Warning), "not known"),
        Ending::NoEndpoint => (Some(Severity::Warning), "no endpoint"),
        Ending::DoesNotStart => (Some(Severity::Error), "does not start"),
    }
}

/// What is told before the exchanges: fields with their prose.
fn before(prediction: &Prediction, sources: &Sources) -> Vec<(&'static str, String)> {
    let case = &prediction.likeliest;
    let note = match case.ending {
        Ending::NoEndpoint => Some("Nothing that was read answers it."),
        Ending::DoesNotStart => Some("The server does not start with its configuration."),
        Ending::Allowed | Ending::Refused(_) | Ending::Open => None,
    };
    let note = note.map(|note| ("note:", note.to_owned()));
    let help = prediction.help.iter().map(|help| ("help:", help.clone()));
    let endpoint = case.endpoint.iter().map(|endpoint| ("endpoint:", place(endpoint, sources)));
    note.into_iter().chain(help).chain(endpoint).collect()
}

/// What is told after them.
fn after(prediction: &Prediction) -> Vec<(&'static str, String)> {
    let case = &prediction.likeliest;
    let console = case.console.iter().map(|console| ("console:", console.clone()));
    let open = case.open.iter().map(|why| ("open:", why.clone()));
    let assumptions = case.assumptions.iter().map(|assumption| ("assuming:", assumption.clone()));
    let others = otherwise(prediction).into_iter().map(|line| ("otherwise:", line));
    let candidates = prediction.candidates.iter().take(OTHERS).map(|candidate| ("also:", also(candidate)));
    console.chain(open).chain(assumptions).chain(others).chain(candidates).collect()
}

/// A name, and where that is written.
fn place(label: &Label, sources: &Sources) -> String {
    let source = sources.get(label.location.source);
    let at = source.position(label.location.span.start);
    format!("{} ({}:{}:{})", label.text, source.name, at.line, at.column)
}

/// The other cases in short, those first that end otherwise.
fn otherwise(prediction: &Prediction) -> Vec<String> {
    let ends_so = |case: &&Case| case.ending == prediction.likeliest.ending;
    let (same, different): (Vec<&Case>, Vec<&Case>) = prediction.others.iter().partition(ends_so);
    let known = &prediction.likeliest.assumptions;
    let mut lines: Vec<String> = different.iter().take(OTHERS).map(|case| in_short(case, known)).collect();
    if let more @ 1.. = different.len().saturating_sub(OTHERS) {
        lines.push(format!("not so in {} more either; `--format json` tells all", counted(more, "case")));
    }
    if !same.is_empty() {
        lines.push(format!("the same in {}", counted(same.len(), "other case")));
    }
    lines
}

/// Another case: where it takes to be so what the likeliest does not, and how it ends.
fn in_short(case: &Case, known: &[String]) -> String {
    let assumptions = case.assumptions.iter().filter(|assumption| !known.contains(assumption));
    let condition = assumptions.map(String::as_str).collect::<Vec<_>>().join(" and ");
    let ends = match case.ending {
        Ending::Allowed => "allowed".to_owned(),
        Ending::Refused(reason) if case.actual.is_none() && case.preflight.is_some() => {
            format!("refused by the preflight, as {}", words(reason))
        }
        Ending::Refused(reason) => format!("refused, as {}", words(reason)),
        Ending::Open => "not known".to_owned(),
        Ending::NoEndpoint => "nothing answers it".to_owned(),
        Ending::DoesNotStart => "the server does not start".to_owned(),
    };
    format!("if {condition}: {ends}")
}

/// What else could have answered.
fn also(Candidate { endpoint, file }: &Candidate) -> String {
    match endpoint {
        Some(endpoint) => format!("{endpoint} could answer it (`--in {file}`)"),
        None => format!("{file} could answer it (`--in {file}`)"),
    }
}
