//! No text crashes, hangs or overflows: deep nesting, long lines, and random and mutated text.
#![allow(clippy::wildcard_enum_match_arm, reason = "few of the many token kinds are written unlike their text")]

mod support;

use std::time::{Duration, Instant};

use arbtest::arbitrary::Unstructured;
use arbtest::arbtest;
use support::{FILE, check, check_round_trip, corpus, snippets};
use tandem_syntax::{TokenKind, parse};

/// The stack that every stage can count on.
const STACK: usize = 8 << 20;

/// Parses on a stack of the size that programs have.
fn on_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(test).expect("a thread starts");
    thread.join().expect("the test passes");
}

fn codes(text: &str) -> Vec<&'static str> {
    parse(FILE, text).diagnostics.iter().map(|d| d.code.0).collect()
}

#[test]
fn deep_nesting_is_one_clear_error() {
    on_small_stack(|| {
        let deep = 100_000;
        for (open, inner, close) in [
            ("(", "1", ")"),
            ("[", "1", "]"),
            ("{1: ", "1", "}"),
            ("f(", "1", ")"),
            ("-", "1", ""),
            ("- ", "x", ""),
            ("~", "1", ""),
            ("not ", "x", ""),
            ("await ", "x", ""),
            ("spawn ", "x", ""),
            ("\\x: ", "x", ""),
            ("f \\x: ", "x", ""),
            ("x = if a: ", "1", ""),
            ("x if y else ", "1", ""),
            ("2 ** ", "1", ""),
            ("yield ", "1", ""),
            ("a[", "1", "]"),
            ("Point { x: ", "1", "}"),
            ("if a: ", "b", ""),
            ("x is (", "1", ")"),
            ("defer ", "f()", ""),
        ] {
            let text = format!("{}{inner}{}\n", open.repeat(deep), close.repeat(deep));
            assert_eq!(codes(&text), ["E0056"], "{open}");
            let text = format!("x = {}{inner}{}\n", open.repeat(deep), close.repeat(deep));
            assert_eq!(codes(&text).len(), 1, "x = {open}");
        }
        let strings = format!("x = {}1{}\n", "\"{".repeat(deep), "}\"".repeat(deep));
        assert_eq!(codes(&strings), ["E0056"]);
    });
}

#[test]
fn long_chains_are_one_clear_error() {
    on_small_stack(|| {
        for link in
            [" + b", ".b", "(1)", "[1]", ".a?", " and b", "->m()", " if b else c", " | b", "::b", " ?? b", " + b * c"]
        {
            let text = format!("x = a{}\n", link.repeat(100_000));
            assert_eq!(codes(&text), ["E0056"], "{link}");
        }
        for link in [" is b", " < b", " .. b"] {
            codes(&format!("x = a{}\n", link.repeat(100_000)));
        }
    });
}

#[test]
fn deep_types_and_patterns_are_one_clear_error() {
    on_small_stack(|| {
        let deep = 100_000;
        for (open, inner, close) in
            [("[", "int", "]"), ("(", "int", ",)"), ("Box<", "int", ">"), ("fn() -> ", "int", ""), ("", "int", "?")]
        {
            let text = format!("let x: {}{inner}{} = 1\n", open.repeat(deep), close.repeat(deep));
            assert_eq!(codes(&text), ["E0056"], "{open}");
            let text = format!("y = x is {}{inner}{}\n", open.repeat(deep), close.repeat(deep));
            assert!(codes(&text).len() <= 1, "{open}");
        }
        for (open, inner, close) in [("(", "a", ",)"), ("[", "a", "]"), ("Some(", "a", ")"), ("C(n: ", "a", ")")] {
            let text = format!("match x:\n    {}{inner}{} => 1\n", open.repeat(deep), close.repeat(deep));
            assert_eq!(codes(&text), ["E0056"], "{open}");
        }
        let text = format!("match x:\n    a{} => 1\n", " as b".repeat(deep));
        assert_eq!(codes(&text), ["E0056"]);
    });
}

#[test]
fn deep_indentation_is_one_clear_error() {
    on_small_stack(|| {
        let mut text = String::new();
        for level in 0..3_000 {
            text.push_str(&" ".repeat(level));
            text.push_str("if x:\n");
        }
        text.push_str(&" ".repeat(3_000));
        text.push_str("pass\n");
        assert_eq!(codes(&text), ["E0056"]);
    });
}

#[test]
fn nesting_below_the_limit_is_fine() {
    on_small_stack(|| {
        for (open, close) in [("(", ")"), ("[", "]"), ("f(", ")"), ("-", ""), ("not ", "")] {
            let text = format!("x = {}1{}\n", open.repeat(200), close.repeat(200));
            let parsed = check(&text);
            assert!(parsed.diagnostics.is_empty(), "{open}");
            check_round_trip(&parsed, &text);
        }
        let text = format!("x = a{}\n", " + b".repeat(200));
        assert!(check(&text).diagnostics.is_empty());
    });
}

