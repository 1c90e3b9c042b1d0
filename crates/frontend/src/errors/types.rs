//! E02xx: types, operators, calls.

use tandem_source::{Code, Diagnostic, Span};

use super::list;

/// Why a type is expected: a place and what to say there.
#[derive(Clone, Debug)]
pub(crate) struct Because {
    pub(crate) span: Span,
    pub(crate) text: String,
}

impl Because {
    pub(crate) fn new(span: Span, text: impl Into<String>) -> Self {
        Because { span, text: text.into() }
    }
}

/// E0201: a value of one type where another is needed.
pub(crate) fn mismatch(at: Span, expected: &str, found: &str, because: Option<&Because>) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0201"), at, format!("`{expected}` is expected here, found `{found}`"))
        .at(format!("this is `{found}`"));
    let diagnostic = match because {
        Some(because) if because.span != at => diagnostic.label(because.span, because.text.clone()),
        _ => diagnostic,
    };
    match (expected, found) {
        ("str", _) => diagnostic.hint("use `str(…)`, or interpolate it: \"{…}\""),
        ("int", "float" | "f32") => diagnostic.hint("use `int(…)`, which truncates, or `round(…)`"),
        ("int" | "float", "str") => diagnostic.hint(format!("use `{expected}(…)` to read the number from the text")),
        ("bool", "int" | "float") => diagnostic.hint("compare it: `!= 0`"),
        (
            "i8" | "i16" | "i32" | "u8" | "u16" | "u32" | "u64" | "int" | "f32",
            "int" | "float" | "i8" | "i16" | "i32" | "u8" | "u16" | "u32" | "u64" | "f32",
        ) => diagnostic.hint(format!("use `{expected}(…)`, which is checked")),
        (_, "nil") => diagnostic.hint(format!("declare it as `{expected}?` if there may be no value")),
        _ => diagnostic,
    }
}

/// E0202: a literal that does not fit its type.
pub(crate) fn literal_range(at: Span, value: &str, ty: &str, range: &str) -> Diagnostic {
    Diagnostic::error(Code("E0202"), at, format!("`{value}` does not fit `{ty}`")).at(format!("`{ty}` holds {range}"))
}

/// E0203: an operator that does not work on these types.
pub(crate) fn operator(at: Span, op: &str, lhs: (Span, &str), rhs: (Span, &str)) -> Diagnostic {
    let (left, right) = (lhs.1, rhs.1);
    let diagnostic = Diagnostic::error(Code("E0203"), at, format!("`{op}` does not work on `{left}` and `{right}`"))
        .at("no such operation")
        .label(lhs.0, format!("this is `{left}`"))
        .label(rhs.0, format!("this is `{right}`"));
    let number = |ty: &str| matches!(ty, "int" | "i8" | "i16" | "i32" | "u8" | "u16" | "u32" | "u64" | "float" | "f32");
    if number(left) && number(right) {
        return diagnostic.hint(format!("convert one of them: `{left}(…)` or `{right}(…)`"));
    }
    match (op, left, right) {
        ("*", _, "str") if number(left) => diagnostic.hint("write the string first: `\"-\" * 3`"),
        (_, "nil", _) | (_, _, "nil") => diagnostic.hint("`nil` is no number; test for it with `== nil` or `??`"),
        _ => diagnostic,
    }
}

/// E0204: `+` between a string and something else.
pub(crate) fn add_to_string(at: Span, lhs: (Span, &str), rhs: (Span, &str), edit: (Span, String)) -> Diagnostic {
    Diagnostic::error(Code("E0204"), at, format!("`+` does not join `{}` and `{}`", lhs.1, rhs.1))
        .at("`+` converts nothing")
        .label(lhs.0, format!("this is `{}`", lhs.1))
        .label(rhs.0, format!("this is `{}`", rhs.1))
        .fix("interpolate", vec![edit])
}

/// E0205: a condition that is no `bool`.
pub(crate) fn condition(at: Span, ty: &str, text: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0205"), at, format!("a condition is a `bool`, not `{ty}`"))
        .at(format!("this is `{ty}`"));
    match ty {
        "int" | "i8" | "i16" | "i32" | "u8" | "u16" | "u32" | "u64" => {
            diagnostic.fix("compare it", vec![(at, format!("({text}) != 0"))])
        }
        "float" | "f32" => diagnostic.fix("compare it", vec![(at, format!("({text}) != 0.0"))]),
        "str" => diagnostic.fix("compare it", vec![(at, format!("({text}) != \"\""))]),
        ty if ty.starts_with('[') => diagnostic.fix("ask for its length", vec![(at, format!("len({text}) > 0"))]),
        ty if ty.starts_with("fn ") => diagnostic.hint("call it"),
        _ => diagnostic,
    }
}

