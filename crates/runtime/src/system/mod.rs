//! The world outside: standard input and output, arguments, environment, files.

pub(crate) mod file;
mod input;
pub(crate) mod rows;

pub(crate) use input::Input;
