//! E042x: variables on their paths, loops, returns.

use tandem_source::{Code, Diagnostic, Span};

/// E0420: a variable that some path has not assigned.
pub(crate) fn unassigned(at: Span, name: &str, bound: Span) -> Diagnostic {
    Diagnostic::error(Code("E0420"), at, format!("`{name}` may not have a value here"))
        .at("some path comes here without assigning it")
        .label(bound, "assigned only here")
        .hint(format!("give `{name}` a value before"))
}

/// E0421: `break` or `continue` outside a loop.
pub(crate) fn outside_loop(at: Span, word: &str) -> Diagnostic {
    Diagnostic::error(Code("E0421"), at, format!("`{word}` stands outside a loop")).at("no loop around it")
}

/// E0422: a label that no enclosing loop has.
pub(crate) fn unknown_label(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code("E0422"), at, format!("no enclosing loop is labelled `{name}`")).at("unknown label")
}

/// E0423: `return` at the top level.
pub(crate) fn return_outside(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0423"), at, "`return` stands outside a function")
        .at("not in a function")
        .hint("to end the program use `exit(0)`")
}

/// E0424: `break` with a value in a loop that has none.
pub(crate) fn break_value(at: Span, word: &str) -> Diagnostic {
    Diagnostic::error(Code("E0424"), at, format!("a `{word}` has no value to break with"))
        .at("this value goes nowhere")
        .hint("only `loop` has a value")
}

/// E0425: a function that declares a result and may end without one.
pub(crate) fn missing_result(at: Span, name: &str, result: &str, declared: Span) -> Diagnostic {
    Diagnostic::error(Code("E0425"), at, format!("`{name}` may end without a result"))
        .at("the end can be reached without a value")
        .label(declared, format!("`{result}` is expected because of this"))
        .hint("let the last statement be the value, or `return` it")
}

/// E0426: `main` with parameters.
pub(crate) fn main_parameters(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0426"), at, "`main` takes no arguments")
        .at("nothing is passed here")
        .hint("use `args()` for the program's arguments")
}