/// E0206: a comparison that can never be true.
pub(crate) fn never_equal(at: Span, lhs: (Span, &str), rhs: (Span, &str)) -> Diagnostic {
    Diagnostic::error(Code("E0206"), at, format!("`{}` and `{}` are never equal", lhs.1, rhs.1))
        .at("always the same answer")
        .label(lhs.0, format!("this is `{}`", lhs.1))
        .label(rhs.0, format!("this is `{}`", rhs.1))
}

/// E0207: types without an order.
pub(crate) fn not_ordered(at: Span, op: &str, lhs: (Span, &str), rhs: (Span, &str)) -> Diagnostic {
    Diagnostic::error(Code("E0207"), at, format!("`{op}` does not order `{}` and `{}`", lhs.1, rhs.1))
        .at("no such comparison")
        .label(lhs.0, format!("this is `{}`", lhs.1))
        .label(rhs.0, format!("this is `{}`", rhs.1))
}

/// E0208: a call of something that is no function.
pub(crate) fn not_callable(at: Span, ty: &str) -> Diagnostic {
    Diagnostic::error(Code("E0208"), at, format!("`{ty}` cannot be called")).at("not a function")
}

/// E0209: arguments that are missing.
pub(crate) fn missing_arguments(at: Span, function: &str, missing: &[String], declared: Option<Span>) -> Diagnostic {
    let noun = if missing.len() == 1 { "argument" } else { "arguments" };
    let diagnostic = Diagnostic::error(Code("E0209"), at, format!("`{function}` misses the {noun} {}", list(missing)))
        .at(format!("{noun} missing"));
    match declared {
        Some(declared) => diagnostic.label(declared, "declared here"),
        None => diagnostic,
    }
}

/// E0210: more arguments than parameters.
pub(crate) fn too_many_arguments(at: Span, function: &str, most: usize, declared: Option<Span>) -> Diagnostic {
    let count = match most {
        0 => "no arguments".to_owned(),
        1 => "one argument".to_owned(),
        most => format!("{most} arguments"),
    };
    let diagnostic =
        Diagnostic::error(Code("E0210"), at, format!("`{function}` takes {count}")).at("one argument too many");
    match declared {
        Some(declared) => diagnostic.label(declared, "declared here"),
        None => diagnostic,
    }
}

/// E0211: a named argument without such a parameter.
pub(crate) fn unknown_argument(at: Span, function: &str, name: &str, near: Option<String>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code("E0211"), at, format!("`{function}` has no parameter `{name}`")).at("no such parameter");
    match near {
        Some(near) => diagnostic.fix(format!("did you mean `{near}`?"), vec![(at, near)]),
        None => diagnostic,
    }
}

/// E0212: an argument that is given twice.
pub(crate) fn argument_twice(at: Span, function: &str, name: &str) -> Diagnostic {
    Diagnostic::error(Code("E0212"), at, format!("`{name}` of `{function}` is given twice")).at("given again")
}

/// E0213: an argument by position behind one by name.
pub(crate) fn positional_after_named(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0213"), at, "an argument by position stands behind one by name")
        .at("name it too, or write it first")
}

/// E0214: a value that a `for` cannot go over.
pub(crate) fn not_iterable(at: Span, ty: &str, text: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code("E0214"), at, format!("`{ty}` cannot be iterated")).at(format!("this is `{ty}`"));
    match ty {
        "int" => diagnostic.fix("count with a range", vec![(at, format!("0..({text})"))]),
        _ => diagnostic,
    }
}

/// E0215: a value without elements.
pub(crate) fn not_indexable(at: Span, ty: &str) -> Diagnostic {
    Diagnostic::error(Code("E0215"), at, format!("`{ty}` cannot be indexed")).at(format!("this is `{ty}`"))
}

/// E0216: an element that a tuple does not have.
pub(crate) fn tuple_index(at: Span, index: &str, ty: &str, length: usize) -> Diagnostic {
    Diagnostic::error(Code("E0216"), at, format!("`{ty}` has no element {index}"))
        .at(format!("it has {length}, counted from 0"))
}

