//! The engines, as command lines.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::process::{Outcome, run_process};

/// An engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Engine {
    Interpreter,
    Jit,
    Aot,
}

impl Engine {
    /// Every engine that exists.
    pub const ALL: [Engine; 3] = [Engine::Interpreter, Engine::Jit, Engine::Aot];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Interpreter => "interp",
            Engine::Jit => "jit",
            Engine::Aot => "aot",
        }
    }
}

/// How the collector works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gc {
    /// As for users.
    Normal,
    /// Every safepoint moves every object and poisons the old one.
    Stress,
}

/// An engine and a mode of the collector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub struct Configuration {
    pub engine: Engine,
    pub gc: Gc,
}

impl Configuration {
    /// Every engine, each normally and under stress.
    pub fn all() -> Vec<Configuration> {
        let with = |gc| Engine::ALL.map(|engine| Configuration { engine, gc });
        [with(Gc::Normal), with(Gc::Stress)].concat()
    }
}

impl std::fmt::Display for Configuration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mode = match self.gc {
            Gc::Normal => "normal",
            Gc::Stress => "stress",
        };
        write!(f, "{}/{mode}", self.engine.name())
    }
}

/// A program run on a configuration.
#[derive(Debug)]
pub struct Run {
    /// What it did.
    pub outcome: Outcome,
    /// Which functions ran, and how: `native` or `interpreted`, as counted by their prologues.
    pub executed: BTreeMap<String, String>,
}

/// Runs programs with one `tandem` command.
#[derive(Debug)]
pub struct Runner {
    /// The command.
    pub tandem: PathBuf,
    /// The folder that programs are run in; their paths are given relative to it.
    pub root: PathBuf,
    /// Where executables and the programs' own files go.
    pub scratch: PathBuf,
    /// How long a program may run.
    pub limit: Duration,
}

static SERIAL: AtomicU64 = AtomicU64::new(0);

impl Runner {
    /// Builds `program` as an executable.
    ///
    /// # Errors
    /// The outcome of the compiler, when it does not end well (a compile error of the program, for instance).
    pub fn build(&self, program: &Path) -> std::io::Result<Result<PathBuf, Outcome>> {
        let executable = self.fresh("program");
        let mut command = Command::new(&self.tandem);
        command.current_dir(&self.root).env("TANDEM_COUNT", "1");
        command.arg("build").arg(program).arg("-o").arg(&executable);
        let outcome = run_process(&mut command, b"", self.limit)?;
        Ok(if outcome.status == crate::Status::Exited(0) { Ok(executable) } else { Err(outcome) })
    }

    /// Runs `program`, or for [`Engine::Aot`] the executable built from it.
    ///
    /// # Errors
    /// When the process cannot be started or its files cannot be made.
    pub fn run(
        &self,
        configuration: Configuration,
        program: &Path,
        args: &[String],
        stdin: &[u8],
    ) -> std::io::Result<Run> {
        let mut command = match configuration.engine {
            Engine::Interpreter | Engine::Jit => {
                let mut command = Command::new(&self.tandem);
                command.arg("run").arg(format!("--engine={}", configuration.engine.name())).arg(program);
                command
            }
            Engine::Aot => Command::new(program),
        };
        // The same for all runs of a program, so that messages with its path are equal.
        let temporary = self.scratch.join(format!("tmp-{}-{:?}", std::process::id(), std::thread::current().id()));
        let counts = self.fresh("counts");
        std::fs::create_dir_all(&temporary)?;
        command.current_dir(&self.root).args(args);
        command.env("TMPDIR", &temporary).env("TANDEM_COUNT", &counts);
        match configuration.gc {
            Gc::Normal => command.env_remove("TANDEM_GC"),
            Gc::Stress => command.env("TANDEM_GC", "stress"),
        };
        let outcome = run_process(&mut command, stdin, self.limit)?;
        let counted = std::fs::read_to_string(&counts).unwrap_or_default();
        let executed = counted.lines().filter_map(|line| line.split_once(' '));
        let executed = executed.map(|(how, name)| (name.to_owned(), how.to_owned())).collect();
        let _ = std::fs::remove_file(&counts);
        let _ = std::fs::remove_dir_all(&temporary);
        Ok(Run { outcome, executed })
    }

    fn fresh(&self, kind: &str) -> PathBuf {
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        self.scratch.join(format!("{kind}-{}-{serial}", std::process::id()))
    }
}
