//! `tests/mir/<pass>/*.mir`: a program, a line `; test: <pass>`, and what the pass makes of it.
//!
//! `ssa` reads slots and builds SSA; `inline`, `uncalled` and `optimize` work on whole programs; the others are passes over single
//! functions. A program that names no locations is printed without them. `BLESS=1` writes what came out.

use std::fs;
use std::path::{Path, PathBuf};

use tandem_mir::{Program, Reg, Value, opt, ssa, text, verify};

const MARK: &str = "; test: ";

#[test]
fn passes_do_what_the_files_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/mir");
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in fs::read_dir(&root).expect("tests/mir exists").flatten() {
        let Ok(entries) = fs::read_dir(folder.path()) else { continue };
        files.extend(
            entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "mir")),
        );
    }
    files.sort();
    assert!(!files.is_empty(), "no files in {}", root.display());
    let failures: Vec<String> = files.iter().filter_map(|file| run(file).err()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn run(file: &Path) -> Result<(), String> {
    let source = fs::read_to_string(file).expect("the file can be read");
    let name = file.display();
    let at = source.find(MARK).ok_or(format!("{name}: no line `{MARK}PASS`"))?;
    let (input, rest) = source.split_at(at);
    let (pass, expected) = rest[MARK.len()..].split_once('\n').unwrap_or((&rest[MARK.len()..], ""));
    let program = apply(pass.trim(), input).map_err(|error| format!("{name}: {error}"))?;
    verify::verify(&program).map_err(|violation| format!("{name}: after the pass: {violation}"))?;
    let found = show(&program, input);
    if found == expected {
        return Ok(());
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(file, format!("{input}{MARK}{}\n{found}", pass.trim())).expect("the file can be written");
        return Ok(());
    }
    Err(format!("{name}: expected\n{expected}\nfound\n{found}"))
}

fn apply(pass: &str, input: &str) -> Result<Program<Value>, String> {
    if pass == "ssa" {
        let program: Program<Reg> = text::parse(input).map_err(|error| error.to_string())?;
        verify::verify(&program).map_err(|violation| violation.to_string())?;
        return Ok(ssa::build(&program));
    }
    let mut program: Program<Value> = text::parse(input).map_err(|error| error.to_string())?;
    verify::verify(&program).map_err(|violation| violation.to_string())?;
    match pass {
        "inline" => opt::inline::inline_small(&mut program),
        "uncalled" => opt::uncalled::remove_uncalled(&mut program),
        "optimize" => opt::optimize(&mut program),
        name => {
            let pass = opt::pass(name).ok_or(format!("no pass `{name}`"))?;
            program.functions.values_mut().for_each(pass);
        }
    }
    Ok(program)
}

fn show(program: &Program<Value>, input: &str) -> String {
    if input.lines().any(|line| line.starts_with("loc ")) {
        return text::print(program);
    }
    let functions: Vec<String> = program.functions.keys().map(|id| text::print_function(program, id)).collect();
    functions.join("\n")
}
