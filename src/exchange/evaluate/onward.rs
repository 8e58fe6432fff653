//! Handing a request on to another server, and its answer back.

use super::statement::hides;
use super::{MOST_HOPS, Made, Run, Stop, select};
use crate::exchange::{Outcome, Request, Response, Value};
use crate::policy::{Backend, Expression, Forward, Maker, Policy, SiteId, UnknownId, Upstream};

/// How far the unknowns of a policy stand behind their own place among those of the policy that hands on to it.
#[derive(Clone, Copy)]
struct From(u32);

impl<'p> Run<'p, '_> {
    /// Sends the request on to another site of the policy and takes over the header lines of its answer.
    pub(super) fn next_site(
        &mut self,
        forward: &'p Forward,
        host: &'p Expression,
        port: u16,
        path: &'p Expression,
    ) -> Result<Made, Stop> {
        let mut request = self.onward(host, path)?;
        request.port = Some(port);
        let site = select::site(self.policy, &request);
        let outcome = self.send(self.policy, site, &request, From(0));
        self.hand_back(forward, outcome, From(0))
    }

    /// Sends the request on to an application, and takes over the header lines of its answer.
    pub(super) fn backend(
        &mut self,
        forward: &'p Forward,
        upstream: &'p Upstream,
        backend: &'p Backend,
    ) -> Result<Made, Stop> {
        let mut request = self.onward(&upstream.host, &upstream.path)?;
        for (name, value) in &upstream.sets {
            let value = match self.compute(value)?.value {
                Value::Unknown(unknown) => return Err(Stop::Undetermined(unknown)),
                value => value.or_empty().to_owned(),
            };
            request.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            if !value.is_empty() {
                request.headers.push((name.clone(), value));
            }
        }
        let from = From(backend.unknowns_from);
        let outcome = self.send(&backend.policy, Some(backend.site), &request, from);
        self.hand_back(forward, outcome, from)
    }

    /// The request as another server gets it.
    fn onward(&mut self, host: &'p Expression, path: &'p Expression) -> Result<Request, Stop> {
        let host = self.compute(host)?.value;
        // What an endpoint is for is only replaced in the path that led there (nginx: `valid_location`).
        let replaces = |part: &Expression| matches!(part, Expression::PathFrom(_));
        let is_rewritten = self.path != self.path_here
            && matches!(path, Expression::Concatenation(parts) if parts.iter().any(replaces));
        let path = match self.compute(if is_rewritten { &Expression::Path } else { path })?.value {
            Value::Unknown(unknown) => return Err(Stop::Undetermined(unknown)),
            path => path.or_empty().to_owned(),
        };
        let mut request = self.request.clone();
        host.or_empty().clone_into(&mut request.host);
        request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("host"));
        request.method.clone_from(&self.method);
        request.query.clone_from(&self.query);
        // A target that is put together may bring its own query.
        match path.split_once('?') {
            Some((path, query)) => (request.path, request.query) = (path.to_owned(), Some(query.to_owned())),
            None => request.path = path,
        }
        Ok(request)
    }

    fn send(&mut self, policy: &Policy, site: Option<SiteId>, request: &Request, from: From) -> Outcome {
        let Some(site) = site.filter(|_| self.depth < MOST_HOPS) else { return Outcome::NoEndpoint };
        let mut run = Run::new(policy, request, self.answer, self.world, site);
        run.depth = self.depth + 1;
        run.unknowns_from = self.unknowns_from + from.0;
        run.outcome(None)
    }

    fn hand_back(&mut self, forward: &'p Forward, outcome: Outcome, from: From) -> Result<Made, Stop> {
        let own = |unknown: UnknownId| UnknownId(unknown.0 + from.0);
        match outcome {
            Outcome::Answered(response) => {
                let Response { headers, unknown_effects, status, .. } = *response;
                let at = self.trail.len();
                let received = headers.into_iter().map(|mut line| {
                    line.handed_on = true;
                    line.at = at;
                    if let Value::Unknown(unknown) = &mut line.value {
                        *unknown = own(*unknown);
                    }
                    line
                });
                self.upstream = received.collect();
                let kept: Vec<_> = self.upstream.iter().filter(|line| !hides(forward, &line.name)).cloned().collect();
                self.layer(forward.layer).extend(kept);
                self.unknown_effects
                    .extend(unknown_effects.into_iter().map(|(effect, unknown)| (effect, own(unknown))));
                Ok(self.application_made(forward, status))
            }
            Outcome::Undetermined(unknown) => Err(Stop::Undetermined(own(unknown))),
            // The connection is closed or refused: a bad gateway.
            Outcome::NoAnswer | Outcome::NoEndpoint => {
                Ok(Made { status: 502, maker: Maker::Server, may_be_taken_over: true })
            }
        }
    }
}
