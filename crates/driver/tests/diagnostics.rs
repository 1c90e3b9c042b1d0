//! The compile errors and lints: every program of `tests/errors/CODE` is reported with that code, in exactly the words
//! of its `.stderr` file; every fix that tools may apply by themselves gives a program without that error.
//!
//! `cargo xtask bless` writes the `.stderr` files anew.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use tandem_compiler::Source;
use tandem_corpus::{Outcome, Program, Status, programs, run_process};
use tandem_source::{Applicability, Diagnostic, FileId, Severity, Span};

/// In a program with errors that no fix mends.
const OTHER_ERRORS: &str = "# other errors remain";

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace exists");
    let found = programs(&root.join("tests/errors")).expect("tests/errors can be read");
    let mut trials = Vec::new();
    for program in &found {
        let (root, program) = (root.clone(), program.clone());
        let fixed = program.clone();
        trials.push(Trial::test(program.name.clone(), move || check_report(&root, &program)));
        trials.push(Trial::test(format!("{}: fixes", fixed.name), move || check_fixes(&fixed)));
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
    if std::env::var_os("BLESS").is_some() {
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

/// Applies every fix that needs no thought: what they mend is then gone, and nothing is wrong any more. (A fix of the
/// syntax may uncover something that is not supported yet.)
fn check_fixes(program: &Program) -> Result<(), Failed> {
    let name = program.path.to_str().ok_or("the path is no UTF-8")?;
    let bytes = std::fs::read(&program.path)?;
    let before = diagnostics_of(name, &bytes);
    let mended: Vec<&Diagnostic> = before.iter().filter(|diagnostic| !edits_of(diagnostic).is_empty()).collect();
    if mended.is_empty() {
        return Ok(());
    }
    let text = String::from_utf8(bytes)?;
    let fixed = apply(&text, mended.iter().flat_map(|diagnostic| edits_of(diagnostic)).collect())?;
    let after = diagnostics_of(name, fixed.as_bytes());
    let still_there = after.iter().find(|left| mended.iter().any(|mended| mended.code == left.code));
    let supported = |left: &Diagnostic| !left.message.starts_with("not supported yet");
    let mut errors = after.iter().filter(|left| left.severity == Severity::Error && supported(left));
    let wrong = errors.find(|_| !text.contains(OTHER_ERRORS));
    match still_there.or(wrong) {
        Some(left) => Err(format!("after the fixes: {}: {}\n{fixed}", left.code.0, left.message).into()),
        None => Ok(()),
    }
}

fn diagnostics_of(name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    match Source::new(name, bytes).and_then(Source::check) {
        Ok(checked) => checked.lints().0.to_vec(),
        Err(rejected) => rejected.diagnostics,
    }
}

fn edits_of(diagnostic: &Diagnostic) -> &[(Span, String)] {
    match &diagnostic.fix {
        Some(fix) if fix.applicability == Applicability::Machine => &fix.edits,
        Some(_) | None => &[],
    }
}

fn apply(text: &str, mut edits: Vec<&(Span, String)>) -> Result<String, Failed> {
    let script = FileId(0);
    edits.sort_by_key(|(span, _)| (span.lo, span.hi));
    // Several reports may propose the same change.
    edits.dedup();
    // Spans do not count a byte-order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut fixed = String::new();
    let mut done = 0;
    for (span, replacement) in edits {
        let (lo, hi) = (span.lo as usize, span.hi as usize);
        if span.file != script || lo < done {
            return Err(format!("the edit {span:?} is in another file or overlaps the one before").into());
        }
        fixed += &text[done..lo];
        fixed += replacement;
        done = hi;
    }
    Ok(fixed + &text[done..])
}

/// The codes that the front end can report are those that have a program.
fn check_codes(root: &Path, tested: &BTreeSet<String>) -> Result<(), Failed> {
    let mut reported = BTreeSet::new();
    for folder in ["crates/syntax/src", "crates/frontend/src"] {
        collect_codes(&root.join(folder), &mut reported)?;
    }
    // A mistake in the library itself: no program of a user gets it.
    reported.remove("E0235");
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
