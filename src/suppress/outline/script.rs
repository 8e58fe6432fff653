//! The parts of JavaScript and TypeScript: statements, expressions, properties, members, cases.

use super::Part;
use crate::source::Span;
use crate::syntax::express::{
    Argument, Body, Case, Class, Element, Export, Expression, ExpressionKind, ForInit, Function, Key, Member,
    MemberKind, Pattern, Property, Statement, StatementKind, Variables,
};

/// Every part of a module, in no particular order.
pub(super) fn parts(body: &[Statement]) -> Vec<Part> {
    let mut walk = Walk { parts: Vec::new(), open: body.iter().map(Node::Statement).collect() };
    // A stack of its own: expressions nest as deep as a text is long.
    while let Some(node) = walk.open.pop() {
        match node {
            Node::Statement(statement) => walk.statement(statement),
            Node::Expression(expression) => walk.expression(expression),
            Node::Pattern(pattern) => walk.pattern(pattern),
        }
    }
    walk.parts
}

enum Node<'t> {
    Statement(&'t Statement),
    Expression(&'t Expression),
    Pattern(&'t Pattern),
}

struct Walk<'t> {
    parts: Vec<Part>,
    open: Vec<Node<'t>>,
}

impl<'t> Walk<'t> {
    fn part(&mut self, span: Span, head: Option<Span>) {
        self.parts.push(Part { span, head });
    }

    fn expressions(&mut self, expressions: impl IntoIterator<Item = &'t Expression>) {
        self.open.extend(expressions.into_iter().map(Node::Expression));
    }

    fn statements(&mut self, statements: impl IntoIterator<Item = &'t Statement>) {
        self.open.extend(statements.into_iter().map(Node::Statement));
    }

    fn statement(&mut self, statement: &'t Statement) {
        self.part(statement.span, None);
        match &statement.kind {
            StatementKind::Variables(variables) => self.variables(variables),
            StatementKind::Function(function) => self.function(function, statement.span),
            StatementKind::Class(class) => self.class(class),
            StatementKind::Expression(value)
            | StatementKind::Throw(value)
            | StatementKind::ImportEquals { value, .. }
            | StatementKind::Export(Export::Default(value) | Export::Assign(value)) => self.expressions([value]),
            StatementKind::Return(value) => self.expressions(value),
            StatementKind::If { test, then, otherwise } => {
                self.expressions([test]);
                self.statements([then.as_ref()].into_iter().chain(otherwise.as_deref()));
            }
            StatementKind::Try { block, catch, finally } => {
                let caught = catch.iter().flat_map(|catch| &catch.body);
                self.statements(block.iter().chain(caught).chain(finally.iter().flatten()));
            }
            StatementKind::For { init, test, update, body } => {
                match init {
                    Some(ForInit::Variables(variables)) => self.variables(variables),
                    Some(ForInit::Expression(value)) => self.expressions([value]),
                    None => {}
                }
                self.expressions(test.iter().chain(update));
                self.statements([body.as_ref()]);
            }
            StatementKind::ForEach { target, values, body, .. } => {
                self.open.push(Node::Pattern(target));
                self.expressions([values]);
                self.statements([body.as_ref()]);
            }
            StatementKind::While { test, body } | StatementKind::DoWhile { body, test } => {
                self.expressions([test]);
                self.statements([body.as_ref()]);
            }
            StatementKind::Switch { on, cases } => {
                self.expressions([on]);
                for case in cases {
                    self.case(case);
                }
            }
            StatementKind::Labelled { body, .. } => self.statements([body.as_ref()]),
            StatementKind::Export(Export::Declaration(declaration)) => self.statements([declaration.as_ref()]),
            StatementKind::Block(body) | StatementKind::Namespace { body, .. } => self.statements(body),
            StatementKind::Enum { members, .. } => {
                self.expressions(members.iter().filter_map(|member| member.value.as_ref()));
            }
            StatementKind::Break(_)
            | StatementKind::Continue(_)
            | StatementKind::Import(_)
            | StatementKind::Export(Export::Names { .. } | Export::All { .. })
            | StatementKind::Nothing
            | StatementKind::Unreadable => {}
        }
    }

    fn variables(&mut self, variables: &'t Variables) {
        for declarator in &variables.declarators {
            self.part(declarator.span, matches!(declarator.target, Pattern::Name(_)).then(|| declarator.target.span()));
            self.open.push(Node::Pattern(&declarator.target));
            self.expressions(&declarator.value);
        }
    }

    /// From its test, for want of a span, to the end of what is done.
    fn case(&mut self, case: &'t Case) {
        let spans = case.test.iter().map(|test| test.span).chain(case.body.iter().map(|done| done.span));
        if let Some(span) = spans.reduce(Span::to) {
            self.part(span, case.test.as_ref().map(|test| test.span));
        }
        self.expressions(&case.test);
        self.statements(&case.body);
    }

    fn function(&mut self, function: &'t Function, span: Span) {
        self.part(span, function.name.as_ref().map(|name| name.span));
        for parameter in &function.parameters {
            self.open.push(Node::Pattern(&parameter.pattern));
            self.expressions(&parameter.default);
        }
        match &function.body {
            Body::Block(body) => self.statements(body),
            Body::Expression(value) => self.expressions([value.as_ref()]),
        }
    }

    fn class(&mut self, class: &'t Class) {
        let head = class.name.as_ref().map(|name| name.span);
        self.part(decorated(&class.decorators, class.span), head);
        self.expressions(class.parent.iter().chain(&class.decorators));
        class.members.iter().for_each(|member| self.member(member));
    }

    fn member(&mut self, member: &'t Member) {
        let span = decorated(&member.decorators, member.span);
        self.expressions(&member.decorators);
        match &member.kind {
            MemberKind::Method(key, function)
            | MemberKind::Getter(key, function)
            | MemberKind::Setter(key, function) => {
                self.key(key, span);
                self.function(function, member.span);
            }
            MemberKind::Field(key, value) => {
                self.key(key, span);
                self.expressions(value);
            }
            MemberKind::Block(body) => {
                self.part(span, None);
                self.statements(body);
            }
            MemberKind::Unreadable => self.part(span, None),
        }
    }

    /// What a key names.
    fn key(&mut self, key: &'t Key, span: Span) {
        match key {
            Key::Name(name) | Key::Private(name) => self.part(span, Some(name.span)),
            Key::Computed(value) => {
                self.part(span, Some(value.span));
                self.expressions([value.as_ref()]);
            }
        }
    }

    fn property(&mut self, property: &'t Property) {
        match property {
            Property::Value { key, value, span } => {
                self.key(key, *span);
                self.expressions([value]);
            }
            Property::Method { key, function }
            | Property::Getter { key, function }
            | Property::Setter { key, function } => {
                self.key(key, function.span);
                self.function(function, function.span);
            }
            Property::Spread(value) => self.expressions([value]),
            Property::Unreadable(span) => self.part(*span, None),
        }
    }

    fn pattern(&mut self, pattern: &'t Pattern) {
        match pattern {
            Pattern::Name(_) | Pattern::Unreadable(_) => {}
            Pattern::Expression(value) => self.expressions([value]),
            Pattern::Object { properties, rest, .. } => {
                for property in properties {
                    self.open.push(Node::Pattern(&property.value));
                    self.expressions(&property.default);
                }
                self.open.extend(rest.as_deref().map(Node::Pattern));
            }
            Pattern::Array { elements, rest, .. } => {
                for element in elements.iter().flatten() {
                    self.open.push(Node::Pattern(&element.value));
                    self.expressions(&element.default);
                }
                self.open.extend(rest.as_deref().map(Node::Pattern));
            }
        }
    }

    fn expression(&mut self, expression: &'t Expression) {
        match &expression.kind {
            ExpressionKind::Function(function) => return self.function(function, expression.span),
            ExpressionKind::Class(class) => return self.class(class),
            ExpressionKind::Call { callee, arguments, .. } | ExpressionKind::New { callee, arguments } => {
                self.part(expression.span, call_head(callee, arguments));
                if let ExpressionKind::Member { property, .. } = &callee.kind {
                    // A link of a chain, which stands on a line of its own.
                    self.part(Span { start: property.span.start, end: expression.span.end }, None);
                }
                self.expressions([callee.as_ref()]);
                self.expressions(arguments.iter().map(value_of));
                return;
            }
            // All up to the name: the links of a chain stand beside each other.
            ExpressionKind::Member { .. } => {}
            _ => self.part(expression.span, None),
        }
        match &expression.kind {
            ExpressionKind::Template(template) => self.expressions(&template.expressions),
            ExpressionKind::Tagged { tag, template } => {
                self.expressions([tag.as_ref()].into_iter().chain(&template.expressions));
            }
            ExpressionKind::Array(elements) => self.expressions(elements.iter().filter_map(|element| match element {
                Element::Hole => None,
                Element::Item(value) | Element::Spread(value) => Some(value),
            })),
            ExpressionKind::Object(properties) => properties.iter().for_each(|property| self.property(property)),
            ExpressionKind::Import(value)
            | ExpressionKind::Await(value)
            | ExpressionKind::Member { object: value, .. }
            | ExpressionKind::Unary { operand: value, .. }
            | ExpressionKind::Update { target: value, .. } => self.expressions([value.as_ref()]),
            ExpressionKind::Index { object: left, index: right, .. }
            | ExpressionKind::Binary { left, right, .. }
            | ExpressionKind::Logical { left, right, .. } => self.expressions([left.as_ref(), right.as_ref()]),
            ExpressionKind::Conditional { test, then, otherwise } => {
                self.expressions([test.as_ref(), then.as_ref(), otherwise.as_ref()]);
            }
            ExpressionKind::Assign { target, value, .. } => {
                self.open.push(Node::Pattern(target));
                self.expressions([value.as_ref()]);
            }
            ExpressionKind::Sequence(values) => self.expressions(values),
            ExpressionKind::Yield { value, .. } => self.expressions(value.as_deref()),
            _ => {}
        }
    }
}

/// What a call is known by: the name that is called and a first argument that is a text: `get('/api/x'`.
fn call_head(callee: &Expression, arguments: &[Argument]) -> Option<Span> {
    let first = arguments.first().map(value_of)?;
    let named = match &callee.kind {
        ExpressionKind::Member { property, .. } => property.span,
        ExpressionKind::Identifier(_) => callee.span,
        _ => return None,
    };
    let is_text = matches!(first.kind, ExpressionKind::String(_) | ExpressionKind::Regex { .. });
    is_text.then(|| named.to(first.span))
}

fn value_of(argument: &Argument) -> &Expression {
    match argument {
        Argument::Item(value) | Argument::Spread(value) => value,
    }
}

/// From the first `@` before it.
fn decorated(decorators: &[Expression], span: Span) -> Span {
    let at = |first: &Expression| Span { start: first.span.start.saturating_sub(1), end: first.span.end };
    decorators.first().map_or(span, |first| at(first).to(span))
}
