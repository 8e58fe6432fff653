//! Worlds: one way in which everything that a configuration does not show could be.
//!
//! A world answers a question about an unknown the same way for all probes of an endpoint. Which questions there are
//! shows only while the probes run, so worlds are found by running: a fresh question is answered "no"; when all
//! probes are through, [`World::successor`] turns the last "no" into "yes" and forgets what came after it.

use std::collections::HashMap;

use crate::policy::UnknownId;

/// How many worlds of one endpoint are looked at.
pub const MOST_WORLDS: usize = 64;

/// Something asked of an unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Of which.
    pub unknown: UnknownId,
    /// What is asked of its value (`is "https://a.example"`); empty where the unknown is a condition itself.
    pub about: String,
}

/// Answers given so far, in the order in which they were asked for.
#[derive(Debug, Clone, Default)]
pub struct World {
    answers: Vec<(Question, bool)>,
    /// Where the answers about an unknown stand among them.
    places: HashMap<UnknownId, Vec<usize>>,
}

impl World {
    /// The answer in this world.
    pub fn ask(&mut self, question: Question) -> bool {
        let places = self.places.entry(question.unknown).or_default();
        if let Some(place) = places.iter().find(|place| self.answers[**place].0.about == question.about) {
            return self.answers[*place].1;
        }
        places.push(self.answers.len());
        self.answers.push((question, false));
        false
    }

    /// What was asked and answered.
    #[must_use]
    pub fn answers(&self) -> &[(Question, bool)] {
        &self.answers
    }

    /// The next world to look at, if there is one.
    #[must_use]
    pub fn successor(mut self) -> Option<Self> {
        while let Some((question, answer)) = self.answers.pop() {
            if !answer {
                self.answers.push((question, true));
                return Some(self);
            }
            if let Some(places) = self.places.get_mut(&question.unknown) {
                places.pop();
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs through all worlds of a program that asks `b` only where `a` holds.
    #[test]
    fn every_combination_that_can_be_asked_for_is_visited_once() {
        let question = |id: u32| Question { unknown: UnknownId(id), about: String::new() };
        let mut seen = Vec::new();
        let mut world = Some(World::default());
        while let Some(mut current) = world {
            let a = current.ask(question(0));
            let b = a && current.ask(question(1));
            assert_eq!(a, current.ask(question(0)), "a world does not change its mind");
            seen.push((a, b));
            world = current.successor();
        }
        assert_eq!(seen, [(false, false), (true, false), (true, true)]);
    }
}
