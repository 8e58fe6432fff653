//! What all cases together come to.

use std::io::{self, Write};

use crate::replay::Replayed;

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    cases: usize,
    exchanges: usize,
    predicted: usize,
    required: usize,
    reported: usize,
    unjustified: usize,
    coverage: String,
}

impl Tally {
    /// Counts a case.
    pub(crate) fn add(&mut self, replayed: &Replayed) {
        self.cases += 1;
        self.exchanges += replayed.exchanges;
        self.predicted += replayed.predicted;
        self.required += replayed.required;
        self.reported += replayed.reported;
        self.unjustified += replayed.unjustified;
    }

    /// Keeps the table of a server's statements.
    pub(crate) fn cover(&mut self, table: &str) {
        self.coverage.push_str(table);
    }

    /// Prints it. Nothing can be done about a closed standard output.
    pub(crate) fn print(&self) {
        let text = format!(
            "{}{} cases: {} of {} exchanges predicted, {} of {} required rules reported, {} unjustified\n",
            self.coverage, self.cases, self.predicted, self.exchanges, self.reported, self.required, self.unjustified,
        );
        let _ = io::stdout().lock().write_all(text.as_bytes());
    }
}
