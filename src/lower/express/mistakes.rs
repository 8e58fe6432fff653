//! What is written for `cors` and can never take effect.

use crate::policy::RemarkKind;
use crate::source::{Location, Span};
use crate::syntax::express::Pattern;

use super::machine::Machine;
use super::text::STATEFUL;
use super::value::{Kind, ObjectId, Value};

/// The options that it looks at.
const OPTIONS: [&str; 9] = [
    "origin",
    "methods",
    "allowedHeaders",
    "headers",
    "exposedHeaders",
    "credentials",
    "maxAge",
    "preflightContinue",
    "optionsSuccessStatus",
];

impl Machine<'_> {
    /// Says what of the argument can never take effect.
    pub(super) fn remark_on_argument(&mut self, argument: &Value, span: Span) {
        let kind = RemarkKind::NeverTakesEffect;
        match argument {
            Value::String(text, at) => {
                let message = format!(
                    "`cors` takes options: the text `{text}` is ignored, and every origin may read every answer"
                );
                self.remark_at(kind, at.unwrap_or(self.at(span)), message);
            }
            Value::Choice(_, one, other) => {
                self.remark_on_argument(one, span);
                self.remark_on_argument(other, span);
            }
            Value::Object(id) => match self.memory.object(*id).kind.clone() {
                Kind::Array(_) => {
                    let at = self.memory.object(*id).location.unwrap_or(self.at(span));
                    let message = "`cors` takes options: a list is ignored, and every origin may read every answer";
                    self.remark_at(kind, at, message);
                }
                Kind::Plain => self.remark_on_options(*id, span),
                Kind::Function(closure) => {
                    let first = closure.function.parameters.first().map(|parameter| &parameter.pattern);
                    if matches!(first, Some(Pattern::Name(name)) if name.text.to_lowercase().contains("origin")) {
                        let at = self.memory.object(*id).location.unwrap_or(self.at(span));
                        let message = "a function that `cors` itself is given is asked for options, not whether an origin is \
                                       allowed; `{ origin: function }` is meant";
                        self.remark_at(kind, at, message);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    pub(super) fn remark_on_options(&mut self, id: ObjectId, span: Span) {
        for (name, value) in self.memory.object(id).properties.clone() {
            let at = self.memory.located(id, &name).unwrap_or(self.at(span));
            if !OPTIONS.contains(&name.as_str())
                && let Some(meant) = meant(&name)
            {
                let message = format!("`cors` has no option `{name}` and ignores it; `{meant}` is meant");
                self.remark_at(RemarkKind::NeverTakesEffect, at, message);
            }
            if name == "origin" {
                self.remark_on_origin(&value, at);
            }
        }
    }

    pub(super) fn remark_on_origin(&mut self, value: &Value, at: Location) {
        let Value::Object(id) = value else { return };
        let at = self.memory.object(*id).location.unwrap_or(at);
        match self.memory.object(*id).kind.clone() {
            Kind::Regex { flags, .. } if flags.contains(['g', 'y']) => {
                self.remark_at(RemarkKind::Stateful, at, STATEFUL);
            }
            Kind::Array(items) => {
                for item in &items {
                    if let Value::String(text, written) = item
                        && let Some(message) = never_equal(text)
                    {
                        self.remark_at(RemarkKind::NeverTakesEffect, written.unwrap_or(at), message);
                    }
                    // A list may be in itself.
                    if self.afford() {
                        self.deeper(|machine| machine.remark_on_origin(item, at));
                    }
                }
            }
            _ => {}
        }
    }
}

/// Why a member of a list is never the same as an Origin, if it cannot be.
fn never_equal(text: &str) -> Option<String> {
    let trimmed = text.trim();
    if trimmed.contains('*') {
        return Some(format!("in a list, `{trimmed}` is compared with Origin like any other text and allows nobody"));
    }
    let is_list = trimmed.contains([',', ';', ' ']);
    is_list.then(|| format!("`{trimmed}` is one text, which is never the same as one origin"))
}

/// The option that somebody means by a name that is none.
fn meant(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "origin"
        | "origins"
        | "alloworigin"
        | "alloworigins"
        | "allowedorigin"
        | "allowedorigins"
        | "orgin"
        | "allow_origin"
        | "access-control-allow-origin" => "origin",
        "methods"
        | "method"
        | "allowmethods"
        | "allowedmethods"
        | "allowmethod"
        | "allowed_methods"
        | "access-control-allow-methods" => "methods",
        "allowedheaders"
        | "allowheaders"
        | "allowedheader"
        | "allowheader"
        | "header"
        | "headers"
        | "allowed_headers"
        | "access-control-allow-headers" => "allowedHeaders",
        "exposedheaders"
        | "exposeheaders"
        | "exposeheader"
        | "exposedheader"
        | "exposed_headers"
        | "access-control-expose-headers" => "exposedHeaders",
        "credentials"
        | "credential"
        | "allowcredentials"
        | "withcredentials"
        | "supportscredentials"
        | "allow_credentials"
        | "access-control-allow-credentials" => "credentials",
        "maxage" | "max_age" | "preflightmaxage" | "access-control-max-age" => "maxAge",
        "preflightcontinue" => "preflightContinue",
        "optionsuccessstatus" | "optionssuccesstatus" | "optionssuccessstatus" | "successstatus" | "optionsstatus" => {
            "optionsSuccessStatus"
        }
        _ => return None,
    })
}
