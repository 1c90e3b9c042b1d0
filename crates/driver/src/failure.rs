//! Why the command could not do as it was told.

use std::io::IsTerminal;

use tandem_compiler::pipeline::Rejected;
use tandem_source::{Diagnostic, Palette, SourceMap, render};

/// The status of a command that could not do as it was told: wrong arguments, no such file, a compile error.
pub const REFUSED: u8 = 2;

/// Says on standard error why the command ends; gives its status.
pub fn refuse(message: &str) -> u8 {
    eprintln!("error: {message}");
    REFUSED
}

/// Shows why a program was rejected; gives the status.
pub fn rejected(rejected: &Rejected) -> u8 {
    show(&rejected.diagnostics, &rejected.files);
    REFUSED
}

/// Shows messages on standard error, a blank line between them.
pub fn show(diagnostics: &[Diagnostic], files: &SourceMap) {
    let coloured = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let palette = if coloured { Palette::Coloured } else { Palette::Plain };
    let texts: Vec<String> = diagnostics.iter().map(|diagnostic| render(diagnostic, files, palette)).collect();
    eprint!("{}", texts.join("\n"));
}
