//! `tandem-differential`: random programs on every engine.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use tandem_corpus::{Configuration, Engine, Gc, Runner};
use tandem_differential::{Counting, Judge, Oracles, Session};
use tandem_generator::{Options, from_seed, python};

/// Runs random programs on every engine and compares what they do.
#[derive(Parser)]
#[command(name = "tandem-differential")]
struct Arguments {
    /// How many programs.
    #[arg(long, default_value_t = 1000)]
    programs: u64,
    /// The seed of the first; the others follow.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Engines to compare, the first is the reference.
    #[arg(long, value_delimiter = ',', default_value = "interp,jit,aot", value_parser = engine)]
    engines: Vec<Engine>,
    /// Runs each engine under collector stress too.
    #[arg(long)]
    stress: bool,
    /// An executable model of the language that judges too: a Python file, or a command like `tandem`.
    #[arg(long, value_name = "PATH")]
    model: Option<PathBuf>,
    /// Runs each program as Python too.
    #[arg(long)]
    python: bool,
    /// How many programs at once.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Writes programs that fail, made smaller, to this folder.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// How many smaller programs to try for one that fails.
    #[arg(long, default_value_t = 1500)]
    reductions: usize,
    /// The command to judge; by default the one built beside this program.
    #[arg(long, value_name = "PATH")]
    tandem: Option<PathBuf>,
    /// The command does not count the functions that it runs.
    #[arg(long)]
    uncounted: bool,
    /// Seconds that a program may run.
    #[arg(long, default_value_t = 10)]
    limit: u64,
    /// Prints the program of the seed and ends; with `--python`, as Python.
    #[arg(long)]
    print: bool,
}

fn engine(name: &str) -> Result<Engine, String> {
    Engine::ALL
        .into_iter()
        .find(|engine| engine.name() == name)
        .ok_or_else(|| format!("no engine `{name}`: there are interp, jit and aot"))
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Programs that another judge runs too leave out what it does not know.
    let options = if arguments.model.is_some() || arguments.python { Options::untyped() } else { Options::default() };
    if arguments.print {
        let program = from_seed(arguments.seed, &options);
        print!("{}", if arguments.python { python::program(&program) } else { program.to_string() });
        return ExitCode::SUCCESS;
    }
    let scratch = std::env::temp_dir().join(format!("tandem-differential-{}", std::process::id()));
    if let Err(error) = std::fs::create_dir_all(&scratch) {
        eprintln!("{}: {error}", scratch.display());
        return ExitCode::FAILURE;
    }
    let summary = session(arguments, options, scratch.clone()).map(|session| {
        let seen = std::sync::Mutex::new(());
        session.run(&|seed, program, disagreement| {
            // One report at a time.
            let _one = seen.lock();
            println!("==== seed {seed}: {:?}\n{}\n---- program\n{program}", disagreement.kind, disagreement.text);
        })
    });
    let _ = std::fs::remove_dir_all(&scratch);
    match summary {
        Ok(summary) => {
            println!("{summary}");
            if summary.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn session(arguments: Arguments, options: Options, scratch: PathBuf) -> Result<Session, String> {
    let tandem = match arguments.tandem {
        Some(path) => path,
        None => std::env::current_exe().map_err(|error| error.to_string())?.with_file_name("tandem"),
    };
    let tandem = tandem.canonicalize().map_err(|error| format!("{}: {error}", tandem.display()))?;
    let modes: &[Gc] = if arguments.stress { &[Gc::Normal, Gc::Stress] } else { &[Gc::Normal] };
    let configurations = modes
        .iter()
        .flat_map(|gc| arguments.engines.iter().map(|engine| Configuration { engine: *engine, gc: *gc }))
        .collect();
    let limit = Duration::from_secs(arguments.limit);
    let judge = Judge {
        runner: Runner { tandem, root: scratch.clone(), scratch, limit },
        configurations,
        oracles: Oracles { model: arguments.model, python: arguments.python },
        counting: if arguments.uncounted { Counting::Ignored } else { Counting::Checked },
    };
    Ok(Session {
        judge,
        options,
        first_seed: arguments.seed,
        programs: arguments.programs,
        jobs: arguments.jobs,
        keep: arguments.keep,
        reductions: arguments.reductions,
    })
}
