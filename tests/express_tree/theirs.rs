//! What oxc sees.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::Path;

use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_ast::ast::{
    Argument, BindingPatternKind, CallExpression, Declaration, ExportDefaultDeclarationKind, Expression,
    ImportOrExportKind, PropertyKind,
};
use oxc_ast_visit::Visit;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::{GetSpan, SourceType, Span};

use super::{Node, Nodes};

/// Methods that write a header.
const HEADER_CALLS: [&str; 7] = ["header", "set", "setHeader", "append", "vary", "writeHead", "removeHeader"];

/// What a file holds.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Everything that is compared.
    pub(crate) all: Nodes,
    /// What CORS hangs on.
    pub(crate) decisive: Nodes,
}

/// Whether files with this ending are compared.
pub(crate) fn is_known(ending: &OsStr) -> bool {
    ["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"].iter().any(|known| ending == *known)
}

/// Every node; none if oxc finds a fault.
pub(crate) fn nodes(path: &Path, text: &str) -> Option<Seen> {
    let has_types = path.extension().is_some_and(|ending| ending.to_string_lossy().contains("ts"));
    let types: &[SourceType] = if has_types {
        &[SourceType::ts(), SourceType::tsx()]
    } else {
        &[SourceType::unambiguous().with_jsx(true), SourceType::cjs().with_jsx(true), SourceType::tsx()]
    };
    types.iter().find_map(|source_type| read(text, *source_type))
}

fn read(text: &str, source_type: SourceType) -> Option<Seen> {
    let allocator = Allocator::default();
    let options = ParseOptions {
        preserve_parens: false,
        allow_return_outside_function: true,
        parse_regular_expression: false,
        ..ParseOptions::default()
    };
    let parsed = Parser::new(&allocator, text, source_type).with_options(options).parse();
    if parsed.panicked || !parsed.errors.is_empty() {
        return None;
    }
    let mut names = Names(HashSet::from(["cors".to_owned()]));
    names.visit_program(&parsed.program);
    let mut collector = Collector { text, names: names.0, seen: Seen::default(), parents: Vec::new(), skipped: 0 };
    collector.visit_program(&parsed.program);
    Some(collector.seen)
}

/// What the package `cors` is called.
struct Names(HashSet<String>);

impl<'a> Visit<'a> for Names {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        match kind {
            AstKind::ImportDeclaration(import) if import.source.value == "cors" => {
                let specifiers = import.specifiers.iter().flatten();
                self.0.extend(specifiers.map(|specifier| specifier.local().name.to_string()));
            }
            AstKind::VariableDeclarator(declarator) => {
                let is_package = declarator.init.as_ref().is_some_and(requires_cors);
                if let (true, BindingPatternKind::BindingIdentifier(name)) = (is_package, &declarator.id.kind) {
                    self.0.insert(name.name.to_string());
                }
            }
            _ => {}
        }
    }
}

fn requires_cors(expression: &Expression<'_>) -> bool {
    let Expression::CallExpression(call) = expression else { return false };
    call.arguments.iter().any(|argument| match argument {
        Argument::StringLiteral(module) => call.callee_name() == Some("require") && module.value == "cors",
        Argument::CallExpression(inner) => inner.arguments.iter().any(is_cors_literal),
        _ => false,
    })
}

fn is_cors_literal(argument: &Argument<'_>) -> bool {
    matches!(argument, Argument::StringLiteral(module) if module.value == "cors")
}

struct Collector<'t, 'a> {
    text: &'t str,
    names: HashSet<String>,
    seen: Seen,
    parents: Vec<AstKind<'a>>,
    /// How many nodes one is in that have types only.
    skipped: usize,
}

impl<'a> Visit<'a> for Collector<'_, 'a> {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        if self.skipped == 0 {
            self.take(kind);
        }
        self.skipped += usize::from(is_skipped(kind, self.parents.last()));
        self.parents.push(kind);
    }

    fn leave_node(&mut self, kind: AstKind<'a>) {
        self.parents.pop();
        self.skipped -= usize::from(is_skipped(kind, self.parents.last()));
    }
}

