//! The rewrite module: `set`, `if`, `return`, `rewrite`, `break`.
//!
//! Source: `ngx_http_rewrite_module.c`, <https://nginx.org/en/docs/http/ngx_http_rewrite_module.html>.

use crate::link::Item;
use crate::parse::nginx::condition as parse_condition;
use crate::policy::{BlockId, Condition, Effect, Expression, Respond, Statement};
use crate::syntax::directive::Word;
use crate::syntax::hole;
use crate::syntax::nginx::{FileTest, Test};

use super::settings::hides_directives;
use super::{Lowering, head, template, word_at};
use crate::lower::template as stand_in;

/// An `if` block and what stands in it; it may answer in its location's stead.
pub(super) struct If<'i> {
    pub(super) block: BlockId,
    pub(super) item: &'i Item<'i>,
}

/// The statements of a server's or a location's rewrite directives in order, and its `if` blocks.
pub(super) fn statements<'i>(lowering: &mut Lowering, items: &'i [Item<'i>], ifs: &mut Vec<If<'i>>) -> Vec<Statement> {
    items.iter().flat_map(|item| statement(lowering, item, ifs)).collect()
}

fn statement<'i>(lowering: &mut Lowering, item: &'i Item<'i>, ifs: &mut Vec<If<'i>>) -> Vec<Statement> {
    match item.directive.name.value.as_str() {
        "set" => set(lowering, item).into_iter().collect(),
        "return" => respond(lowering, item).into_iter().collect(),
        "rewrite" => rewrite(lowering, item).into_iter().collect(),
        "break" => vec![Statement::End],
        "if" => {
            let Some(condition) = condition(lowering, item) else { return Vec::new() };
            let block = lowering.block(item);
            ifs.push(If { block, item });
            let mut then = vec![Statement::Activate(block)];
            then.extend(item.children.iter().flat_map(|inner| statement(lowering, inner, ifs)));
            vec![Statement::When { condition, then, otherwise: Vec::new() }]
        }
        name if name.starts_with("if(") => {
            lowering.will_not_start(item, head(item), "there must be a space between `if` and its parenthesis");
            Vec::new()
        }
        _ => match hides_directives(item) {
            Some(why) => vec![unseen(lowering, item, why)],
            None => Vec::new(),
        },
    }
}

fn unseen(lowering: &mut Lowering, item: &Item<'_>, why: &str) -> Statement {
    let what = format!("`{}` does nothing to the request", super::head_text(item));
    let unknown = lowering.unknown(what, why, head(item));
    Statement::UnknownEffect { effect: Effect::Any, unknown }
}

fn set(lowering: &mut Lowering, item: &Item<'_>) -> Option<Statement> {
    let [target, value] = item.directive.arguments.as_slice() else {
        lowering.will_not_start(item, head(item), "`set` takes a variable and a value");
        return None;
    };
    let value = lowering.expression(item, value);
    let variable = lowering.assigned(target)?;
    Some(Statement::Assign { variable, value, location: head(item) })
}

/// `return code [text|URL]` or `return URL`.
fn respond(lowering: &mut Lowering, item: &Item<'_>) -> Option<Statement> {
    let location = head(item);
    let [first, rest @ ..] = item.directive.arguments.as_slice() else {
        lowering.will_not_start(item, location, "`return` takes a status");
        return None;
    };
    if first.has_hole() {
        return Some(unseen(lowering, item, "is filled in by a template"));
    }
    let Ok(status) = first.value.parse::<u16>() else {
        let target = Some(lowering.expression(item, first));
        return Some(Statement::Respond(Respond { status: Some(302), target, as_error_page: true, location }));
    };
    let redirect = matches!(status, 301 | 302 | 303 | 307 | 308);
    let target = rest.first().filter(|_| redirect).map(|word| lowering.expression(item, word));
    // ngx_http_script_return_code: an error status without a text goes to the error pages, a text is sent at once.
    let as_error_page = redirect || (status >= 400 && rest.is_empty());
    let status = (status != 444).then_some(status);
    Some(Statement::Respond(Respond { status, target, as_error_page, location }))
}

/// `rewrite regex replacement [flag]`.
fn rewrite(lowering: &mut Lowering, item: &Item<'_>) -> Option<Statement> {
    let [regex, replacement, rest @ ..] = item.directive.arguments.as_slice() else {
        lowering.will_not_start(item, head(item), "`rewrite` takes a pattern and a replacement");
        return None;
    };
    let pattern = lowering.pattern(&regex.value, false, word_at(item, regex));
    let condition = Condition::Matches { subject: Expression::Path, pattern };
    let value = lowering.expression(item, replacement);
    let flag = rest.first().map(|word| word.value.as_str());
    let elsewhere = ["http://", "https://", "$scheme"].iter().any(|start| replacement.value.starts_with(start));
    let redirect = match flag {
        Some("redirect") => Some(302),
        Some("permanent") => Some(301),
        _ if elsewhere => Some(302),
        _ => None,
    };
    let location = head(item);
    let set_path = |choose_again| Statement::SetPath { path: value.clone(), choose_again, location };
    let then = match (redirect, flag) {
        (Some(status), _) => {
            let target = Some(value);
            vec![Statement::Respond(Respond { status: Some(status), target, as_error_page: true, location })]
        }
        (None, Some("last")) => vec![set_path(true), Statement::End],
        (None, Some("break")) => vec![set_path(false), Statement::End],
        (None, _) => vec![set_path(true)],
    };
    Some(Statement::When { condition, then, otherwise: Vec::new() })
}

/// The condition of an `if`; `None` when nginx would not take it.
fn condition(lowering: &mut Lowering, item: &Item<'_>) -> Option<Condition> {
    let location = head(item);
    let Ok(test) = parse_condition(item.directive) else {
        // One that cannot be read is a syntax error already.
        let what = format!("`{}` holds", super::head_text(item));
        return template::has_hole(item).then(|| Condition::Unknown(lowering.filled_in(what, location)));
    };
    let (condition, negated) = match test {
        Test::Truthy(variable) => (Condition::Truthy(lowering.named(location, &variable)), false),
        Test::Equal { variable, value, negated } => {
            let left = lowering.named(location, &variable);
            let right = match left {
                Expression::RequestHeader(ref name) if name == "origin" => {
                    lowering.text(word_at(item, &value), &stand_in::origin(&value.value))
                }
                _ => lowering.expression(item, &value),
            };
            (Condition::Equal { left, right, ignore_case: false }, negated)
        }
        Test::Match { variable, pattern, ignore_case, negated } => {
            let subject = lowering.named(location, &variable);
            let pattern = lowering.pattern(&pattern.value, ignore_case, word_at(item, &pattern));
            (Condition::Matches { subject, pattern }, negated)
        }
        Test::File { kind, path, negated } => (file(lowering, item, kind, &path), negated),
    };
    Some(if negated { condition.negated() } else { condition })
}

/// `-f`, `-e`, `-d`, `-x`. A file of a fixed name (`/var/www/maintenance.html`) is there or not whatever is asked for.
fn file(lowering: &mut Lowering, item: &Item<'_>, kind: FileTest, path: &Word) -> Condition {
    let expression = lowering.expression(item, path);
    if expression.as_literal().is_some() || matches!(kind, FileTest::Directory | FileTest::Executable) {
        let what = format!("`{}` exists", hole::decode(&path.value));
        return Condition::Unknown(lowering.unknown(what, "depends on the machine", word_at(item, path)));
    }
    Condition::FileExists { path: expression, has_fallback: true }
}
