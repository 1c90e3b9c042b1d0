//! Runs every program of `tests/language` and `examples` on every engine, normally and under GC stress: it must do
//! what its comments say, the same on all of them, and each engine must have run every function itself.

use std::path::{Path, PathBuf};
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use tandem_corpus::{
    Configuration, Engine, Expectation, Program, Runner, Stage, check_executions, check_expectation, check_parity,
    programs,
};

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace exists");
    let scratch = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let found = programs(&root.join("tests/language")).expect("the corpus can be read");
    let trials = found.into_iter().map(|program| {
        let (root, scratch) = (root.clone(), scratch.clone());
        Trial::test(program.name.clone(), move || {
            let tandem = PathBuf::from(env!("CARGO_BIN_EXE_tandem"));
            check(&Runner { tandem, root, scratch, limit: Duration::from_secs(60) }, &program)
        })
    });
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

fn check(runner: &Runner, program: &Program) -> Result<(), Failed> {
    let source = std::fs::read_to_string(&program.path)?;
    let expectation = Expectation::parse(&source)?;
    let path = program.path.strip_prefix(&runner.root).expect("the corpus is in the workspace");

    let executable = match runner.build(path)? {
        Ok(executable) => executable,
        Err(outcome) => {
            // A compile error: `build` reports it, and so does `run`, on every engine alike.
            check_expectation(&expectation, &outcome)?;
            if !expectation.failure.as_ref().is_some_and(|failure| failure.stage == Stage::Compiling) {
                return Err("the program does not compile".into());
            }
            for configuration in Configuration::all() {
                if configuration.engine != Engine::Aot {
                    let run = runner.run(configuration, path, &expectation.args, expectation.stdin.as_bytes())?;
                    check_expectation(&expectation, &run.outcome)?;
                }
            }
            return Ok(());
        }
    };
    let mut runs = Vec::new();
    for configuration in Configuration::all() {
        let subject = match configuration.engine {
            Engine::Interpreter | Engine::Jit => path,
            Engine::Aot => &executable,
        };
        let run = runner.run(configuration, subject, &expectation.args, expectation.stdin.as_bytes())?;
        check_expectation(&expectation, &run.outcome).map_err(|problem| format!("{configuration}: {problem}"))?;
        runs.push((configuration, run));
    }
    std::fs::remove_file(&executable)?;
    check_parity(&runs)?;
    check_executions(&runs)?;
    Ok(())
}
