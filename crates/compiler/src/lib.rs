//! The compiler as a whole: from the name of a file to a run, an executable or a list of messages.
//!
//! [`pipeline`] is the list of stages; [`disk`] is where their files come from; [`statistics`] is what `--stats` shows.

#![forbid(unsafe_code)]

pub mod disk;
pub mod pipeline;
pub mod statistics;

pub use disk::Disk;
pub use pipeline::{Checked, Lowered, Native, Optimized, Source};
pub use statistics::Statistics;
