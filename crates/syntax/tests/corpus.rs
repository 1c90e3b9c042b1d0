//! The corpus parses, its tokens give the files back, and its trees print and parse back.

mod support;

use support::{check, check_round_trip, corpus, expects_syntax_error};

#[test]
fn corpus_files_survive() {
    let mut wrong = vec![];
    for (path, text) in corpus() {
        let parsed = check(&text);
        if expects_syntax_error(&path, &text) {
            continue;
        }
        if let Some(first) = parsed.diagnostics.first() {
            let line = text[..first.span.lo as usize].matches('\n').count() + 1;
            wrong.push(format!("{}:{line}: {}: {}", path.display(), first.code.0, first.message));
            continue;
        }
        check_round_trip(&parsed, &text);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
