//! The project's own tasks: `cargo xtask TASK`. A file a task.
#![forbid(unsafe_code)]

mod bench;
mod bless;
mod counts;
mod coverage;
mod generated;
mod status;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own tasks.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check that every sentence of the reference names programs of the corpus that show it.
    Coverage(coverage::Options),
    /// Write anew what tests compare with: the messages of `tests/errors`, the results in `tests/mir`.
    Bless,
    /// Count what the tests stand on: programs, configurations, codes.
    Counts,
    /// Write the list of docs/status.md from the front end's table.
    Status,
    /// Run the benchmarks on every engine beside other languages.
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().task {
        Task::Coverage(options) => coverage::run(&options),
        Task::Bless => bless::run(),
        Task::Counts => counts::run(),
        Task::Status => status::run(),
        Task::Bench(options) => bench::run(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
