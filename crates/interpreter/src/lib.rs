//! The interpreter: runs MIR in the slot form.
//!
//! A program is first encoded into compact code ([`code`]): its functions are tidied ([`tidy`]), their slots get
//! registers ([`allocate`]), and instructions become words of eight bytes ([`encode`]). One loop runs them ([`step`]),
//! on stacks of its own ([`frame`]), so that recursion of the program is not recursion of Rust. What begins and ends a
//! run is in [`call`].
//!
//! No meaning is written here: value operations are expanded from the rows of the operation table, everything else
//! is a runtime function or a branch made by the lowering.

#![deny(unsafe_code)]

mod allocate;
mod call;
mod code;
mod encode;
mod frame;
#[allow(unsafe_code)]
mod step;
mod tidy;

#[cfg(test)]
mod tests;

pub use call::{Interpreter, run};
pub use tandem_runtime::Ending as Outcome;
