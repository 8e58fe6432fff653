//! Expressions.

use super::{Run, Stop};
use crate::exchange::{HeaderLine, Value};
use crate::policy::{Expression, LayerId, PatternId, Switch, VariableId};
use crate::source::Location;

/// Bytes that a computed string may have.
const LONGEST_VALUE: usize = 16 * 1024;

/// What a request with a login carries, where it is not said how it does.
const SOME_LOGIN: &str = "Basic dXNlcjpwYXNzd29yZA==";

/// A value and the lines it came by.
#[derive(Debug, Clone)]
pub(super) struct Computed {
    pub(super) value: Value,
    pub(super) via: Vec<Location>,
}

impl Computed {
    fn plain(value: Value) -> Self {
        Self { value, via: Vec::new() }
    }
}

impl<'p> Run<'p, '_> {
    pub(super) fn compute(&mut self, expression: &'p Expression) -> Result<Computed, Stop> {
        let value = match expression {
            Expression::Concatenation(parts) => return self.concatenate(parts),
            Expression::Variable(variable) => return self.variable(*variable),
            Expression::Switch(switch) => return self.switch(switch),
            Expression::LastName(inner) => {
                return self.changed(inner, |path| path.rsplit('/').next().unwrap_or_default().to_owned());
            }
            Expression::Lowercase(inner) => return self.changed(inner, str::to_ascii_lowercase),
            Expression::Found { subject, pattern, group } => return self.found(subject, *pattern, *group),
            Expression::Literal(text) => Value::Text(text.clone()),
            Expression::RequestHeader(name) => self.request_header(name),
            Expression::Cookie(name) => self.cookie(name),
            Expression::ResponseHeader(name) => self.sent_header(name),
            Expression::UpstreamHeader(name) => first(&self.upstream, name),
            Expression::ClientAddress => Value::Text(self.request.client.to_string()),
            Expression::Method => Value::Text(self.method.clone()),
            Expression::Scheme => Value::Text(self.scheme().to_owned()),
            Expression::Host => Value::Text(self.request.host.to_ascii_lowercase()),
            Expression::Path => Value::Text(self.path.clone()),
            Expression::PathFrom(start) => text(self.path.get(*start..)),
            Expression::RequestTarget => Value::Text(self.request.target()),
            Expression::Query(None) => text(self.query.as_deref()),
            Expression::Query(Some(name)) => self.argument(name),
            Expression::Status => self.made.map_or(Value::Absent, |made| Value::Text(made.status.to_string())),
            Expression::Capture(group) => text(self.captures.get(*group).and_then(Option::as_deref)),
            Expression::Unknown(unknown) => Value::Unknown(*unknown),
        };
        Ok(Computed::plain(value))
    }

    /// What a group of a pattern captures in a text.
    fn found(&mut self, subject: &'p Expression, pattern: PatternId, group: usize) -> Result<Computed, Stop> {
        let mut computed = self.compute(subject)?;
        let compiled = self.policy.pattern(pattern);
        computed.value = match computed.value {
            Value::Text(text) => match compiled.captures(&text) {
                Ok(captures) => captures
                    .and_then(|mut captures| captures.get_mut(group).and_then(Option::take))
                    .map_or(Value::Absent, Value::Text),
                Err(_) => Value::Unknown(compiled.unknown),
            },
            other => other,
        };
        Ok(computed)
    }

    /// The value of an expression with its text changed.
    fn changed(&mut self, expression: &'p Expression, change: impl Fn(&str) -> String) -> Result<Computed, Stop> {
        let mut computed = self.compute(expression)?;
        if let Value::Text(text) = &mut computed.value {
            *text = change(text);
        }
        Ok(computed)
    }

    fn concatenate(&mut self, parts: &'p [Expression]) -> Result<Computed, Stop> {
        let mut all = Computed::plain(Value::Text(String::new()));
        for part in parts {
            let computed = self.compute(part)?;
            // Each line counts once: variables that double each other came by the same ones.
            let new: Vec<Location> = computed.via.into_iter().filter(|line| !all.via.contains(line)).collect();
            all.via.extend(new);
            match (&mut all.value, computed.value) {
                (Value::Text(text), value @ (Value::Text(_) | Value::Absent)) => {
                    // Variables that double each other grow beyond all measure; no server sends that.
                    if text.len() + value.or_empty().len() > LONGEST_VALUE {
                        return Err(Stop::NoAnswer);
                    }
                    text.push_str(value.or_empty());
                }
                (Value::Text(_), unknown @ Value::Unknown(_)) => all.value = unknown,
                _ => {}
            }
        }
        Ok(all)
    }

    /// A variable's value: what was assigned, else its definition, computed once a request unless it is volatile.
    fn variable(&mut self, id: VariableId) -> Result<Computed, Stop> {
        if let Some(value) = &self.variables[id.index()] {
            return Ok(value.clone());
        }
        let variable = self.policy.variable(id);
        let Some(definition) = &variable.definition else { return Ok(Computed::plain(Value::Absent)) };
        // A variable that is defined by itself has no value (nginx: "cycle while evaluating variable").
        if std::mem::replace(&mut self.computing[id.index()], true) {
            return Ok(Computed::plain(Value::Absent));
        }
        let computed = self.compute(definition);
        self.computing[id.index()] = false;
        let computed = computed?;
        if !variable.volatile {
            self.variables[id.index()] = Some(computed.clone());
        }
        Ok(computed)
    }

    fn switch(&mut self, switch: &'p Switch) -> Result<Computed, Stop> {
        for arm in &switch.arms {
            if self.holds(&arm.condition)? {
                let mut computed = self.compute(&arm.value)?;
                computed.via.push(arm.location);
                return Ok(computed);
            }
        }
        let Some((otherwise, location)) = &switch.otherwise else { return Ok(Computed::plain(Value::Absent)) };
        let mut computed = self.compute(otherwise)?;
        computed.via.push(*location);
        Ok(computed)
    }

    fn scheme(&self) -> &'static str {
        let listeners = &self.policy.site(self.site).listeners;
        let used = listeners.iter().find(|listener| self.request.port.is_none_or(|port| listener.port == port));
        if used.is_some_and(|listener| listener.tls) { "https" } else { "http" }
    }

    fn request_header(&self, name: &str) -> Value {
        match self.request.header(name) {
            None if name == "host" => Value::Text(self.request.host.clone()),
            None if name == "authorization" && self.request.login => Value::Text(SOME_LOGIN.to_owned()),
            value => text(value),
        }
    }

    fn cookie(&self, name: &str) -> Value {
        let cookies = self.request.header("cookie").unwrap_or_default();
        let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
        text(pairs.find(|(key, _)| *key == name).map(|(_, value)| value))
    }

    fn sent_header(&self, name: &str) -> Value {
        first(self.layers.iter().flatten(), name)
    }

    fn argument(&self, name: &str) -> Value {
        let query = self.query.as_deref().unwrap_or_default();
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        text(pairs.find(|(key, _)| *key == name).map(|(_, value)| value))
    }

    /// The captures of a regular expression that chose the site can be used from the start.
    pub(super) fn bind_host_captures(&mut self) {
        let host = self.request.host.to_ascii_lowercase();
        for candidate in &self.policy.site(self.site).hosts {
            if let crate::policy::Host::Pattern(pattern) = candidate
                && let Ok(Some(captures)) = self.policy.pattern(*pattern).captures(&host)
            {
                self.bind_captures(*pattern, captures);
                return;
            }
        }
    }

    /// Lines of the layers so far, for operations that look at them.
    pub(super) fn layer(&mut self, id: LayerId) -> &mut Vec<HeaderLine> {
        if self.layers.len() <= id.index() {
            self.layers.resize(id.index() + 1, Vec::new());
        }
        &mut self.layers[id.index()]
    }
}

/// The value of the first line of this name.
fn first<'l>(lines: impl IntoIterator<Item = &'l HeaderLine>, name: &str) -> Value {
    let mut lines = lines.into_iter().filter(|line| line.name.eq_ignore_ascii_case(name));
    lines.next().map_or(Value::Absent, |line| line.value.clone())
}

fn text(value: Option<&str>) -> Value {
    value.map_or(Value::Absent, |text| Value::Text(text.to_owned()))
}
