//! `NestJS` on Express: `enableCors`, the option `cors`, and middleware that modules apply. What its controllers answer is
//! taken to be whatever is asked for.

use crate::source::Span;
use crate::syntax::express::{Argument, Class, Expression, ExpressionKind, Key, Property};

use super::machine::Machine;
use super::native::Native;
use super::scope::ScopeId;
use super::stack::StackKind;
use super::statement::Frame;
use super::value::{Kind, ObjectId, Truth, Value};

/// How many modules are looked through.
const MOST_MODULES: usize = 200;

impl<'m> Machine<'m> {
    /// `NestFactory.create(module, { cors: options })`
    pub(super) fn nest(&mut self, arguments: &[Value], span: Span) -> Value {
        let app = self.stack(StackKind::Foreign, span);
        let (Value::Object(id), Some(stack)) = (&app, self.stack_of(&app)) else { return app };
        let options = arguments.iter().skip(1).find_map(|argument| match argument {
            Value::Object(options) => {
                let at = self.memory.located(*options, "cors").map_or(span, |location| location.span);
                Some((self.memory.property(*options, "cors")?, at))
            }
            _ => None,
        });
        if let Some((options, at)) = options
            && options.truth() != Truth::Known(false)
        {
            self.stack_method(stack, *id, "enableCors", vec![options], at);
        }
        if let Some(module) = arguments.first() {
            self.nest_modules.clear();
            self.nest_app = Some(*id);
            self.nest_module(module);
        }
        app
    }

    /// A module: those that it imports, then what it does with the consumer of middleware.
    fn nest_module(&mut self, module: &Value) {
        let Value::Object(id) = module else { return };
        let Kind::Class(class, scope) = self.memory.object(*id).kind else { return };
        if self.nest_modules.contains(id) || self.nest_modules.len() == MOST_MODULES {
            return;
        }
        self.nest_modules.push(*id);
        for imported in self.nest_imports(class, scope) {
            self.nest_module(&imported);
        }
        let instance = self.instantiate(class, scope, Vec::new(), self.module_of(*id), class.span);
        if let Value::Object(own) = &instance
            && let Some(configure) = self.memory.inherited(*own, "configure")
        {
            self.apply(&configure, instance.clone(), vec![Value::Native(Native::NestConsumer)], class.span);
        }
    }

    /// Where an object was made: the place of its file among the modules.
    pub(super) fn module_of(&self, id: ObjectId) -> usize {
        let source = self.memory.object(id).location.map(|location| location.source);
        self.program.modules.files.iter().position(|file| Some(file.source) == source).unwrap_or(self.program.entry)
    }

    /// `@Module({ imports: […] })`
    fn nest_imports(&mut self, class: &'m Class, scope: ScopeId) -> Vec<Value> {
        let frame = Frame { scope, this: Value::Undefined, module: self.program.entry };
        let arguments = class.decorators.iter().find_map(|decorator| match &decorator.kind {
            ExpressionKind::Call { callee, arguments, .. }
                if matches!(&callee.kind, ExpressionKind::Identifier(name) if name == "Module") =>
            {
                Some(arguments)
            }
            _ => None,
        });
        let Some(Argument::Item(Expression { kind: ExpressionKind::Object(properties), .. })) =
            arguments.and_then(|arguments| arguments.first())
        else {
            return Vec::new();
        };
        let imports = properties.iter().find_map(|property| match property {
            Property::Value { key: Key::Name(name), value, .. } if name.text == "imports" => Some(value),
            _ => None,
        });
        let Some(imports) = imports else { return Vec::new() };
        let imports = self.evaluate(imports, &frame);
        self.items(&imports).unwrap_or_default()
    }

    /// `consumer.apply(Middleware).forRoutes('*')`
    pub(super) fn nest_consumer(&mut self, name: &str, arguments: Vec<Value>, span: Span) -> Value {
        match name {
            "apply" => self.nest_applied = arguments,
            "forRoutes" => {
                let applied = std::mem::take(&mut self.nest_applied);
                self.nest_routes(&applied, &arguments, span);
            }
            _ => {}
        }
        Value::Native(Native::NestConsumer)
    }

    fn nest_routes(&mut self, applied: &[Value], routes: &[Value], span: Span) {
        let Some((app, stack)) = self.nest_app.and_then(|app| Some((app, self.stack_at(app)?))) else { return };
        let mut handlers = Vec::with_capacity(applied.len());
        for middleware in applied {
            handlers.extend(self.nest_handler(middleware, span));
        }
        // What a controller's routes are is not looked at.
        let everything = |text: &str| text.contains('*') || text.is_empty() || text == "/";
        let paths: Option<Vec<Value>> = routes
            .iter()
            .map(|route| match route {
                Value::String(text, _) if !everything(text) => {
                    let slash = if text.starts_with('/') { "" } else { "/" };
                    Some(Value::string(format!("{slash}{text}")))
                }
                _ => None,
            })
            .collect();
        for handler in handlers {
            match &paths {
                Some(paths) => {
                    for path in paths {
                        self.stack_method(stack, app, "use", vec![path.clone(), handler.clone()], span);
                    }
                }
                None => drop(self.stack_method(stack, app, "use", vec![handler], span)),
            }
        }
    }

    /// A class of middleware has a method `use`; a function is middleware itself.
    pub(super) fn nest_handler(&mut self, middleware: &Value, span: Span) -> Option<Value> {
        let Value::Object(id) = middleware else { return Some(middleware.clone()) };
        let Kind::Class(class, scope) = self.memory.object(*id).kind else { return Some(middleware.clone()) };
        let module = self.module_of(*id);
        let instance = self.instantiate(class, scope, Vec::new(), module, span);
        let Value::Object(own) = &instance else { return None };
        let function = self.memory.inherited(*own, "use")?;
        let bound = Kind::Bound { function: Box::new(function), this: Box::new(instance), arguments: Vec::new() };
        Some(Value::Object(self.allocate(bound, span)))
    }
}
