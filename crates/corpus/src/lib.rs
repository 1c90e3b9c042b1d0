//! Runs Tandem programs on every engine and compares what they do: with each other, and with what they say of
//! themselves in `# expect` comments (`tests/README.md` has the format).
//!
//! The conformance runner, the differential runner and `cargo xtask coverage` stand on it. It starts the `tandem`
//! command as a user would and knows nothing of the compiler, so that it can judge any build of it, and any other
//! implementation with the same command line.
#![forbid(unsafe_code)]

mod compare;
mod engine;
mod expectation;
mod process;
mod programs;

pub use compare::{Divergence, check_executions, check_expectation, check_parity};
pub use engine::{Configuration, Engine, Gc, Run, Runner};
pub use expectation::{Expectation, Failure, Stage};
pub use process::{Outcome, Status, run_process};
pub use programs::{Program, programs};
