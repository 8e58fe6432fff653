//! The program as it is called.

mod baseline;
mod config;
mod findings;
#[path = "../support/folder.rs"]
mod folder;
mod formats;
mod generate;
mod growth;
mod harness;
mod input;
mod neighbours;
mod program;
mod script;
mod script_growth;
mod select;
mod simulate;
mod stack;
mod suppress;
