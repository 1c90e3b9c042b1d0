//! Checks every program of `tests/language`: those without `# expect compile error` must be free of errors, the others
//! must have theirs where they say.

use std::path::{Path, PathBuf};

use tandem_frontend::{FileError, Files, Library, check};
use tandem_source::{Diagnostic, Palette, Severity, SourceMap, render};

struct Disk;

impl Files for Disk {
    fn read(&mut self, path: &str) -> Result<String, FileError> {
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(FileError::NotFound),
            Err(error) => Err(FileError::Unreadable(error.to_string())),
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn programs(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
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

fn checked(path: &Path) -> (bool, Vec<Diagnostic>, SourceMap) {
    let text = std::fs::read_to_string(path).expect("UTF-8");
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
    let mut sources = SourceMap::new();
    let main = sources.add(path.to_str().expect("UTF-8"), text);
    let (program, diagnostics) = check(main, &mut sources, &mut Disk, Library(tandem_runtime::library::FILES));
    if let Some(program) = &program {
        tandem_frontend::hir::dump(program);
    }
    (program.is_some(), diagnostics, sources)
}

/// What is wrong with the answer to one program.
fn complaint(path: &Path) -> Option<String> {
    let (accepted, diagnostics, sources) = checked(path);
    let text = std::fs::read_to_string(path).expect("UTF-8");
    let mut expected: Vec<(u32, String)> = vec![];
    for (at, line) in text.lines().enumerate() {
        if let Some((_, code)) = line.split_once("# expect compile error ") {
            expected.push((at as u32 + 1, code.split([':', ' ']).next().unwrap_or("").to_owned()));
        }
    }
    let mut found: Vec<(u32, String)> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|diagnostic| {
            let file = sources.file(diagnostic.span.file);
            (file.line_column(diagnostic.span.lo).line, diagnostic.code.0.to_owned())
        })
        .collect();
    found.dedup();
    if found == expected && accepted == expected.is_empty() {
        return None;
    }
    let rendered: String = diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .map(|d| render(d, &sources, Palette::Plain))
        .collect();
    Some(format!("{}: expected {expected:?}\n{rendered}", path.display()))
}

#[test]
fn every_program_of_the_corpus_is_judged_as_it_says() {
    let mut paths = vec![];
    programs(&root().join("tests/language"), &mut paths);
    assert!(paths.len() > 100, "the corpus has programs");
    let complaints: Vec<String> = paths.iter().filter_map(|path| complaint(path)).collect();
    assert!(complaints.is_empty(), "{} of {}\n{}", complaints.len(), paths.len(), complaints.join("\n"));
}
