//! Facts about functions, computed anew from scratch when asked for: pure functions, generic over the operand.

mod bits;
mod cfg;
mod dominators;
mod liveness;

pub use bits::BitSet;
pub use cfg::Cfg;
pub use dominators::Dominators;
pub use liveness::Liveness;

#[cfg(test)]
mod tests;
