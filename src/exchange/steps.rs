//! The way of Allow-Origin through a configuration, step by step.

use super::{HeaderLine, Lost, Response, StepKind};
use crate::finding::Label;
use crate::policy::Maker;
use crate::source::Location;

/// The header whose way it is.
const ALLOW_ORIGIN: &str = "access-control-allow-origin";

/// How many steps are told; of more, the first and the last.
const MOST_STEPS: usize = 20;

/// From where a value is set to where it is sent or dropped, in the order in which the server goes.
pub(super) fn steps(response: &Response) -> Vec<Label> {
    let is_it = |name: &str| name.eq_ignore_ascii_case(ALLOW_ORIGIN);
    let sent: Vec<&HeaderLine> = response.headers.iter().filter(|line| is_it(&line.name)).collect();
    // What is written for the place that was left, and for the one that answers as well, does not get lost.
    let is_sent = |lost: &Lost| sent.iter().any(|line| line.written.is_some() && line.written == lost.line.written);
    let lost: Vec<&Lost> = response.lost.iter().filter(|lost| is_it(&lost.line.name) && !is_sent(lost)).collect();
    let mut way = Way::default();
    for lost in &lost {
        way.value(&lost.line);
        way.line(&lost.line);
    }
    for line in &sent {
        way.value(line);
    }
    for (number, step) in response.trail.iter().enumerate() {
        sent.iter().filter(|line| line.at == number).for_each(|line| way.line(line));
        // What activates a block, or sends a request elsewhere, is what drops the headers of the place that is left.
        let drops = lost.iter().any(|lost| lost.by == step.location);
        let is_last = number + 1 == response.trail.len();
        way.push(step.location, if drops { DROPS } else { phrase(step.kind, is_last.then_some(response.maker)) });
    }
    for lost in lost.iter().filter(|lost| !response.trail.iter().any(|step| step.location == lost.by)) {
        way.push(lost.by, DROPS);
    }
    for unsent in response.unsent.iter().filter(|unsent| is_it(&unsent.name)) {
        way.push(unsent.written.directive, "sends no Allow-Origin, since its value is empty");
    }
    sent.iter().filter(|line| line.at >= response.trail.len()).for_each(|line| way.line(line));
    way.bounded()
}

const DROPS: &str = "drops Allow-Origin";

#[derive(Default)]
struct Way {
    steps: Vec<Label>,
}

impl Way {
    /// What gave a line its value.
    fn value(&mut self, line: &HeaderLine) {
        line.via.iter().for_each(|location| self.push(*location, "gives the value of Allow-Origin"));
    }

    /// What wrote a line.
    fn line(&mut self, line: &HeaderLine) {
        if let Some(written) = line.written {
            self.push(written.directive, "writes Allow-Origin");
        }
    }

    /// Of one place twice in a row, the latter says what came of it.
    fn push(&mut self, location: Location, text: &str) {
        let label = Label { location, text: text.to_owned() };
        match self.steps.last_mut().filter(|last| last.location == location) {
            Some(last) => *last = label,
            None => self.steps.push(label),
        }
    }

    fn bounded(mut self) -> Vec<Label> {
        if self.steps.len() > MOST_STEPS {
            let end = self.steps.len() - MOST_STEPS / 2;
            self.steps.drain(MOST_STEPS / 2..end);
        }
        self.steps
    }
}

/// What a step does; `maker`: whose the answer is that it ends with.
fn phrase(kind: StepKind, maker: Option<Maker>) -> &'static str {
    match (kind, maker) {
        (StepKind::Activated(_), _) => "takes over",
        (StepKind::Rerouted, _) => "sends the request on",
        (StepKind::Refused, _) => "refuses the request",
        (StepKind::Ran, _) => "runs the script",
        (StepKind::Forwarded, Some(Maker::Application)) => "the application answers",
        (StepKind::Forwarded, Some(Maker::File)) => "the file is sent",
        (StepKind::Forwarded, _) => "passes the request on",
        (StepKind::Responded, _) => "the server answers",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceId, Span};

    fn at(offset: usize) -> Location {
        Location { source: SourceId(0), span: Span::new(offset, offset + 1) }
    }

    #[test]
    fn a_place_is_told_once_in_a_row_by_what_came_of_it() {
        let mut way = Way::default();
        way.push(at(1), "takes over");
        way.push(at(1), DROPS);
        way.push(at(2), "the server answers");
        way.push(at(1), DROPS);
        let told: Vec<_> = way.bounded().into_iter().map(|step| (step.location.span.start, step.text)).collect();
        assert_eq!(told, [(1, DROPS.to_owned()), (2, "the server answers".to_owned()), (1, DROPS.to_owned())]);
    }

    #[test]
    fn of_a_long_way_the_first_and_the_last_steps_are_told() {
        let mut way = Way::default();
        (0..100).for_each(|offset| way.push(at(offset), "sends the request on"));
        let told: Vec<u32> = way.bounded().iter().map(|step| step.location.span.start).collect();
        assert_eq!(told, (0..10).chain(90..100).collect::<Vec<_>>());
    }
}
