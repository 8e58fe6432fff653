//! `express.static(root, options)` (`serve-static`).

use crate::policy::{Condition, Expression, Responder, Statement, Statuses};
use crate::source::Span;

use super::failure::respond;
use super::machine::Machine;
use super::native::Native;
use super::response::forward;
use super::value::{Truth, Value};

impl Machine<'_> {
    /// Files are answered to GET and HEAD; what is no file is handed on.
    pub(super) fn run_static(&mut self, id: u32, next: &Value) {
        let Some((options, location)) = self.statics.get(id as usize).cloned() else { return };
        let option = |machine: &Self, name: &str| match &options {
            Value::Object(id) => machine.memory.property(*id, name),
            _ => None,
        };
        let set_headers = option(self, "setHeaders");
        let falls_through = option(self, "fallthrough").is_none_or(|value| value.truth() != Truth::Known(false));
        let span = location.span;
        let is_read = Condition::MethodIn(vec!["GET".to_owned(), "HEAD".to_owned()]);
        // It refuses ranges and preconditions itself, with the headers of the file.
        let errors: Vec<u16> = (400..600).filter(|status| !matches!(status, 412 | 416)).collect();
        let is_refused = Condition::ToAnswer(Statuses::Only(errors.into()));
        let exists = Condition::FileExists { path: Expression::Path, has_fallback: self.has_routes() };
        if let Some(mount) = self.mounted_at.filter(|length| *length > 0) {
            // The folder itself, without the slash at its end.
            let redirects = option(self, "redirect").is_none_or(|value| value.truth() != Truth::Known(false));
            if redirects {
                let is_folder = Condition::Empty(Expression::PathFrom(mount));
                let condition = Condition::All(vec![is_read.clone(), is_folder]);
                self.emit(Statement::When { condition, then: vec![respond(301, location)], otherwise: Vec::new() });
            }
        }
        let is_file = Condition::All(vec![is_read.clone(), is_refused.negated(), exists]);
        self.branch(
            Truth::Asked(is_file),
            |machine| {
                if let Some(function) = &set_headers {
                    machine.set_headers_of_file(function, span);
                }
                let methods = vec!["GET".to_owned(), "HEAD".to_owned()];
                let file = Responder::File { methods, looks_first: Vec::new(), never_looks: Vec::new() };
                machine.emit(forward(file, location));
            },
            |machine| {
                if falls_through {
                    machine.apply(next, Value::Undefined, Vec::new(), span);
                } else {
                    machine.emit(Statement::When {
                        condition: is_read,
                        then: vec![respond(404, location)],
                        otherwise: vec![respond(405, location)],
                    });
                }
            },
        );
    }

    /// `setHeaders(res, path, stat)`
    fn set_headers_of_file(&mut self, function: &Value, span: Span) {
        let path = Value::Text(Expression::Path);
        let stat = self.not_followed("the state of a file", span);
        self.apply(function, Value::Undefined, vec![Value::Native(Native::Response), path, stat], span);
    }

    /// Whether anything but files may answer.
    fn has_routes(&self) -> bool {
        self.layers.iter().any(|layer| !layer.is_mount)
    }
}
