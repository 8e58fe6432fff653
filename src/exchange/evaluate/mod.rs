//! Runs a policy on a request.

mod condition;
mod expression;
mod headers;
mod loss;
mod onward;
mod path;
mod select;
mod statement;
mod wire;

use crate::policy::{
    Answer, BlockId, Effect, EndpointId, Expression, LayerId, Maker, PathMatcher, Policy, Program, Reroute, SiteId,
    Statement, StatusAfter, Target, UnknownId,
};
use crate::source::Location;

use self::expression::Computed;
pub(super) use self::path::normalize;
use super::{HeaderLine, Lost, Outcome, Request, Response, Step, StepKind, Unsent, Value, World};

/// How often a request may go on in another endpoint (nginx: `NGX_HTTP_MAX_URI_CHANGES`; httpd: `LimitInternalRecursion`).
const MOST_HOPS: usize = 10;

/// Where a request enters the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Where its host and port lead.
    ByHost,
    /// This site.
    Site(SiteId),
    /// This endpoint, whatever its path says.
    Endpoint(EndpointId),
}

/// What the policy answers to `request` when the application behind it answers `answer`, in `world`.
#[must_use]
pub fn evaluate(policy: &Policy, entry: Entry, request: &Request, answer: Answer, world: &mut World) -> Outcome {
    let site = match entry {
        Entry::ByHost => select::site(policy, request),
        Entry::Site(site) => Some(site),
        Entry::Endpoint(endpoint) => Some(policy.endpoint(endpoint).site),
    };
    let Some(site) = site else { return Outcome::NoEndpoint };
    let forced = match entry {
        Entry::Endpoint(endpoint) => Some(endpoint),
        _ => None,
    };
    let mut run = Run::new(policy, request, answer, world, site);
    run.outcome(forced)
}

/// Why a run ends early.
enum Stop {
    /// A decision hangs on this, and it differs between requests.
    Undetermined(UnknownId),
    /// There will be no answer.
    NoAnswer,
}

/// How control leaves a list of statements.
#[derive(Clone, Copy)]
enum Flow<'p> {
    /// At its end.
    Through,
    /// The group or phase is over.
    End,
    /// There is an answer.
    Answered(Made),
    /// Another endpoint goes on.
    Reroute(&'p Reroute),
}

/// An answer before its headers are worked on.
#[derive(Clone, Copy)]
struct Made {
    status: u16,
    maker: Maker,
    may_be_taken_over: bool,
}

/// Where a request goes next.
enum Next {
    /// Through the site's route phase, then to the endpoint of the path.
    Site,
    /// To the endpoint of the path.
    Path,
    /// To this endpoint.
    Endpoint(EndpointId),
}

/// One request's way through a policy.
struct Run<'p, 'w> {
    policy: &'p Policy,
    request: &'p Request,
    answer: Answer,
    world: &'w mut World,
    site: SiteId,
    endpoint: Option<EndpointId>,
    /// How many sites have handed the request on.
    depth: usize,
    /// How far the world knows the unknowns of the policy behind their own place.
    unknowns_from: u32,
    method: String,
    original_path: String,
    path: String,
    /// The path that led to the endpoint.
    path_here: String,
    query: Option<String>,
    /// What makes that the endpoint is chosen anew.
    choose_again: Option<Location>,
    active: BlockId,
    variables: Vec<Option<Computed>>,
    computing: Vec<bool>,
    captures: Vec<Option<String>>,
    layers: Vec<Vec<HeaderLine>>,
    /// What another server answered with, hidden lines too.
    upstream: Vec<HeaderLine>,
    made: Option<Made>,
    forced_status: Option<u16>,
    /// Whether an application that answers now stands in for another answer, with a status of its own.
    stands_in: bool,
    taken_over: bool,
    trail: Vec<Step>,
    unknown_effects: Vec<(Effect, UnknownId)>,
    left: Vec<loss::Left<'p>>,
    lost: Vec<Lost>,
    unsent: Vec<Unsent>,
}

