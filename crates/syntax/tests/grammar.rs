//! Every form of the language parses, and what does not belong to it is rejected with the right code.

mod support;

use support::{check, check_round_trip, snippets};

#[test]
fn forms_of_the_language_parse() {
    for snippet in snippets("accept.txt") {
        let parsed = check(&snippet.text);
        let messages: Vec<String> = parsed
            .diagnostics
            .iter()
            .map(|d| {
                let line = snippet.text[..d.span.lo as usize].matches('\n').count() + 1;
                format!("line {line}: {}: {}", d.code.0, d.message)
            })
            .collect();
        assert!(messages.is_empty(), "{}:\n{}\n{}", snippet.title, snippet.text, messages.join("\n"));
        check_round_trip(&parsed, &snippet.text);
    }
}

#[test]
fn crlf_changes_nothing() {
    for snippet in snippets("accept.txt") {
        let text = snippet.text.replace('\n', "\r\n");
        let parsed = check(&text);
        assert!(parsed.diagnostics.is_empty(), "{}: {:?}", snippet.title, parsed.diagnostics);
        let plain = check(&snippet.text);
        assert_eq!(
            tandem_syntax::dump_ast(&parsed.module),
            tandem_syntax::dump_ast(&plain.module),
            "{}",
            snippet.title
        );
    }
}

#[test]
fn mistakes_have_one_error_with_the_right_code() {
    let mut wrong = vec![];
    for snippet in snippets("reject.txt") {
        let parsed = check(&snippet.text);
        let codes: Vec<&str> = parsed.diagnostics.iter().map(|d| d.code.0).collect();
        if codes != snippet.title.split(' ').collect::<Vec<_>>() {
            let messages: Vec<&str> = parsed.diagnostics.iter().map(|d| &*d.message).collect();
            wrong.push(format!("{} expected, found {codes:?} {messages:?} in\n{}", snippet.title, snippet.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn fixes_mend_their_error() {
    for snippet in snippets("reject.txt") {
        let parsed = check(&snippet.text);
        let Some(fix) = parsed.diagnostics.iter().find_map(|d| d.fix.clone()) else { continue };
        let mut text = snippet.text.clone();
        let mut edits = fix.edits;
        edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.lo));
        for (span, new) in edits {
            text.replace_range(span.lo as usize..span.hi as usize, &new);
        }
        let again = check(&text);
        let still = again.diagnostics.iter().find(|d| d.code.0 == snippet.title);
        assert!(still.is_none(), "the fix of {} gives\n{text}\n{still:?}", snippet.title);
    }
}
