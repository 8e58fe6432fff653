//! The program as it is called.

mod findings;
#[path = "../support/folder.rs"]
mod folder;
mod harness;
mod input;
mod program;
mod simulate;
