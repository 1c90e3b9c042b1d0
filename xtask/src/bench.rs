//! `cargo xtask bench`: the benchmark programs on every engine, beside other languages (`bench/README.md`).

mod measure;
mod report;
mod subject;

use std::path::{Path, PathBuf};

use clap::Args;

use crate::generated;
use crate::workspace::{Problem, cargo, root, succeed};
use measure::{Measured, measure};
use subject::Subject;

/// What to run.
#[derive(Args)]
pub struct Options {
    /// Only this program; may be given several times
    #[arg(long)]
    only: Vec<String>,
    /// Rounds of the benchmark programs
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Rounds of hello world
    #[arg(long, default_value_t = 21)]
    startup_runs: usize,
    /// Write the figures to docs/performance.md
    #[arg(long)]
    write: bool,
}

/// The program whose time is the start-up.
const STARTUP: &str = "hello";

/// The folders of one run of the task.
pub struct Folders {
    /// `bench`
    bench: PathBuf,
    /// Where programs are built.
    scratch: PathBuf,
    /// The `tandem` command.
    tandem: PathBuf,
}

/// A program and what every subject took for it.
pub struct Row {
    program: String,
    cells: Vec<(Subject, Measured)>,
}

/// Runs the task.
pub fn run(options: &Options) -> Result<(), Problem> {
    succeed(cargo().args(["build", "--release", "--package", "tandem-driver"]))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let folders =
        Folders { bench: root().join("bench"), scratch: target.join("bench"), tandem: target.join("release/tandem") };
    std::fs::create_dir_all(&folders.scratch)?;

    let mut rows = Vec::new();
    for program in program_names(&folders.bench.join("programs"))? {
        if !options.only.is_empty() && !options.only.contains(&program) {
            continue;
        }
        let runs = if program == STARTUP { options.startup_runs } else { options.runs };
        eprintln!("{program}: {runs} rounds");
        rows.push(Row { cells: measure_program(&folders, &program, runs)?, program });
    }
    let figures = report::figures(&rows, &folders)?;
    println!("{figures}");
    if options.write {
        generated::write(&root().join("docs/performance.md"), "cargo xtask bench --write", &figures)?;
    }
    Ok(())
}

fn measure_program(folders: &Folders, program: &str, runs: usize) -> Result<Vec<(Subject, Measured)>, Problem> {
    let expected = std::fs::read(folders.bench.join("programs").join(format!("{program}.out")))?;
    let mut commands = Vec::new();
    for subject in Subject::ALL {
        if let Some(command) = subject.prepare(folders, program)? {
            commands.push((subject, command));
        }
    }
    measure(commands, &expected, runs)
}

fn program_names(folder: &Path) -> Result<Vec<String>, Problem> {
    let paths = crate::workspace::files_below(folder, "tdm")?;
    Ok(paths.iter().filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect())
}