impl<'p, 'w> Run<'p, 'w> {
    fn new(policy: &'p Policy, request: &'p Request, answer: Answer, world: &'w mut World, site: SiteId) -> Self {
        let path = if policy.normalizes_paths { normalize(&request.path) } else { request.path.clone() };
        Self {
            policy,
            request,
            answer,
            world,
            site,
            endpoint: None,
            depth: 0,
            unknowns_from: 0,
            method: request.method.clone(),
            original_path: path.clone(),
            path_here: path.clone(),
            path,
            query: request.query.clone(),
            choose_again: None,
            active: policy.site(site).block,
            variables: vec![None; policy.variables.len()],
            computing: vec![false; policy.variables.len()],
            captures: Vec::new(),
            layers: vec![Vec::new(); policy.layers.len()],
            upstream: Vec::new(),
            made: None,
            forced_status: None,
            stands_in: false,
            taken_over: false,
            trail: Vec::new(),
            unknown_effects: Vec::new(),
            left: Vec::new(),
            lost: Vec::new(),
            unsent: Vec::new(),
        }
    }

    fn outcome(&mut self, forced: Option<EndpointId>) -> Outcome {
        match self.serve(forced) {
            Ok(outcome) => outcome,
            Err(Stop::Undetermined(unknown)) => Outcome::Undetermined(unknown),
            Err(Stop::NoAnswer) => Outcome::NoAnswer,
        }
    }

    fn serve(&mut self, mut forced: Option<EndpointId>) -> Result<Outcome, Stop> {
        let policy = self.policy;
        self.bind_host_captures();
        let mut next = Next::Site;
        for _ in 0..=MOST_HOPS {
            if matches!(next, Next::Site) {
                let site = policy.site(self.site);
                self.endpoint = None;
                self.active = site.block;
                let flow = self.statements(&site.program.route)?;
                self.choose_again = None;
                match self.settle(flow, &site.program)? {
                    Settled::Next(to) => {
                        next = to;
                        continue;
                    }
                    Settled::Done => return self.finish(&site.program),
                    Settled::GoOn => {}
                }
            }
            let endpoint = match next {
                Next::Endpoint(endpoint) => endpoint,
                Next::Site | Next::Path => {
                    match forced.take().map_or_else(|| self.select_endpoint(), |e| Ok(Some(e)))? {
                        Some(endpoint) => endpoint,
                        None => return Ok(Outcome::NoEndpoint),
                    }
                }
            };
            match self.visit(endpoint)? {
                Settled::Next(to) => next = to,
                Settled::Done | Settled::GoOn => return self.finish(&policy.endpoint(endpoint).program),
            }
        }
        // Round in circles: nginx answers 500 after ten turns, without asking any error_page again.
        self.made = Some(Made { status: 500, maker: Maker::Server, may_be_taken_over: false });
        let program = self.endpoint.map_or(&policy.site(self.site).program, |e| &policy.endpoint(e).program);
        self.finish(program)
    }

    /// Runs the phases of an endpoint up to an answer.
    fn visit(&mut self, id: EndpointId) -> Result<Settled, Stop> {
        let endpoint = self.policy.endpoint(id);
        let program = &endpoint.program;
        self.endpoint = Some(id);
        self.path.clone_into(&mut self.path_here);
        self.active = endpoint.block;
        self.made = None;
        // Nobody outside gets to an internal endpoint by its path (nginx: `internal`).
        if endpoint.internal && self.first_hop() && !matches!(endpoint.path, PathMatcher::Named(_)) {
            let made = Made { status: 404, maker: Maker::Server, may_be_taken_over: true };
            return self.settle(Flow::Answered(made), program);
        }
        let flow = self.statements(&program.rewrite)?;
        if let (Flow::Through | Flow::End, Some(by)) = (&flow, self.choose_again.take()) {
            self.leave(by);
            self.step(StepKind::Rerouted, by);
            return Ok(Settled::Next(Next::Path));
        }
        let mut settled = self.settle(flow, program)?;
        for phase in [&program.access, &program.content] {
            if matches!(settled, Settled::GoOn) {
                let flow = self.statements(phase)?;
                settled = self.settle(flow, program)?;
            }
        }
        if matches!(settled, Settled::GoOn) {
            // Nothing answers: a server has no content for it.
            let made = Made { status: 404, maker: Maker::Server, may_be_taken_over: true };
            settled = self.settle(Flow::Answered(made), program)?;
        }
        Ok(settled)
    }

    /// What follows from the way a phase ended.
    fn settle(&mut self, flow: Flow<'p>, program: &'p Program) -> Result<Settled, Stop> {
        match flow {
            Flow::Through | Flow::End => Ok(Settled::GoOn),
            Flow::Reroute(reroute) => Ok(Settled::Next(self.reroute(reroute)?)),
            Flow::Answered(made) => {
                self.made = Some(made);
                if made.maker == Maker::Server && made.may_be_taken_over {
                    self.forced_status = None;
                }
                if made.may_be_taken_over && (!self.taken_over || program.takes_over_again) {
                    match self.statements(&program.takeover)? {
                        Flow::Reroute(reroute) => {
                            self.taken_over = true;
                            return Ok(Settled::Next(self.reroute(reroute)?));
                        }
                        Flow::Answered(other) => {
                            self.taken_over = true;
                            self.made = Some(other);
                        }
                        Flow::Through | Flow::End => {}
                    }
                }
                Ok(Settled::Done)
            }
        }
    }

