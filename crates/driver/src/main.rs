//! The `tandem` command.
//!
//! A subcommand is a file of [`command`]. Exit statuses: that of the program; 101 after a runtime error; 2 for
//! compile errors and for what the command itself cannot do.
#![forbid(unsafe_code)]

mod arguments;
mod command;
mod failure;

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(command::execute(arguments::parse()))
}
