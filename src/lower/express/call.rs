//! Calls: of functions of the program, and of what others provide.

use crate::policy::{Condition, Depends, UnknownId};
use crate::source::Span;
use crate::syntax::express::{Argument, Body, Expression, ExpressionKind, Function};

use super::expression::{member_name, nullish, number_text, truth_value};
use super::flow::{Exit, Flow};
use super::instance::CLASS;
use super::machine::Machine;
use super::native::Native;
use super::stack::Stack;
use super::statement::Frame;
use super::value::{Closure, Kind, ObjectId, Truth, Value, choice};

impl<'m> Machine<'m> {
    pub(super) fn call(
        &mut self,
        callee: &'m Expression,
        arguments: &'m [Argument],
        optional: bool,
        span: Span,
        frame: &Frame,
    ) -> Value {
        // `(0, cors_1.default)(…)`, as compilers write it.
        let callee = match &callee.kind {
            ExpressionKind::Sequence(all) => all.last().unwrap_or(callee),
            _ => callee,
        };
        if let ExpressionKind::Member { object, property, optional: skips, private } = &callee.kind {
            let is_skipped = *skips || may_be_skipped(object);
            let object = self.evaluate(object, frame);
            let name = &member_name(property, *private);
            return self.unless_nullish(is_skipped, &object, |machine, object| {
                let arguments = machine.arguments(arguments, frame);
                machine.call_method(object, name, arguments, span)
            });
        }
        let is_skipped = optional || may_be_skipped(callee);
        let function = self.evaluate(callee, frame);
        self.unless_nullish(is_skipped, &function, |machine, function| {
            let arguments = machine.arguments(arguments, frame);
            machine.apply(function, Value::Undefined, arguments, span)
        })
    }

    /// What comes of a value behind a `?.`: nothing where there is none.
    pub(super) fn unless_nullish(
        &mut self,
        is_skipped: bool,
        value: &Value,
        run: impl FnOnce(&mut Self, &Value) -> Value,
    ) -> Value {
        if !is_skipped {
            return run(self, value);
        }
        // Where it is there, none of its choices is nothing.
        let there = match value {
            Value::Choice(_, nothing, other) if nothing.is_nullish() => (**other).clone(),
            Value::Choice(_, other, nothing) if nothing.is_nullish() => (**other).clone(),
            other => other.clone(),
        };
        self.either(nullish(value), |_| Value::Undefined, |machine| run(machine, &there))
    }

    /// `object.name(arguments)`
    pub(super) fn call_method(&mut self, object: &Value, name: &str, arguments: Vec<Value>, span: Span) -> Value {
        match object {
            Value::Choice(..) => self
                .each_choice(object, &mut |machine, object| machine.call_method(object, name, arguments.clone(), span)),
            Value::String(text, _) => {
                let text = text.clone();
                self.string_method(&text, name, &arguments, span)
            }
            Value::Text(text) => self.text_method(text, name, &arguments, span),
            Value::Undefined | Value::Null => {
                self.throw_implicitly(Condition::Always, span);
                self.not_followed(format!("`.{name}()` of nothing"), span)
            }
            Value::Native(native) => self.native_method(*native, name, arguments, span),
            Value::Object(id) => self.method_of(*id, name, arguments, span),
            Value::Unknown(unknown) => self.method_of_unknown(*unknown, name, &arguments, span),
            Value::Number(number) if name.starts_with("to") => Value::string(number_text(*number)),
            Value::Boolean(value) if name == "toString" => Value::string(value.to_string()),
            Value::Number(_) | Value::Boolean(_) | Value::Truth(_) => self.not_followed(format!("`.{name}()`"), span),
        }
    }

