//! Single statements.

use super::condition::is_about_file;
use super::{Flow, Made, Run, Stop};
use crate::exchange::{StepKind, Value};
use crate::policy::{
    AddressRule, Answer, Errors, Expression, Forward, LayerId, Maker, Require, RequirementKind, Respond, Responder,
    Statement, Upstream,
};

impl<'p> Run<'p, '_> {
    pub(super) fn statement(&mut self, statement: &'p Statement) -> Result<Flow<'p>, Stop> {
        match statement {
            Statement::Assign { variable, value, location } => {
                let mut computed = self.compute(value)?;
                computed.via.push(*location);
                self.variables[variable.index()] = Some(computed);
            }
            Statement::When { condition, then, otherwise } => {
                let branch = if self.holds(condition)? { then } else { otherwise };
                return self.statements(branch);
            }
            Statement::SetPath { path, choose_again, location } => {
                self.set_path(path)?;
                self.choose_again = choose_again.then_some(*location);
            }
            Statement::Activate(block) => {
                self.leave(self.policy.block(*block).location);
                self.active = *block;
                self.step(StepKind::Activated(*block), self.policy.block(*block).location);
            }
            Statement::End => return Ok(Flow::End),
            Statement::Group(statements) => {
                let flow = self.statements(statements)?;
                return Ok(if matches!(flow, Flow::End) { Flow::Through } else { flow });
            }
            Statement::Shared(statements) => return self.statements(statements),
            Statement::Header(operation) => self.operate(operation)?,
            Statement::Respond(respond) => return self.respond(respond),
            Statement::Reroute(reroute) => return Ok(Flow::Reroute(reroute)),
            Statement::Shadowed { operation, by, perhaps_meant } => self.shadow(operation, *by, *perhaps_meant)?,
            Statement::Require(require) => return self.require(require),
            Statement::Forward(forward) => return self.forward(forward),
            Statement::UnknownEffect { effect, unknown } => self.unknown_effects.push((*effect, *unknown)),
        }
        Ok(Flow::Through)
    }

    /// The path becomes the value of `path`; what follows a `?` in it becomes the query.
    pub(super) fn set_path(&mut self, path: &'p Expression) -> Result<(), Stop> {
        match self.compute(path)?.value {
            Value::Unknown(unknown) => Err(Stop::Undetermined(unknown)),
            value => {
                let text = value.or_empty();
                match text.split_once('?') {
                    Some((path, query)) => {
                        path.clone_into(&mut self.path);
                        self.query = (!query.is_empty()).then(|| query.to_owned());
                    }
                    None => text.clone_into(&mut self.path),
                }
                Ok(())
            }
        }
    }

    fn respond(&mut self, respond: &'p Respond) -> Result<Flow<'p>, Stop> {
        self.step(StepKind::Responded, respond.location);
        let Some(status) = respond.status else { return Err(Stop::NoAnswer) };
        if let Some(target) = &respond.target {
            let value = self.compute(target)?.value;
            self.own_line(LayerId(0), "Location", value);
        }
        Ok(Flow::Answered(Made { status, maker: Maker::Server, may_be_taken_over: respond.as_error_page }))
    }

    fn require(&mut self, require: &'p Require) -> Result<Flow<'p>, Stop> {
        let mut failed: Option<(u16, _)> = None;
        for requirement in &require.of {
            let met = match &requirement.kind {
                RequirementKind::Address(rules) => self.address_may(rules),
                RequirementKind::Holds(condition) => self.holds(condition)?,
            };
            if met && require.any {
                return Ok(Flow::Through);
            }
            if !met {
                // Where one is enough, a challenge to log in beats a plain refusal
                // (nginx, ngx_http_core_access_phase: access_code).
                if failed.is_none_or(|(status, _)| status != 401) {
                    failed = Some((requirement.status, requirement.location));
                }
                if !require.any {
                    break;
                }
            }
        }
        let Some((status, location)) = failed else { return Ok(Flow::Through) };
        self.step(StepKind::Refused, location);
        if status == 401 {
            self.own_line(LayerId(0), "WWW-Authenticate", Value::Text("Basic".to_owned()));
        }
        Ok(Flow::Answered(Made { status, maker: Maker::Server, may_be_taken_over: true }))
    }

    fn address_may(&self, rules: &[AddressRule]) -> bool {
        let client = self.request.client;
        rules.iter().find(|rule| rule.network.is_none_or(|net| net.contains(client))).is_none_or(|rule| rule.allow)
    }

    fn forward(&mut self, forward: &'p Forward) -> Result<Flow<'p>, Stop> {
        let kind = if forward.to == Responder::Script { StepKind::Ran } else { StepKind::Forwarded };
        self.step(kind, forward.location);
        for cleared in &forward.clears {
            self.layer(*cleared).clear();
        }
        if let (Answer::Unreachable(status), true) = (self.answer, self.first_hop())
            && matches!(forward.to, Responder::Application | Responder::Upstream(_) | Responder::Site { .. })
        {
            return Ok(Flow::Answered(Made { status, maker: Maker::Server, may_be_taken_over: true }));
        }
        let made = match &forward.to {
            Responder::Script if self.answer == Answer::Missing && self.asks_for_original() => {
                Made { status: 404, maker: Maker::Server, may_be_taken_over: true }
            }
            Responder::Handler => {
                let status = match self.answer {
                    Answer::Status(status) => status,
                    Answer::Missing => 404,
                    Answer::Unreachable(_) => 200,
                };
                self.application_made(forward, status)
            }
            Responder::Upstream(id) => match self.policy.upstream(*id) {
                upstream @ Upstream { backend: Some(backend), .. } => self.backend(forward, upstream, backend)?,
                _ => self.application(forward),
            },
            Responder::Application | Responder::Script => self.application(forward),
            Responder::File { methods, looks_first, never_looks } => self.file(methods, looks_first, never_looks),
            Responder::Site { host, port, path } => self.next_site(forward, host, *port, path)?,
        };
        Ok(Flow::Answered(made))
    }

    fn application(&mut self, forward: &'p Forward) -> Made {
        let status = self.application_status();
        let made = self.application_made(forward, status);
        if made.maker == Maker::Application && status == 405 && !hides(forward, "allow") {
            let allow = Value::Text("GET, HEAD, PUT, POST, DELETE".to_owned());
            self.own_line(forward.layer, "Allow", allow);
        }
        made
    }

    /// The answer that an application made, or the server instead of it.
    pub(super) fn application_made(&mut self, forward: &'p Forward, status: u16) -> Made {
        match &forward.errors {
            Errors::Remade(statuses, location) if statuses.contains(status) => {
                self.step(StepKind::Responded, *location);
                self.layer(forward.layer).retain(|line| !line.handed_on);
                Made { status, maker: Maker::Server, may_be_taken_over: true }
            }
            Errors::TakenOver => Made { status, maker: Maker::Application, may_be_taken_over: true },
            Errors::Remade(..) | Errors::HandedOn => {
                Made { status, maker: Maker::Application, may_be_taken_over: false }
            }
        }
    }

    fn file(&self, methods: &[String], looks_first: &[String], never_looks: &[String]) -> Made {
        let about_file = match self.answer {
            Answer::Status(status) if is_about_file(status) => Some(status),
            _ => None,
        };
        let exists = !self.asks_for_original()
            || about_file.is_some()
            || matches!(self.answer, Answer::Unreachable(_))
            || matches!(self.answer, Answer::Status(status) if status < 400);
        let status = match (methods.contains(&self.method), exists) {
            _ if never_looks.contains(&self.method) => 200,
            (true, true) => about_file.unwrap_or_else(|| self.conditional_status()),
            (true, false) => 404,
            (false, false) if looks_first.contains(&self.method) => 404,
            (false, _) => 405,
        };
        let maker = if status < 400 { Maker::File } else { Maker::Server };
        Made { status, maker, may_be_taken_over: true }
    }

    /// The status of a file that is there (RFC 9110 sections 13.1.2 and 14.2).
    fn conditional_status(&self) -> u16 {
        let is_read = matches!(self.method.as_str(), "GET" | "HEAD");
        match (self.request.header("if-none-match"), self.request.header("range")) {
            (Some("*"), _) if is_read => 304,
            (None, Some(range)) if self.method == "GET" && range.starts_with("bytes=0-") => 206,
            _ => 200,
        }
    }

    /// Whether the path is still the one that was asked for. What the answer says of files is about that one; pages
    /// and scripts that stand in for it are taken to be there.
    pub(super) fn asks_for_original(&self) -> bool {
        self.path == self.original_path
    }

    /// An application knows nothing of CORS: it answers OPTIONS with 405, unless it fails altogether or is said to answer
    /// otherwise.
    fn application_status(&self) -> u16 {
        match self.answer {
            Answer::Status(200) if self.method == "OPTIONS" => 405,
            Answer::Status(status) => status,
            Answer::Missing if self.first_hop() => 404,
            Answer::Missing | Answer::Unreachable(_) if self.method == "OPTIONS" => 405,
            Answer::Missing | Answer::Unreachable(_) => 200,
        }
    }
}

pub(super) fn hides(forward: &Forward, name: &str) -> bool {
    forward.hides.iter().any(|hidden| hidden.eq_ignore_ascii_case(name))
}
