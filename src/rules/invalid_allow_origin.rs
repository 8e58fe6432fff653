//! Allow-Origin is neither `*`, nor `null`, nor one origin as browsers write it: no page ever matches it.

use super::draft::{ALLOW_ORIGIN, Draft, Drafts};
use crate::exchange::origin::{Origin, is_serialized_origin};
use crate::exchange::{Exchange, Kind, Observation};
use crate::finding::Severity;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    // Where those who are meant get a value that works, an odd one for the others refuses them as well as none.
    let mut trusted = observed.of_kind(Kind::Success).filter(|exchange| observed.is_trusted(exchange)).peekable();
    let works = trusted.peek().is_some() && trusted.all(Exchange::is_allowed);
    let severity = if works { Severity::Warning } else { Severity::Error };
    for exchange in &observed.exchanges {
        let Some(from) = exchange.from() else { continue };
        for line in exchange.response.lines(ALLOW_ORIGIN) {
            let (Some(value), Some(written)) = (line.value.text(), line.written) else { continue };
            if value == from || is_serialized_origin(value) {
                continue;
            }
            let place = written.value;
            if drafts.iter().any(|draft| draft.primary.location == place) {
                continue;
            }
            let Err(fault) = Origin::parse(value) else { continue };
            let message = format!("No browser accepts `{value}` as Allow-Origin: it {fault}.");
            let mut draft = Draft::new(severity, place, message).saying("matches no origin");
            for via in &line.via {
                draft = draft.label(Some(*via), "the value comes from here");
            }
            drafts.push(draft.proof(exchange));
        }
    }
}
