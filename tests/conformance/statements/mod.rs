//! What is known about each server, as numbered statements, and which cases exercise each.
//!
//! `statements` in a `case.json` names the ones that the recorded answers of that case depend on.

mod apache;
mod express;
mod nginx;
mod stack;

use std::collections::BTreeMap;

/// One thing that a server does.
struct Statement {
    number: u8,
    says: &'static str,
    /// Why no recorded answer can show it.
    exempt: Option<&'static str>,
}

const fn shown(number: u8, says: &'static str) -> Statement {
    Statement { number, says, exempt: None }
}

/// Which cases of a server exercise which statement about it.
pub(crate) struct Coverage {
    frontend: String,
    statements: &'static [Statement],
    by_number: BTreeMap<u8, Vec<String>>,
}

/// Of cases with their names and the numbers that they give.
pub(crate) fn coverage(frontend: &str, cases: &[(String, Vec<u8>)]) -> Coverage {
    let statements = match frontend {
        "nginx" => nginx::STATEMENTS,
        "apache" => apache::STATEMENTS,
        "express" => express::STATEMENTS,
        "stack" => stack::STATEMENTS,
        _ => &[],
    };
    let mut by_number: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    for (name, numbers) in cases {
        for number in numbers {
            by_number.entry(*number).or_default().push(name.clone());
        }
    }
    Coverage { frontend: frontend.to_owned(), statements, by_number }
}

impl Coverage {
    /// A line for each statement: number, what it says, the numbers of its cases.
    pub(crate) fn table(&self) -> String {
        let mut lines = vec![format!("{}:\n", self.frontend)];
        for Statement { number, says, exempt } in self.statements {
            let cases = self.by_number.get(number).map_or(&[][..], Vec::as_slice);
            let cases: Vec<&str> = cases.iter().map(|case| case.split('-').next().unwrap_or(case)).collect();
            let exempt = exempt.map(|why| format!(" (exempt: {why})")).unwrap_or_default();
            lines.push(format!("{number:2} {says}: {}{exempt}\n", cases.join(" ")));
        }
        lines.concat()
    }

    /// What is amiss: a statement without a case, a number without a statement.
    pub(crate) fn verdict(&self) -> Result<(), String> {
        let uncovered = self
            .statements
            .iter()
            .filter(|statement| statement.exempt.is_none() && !self.by_number.contains_key(&statement.number))
            .map(|statement| format!("no case exercises statement {} ({})", statement.number, statement.says));
        let unknown = self
            .by_number
            .iter()
            .filter(|(number, _)| self.statements.iter().all(|statement| statement.number != **number))
            .map(|(number, cases)| format!("{}: there is no statement {number}", cases.join(", ")));
        let faults: Vec<String> = uncovered.chain(unknown).collect();
        if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
    }
}
