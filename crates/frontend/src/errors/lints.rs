//! L00xx: remarks about programs that run.

use tandem_source::{Code, Diagnostic, Span};

/// L0001: a variable that is never read.
pub(crate) fn unused_variable(at: Span, name: &str) -> Diagnostic {
    Diagnostic::lint(Code("L0001"), at, format!("`{name}` is never used"))
        .at("never read")
        .hint(format!("call it `_{name}` if that is meant"))
}

/// L0002: a variable with the name of a built-in function.
pub(crate) fn shadows_prelude(at: Span, name: &str) -> Diagnostic {
    Diagnostic::lint(Code("L0002"), at, format!("this variable hides the built-in `{name}`"))
        .at("`let` says that it is meant")
}

/// L0003: an arm that no value reaches.
pub(crate) fn unreachable_arm(at: Span) -> Diagnostic {
    Diagnostic::lint(Code("L0003"), at, "no value reaches this arm").at("covered by the arms above")
}

/// L0004: a constant expression that fails when it runs.
pub(crate) fn constant_failure(at: Span, why: &str) -> Diagnostic {
    Diagnostic::lint(Code("L0004"), at, format!("this fails whenever it runs: {why}")).at("always fails")
}

/// L0005: a name that looks like another one misspelt.
pub(crate) fn probable_typo(at: Span, name: &str, near: &str, other: Span) -> Diagnostic {
    Diagnostic::lint(Code("L0005"), at, format!("`{name}` is assigned and never read; is `{near}` meant?"))
        .at("a new variable")
        .label(other, format!("`{near}` is bound here"))
        .fix(format!("write `{near}`"), vec![(at, near.to_owned())])
}

/// L0006: code behind a `return`, `break` or the like.
pub(crate) fn unreachable_code(at: Span) -> Diagnostic {
    Diagnostic::lint(Code("L0006"), at, "this is never reached").at("what stands before never comes here")
}
