//! The shapes of trees: precedence, and forms that look alike.

use tandem_source::FileId;

use super::{parse, parse_expression};
use crate::{dump_ast, dump_expr};

/// The s-expression of an expression, on one line.
fn expr(text: &str) -> String {
    let parsed = parse_expression(FileId(0), text);
    assert!(parsed.diagnostics.is_empty(), "{text}: {:?}", parsed.diagnostics);
    one_line(&dump_expr(&parsed.expr)).replace("(name ", "(").replace("(int ", "(")
}

/// The s-expression of a module, on one line, without its `(module …)`.
fn module(text: &str) -> String {
    let parsed = parse(FileId(0), text);
    assert!(parsed.diagnostics.is_empty(), "{text}: {:?}", parsed.diagnostics);
    let dump = one_line(&dump_ast(&parsed.module)).replace("(name ", "(").replace("(int ", "(");
    dump.trim_start_matches("(module ").trim_end_matches(')').to_string() + &")".repeat(closing(&dump))
}

/// How many closing brackets end the text, without that of the module.
fn closing(dump: &str) -> usize {
    dump.len() - dump.trim_end_matches(')').len() - 1
}

fn one_line(dump: &str) -> String {
    dump.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn precedence() {
    for (text, tree) in [
        ("a + b * c", "(+ (a) (* (b) (c)))"),
        ("a - b - c", "(- (- (a) (b)) (c))"),
        ("-x ** 2", "(- (** (x) (2)))"),
        ("-2 ** 2", "(- (** (2) (2)))"),
        ("2 ** -1", "(** (2) (- (1)))"),
        ("a ** b ** c", "(** (a) (** (b) (c)))"),
        ("a | b ^ c & d << e + f", "(| (a) (^ (b) (& (c) (<< (d) (+ (e) (f))))))"),
        ("a .. b | c", "(.. (a) (| (b) (c)))"),
        ("a ?? b ?? c", "(?? (?? (a) (b)) (c))"),
        ("a ?? b..c", "(?? (a) (.. (b) (c)))"),
        ("a ?? b == c", "(compare (?? (a) (b)) == (c))"),
        ("not a == b", "(not (compare (a) == (b)))"),
        ("not a and b or c", "(or (and (not (a)) (b)) (c))"),
        ("a < b <= c", "(compare (a) < (b) <= (c))"),
        ("a not in b", "(compare (a) not in (b))"),
        ("a if b else c if d else e", "(conditional (b) (a) (conditional (d) (c) (e)))"),
        ("a or b if c and d else e", "(conditional (and (c) (d)) (or (a) (b)) (e))"),
        ("await a.b + c", "(+ (await (. (a) b)) (c))"),
        ("-a.b(1)?", "(- (? (call (. (a) b) (1))))"),
        ("a->b(1).c", "(. (-> (a) b (1)) c)"),
        ("\\x: x + 1", "(lambda (params x) (+ (x) (1)))"),
        ("yield a + b", "(yield (+ (a) (b)))"),
        ("a is b + c", "(is (a) (operand (+ (b) (c))))"),
        ("a is b and c", "(and (is (a) (operand (b)) (type b)) (c))"),
        ("a is b ?? c", "(is (a) (operand (?? (b) (c))))"),
        ("a is int?", "(is (a) (operand (? (int))) (type (option int)))"),
        ("a is Box<int>", "(is (a) (type (Box int)))"),
        ("a + b \\x: x", "(+ (a) (call (b) (lambda (params x) (x))))"),
        ("f(1) \\x: x", "(call (f) (1) (lambda (params x) (x)))"),
        ("spawn f(1)", "(spawn (call (f) (1)))"),
        ("1.method()", "(call (. (1) method))"),
    ] {
        assert_eq!(expr(text), tree, "{text}");
    }
}

#[test]
fn brackets() {
    for (text, tree) in [
        ("()", "(tuple)"),
        ("(a)", "(paren (a))"),
        ("(a,)", "(tuple (a))"),
        ("{}", "(dict)"),
        ("{a}", "(set (a))"),
        ("{a: b}", "(dict (pair (a) (b)))"),
        ("P { x: 1, y }", "(struct P (field x (1)) (field y))"),
        ("g.P { ..b }", "(struct g.P (base (b)))"),
        ("a[1:2]", "(slice (a) (1) (2) _)"),
        ("a[::2]", "(slice (a) _ _ (2))"),
        ("a[i::n]", "(slice (a) (i) _ (n))"),
        ("a[C::n]", "(index (a) (:: (C) n))"),
        ("a[(:n)]", "(index (a) (paren (symbol n)))"),
        ("a[:n]", "(slice (a) _ (n) _)"),
        ("f(e for x in xs if c)", "(call (f) (generator-for (e) (for x (xs)) (if (c))))"),
        ("[x if x else y for x in xs]", "(array-for (conditional (x) (x) (y)) (for x (xs)))"),
        ("t.0.1", "(. (. (t) 0) 1)"),
        ("f(a: 1, b = 2, *c)", "(call (f) (named a (1)) (named b (2)) (spread (c)))"),
    ] {
        assert_eq!(expr(text), tree, "{text}");
    }
}

#[test]
fn calls_without_parentheses() {
    for (text, tree) in [
        ("print \"a\", b", "(call (print) (str \"a\") (b))"),
        ("a.b c", "(call (. (a) b) (c))"),
        ("print -x", "(- (print) (x))"),
        ("print (a)", "(call (print) (a))"),
        ("print [a]", "(index (print) (a))"),
        ("print not x", "(call (print) (not (x)))"),
        ("print not in x", "(compare (print) not in (x))"),
        ("print :a", "(call (print) (symbol a))"),
        ("a !b", "(! (a) (b))"),
        ("a ! b", "(! (a) (b))"),
        ("print x if c else y", "(call (print) (conditional (c) (x) (y)))"),
        ("f 1, \\x:\n    x", "(call (f) (1) (lambda (params x) (block (x))))"),
        ("f \\x:\n    x\ng()", "(call (f) (lambda (params x) (block (x)))) (call (g))"),
    ] {
        assert_eq!(module(text), tree, "{text}");
    }
}

#[test]
fn an_else_belongs_to_the_if_of_its_line() {
    let tree = "(if (branch (a) (block (if (branch (b) (block (c)))))) (else (block (d))))";
    assert_eq!(module("if a: if b: c\nelse: d"), tree);
    assert_eq!(module("x = if a: b\nelse: c"), "(= (x) (if (branch (a) (block (b))) (else (block (c)))))");
}

#[test]
fn labels_are_known_names() {
    let tree = "(for o x (xs) (block (loop (block (break (label o)) (break (x)) (continue o)))))";
    assert_eq!(module("o: for x in xs:\n    loop:\n        break o\n        break x\n        continue o"), tree);
    let tree = "(loop o (block (let f (lambda (params) (block (break (o)))))))";
    assert_eq!(module("o: loop:\n    let f = \\:\n        break o"), tree);
}

#[test]
fn a_block_ends_its_expression() {
    let text = "let f = \\x:\n    x\n(1)\n";
    assert_eq!(module(text), "(let f (lambda (params x) (block (x)))) (paren (1))");
    let text = "let v = match x:\n    _ => 1\n-y\n";
    assert_eq!(module(text), "(let v (match (x) (=> _ (block (1))))) (- (y))");
}

#[test]
fn payloads_with_a_colon_are_read_both_ways() {
    let arm = |text: &str| module(&format!("match x:\n    {text} => y"));
    assert!(arm("C(n: int)").contains("(named n int (type int))"));
    assert!(arm("C(n: 1..2)").contains("(named n (.. (1) (2)))"));
    assert!(arm("C(n: int?)").contains("(typed n (option int))"));
    assert!(arm("C(n: Some(a))").contains("(named n (variant (path Some) (args a)))"));
    assert!(arm("n: int | m: str").contains("(or (typed n int) (typed m str))"));
}

#[test]
fn text_of_several_lines_loses_its_margin() {
    let text = |source: &str| expr(source).trim_start_matches("(str ").trim_end_matches(')').to_string();
    assert_eq!(text("\"\"\"\n    a\n      b\n    \"\"\""), "\"a\\n b\"");
    assert_eq!(text("\"\"\"a\nb\"\"\""), "\"a\\nb\"");
    assert_eq!(text("\"\"\"\n  a\n\n  \"\"\""), "\"a\\n\"");
    assert_eq!(text("\"\"\"\n  \"\"\""), "\"\"");
    assert_eq!(text("\"\"\" \"\"\""), "\" \"");
    assert_eq!(text("\"\"\"\n  \\x20 a\n  \"\"\""), "\" a\"");
}

#[test]
fn documentation_belongs_to_the_item_below() {
    let tree = module("## lost\n\n## one\n## two\n@test\nfn f(): pass\n");
    assert!(tree.starts_with("(item (doc \"one\") (doc \"two\") (@ (test)) (fn f"), "{tree}");
    let tree = module("struct P:\n    ## the x\n    x: int\n    y: int ## not documentation\n");
    assert!(tree.contains("(field (doc \"the x\") x (type int)) (field y (type int))"), "{tree}");
}

#[test]
fn spans_are_those_of_the_file() {
    let text = "print(\"ab {x + 1:>3}\")";
    let debug = format!("{:?}", parse(FileId(0), text).module);
    let at = text.find("x + 1").expect("it is there");
    assert!(debug.contains(&format!("span: 0:{at}..{}", at + 5)), "{debug}");
}

#[test]
fn expressions_alone() {
    assert_eq!(expr("1 + 2\n"), "(+ (1) (2))");
    assert!(!parse_expression(FileId(0), "let x = 1").diagnostics.is_empty());
    assert!(!parse_expression(FileId(0), "1 2").diagnostics.is_empty());
    assert!(!parse_expression(FileId(0), "").diagnostics.is_empty());
    assert!(!parse_expression(FileId(0), "1\n2").diagnostics.is_empty());
}
