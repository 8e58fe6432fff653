//! Modules: what they export, and what they import.

use crate::policy::Depends;
use crate::source::Span;
use crate::syntax::express::{Export, Import, Imported, Pattern, StatementKind};

use super::flow::Flow;
use super::machine::Machine;
use super::native::Native;
use super::statement::Frame;
use super::unknown::NOT_READ;
use super::value::{Kind, ObjectId, Value};

/// A module of the tree, while the program runs.
#[derive(Debug, Clone, Copy)]
pub(super) enum Loaded {
    /// Not asked for yet.
    No,
    /// What it exports, so far.
    Yes(ObjectId),
}

impl<'m> Machine<'m> {
    /// Runs a module, once.
    pub(super) fn load(&mut self, index: usize) -> ObjectId {
        if let Loaded::Yes(module) = self.loaded[index] {
            return module;
        }
        let start = Span::new(0, 0);
        let module = self.allocate(Kind::Plain, start);
        let exports = self.allocate(Kind::Plain, start);
        self.memory.set_property(module, "exports", Value::Object(exports));
        self.loaded[index] = Loaded::Yes(module);
        let file = &self.program.modules.files[index];
        if let Some(data) = &file.data {
            let data = self.json_value(data, start);
            self.memory.set_property(module, "exports", data);
            return module;
        }
        let (source, body) = (file.source, &file.module.body);
        let outer = std::mem::replace(&mut self.source, source);
        let frame = Frame { scope: self.memory.open(None), this: Value::Object(exports), module: index };
        self.memory.declare(frame.scope, "module", Value::Object(module));
        self.memory.declare(frame.scope, "exports", Value::Object(exports));
        // Imports are there before anything runs.
        for statement in body {
            if let StatementKind::Import(import) = &statement.kind {
                self.import(import, &frame);
            }
        }
        self.run_all(body, &frame);
        drop(self.take_thrown());
        self.source = outer;
        module
    }

    /// `require(name)`
    pub(super) fn require(&mut self, name: &str, span: Span) -> Value {
        let from = self.program.modules.files.iter().position(|file| file.source == self.source);
        match from.and_then(|from| self.program.modules.resolve(from, name)) {
            // A module that is run at this moment has what it exports so far.
            Some(index) => {
                let Some(module) = self.one_module_deeper(|machine| machine.load(index)) else {
                    return self.not_followed(format!("`{name}`"), span);
                };
                self.memory.property(module, "exports").unwrap_or(Value::Undefined)
            }
            None if is_relative(name) => {
                Value::Unknown(self.unknown(format!("`{name}`"), NOT_READ, Depends::Nothing, span))
            }
            None => Native::package(name).map_or_else(|| self.of_package(name, span), Value::Native),
        }
    }

    fn import(&mut self, import: &'m Import, frame: &Frame) {
        let exports = self.require(&import.module.value, import.module.span);
        for name in &import.names {
            let value = match (&exports, &name.imported) {
                (Value::Object(id), Imported::Default) => {
                    // A CommonJS module is its own default.
                    self.memory.property(*id, "default").unwrap_or_else(|| exports.clone())
                }
                (_, Imported::Name(imported)) => self.member(&exports, imported, name.local.span),
                (_, Imported::Default | Imported::Namespace) => exports.clone(),
            };
            self.memory.declare(frame.scope, &name.local.text, value);
        }
    }

    pub(super) fn export(&mut self, export: &'m Export, frame: &Frame) -> Flow {
        let Value::Object(exports) = frame.this else { return Flow::default() };
        match export {
            Export::Declaration(statement) => {
                let flow = self.run_all(std::slice::from_ref(statement), frame);
                for name in declared(statement) {
                    if let Some(value) = self.memory.variable(frame.scope, &name) {
                        self.memory.set_property(exports, &name, value);
                    }
                }
                return flow;
            }
            Export::Default(expression) => {
                let value = self.evaluate(expression, frame);
                self.memory.set_property(exports, "default", value);
            }
            Export::Names { names, module } => {
                let from = module.as_ref().map(|module| self.require(&module.value, module.span));
                for name in names {
                    let value = match &from {
                        Some(from) => self.member(from, &name.local.text, name.local.span),
                        None => self.memory.variable(frame.scope, &name.local.text).unwrap_or(Value::Undefined),
                    };
                    self.memory.set_property(exports, &name.exported.text, value);
                }
            }
            Export::All { name, module } => {
                let from = self.require(&module.value, module.span);
                match name {
                    Some(name) => self.memory.set_property(exports, &name.text, from),
                    None => self.copy_properties(exports, &from),
                }
            }
            Export::Assign(expression) => {
                let value = self.evaluate(expression, frame);
                if let Some(Value::Object(module)) = self.memory.variable(frame.scope, "module") {
                    self.memory.set_property(module, "exports", value);
                }
            }
        }
        Flow::default()
    }
}

/// Whether an import names a file rather than a package; `@/x` and `~/x` are what TypeScript is often told to look for
/// in the tree.
fn is_relative(name: &str) -> bool {
    name.starts_with(['.', '/', '~']) || name.starts_with("@/")
}

/// The names that a declaration declares.
fn declared(statement: &crate::syntax::express::Statement) -> Vec<String> {
    match &statement.kind {
        StatementKind::Variables(variables) => {
            variables.declarators.iter().flat_map(|declarator| names_in(&declarator.target)).collect()
        }
        StatementKind::Function(function) => function.name.iter().map(|name| name.text.clone()).collect(),
        StatementKind::Class(class) => class.name.iter().map(|name| name.text.clone()).collect(),
        StatementKind::Enum { name, .. } => vec![name.text.clone()],
        _ => Vec::new(),
    }
}

/// The names that a pattern declares.
fn names_in(pattern: &Pattern) -> Vec<String> {
    let rest = |rest: &Option<Box<Pattern>>| rest.as_deref().map(names_in).unwrap_or_default();
    match pattern {
        Pattern::Name(name) => vec![name.text.clone()],
        Pattern::Object { properties, rest: others, .. } => {
            properties.iter().flat_map(|property| names_in(&property.value)).chain(rest(others)).collect()
        }
        Pattern::Array { elements, rest: others, .. } => {
            elements.iter().flatten().flat_map(|element| names_in(&element.value)).chain(rest(others)).collect()
        }
        Pattern::Expression(_) | Pattern::Unreadable(_) => Vec::new(),
    }
}
