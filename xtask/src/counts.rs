//! `cargo xtask counts`: what the tests stand on, in one line each.

use std::collections::BTreeSet;

use tandem_corpus::{Configuration, programs};

use crate::workspace::{Problem, files_below, root};

/// Runs the task.
pub fn run() -> Result<(), Problem> {
    let root = root();
    let language = programs(&root.join("tests/language"))?.len();
    let configurations = Configuration::all().len();
    println!("language corpus: {language} programs x {configurations} configurations = {}", language * configurations);

    let errors = root.join("tests/errors");
    if errors.is_dir() {
        let found = programs(&errors)?;
        let codes: BTreeSet<_> = found.iter().filter_map(|program| program.name.split('/').next()).collect();
        println!("compile errors and lints: {} programs, {} codes", found.len(), codes.len());
    }
    let mut blocks = 0;
    for page in files_below(&root.join("docs"), "md")? {
        blocks += std::fs::read_to_string(page)?.lines().filter(|line| line.trim() == "```tandem").count();
    }
    println!("documentation: {blocks} programs");
    Ok(())
}
