//! What a world takes to be so, in words.

use super::World;
use crate::policy::Policy;

/// The answers of a world as phrases that can follow "assuming ".
#[must_use]
pub fn assumptions(policy: &Policy, world: &World) -> Vec<String> {
    world
        .answers()
        .iter()
        .map(|(question, answer)| {
            let what = &policy.unknown(question.unknown).what;
            let sentence = if question.about.is_empty() { what.clone() } else { format!("{what} {}", question.about) };
            if *answer { sentence } else { format!("it is not so that {sentence}") }
        })
        .collect()
}
