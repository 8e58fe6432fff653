//! Text → syntax trees.
//!
//! In: the text of one source. Out: a tree of `syntax`, with every place that could not be read among its errors. Must
//! not know: other files, what anything means. No type of pest leaves this module.

pub mod apache;
pub mod express;
mod guard;
mod masked;
pub mod nginx;
pub mod pattern;
mod shown;
mod template;
