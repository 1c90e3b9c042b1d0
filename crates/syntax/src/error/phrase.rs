//! Errors in how tokens follow each other: something is missing, or stands in the wrong place.

use tandem_source::{Code, Diagnostic, Span};

/// E0020: one thing is due and another one stands there.
pub(crate) fn expected(at: Span, wanted: &str, found: &str) -> Diagnostic {
    Diagnostic::error(Code("E0020"), at, format!("{wanted} expected, found {found}"))
}

/// E0021: no expression where one is due.
pub(crate) fn expected_expression(at: Span, found: &str) -> Diagnostic {
    Diagnostic::error(Code("E0021"), at, format!("an expression expected, found {found}"))
}

/// E0022: a header without its `:`; `end` is where it belongs.
pub(crate) fn missing_colon(end: Span, owner: &str) -> Diagnostic {
    Diagnostic::error(Code("E0022"), end, format!("a `:` is missing behind {owner}"))
        .fix("add `:`", vec![(end, ":".to_string())])
}

/// E0023: nothing stands in a block.
pub(crate) fn expected_block(at: Span, header: Span) -> Diagnostic {
    Diagnostic::error(Code("E0023"), at, "an indented block expected")
        .label(header, "its header")
        .hint("indent what belongs to it; `pass` stands for nothing")
}

/// E0024: a line indented more than the one before, which begins no block.
pub(crate) fn unexpected_indentation(at: Span, continues: bool) -> Diagnostic {
    let error = Diagnostic::error(Code("E0024"), at, "unexpected indentation");
    if continues {
        error.hint("to go on with the line before, end it with `\\` or put the whole in parentheses")
    } else {
        error.hint("only what follows a `:` at the end of a line is indented")
    }
}

/// E0025: a statement that goes on where it should end.
pub(crate) fn expected_end(at: Span, found: &str) -> Diagnostic {
    Diagnostic::error(Code("E0025"), at, format!("the end of the statement expected, found {found}"))
}

/// E0026: two values in a row.
pub(crate) fn two_values(at: Span, first: Span, found: &str) -> Diagnostic {
    Diagnostic::error(Code("E0026"), at, format!("{found} follows a value"))
        .label(first, "here it ends")
        .hint("an operator or a comma is missing between them; two strings are joined by `+`")
}

/// E0027: a reserved word where a name is due.
pub(crate) fn reserved_word(at: Span, word: &str, role: &str) -> Diagnostic {
    Diagnostic::error(Code("E0027"), at, format!("`{word}` is a reserved word and cannot be {role}"))
        .hint(format!("choose another name, such as `{word}_`"))
}

/// E0028: `let` with nothing to bind.
pub(crate) fn let_without_name(at: Span, found: &str) -> Diagnostic {
    Diagnostic::error(Code("E0028"), at, format!("a name or pattern expected behind `let`, found {found}"))
        .hint("write `let name = value`")
}

/// E0029: `let a, b = …`.
pub(crate) fn let_without_parentheses(pattern: Span) -> Diagnostic {
    Diagnostic::error(Code("E0029"), pattern, "a tuple in a `let` stands in parentheses")
        .fix("add the parentheses", vec![(pattern.start(), "(".to_string()), (pattern.end(), ")".to_string())])
}

/// E0030: `let x` without a value.
pub(crate) fn let_without_value(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code("E0030"), at, "a `let` needs a value")
        .hint(format!("write `let {name} = …`; a name that is set later is simply assigned"))
}

/// E0031: `a = b = c`.
pub(crate) fn chained_assignment(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0031"), at, "one assignment a statement").hint("write two statements; `==` compares")
}

/// E0032: the target of an assignment is no place.
pub(crate) fn not_assignable(at: Span, operator: Span, compares: bool) -> Diagnostic {
    let error = Diagnostic::error(Code("E0032"), at, "this cannot be assigned to")
        .label(operator, "by this")
        .note("names, `a[i]`, `a.b`, and tuples and arrays of them can");
    if compares { error.hint("`==` compares") } else { error }
}

/// E0033: `x: int = 1` without `let`.
pub(crate) fn annotated_assignment(statement: Span, name: &str) -> Diagnostic {
    let fix = vec![(statement.start(), "let mut ".to_string())];
    Diagnostic::error(Code("E0033"), statement, "a type stands in a `let` only")
        .fix(format!("write `let mut {name}: …`, or `let` if it never changes"), fix)
}

/// E0034: `return a, b` and the like.
pub(crate) fn tuple_without_parentheses(tuple: Span) -> Diagnostic {
    let fix = vec![(tuple.start(), "(".to_string()), (tuple.end(), ")".to_string())];
    Diagnostic::error(Code("E0034"), tuple, "a tuple needs its parentheses here")
        .note("only on both sides of an assignment and in `for` they may be left out")
        .fix("add the parentheses", fix)
}

/// E0035: a `match`, `receive` or other block in brackets.
pub(crate) fn block_in_brackets(at: Span, word: &str) -> Diagnostic {
    Diagnostic::error(Code("E0035"), at, format!("the block of `{word}` cannot stand inside brackets"))
        .hint("bind the value with `let` before, and use its name here")
}

/// E0036: arms on the line of their `match` or `receive`.
pub(crate) fn arms_on_the_line(at: Span, word: &str) -> Diagnostic {
    Diagnostic::error(Code("E0036"), at, format!("the arms of a `{word}` stand on lines of their own"))
}

/// E0037: `is` next to another comparison.
pub(crate) fn chained_is(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0037"), at, "`is` cannot be chained with another comparison")
        .hint("join the two with `and`, or put one in parentheses")
}

/// E0038: a range with one end or three.
pub(crate) fn range_ends(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0038"), at, "a range has two ends")
        .hint("a slice with open ends is written `a[i:]`, `a[:j]`")
}

