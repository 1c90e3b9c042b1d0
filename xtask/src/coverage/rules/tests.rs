use super::{Rule, rules};

#[test]
fn each_mark_ends_a_rule() {
    let page = rules("# Title\n\nOne. <!-- shows: a/b --> Two,\nlonger. <!-- shows: a/c, a/d -->\n");
    let rule = |programs: &[&str]| Rule { line: 3, programs: programs.iter().map(ToString::to_string).collect() };
    assert_eq!(page.rules, [rule(&["a/b"]), rule(&["a/c", "a/d"])]);
    assert_eq!(page.unmarked, []);
}

#[test]
fn text_without_a_mark_is_reported() {
    let page = rules("# Title\n\n## Part\n\n- One. <!-- shows: a/b -->\n- Two.\n\nThree. <!-- shows: a/b --> Four.\n");
    assert_eq!(page.rules.len(), 2);
    assert_eq!(page.unmarked, [(6, "Two.".to_owned()), (8, "Four.".to_owned())]);
}

#[test]
fn introductions_and_code_are_no_rules() {
    let page =
        rules("# Title\n\nAn introduction.\n\n## Part\n\nA file:\n\n    code\n\n```tandem\n- x\n```\n\n`grammar`\n");
    assert_eq!(page, super::Page::default());
    let second = rules("# Title\n\nAn introduction.\n\nA claim with `code`\n");
    assert_eq!(second.unmarked.len(), 1);
}
