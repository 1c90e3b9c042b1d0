//! `cargo xtask coverage`: the reference and the corpus belong together.
//!
//! In `docs/reference/*.md` each rule is followed by a mark with the programs that show it:
//!     - `a ?? b` is `a`, or `b` where `a` is `nil`. <!-- shows: options/coalesce, options/module_variable -->
//! `options/coalesce` is `tests/language/options/coalesce.tdm`; `E0203/idea` is `tests/errors/E0203/idea.tdm`.
//! The task fails on a rule without a mark and on a mark whose program does not exist. It reports programs of the
//! language corpus that no rule names, except those of `regression`: each shows a mistake that was mended, not a rule.

mod positions;
mod rules;

use std::collections::BTreeSet;
use std::path::Path;

use clap::Args;
use tandem_corpus::{Program, programs};

use crate::workspace::{Problem, files_below, root};

/// What to print beside the counts.
#[derive(Args)]
pub struct Options {
    /// Print how many programs of each feature have code in each position
    #[arg(long)]
    positions: bool,
}

/// Runs the task.
pub fn run(options: &Options) -> Result<(), Problem> {
    let root = root();
    let language = programs(&root.join("tests/language"))?;
    let errors = match root.join("tests/errors") {
        folder if folder.is_dir() => programs(&folder)?,
        _ => Vec::new(),
    };
    let known: BTreeSet<&str> = language.iter().chain(&errors).map(|program| program.name.as_str()).collect();

    let mut sentences = 0;
    let mut named = BTreeSet::new();
    let mut problems = Vec::new();
    let pages = files_below(&root.join("docs/reference"), "md")?;
    for page in &pages {
        let text = std::fs::read_to_string(page)?;
        let found = rules::rules(&text);
        let place = |line: usize| format!("{}:{line}", shown(page, &root));
        for rule in &found.rules {
            sentences += 1;
            for program in &rule.programs {
                if !known.contains(program.as_str()) {
                    problems.push(format!("{}: there is no program `{program}`", place(rule.line)));
                }
                named.insert(program.clone());
            }
        }
        for (line, text) in &found.unmarked {
            problems.push(format!("{}: no program shows: {text}", place(*line)));
        }
    }
    let needs_rule = |program: &&Program| !program.name.starts_with("regression/") && !named.contains(&program.name);
    let unnamed: Vec<_> = language.iter().filter(needs_rule).collect();
    for program in &unnamed {
        println!("no sentence names {}", program.name);
    }
    if options.positions {
        positions::print_table(&language)?;
    }
    println!(
        "{} pages, {sentences} sentences, {} programs, {} of them named by no sentence",
        pages.len(),
        language.len(),
        unnamed.len()
    );
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

fn shown(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}
