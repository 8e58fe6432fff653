//! How control leaves a piece of a program.

use super::value::Value;
use crate::policy::Condition;

/// The ways out of a statement or a list of them, in the order in which they are met: the first whose condition holds is
/// taken; where none does, the piece ends at its end.
#[derive(Debug, Clone, Default)]
pub(super) struct Flow(pub(super) Vec<(Condition, Exit)>);

/// A way out.
#[derive(Debug, Clone)]
pub(super) enum Exit {
    Return(Value),
    Throw(Value),
    Break(Option<String>),
    Continue,
}

impl Exit {
    /// Whether it goes on behind the loop that it is in.
    pub(super) fn leaves_loop(&self) -> bool {
        !matches!(self, Self::Break(_) | Self::Continue)
    }
}

impl Flow {
    pub(super) fn always(exit: Exit) -> Self {
        Self(vec![(Condition::Always, exit)])
    }

    pub(super) fn is_through(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the end is never reached.
    pub(super) fn never_ends(&self) -> bool {
        self.0.last().is_some_and(|(condition, _)| *condition == Condition::Always)
    }

    /// When the end is not reached.
    pub(super) fn left(&self) -> Condition {
        match self.0.as_slice() {
            [] => Condition::Always.negated(),
            [(condition, _)] => condition.clone(),
            _ if self.never_ends() => Condition::Always,
            all => Condition::Any(all.iter().map(|(condition, _)| condition.clone()).collect()),
        }
    }

    /// The same ways out, exceptions among them with a condition that says that none before them is taken.
    pub(super) fn exclusive(self) -> Vec<(Condition, Exit)> {
        let mut before: Vec<Condition> = Vec::new();
        let mut exits = Vec::with_capacity(self.0.len());
        for (condition, exit) in self.0 {
            let own = match exit {
                Exit::Throw(_) if !before.is_empty() => {
                    both(Condition::Any(before.clone()).negated(), condition.clone())
                }
                _ => condition.clone(),
            };
            before.push(condition);
            exits.push((own, exit));
        }
        exits
    }

    /// What follows this one where it reaches its end.
    pub(super) fn then(mut self, next: Self) -> Self {
        self.0.extend(next.0);
        self
    }

    /// The ways out of two branches.
    pub(super) fn branched(condition: &Condition, one: Self, other: Self) -> Self {
        let under = |guard: Condition, flow: Self| {
            flow.0.into_iter().map(move |(inner, exit)| (both(guard.clone(), inner), exit)).collect::<Vec<_>>()
        };
        if one.never_ends() && other.never_ends() && one.0.len() == 1 && other.0.len() == 1 {
            let mut exits = under(condition.clone(), one);
            exits.extend(other.0);
            return Self(exits);
        }
        let mut exits = under(condition.clone(), one);
        exits.extend(under(condition.clone().negated(), other));
        Self(exits)
    }
}

/// Both conditions.
pub(super) fn both(one: Condition, other: Condition) -> Condition {
    match (one, other) {
        (Condition::Always, other) => other,
        (one, Condition::Always) => one,
        (one, other) => Condition::All(vec![one, other]),
    }
}
