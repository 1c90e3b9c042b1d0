//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Runs, checks and builds Tandem programs.
#[derive(Debug, Parser)]
#[command(name = "tandem", version, about, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(arg_required_else_help = true)]
#[command(override_usage = "tandem [OPTIONS] FILE [ARGS]...\n       tandem <COMMAND>")]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub run: Run,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs a program (also without the word `run`).
    Run(Run),
    /// Makes an executable of a program.
    Build(Build),
    /// Reports the errors and lints of a program.
    Check(Check),
    /// Shows a program as one of the compiler's stages sees it.
    Dump(Dump),
}

/// Runs a program.
#[derive(Args, Debug)]
pub struct Run {
    /// What runs it.
    #[arg(long, value_enum, default_value_t = Engine::Auto)]
    pub engine: Engine,
    /// Show figures about the run on standard error.
    #[arg(long)]
    pub stats: bool,
    /// The program as text, instead of a file.
    #[arg(short = 'c')]
    pub code: bool,
    /// The program (`-`: standard input), and its arguments.
    #[arg(value_name = "FILE [ARGS]", required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    pub program: Vec<String>,
}

/// Makes an executable.
#[derive(Args, Debug)]
pub struct Build {
    /// The program.
    pub file: String,
    /// Where the executable goes.
    #[arg(short, value_name = "OUT")]
    pub output: PathBuf,
}

/// Reports errors and lints.
#[derive(Args, Debug)]
pub struct Check {
    /// Also report conversions that may fail when the program runs.
    #[arg(long)]
    pub strict: bool,
    /// The program (`-`: standard input).
    pub file: String,
}

/// Shows a stage.
#[derive(Args, Debug)]
pub struct Dump {
    /// Which.
    #[arg(long, value_enum)]
    pub stage: Stage,
    /// The program (`-`: standard input).
    pub file: String,
}

/// What runs a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// Starts at once.
    Interp,
    /// Compiles everything before it runs.
    Jit,
    /// Chooses by itself.
    Auto,
}

/// The stages of the compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    Tokens,
    Ast,
    Hir,
    Mir,
    Ssa,
    Clif,
    Asm,
}

/// Reads the command line; ends the process with a message when it makes no sense.
pub fn parse() -> Arguments {
    Arguments::parse()
}