impl<'a> Collector<'_, 'a> {
    fn take(&mut self, kind: AstKind<'a>) {
        let Some(label) = self.label(kind) else { return };
        let span = kind.span();
        // Whether a class begins with its decorators depends on what is exported; the grammar leaves them out.
        let start = if matches!(kind, AstKind::Class(_)) { span.end } else { span.start };
        let node: Node = (label, start, span.end);
        if self.is_decisive(kind) {
            self.seen.decisive.insert(node.clone());
        }
        self.seen.all.insert(node);
    }

    fn label(&self, kind: AstKind<'a>) -> Option<String> {
        if is_skipped(kind, self.parents.last()) && !matches!(kind, AstKind::JSXElement(_) | AstKind::JSXFragment(_)) {
            return None;
        }
        let label = match kind {
            AstKind::IdentifierReference(name) => return Some(format!("identifier {}", name.name)),
            AstKind::StringLiteral(string)
                if string.lone_surrogates || string.value.contains(char::REPLACEMENT_CHARACTER) =>
            {
                "string".to_owned()
            }
            AstKind::StringLiteral(string) => return Some(format!("string {:?}", string.value.as_str())),
            AstKind::NumericLiteral(number) => return Some(format!("number {}", number.value)),
            AstKind::StaticMemberExpression(member) => return Some(format!("member {}", member.property.name)),
            AstKind::PrivateFieldExpression(member) => return Some(format!("member {}", member.field.name)),
            AstKind::TemplateLiteral(template) => {
                let texts = template.quasis.iter().map(|part| part.value.cooked.map_or("", |text| text.as_str()));
                return Some(format!("template {:?}", texts.collect::<Vec<_>>()));
            }
            AstKind::ExpressionStatement(_) if self.is_arrow_body() => return None,
            AstKind::ExportNamedDeclaration(_) | AstKind::ExportDefaultDeclaration(_) if is_decorated(kind) => {
                return None;
            }
            AstKind::RegExpLiteral(regex) => format!("regex {:?}", regex.regex.pattern.text.as_str()),
            AstKind::Function(function) => {
                let is_method = !["function", "async"].iter().any(|word| self.begins(function.span, word));
                return if is_method { None } else { Some("function".to_owned()) };
            }
            AstKind::ObjectProperty(property) => {
                let is_method = property.method || property.kind != PropertyKind::Init;
                return is_method.then(|| "method".to_owned());
            }
            _ => return plain_label(kind).map(str::to_owned),
        };
        Some(label)
    }

    /// The body of an arrow function without braces is a statement for oxc.
    fn is_arrow_body(&self) -> bool {
        matches!(self.parents[..], [.., AstKind::ArrowFunctionExpression(arrow), AstKind::FunctionBody(_)]
            if arrow.expression)
    }

    fn begins(&self, span: Span, word: &str) -> bool {
        self.text[span.start as usize..].starts_with(word)
    }

    /// Calls of cors, objects in them, calls that write headers; assignments and ifs wherever they are.
    fn is_decisive(&self, kind: AstKind<'a>) -> bool {
        match kind {
            AstKind::CallExpression(call) => self.is_cors(call) || is_header_call(call),
            AstKind::ObjectExpression(_) => {
                matches!(self.parents.last(), Some(AstKind::CallExpression(call)) if self.is_cors(call))
            }
            AstKind::AssignmentExpression(_) | AstKind::IfStatement(_) => true,
            _ => false,
        }
    }

    fn is_cors(&self, call: &CallExpression<'a>) -> bool {
        match &call.callee {
            Expression::Identifier(name) => self.names.contains(name.name.as_str()),
            Expression::SequenceExpression(sequence) => sequence.expressions.last().is_some_and(|last| {
                let Expression::StaticMemberExpression(member) = last else { return false };
                matches!(&member.object, Expression::Identifier(name) if self.names.contains(name.name.as_str()))
            }),
            callee => requires_cors(callee),
        }
    }
}

fn is_header_call(call: &CallExpression<'_>) -> bool {
    matches!(&call.callee, Expression::StaticMemberExpression(member)
        if HEADER_CALLS.contains(&member.property.name.as_str()))
}

