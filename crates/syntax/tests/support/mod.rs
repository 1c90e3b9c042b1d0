//! What several test files need: snippets, the corpus, and checks that hold for every text.
#![allow(dead_code, reason = "each test file uses some of it")]
#![allow(clippy::wildcard_enum_match_arm, reason = "questions about a few of the many token kinds")]

use std::path::{Path, PathBuf};

use tandem_source::{Diagnostic, FileId};
use tandem_syntax::{Lexed, Parsed, TokenKind, dump_ast, lex, parse, print_module};

pub const FILE: FileId = FileId(0);

/// A program of `tests/grammar/*.txt`: what stands behind `%%`, and the text below it.
pub struct Snippet {
    pub title: String,
    pub text: String,
}

pub fn snippets(file: &str) -> Vec<Snippet> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/grammar").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut snippets = vec![];
    for part in text.split("%% ").skip(1) {
        let (title, text) = part.split_once('\n').expect("a title ends its line");
        snippets.push(Snippet { title: title.to_string(), text: text.to_string() });
    }
    snippets
}

/// Every Tandem file below `tests/` and `std/`, with its text.
pub fn corpus() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = vec![];
    for folder in ["tests", "std", "bench"] {
        collect(&root.join(folder), &mut files);
    }
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "tdm")
            && let Ok(bytes) = std::fs::read(&path)
            && let Ok(text) = tandem_syntax::decode(&bytes)
        {
            files.push((path, text.into_owned()));
        }
    }
}

/// Whether a file's expectations say that it does not parse.
pub fn expects_syntax_error(path: &Path, text: &str) -> bool {
    let in_errors = path.components().any(|part| part.as_os_str() == "errors");
    in_errors || text.contains("expect compile error E00")
}

/// Checks what holds for every text, readable or not; gives what parsing gives.
pub fn check(text: &str) -> Parsed {
    let lexed = lex(FILE, text);
    check_tokens(&lexed, text);
    let parsed = parse(FILE, text);
    for diagnostic in &parsed.diagnostics {
        check_diagnostic(diagnostic, text);
    }
    check_spans(&format!("{:?}", parsed.module.body), text, &lexed);
    parsed
}

/// The tokens tile the text, and brackets, strings and blocks are balanced.
pub fn check_tokens(lexed: &Lexed, text: &str) {
    let mut end = 0;
    let mut open = vec![];
    let mut blocks = 0;
    for token in &lexed.tokens {
        assert_eq!(token.lo, end, "a gap before {token:?} in {text:?}");
        end = token.hi;
        assert!(text.is_char_boundary(end as usize));
        match token.kind {
            TokenKind::Indent => blocks += 1,
            TokenKind::Dedent => blocks -= 1,
            TokenKind::Newline => assert!(open.is_empty(), "a line ends in brackets in {text:?}"),
            _ => {}
        }
        if token.kind.is_closing() {
            assert_eq!(open.pop(), Some(token.kind), "{token:?} in {text:?}");
        }
        open.extend(token.kind.closing());
    }
    assert_eq!((end as usize, blocks), (text.len(), 0), "in {text:?}");
    assert!(open.is_empty(), "in {text:?}");
    assert_eq!(lexed.tokens.last().map(|token| token.kind), Some(TokenKind::Eof));
    let again: String = lexed.tokens.iter().map(|token| token.text(text)).collect();
    assert_eq!(again, text);
}

fn check_diagnostic(diagnostic: &Diagnostic, text: &str) {
    let labels = diagnostic.labels.iter().map(|label| label.span);
    let edits = diagnostic.fix.iter().flat_map(|fix| fix.edits.iter().map(|(span, _)| *span));
    for span in std::iter::once(diagnostic.span).chain(labels).chain(edits) {
        assert!(span.lo <= span.hi && span.hi as usize <= text.len(), "{diagnostic:?} in {text:?}");
        assert!(text.is_char_boundary(span.lo as usize), "{diagnostic:?} in {text:?}");
        assert!(text.is_char_boundary(span.hi as usize), "{diagnostic:?} in {text:?}");
    }
}

/// Every node lies within the one around it, and begins and ends with a token.
///
/// Works on the debug text of the tree, so that no node can be forgotten: a span `0:lo..hi` that stands directly in
/// the braces of a node is the node's, all others within are its parts'.
pub fn check_spans(debug: &str, text: &str, lexed: &Lexed) {
    let mut starts = vec![false; text.len() + 1];
    let mut ends = vec![false; text.len() + 1];
    for token in lexed.tokens.iter().filter(|token| !token.kind.is_trivia()) {
        starts[token.lo as usize] = true;
        ends[token.hi as usize] = true;
        if token.kind == TokenKind::Shr || token.kind == TokenKind::ShrEq || token.kind == TokenKind::Ge {
            for at in token.lo..=token.hi {
                starts[at as usize] = true;
                ends[at as usize] = true;
            }
        }
    }
    /// Bytes of a node.
    type Place = (usize, usize);
    let mut frames: Vec<(Option<Place>, Vec<Place>)> = vec![(None, vec![])];
    let bytes = debug.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                at += 1;
                while bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            b'{' | b'(' | b'[' => frames.push((None, vec![])),
            b'}' | b')' | b']' => {
                let (own, parts) = frames.pop().expect("the debug text is balanced");
                let around = &mut frames.last_mut().expect("the debug text is balanced").1;
                match own {
                    Some((lo, hi)) => {
                        for (part_lo, part_hi) in parts {
                            let inside = lo <= part_lo && part_hi <= hi || part_lo == part_hi;
                            assert!(inside, "{part_lo}..{part_hi} is not within {lo}..{hi} in {text:?}");
                        }
                        around.push((lo, hi));
                    }
                    None => around.extend(parts),
                }
            }
            b's' if debug[at..].starts_with("span: 0:") => {
                let rest = &debug[at + "span: 0:".len()..];
                let end = rest.find([',', ' ', '}']).expect("a span ends");
                let (lo, hi) = rest[..end].split_once("..").expect("a span has two ends");
                let (lo, hi): (usize, usize) = (lo.parse().expect("a number"), hi.parse().expect("a number"));
                assert!(lo <= hi && hi <= text.len(), "{lo}..{hi} in {text:?}");
                if lo < hi {
                    assert!(starts[lo] && ends[hi], "{:?} cuts a token in {text:?}", text.get(lo..hi));
                }
                if bytes[at - 1] == b' ' {
                    frames.last_mut().expect("the debug text is balanced").0 = Some((lo, hi));
                }
                at += "span: 0:".len() + end - 1;
            }
            _ => {}
        }
        at += 1;
    }
}

/// Printing the tree and parsing what is printed gives an equal tree.
pub fn check_round_trip(parsed: &Parsed, text: &str) {
    let printed = print_module(&parsed.module);
    let again = parse(FILE, &printed);
    let problems: Vec<String> = again.diagnostics.iter().map(|d| format!("{d:?}")).collect();
    assert!(problems.is_empty(), "{text}\nprinted as\n{printed}\n{}", problems.join("\n"));
    assert_eq!(dump_ast(&again.module), dump_ast(&parsed.module), "{text}\nprinted as\n{printed}");
}
