//! corslint predicts what a browser will make of a CORS configuration before it is deployed.
//!
//! It does not match patterns; it predicts responses:
//!
//! ```text
//! discover → parse → link → lower → policy → exchange → rules → report
//!  files     pest    trees   server   the IR   probes ×   judge    text,
//!            trees   joined  semantics         browser             JSON
//! ```
//!
//! A stage knows the type before it and the type after it. No pest type leaves [`parse`], no server's name enters
//! [`rules`], server semantics live in [`lower`], browser semantics in [`exchange`], and nothing below [`report`]
//! formats text for a terminal.

pub mod exchange;
pub mod finding;
pub mod link;
pub mod lower;
pub mod parse;
pub mod policy;
pub mod rules;
pub mod source;
pub mod syntax;