    fn method_of(&mut self, id: ObjectId, name: &str, arguments: Vec<Value>, span: Span) -> Value {
        let object = Value::Object(id);
        if let Some(function) = self.memory.inherited(id, name) {
            return self.apply(&function, object, arguments, span);
        }
        // A list is not copied: it may be long.
        if matches!(self.memory.object(id).kind, Kind::Array(_)) {
            return self.array_method(id, name, arguments, span);
        }
        match self.memory.object(id).kind.clone() {
            Kind::Set(_) => self.set_method(id, name, arguments, span),
            Kind::Map(pairs) => self.map_method(id, &pairs, name, arguments, span),
            Kind::Regex { .. } if matches!(name, "test" | "exec") => {
                let value = arguments.into_iter().next().unwrap_or(Value::Undefined);
                match name {
                    "test" => truth_value(self.test(id, &value, span)),
                    _ => self.executed(id, &value, span),
                }
            }
            Kind::Parts(subject, separator) => self.parts_method((&subject, &separator), name, &arguments, span),
            Kind::Regex { pattern, .. } if name == "toString" => Value::string(pattern),
            Kind::Stack(stack) => self.stack_method(stack, id, name, arguments, span),
            Kind::Function(_) | Kind::Bound { .. } => self.function_method(&object, name, arguments, span),
            Kind::Promise(inner) => self.promise_method(*inner, name, arguments, span),
            Kind::Url(text) if matches!(name, "toString" | "toJSON") => *text,
            Kind::SomeObject(unknown) => self.method_of_unknown(unknown, name, &arguments, span),
            Kind::Class(..) => {
                let function = self.member(&object, name, span);
                self.apply(&function, object, arguments, span)
            }
            Kind::Plain if name == "hasOwnProperty" => match arguments.first().and_then(Value::as_str) {
                Some(key) => Value::Boolean(self.memory.property(id, key).is_some()),
                None => self.not_followed("whether an object has a property", span),
            },
            _ => {
                self.may_throw(span);
                self.not_followed(format!("`.{name}()`"), span)
            }
        }
    }

    fn method_of_unknown(&mut self, unknown: UnknownId, name: &str, arguments: &[Value], span: Span) -> Value {
        match name {
            // A text that is split has parts, of which one stands for all.
            "split" => {
                let part = self.derived(unknown, "", span);
                self.list(vec![part], span)
            }
            "trim" | "toLowerCase" | "toString" | "filter" | "sort" | "concat" | "slice" => {
                self.derived(unknown, "", span)
            }
            // A list is taken to have a member.
            "map" | "forEach" => {
                let member = self.derived(unknown, "", span);
                let list = self.list(vec![member], span);
                self.call_method(&list, name, arguments.to_vec(), span)
            }
            "includes" | "has" => self.is_held(unknown, name, arguments.first(), span),
            "indexOf" => {
                let held = self.is_held(unknown, name, arguments.first(), span).truth();
                choice(&held.condition(), Value::Number(1.0), Value::Number(-1.0))
            }
            "some" | "every" | "find" | "test" | "match" | "startsWith" | "endsWith" => {
                self.made_of(unknown, &format!(".{name}()"), arguments, span)
            }
            "then" => {
                let promise = Kind::Promise(Box::new(Value::Unknown(unknown)));
                let promise = Value::Object(self.allocate(promise, span));
                self.call_method(&promise, name, arguments.to_vec(), span)
            }
            "catch" => {
                self.rejected(arguments.first(), span);
                Value::Unknown(unknown)
            }
            _ => {
                let Value::Unknown(method) = self.derived(unknown, &format!(".{name}"), span) else {
                    return Value::Undefined;
                };
                self.call_unknown(method, arguments, span)
            }
        }
    }

    /// `call`, `apply` and `bind` of a function.
    pub(super) fn function_method(&mut self, function: &Value, name: &str, arguments: Vec<Value>, span: Span) -> Value {
        let mut arguments = arguments.into_iter();
        let this = arguments.next().unwrap_or(Value::Undefined);
        match name {
            "call" => self.apply(function, this, arguments.collect(), span),
            "apply" => {
                let list = arguments.next().unwrap_or(Value::Undefined);
                let items = self.items(&list).unwrap_or_default();
                self.apply(function, this, items, span)
            }
            "bind" => {
                let bound = Kind::Bound {
                    function: Box::new(function.clone()),
                    this: Box::new(this),
                    arguments: arguments.collect(),
                };
                Value::Object(self.allocate(bound, span))
            }
            _ => self.not_followed(format!("`.{name}()` of a function"), span),
        }
    }