/// E0217: an element of a tuple by a computed index.
pub(crate) fn tuple_index_literal(at: Span, ty: &str) -> Diagnostic {
    Diagnostic::error(Code("E0217"), at, format!("an element of `{ty}` is named by a literal"))
        .at("its type must be known")
        .hint("write `t.0` or `t[0]`, or take the tuple apart")
}

/// E0218: an assignment that would change a variable's type.
pub(crate) fn assignment_type(at: Span, name: &str, had: &str, gets: &str, bound: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0218"), at, format!("`{name}` is `{had}` and cannot become `{gets}`"))
        .at(format!("this is `{gets}`"))
        .label(bound, format!("its first value makes it `{had}`"));
    if gets == "nil" {
        return diagnostic.hint(format!("declare it: `let mut {name}: {had}? = …`"));
    }
    match had {
        "str" => diagnostic.hint("interpolate: \"{…}\", or use another name"),
        _ => diagnostic.hint("use another name, or a new `let`"),
    }
}

/// E0219: a conversion that does not exist.
pub(crate) fn conversion(at: Span, from: &str, to: &str) -> Diagnostic {
    Diagnostic::error(Code("E0219"), at, format!("`{from}` cannot become `{to}`")).at(format!("this is `{from}`"))
}

/// E0220: a `bool?` as a condition.
pub(crate) fn option_bool_condition(at: Span, text: &str) -> Diagnostic {
    Diagnostic::error(Code("E0220"), at, "a `bool?` is no condition: is it about `nil`, or about the value?")
        .at("this is `bool?`")
        .fix("say what `nil` means", vec![(at, format!("({text}) ?? false"))])
}

/// E0221: a format spec that does not fit.
pub(crate) fn format_spec(at: Span, spec: &str, why: &str) -> Diagnostic {
    Diagnostic::error(Code("E0221"), at, format!("the format `{spec}` {why}")).at("cannot be formatted so")
}

/// E0223: an operator that does not work on this type.
pub(crate) fn unary_operator(at: Span, op: &str, operand: Span, ty: &str) -> Diagnostic {
    Diagnostic::error(Code("E0223"), at, format!("`{op}` does not work on `{ty}`"))
        .at("no such operation")
        .label(operand, format!("this is `{ty}`"))
}

/// E0224: a `const` that is not constant.
pub(crate) fn not_constant(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code("E0224"), at, format!("the value of `{name}` is not constant"))
        .at("known only when the program runs")
        .hint("use `let`")
}

/// E0225: a `const` whose value fails.
pub(crate) fn constant_fails(at: Span, why: &str) -> Diagnostic {
    Diagnostic::error(Code("E0225"), at, format!("the value of this constant fails: {why}")).at("fails")
}

/// E0226: a `const` that needs itself.
pub(crate) fn constant_cycle(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code("E0226"), at, format!("the value of `{name}` needs itself")).at("needed here again")
}

/// E0228: `in` something that has no members.
pub(crate) fn membership(at: Span, element: &str, container: (Span, &str)) -> Diagnostic {
    Diagnostic::error(Code("E0228"), at, format!("`in` does not look for `{element}` in `{}`", container.1))
        .at("no such test")
        .label(container.0, format!("this is `{}`", container.1))
}

/// E0231: two types that would make a union.
pub(crate) fn different_types(at: Span, first: &str, second: &str) -> Diagnostic {
    let feature = super::unsupported::Feature::Any;
    super::unsupported::feature(at, feature).at(format!("`{first}` here and `{second}` there"))
}

/// E0234: a range whose ends are not integers.
pub(crate) fn range_end(at: Span, ty: &str) -> Diagnostic {
    Diagnostic::error(Code("E0234"), at, format!("a range goes over ints, not `{ty}`")).at(format!("this is `{ty}`"))
}

/// E0235: a function of the library bound to something else than it says.
pub(crate) fn library_binding(at: Span, name: &str, symbol: &str) -> Diagnostic {
    Diagnostic::error(Code("E0235"), at, format!("`{name}` does not fit the runtime function `{symbol}`"))
        .at("a mistake in the library")
}

/// E0236: a chain longer than what the later stages nest.
pub(crate) fn too_long(at: Span, what: &str, most: usize) -> Diagnostic {
    Diagnostic::error(Code("E0236"), at, format!("more than {most} {what} in one chain"))
        .at("too long")
        .hint("split it, or use `match`")
}

/// E0237: a tuple of tuples of tuples.
pub(crate) fn type_too_large(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0237"), at, "the type of this tuple is too large").at("more than 1000 parts")
}
