//! Runs random programs on every engine and compares what they do.
//!
//! A program is generated from its seed, run on each configuration, and judged: output, error and status must be equal,
//! each engine must have run every function itself; an executable model of the language and Python may judge too. What
//! differs is made smaller before it is shown. `cargo run --release -p tandem-differential -- --help` has the options.
#![forbid(unsafe_code)]

mod judge;
mod oracle;
mod session;

pub use judge::{Counting, Disagreement, Judge, Kind};
pub use oracle::Oracles;
pub use session::{Session, Summary, reduced};
