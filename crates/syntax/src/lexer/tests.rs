//! The tokens of texts, where the tree would hide a mistake.

use tandem_source::FileId;

use super::lex;
use crate::token::TokenKind;

/// The kinds of the tokens that the parser sees, without the line's end.
fn kinds(text: &str) -> Vec<TokenKind> {
    let tokens = lex(FileId(0), text).tokens.into_iter().map(|token| token.kind);
    let seen = tokens.filter(|kind| !kind.is_trivia() && !matches!(kind, TokenKind::Newline | TokenKind::Eof));
    seen.collect()
}

/// The texts of the tokens that the parser sees, layout aside.
fn texts(text: &str) -> Vec<&str> {
    let lexed = lex(FileId(0), text);
    let seen = lexed.tokens.iter().filter(|token| !token.kind.is_trivia() && !token.kind.is_layout());
    seen.map(|token| token.text(text)).collect()
}

#[test]
fn operators_take_the_longest_text() {
    assert_eq!(texts("a **= b // c //= d"), ["a", "**=", "b", "//", "c", "//=", "d"]);
    assert_eq!(texts("1..=2..3"), ["1", "..=", "2", "..", "3"]);
    assert_eq!(texts("a+%b-%c*%d"), ["a", "+%", "b", "-%", "c", "*%", "d"]);
    assert_eq!(texts("a??b?.c"), ["a", "??", "b", "?", ".", "c"]);
    assert_eq!(texts("a->b->=>"), ["a", "->", "b", "->", "=>"]);
}

#[test]
fn every_operator_is_found() {
    use crate::token::Class;
    for kind in TokenKind::ALL.iter().filter(|kind| kind.class() == Class::Operator) {
        let text = kind.text();
        if !matches!(kind, TokenKind::HashBracket | TokenKind::ColonColon) && !kind.is_closing() {
            assert_eq!(kinds(&format!("x {text} y")).get(1), Some(kind), "{text}");
        }
    }
}

#[test]
fn every_keyword_is_found_but_not_behind_a_dot() {
    use crate::token::Class;
    for kind in TokenKind::ALL.iter().filter(|kind| kind.class() == Class::Keyword) {
        assert_eq!(kinds(kind.text()), [*kind]);
        assert_eq!(kinds(&format!("x.{}", kind.text()))[2], TokenKind::Name);
        assert_eq!(kinds(&format!("x::{}", kind.text()))[2], TokenKind::Name);
    }
}

#[test]
fn numbers() {
    assert_eq!(
        texts("1.method() 1..5 1.5.x t.0.1"),
        ["1", ".", "method", "(", ")", "1", "..", "5", "1.5", ".", "x", "t", ".", "0", ".", "1"]
    );
    assert_eq!(texts("0x1f32 0xFFu8 1e5 1.5e-3 2e x"), ["0x1f32", "0xFFu8", "1e5", "1.5e-3", "2e", "x"]);
    assert_eq!(kinds("1f32 1i32 1e5 0x1f"), [TokenKind::Float, TokenKind::Int, TokenKind::Float, TokenKind::Int]);
}

#[test]
fn symbols_begin_where_operands_may() {
    let symbols = |text: &str| kinds(text).iter().filter(|kind| **kind == TokenKind::Symbol).count();
    for text in
        [":a", "f(:a)", "[:a]", "x == :a", "print :a", "a.b :a", "{1: :a}", "return :a", "if c: print :a", "a[(:n)]"]
    {
        assert_eq!(symbols(text), 1, "{text}");
    }
    for text in ["a[:n]", "a[::n]", "a[i:n]", "a[i::n]", "\\:x", "\\x:y", "f(k:v)", "x:y", "else:x", "in:x", "loop:x"] {
        assert_eq!(symbols(text), 0, "{text}");
    }
    assert_eq!(symbols("else :x"), 1);
    assert_eq!(kinds("a::b")[1], TokenKind::ColonColon);
    assert_eq!(kinds("xs[A::b]")[3], TokenKind::ColonColon);
    assert_eq!(kinds("{a::b}")[2], TokenKind::ColonColon);
}

#[test]
fn interpolations_nest() {
    use TokenKind::*;
    assert_eq!(kinds("\"a{b}c\""), [StrStart, StrText, InterpStart, Name, InterpEnd, StrText, StrEnd]);
    assert_eq!(
        kinds("\"{x:>{w}}\""),
        [StrStart, InterpStart, Name, SpecColon, SpecText, InterpStart, Name, InterpEnd, InterpEnd, StrEnd]
    );
    let call = kinds("\"{f(\"}\")}\"");
    assert_eq!(call[3..8], [LParen, StrStart, StrText, StrEnd, RParen]);
    assert_eq!(kinds("\"{a[1:2]}{{}}\\u{41}\"").iter().filter(|kind| **kind == SpecColon).count(), 0);
}

#[test]
fn blocks() {
    use TokenKind::*;
    let layout = |text: &str| -> Vec<TokenKind> {
        lex(FileId(0), text).tokens.iter().map(|token| token.kind).filter(|kind| kind.is_layout()).collect()
    };
    assert_eq!(layout("a\n  b\n  c\nd"), [Newline, Indent, Newline, Newline, Dedent, Newline, Eof]);
    assert_eq!(layout("a\n  b\n    c"), [Newline, Indent, Newline, Indent, Newline, Dedent, Dedent, Eof]);
    assert_eq!(layout("\n\n# c\na(\n  1\n)\n\n"), [Newline, Eof]);
    assert_eq!(layout("a \\\n    b\n"), [Newline, Eof]);
    assert_eq!(layout(""), [Eof]);
    assert_eq!(layout("a\n  # c\nb"), [Newline, Newline, Eof]);
}

#[test]
fn attributes_in_comments() {
    assert_eq!(kinds("#[test]\nfn f(): pass")[0], TokenKind::HashBracket);
    assert_eq!(kinds("#[test]\n\nfn f(): pass")[0], TokenKind::Fn);
    assert_eq!(kinds("#[test] fn\nfn f(): pass")[0], TokenKind::Fn);
    assert_eq!(kinds("x #[test]\nfn f(): pass")[0], TokenKind::Name);
}
