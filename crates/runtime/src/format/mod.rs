//! Values as text.
//!
//! The functions `rt_fmt_…` append to a buffer in the context, of which `rt_fmt_take` makes a string and `rt_fmt_print`
//! prints the text. No code of the program runs between the first append and the end, so one buffer is enough.

mod float;
mod number;
pub(crate) mod rows;
mod spec;
mod text;

pub(crate) use float::{display_f32, display_float};
pub(crate) use text::{TextBuffer, push_repr};

#[cfg(test)]
mod tests;
