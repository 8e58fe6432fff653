//! `new URL(text)` and `url.parse(text)`, of what a browser sends as Origin.

use crate::policy::{Condition, Expression};
use crate::source::Span;

use super::machine::Machine;
use super::text::always_there;
use super::value::{Kind, Value};

/// What a URL begins with: a scheme, and for those of the web a host (WHATWG URL, section 4.4).
pub(super) const ABSOLUTE: &str = "^(?:https?:/*[^/?#\\s]+|(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:)";

/// The groups of a serialized origin: scheme with its colon, host with port, host, port.
const PARTS: &str = "^([A-Za-z][A-Za-z0-9+.-]*:)//(?:[^/?#@]*@)?((\\[[^\\]]*\\]|[^/?#:]*)(?::([0-9]*))?)";

impl Machine<'_> {
    /// `new URL(text)`, which throws where that is no URL; `new URL(text, base)` hardly ever does.
    pub(super) fn new_url(&mut self, text: &Value, base: Option<&Value>, span: Span) -> Value {
        if base.is_some_and(|base| *base != Value::Undefined) {
            if let Value::Text(path) = text {
                self.fetched = Some(path.clone());
            }
            return self.not_followed("a URL", span);
        }
        self.each_choice(text, &mut |machine, text| {
            match text {
                Value::Text(subject) => {
                    let pattern = machine.pattern(ABSOLUTE, "", span);
                    let is_url = Condition::Matches { subject: subject.clone(), pattern };
                    machine.throw_implicitly(is_url.negated(), span);
                }
                Value::Undefined | Value::Null | Value::Boolean(_) | Value::Number(_) => {
                    machine.throw_implicitly(Condition::Always, span);
                }
                Value::String(text, _) if !text.contains(':') => machine.throw_implicitly(Condition::Always, span),
                _ => {}
            }
            Value::Object(machine.allocate(Kind::Url(Box::new(text.clone())), span))
        })
    }

    /// `url.parse(text)`, which throws only where there is no text.
    pub(super) fn parsed_url(&mut self, arguments: Vec<Value>, span: Span) -> Value {
        let text = arguments.into_iter().next().unwrap_or(Value::Undefined);
        if let Value::Text(subject) = &text
            && !always_there(subject)
        {
            self.throw_implicitly(Condition::Defined(subject.clone()).negated(), span);
        }
        Value::Object(self.allocate(Kind::Url(Box::new(text)), span))
    }

    /// `url.hostname` and its kin.
    pub(super) fn part_of_url(&mut self, text: &Value, name: &str, span: Span) -> Value {
        let group = match name {
            "origin" => 0,
            "protocol" => 1,
            "host" => 2,
            "hostname" => 3,
            "port" => 4,
            _ => return self.not_followed(format!("the {name} of a URL"), span),
        };
        match text {
            Value::Text(text) => {
                let pattern = self.pattern(PARTS, "", span);
                let found = Expression::Found { subject: Box::new(text.clone()), pattern, group };
                Value::Text(Expression::Lowercase(Box::new(found)))
            }
            Value::String(text, _) => {
                let pattern = self.pattern(PARTS, "", span);
                let captures = self.policy.pattern(pattern).captures(text).ok().flatten().unwrap_or_default();
                let part = captures.into_iter().nth(group).flatten().unwrap_or_default();
                Value::string(part.to_lowercase())
            }
            Value::Choice(condition, one, other) => {
                let (one, other) = (self.part_of_url(one, name, span), self.part_of_url(other, name, span));
                super::value::choice(condition, one, other)
            }
            Value::Unknown(unknown) => self.derived(*unknown, &format!(".{name}"), span),
            _ => self.not_followed(format!("the {name} of a URL"), span),
        }
    }
}
