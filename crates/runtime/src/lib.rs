//! What a running Tandem program stands on: the context, values, the heap, strings, printing, failures.
//!
//! It depends on no other crate of ours: interpreter, native code and finished executables share it, and read layouts
//! ([`context::offset`], [`heap`]) and the function table ([`ffi::ALL`]) from it.

mod arch;
pub mod context;
mod ending;
pub mod fault;
#[macro_use]
pub mod ffi;

pub mod array;
pub mod format;
pub mod heap;
pub mod image;
pub mod library;
pub mod number;
mod output;
pub mod report;
mod slice;
mod stack;
pub mod string;
pub mod system;

pub use context::{Context, Failure, Options, ProgramData, Stop};
pub use ending::{Ending, RunStatistics};
pub use fault::{Failed, Fault};
pub use heap::RootSource;
pub use output::Sink;

#[cfg(test)]
mod python_tests;
