//! What was written for an answer and did not get onto it.

use super::expression::Computed;
use super::{Run, Stop, wire};
use crate::exchange::{HeaderLine, Lost};
use crate::policy::{BlockId, HeaderOperation, Program, Reroute};
use crate::source::Location;

/// A block that was active until something else took over.
pub(super) struct Left<'p> {
    program: &'p Program,
    block: BlockId,
    by: Location,
    /// The variables and the path, where what goes on begins without them.
    before: Option<(Vec<Option<Computed>>, String)>,
}

impl<'p> Run<'p, '_> {
    /// Notes that the active block is about to be left, because of `by`.
    pub(super) fn leave(&mut self, by: Location) {
        self.note(by, None);
    }

    /// Notes that a request goes on elsewhere. What does not go along is lost with the place.
    pub(super) fn leave_for(&mut self, reroute: &Reroute, by: Location) {
        let before = (!reroute.first.is_empty()).then(|| (self.variables.clone(), self.path.clone()));
        self.note(by, before);
    }

    fn note(&mut self, by: Location, before: Option<(Vec<Option<Computed>>, String)>) {
        let Some(endpoint) = self.endpoint else { return };
        self.left.push(Left { program: &self.policy.endpoint(endpoint).program, block: self.active, by, before });
    }

    /// Notes a line that an operation would have sent.
    pub(super) fn shadow(
        &mut self,
        operation: &'p HeaderOperation,
        by: Location,
        perhaps_meant: bool,
    ) -> Result<(), Stop> {
        let kept = std::mem::replace(&mut self.layers, vec![Vec::new(); self.policy.layers.len()]);
        let done = self.operate(operation);
        let lines = std::mem::replace(&mut self.layers, kept);
        self.lost.extend(lines.into_iter().flatten().flat_map(wire::as_received).map(|line| Lost {
            line,
            by,
            perhaps_meant,
        }));
        done
    }

    /// Adds what the blocks that were left would have sent.
    pub(super) fn account_for_losses(&mut self) -> Result<(), Stop> {
        let final_block = self.active;
        for Left { program, block, by, before } in std::mem::take(&mut self.left) {
            match before {
                Some((variables, path)) => {
                    self.variables = variables;
                    self.path = path;
                }
                _ if block == final_block => continue,
                _ => {}
            }
            self.active = block;
            let (effects, shadowed, unsent) = (self.unknown_effects.len(), self.lost.len(), self.unsent.len());
            self.layers = vec![Vec::new(); self.policy.layers.len()];
            let done = self.statements(&program.headers);
            self.unknown_effects.truncate(effects);
            self.lost.truncate(shadowed);
            self.unsent.truncate(unsent);
            let lines: Vec<HeaderLine> = self.layers.drain(..).flatten().flat_map(wire::as_received).collect();
            self.lost.extend(lines.into_iter().map(|line| Lost { line, by, perhaps_meant: false }));
            done?;
        }
        self.active = final_block;
        Ok(())
    }
}
