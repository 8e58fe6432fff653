//! What the grammar sees.

use corslint::parse::express::parse;
use corslint::source::Span;
use corslint::syntax::express::{
    Argument, Body, Class, Element, Export, Expression, ExpressionKind as E, ForInit, Function, Key, MemberKind, Name,
    Pattern, Property, Statement, StatementKind as S, Template, Text, Variables,
};

use super::Nodes;

/// Every node, and the first thing that could not be read.
pub(crate) fn nodes(text: &str) -> (Nodes, Option<String>) {
    let module = parse(text);
    let error = module.errors.first().map(|error| {
        let line = text[..error.span.start as usize].lines().count();
        format!("{line}: {}", error.message)
    });
    let mut collector = Collector { text, nodes: Nodes::new() };
    collector.statements(&module.body);
    (collector.nodes, error)
}

struct Collector<'t> {
    text: &'t str,
    nodes: Nodes,
}

impl Collector<'_> {
    fn add(&mut self, label: impl Into<String>, span: Span) {
        self.nodes.insert((label.into(), span.start, span.end));
    }

    fn all<'e>(&mut self, expressions: impl IntoIterator<Item = &'e Expression>) {
        for expression in expressions {
            self.expression(expression);
        }
    }

    fn statements(&mut self, statements: &[Statement]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Statement) {
        let span = statement.span;
        match &statement.kind {
            S::Variables(variables) => self.variables(variables),
            S::Function(function) => self.function(function),
            S::Class(class) => self.class(class),
            S::Expression(expression) => {
                self.add("expression", span);
                self.expression(expression);
            }
            S::If { test, then, otherwise } => {
                self.add("if", span);
                self.expression(test);
                self.statement(then);
                if let Some(statement) = otherwise {
                    self.statement(statement);
                }
            }
            S::Return(value) => {
                self.add("return", span);
                self.all(value);
            }
            S::Throw(value) => {
                self.add("throw", span);
                self.expression(value);
            }
            S::Try { block, catch, finally } => {
                self.add("try", span);
                self.statements(block);
                if let Some(catch) = catch {
                    if let Some(pattern) = &catch.parameter {
                        self.pattern(pattern, false);
                    }

                    self.statements(&catch.body);
                }
                if let Some(block) = finally {
                    self.statements(block);
                }
            }
            S::Labelled { body, .. } => {
                self.add("label", span);
                self.statement(body);
            }
            S::Block(body) | S::Namespace { body, .. } => self.statements(body),
            S::Enum { members, .. } => {
                for member in members {
                    self.key(&member.key);
                    self.all(&member.value);
                }
            }
            S::Import(import) => {
                self.add("import", span);
                self.module(&import.module);
            }
            S::Export(export) => self.export(export, span),
            S::Break(_) | S::Continue(_) | S::ImportEquals { .. } | S::Nothing => {}
            S::Unreadable => self.add("unreadable", span),
            _ => self.repetition(statement),
        }
    }

    fn repetition(&mut self, statement: &Statement) {
        let span = statement.span;
        match &statement.kind {
            S::For { init, test, update, body } => {
                self.add("for", span);
                match init {
                    Some(ForInit::Variables(variables)) => self.variables(variables),
                    Some(ForInit::Expression(init)) => self.expression(init),
                    None => {}
                }
                self.all(test.iter().chain(update));
                self.statement(body);
            }
            S::ForEach { declares, target, values, body, .. } => {
                self.add("for", span);
                if declares.is_some() {
                    self.add("declarator", target.span());
                }
                self.pattern(target, declares.is_none());
                self.expression(values);
                self.statement(body);
            }
            S::While { test, body } | S::DoWhile { test, body } => {
                self.add("while", span);
                self.expression(test);
                self.statement(body);
            }
            S::Switch { on, cases } => {
                self.add("switch", span);
                self.expression(on);
                for case in cases {
                    self.all(&case.test);
                    self.statements(&case.body);
                }
            }
            _ => {}
        }
    }

    fn export(&mut self, export: &Export, span: Span) {
        // oxc's export begins behind the decorators of what is exported.
        let is_whole = !self.text[span.range()].starts_with('@');
        match export {
            Export::Declaration(statement) => {
                if !matches!(statement.kind, S::ImportEquals { .. }) && is_whole {
                    self.add("export", span);
                }
                self.statement(statement);
            }
            Export::Default(value) => {
                if is_whole {
                    self.add("export", span);
                }
                self.expression(value);
            }
            Export::Names { names, module } => {
                self.add("export", span);
                for name in names {
                    if self.text[name.exported.span.range()].starts_with('"') {
                        self.add(format!("string {:?}", name.exported.text), name.exported.span);
                    }
                    if module.is_none() {
                        self.add(format!("identifier {}", name.local.text), name.local.span);
                    }
                }
                if let Some(module) = module {
                    self.module(module);
                }
            }
            Export::All { module, .. } => {
                self.add("export", span);
                self.module(module);
            }
            Export::Assign(value) => self.expression(value),
        }
    }

    fn module(&mut self, module: &Text) {
        self.add(format!("string {:?}", module.value), module.span);
    }

    fn variables(&mut self, variables: &Variables) {
        for declarator in &variables.declarators {
            // oxc's span ends with the type of a declaration without a value; ours knows no types.
            self.add("declarator", declarator.span);
            self.pattern(&declarator.target, false);
            self.all(&declarator.value);
        }
    }

    fn function(&mut self, function: &Function) {
        self.add(if function.is_arrow { "arrow" } else { "function" }, function.span);
        self.inside(function);
    }

    fn inside(&mut self, function: &Function) {
        for parameter in &function.parameters {
            self.pattern(&parameter.pattern, false);
            self.all(&parameter.default);
        }
        match &function.body {
            Body::Block(body) => self.statements(body),
            Body::Expression(value) => self.expression(value),
        }
    }

    fn class(&mut self, class: &Class) {
        self.add("class", Span { start: class.span.end, end: class.span.end });
        self.all(class.decorators.iter().chain(&class.parent));
        for member in &class.members {
            self.all(&member.decorators);
            match &member.kind {
                MemberKind::Method(key, function)
                | MemberKind::Getter(key, function)
                | MemberKind::Setter(key, function) => {
                    self.key(key);
                    self.inside(function);
                }
                MemberKind::Field(key, value) => {
                    self.key(key);
                    self.all(value);
                }
                MemberKind::Block(body) => self.statements(body),
                MemberKind::Unreadable => self.add("unreadable", member.span),
            }
        }
    }

    fn key(&mut self, key: &Key) {
        match key {
            Key::Name(name) => match self.text.as_bytes()[name.span.start as usize] {
                b'\'' | b'"' => self.add(format!("string {:?}", name.text), name.span),
                b'0'..=b'9' | b'.' => self.add(format!("number {}", name.text), name.span),
                _ => {}
            },
            Key::Private(_) => {}
            Key::Computed(key) => self.expression(key),
        }
    }

    fn pattern(&mut self, pattern: &Pattern, assigns: bool) {
        match pattern {
            Pattern::Name(Name { text, span }) if assigns => self.add(format!("identifier {text}"), *span),
            Pattern::Name(_) => {}
            Pattern::Object { properties, rest, .. } => {
                for property in properties {
                    self.key(&property.key);
                    self.pattern(&property.value, assigns);
                    self.all(&property.default);
                }
                if let Some(rest) = rest {
                    self.pattern(rest, assigns);
                }
            }
            Pattern::Array { elements, rest, .. } => {
                for element in elements.iter().flatten() {
                    self.pattern(&element.value, assigns);
                    self.all(&element.default);
                }
                if let Some(rest) = rest {
                    self.pattern(rest, assigns);
                }
            }
            Pattern::Expression(expression) => self.expression(expression),
            Pattern::Unreadable(span) => self.add("unreadable", *span),
        }
    }

    fn expression(&mut self, expression: &Expression) {
        let span = expression.span;
        match &expression.kind {
            E::Identifier(name) if name.starts_with('#') => {}
            E::Identifier(name) => self.add(format!("identifier {name}"), span),
            E::This => self.add("this", span),
            E::Null => self.add("null", span),
            E::Boolean(_) => self.add("boolean", span),
            E::Number(value) => self.add(format!("number {value}"), span),
            E::BigInt(_) => self.add("bigint", span),
            E::String(value) if value.contains(char::REPLACEMENT_CHARACTER) => self.add("string", span),
            E::String(value) => self.add(format!("string {value:?}"), span),
            E::Template(template) => self.template(template, span),
            E::Tagged { tag, template } => {
                self.add("tagged", span);
                self.expression(tag);
                let start = self.text[tag.span.end as usize..].find('`').unwrap_or_default();
                self.template(
                    template,
                    Span { start: tag.span.end + u32::try_from(start).unwrap_or_default(), end: span.end },
                );
            }
            E::Regex { pattern, .. } => self.add(format!("regex {pattern:?}"), span),
            E::Function(function) => self.function(function),
            E::Class(class) => self.class(class),
            E::Array(elements) => {
                self.add("array", span);
                for element in elements {
                    match element {
                        Element::Hole => {}
                        Element::Item(item) | Element::Spread(item) => self.expression(item),
                    }
                }
            }
            E::Object(properties) => {
                self.add("object", span);
                for property in properties {
                    self.property(property);
                }
            }
            E::Super | E::Meta(_) => {}
            E::Jsx => self.add("jsx", span),
            E::Unreadable => self.add("unreadable", span),
            _ => self.operation(expression),
        }
    }

    fn template(&mut self, template: &Template, span: Span) {
        self.add(format!("template {:?}", template.texts), span);
        self.all(&template.expressions);
    }

    fn property(&mut self, property: &Property) {
        match property {
            Property::Value { key, value, .. } => {
                self.key(key);
                self.expression(value);
            }
            Property::Method { key, function }
            | Property::Getter { key, function }
            | Property::Setter { key, function } => {
                self.key(key);
                self.add("method", function.span);
                self.inside(function);
            }
            Property::Spread(value) => self.expression(value),
            Property::Unreadable(span) => self.add("unreadable", *span),
        }
    }

    fn operation(&mut self, expression: &Expression) {
        let (label, operands): (String, Vec<&Expression>) = match &expression.kind {
            E::Call { callee, arguments, .. } => return self.call("call", expression.span, callee, arguments),
            E::New { callee, arguments } => return self.call("new", expression.span, callee, arguments),
            E::Assign { target, value, .. } => {
                self.add("assign", expression.span);
                self.pattern(target, true);
                return self.expression(value);
            }
            E::Import(module) => ("import-call".to_owned(), vec![module]),
            E::Member { object, property, .. } => (format!("member {}", property.text), vec![object]),
            E::Index { object, index, .. } => ("index".to_owned(), vec![object, index]),
            E::Unary { operand, .. } => ("unary".to_owned(), vec![operand]),
            E::Update { target, .. } => ("update".to_owned(), vec![target]),
            E::Binary { left, right, .. } => ("binary".to_owned(), vec![left, right]),
            E::Logical { left, right, .. } => ("logical".to_owned(), vec![left, right]),
            E::Conditional { test, then, otherwise } => ("conditional".to_owned(), vec![test, then, otherwise]),
            E::Sequence(all) if all.len() == 1 => return self.expression(&all[0]),
            E::Sequence(all) => ("sequence".to_owned(), all.iter().collect()),
            E::Await(operand) => ("await".to_owned(), vec![operand]),
            E::Yield { value, .. } => ("yield".to_owned(), value.iter().map(AsRef::as_ref).collect()),
            _ => return,
        };
        self.add(label, expression.span);
        self.all(operands);
    }

    fn call(&mut self, label: &str, span: Span, callee: &Expression, arguments: &[Argument]) {
        self.add(label, span);
        self.expression(callee);
        for argument in arguments {
            let (Argument::Item(value) | Argument::Spread(value)) = argument;
            self.expression(value);
        }
    }
}