    fn reroute(&mut self, reroute: &'p Reroute) -> Result<Next, Stop> {
        let by = self.reroutes(reroute)?;
        self.leave_for(reroute, by);
        self.step(StepKind::Rerouted, by);
        self.statements(&reroute.first)?;
        // What the first answer would have carried of itself goes with it.
        self.layers.iter_mut().for_each(|lines| lines.retain(|line| line.written.is_some() && !line.handed_on));
        let next = match &reroute.target {
            Target::Endpoint(endpoint) => Next::Endpoint(*endpoint),
            Target::Named(name) => {
                let routes = &self.policy.site(self.site).routes;
                match routes.named.iter().find(|(n, _)| n == name) {
                    Some((_, endpoint)) => Next::Endpoint(*endpoint),
                    None => return Err(Stop::NoAnswer),
                }
            }
            Target::Path { path, site_again } => {
                self.set_path(path)?;
                if *site_again { Next::Site } else { Next::Path }
            }
        };
        match reroute.status {
            StatusAfter::Target => {}
            StatusAfter::Kept => self.forced_status = self.made.map(|made| made.status),
            StatusAfter::Fixed(status) => self.forced_status = Some(status),
            StatusAfter::KeptByFiles => {
                self.forced_status = self.made.map(|made| made.status);
                self.stands_in = true;
                self.answer = Answer::Status(200);
            }
        }
        if reroute.as_get && self.method != "HEAD" {
            "GET".clone_into(&mut self.method);
        }
        Ok(next)
    }

    /// What makes a request go on elsewhere: what gave the path, where that did not stand in the reroute itself.
    fn reroutes(&mut self, reroute: &'p Reroute) -> Result<Location, Stop> {
        match &reroute.target {
            Target::Path { path: path @ Expression::Variable(_), .. } => {
                Ok(self.compute(path)?.via.last().copied().unwrap_or(reroute.location))
            }
            _ => Ok(reroute.location),
        }
    }

    /// Works on the headers of the answer there is and hands it out.
    fn finish(&mut self, program: &'p Program) -> Result<Outcome, Stop> {
        if let (Some(made), Some(status)) = (&mut self.made, self.forced_status)
            && !(self.stands_in && made.maker == Maker::Application)
        {
            made.status = status;
        }
        self.statements(&program.headers)?;
        let lines = self.layers.drain(..).flatten().flat_map(wire::as_received).collect();
        self.account_for_losses()?;
        let Some(made) = self.made else { return Err(Stop::NoAnswer) };
        Ok(Outcome::Answered(Box::new(Response {
            status: made.status,
            maker: made.maker,
            headers: lines,
            endpoint: self.endpoint,
            block: self.active,
            trail: std::mem::take(&mut self.trail),
            unknown_effects: std::mem::take(&mut self.unknown_effects),
            lost: std::mem::take(&mut self.lost),
            unsent: std::mem::take(&mut self.unsent),
        })))
    }

    /// Sends a line of the server's or the application's own.
    fn own_line(&mut self, layer: LayerId, name: &str, value: Value) {
        let at = self.trail.len();
        if let Some(lines) = self.layers.get_mut(layer.index()) {
            let name = name.to_owned();
            lines.push(HeaderLine { name, value, written: None, via: Vec::new(), at, handed_on: false });
        }
    }

    fn first_hop(&self) -> bool {
        !self.trail.iter().any(|step| step.kind == StepKind::Rerouted)
    }

    fn step(&mut self, kind: StepKind, location: Location) {
        self.trail.push(Step { kind, location });
    }

    fn statements(&mut self, statements: &'p [Statement]) -> Result<Flow<'p>, Stop> {
        for statement in statements {
            match self.statement(statement)? {
                Flow::Through => {}
                other => return Ok(other),
            }
        }
        Ok(Flow::Through)
    }
}

/// What a phase led to.
enum Settled {
    /// The next phase.
    GoOn,
    /// Another endpoint.
    Next(Next),
    /// An answer.
    Done,
}
