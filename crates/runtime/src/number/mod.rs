//! Numbers: what needs more than an operation of the table. Powers, conversions with their messages, parsing, rounding,
//! mathematics ([`math`]), the same on every engine and every machine.

mod convert;
pub(crate) mod math;
mod parse;
mod power;
mod round;
pub(crate) mod rows;

pub use convert::IntKind;
pub use parse::{parse_float, parse_int};
pub use power::{float_floor_div, float_mod, float_pow, int_pow, uint_pow};

#[cfg(test)]
mod tests;
