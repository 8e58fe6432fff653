//! `error_page`: what takes an answer over.
//!
//! Source: `ngx_http_special_response.c` (`ngx_http_special_response_handler`, `ngx_http_send_error_page`).

use std::borrow::Cow;

use crate::link::Item;
use crate::policy::{Condition, Expression, Reroute, Respond, Statement, StatusAfter, Statuses, Target};
use crate::source::Location;

use super::{Lowering, head};

/// One `error_page` line.
#[derive(Debug, Clone)]
pub(super) struct ErrorPage {
    statuses: Vec<u16>,
    status_after: StatusAfter,
    target: PageTarget,
    location: Location,
}

#[derive(Debug, Clone)]
enum PageTarget {
    Path(Expression),
    Named(String),
    Elsewhere(Expression),
}

impl ErrorPage {
    /// Reads the directive; `None` for others and for one that nginx does not take.
    pub(super) fn read(lowering: &mut Lowering, item: &Item<'_>) -> Option<Self> {
        if !item.directive.is("error_page") {
            return None;
        }
        let (target, before) = item.directive.arguments.split_last()?;
        let (status_after, codes) = match before.split_last() {
            Some((word, codes)) if word.value.starts_with('=') => match &word.value[1..] {
                "" => (StatusAfter::Target, codes),
                status => (StatusAfter::Fixed(status.parse().ok()?), codes),
            },
            _ => (StatusAfter::Kept, before),
        };
        let statuses = codes.iter().filter_map(|word| word.value.parse().ok()).collect();
        let value = lowering.expression(item, target);
        let target = match target.value.as_str() {
            name if name.starts_with('@') => PageTarget::Named(name.to_owned()),
            // `$uri` and the like begin with a slash when they are looked at; a scheme does not.
            path if path.starts_with('/') || path.starts_with('$') && !path.starts_with("$scheme") => {
                PageTarget::Path(value)
            }
            _ => PageTarget::Elsewhere(value),
        };
        Some(Self { statuses, status_after, target, location: head(item) })
    }

    /// The statement of the takeover phase.
    pub(super) fn statement(&self) -> Statement {
        let location = self.location;
        let then = match &self.target {
            PageTarget::Elsewhere(url) => {
                // ngx_http_send_error_page: 302 unless the given status is a redirect's.
                let status = match self.status_after {
                    StatusAfter::Fixed(status @ (301 | 302 | 303 | 307 | 308)) => status,
                    _ => 302,
                };
                let target = Some(url.clone());
                Statement::Respond(Respond { status: Some(status), target, as_error_page: false, location })
            }
            PageTarget::Named(name) => self.reroute(Target::Named(name.clone()), false),
            PageTarget::Path(path) => self.reroute(Target::Path { path: path.clone(), site_again: true }, true),
        };
        let condition = Condition::Status(Statuses::Only(Cow::Owned(self.statuses.clone())));
        Statement::When { condition, then: vec![then], otherwise: Vec::new() }
    }

    /// To a path the method becomes GET; to a named location it stays.
    fn reroute(&self, target: Target, as_get: bool) -> Statement {
        Statement::Reroute(Reroute {
            target,
            as_get,
            status: self.status_after,
            first: Vec::new(),
            location: self.location,
        })
    }
}
