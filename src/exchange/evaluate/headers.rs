//! Header operations.

use super::{Run, Stop};
use crate::exchange::{HeaderLine, Unsent, Value};
use crate::policy::{Action, Expression, HeaderOperation, IfEmpty, Name, PatternId};

/// Bytes that an edited line may have before editing it ends.
const LONGEST_LINE: usize = 16 * 1024;

impl<'p> Run<'p, '_> {
    pub(super) fn operate(&mut self, operation: &'p HeaderOperation) -> Result<(), Stop> {
        // Before an answer is made (in a middleware) the operation is for whatever answer will come.
        if self.made.is_some_and(|made| !operation.applies.covers(made.status, made.maker)) {
            return Ok(());
        }
        for cleared in &operation.clears {
            self.layer(*cleared).retain(|line| !operation.name.matches(&line.name));
        }
        let (Name::Exact(name), false) = (&operation.name, operation.action == Action::Unset) else {
            self.layer(operation.layer).retain(|line| !operation.name.matches(&line.name));
            return Ok(());
        };
        if let Action::Edit { pattern, all } = operation.action {
            return self.edit(operation, pattern, all);
        }
        let computed = self.compute(&operation.value)?;
        let value = match (computed.value, &operation.if_empty) {
            (Value::Text(text), _) if !text.is_empty() => Value::Text(text),
            (unknown @ Value::Unknown(_), _) => unknown,
            (_, IfEmpty::Omit) => {
                self.unsent.push(Unsent { name: name.clone(), written: operation.written });
                return Ok(());
            }
            (_, IfEmpty::Remove) => {
                self.layer(operation.layer).retain(|line| !operation.name.matches(&line.name));
                return Ok(());
            }
            (Value::Absent, IfEmpty::Send(text)) => Value::Text(text.clone().into_owned()),
            (_, IfEmpty::SendEmpty | IfEmpty::Send(_)) => Value::Text(String::new()),
        };
        let (name, written, at) = (name.clone(), Some(operation.written), self.trail.len());
        let line = HeaderLine { name, value, written, via: computed.via, at, handed_on: false };
        apply(self.layer(operation.layer), operation, line);
        Ok(())
    }
}

impl<'p> Run<'p, '_> {
    /// Replaces what the pattern matches in the lines there are; the value is computed for each match.
    fn edit(&mut self, operation: &'p HeaderOperation, pattern: PatternId, all: bool) -> Result<(), Stop> {
        let mut lines = std::mem::take(self.layer(operation.layer));
        let mut done = Ok(());
        for line in lines.iter_mut().filter(|line| operation.name.matches(&line.name)) {
            if let Value::Text(text) = &line.value {
                match self.edited(text, &operation.value, pattern, all) {
                    Ok(None) => {}
                    Ok(Some(edited)) => {
                        line.value = Value::Text(edited);
                        line.written = Some(operation.written);
                    }
                    Err(stop) => done = Err(stop),
                }
            }
        }
        *self.layer(operation.layer) = lines;
        done
    }

    /// A text with matches replaced; `None` where there is none.
    fn edited(
        &mut self,
        text: &str,
        value: &'p Expression,
        pattern: PatternId,
        all: bool,
    ) -> Result<Option<String>, Stop> {
        let compiled = self.policy.pattern(pattern);
        let (mut edited, mut rest, mut found) = (String::new(), text, false);
        while let Some(captures) = compiled.captures(rest).map_err(|_| Stop::Undetermined(compiled.unknown))? {
            let matched = captures.first().cloned().flatten().unwrap_or_default();
            let start = compiled.find(rest).map_err(|_| Stop::Undetermined(compiled.unknown))?.unwrap_or_default();
            self.captures = captures;
            found = true;
            edited.push_str(&rest[..start]);
            edited.push_str(self.compute(value)?.value.or_empty());
            rest = &rest[start + matched.len()..];
            if !all || matched.is_empty() || edited.len() > LONGEST_LINE {
                edited.push_str(rest);
                return Ok(Some(edited));
            }
        }
        edited.push_str(rest);
        Ok(found.then_some(edited))
    }
}

fn apply(lines: &mut Vec<HeaderLine>, operation: &HeaderOperation, line: HeaderLine) {
    let present = |lines: &[HeaderLine]| lines.iter().rposition(|other| operation.name.matches(&other.name));
    match operation.action {
        Action::Set => {
            lines.retain(|other| !operation.name.matches(&other.name));
            lines.push(line);
        }
        Action::SetIfEmpty if present(lines).is_some() => {}
        Action::Append | Action::Merge => match present(lines) {
            Some(at) => join(&mut lines[at], line, operation.action == Action::Merge),
            None => lines.push(line),
        },
        Action::Add | Action::SetIfEmpty | Action::Unset | Action::Edit { .. } => lines.push(line),
    }
}

/// Appends the value of `more` to `line`, unless it `merges` and is among its tokens already.
fn join(line: &mut HeaderLine, more: HeaderLine, merges: bool) {
    match (&mut line.value, more.value) {
        (Value::Text(text), Value::Text(value)) if !(merges && text.split(',').any(|token| token.trim() == value)) => {
            text.push_str(", ");
            text.push_str(&value);
        }
        (slot, unknown @ Value::Unknown(_)) => *slot = unknown,
        _ => {}
    }
}
