//! Walking programs: every statement, condition and expression, once each, outer before inner.

use super::{Condition, Expression, RequirementKind, Reroute, Statement, Switch, Target};

/// Calls `visit` for every statement, those inside [`Statement::When`] included.
pub fn visit_statements<'p>(statements: &'p [Statement], visit: &mut impl FnMut(&'p Statement)) {
    for statement in statements {
        visit(statement);
        match statement {
            Statement::When { then, otherwise, .. } => {
                visit_statements(then, visit);
                visit_statements(otherwise, visit);
            }
            Statement::Group(inner) | Statement::Reroute(Reroute { first: inner, .. }) => {
                visit_statements(inner, visit);
            }
            Statement::Shared(inner) => visit_statements(inner, visit),
            _ => {}
        }
    }
}

/// Calls `visit` for every condition that the statement itself asks (not those of statements inside it), and for the
/// conditions inside these.
pub fn visit_conditions<'p>(statement: &'p Statement, visit: &mut impl FnMut(&'p Condition)) {
    match statement {
        Statement::When { condition, .. } => nested_conditions(condition, visit),
        Statement::Require(require) => {
            for requirement in &require.of {
                if let RequirementKind::Holds(condition) = &requirement.kind {
                    nested_conditions(condition, visit);
                }
            }
        }
        _ => {}
    }
    visit_expressions(statement, &mut |expression| {
        if let Expression::Switch(switch) = expression {
            switch_conditions(switch, visit);
        }
    });
}

fn switch_conditions<'p>(switch: &'p Switch, visit: &mut impl FnMut(&'p Condition)) {
    for arm in &switch.arms {
        nested_conditions(&arm.condition, visit);
    }
}

/// Calls `visit` for `condition` and those inside it.
pub(crate) fn nested_conditions<'p>(condition: &'p Condition, visit: &mut impl FnMut(&'p Condition)) {
    visit(condition);
    match condition {
        Condition::All(list) | Condition::Any(list) => {
            for inner in list {
                nested_conditions(inner, visit);
            }
        }
        Condition::Not(inner) => nested_conditions(inner, visit),
        _ => {}
    }
}

/// Calls `visit` for every expression that the statement itself holds, those of its conditions included.
pub fn visit_expressions<'p>(statement: &'p Statement, visit: &mut impl FnMut(&'p Expression)) {
    match statement {
        Statement::Assign { value, .. } | Statement::SetPath { path: value, .. } => nested_expressions(value, visit),
        Statement::When { condition, .. } => condition_expressions(condition, visit),
        Statement::Header(operation) | Statement::Shadowed { operation, .. } => {
            nested_expressions(&operation.value, visit);
        }
        Statement::Respond(respond) => {
            if let Some(target) = &respond.target {
                nested_expressions(target, visit);
            }
        }
        Statement::Reroute(reroute) => {
            if let Target::Path { path, .. } = &reroute.target {
                nested_expressions(path, visit);
            }
        }
        Statement::Require(require) => {
            for requirement in &require.of {
                if let RequirementKind::Holds(condition) = &requirement.kind {
                    condition_expressions(condition, visit);
                }
            }
        }
        Statement::Activate(_)
        | Statement::End
        | Statement::Group(_)
        | Statement::Shared(_)
        | Statement::Forward(_)
        | Statement::UnknownEffect { .. } => {}
    }
}

/// Calls `visit` for every expression of `condition` and of those inside it.
pub(crate) fn condition_expressions<'p>(condition: &'p Condition, visit: &mut impl FnMut(&'p Expression)) {
    nested_conditions(condition, &mut |inner| match inner {
        Condition::Equal { left, right, .. } => {
            nested_expressions(left, visit);
            nested_expressions(right, visit);
        }
        Condition::StartsWith { subject, text, .. }
        | Condition::EndsWith { subject, text, .. }
        | Condition::Contains { subject, text, .. } => {
            nested_expressions(subject, visit);
            nested_expressions(text, visit);
        }
        Condition::Matches { subject, .. } => nested_expressions(subject, visit),
        Condition::Defined(e) | Condition::Empty(e) | Condition::Truthy(e) | Condition::FileExists { path: e, .. } => {
            nested_expressions(e, visit);
        }
        _ => {}
    });
}

/// Calls `visit` for `expression` and those inside it.
pub(crate) fn nested_expressions<'p>(expression: &'p Expression, visit: &mut impl FnMut(&'p Expression)) {
    visit(expression);
    match expression {
        Expression::Concatenation(parts) => {
            for part in parts {
                nested_expressions(part, visit);
            }
        }
        Expression::Switch(switch) => {
            for arm in &switch.arms {
                nested_expressions(&arm.value, visit);
            }
            if let Some((otherwise, _)) = &switch.otherwise {
                nested_expressions(otherwise, visit);
            }
        }
        Expression::LastName(inner) | Expression::Lowercase(inner) | Expression::Found { subject: inner, .. } => {
            nested_expressions(inner, visit);
        }
        _ => {}
    }
}