    /// What is done with what a promise comes to.
    fn promise_method(&mut self, inner: Value, name: &str, arguments: Vec<Value>, span: Span) -> Value {
        let mut arguments = arguments.into_iter();
        let first = arguments.next().unwrap_or(Value::Undefined);
        let value = match name {
            "then" => {
                self.rejected(arguments.next().as_ref(), span);
                self.apply(&first, Value::Undefined, vec![inner], span)
            }
            "catch" => {
                self.rejected(Some(&first), span);
                inner
            }
            _ => {
                self.apply(&first, Value::Undefined, Vec::new(), span);
                inner
            }
        };
        let value = self.settled(value);
        Value::Object(self.allocate(Kind::Promise(Box::new(value)), span))
    }

    /// What is done where a promise fails, for reasons that nobody knows.
    fn rejected(&mut self, function: Option<&Value>, span: Span) {
        let is_open = self.is_serving && self.opaque_calls > 0;
        let is_asked = !self.pending_origins.is_empty() || !self.pending_options.is_empty();
        let Some(function) = function.filter(|_| is_open && !is_asked) else { return };
        let fails = self.unknown("an exception", "is not known", Depends::Anything, span);
        self.branch(Truth::Asked(Condition::Unknown(fails)), |machine| machine.call_back(function, span), |_| ());
    }

    /// Calls a value.
    pub(super) fn apply(&mut self, function: &Value, this: Value, arguments: Vec<Value>, span: Span) -> Value {
        match function {
            Value::Choice(..) => self.each_choice(function, &mut |machine, function| {
                machine.apply(function, this.clone(), arguments.clone(), span)
            }),
            Value::Native(native) => self.call_native(*native, arguments, span),
            Value::Object(id) => match self.memory.object(*id).kind.clone() {
                Kind::Function(closure) => self.run_function(&closure, this, arguments, span),
                Kind::Bound { function, this, arguments: first } => {
                    let arguments = first.into_iter().chain(arguments).collect();
                    self.apply(&function, *this, arguments, span)
                }
                Kind::Stack(stack) => self.stack_called(stack, &arguments, span),
                Kind::SomeObject(unknown) => self.call_unknown(unknown, &arguments, span),
                _ => {
                    self.throw_implicitly(Condition::Always, span);
                    self.not_followed("a call", span)
                }
            },
            Value::Unknown(unknown) => self.call_unknown(*unknown, &arguments, span),
            Value::Undefined | Value::Null if !self.is_serving => self.not_followed("a call", span),
            _ => {
                self.throw_implicitly(Condition::Always, span);
                Value::Undefined
            }
        }
    }

    /// `app(req, res)`: an application that is called like a function.
    fn stack_called(&mut self, _stack: Stack, arguments: &[Value], span: Span) -> Value {
        if self.is_serving {
            let unknown = self.unknown("an application", "is called like a function", Depends::Anything, span);
            return self.call_unknown(unknown, arguments, span);
        }
        self.not_followed("a call of an application", span)
    }

    /// Runs a function of the program: its value, with what it throws thrown on.
    pub(super) fn run_function(
        &mut self,
        closure: &Closure<'m>,
        this: Value,
        arguments: Vec<Value>,
        span: Span,
    ) -> Value {
        let function: *const Function = closure.function;
        if self.running.iter().filter(|running| **running == function).count() >= MOST_RECURSION {
            return self.not_followed("a function that calls itself", span);
        }
        self.running.push(function);
        let value = self.run_called(closure, this, arguments, span);
        self.running.pop();
        value
    }

