//! Methods of strings and regular expressions.

use crate::policy::{Arm, Condition, Expression, RemarkKind, Switch};
use crate::source::{Location, Span};

use super::expression::truth_value;
use super::machine::Machine;
use super::operator::concatenation;
use super::value::{Kind, ObjectId, Truth, Value, choice};

/// What is wrong with a regular expression of which one and the same is used for every request.
pub(super) const STATEFUL: &str = "a regular expression with the flag `g` or `y` goes on where its last search ended: \
                                   every second request of an origin that it allows is refused";
/// How long a beginning is that is cut off a text of the request.
const LONGEST_START: usize = 500;

impl Machine<'_> {
    /// `text.name(arguments)` of a string that is known.
    pub(super) fn string_method(&mut self, text: &str, name: &str, arguments: &[Value], span: Span) -> Value {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        if let Value::Choice(..) = first {
            return self.each_choice(&first, &mut |machine, first| {
                let mut arguments = arguments.to_vec();
                arguments[0] = first.clone();
                machine.string_method(text, name, &arguments, span)
            });
        }
        match (name, first.as_str()) {
            ("toString" | "valueOf" | "normalize", _) => Value::string(text),
            ("trim", _) => Value::string(text.trim()),
            ("trimEnd" | "trimRight", _) => Value::string(text.trim_end()),
            ("trimStart" | "trimLeft", _) => Value::string(text.trim_start()),
            ("toLowerCase" | "toLocaleLowerCase", _) => Value::string(text.to_lowercase()),
            ("toUpperCase", _) => Value::string(text.to_uppercase()),
            ("split", Some(separator)) => {
                let parts: Vec<Value> = if separator.is_empty() {
                    text.chars().map(|c| Value::string(c.to_string())).collect()
                } else {
                    text.split(separator).map(Value::string).collect()
                };
                self.list(parts, span)
            }
            ("split", None) => self.split_by_pattern(text, &first, span),
            ("startsWith", Some(start)) => Value::Boolean(text.starts_with(start)),
            ("endsWith", Some(end)) => Value::Boolean(text.ends_with(end)),
            ("includes", Some(part)) => Value::Boolean(text.contains(part)),
            ("indexOf", Some(part)) => text.find(part).map_or(Value::Number(-1.0), Value::count),
            ("concat", Some(more)) => Value::string(format!("{text}{more}")),
            ("replace" | "replaceAll", _) => self.replaced(text, name, arguments, span),
            ("slice" | "substring" | "substr" | "charAt" | "at", _) => {
                sliced(text, name, arguments).map_or_else(|| self.not_followed("a part of a text", span), Value::string)
            }
            // What the request has is sought in what is written.
            ("includes" | "indexOf", None) => {
                let Value::Text(sought) = &first else { return self.not_followed("a search", span) };
                let held = Condition::Contains {
                    subject: Expression::literal(text),
                    text: or_undefined(sought, self.at(span)),
                    ignore_case: false,
                };
                found(name, held)
            }
            ("match" | "search", _) => self.matched(&first, &Expression::literal(text), name, span),
            _ => self.not_followed(format!("`.{name}()` of a text"), span),
        }
    }

    fn split_by_pattern(&mut self, text: &str, pattern: &Value, span: Span) -> Value {
        if *pattern == Value::Undefined {
            return self.list(vec![Value::string(text)], span);
        }
        let Some(id) = self.pattern_of(pattern, span) else { return self.not_followed("a list of parts", span) };
        let (mut parts, mut rest) = (Vec::new(), text);
        while let Ok(Some(captures)) = self.policy.pattern(id).captures(rest) {
            let Ok(Some(at)) = self.policy.pattern(id).find(rest) else { break };
            let length = captures.first().and_then(Option::as_ref).map_or(0, String::len);
            if length == 0 {
                break;
            }
            parts.push(Value::string(&rest[..at]));
            rest = &rest[at + length..];
        }
        parts.push(Value::string(rest));
        self.list(parts, span)
    }

    fn pattern_of(&mut self, value: &Value, span: Span) -> Option<crate::policy::PatternId> {
        let Value::Object(id) = value else { return None };
        let Kind::Regex { pattern, flags } = self.memory.object(*id).kind.clone() else { return None };
        Some(self.pattern(&pattern, &flags, span))
    }

    /// `text.replace(what, with)`
    fn replaced(&mut self, text: &str, name: &str, arguments: &[Value], span: Span) -> Value {
        let [what, with] = arguments else { return self.not_followed("a replacement", span) };
        match (what.as_str(), with.as_str()) {
            (Some(what), Some(with)) if name == "replace" => Value::string(text.replacen(what, with, 1)),
            (Some(what), Some(with)) => Value::string(text.replace(what, with)),
            (None, Some(with)) => {
                let Value::Object(id) = what else { return self.not_followed("a replacement", span) };
                let Kind::Regex { flags, .. } = self.memory.object(*id).kind.clone() else {
                    return self.not_followed("a replacement", span);
                };
                let Some(pattern) = self.pattern_of(what, span) else {
                    return self.not_followed("a replacement", span);
                };
                let is_global = flags.contains('g');
                match replaced_by_pattern(text, self.policy.pattern(pattern), with, is_global) {
                    Some(text) => Value::string(text),
                    None => self.not_followed("a replacement", span),
                }
            }
            _ => self.not_followed("a replacement", span),
        }
    }

    /// `text.name(arguments)` of a string that the request has. Where there is none, that throws.
    pub(super) fn text_method(&mut self, text: &Expression, name: &str, arguments: &[Value], span: Span) -> Value {
        let absent = Condition::Defined(text.clone()).negated();
        if !always_there(text) {
            self.throw_implicitly(absent, span);
        }
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        if let Value::Choice(..) = first {
            return self.each_choice(&first, &mut |machine, first| {
                let mut arguments = arguments.to_vec();
                arguments[0] = first.clone();
                machine.text_method(text, name, &arguments, span)
            });
        }
        let subject = text.clone();
        if let Value::Unknown(unknown) = first {
            return self.made_of(unknown, &format!(" ({name})"), &[Value::Text(subject)], span);
        }
        let other = self.as_text(&first);
        match (name, other) {
            ("toString" | "valueOf" | "trim" | "normalize", _) => Value::Text(subject),
            ("toLowerCase" | "toLocaleLowerCase", _) => Value::Text(Expression::Lowercase(Box::new(subject))),
            ("startsWith", Some(text)) => Value::Truth(Condition::StartsWith { subject, text, ignore_case: false }),
            ("endsWith", Some(text)) => Value::Truth(Condition::EndsWith { subject, text, ignore_case: false }),
            ("includes", Some(text)) => found(name, Condition::Contains { subject, text, ignore_case: false }),
            ("indexOf", Some(text)) => self.index_of(subject, text),
            ("match" | "search", _) => self.matched(&first, &subject, name, span),
            ("replace", _) => self.text_replaced(&subject, arguments, span),
            ("split", Some(Expression::Literal(separator))) => self.text_split(&subject, &separator, span),
            ("substring" | "slice" | "substr", _) => self.text_from(&subject, arguments, span),
            _ => self.made_by(&subject, &format!("`.{name}()` of a text of the request"), span),
        }
    }

    /// Where a text begins with another, 0; where it only holds it, some other place.
    #[allow(clippy::unused_self, reason = "a method like its kin")]
    fn index_of(&self, subject: Expression, text: Expression) -> Value {
        let starts = Condition::StartsWith { subject: subject.clone(), text: text.clone(), ignore_case: false };
        let held = Condition::Contains { subject, text, ignore_case: false };
        choice(&starts, Value::Number(0.0), choice(&held, Value::Number(1.0), Value::Number(-1.0)))
    }

    /// `text.replace(/^https?:\/\//, '')`: what stands before and behind what is found, and the other text in between.
    fn text_replaced(&mut self, subject: &Expression, arguments: &[Value], span: Span) -> Value {
        let [what, with] = arguments else { return self.not_followed("a replacement", span) };
        let with = with.as_str().filter(|with| !with.contains('$')).map(str::to_owned);
        let (source, flags) = match what {
            Value::String(text, _) => (escaped(text), String::new()),
            Value::Object(id) => match self.memory.object(*id).kind.clone() {
                Kind::Regex { pattern, flags } => (pattern, flags),
                _ => return self.made_by(subject, "a replacement", span),
            },
            _ => return self.made_by(subject, "a replacement", span),
        };
        let Some(with) = with.filter(|_| !source.contains("(?<") && !has_backreference(&source)) else {
            return self.made_by(subject, "a replacement", span);
        };
        let groups = source.matches('(').count() - source.matches("(?:").count() - source.matches("\\(").count();
        let whole = match source.strip_prefix('^') {
            Some(rest) if !rest.contains('|') => format!("^()(?:{rest})([\\s\\S]*)$"),
            _ => format!("^([\\s\\S]*?)(?:{source})([\\s\\S]*)$"),
        };
        let pattern = self.pattern(&whole, &flags.replace('g', ""), span);
        let part = |group| Expression::Found { subject: Box::new(subject.clone()), pattern, group };
        let replaced = concatenation(concatenation(part(1), Expression::literal(with)), part(groups + 2));
        let condition = Condition::Matches { subject: subject.clone(), pattern };
        let location = self.at(span);
        let arm = Arm { condition, value: replaced, location };
        Value::Text(Expression::Switch(Box::new(Switch {
            arms: vec![arm],
            otherwise: Some((subject.clone(), location)),
        })))
    }

    /// `text.slice(8)`
    fn text_from(&mut self, subject: &Expression, arguments: &[Value], span: Span) -> Value {
        let place = |index: usize| match arguments.get(index) {
            Some(Value::Number(number)) => Value::place(*number).filter(|place| *place <= LONGEST_START),
            _ => None,
        };
        let part = match (place(0), place(1), arguments.len()) {
            (Some(from), _, 1) => format!("^[\\s\\S]{{0,{from}}}([\\s\\S]*)$"),
            (Some(0), Some(to), 2) => format!("^([\\s\\S]{{0,{to}}})"),
            _ => return self.made_by(subject, "a part of a text", span),
        };
        let pattern = self.pattern(&part, "", span);
        Value::Text(Expression::Found { subject: Box::new(subject.clone()), pattern, group: 1 })
    }

    /// `text.match(pattern)`
    fn matched(&mut self, pattern: &Value, subject: &Expression, name: &str, span: Span) -> Value {
        let id = match pattern {
            Value::String(text, _) => Some(self.pattern(text, "", span)),
            other => self.pattern_of(other, span),
        };
        let Some(pattern) = id else { return self.not_followed("a search", span) };
        let condition = Condition::Matches { subject: subject.clone(), pattern };
        match name {
            "match" | "exec" => {
                let part = |group| Expression::Found { subject: Box::new(subject.clone()), pattern, group };
                let groups = (0..10).map(|group| Value::Text(part(group))).collect();
                let found = self.list(groups, span);
                choice(&condition, found, Value::Null)
            }
            _ => choice(&condition, Value::Number(0.0), Value::Number(-1.0)),
        }
    }

    /// `/pattern/.exec(value)`
    pub(super) fn executed(&mut self, regex: ObjectId, value: &Value, span: Span) -> Value {
        match self.as_text(value) {
            Some(text) => self.matched(&Value::Object(regex), &text, "exec", span),
            None => self.not_followed("a search", span),
        }
    }

    /// A regular expression that is made once and remembers where its last search has ended.
    fn remark_on_state(&mut self, regex: ObjectId, flags: &str, value: &Value) {
        let is_kept = self.is_serving && regex.0 < self.made_at_start;
        if is_kept && flags.contains(['g', 'y']) && self.mentions_origin(value) {
            let Some(at) = self.memory.object(regex).location else { return };
            self.remark_at(RemarkKind::Stateful, at, STATEFUL);
        }
    }

    /// `/pattern/.test(value)`; what is not there is searched as the word `undefined`.
    pub(super) fn test(&mut self, regex: ObjectId, value: &Value, span: Span) -> Truth {
        let Kind::Regex { pattern, flags } = self.memory.object(regex).kind.clone() else { return Truth::Known(false) };
        self.remark_on_state(regex, &flags, value);
        let pattern = self.pattern(&pattern, &flags, span);
        match value {
            Value::Choice(condition, one, other) => {
                let (one, other) = (self.test(regex, one, span), self.test(regex, other, span));
                one.chosen(condition, other)
            }
            Value::Unknown(unknown) => Truth::Asked(Condition::Unknown(*unknown)),
            Value::Text(subject) => self.searched(subject, pattern),
            value => match self.as_text(value) {
                Some(Expression::Literal(text)) => match self.policy.pattern(pattern).is_match(&text) {
                    Ok(found) => Truth::Known(found),
                    Err(_) => Truth::Asked(Condition::Unknown(self.policy.pattern(pattern).unknown)),
                },
                _ => self.not_followed("a search", span).truth(),
            },
        }
    }

    /// Whether a text of the request matches, which counts as empty in the policy where it is absent, but as the word
    /// `undefined` here.
    fn searched(&self, subject: &Expression, pattern: crate::policy::PatternId) -> Truth {
        let condition = Condition::Matches { subject: subject.clone(), pattern };
        let compiled = self.policy.pattern(pattern);
        let is_match = |text: &str| compiled.is_match(text).unwrap_or(false);
        let defined = Condition::Defined(subject.clone());
        Truth::Asked(match (is_match("undefined"), is_match("")) {
            _ if always_there(subject) => condition,
            (one, other) if one == other => condition,
            (true, _) => Condition::Any(vec![defined.negated(), condition]),
            (false, _) => Condition::All(vec![defined, condition]),
        })
    }
}

