//! What an Express application does.
//!
//! Sources: `express` 4 and 5 (`lib/application.js`, `lib/response.js`, `router`), `cors` 2 (`lib/index.js`), `finalhandler`.
//! Each fact was tried on the real ones; the recorded cases in `testdata/conformance/express` hold them.
//!
//! # How it is found out
//!
//! The program is run, twice over. First its modules are evaluated as Node would at its start, with values that are known,
//! or a choice between such, or unknown: what comes of that is an application, a list of middleware and routes in the order
//! in which they were registered. Then each of them is run on a request that nobody knows: what hangs on the request is an
//! [`Expression`](crate::policy::Expression) or a [`Condition`](crate::policy::Condition), and what the code does with the
//! response becomes the statements of the policy. An `if` on something that is not known becomes a
//! [`When`](crate::policy::Statement::When); a value that differs between its branches becomes a choice.
//!
//! What a handler finds in its data is not known either, but it decides what is answered: whoever asks for a status gets
//! the branch that answers with it (`outcome`). What is never known is bounded (`weight`), so that a program of any size
//! comes to an end.
//!
//! # Where things are
//!
//! `machine`, `scope`, `value`, `flow`, `branch`: how a program is run. `statement`, `expression` and their kin: the
//! language. `globals`, `text`, `collection`, `url`: what it provides. `native`, `provided`, `member`: Node and packages.
//! `cors`, `statics`, `nest`, `response`: those that matter here. `stack`, `route`, `dispatch`, `failure`: Express. `build`:
//! the policy.

mod assign;
mod branch;
mod build;
mod call;
mod class;
mod collection;
mod cors;
mod dispatch;
mod exception;
mod expression;
mod failure;
mod flow;
mod globals;
mod instance;
mod late;
mod literal;
mod machine;
mod member;
mod mistakes;
mod module;
mod native;
mod nest;
mod operator;
mod outcome;
mod parts;
mod provided;
mod repetition;
mod response;
mod route;
mod scope;
mod stack;
mod statement;
mod statics;
mod switch;
mod text;
mod unknown;
mod url;
mod value;
mod weight;

pub use build::{APPLICATION, lower};
