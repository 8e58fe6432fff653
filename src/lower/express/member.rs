//! Members: `object.name`, read and written.

use crate::policy::{Condition, Depends, Expression};
use crate::source::Span;

use super::machine::Machine;
use super::native::Native;
use super::response::request_header;
use super::value::{Kind, ObjectId, Value, choice};

/// Why a value is not known that the environment has.
const FROM_ENVIRONMENT: &str = "is a variable of the environment";

impl Machine<'_> {
    /// `object.name`
    pub(super) fn member(&mut self, object: &Value, name: &str, span: Span) -> Value {
        match object {
            Value::Choice(..) => self.each_choice(object, &mut |machine, object| machine.member(object, name, span)),
            Value::Object(id) => self.member_of(*id, name, span),
            Value::Native(native) => self.native_member(*native, name, span),
            Value::String(text, _) if name == "length" => Value::count(text.chars().count()),
            Value::Undefined | Value::Null => {
                self.throw_implicitly(Condition::Always, span);
                self.not_followed(format!("`.{name}` of nothing"), span)
            }
            Value::Unknown(unknown) => self.derived(*unknown, &format!(".{name}"), span),
            Value::Text(text) => {
                if !super::text::always_there(text) {
                    self.throw_implicitly(Condition::Defined(text.clone()).negated(), span);
                }
                self.not_followed(format!("`.{name}` of a text of the request"), span)
            }
            _ => Value::Undefined,
        }
    }

    pub(super) fn member_of(&mut self, id: ObjectId, name: &str, span: Span) -> Value {
        if let Some(value) = self.memory.inherited(id, name) {
            return self.as_known_here(value);
        }
        match (&self.memory.object(id).kind, name) {
            (Kind::Array(items), "length") | (Kind::Set(items), "size") => Value::count(items.len()),
            (Kind::Map(pairs), "size") => Value::count(pairs.len()),
            (Kind::Array(items), index) => {
                let Ok(index) = index.parse::<usize>() else { return Value::Undefined };
                match items.get(index) {
                    Some(item) => item.clone(),
                    // What stands for a list that is not known has one member.
                    None => match items.last() {
                        Some(Value::Unknown(unknown)) => self.derived(*unknown, "", span),
                        _ => Value::Undefined,
                    },
                }
            }
            (Kind::Parts(subject, separator), index) => {
                let (subject, separator) = (subject.clone(), separator.clone());
                match index.parse::<usize>() {
                    Ok(index) => self.part(&subject, &separator, index, span),
                    Err(_) => self.made_by(&subject, "how many parts there are", span),
                }
            }
            (Kind::Url(text), "hostname" | "host" | "origin" | "protocol" | "port" | "href" | "pathname") => {
                let text = (**text).clone();
                self.part_of_url(&text, name, span)
            }
            (Kind::Url(_), _) => self.not_followed(format!("`.{name}` of a URL"), span),
            (Kind::Error(message), "message") => match &**message {
                Value::Undefined => self.not_followed("the message of an error", span),
                message => message.clone(),
            },
            (Kind::Function(_), "prototype") => {
                let prototype = Value::Object(self.allocate(Kind::Plain, span));
                self.memory.set_property(id, "prototype", prototype.clone());
                prototype
            }
            (Kind::Class(class, scope), name) => {
                let (class, scope) = (*class, *scope);
                let module = self.module_of(id);
                self.static_member(class, scope, module, name)
            }
            (Kind::SomeObject(unknown), _) => {
                let unknown = *unknown;
                self.derived(unknown, &format!(".{name}"), span)
            }
            _ => Value::Undefined,
        }
    }

    pub(super) fn set_member(&mut self, object: &Value, name: &str, value: Value) {
        match object {
            Value::Object(id) => match name.parse::<usize>() {
                Ok(index) if self.memory.elements(*id).is_some_and(|items| index <= items.len()) => {
                    let mut items = self.memory.elements(*id).unwrap_or_default().to_vec();
                    items.truncate(index.max(items.len()));
                    if index == items.len() {
                        items.push(value);
                    } else {
                        items[index] = value;
                    }
                    self.memory.set_elements(*id, items);
                }
                _ => self.memory.set_property(*id, name, value),
            },
            Value::Native(Native::Response) if name == "statusCode" => self.status = Some(value),
            Value::Native(Native::Response) => self.memory.set_property(self.response, name, value),
            _ => {}
        }
    }

    pub(super) fn native_member(&mut self, native: Native, name: &str, span: Span) -> Value {
        match (native, name) {
            (Native::Express, "Router") => Value::Native(Native::Router),
            (Native::Express, "json" | "urlencoded" | "text" | "raw") => Value::Native(Native::BodyParser),
            (Native::Express, "static") => Value::Native(Native::StaticMaker),
            (Native::NestFactory, "NestFactory") => Value::Native(Native::NestFactory),
            (Native::Url, "URL") => Value::Native(Native::Global("URL")),
            (Native::Express | Native::Cors | Native::Url | Native::Path | Native::Vary, "default")
            | (Native::BodyParser | Native::ModulePackage | Native::Login | Native::HttpErrors | Native::Http, _) => {
                Value::Native(native)
            }
            (Native::Process, "env") => Value::Native(Native::Environment),
            (Native::Environment, name) => self.environment(name, span),
            (Native::Request, name) => self.request_property(name, span),
            // Node keeps them in lower case.
            (Native::RequestHeaders, name) if name.chars().any(|c| c.is_ascii_uppercase()) => {
                self.misspelt_header(name, span)
            }
            (Native::RequestHeaders, name) => Value::Text(request_header(name)),
            (Native::RequestQuery, name) => Value::Text(Expression::Query(Some(name.to_owned()))),
            (Native::RequestCookies, name) => Value::Text(Expression::Cookie(name.to_owned())),
            (Native::Response, "statusCode") => self.status.clone().unwrap_or(Value::Number(200.0)),
            (Native::Response, "headersSent") => Value::Boolean(false),
            (Native::Response, name) if self.put_in_place(name).is_some() => {
                self.put_in_place(name).unwrap_or(Value::Undefined)
            }
            (Native::Response, "locals") => self.not_followed("`res.locals`", span),
            (Native::Response, name) => match Native::response_method(name) {
                Some(method) => Value::Native(method),
                None => self.not_followed(format!("`res.{name}`"), span),
            },
            (Native::NestFactory, _) => self.of_package("@nestjs/core", span),
            (Native::Global("Number"), "MAX_SAFE_INTEGER") => Value::Number(9_007_199_254_740_991.0),
            _ => self.not_followed(format!("`.{name}` of what a package provides"), span),
        }
    }

    /// A variable of the environment.
    pub(super) fn environment(&mut self, name: &str, span: Span) -> Value {
        if let Some(value) = self.program.environment.known.get(name) {
            return Value::string(value.as_str());
        }
        let unknown = self.unknown(format!("`process.env.{name}`"), FROM_ENVIRONMENT, Depends::Nothing, span);
        if !self.program.environment.tells_unset_apart {
            return Value::Unknown(unknown);
        }
        let is_set = Condition::Defined(Expression::Unknown(unknown));
        choice(&is_set, Value::Unknown(unknown), Value::Undefined)
    }
}
