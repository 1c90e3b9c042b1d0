//! Checks every program of `tests/language`: those without `# expect compile error` must be free of errors, the others
//! must have theirs where they say.

mod common;

use std::path::{Path, PathBuf};

use common::{check_file, programs, root};
use tandem_source::{Palette, Severity, render};

/// What is wrong with the answer to one program.
fn complaint(path: &Path) -> Option<String> {
    let (accepted, diagnostics, sources) = check_file(path);
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
    let mut paths: Vec<PathBuf> = vec![];
    programs(&root().join("tests/language"), &mut paths);
    assert!(paths.len() > 100, "the corpus has programs");
    let complaints: Vec<String> = paths.iter().filter_map(|path| complaint(path)).collect();
    assert!(complaints.is_empty(), "{} of {}\n{}", complaints.len(), paths.len(), complaints.join("\n"));
}
