//! Classes and their instances.

use crate::source::Span;
use crate::syntax::express::{Class, MemberKind, Pattern};

use super::machine::Machine;
use super::native::Native;
use super::scope::ScopeId;
use super::statement::Frame;
use super::value::{Closure, Kind, ObjectId, Value};

/// The variable that `super` is.
pub(super) const SUPER: &str = "super";

/// How many classes extend each other.
const MOST_PARENTS: usize = 8;

impl<'m> Machine<'m> {
    /// An instance of a class: the methods of its parents and its own, its fields, then its constructor.
    pub(super) fn instantiate(
        &mut self,
        class: &'m Class,
        scope: ScopeId,
        arguments: Vec<Value>,
        module: usize,
        span: Span,
    ) -> Value {
        let id = self.allocate(Kind::Plain, span);
        let frame = Frame { scope, this: Value::Object(id), module };
        match self.deeper(|machine| machine.initialize(id, class, arguments, &frame, span)) {
            Some(()) => frame.this,
            None => self.not_followed("a class that makes itself", span),
        }
    }

    fn initialize(&mut self, id: ObjectId, class: &'m Class, arguments: Vec<Value>, frame: &Frame, span: Span) {
        self.inherit(id, class, frame, 0);
        self.getters(id, class, frame, span);
        if let Some(constructor) = self.memory.property(id, "constructor") {
            self.parameter_properties(id, &constructor, &arguments);
            self.apply(&constructor, frame.this.clone(), arguments, span);
            self.getters(id, class, frame, span);
        }
    }

    /// What getters give as things are.
    fn getters(&mut self, id: ObjectId, class: &'m Class, frame: &Frame, span: Span) {
        for member in class.members.iter().filter(|member| !member.is_static) {
            if let MemberKind::Getter(key, function) = &member.kind
                && let Some(name) = self.key(key, frame)
            {
                let getter = self.closure(function, frame);
                let value = self.apply(&getter, frame.this.clone(), Vec::new(), span);
                self.memory.set_property(id, &name, value);
            }
        }
    }

    /// Methods and fields, those of the parent first.
    fn inherit(&mut self, id: ObjectId, class: &'m Class, frame: &Frame, depth: usize) {
        if let Some(parent) = class.parent.as_ref().filter(|_| depth < MOST_PARENTS) {
            let parent = self.evaluate(parent, frame);
            if let Value::Object(parent) = parent
                && let Kind::Class(parent, scope) = self.memory.object(parent).kind
            {
                self.inherit(id, parent, &Frame { scope, ..frame.clone() }, depth + 1);
            } else if matches!(parent, Value::Native(Native::Global("Error"))) {
                self.memory.set_kind(id, Kind::Error(Box::new(Value::Undefined)));
            }
        }
        let frame = &self.frame_with_super(id, class, frame);
        for member in class.members.iter().filter(|member| !member.is_static) {
            if let MemberKind::Method(key, function) = &member.kind
                && let Some(name) = self.key(key, frame)
            {
                let method = self.closure(function, frame);
                self.memory.set_property(id, &name, method);
            }
        }
        for member in class.members.iter().filter(|member| !member.is_static) {
            if let MemberKind::Field(key, Some(value)) = &member.kind
                && let Some(name) = self.key(key, frame)
            {
                let value = self.evaluate(value, frame);
                self.memory.set_property(id, &name, value);
            }
        }
    }

    /// Where methods stand that call the constructor or the methods of the class above by `super`.
    fn frame_with_super(&mut self, id: ObjectId, class: &'m Class, frame: &Frame) -> Frame {
        let scope = self.memory.open(Some(frame.scope));
        let parent = self.memory.object(id).properties.clone();
        if let (true, Some(constructor)) = (class.parent.is_some(), self.memory.property(id, "constructor")) {
            let this = Box::new(Value::Object(id));
            let bound = Kind::Bound { function: Box::new(constructor), this, arguments: Vec::new() };
            let above = self.allocate(bound, class.span);
            for (name, value) in parent {
                self.memory.set_property(above, &name, value);
            }
            self.memory.declare(scope, SUPER, Value::Object(above));
        }
        Frame { scope, ..frame.clone() }
    }

    /// `constructor(private readonly origins: string[])`
    fn parameter_properties(&mut self, id: ObjectId, constructor: &Value, arguments: &[Value]) {
        let Value::Object(function) = constructor else { return };
        let Kind::Function(Closure { function, .. }) = self.memory.object(*function).kind.clone() else { return };
        for (parameter, value) in function.parameters.iter().zip(arguments) {
            if let (true, Pattern::Name(name)) = (parameter.property, &parameter.pattern) {
                self.memory.set_property(id, &name.text, value.clone());
            }
        }
    }

    /// `Class.name`
    pub(super) fn static_member(&mut self, class: &'m Class, scope: ScopeId, module: usize, name: &str) -> Value {
        let frame = Frame { scope, this: Value::Undefined, module };
        for member in class.members.iter().filter(|member| member.is_static) {
            match &member.kind {
                MemberKind::Method(key, function) if self.key(key, &frame).as_deref() == Some(name) => {
                    return self.closure(function, &frame);
                }
                MemberKind::Getter(key, function) if self.key(key, &frame).as_deref() == Some(name) => {
                    let getter = self.closure(function, &frame);
                    return self.apply(&getter, Value::Undefined, Vec::new(), function.span);
                }
                MemberKind::Field(key, Some(value)) if self.key(key, &frame).as_deref() == Some(name) => {
                    let value = self.deeper(|machine| machine.evaluate(value, &frame));
                    return value.unwrap_or_else(|| self.not_followed("a field that is itself", class.span));
                }
                _ => {}
            }
        }
        Value::Undefined
    }
}
