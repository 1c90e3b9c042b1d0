use super::*;

#[test]
fn output_is_in_the_order_of_the_text() {
    let expectation = Expectation::parse("print(1)  # expect: 1\n# expect:\n# expect:  two\n").unwrap();
    assert_eq!(expectation.stdout, ["1", "", " two"]);
    assert_eq!(expectation.exit_status(), 0);
}

#[test]
fn errors_have_code_line_and_words() {
    let expectation = Expectation::parse("\nlet x = 1 / 0  # expect error R0002: division by zero\n").unwrap();
    let failure = expectation.failure.clone().unwrap();
    assert_eq!((failure.code.as_str(), failure.line), ("R0002", 2));
    assert_eq!(failure.message.as_deref(), Some("division by zero"));
    assert_eq!(expectation.exit_status(), 101);
}

#[test]
fn arguments_and_input() {
    let expectation = Expectation::parse("# args: a 'b c'\n# stdin: x\n# stdin: y\n").unwrap();
    assert_eq!(expectation.args, ["a", "b c"]);
    assert_eq!(expectation.stdin, "x\ny\n");
}

#[test]
fn misspelt_expectations_are_errors() {
    assert!(Expectation::parse("print(1) # expects: 1\n").is_err());
    assert!(Expectation::parse("1 / 0 # expect error 2\n").is_err());
}
