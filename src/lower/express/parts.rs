//! What a text of the request is split into: `origin.split('://')`.

use super::text::escaped;
use super::text::found;
use crate::policy::{Condition, Expression};
use crate::source::Span;

use super::machine::Machine;
use super::value::{Kind, Value};

/// How many parts of a text are told apart.
const MOST_PARTS: usize = 16;

impl Machine<'_> {
    /// `text.split('://')`
    pub(super) fn text_split(&mut self, subject: &Expression, separator: &str, span: Span) -> Value {
        Value::Object(self.allocate(Kind::Parts(subject.clone(), separator.to_owned()), span))
    }

    /// A part of a text that is split; absent where there are not so many.
    pub(super) fn part(&mut self, subject: &Expression, separator: &str, index: usize, span: Span) -> Value {
        if index > MOST_PARTS {
            return self.made_by(subject, "a part of a text", span);
        }
        let separator = escaped(separator);
        let before = format!("(?:(?:(?!{separator})[\\s\\S])*{separator}){{{index}}}");
        let pattern = self.pattern(&format!("^{before}((?:(?!{separator})[\\s\\S])*)"), "", span);
        Value::Text(Expression::Found { subject: Box::new(subject.clone()), pattern, group: 1 })
    }

    /// `text.split('.').name(arguments)`
    pub(super) fn parts_method(
        &mut self,
        (subject, separator): (&Expression, &str),
        name: &str,
        arguments: &[Value],
        span: Span,
    ) -> Value {
        let figure = |index: usize| match arguments.get(index) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        };
        let from_start = figure(0).and_then(Value::place);
        let from_end = figure(0).and_then(|number| Value::place(-number)).filter(|count| *count > 0);
        match (name, from_start, from_end) {
            ("pop", ..) | ("at", _, Some(1)) => self.last_parts(subject, separator, 1, span),
            ("shift", ..) => self.part(subject, separator, 0, span),
            ("at", Some(at), _) => self.part(subject, separator, at, span),
            ("slice", from_start, from_end) if arguments.len() == 1 => {
                let rest = match (from_start, from_end) {
                    (_, Some(count)) => self.last_parts(subject, separator, count, span),
                    (Some(from), _) => self.parts_from(subject, separator, from, span),
                    _ => self.made_by(subject, "parts of a text", span),
                };
                match rest {
                    Value::Text(rest) => self.text_split(&rest, separator, span),
                    other => other,
                }
            }
            ("join", ..) if arguments.first().and_then(Value::as_str) == Some(separator) => {
                Value::Text(subject.clone())
            }
            ("includes" | "indexOf", ..) => {
                let Some(Expression::Literal(text)) = arguments.first().and_then(|text| self.as_text(text)) else {
                    return self.made_by(subject, &format!("`.{name}()` of parts"), span);
                };
                let (edge, text) = (escaped(separator), escaped(&text));
                let pattern = self.pattern(&format!("(?:^|{edge}){text}(?:{edge}|$)"), "", span);
                found(name, Condition::Matches { subject: subject.clone(), pattern })
            }
            ("map", ..) if arguments.first().is_some_and(|f| self.parameters(f) == Some(1)) => {
                self.made_by(subject, "parts of a text", span)
            }
            _ => self.made_by(subject, &format!("`.{name}()` of parts"), span),
        }
    }

    /// The last parts with what stands between them.
    pub(super) fn last_parts(&mut self, subject: &Expression, separator: &str, count: usize, span: Span) -> Value {
        if count == 0 || count > MOST_PARTS {
            return self.made_by(subject, "parts of a text", span);
        }
        let separator = escaped(separator);
        let one = format!("(?:(?!{separator})[\\s\\S])*");
        let more = count - 1;
        let pattern = self.pattern(&format!("((?:{one}{separator}){{0,{more}}}{one})$"), "", span);
        Value::Text(Expression::Found { subject: Box::new(subject.clone()), pattern, group: 1 })
    }

    /// What is left of a text without so many parts.
    pub(super) fn parts_from(&mut self, subject: &Expression, separator: &str, from: usize, span: Span) -> Value {
        if from > MOST_PARTS {
            return self.made_by(subject, "parts of a text", span);
        }
        let separator = escaped(separator);
        let one = format!("(?:(?!{separator})[\\s\\S])*");
        let pattern = self.pattern(&format!("^(?:{one}{separator}){{{from}}}([\\s\\S]*)$"), "", span);
        Value::Text(Expression::Found { subject: Box::new(subject.clone()), pattern, group: 1 })
    }
}
