//! Each code of the front end has a folder in `tests/errors`, and each program there is rejected (or remarked on) with it.

mod common;

use std::collections::BTreeSet;
use std::path::PathBuf;

use common::{check_file, programs, root};
use tandem_frontend::Feature;
use tandem_source::{Palette, Severity, render};

/// The codes of the front end, as its constructors name them.
fn codes() -> BTreeSet<String> {
    let mut found: BTreeSet<String> = Feature::ALL.iter().map(|feature| feature.code().0.to_owned()).collect();
    let folder = root().join("crates/frontend/src/errors");
    for entry in std::fs::read_dir(folder).expect("the folder of errors") {
        let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("UTF-8");
        found.extend(text.split("Code(\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
    }
    // A mistake in the library; a test of the runtime finds it first.
    found.remove("E0235");
    found
}

#[test]
fn every_code_is_shown() {
    let mut wrong = vec![];
    for code in codes() {
        let mut paths: Vec<PathBuf> = vec![];
        programs(&root().join("tests/errors").join(&code), &mut paths);
        if paths.is_empty() {
            wrong.push(format!("{code} has no program"));
        }
        for path in paths {
            let (accepted, diagnostics, sources) = check_file(&path);
            let shown: String = diagnostics.iter().map(|d| render(d, &sources, Palette::Plain)).collect();
            let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
            let only: BTreeSet<&str> = errors.map(|d| d.code.0).collect();
            let lint = code.starts_with('L');
            let good = if lint {
                accepted && diagnostics.iter().any(|d| d.code.0 == code)
            } else {
                !accepted && only.into_iter().eq([code.as_str()])
            };
            if !good {
                wrong.push(format!("{}:\n{shown}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What can be mended mechanically is: the program with the fix no longer has that error.
#[test]
fn fixes_mend() {
    let mut paths: Vec<PathBuf> = vec![];
    for code in codes() {
        programs(&root().join("tests/errors").join(&code), &mut paths);
    }
    let mut mended = 0;
    for path in paths {
        let (_, diagnostics, sources) = check_file(&path);
        for diagnostic in &diagnostics {
            let Some(fix) = &diagnostic.fix else { continue };
            let file = diagnostic.span.file;
            if fix.edits.iter().any(|(span, _)| span.file != file)
                || sources.file(file).name != path.to_str().expect("UTF-8")
            {
                continue;
            }
            let mut text = sources.file(file).text.to_string();
            let mut edits = fix.edits.clone();
            edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.lo));
            for (span, replacement) in edits {
                text.replace_range(span.lo as usize..span.hi as usize, &replacement);
            }
            let left = common::check_text(&text);
            let same = left.iter().filter(|other| other.code == diagnostic.code).count();
            let before = diagnostics.iter().filter(|other| other.code == diagnostic.code).count();
            assert!(same < before, "{}: the fix does not mend {}\n{text}", path.display(), diagnostic.message);
            mended += 1;
        }
    }
    assert!(mended >= 10, "only {mended} fixes were tried");
}