    fn run_called(&mut self, closure: &Closure<'m>, this: Value, arguments: Vec<Value>, span: Span) -> Value {
        let this = closure.this.as_deref().cloned().unwrap_or(this);
        let frame = Frame { scope: self.memory.open(Some(closure.scope)), this, module: closure.module };
        let outer = self.take_thrown();
        let source = self.program.modules.files[closure.module].source;
        let source = std::mem::replace(&mut self.source, source);
        let (flow, does) =
            self.collect(|machine| machine.deeper(|machine| machine.run_body(closure, arguments, &frame)));
        self.source = source;
        self.throw_again(outer);
        self.emit_all(does);
        let Some(flow) = flow else { return self.not_followed("a function that calls itself", span) };
        let value = self.value_of(flow);
        if closure.function.is_async {
            let settled = self.settled(value);
            return Value::Object(self.allocate(Kind::Promise(Box::new(settled)), span));
        }
        value
    }

    fn run_body(&mut self, closure: &Closure<'m>, arguments: Vec<Value>, frame: &Frame) -> Flow {
        let mut given = arguments.into_iter();
        for parameter in &closure.function.parameters {
            let value = if parameter.rest {
                let rest = given.by_ref().collect();
                self.list(rest, closure.function.span)
            } else {
                given.next().unwrap_or(Value::Undefined)
            };
            let value = self.or_default(value, parameter.default.as_ref(), frame);
            self.bind(&parameter.pattern, value, frame, true);
        }
        match &closure.function.body {
            Body::Block(statements) => self.run_all(statements, frame),
            Body::Expression(expression) => {
                let value = self.evaluate(expression, frame);
                self.take_thrown().then(Flow::always(Exit::Return(value)))
            }
        }
    }

    /// What a function returns by these ways out; what it throws is thrown.
    pub(super) fn value_of(&mut self, flow: Flow) -> Value {
        let mut value = Value::Undefined;
        for (condition, exit) in flow.exclusive().into_iter().rev() {
            match exit {
                Exit::Return(returned) => value = choice(&condition, returned, value),
                Exit::Throw(thrown) => self.throw_where(condition, thrown),
                Exit::Break(_) | Exit::Continue => {}
            }
        }
        value
    }

    /// `new callee(arguments)`
    pub(super) fn construct(
        &mut self,
        callee: &'m Expression,
        arguments: &'m [Argument],
        span: Span,
        frame: &Frame,
    ) -> Value {
        let class = self.evaluate(callee, frame);
        let arguments = self.arguments(arguments, frame);
        match &class {
            Value::Native(Native::Global(name)) => self.construct_global(name, arguments, span),
            Value::Object(id) => match self.memory.object(*id).kind.clone() {
                Kind::Class(class, scope) => {
                    let module = self.module_of(*id);
                    let instance = self.instantiate(class, scope, arguments, module, span);
                    if let Value::Object(own) = &instance {
                        self.memory.set_property(*own, CLASS, Value::Object(*id));
                    }
                    instance
                }
                Kind::Function(closure) => {
                    let instance = self.allocate(Kind::Plain, span);
                    if let Some(prototype) = self.memory.property(*id, "prototype") {
                        self.memory.set_property(instance, PROTOTYPE, prototype);
                    }
                    let this = Value::Object(instance);
                    match self.run_function(&closure, this.clone(), arguments, span) {
                        Value::Undefined => this,
                        made => made,
                    }
                }
                _ => self.not_followed("an instance", span),
            },
            Value::Unknown(unknown) => self.derived(*unknown, "()", span),
            _ => self.not_followed("an instance", span),
        }
    }
}

/// How often a function may be running at a time.
const MOST_RECURSION: usize = 3;

/// What an object of a function's making has besides its own.
pub(super) const PROTOTYPE: &str = "[[Prototype]]";

/// Whether an expression is a part of a chain in which a `?.` may skip it.
pub(super) fn may_be_skipped(expression: &Expression) -> bool {
    let mut expression = expression;
    loop {
        expression = match &expression.kind {
            ExpressionKind::Member { optional: true, .. }
            | ExpressionKind::Index { optional: true, .. }
            | ExpressionKind::Call { optional: true, .. } => return true,
            ExpressionKind::Member { object, .. } | ExpressionKind::Index { object, .. } => object,
            ExpressionKind::Call { callee, .. } => callee,
            _ => return false,
        }
    }
}
