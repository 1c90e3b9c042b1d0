//! The front end: names, types, instances, exhaustiveness, lints; from syntax trees to [`hir`].
#![forbid(unsafe_code)]

pub mod hir;
pub mod ty;
