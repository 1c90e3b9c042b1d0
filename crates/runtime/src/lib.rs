//! What a running Tandem program stands on: the context, values, the heap, strings, printing, failures.
//!
//! It depends on no other crate of ours: interpreter, native code and finished executables share it, and read layouts
//! ([`context::offset`]) and the function table ([`ffi::ALL`]) from it.

pub mod context;
pub mod fault;
pub mod ffi;
pub mod image;

pub use context::Context;
pub use fault::{Failed, Fault};
