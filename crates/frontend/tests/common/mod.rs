//! Checking texts and files in tests.
#![allow(dead_code, reason = "each test uses a part")]

use std::path::{Path, PathBuf};

use tandem_frontend::{FileError, Files, Library, check, hir};
use tandem_source::{Diagnostic, SourceMap};

/// The files of the disk.
pub struct Disk;

impl Files for Disk {
    fn read(&mut self, path: &str) -> Result<String, FileError> {
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(FileError::NotFound),
            Err(error) => Err(FileError::Unreadable(error.to_string())),
        }
    }
}

/// No files.
struct Nothing;

impl Files for Nothing {
    fn read(&mut self, _path: &str) -> Result<String, FileError> {
        Err(FileError::NotFound)
    }
}

/// The standard library.
pub const LIBRARY: Library = Library(tandem_runtime::library::FILES);

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Checks a text; a program that comes out is well-formed.
pub fn check_text(text: &str) -> Vec<Diagnostic> {
    let mut sources = SourceMap::new();
    let main = sources.add("test.tdm", text);
    let (program, diagnostics) = check(main, &mut sources, &mut Nothing, LIBRARY);
    if let Some(program) = &program {
        assert_eq!(hir::verify(program), Ok(()), "{text}\n{}", hir::dump(program));
    }
    diagnostics
}

/// Checks a file.
pub fn check_file(path: &Path) -> (bool, Vec<Diagnostic>, SourceMap) {
    let text = std::fs::read_to_string(path).expect("UTF-8");
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
    let mut sources = SourceMap::new();
    let main = sources.add(path.to_str().expect("UTF-8"), text);
    let (program, diagnostics) = check(main, &mut sources, &mut Disk, LIBRARY);
    if let Some(program) = &program {
        assert_eq!(hir::verify(program), Ok(()), "{}\n{}", path.display(), hir::dump(program));
    }
    (program.is_some(), diagnostics, sources)
}

/// The programs below a folder; a folder with a `main.tdm` is one.
pub fn programs(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    if entries.iter().any(|entry| entry.ends_with("main.tdm")) {
        found.push(folder.join("main.tdm"));
        return;
    }
    for entry in entries {
        if entry.is_dir() {
            programs(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "tdm") {
            found.push(entry);
        }
    }
}

/// The texts of the corpus.
pub fn corpus_texts() -> Vec<String> {
    let mut paths = vec![];
    programs(&root().join("tests"), &mut paths);
    paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect()
}
