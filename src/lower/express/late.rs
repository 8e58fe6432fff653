//! Headers that come too late: what is registered behind a route that answers.

use super::dispatch::Node;
use super::dispatch::Part;
use crate::policy::Statement;
use crate::source::Location;

use super::machine::Machine;
use super::route::{Overlap, Shape};

impl Machine<'_> {
    /// What is done to the headers too late, or for OPTIONS alone: a route has answered before, and nothing that comes later
    /// has any use for it.
    ///
    /// Where other routes do come later, this one may well have been put before it on purpose, as may one that shares its
    /// OPTIONS with all others.
    pub(super) fn too_late(&mut self, nodes: &[Node], shape: &Shape) -> Vec<Statement> {
        let is_for_it = |node: &&Node| {
            let overlap = shape.overlap(&node.paths.shape, node.is_mount);
            // What is for any path at all may be written as a pattern.
            overlap == Overlap::Always || overlap == Overlap::Sometimes && node.method.as_deref() == Some("OPTIONS")
        };
        let mut answering: Option<&Node> = None;
        let mut shadows = Vec::new();
        for (index, node) in nodes.iter().enumerate().filter(|(_, node)| is_for_it(node)) {
            let is_preflight = node.method.as_deref() == Some("OPTIONS");
            let (by, perhaps_meant) = match answering {
                Some(by) if node.is_mount && !node.routes() => {
                    let others_follow = nodes[index..].iter().any(Node::routes);
                    // A check of health or a hook for other servers is often put first on purpose.
                    if others_follow && !by.takes_unsafe() {
                        continue;
                    }
                    (by.location, others_follow)
                }
                _ if is_preflight => match nodes.iter().filter(is_for_it).find(|other| other.answers_otherwise()) {
                    Some(other) => (other.location, node.paths.shape != *shape),
                    None => continue,
                },
                _ => {
                    if answering.is_none() && node.routes() {
                        answering = Some(node);
                    }
                    continue;
                }
            };
            let mut then = Vec::new();
            for part in &node.parts {
                if let Part::Does(does) = part {
                    then.extend(shadow(does, by, perhaps_meant));
                }
            }
            if let (false, Some(condition)) = (then.is_empty(), self.path_condition(node, Some(shape))) {
                shadows.push(Statement::When { condition, then, otherwise: Vec::new() });
            }
        }
        shadows
    }
}

/// What statements would do to Allow-Origin.
fn shadow(statements: &[Statement], by: Location, perhaps_meant: bool) -> Vec<Statement> {
    let mut shadows = Vec::new();
    for statement in statements {
        match statement {
            Statement::Header(operation) if operation.name.matches("access-control-allow-origin") => {
                shadows.push(Statement::Shadowed { operation: operation.clone(), by, perhaps_meant });
            }
            Statement::When { condition, then, otherwise } => {
                let (then, otherwise) = (shadow(then, by, perhaps_meant), shadow(otherwise, by, perhaps_meant));
                if !then.is_empty() || !otherwise.is_empty() {
                    shadows.push(Statement::When { condition: condition.clone(), then, otherwise });
                }
            }
            Statement::Group(all) => shadows.extend(shadow(all, by, perhaps_meant)),
            _ => {}
        }
    }
    shadows
}
