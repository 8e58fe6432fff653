//! Conditions.

use super::{Run, Stop};
use crate::exchange::{Question, Value};
use crate::policy::{Answer, Condition, Depends, Expression, PatternId, UnknownId};

impl<'p> Run<'p, '_> {
    pub(super) fn holds(&mut self, condition: &'p Condition) -> Result<bool, Stop> {
        Ok(match condition {
            Condition::Always => true,
            Condition::Equal { left, right, ignore_case } => self.equal(left, right, *ignore_case)?,
            Condition::Matches { subject, pattern } => self.matches(subject, *pattern)?,
            Condition::StartsWith { subject, text, ignore_case } => {
                self.relate(subject, text, *ignore_case, "begins with", |s, t| s.starts_with(t))?
            }
            Condition::EndsWith { subject, text, ignore_case } => {
                self.relate(subject, text, *ignore_case, "ends with", |s, t| s.ends_with(t))?
            }
            Condition::Contains { subject, text, ignore_case } => {
                self.relate(subject, text, *ignore_case, "contains", |s, t| s.contains(t))?
            }
            Condition::Defined(e) => self.inspect(e, "is set", |value| *value != Value::Absent)?,
            Condition::Empty(e) => self.inspect(e, "is empty", |value| value.or_empty().is_empty())?,
            Condition::Truthy(e) => {
                self.inspect(e, "is set and not 0", |value| !matches!(value.or_empty(), "" | "0"))?
            }
            Condition::MethodIn(methods) => methods.contains(&self.method),
            Condition::LoggedIn => self.request.login,
            Condition::ClientIn(network) => network.contains(self.request.client),
            Condition::Active(block) => self.active == *block,
            Condition::ToAnswer(statuses) => {
                matches!(self.answer, Answer::Status(status) if statuses.contains(status))
            }
            Condition::Status(statuses) => self.made.is_some_and(|made| statuses.contains(made.status)),
            Condition::MadeBy(maker) => self.made.is_some_and(|made| made.maker == *maker),
            Condition::FileExists { path, has_fallback } => self.file_exists(path, *has_fallback)?,
            Condition::All(list) => self.all(list)?,
            Condition::Any(list) => self.any(list)?,
            Condition::Not(inner) => !self.holds(inner)?,
            Condition::Unknown(unknown) => self.ask(*unknown, String::new())?,
        })
    }

    fn all(&mut self, list: &'p [Condition]) -> Result<bool, Stop> {
        for condition in list {
            if !self.holds(condition)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn any(&mut self, list: &'p [Condition]) -> Result<bool, Stop> {
        for condition in list {
            if self.holds(condition)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Asks the world; what differs from request to request cannot be asked.
    pub(super) fn ask(&mut self, unknown: UnknownId, about: String) -> Result<bool, Stop> {
        match self.policy.unknown(unknown).depends {
            Depends::Nothing => {
                let unknown = UnknownId(unknown.0 + self.unknowns_from);
                Ok(self.world.ask(Question { unknown, about }))
            }
            Depends::Origin | Depends::Anything => Err(Stop::Undetermined(unknown)),
        }
    }

    fn inspect(&mut self, e: &'p Expression, about: &str, holds: impl Fn(&Value) -> bool) -> Result<bool, Stop> {
        match self.compute(e)?.value {
            Value::Unknown(unknown) => self.ask(unknown, about.to_owned()),
            value => Ok(holds(&value)),
        }
    }

    fn equal(&mut self, left: &'p Expression, right: &'p Expression, ignore_case: bool) -> Result<bool, Stop> {
        let (left, right) = (self.compute(left)?.value, self.compute(right)?.value);
        match (&left, &right) {
            (Value::Unknown(a), Value::Unknown(b)) if a == b => Ok(true),
            (Value::Unknown(unknown), other) | (other, Value::Unknown(unknown)) => {
                self.ask(*unknown, format!("is \"{}\"", other.or_empty()))
            }
            _ if ignore_case => Ok(left.or_empty().eq_ignore_ascii_case(right.or_empty())),
            _ => Ok(left.or_empty() == right.or_empty()),
        }
    }

    fn relate(
        &mut self,
        subject: &'p Expression,
        text: &'p Expression,
        ignore_case: bool,
        about: &str,
        holds: impl Fn(&str, &str) -> bool,
    ) -> Result<bool, Stop> {
        let (subject, text) = (self.compute(subject)?.value, self.compute(text)?.value);
        match (&subject, &text) {
            (Value::Unknown(unknown), other) => self.ask(*unknown, format!("{about} \"{}\"", other.or_empty())),
            (other, Value::Unknown(unknown)) => self.ask(*unknown, format!("is what \"{}\" {about}", other.or_empty())),
            _ if ignore_case => {
                Ok(holds(&subject.or_empty().to_ascii_lowercase(), &text.or_empty().to_ascii_lowercase()))
            }
            _ => Ok(holds(subject.or_empty(), text.or_empty())),
        }
    }

    /// A search sets the captures; one that fails empties them (`ngx_http_regex_exec`, `ap_regexec`).
    fn matches(&mut self, subject: &'p Expression, pattern: PatternId) -> Result<bool, Stop> {
        let compiled = self.policy.pattern(pattern);
        let value = match self.compute(subject)?.value {
            Value::Unknown(unknown) => return self.ask(unknown, format!("matches {}", compiled.source)),
            value => value,
        };
        match compiled.captures(value.or_empty()) {
            Ok(Some(captures)) => {
                self.bind_captures(pattern, captures);
                Ok(true)
            }
            Ok(None) => {
                self.captures.clear();
                Ok(false)
            }
            Err(_) => Err(Stop::Undetermined(compiled.unknown)),
        }
    }

    /// Numbered groups go to the captures, named ones to the variables of their names.
    pub(super) fn bind_captures(&mut self, pattern: PatternId, captures: Vec<Option<String>>) {
        for (variable, group) in &self.policy.pattern(pattern).variables {
            let value = captures.get(*group).cloned().flatten().map_or(Value::Absent, Value::Text);
            self.variables[variable.index()] = Some(super::Computed { value, via: Vec::new() });
        }
        self.captures = captures;
    }

    /// Where the answer is a success and nothing else could give it, the file that is asked about is there. Where there
    /// is a fallback, a path that looks like a file's (`/logo.svg`) is one and any other (`/api/items`) goes on.
    fn file_exists(&mut self, path: &'p Expression, has_fallback: bool) -> Result<bool, Stop> {
        let value = match self.compute(path)?.value {
            Value::Unknown(unknown) => return self.ask(unknown, "names a file that exists".to_owned()),
            value => value,
        };
        let path = value.or_empty();
        // A page or script that stands in for what was asked for is there.
        let original = path == self.original_path || self.first_hop();
        Ok(match self.answer {
            Answer::Missing if original => false,
            Answer::Status(status) if status >= 400 && !is_about_file(status) && original => !has_fallback,
            // What stands behind a file's name is for the script in it.
            _ if has_fallback => {
                looks_like_file(path)
                    && self.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
            _ => true,
        })
    }
}

/// Whether an error is one that only a file that is there gives: a precondition or range that cannot be met.
pub(super) fn is_about_file(status: u16) -> bool {
    matches!(status, 412 | 416)
}

fn looks_like_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty() && (1..=5).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}
