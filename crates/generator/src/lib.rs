//! Random Tandem programs that compile, end, and print what they do.
//!
//! A program is made from a string of bytes, so that `cargo test` (arbtest), `cargo fuzz` and a seeded command line
//! share one generator: equal bytes give equal programs, and fewer bytes give smaller ones. What comes out is a typed
//! tree ([`tree::Program`]), which prints as Tandem, prints as Python for an outside oracle ([`python`]), and can be
//! made smaller while it still shows a difference ([`reduce()`]).
//!
//! What holds of every program:
//! - it compiles: the generator knows the type of every expression, the range of every literal, which names are set;
//! - it ends: loops have bounded turns, recursion has fuel, and the work of nested calls is estimated and limited;
//! - it fails only on purpose: every integer carries the interval that it lies in, checked operations stay within
//!   their type, except in the programs (about a fifth) that are meant to fail.
//!
//! ```
//! use tandem_generator::{Options, from_seed};
//! let program = from_seed(7, &Options::default());
//! assert_eq!(program.to_string(), from_seed(7, &Options::default()).to_string());
//! ```
#![forbid(unsafe_code)]

mod build;
mod choice;
mod interval;
pub mod python;
pub mod reduce;
mod scope;
mod seed;
mod text;
pub mod tree;
mod ty;

pub use build::Options;
pub use interval::Interval;
pub use reduce::reduce;
pub use ty::{Type, Width};

use arbitrary::Unstructured;

/// The program that these bytes stand for.
pub fn from_bytes(bytes: &[u8], options: &Options) -> tree::Program {
    build::program(&mut Unstructured::new(bytes), options)
}

/// The program of a seed.
pub fn from_seed(seed: u64, options: &Options) -> tree::Program {
    from_bytes(&seed::expand(seed), options)
}
