//! An origin that may read the success answer cannot read an error answer of the same endpoint.

use super::draft::{Draft, Drafts};
use crate::exchange::{Exchange, Kind, Observation, StepKind, Value};
use crate::finding::Severity;
use crate::policy::Maker;
use crate::source::Location;

pub(super) fn check(observed: &Observation<'_>, drafts: &mut Drafts) {
    let Some((success, error)) =
        observed.readable().find_map(|exchange| Some((exchange, unreadable(observed, exchange)?)))
    else {
        return;
    };
    let Some(primary) = success.response.allow_origin_directive() else { return };
    let status = error.response.status;
    let message = format!(
        "A page that may read the answers of `{}` cannot read its errors: a {status} comes without Allow-Origin.",
        observed.endpoint_name()
    );
    drafts.push(draft(success, error, primary, message).proof(error).proof(success));
}

/// A finding about an error answer at the directive that writes Allow-Origin on the success answer.
pub(super) fn draft(success: &Exchange<'_>, error: &Exchange<'_>, primary: Location, message: String) -> Draft {
    let taken_over = error
        .response
        .last_step(|kind| kind == StepKind::Rerouted)
        .filter(|_| success.response.block != error.response.block);
    let refused = error.response.last_step(|kind| kind == StepKind::Refused);
    let by_server = error.response.maker == Maker::Server;
    let remade = error.response.last_step(|kind| kind == StepKind::Responded).filter(|_| by_server);
    Draft::new(Severity::Warning, primary, message)
        .saying("not sent with errors")
        .label(taken_over, "the error goes on here, where the header is not")
        .label(refused, "answers before the application does")
        .label(remade, "makes the server answer itself")
}

/// Whether a page cannot read an error for want of Allow-Origin.
pub(super) fn lacks_origin(error: &Exchange<'_>) -> bool {
    error.response.status >= 400 && error.allow_origin() == Value::Absent && error.has_certain_headers()
}

/// An error answer to the same origin that it cannot read for want of Allow-Origin.
fn unreadable<'o, 'p>(observed: &'o Observation<'p>, success: &Exchange<'p>) -> Option<&'o Exchange<'p>> {
    let same_place = |error: &&Exchange<'_>| {
        std::ptr::eq(error.origin, success.origin) && error.request.path == success.request.path
    };
    let passes = observed.same_origin(success, Kind::Preflight).is_some_and(Exchange::is_allowed);
    // A page that lacks what is asked for, and cannot send it either, gets nowhere anyway.
    let is_error = |kind: Kind| kind != Kind::Refused || passes || !observed.probes.asks_for_headers();
    let is_error =
        |kind: Kind| is_error(kind) && matches!(kind, Kind::ApplicationError(_) | Kind::Refused | Kind::Missing);
    let mut errors = observed.exchanges.iter().filter(|error| is_error(error.kind)).filter(same_place);
    errors.find(|error| lacks_origin(error))
}
