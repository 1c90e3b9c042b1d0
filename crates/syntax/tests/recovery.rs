//! Several mistakes are reported in one run, each at its place, and none because of another.

mod support;

use support::check;

/// The errors of a text, as `line:column code`.
fn errors(text: &str) -> Vec<String> {
    let place = |at: u32| {
        let before = &text[..at as usize];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("{line}:{column}")
    };
    let parsed = check(text);
    parsed.diagnostics.iter().map(|d| format!("{} {}", place(d.span.lo), d.code.0)).collect()
}

#[test]
fn statements_fail_on_their_own() {
    let text = "let x = 1 +\nlet y = 2\nlet = 3\nprint(y)\nfor x ys:\n    print(x\n\nz = [1 2]\n";
    assert_eq!(errors(text), ["1:12 E0021", "3:5 E0028", "5:7 E0020", "6:10 E0007"]);
}

#[test]
fn brackets_keep_their_mistakes_inside() {
    let text = "f(a b, [1 2], {3 4}) + g(+ 1)\n";
    assert_eq!(errors(text), ["1:5 E0026", "1:26 E0064"]);
    let text = "x = (1 2) + [3 4] + f(5 6)\n";
    assert_eq!(errors(text), ["1:8 E0026", "1:16 E0026", "1:25 E0026"]);
}

#[test]
fn the_block_of_an_unreadable_header_is_read() {
    let text = "fn f(:\n    let = 1\nwhlie x > 0:\n    y = = 2\nif x:\n    y = 3 3\n";
    assert_eq!(errors(text), ["1:5 E0007", "2:9 E0028", "3:12 E0025", "4:9 E0021", "6:11 E0026"]);
}

#[test]
fn an_unclosed_bracket_ends_where_a_statement_begins() {
    let text = "let x = f(1,\n    2\n\nlet y = [\nfn g():\n    return )\nlet z = 1 1\n";
    assert_eq!(errors(text), ["1:10 E0007", "4:9 E0007", "6:12 E0008", "7:11 E0026"]);
}

#[test]
fn an_unclosed_string_ends_with_its_line() {
    let text = "print(\"abc)\nprint(\"x is {x\")\nlet y = 1 1\n";
    assert_eq!(errors(text), ["1:7 E0006", "2:13 E0015", "3:11 E0026"]);
}

#[test]
fn members_fail_on_their_own() {
    let text = "struct P:\n    x int\n    let y: int\n    fn f(self)\n    z: 3\n    fn g(self):\n        return 1 1\n";
    assert_eq!(errors(text), ["2:7 E0026", "3:5 E0077", "4:5 E0041", "5:8 E0047", "7:18 E0026"]);
}

#[test]
fn arms_fail_on_their_own() {
    let text = "match x:\n    0 = 1\n    1 => 2 2\n    case 2\n        3\n    + => 4\n    _ => 5\nprint(1 1)\n";
    assert_eq!(errors(text), ["2:7 E0020", "3:12 E0026", "4:11 E0022", "6:5 E0046", "8:9 E0026"]);
}

#[test]
fn contract_clauses_fail_on_their_own() {
    let text = "fn f(x):\n    in:\n        x >\n        x < 3,\n    return 1 1\n";
    assert_eq!(errors(text), ["3:12 E0021", "4:15 E0021", "5:14 E0026"]);
}

#[test]
fn habits_are_understood() {
    let text = "def f(x):\n    if x = 1 && !y:\n        x++\n    else if x === 2:\n        return True\n";
    assert_eq!(
        errors(text),
        ["1:1 E0066", "2:10 E0060", "2:14 E0061", "2:17 E0061", "3:10 E0063", "4:5 E0062", "4:15 E0065", "5:16 E0068"]
    );
}

#[test]
fn a_missing_colon_does_not_lose_the_block() {
    let text = "fn f(x)\n    if x\n        return 1 1\n    while x\n        pass\nfn g(): pass\n";
    assert_eq!(errors(text), ["1:8 E0022", "2:9 E0022", "3:18 E0026", "4:12 E0022"]);
}

#[test]
fn unexpected_indentation_is_reported_once() {
    let text = "let x = 1\n        let y = 2\n        let z = 3\nlet w = 4 4\n";
    assert_eq!(errors(text), ["2:9 E0024", "4:11 E0026"]);
}

#[test]
fn strings_keep_their_mistakes_inside() {
    let text = "x = \"{a b} {} \\q } {c:{d e}}\" + 1 1\n";
    assert_eq!(errors(text), ["1:18 E0013"]);
    let text = "x = \"{a b} {} \\q {c:{d e}}\"\n";
    assert_eq!(errors(text), ["1:9 E0026", "1:12 E0014", "1:15 E0012", "1:24 E0026"]);
}

#[test]
fn a_name_that_the_file_declares_is_no_habit() {
    assert!(errors("enum Answer:\n    True\n    False\nlet x = True\n").is_empty());
    assert!(errors("fn import(x): x\nimport y\n").is_empty());
    assert!(errors("let null = 1\nprint null\n").is_empty());
}
