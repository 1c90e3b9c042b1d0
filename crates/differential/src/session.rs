//! Judges many programs, on several threads.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use tandem_generator::tree::Program;
use tandem_generator::{Options, from_seed, reduce};

use crate::judge::{Disagreement, Judge, Kind};

/// A run over the programs of consecutive seeds.
pub struct Session {
    /// Who judges.
    pub judge: Judge,
    /// What the programs may contain.
    pub options: Options,
    /// The seed of the first program.
    pub first_seed: u64,
    /// How many.
    pub programs: u64,
    /// How many at once.
    pub jobs: usize,
    /// Where programs that fail are written.
    pub keep: Option<PathBuf>,
    /// How many smaller programs may be tried for one that fails; 0: it is shown as it is.
    pub reductions: usize,
}

/// How a session went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Summary {
    pub passed: u64,
    pub failed: u64,
}

impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

impl Session {
    /// Judges every program; `report` is told of each that fails: seed, smaller program, what differs.
    pub fn run(&self, report: &(dyn Fn(u64, &Program, &Disagreement) + Sync)) -> Summary {
        let next = AtomicU64::new(0);
        let summary = Mutex::new(Summary::default());
        let work = || {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                if at >= self.programs {
                    return;
                }
                let seed = self.first_seed.wrapping_add(at);
                let passed = self.one(seed, report);
                let mut summary = summary.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                if passed {
                    summary.passed += 1;
                } else {
                    summary.failed += 1;
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..self.jobs.max(1) {
                scope.spawn(work);
            }
        });
        summary.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn one(&self, seed: u64, report: &(dyn Fn(u64, &Program, &Disagreement) + Sync)) -> bool {
        let program = from_seed(seed, &self.options);
        let Err(disagreement) = self.judge.judge(&program) else { return true };
        let (smaller, disagreement) = reduced(&self.judge, &program, disagreement, self.reductions);
        if let Some(keep) = &self.keep {
            let text = format!("# seed {seed}\n{}\n{smaller}", commented(&disagreement.text));
            let write = |name: String, text: &str| {
                if let Err(error) = std::fs::create_dir_all(keep).and_then(|()| std::fs::write(keep.join(name), text)) {
                    eprintln!("{}: {error}", keep.display());
                }
            };
            write(format!("seed_{seed}.tdm"), &text);
            write(format!("seed_{seed}_whole.tdm"), &program.to_string());
        }
        report(seed, &smaller, &disagreement);
        false
    }
}

/// A smaller program that shows the same kind of disagreement, and the disagreement.
pub fn reduced(judge: &Judge, program: &Program, first: Disagreement, reductions: usize) -> (Program, Disagreement) {
    if first.kind == Kind::World {
        return (program.clone(), first);
    }
    let mut latest = first;
    let mut shows = |candidate: &Program| match judge.judge(candidate) {
        Err(disagreement) if disagreement.kind == latest.kind => {
            latest = disagreement;
            true
        }
        Ok(()) | Err(_) => false,
    };
    let smaller = reduce(program, reductions, &mut shows);
    (smaller, latest)
}

fn commented(text: &str) -> String {
    text.lines().map(|line| format!("# {line}\n")).collect()
}