/// E0039: a type, trait, impl or actor inside a block.
pub(crate) fn item_in_block(at: Span, word: &str) -> Diagnostic {
    Diagnostic::error(Code("E0039"), at, format!("`{word}` stands at module level only"))
}

/// E0040: an attribute above something else than an item.
pub(crate) fn attribute_without_item(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0040"), at, "an attribute stands above a function, type, trait, impl or actor")
}

/// E0041: a function without a body.
pub(crate) fn missing_body(signature: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code("E0041"), signature, format!("the function `{name}` has no body"))
        .hint("add `:` and an indented block; only a trait requires functions without giving them")
}

/// E0042: pairs and single values in one pair of braces.
pub(crate) fn set_or_dictionary(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0042"), at, "a dictionary has only `key: value` entries, a set only values")
}

/// E0043: a statement that needs lines of its own, behind a `:`.
pub(crate) fn only_simple_statements(at: Span, word: &str) -> Diagnostic {
    Diagnostic::error(Code("E0043"), at, format!("`{word}` cannot stand on the line of another statement's `:`"))
        .hint("put it on a line of its own and indent it")
}

/// E0044: `for` and other statements where a value is due.
pub(crate) fn statement_as_value(at: Span, word: &str) -> Diagnostic {
    let error = Diagnostic::error(Code("E0044"), at, format!("`{word}` is a statement and has no value"));
    match word {
        "for" => error.hint("an array from a loop is written `[value for x in values]`"),
        "while" => error.hint("`loop` with `break value` has a value"),
        _ => error,
    }
}

/// E0045: a pattern or `mut` in a parameter list.
pub(crate) fn plain_parameter(at: Span, what: &str, hint: &str) -> Diagnostic {
    Diagnostic::error(Code("E0045"), at, format!("{what} cannot stand in a list of parameters")).hint(hint)
}

/// E0046: no pattern where one is due.
pub(crate) fn expected_pattern(at: Span, found: &str) -> Diagnostic {
    Diagnostic::error(Code("E0046"), at, format!("a pattern expected, found {found}"))
}

/// E0047: no type where one is due.
pub(crate) fn expected_type(at: Span, found: &str) -> Diagnostic {
    Diagnostic::error(Code("E0047"), at, format!("a type expected, found {found}"))
}

/// E0048: two `*rest` in one pattern.
pub(crate) fn second_rest(at: Span, first: Span) -> Diagnostic {
    Diagnostic::error(Code("E0048"), at, "a pattern has one `*rest`").label(first, "the first")
}

/// E0049: `case n: int:`.
pub(crate) fn typed_case(pattern: Span) -> Diagnostic {
    let fix = vec![(pattern.start(), "(".to_string()), (pattern.end(), ")".to_string())];
    Diagnostic::error(Code("E0049"), pattern, "behind `case` a pattern with a type stands in parentheses")
        .fix("add the parentheses", fix)
}

/// E0050: `f(e for x in xs, b)`.
pub(crate) fn generator_among_arguments(at: Span) -> Diagnostic {
    let fix = vec![(at.start(), "(".to_string()), (at.end(), ")".to_string())];
    Diagnostic::error(Code("E0050"), at, "a generator expression among other arguments stands in parentheses")
        .fix("add the parentheses", fix)
}

/// E0051: a contract's conditions on the line of its `in:`.
pub(crate) fn clauses_on_the_line(at: Span, word: &str) -> Diagnostic {
    Diagnostic::error(Code("E0051"), at, format!("the conditions of `{word}` stand on lines of their own, indented"))
}

/// E0052: a payload with names for some of its values.
pub(crate) fn partly_named_payload(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0052"), at, "either all values of a variant have names or none")
}

/// E0053: `else`, `elif` or `case` that belongs to nothing.
pub(crate) fn belongs_to_nothing(at: Span, word: &str) -> Diagnostic {
    let (owner, hint) = match word {
        "case" => ("match", "arms stand indented below `match value:`"),
        _ => ("if", "indent it like its `if`"),
    };
    Diagnostic::error(Code("E0053"), at, format!("this `{word}` belongs to no `{owner}`")).hint(hint)
}

/// E0054: `pub` before something that is never public.
pub(crate) fn not_public(at: Span, found: &str) -> Diagnostic {
    Diagnostic::error(Code("E0054"), at, format!("`pub` cannot stand before {found}"))
        .hint("`pub` opens functions, types, constants, imports, `let`s of the module, fields and methods")
}

/// E0055: something in a type's body that is no member.
pub(crate) fn expected_member(at: Span, members: &str, found: &str) -> Diagnostic {
    Diagnostic::error(Code("E0055"), at, format!("{members} expected here, found {found}"))
}

/// E0056: brackets, blocks or operators nested deeper than the compiler follows.
pub(crate) fn too_deep(at: Span, limit: u32) -> Diagnostic {
    Diagnostic::error(Code("E0056"), at, format!("nested too deeply: more than {limit} levels"))
        .note("each bracket, block and operator of a chain counts")
        .hint("split it with `let`, or move part of it into a function")
}

/// E0057: `f(**d)`.
pub(crate) fn dict_spread_argument(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0057"), at, "`**` does not spread a dictionary into arguments")
        .hint("write the arguments out: `f(name = d[\"name\"])`")
}

/// E0058: `a[]`, `a[i, j]`, `a[1:2:3:4]`.
pub(crate) fn bad_index(at: Span, problem: &str) -> Diagnostic {
    Diagnostic::error(Code("E0058"), at, problem)
}

/// E0059: an interpolation or a bare `*` in a pattern.
pub(crate) fn not_in_pattern(at: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code("E0059"), at, format!("{what} cannot stand in a pattern"))
}