fn plain_label(kind: AstKind<'_>) -> Option<&'static str> {
    Some(match kind {
        AstKind::ThisExpression(_) => "this",
        AstKind::BooleanLiteral(_) => "boolean",
        AstKind::NullLiteral(_) => "null",
        AstKind::BigIntLiteral(_) => "bigint",
        AstKind::ArrayExpression(_) => "array",
        AstKind::ObjectExpression(_) => "object",
        AstKind::TaggedTemplateExpression(_) => "tagged",
        AstKind::ComputedMemberExpression(_) => "index",
        AstKind::CallExpression(_) => "call",
        AstKind::NewExpression(_) => "new",
        AstKind::ImportExpression(_) => "import-call",
        AstKind::UpdateExpression(_) => "update",
        AstKind::UnaryExpression(_) => "unary",
        AstKind::BinaryExpression(_) | AstKind::PrivateInExpression(_) => "binary",
        AstKind::LogicalExpression(_) => "logical",
        AstKind::ConditionalExpression(_) => "conditional",
        AstKind::AssignmentExpression(_) => "assign",
        AstKind::SequenceExpression(_) => "sequence",
        AstKind::AwaitExpression(_) => "await",
        AstKind::YieldExpression(_) => "yield",
        AstKind::ArrowFunctionExpression(_) => "arrow",
        AstKind::Class(_) => "class",
        AstKind::JSXElement(_) | AstKind::JSXFragment(_) => "jsx",
        AstKind::ExpressionStatement(_) | AstKind::Directive(_) => "expression",
        AstKind::VariableDeclarator(_) => "declarator",
        AstKind::IfStatement(_) => "if",
        AstKind::ReturnStatement(_) => "return",
        AstKind::ThrowStatement(_) => "throw",
        AstKind::TryStatement(_) => "try",
        AstKind::SwitchStatement(_) => "switch",
        AstKind::ForStatement(_) | AstKind::ForInStatement(_) | AstKind::ForOfStatement(_) => "for",
        AstKind::WhileStatement(_) | AstKind::DoWhileStatement(_) => "while",
        AstKind::LabeledStatement(_) => "label",
        AstKind::ImportDeclaration(_) => "import",
        AstKind::ExportNamedDeclaration(_)
        | AstKind::ExportAllDeclaration(_)
        | AstKind::ExportDefaultDeclaration(_) => "export",
        _ => return None,
    })
}

/// An export with decorators before it begins with them, for the grammar.
fn is_decorated(kind: AstKind<'_>) -> bool {
    let class = match kind {
        AstKind::ExportNamedDeclaration(export) => match &export.declaration {
            Some(Declaration::ClassDeclaration(class)) => class,
            _ => return false,
        },
        AstKind::ExportDefaultDeclaration(export) => match &export.declaration {
            ExportDefaultDeclarationKind::ClassDeclaration(class) => class,
            _ => return false,
        },
        _ => return false,
    };
    class.decorators.first().is_some_and(|decorator| decorator.span.start < kind.span().start)
}

/// Whether a node is of types only, or unread by the grammar.
fn is_skipped(kind: AstKind<'_>, parent: Option<&AstKind<'_>>) -> bool {
    match kind {
        AstKind::JSXElement(_) | AstKind::JSXFragment(_) | AstKind::WithClause(_) => true,
        AstKind::Decorator(_) => matches!(parent, Some(AstKind::FormalParameter(_))),
        AstKind::ImportDeclaration(import) => import.import_kind == ImportOrExportKind::Type,
        AstKind::ExportAllDeclaration(export) => export.export_kind == ImportOrExportKind::Type,
        AstKind::ExportNamedDeclaration(export) => {
            let types_only = export.declaration.as_ref().is_some_and(|declaration| match declaration {
                Declaration::TSTypeAliasDeclaration(_)
                | Declaration::TSInterfaceDeclaration(_)
                | Declaration::TSImportEqualsDeclaration(_) => true,
                Declaration::FunctionDeclaration(function) => function.body.is_none(),
                declaration => declaration.declare(),
            });
            export.export_kind == ImportOrExportKind::Type || types_only
        }
        AstKind::ExportDefaultDeclaration(export) => match &export.declaration {
            ExportDefaultDeclarationKind::TSInterfaceDeclaration(_) => true,
            ExportDefaultDeclarationKind::FunctionDeclaration(function) => function.body.is_none(),
            _ => false,
        },
        AstKind::ExportSpecifier(specifier) => specifier.export_kind == ImportOrExportKind::Type,
        AstKind::VariableDeclaration(variables) => variables.declare,
        AstKind::Function(function) => function.body.is_none(),
        AstKind::Class(class) => class.declare,
        AstKind::PropertyDefinition(property) => property.declare || property.r#type.is_abstract(),
        AstKind::TSModuleDeclaration(module) => module.declare,
        AstKind::TSEnumDeclaration(declaration) => declaration.declare,
        kind => is_type(kind),
    }
}

fn is_type(kind: AstKind<'_>) -> bool {
    matches!(
        kind,
        AstKind::TSTypeAnnotation(_)
            | AstKind::TSTypeParameterInstantiation(_)
            | AstKind::TSTypeParameterDeclaration(_)
            | AstKind::TSTypeAliasDeclaration(_)
            | AstKind::TSInterfaceDeclaration(_)
            | AstKind::TSClassImplements(_)
            | AstKind::TSIndexSignature(_)
            | AstKind::TSThisParameter(_)
            | AstKind::TSImportEqualsDeclaration(_)
            | AstKind::TSGlobalDeclaration(_)
            | AstKind::TSLiteralType(_)
            | AstKind::TSTemplateLiteralType(_)
            | AstKind::TSTypeLiteral(_)
            | AstKind::TSTypeQuery(_)
            | AstKind::TSImportType(_)
            | AstKind::TSTypeReference(_)
            | AstKind::TSMappedType(_)
            | AstKind::TSFunctionType(_)
            | AstKind::TSConstructorType(_)
            | AstKind::TSTypePredicate(_)
    )
}
