//! The compile errors and lints: every program of `tests/errors/CODE` is reported with that code, in exactly the words
//! of its `.stderr` file; every fix that tools may apply by themselves gives a program without that error.
//!
//! `cargo xtask bless` writes the `.stderr` files anew.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use tandem_corpus::{Outcome, Program, Status, programs, run_process};

/// In a program with further errors, which the fix of the first one leaves.
const OTHER_ERRORS: &str = "# other errors remain";

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace exists");
    let found = programs(&root.join("tests/errors")).expect("tests/errors can be read");
    let mut trials = Vec::new();
    for program in &found {
        let (root, program) = (root.clone(), program.clone());
        trials.push(Trial::test(program.name.clone(), move || check_report(&root, &program)));
    }
    let tested: BTreeSet<String> = found.iter().map(|program| code_of(program).to_owned()).collect();
    trials.push(Trial::test("every_code_has_a_program", move || check_codes(&root, &tested)));
    libtest_mimic::run(&arguments, trials).exit();
}

fn code_of(program: &Program) -> &str {
    program.name.split('/').next().unwrap_or_default()
}

fn check_report(root: &Path, program: &Program) -> Result<(), Failed> {
    let path = program.path.strip_prefix(root).expect("the corpus is in the workspace");
    let outcome = check_command(root, path)?;
    let found = outcome.stderr_text();
    let blessed = program.path.with_extension("stderr");
    if std::env::var_os("TANDEM_BLESS").is_some() {
        std::fs::write(&blessed, &found)?;
    }
    let Ok(expected) = std::fs::read_to_string(&blessed) else {
        return Err(format!("{} is missing: `cargo xtask bless` writes it", blessed.display()).into());
    };
    if found != expected {
        return Err(format!("--- expected\n{expected}--- found\n{found}").into());
    }

    let code = code_of(program);
    let (head, status) = match code.as_bytes() {
        [b'E', ..] => ("error", 2),
        _ => ("warning", 0),
    };
    if !found.starts_with(&format!("{head}[{code}]: ")) {
        return Err(format!("the first report is no `{head}[{code}]`:\n{found}").into());
    }
    if outcome.status != Status::Exited(status) {
        return Err(format!("the status is {:?}, not {status}", outcome.status).into());
    }
    Ok(())
}

fn check_command(root: &Path, path: &Path) -> std::io::Result<Outcome> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
    command.current_dir(root).arg("check").arg(path);
    run_process(&mut command, b"", Duration::from_secs(60))
}

/// The codes that the front end can report are those that have a program.
fn check_codes(root: &Path, tested: &BTreeSet<String>) -> Result<(), Failed> {
    let mut reported = BTreeSet::new();
    for folder in ["crates/syntax/src", "crates/frontend/src"] {
        collect_codes(&root.join(folder), &mut reported)?;
    }
    let untested: Vec<&String> = reported.difference(tested).collect();
    let unknown: Vec<&String> = tested.difference(&reported).collect();
    if untested.is_empty() && unknown.is_empty() {
        return Ok(());
    }
    Err(format!("codes without a folder in tests/errors: {untested:?}; folders that are no code: {unknown:?}").into())
}

/// Codes as they stand in the code: `"E0203"`, `"L0001"`.
fn collect_codes(folder: &Path, found: &mut BTreeSet<String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect_codes(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path)?;
            found.extend(text.split('"').filter(|literal| is_code(literal)).map(str::to_owned));
        }
    }
    Ok(())
}

fn is_code(text: &str) -> bool {
    text.len() == 5 && text.starts_with(['E', 'L']) && text[1..].bytes().all(|byte| byte.is_ascii_digit())
}