/// Time must grow with the length of the text, not with its square.
#[test]
fn long_lines_take_linear_time() {
    on_small_stack(|| {
        // An optimised build takes the whole megabyte.
        let size = if cfg!(debug_assertions) { 1 << 17 } else { 1 << 20 };
        for piece in [
            "x", "1", "1, ", "\"a\" + ", "(", ")", "()", "[1], ", "\\", "\"{", "\"{x}", "f(x, ", "#", "'", "\"", "{",
            "}", "a.b.", "a b ", ": ", ":a ", "::", "\t", " ", "=", "\u{1}", "é", "€ ", "if ", "let x = ", "case ",
            "x is ", "\"\"\"", "b\"", "@a ", ";", "x;", "\\x: ", "<", ">>", "?", "!", "->", "C(n: ", "*", "**", "0x",
            "1.", "..", "\"{x:{", "\n(", "\n\"{", "\n)", "(\n", "\n#[a]", "\n  ## d", "[\nlet ", "(\nfn a",
        ] {
            let text = piece.repeat(size / piece.len());
            for text in [text.clone(), format!("x = {text}"), format!("match x:\n    {text}")] {
                let start = Instant::now();
                parse(FILE, &text);
                let took = start.elapsed();
                assert!(took < Duration::from_secs(5), "{took:?} for {piece:?}");
            }
        }
        let words: String = (0..size / 8).map(|n| format!("x{n} + ")).collect();
        parse(FILE, &words);
    });
}

// ---- random text

fn random_text(u: &mut Unstructured<'_>) -> arbtest::arbitrary::Result<String> {
    let bytes: Vec<u8> = u.arbitrary()?;
    Ok(match tandem_syntax::decode(&bytes) {
        Ok(text) => text.into_owned(),
        Err(error) => error.text().to_string(),
    })
}

#[test]
fn random_bytes() {
    arbtest(|u| {
        let text = random_text(u)?;
        check(&text);
        Ok(())
    })
    .budget(Duration::from_secs(1));
}

#[test]
fn random_tokens() {
    arbtest(|u| {
        let mut text = String::new();
        for _ in 0..u.arbitrary_len::<u16>()? {
            let kind = *u.choose(TokenKind::ALL)?;
            match kind {
                TokenKind::Newline => text.push('\n'),
                TokenKind::Indent => text.push_str("\n    "),
                TokenKind::Dedent => text.push_str("\n  "),
                TokenKind::Name => text.push_str(u.choose(&["x", "Point", "case", "after", "on", "f", "_", "self"])?),
                TokenKind::Int => text.push_str(u.choose(&["0", "1", "0x1f", "300u8"])?),
                TokenKind::Float => text.push_str("1.5"),
                TokenKind::RawString => text.push_str("'raw'"),
                TokenKind::StrStart => text.push_str(u.choose(&["\"", "\"\"\"", "\"{", "f\"{x", "b\""])?),
                TokenKind::Symbol => text.push_str(":a"),
                TokenKind::DocComment => text.push_str("## d\n"),
                TokenKind::Comment => text.push_str("# c\n"),
                TokenKind::Continuation => text.push_str("\\\n"),
                kind => text.push_str(kind.text()),
            }
            if u.ratio(2, 3)? {
                text.push(' ');
            }
        }
        check(&text);
        Ok(())
    })
    .budget(Duration::from_secs(2));
}

/// Files of the corpus with pieces removed, doubled, moved and replaced.
#[test]
fn mutated_corpus() {
    let mut sources: Vec<String> = corpus().into_iter().map(|(_, text)| text).collect();
    sources.extend(snippets("accept.txt").into_iter().map(|snippet| snippet.text));
    sources.extend(snippets("reject.txt").into_iter().map(|snippet| snippet.text));
    arbtest(|u| {
        let mut text = u.choose(&sources)?.clone();
        for _ in 0..u.int_in_range(1..=4)? {
            let (lo, hi) = piece(u, &text)?;
            match u.int_in_range(0..=4)? {
                0 => text.replace_range(lo..hi, ""),
                1 => text.insert_str(hi, &text.clone()[lo..hi]),
                2 => {
                    let other = u.choose(&sources)?;
                    let (from, to) = piece(u, other)?;
                    text.replace_range(lo..hi, &other[from..to]);
                }
                3 => text
                    .insert_str(lo, u.choose(&["(", ")", "{", "}", "\"", ":", "\n", "    ", ",", "\\", "if ", "="])?),
                _ => text.truncate(hi),
            }
        }
        let parsed = check(&text);
        if parsed.diagnostics.is_empty() {
            check_round_trip(&parsed, &text);
        }
        Ok(())
    })
    .budget(Duration::from_secs(4));
}

/// A short piece of a text, on character boundaries.
fn piece(u: &mut Unstructured<'_>, text: &str) -> arbtest::arbitrary::Result<(usize, usize)> {
    let boundary = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let lo = boundary(u.int_in_range(0..=text.len())?);
    let hi = boundary((lo + u.int_in_range(0..=12)?).min(text.len()));
    Ok((lo.min(hi), hi.max(lo)))
}
