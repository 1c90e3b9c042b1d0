//! The subcommands.

mod build;
mod check;
mod dump;
mod run;

use std::io::Read;

use tandem_compiler::{Source, disk};

use crate::arguments::{Arguments, Command};
use crate::failure::{refuse, rejected};

/// Does what the command line says; gives the exit status.
pub fn execute(arguments: Arguments) -> u8 {
    match arguments.command {
        None => run::run(&arguments.run),
        Some(Command::Run(command)) => run::run(&command),
        Some(Command::Build(command)) => build::build(&command),
        Some(Command::Check(command)) => check::check(&command),
        Some(Command::Dump(command)) => dump::dump(&command),
    }
}

/// Reads a program from a file, or from standard input for `-`.
///
/// # Errors
/// The status to end with; the message has been shown.
fn read_source(file: &str) -> Result<Source, u8> {
    let (name, bytes) = match file {
        "-" => {
            let mut bytes = Vec::new();
            let result = std::io::stdin().lock().read_to_end(&mut bytes);
            ("<stdin>", result.map(|_| bytes))
        }
        path => (path, std::fs::read(path)),
    };
    let bytes = bytes.map_err(|error| refuse(&format!("cannot read `{file}`: {}", disk::reason(&error))))?;
    source(name, &bytes)
}

/// A program from its bytes.
///
/// # Errors
/// The status to end with; the message has been shown.
fn source(name: &str, bytes: &[u8]) -> Result<Source, u8> {
    Source::new(name, bytes).map_err(|error| rejected(&error))
}
