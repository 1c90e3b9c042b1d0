//! E040x: patterns and matches.

use tandem_source::{Code, Diagnostic, Span};

use super::list;

/// E0401: a `match` that does not cover every value.
pub(crate) fn missing_cases(at: Span, missing: &[String], insert: Option<(Span, String)>) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0401"), at, format!("this match does not cover {}", list(missing)))
        .at("some values fit no arm");
    match insert {
        Some(edit) => diagnostic.fix("add the missing arms", vec![edit]),
        None => diagnostic.hint("add the missing arms, or `_`"),
    }
}

/// E0402: a pattern for values of another type.
pub(crate) fn pattern_type(at: Span, pattern: &str, ty: &str) -> Diagnostic {
    Diagnostic::error(Code("E0402"), at, format!("this pattern is for `{pattern}`, the value is `{ty}`"))
        .at("can never fit")
}

/// E0403: an upper-case name in a pattern that is no `const` or variant.
pub(crate) fn unknown_pattern(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code("E0403"), at, format!("`{name}` is no `const`, variant or type"))
        .at("not found")
        .hint("a name that binds begins with a lower-case letter")
}

/// E0404: alternatives that bind different names.
pub(crate) fn alternatives_bind(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code("E0404"), at, format!("`{name}` is not bound by every alternative"))
        .at("all alternatives bind the same names")
}

/// E0405: alternatives that bind a name with different types.
pub(crate) fn alternative_types(at: Span, name: &str, first: &str, second: &str) -> Diagnostic {
    Diagnostic::error(Code("E0405"), at, format!("`{name}` is `{first}` in one alternative and `{second}` in another"))
        .at("one name has one type")
}

/// E0406: a name bound twice in one pattern.
pub(crate) fn bound_twice(at: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error(Code("E0406"), at, format!("`{name}` is bound twice in this pattern"))
        .at("bound again")
        .label(first, "first bound here")
}

/// E0407: a tuple pattern of the wrong length.
pub(crate) fn tuple_length(at: Span, found: usize, expected: usize, ty: &str) -> Diagnostic {
    let noun = if found == 1 { "name" } else { "names" };
    Diagnostic::error(Code("E0407"), at, format!("{found} {noun} for the {expected} values of `{ty}`"))
        .at(format!("{expected} expected"))
}

/// E0408: a pattern that may not fit, where it has to.
pub(crate) fn refutable(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0408"), at, "this pattern does not fit every element")
        .at("a loop needs a pattern that always fits")
        .hint("bind a name and use `match` or `if let` in the body")
}

/// E0409: something in a pattern that is no constant.
pub(crate) fn not_constant(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0409"), at, "a pattern compares with constants only")
        .at("not a constant")
        .hint("bind a name and compare in a guard: `n if n == x`")
}
