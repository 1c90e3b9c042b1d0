//! Errors of habit: what another language writes, and how it is written here.

use tandem_source::{Code, Diagnostic, Span};

/// E0060: `=` in a condition.
pub(crate) fn assignment_in_condition(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0060"), at, "`=` assigns; it cannot stand in a condition")
        .fix("use `==` to compare", vec![(at, "==".to_string())])
}

/// E0061: `&&`, `||`, `!x`.
pub(crate) fn symbolic_logic(at: Span, symbol: &str, word: &str) -> Diagnostic {
    Diagnostic::error(Code("E0061"), at, format!("`{symbol}` is written `{word}`"))
        .fix(format!("use `{word}`"), vec![(at, if symbol == "!" { format!("{word} ") } else { word.to_string() })])
}

/// E0062: `else if`, `elseif`.
pub(crate) fn else_if(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0062"), at, "a further condition begins with `elif`")
        .fix("use `elif`", vec![(at, "elif".to_string())])
}

/// E0063: `x++`, `x--`.
pub(crate) fn increment(at: Span, operator: &str) -> Diagnostic {
    Diagnostic::error(Code("E0063"), at, format!("there is no `{operator}{operator}`"))
        .fix(format!("write `{operator}= 1`"), vec![(at, format!(" {operator}= 1"))])
}

/// E0064: `+x`.
pub(crate) fn unary_plus(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0064"), at, "there is no sign `+`").fix("remove it", vec![(at, String::new())])
}

/// E0065: `===`, `!==`, `<>`, `=>` and `:=` in the place of operators of ours.
pub(crate) fn foreign_operator(at: Span, found: &str, ours: &str) -> Diagnostic {
    Diagnostic::error(Code("E0065"), at, format!("there is no operator `{found}`"))
        .fix(format!("use `{ours}`"), vec![(at, ours.to_string())])
}

/// E0066: `def`, `function`, `func`, `fun`.
pub(crate) fn foreign_fn(at: Span, word: &str) -> Diagnostic {
    Diagnostic::error(Code("E0066"), at, format!("a function begins with `fn`, not `{word}`"))
        .fix("use `fn`", vec![(at, "fn".to_string())])
}

/// E0067: a statement word of another language.
pub(crate) fn foreign_word(at: Span, word: &str, hint: &str) -> Diagnostic {
    Diagnostic::error(Code("E0067"), at, format!("there is no `{word}` statement")).hint(hint)
}

/// E0068: `True`, `null` and the like, where no such name is declared.
pub(crate) fn foreign_literal(at: Span, word: &str, ours: &str) -> Diagnostic {
    Diagnostic::error(Code("E0068"), at, format!("`{word}` is written `{ours}`"))
        .fix(format!("use `{ours}`"), vec![(at, ours.to_string())])
}

/// E0069: `{` where a block begins.
pub(crate) fn braces_for_block(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0069"), at, "a block begins with `:` and is indented; it has no braces")
}

/// E0070: `// …`, `/* … */`.
pub(crate) fn foreign_comment(at: Span) -> Diagnostic {
    let error = Diagnostic::error(Code("E0070"), at, "a comment begins with `#`");
    let slashes = at.len() == 2;
    if slashes {
        error.fix("use `#`", vec![(at, "#".to_string())])
    } else {
        error.hint("begin each of its lines with `#`")
    }
}

/// E0071: `class A(B):`.
pub(crate) fn inheritance(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0071"), at, "there is no inheritance")
        .hint("share behaviour by a trait: `impl Trait for Type:`")
}

/// E0072: `c ? a : b`.
pub(crate) fn ternary(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0072"), at, "there is no `? :`").hint("write `a if c else b`")
}

/// E0073: `x -> e`, `|x| e`, `lambda x: e`, `fn(x): e` as a value.
pub(crate) fn foreign_lambda(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0073"), at, "a function without a name is written `\\x: value`")
}

/// E0074: `;` behind which nothing stands, or before which.
pub(crate) fn empty_statement(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0074"), at, "nothing stands before this `;`").fix("remove it", vec![(at, String::new())])
}

/// E0075: `.5`.
pub(crate) fn leading_dot(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0075"), at, "a number begins with a digit")
        .fix("add a `0`", vec![(at.start(), "0".to_string())])
}

/// E0076: a call without parentheses whose argument begins with a bracket, and the like.
pub(crate) fn call_needs_parentheses(at: Span, found: &str) -> Diagnostic {
    Diagnostic::error(
        Code("E0076"),
        at,
        format!("an argument that begins with {found} needs the parentheses of its call"),
    )
    .hint("write `f(…)`")
}

/// E0077: `let x: int` members, `const` fields and similar words before a field.
pub(crate) fn word_before_field(at: Span, word: &str) -> Diagnostic {
    Diagnostic::error(Code("E0077"), at, format!("a field is its name and type, without `{word}`"))
        .fix("remove it", vec![(at, String::new())])
}

/// E0078: `x = *xs`.
pub(crate) fn lone_spread(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0078"), at, "`*` spreads into brackets, arguments and lists of targets only")
        .hint("write `[*xs]` for an array")
}
