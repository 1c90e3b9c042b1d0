//! The programs of `examples/`, on real input, on every engine: each prints what `tests/examples/NAME.out` has.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use tandem_corpus::{Configuration, Engine, Gc, Runner, Status, check_executions, check_parity, programs};

/// An example and what it is given.
struct Example {
    name: &'static str,
    arguments: &'static [&'static str],
    stdin: Input,
}

enum Input {
    Text(&'static str),
    /// A file of the repository.
    File(&'static str),
}

const EXAMPLES: [Example; 6] = [
    Example { name: "collatz", arguments: &["1000"], stdin: Input::Text("") },
    Example { name: "guess", arguments: &["42"], stdin: Input::Text("10\n90\nx\n50\n") },
    Example { name: "justify", arguments: &["50"], stdin: Input::File("LICENSE-APACHE") },
    Example { name: "primes", arguments: &["100"], stdin: Input::Text("") },
    Example { name: "wc", arguments: &["LICENSE-APACHE"], stdin: Input::Text("") },
    Example { name: "word_lengths", arguments: &["LICENSE-APACHE"], stdin: Input::Text("") },
];

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace exists");
    let mut trials = Vec::new();
    for example in &EXAMPLES {
        let root = root.clone();
        trials.push(Trial::test(example.name, move || check(root, example)));
    }
    trials.push(Trial::test("every_example_is_run", move || check_complete(&root)));
    libtest_mimic::run(&arguments, trials).exit();
}

fn check(root: PathBuf, example: &Example) -> Result<(), Failed> {
    let expected = std::fs::read_to_string(root.join("tests/examples").join(example.name).with_extension("out"))?;
    let stdin = match example.stdin {
        Input::Text(text) => text.as_bytes().to_vec(),
        Input::File(path) => std::fs::read(root.join(path))?,
    };
    let arguments: Vec<String> = example.arguments.iter().map(ToString::to_string).collect();
    let program = PathBuf::from(format!("examples/{}.tdm", example.name));
    let tandem = PathBuf::from(env!("CARGO_BIN_EXE_tandem"));
    let scratch = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let runner = Runner { tandem, root, scratch, limit: Duration::from_secs(120) };
    let executable = runner.build(&program)?.map_err(|outcome| outcome.stderr_text())?;

    let mut runs = Vec::new();
    for engine in Engine::ALL {
        let configuration = Configuration { engine, gc: Gc::Normal };
        let subject = match engine {
            Engine::Interpreter | Engine::Jit => &program,
            Engine::Aot => &executable,
        };
        runs.push((configuration, runner.run(configuration, subject, &arguments, &stdin)?));
    }
    std::fs::remove_file(&executable)?;
    check_parity(&runs)?;
    check_executions(&runs)?;
    let outcome = &runs[0].1.outcome;
    if outcome.status != Status::Exited(0) || outcome.stdout_text() != expected {
        let found = outcome.stdout_text() + &outcome.stderr_text();
        return Err(format!("--- expected\n{expected}--- found, {:?}\n{found}", outcome.status).into());
    }
    Ok(())
}

fn check_complete(root: &Path) -> Result<(), Failed> {
    let found: BTreeSet<String> = programs(&root.join("examples"))?.into_iter().map(|program| program.name).collect();
    let run: BTreeSet<String> = EXAMPLES.iter().map(|example| example.name.to_owned()).collect();
    if found == run { Ok(()) } else { Err(format!("examples: {found:?}, run here: {run:?}").into()) }
}
