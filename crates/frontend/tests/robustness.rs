//! No text makes the front end panic, hang or overflow the stack; and what it accepts is well-formed HIR.

mod common;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use arbtest::arbitrary::{Result, Unstructured};
use common::{check_text, corpus_texts};

/// How long the random tests run: `ROBUSTNESS_SECONDS`, else briefly.
fn budget() -> Duration {
    let seconds = std::env::var("ROBUSTNESS_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(4))
}

/// Pieces that programs are made of; their meeting in wrong places is the point.
const PIECES: &[&str] = &[
    "nil",
    "0",
    "1.5",
    "\"a\"",
    "true",
    "x",
    "n",
    "(1, 2)",
    "[1]",
    "-",
    "==",
    "+",
    "??",
    " and ",
    " or ",
    "not ",
    " is ",
    "Some(1)",
    "None",
    "if n: 1 else: 2",
    "match n:\n    _ => 1\n",
    "loop:\n    break 1\n",
    "return 1",
    "break",
    "let mut t = 0\n",
    "t = 2.5\n",
    "fn f(a, b = 1, *c):\n    a\n",
    "f(1)",
    "f(f)",
    "print",
    "\\x: x",
    "yield 1",
    "struct S:\n    x\n",
    "u8(300)",
    "255u8",
    "x is int",
    "..",
    "=",
    "const C = 1\n",
    "C",
    "use std.math\n",
    "math.sqrt(2)",
    ".upper()",
    "[0]",
    ":\n    ",
    "\n",
    ", ",
];

fn mutated(u: &mut Unstructured<'_>, texts: &[String]) -> Result<String> {
    let mut text = u.choose(texts)?.clone();
    for _ in 0..u.int_in_range(1..=6)? {
        let mut boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        boundaries.push(text.len());
        let from = *u.choose(&boundaries)?;
        let to =
            boundaries.iter().copied().find(|at| *at >= (from + u.int_in_range(0..=12).unwrap_or(0)).min(text.len()));
        let to = to.unwrap_or(from);
        match u.int_in_range(0..=3)? {
            0 => text.replace_range(from..to, ""),
            1 => text.insert_str(from, u.choose(PIECES)?),
            2 => text.replace_range(from..to, u.choose(PIECES)?),
            _ => {
                let piece = text[from..to].to_owned();
                let at = *u.choose(&boundaries)?;
                if at <= text.len() && text.is_char_boundary(at) {
                    text.insert_str(at, &piece);
                }
            }
        }
    }
    Ok(text)
}

#[test]
fn mutated_programs() {
    let texts = corpus_texts();
    arbtest::arbtest(|u| {
        let text = mutated(u, &texts)?;
        let start = Instant::now();
        check_text(&text);
        assert!(start.elapsed() < Duration::from_secs(5), "too slow:\n{text}");
        Ok(())
    })
    .budget(budget())
    .size_min(64)
    .size_max(4096);
}

#[test]
fn pieces_in_any_order() {
    arbtest::arbtest(|u| {
        let mut text = String::new();
        for _ in 0..u.int_in_range(1..=30)? {
            text.push_str(u.choose(PIECES)?);
        }
        check_text(&text);
        Ok(())
    })
    .budget(budget())
    .size_min(64)
    .size_max(1024);
}

#[test]
fn deep_nesting() {
    for depth in [10, 100, 250, 2_000] {
        check_text(&format!("print({}1{})\n", "(".repeat(depth), ")".repeat(depth)));
        check_text(&format!("print({}1)\n", "-".repeat(depth)));
        check_text(&format!("print({}true)\n", "not ".repeat(depth)));
        check_text(&format!("print(1{})\n", " + 1".repeat(depth)));
        check_text(&format!("print(1{})\n", " < 1".repeat(depth)));
        check_text(&format!("print(\"a\"{})\n", " ?? \"b\"".repeat(depth)));
        check_text(&format!("print({}1{})\n", "[".repeat(depth), "]".repeat(depth)));
        check_text(&format!("print({}1{})\n", "(1, ".repeat(depth), ")".repeat(depth)));
        check_text(&format!("let {}x{} = 1\n", "(".repeat(depth), ",)".repeat(depth)));
        check_text(&format!("let x: int{} = 1\nprint(x)\n", "?".repeat(depth)));
        check_text(&format!("print(\"a\"{})\n", ".upper()".repeat(depth)));
        check_text(&format!("fn f(x): x\nprint({}1{})\n", "f(".repeat(depth), ")".repeat(depth)));
        let mut blocks = String::new();
        for level in 0..depth.min(300) {
            let _ = writeln!(blocks, "{}if {level} < 1000:", " ".repeat(level));
        }
        let _ = writeln!(blocks, "{}print(1)", " ".repeat(depth.min(300)));
        check_text(&blocks);
    }
}

#[test]
fn chains_of_functions() {
    let mut text = String::from("fn f0(x): x\n");
    for at in 1..3_000 {
        let _ = writeln!(text, "fn f{at}(x): f{}(x)", at - 1);
    }
    text.push_str("print(f2999(1))\n");
    check_text(&text);
}

#[test]
fn circles_of_functions() {
    let mut text = String::new();
    for at in 0..200 {
        let _ = writeln!(
            text,
            "fn f{at}(n): if n == 0: {at} else: f{}(n - 1) + f{}(n - 2)",
            (at + 1) % 200,
            (at + 7) % 200
        );
    }
    text.push_str("print(f0(3))\n");
    check_text(&text);
}

#[test]
fn growing_argument_types() {
    let diagnostics = check_text("fn grow(x): grow((x, 1))\ngrow(1)\n");
    assert!(diagnostics.iter().any(|diagnostic| diagnostic.code.0 == "E0331"), "{diagnostics:?}");
}

#[test]
fn doubling_types() {
    let mut text = String::from("let t0 = 1\n");
    for at in 1..80 {
        let _ = writeln!(text, "let t{at} = (t{}, t{})", at - 1, at - 1);
    }
    let diagnostics = check_text(&text);
    assert!(diagnostics.iter().any(|diagnostic| diagnostic.code.0 == "E0237"), "{diagnostics:?}");
}

#[test]
fn wide_matches_end() {
    let mut text = String::from("fn f(t):\n    match t:\n");
    let tuple = |at: usize| {
        let parts: Vec<&str> = (0..24).map(|other| if other == at { "true" } else { "_" }).collect();
        format!("({})", parts.join(", "))
    };
    for at in 0..24 {
        let _ = writeln!(text, "        {} => {at}", tuple(at));
    }
    let values = vec!["true"; 24].join(", ");
    let _ = writeln!(text, "print(f(({values})))");
    let start = Instant::now();
    check_text(&text);
    assert!(start.elapsed() < Duration::from_secs(10));
}
