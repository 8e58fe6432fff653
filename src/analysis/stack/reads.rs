//! Which request headers an application looks at.

use std::collections::BTreeSet;

use crate::policy::{
    Expression, Policy, Program, Switch, condition_expressions, nested_expressions, visit_expressions, visit_statements,
};

/// Looked at without being named by the application.
const ALWAYS: &[&str] = &["cookie", "if-none-match", "range"];

/// Lower-case names of the headers that anything of an application's answer may hang on.
pub(super) fn headers(app: &Policy) -> BTreeSet<&str> {
    let mut found = Found { names: ALWAYS.iter().copied().collect(), open: Vec::new() };
    let sites = app.sites.iter().map(|site| &site.program);
    for program in sites.chain(app.endpoints.iter().map(|endpoint| &endpoint.program)) {
        let Program { route, rewrite, access, content, takeover, takes_over_again: _, headers } = program;
        for phase in [route, rewrite, access, content, takeover, headers] {
            visit_statements(phase, &mut |statement| visit_expressions(statement, &mut |inner| found.note(inner)));
        }
    }
    for definition in app.variables.iter().filter_map(|variable| variable.definition.as_ref()) {
        nested_expressions(definition, &mut |inner| found.note(inner));
    }
    // What a choice hangs on is no part of the expression that it is.
    while let Some(switch) = found.open.pop() {
        for arm in &switch.arms {
            condition_expressions(&arm.condition, &mut |inner| found.note(inner));
        }
    }
    found.names
}

struct Found<'p> {
    names: BTreeSet<&'p str>,
    open: Vec<&'p Switch>,
}

impl<'p> Found<'p> {
    fn note(&mut self, expression: &'p Expression) {
        match expression {
            Expression::RequestHeader(name) => {
                self.names.insert(name);
            }
            Expression::Switch(switch) => self.open.push(switch),
            _ => {}
        }
    }
}
