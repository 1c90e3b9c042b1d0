//! Every syntax error has programs in `tests/errors`, and each of them has that error alone.

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use support::{FILE, check};
use tandem_source::Diagnostic;
use tandem_syntax::{decode, parse};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folders of syntax errors.
fn folders() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("tests/errors")).expect("the folder can be read");
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    folders.retain(|folder| code(folder).starts_with("E00"));
    folders
}

fn code(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn diagnostics(bytes: &[u8]) -> Vec<Diagnostic> {
    match decode(bytes) {
        Ok(text) => {
            check(&text);
            parse(FILE, &text).diagnostics
        }
        Err(error) => vec![error.diagnostic(FILE)],
    }
}

#[test]
fn each_program_has_its_error_alone() {
    for folder in folders() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be read").flatten() {
            let path = entry.path();
            if path.extension().is_none_or(|ending| ending != "tdm") {
                continue;
            }
            let found = diagnostics(&std::fs::read(&path).expect("the file can be read"));
            let codes: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code.0).collect();
            assert_eq!(codes, [code(&folder)], "{}", path.display());
        }
    }
}

#[test]
fn each_code_has_a_folder() {
    let mut codes = BTreeSet::new();
    for entry in std::fs::read_dir(root().join("crates/syntax/src/error")).expect("the folder can be read").flatten() {
        let text = std::fs::read_to_string(entry.path()).expect("the file can be read");
        codes.extend(text.split("Code(\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_string));
    }
    let with_folder: BTreeSet<String> = folders().iter().map(|folder| code(folder)).collect();
    assert_eq!(codes, with_folder);
}