/// Whether a text of the request is there with every request.
pub(super) fn always_there(text: &Expression) -> bool {
    match text {
        Expression::Literal(_)
        | Expression::Concatenation(_)
        | Expression::Method
        | Expression::Path
        | Expression::Scheme
        | Expression::Host
        | Expression::RequestTarget => true,
        Expression::Lowercase(inner) => always_there(inner),
        Expression::RequestHeader(name) => name == "host",
        _ => false,
    }
}

/// Whether a text was found, or where: at an unknown place, but not at none.
pub(super) fn found(name: &str, condition: Condition) -> Value {
    if name == "indexOf" {
        choice(&condition, Value::Number(1.0), Value::Number(-1.0))
    } else {
        truth_value(Truth::Asked(condition))
    }
}

/// A text of the request as a string: `undefined` where it is absent.
pub(super) fn or_undefined(text: &Expression, location: Location) -> Expression {
    if always_there(text) {
        return text.clone();
    }
    let arm = Arm { condition: Condition::Defined(text.clone()), value: text.clone(), location };
    let otherwise = Some((Expression::literal("undefined"), location));
    Expression::Switch(Box::new(Switch { arms: vec![arm], otherwise }))
}

/// A text as a pattern that matches nothing else.
pub(super) fn escaped(text: &str) -> String {
    let special = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | ':' | ' ' | ','));
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if special(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn has_backreference(pattern: &str) -> bool {
    pattern.as_bytes().windows(2).any(|pair| pair[0] == b'\\' && pair[1].is_ascii_digit() && pair[1] != b'0')
}

/// `text.slice(…)` and its kin, for figures that are known; counted in code points, which is the same for ASCII.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kept within bounds")]
fn sliced(text: &str, name: &str, arguments: &[Value]) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    #[allow(clippy::cast_precision_loss, reason = "no text is that long")]
    let length = chars.len() as f64;
    let figure = |index: usize, default: f64| match arguments.get(index) {
        None | Some(Value::Undefined) => Some(default),
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    };
    let place = |number: f64| if number < 0.0 && name != "substring" { length + number } else { number };
    let from = place(figure(0, 0.0)?).clamp(0.0, length);
    let to = match name {
        "charAt" | "at" => from + 1.0,
        "substr" => from + figure(1, length)?,
        _ => place(figure(1, length)?),
    };
    let (from, to) = (from as usize, to.clamp(from, length) as usize);
    Some(chars[from..to].iter().collect())
}

/// A replacement in a text that is known; `None` where it is not plain.
fn replaced_by_pattern(text: &str, pattern: &crate::policy::Pattern, with: &str, is_global: bool) -> Option<String> {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(captures) = pattern.captures(rest).ok()? {
        let at = pattern.find(rest).ok()??;
        let whole = captures.first()?.clone()?;
        replaced.push_str(&rest[..at]);
        let mut template = with.replace("$&", &whole);
        for (group, text) in captures.iter().enumerate().skip(1) {
            template = template.replace(&format!("${group}"), text.as_deref().unwrap_or_default());
        }
        replaced.push_str(&template);
        rest = &rest[at + whole.len()..];
        if !is_global || whole.is_empty() || pattern.source.starts_with('^') {
            break;
        }
    }
    replaced.push_str(rest);
    Some(replaced)
}
