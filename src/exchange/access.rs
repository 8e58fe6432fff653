//! What a program asks of a request before it answers, and which errors it answers with.

use std::net::IpAddr;

use crate::policy::{Condition, Program, RequirementKind, Statement, Statuses, visit_conditions, visit_statements};

/// How many errors an application is said to answer with.
const MOST_ERRORS: usize = 8;

/// The errors to ask for: those of any application, and those that the program answers only where they are asked for. A
/// bad request, or one with a body that is too long or of another type, and an answer that a gateway makes, are for nobody
/// to read.
pub(super) fn errors(program: &Program) -> Vec<u16> {
    let mut errors = vec![404, 500];
    visit_statements(&program.content, &mut |statement| {
        visit_conditions(statement, &mut |condition| {
            let Condition::ToAnswer(Statuses::Only(asked)) = condition else { return };
            let is_error = |status: &u16| (401..500).contains(status) && !matches!(status, 413..=415);
            for status in asked.iter().copied().filter(is_error) {
                if errors.len() < MOST_ERRORS && !errors.contains(&status) {
                    errors.push(status);
                }
            }
        });
    });
    errors
}

/// What a program, and those of applications behind it, require of a request.
pub(super) struct Access {
    /// Whether a login is asked for.
    pub(super) login: bool,
    /// Addresses that may, where not every one may.
    pub(super) insiders: Vec<IpAddr>,
}

impl Access {
    pub(super) fn of(program: &Program, behind: &[&Program]) -> Self {
        let mut access = Self { login: false, insiders: Vec::new() };
        for program in std::iter::once(&program).chain(behind) {
            visit_statements(&program.content, &mut |statement| {
                visit_conditions(statement, &mut |condition| access.login |= *condition == Condition::LoggedIn);
            });
        }
        visit_statements(&program.access, &mut |statement| {
            visit_conditions(statement, &mut |condition| match condition {
                Condition::LoggedIn => access.login = true,
                Condition::ClientIn(network) => access.insiders.push(network.address),
                _ => {}
            });
            let Statement::Require(require) = statement else { return };
            for requirement in &require.of {
                match &requirement.kind {
                    // Where a login does as well, that is the way in from anywhere.
                    RequirementKind::Address(_) if require.any => {}
                    RequirementKind::Address(rules) => {
                        let allowed = rules.iter().filter(|rule| rule.allow).filter_map(|rule| rule.network);
                        access.insiders.extend(allowed.map(|network| network.address).take(1));
                    }
                    RequirementKind::Holds(_) => {}
                }
            }
        });
        access
    }
}
