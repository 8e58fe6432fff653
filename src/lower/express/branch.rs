//! What two branches of a program do, put together.

use super::flow::both;
use super::machine::Branched;
use super::machine::Machine;
use super::scope::Cell;
use super::value::{Truth, Value};
use crate::policy::{Action, Condition, Expression, Forward, HeaderOperation, IfEmpty, Responder, Statement};

/// What two branches count for, and each place that both of them, or one, have written to.
const FORK_STEPS: usize = 4;
const CELL_STEPS: usize = 8;

impl Machine<'_> {
    /// Runs one thing where a truth holds, another where it does not, and puts together what they did to the memory.
    pub(super) fn branch<T>(
        &mut self,
        truth: Truth,
        then: impl FnOnce(&mut Self) -> T,
        otherwise: impl FnOnce(&mut Self) -> T,
    ) -> Branched<T> {
        match truth {
            Truth::Known(true) => Branched::One(then(self)),
            Truth::Known(false) => Branched::One(otherwise(self)),
            Truth::Asked(condition) => match self.known_here(&condition) {
                Some(true) => Branched::One(then(self)),
                Some(false) => Branched::One(otherwise(self)),
                None => {
                    let condition = self.bounded(condition);
                    self.fork(condition, then, otherwise)
                }
            },
        }
    }

    /// Runs one of two things by a truth, for their values.
    pub(super) fn either(
        &mut self,
        truth: Truth,
        then: impl FnOnce(&mut Self) -> Value,
        otherwise: impl FnOnce(&mut Self) -> Value,
    ) -> Value {
        let value = super::expression::joined(self.branch(truth, then, otherwise));
        self.bounded_value(value)
    }

    pub(super) fn fork<T>(
        &mut self,
        condition: Condition,
        then: impl FnOnce(&mut Self) -> T,
        otherwise: impl FnOnce(&mut Self) -> T,
    ) -> Branched<T> {
        let mark = self.memory.mark();
        let status = self.status.clone();
        let outer = std::mem::take(&mut self.thrown);
        let outcomes = std::mem::take(&mut self.outcomes);
        self.facts.push(condition.clone());
        let (one, then_does) = self.collect(then);
        self.facts.pop();
        let one_thrown = std::mem::take(&mut self.thrown);
        let one_written = self.memory.take_back();
        let mut one_outcomes = std::mem::take(&mut self.outcomes);
        let one_status = std::mem::replace(&mut self.status, status);
        self.facts.push(condition.clone().negated());
        let (other, otherwise_does) = self.collect(otherwise);
        self.facts.pop();
        let other_thrown = std::mem::replace(&mut self.thrown, outer);
        let other_written = self.memory.take_back();
        let mut other_outcomes = std::mem::replace(&mut self.outcomes, outcomes);
        let other_status = self.status.take();
        one_outcomes.throws |= !one_thrown.is_empty();
        other_outcomes.throws |= !other_thrown.is_empty();
        // What a handler finds in its data decides what it answers: whoever asks says which.
        let condition = self.decided(condition, &one_outcomes, &other_outcomes);
        one_outcomes.throws &= one_thrown.is_empty();
        other_outcomes.throws &= other_thrown.is_empty();
        self.outcomes.add(one_outcomes);
        self.outcomes.add(other_outcomes);
        let written = one_written.len() + other_written.len();
        let joined = self.memory.merge(mark, &condition, one_written, other_written);
        self.charge(FORK_STEPS + written + joined.len() * CELL_STEPS);
        for cell in joined {
            self.bound_cell(&cell);
        }
        self.status = joined_status(&condition, one_status, other_status);
        let (mut then_does, mut otherwise_does) = (then_does, otherwise_does);
        if self.mentions_origin(&Value::Truth(condition.clone())) {
            note_unsent(&then_does, &mut otherwise_does);
            note_unsent(&otherwise_does, &mut then_does);
        }
        let is_idle = |does: &[Statement]| does.iter().all(is_idle);
        let hangs = self.hangs_on_request(&condition);
        let is_of_no_use = hangs && is_idle(&then_does) && is_idle(&otherwise_does);
        // What is not understood may as well be done.
        for does in [&mut then_does, &mut otherwise_does].into_iter().filter(|_| hangs) {
            if !does.is_empty() && does.iter().all(is_open) {
                self.emit_all(std::mem::take(does));
            }
        }
        let does_something = !then_does.is_empty() || !otherwise_does.is_empty();
        if does_something && !is_of_no_use {
            self.emit(Statement::When { condition: condition.clone(), then: then_does, otherwise: otherwise_does });
        }
        let negated = condition.clone().negated();
        for (guard, thrown) in [(&condition, one_thrown), (&negated, other_thrown)] {
            for (inner, value) in thrown {
                let when = self.bounded(both(guard.clone(), inner));
                self.thrown.push((when, value));
            }
        }
        Branched::Two(condition, one, other)
    }

    /// Keeps a value that two branches have written from growing.
    fn bound_cell(&mut self, cell: &Cell) {
        if let Some(value) = self.memory.value_in(cell) {
            let bounded = self.bounded_value(value);
            self.memory.replace_in(cell, bounded);
        }
        if let Cell::Elements(list) = cell {
            let items = self.memory.elements(*list).unwrap_or_default().to_vec();
            self.charge(items.len() * CELL_STEPS);
            let bounded = items.into_iter().map(|item| self.bounded_value(item)).collect();
            self.memory.replace_elements(*list, bounded);
        }
    }
}

/// The status that is set after two branches.
fn joined_status(condition: &Condition, one: Option<Value>, other: Option<Value>) -> Option<Value> {
    match (one, other) {
        (None, None) => None,
        (one, other) => {
            let or_success = |status: Option<Value>| status.unwrap_or(Value::Number(200.0));
            Some(super::value::choice(condition, or_success(one), or_success(other)))
        }
    }
}

/// Whether a statement has nothing to do with CORS or with who answers.
fn is_idle(statement: &Statement) -> bool {
    match statement {
        Statement::Header(operation) => {
            !operation.name.matches_prefix("access-control-") && !operation.name.matches_prefix("vary")
        }
        Statement::When { then, otherwise, .. } => then.iter().chain(otherwise).all(is_idle),
        _ => false,
    }
}

/// Whether a statement says of itself that it may not be so.
fn is_open(statement: &Statement) -> bool {
    match statement {
        Statement::UnknownEffect { .. } => true,
        Statement::When { condition: Condition::Unknown(_), then, .. } => {
            matches!(then.as_slice(), [Statement::Forward(Forward { to: Responder::Site { .. }, .. })])
        }
        _ => false,
    }
}

/// Where one branch sends Allow-Origin and the other one does not, that one sends nothing instead.
fn note_unsent(sends: &[Statement], does_not: &mut Vec<Statement>) {
    if let (Some(operation), None) = (allow_origin(sends), allow_origin(does_not)) {
        let (value, if_empty) = (Expression::absent(), IfEmpty::Omit);
        does_not.insert(0, Statement::Header(HeaderOperation { value, if_empty, action: Action::Add, ..operation }));
    }
}

/// What sets Allow-Origin among statements.
pub(super) fn allow_origin(statements: &[Statement]) -> Option<HeaderOperation> {
    statements.iter().find_map(|statement| match statement {
        Statement::Header(operation) => {
            let is_it = operation.name.matches("access-control-allow-origin") && operation.action != Action::Unset;
            is_it.then(|| operation.clone())
        }
        Statement::When { then, otherwise, .. } => allow_origin(then).or_else(|| allow_origin(otherwise)),
        Statement::Group(all) => allow_origin(all),
        _ => None,
    })
}
