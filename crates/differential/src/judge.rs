//! Judges one program.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use tandem_corpus::{Configuration, Engine, Outcome, Run, Runner, Status, check_executions, check_parity};
use tandem_generator::tree::Program;

use crate::oracle::Oracles;

/// Runs programs on configurations and oracles, and compares.
pub struct Judge {
    /// Runs the `tandem` command; its root is where programs are written.
    pub runner: Runner,
    /// The engines and modes to compare; the first is the reference.
    pub configurations: Vec<Configuration>,
    /// Who judges beside the engines.
    pub oracles: Oracles,
    /// Whether the functions that ran are counted.
    pub counting: Counting,
}

/// Whether the functions that ran are counted, and compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// Each engine must have run every function itself.
    Checked,
    /// The command that runs programs does not count.
    Ignored,
}

/// Two that do not agree on a program.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Disagreement {
    pub kind: Kind,
    pub text: String,
}

/// What a disagreement is about: a smaller program must show the same.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    /// The first line of the first compile error.
    DoesNotCompile(String),
    TimedOut,
    /// Killed, or the compiler itself failed: where.
    Crashed(String),
    /// The engines differ.
    Engines,
    /// An engine ran a function otherwise than by itself.
    Executions,
    /// Another judge, and how the two ended: `0 against R0001`.
    Model(String),
    Python(String),
    /// A process could not be started.
    World,
}

static SERIAL: AtomicU64 = AtomicU64::new(0);

impl Judge {
    /// Runs a program and compares.
    ///
    /// # Errors
    /// What differs first.
    pub fn judge(&self, program: &Program) -> Result<(), Disagreement> {
        let text = program.to_string();
        let runs = self.run(&text)?;
        self.compare(&runs)?;
        let reference = &runs[0].1.outcome;
        self.oracles.judge(program, &text, reference, &self.runner)
    }

    /// Runs a program's text on every configuration.
    ///
    /// # Errors
    /// When it does not compile, does not end, or takes the compiler down.
    pub fn run(&self, text: &str) -> Result<Vec<(Configuration, Run)>, Disagreement> {
        let path = self.fresh("tdm");
        std::fs::write(self.runner.root.join(&path), text).map_err(world)?;
        let runs = self.run_file(&path);
        let _ = std::fs::remove_file(self.runner.root.join(&path));
        runs
    }

    /// A name that no other program has. All of one judge have the same length, so that no report differs by it.
    fn fresh(&self, ending: &str) -> PathBuf {
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        PathBuf::from(format!("program{:06}_{serial:08}.{ending}", std::process::id() % 1_000_000))
    }

    fn run_file(&self, path: &Path) -> Result<Vec<(Configuration, Run)>, Disagreement> {
        let mut executable = None;
        if self.configurations.iter().any(|configuration| configuration.engine == Engine::Aot) {
            match self.runner.build(path).map_err(world)? {
                Ok(built) => executable = Some(built),
                Err(outcome) => {
                    ended_well(&outcome, "build")?;
                    return Err(not_compiled(&outcome));
                }
            }
        }
        let mut runs = Vec::new();
        let mut problem = None;
        for configuration in &self.configurations {
            let subject = match (configuration.engine, &executable) {
                (Engine::Aot, Some(executable)) => executable.as_path(),
                (Engine::Aot | Engine::Interpreter | Engine::Jit, _) => path,
            };
            let run = self.runner.run(*configuration, subject, &[], b"").map_err(world)?;
            if let Err(disagreement) = ended_well(&run.outcome, &configuration.to_string()) {
                problem = Some(disagreement);
                break;
            }
            runs.push((*configuration, run));
        }
        if let Some(executable) = executable {
            let _ = std::fs::remove_file(executable);
        }
        problem.map_or(Ok(runs), Err)
    }

    /// Compares the runs of one program.
    ///
    /// # Errors
    /// What differs first.
    pub fn compare(&self, runs: &[(Configuration, Run)]) -> Result<(), Disagreement> {
        check_parity(runs).map_err(|divergence| Disagreement { kind: Kind::Engines, text: divergence.to_string() })?;
        if self.counting == Counting::Checked {
            check_executions(runs)
                .map_err(|divergence| Disagreement { kind: Kind::Executions, text: divergence.to_string() })?;
        }
        Ok(())
    }
}

/// Whether a program ran: to its end, or to a runtime error.
fn ended_well(outcome: &Outcome, what: &str) -> Result<(), Disagreement> {
    let stderr = outcome.stderr_text();
    let fail = |kind| Err(Disagreement { kind, text: format!("{what}: {:?}\n{stderr}", outcome.status) });
    match outcome.status {
        Status::TimedOut => fail(Kind::TimedOut),
        Status::Killed => fail(Kind::Crashed("killed".to_owned())),
        Status::Exited(2) if stderr.starts_with("error") => Err(not_compiled(outcome)),
        Status::Exited(_) => match stderr.lines().find(|line| line.contains("panicked at")) {
            Some(line) => {
                let place = line.split("panicked at").nth(1).unwrap_or_default();
                fail(Kind::Crashed(place.trim().to_owned()))
            }
            None => Ok(()),
        },
    }
}

fn not_compiled(outcome: &Outcome) -> Disagreement {
    let stderr = outcome.stderr_text();
    // Lints may stand before it.
    let error = stderr.lines().find(|line| line.starts_with("error"));
    let kind = Kind::DoesNotCompile(error.unwrap_or("no error").to_owned());
    Disagreement { kind, text: format!("does not compile: {:?}\n{stderr}", outcome.status) }
}

pub(crate) fn world(error: std::io::Error) -> Disagreement {
    Disagreement { kind: Kind::World, text: error.to_string() }
}
