//! Exchanges: what a policy answers to requests, and what a browser makes of it.
//!
//! In: a [`Policy`](crate::policy::Policy). Out: [`Response`]s and [`Verdict`](browser::Verdict)s, and for `rules` everything that the
//! probes of an endpoint brought, an [`Observation`]. Must not know: any configuration language, any rule.

mod access;
mod assume;
pub mod browser;
mod evaluate;
mod evidence;
mod gate;
mod observe;
pub mod origin;
pub mod preflight;
pub mod probe;
mod reach;
mod request;
mod response;
mod sample;
mod steer;
mod steps;
mod trusted;
mod world;

pub use assume::assumptions;
pub use evaluate::{Entry, evaluate};
pub use observe::{Exchange, Kind, Observation, Probes};
pub use request::Request;
pub use response::{HeaderLine, Lost, Outcome, Response, Step, StepKind, Unsent, Value};
pub use steer::Data;
pub use world::{MOST_WORLDS, Question, World};
