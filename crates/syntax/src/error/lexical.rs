//! Errors in characters, literals, brackets and indentation.

use tandem_source::{Code, Diagnostic, Span};

use crate::ast::NumberSuffix;

/// E0001: a tab among the blanks that indent a line; the edits mend every such line of the file.
pub(crate) fn tab_in_indentation(at: Span, edits: Vec<(Span, String)>) -> Diagnostic {
    let lines = edits.len();
    let error = Diagnostic::error(Code("E0001"), at, "a tab in the indentation")
        .at("only spaces indent")
        .fix("replace each tab by four spaces", edits);
    if lines > 1 { error.note(format!("so it is on {lines} lines of this file")) } else { error }
}

/// E0002: a line that is indented less than the one before, but as much as no block around it.
pub(crate) fn inconsistent_dedent(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0002"), at, "this line's indentation matches no block around it")
        .at("indent it like the block to which it belongs")
}

/// E0003: bytes that are not UTF-8.
pub(crate) fn invalid_utf8(at: Span, byte: u8) -> Diagnostic {
    Diagnostic::error(Code("E0003"), at, format!("invalid UTF-8: the byte 0x{byte:02x} does not belong here"))
        .hint("save the file as UTF-8")
}

/// E0003: a file of 4 GiB or more.
pub(crate) fn file_too_large(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0003"), at, "a source file is smaller than 4 GiB")
}

/// E0004: a control character, which nobody can see.
pub(crate) fn control_character(at: Span, c: char) -> Diagnostic {
    let code = u32::from(c);
    Diagnostic::error(Code("E0004"), at, format!("stray control character U+{code:04X}"))
        .hint(format!("remove it; in a string write `\\u{{{code:X}}}`"))
}

/// E0005: a character that no token begins with.
pub(crate) fn unexpected_character(at: Span, c: char) -> Diagnostic {
    let error = Diagnostic::error(Code("E0005"), at, format!("unexpected character `{c}`"));
    let replacement = match c {
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}' => " ",
        '“' | '”' | '„' => "\"",
        '‘' | '’' => "'",
        '–' | '−' => "-",
        '×' => "*",
        '÷' => "/",
        '≠' => "!=",
        '≤' => "<=",
        '≥' => ">=",
        '\u{feff}' | '\u{200b}' => "",
        '$' => return error.hint("names have no `$` before them; in a string write `{name}`"),
        '`' => return error.hint("strings stand in `\"…\"` or `'…'`"),
        _ => return error,
    };
    let count = at.len() / c.len_utf8();
    let title = if replacement.is_empty() { "remove it".to_string() } else { format!("write `{replacement}`") };
    error.fix(title, vec![(at, replacement.repeat(count))])
}

/// E0006: a string whose closing quote is missing.
pub(crate) fn unclosed_string(opening: Span) -> Diagnostic {
    Diagnostic::error(Code("E0006"), opening, "this string is not closed")
        .at("it begins here")
        .hint("close it on the same line, or use `\"\"\"` for text of several lines")
}

/// E0007: an opening bracket without its closing one.
pub(crate) fn unclosed_bracket(opening: Span, source: &str) -> Diagnostic {
    let bracket = text(opening, source);
    Diagnostic::error(Code("E0007"), opening, format!("this `{bracket}` is not closed"))
        .at(format!("a `{}` is missing for it", closing(bracket)))
}

/// E0008: a closing bracket without its opening one.
pub(crate) fn closes_nothing(at: Span, source: &str) -> Diagnostic {
    Diagnostic::error(Code("E0008"), at, format!("this `{}` closes nothing", text(at, source)))
        .fix("remove it", vec![(at, String::new())])
}

/// E0009: a closing bracket where another one is due.
pub(crate) fn mismatched_bracket(at: Span, opening: Span, source: &str) -> Diagnostic {
    let wanted = closing(text(opening, source));
    Diagnostic::error(Code("E0009"), at, format!("`{wanted}` expected here, found `{}`", text(at, source)))
        .label(opening, "this is not closed")
}

/// E0010: digits and letters that are no number.
pub(crate) fn malformed_number(at: Span, number: &str) -> Diagnostic {
    let error = Diagnostic::error(Code("E0010"), at, format!("`{number}` is not a number"));
    let lower = number.to_ascii_lowercase();
    if lower.starts_with("0b") || lower.starts_with("0o") || lower.starts_with("0x") {
        error.hint("`0x` takes the digits 0-9 and a-f, `0o` 0-7, `0b` 0 and 1; a suffix is one of `i8` to `u64`")
    } else if number.contains("__") || number.ends_with('_') {
        error.hint("a `_` stands between two digits")
    } else {
        error.hint("a suffix is one of `i8 i16 i32 i64 u8 u16 u32 u64 f32 f64`; a name does not begin with a digit")
    }
}

/// E0011: a literal that its type cannot hold.
pub(crate) fn number_too_large(at: Span, suffix: Option<NumberSuffix>) -> Diagnostic {
    let message = match suffix {
        Some(suffix) => format!("this number does not fit `{}`", suffix.text()),
        None => "this number fits no numeric type".to_string(),
    };
    Diagnostic::error(Code("E0011"), at, message)
}

/// E0012: a backslash before something that is no escape.
pub(crate) fn unknown_escape(at: Span, second: Option<char>) -> Diagnostic {
    let message = match second {
        Some('x') => "`\\x` takes two hexadecimal digits".to_string(),
        Some('u') => "`\\u{…}` takes one to six hexadecimal digits that name a character".to_string(),
        Some(c) if !c.is_control() => format!("unknown escape `\\{c}`"),
        Some(_) | None => "a `\\` at the end of a line does not continue a string".to_string(),
    };
    let backslash = Span { hi: at.lo + 1, ..at };
    Diagnostic::error(Code("E0012"), at, message)
        .note("escapes are `\\n \\t \\r \\0 \\\\ \\\" \\' \\{ \\} \\xHH \\u{HEX}`; `'…'` has none")
        .fix("double the backslash", vec![(backslash, "\\\\".to_string())])
}

/// E0013: a `}` in a string that closes no `{`.
pub(crate) fn lone_brace(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0013"), at, "a lone `}` in a string").fix("write `}}`", vec![(at, "}}".to_string())])
}

/// E0014: `{}` in a string.
pub(crate) fn empty_interpolation(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0014"), at, "nothing stands between these braces")
        .hint("put an expression between them; `{{` and `}}` are literal braces")
}

/// E0015: an interpolation that its line or its string leaves open.
pub(crate) fn unclosed_interpolation(opening: Span) -> Diagnostic {
    Diagnostic::error(Code("E0015"), opening, "this `{` is not closed")
        .at("an interpolation stands on one line")
        .hint("close it with `}`, or write `{{` for a brace")
}

/// E0016: a comment inside an interpolation.
pub(crate) fn comment_in_interpolation(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0016"), at, "a comment cannot stand in an interpolation")
        .hint("for a `#` in the text, close the brace before it or write `{{`")
}

/// E0017: blanks between `\` and the end of its line.
pub(crate) fn blanks_after_continuation(blanks: Span) -> Diagnostic {
    Diagnostic::error(Code("E0017"), blanks, "blanks after the `\\` that continues a line")
        .fix("remove them", vec![(blanks, String::new())])
}

/// E0018: `f'…'`, `b'…'`.
pub(crate) fn prefix_on_raw_string(at: Span, source: &str) -> Diagnostic {
    let string = text(at, source);
    let (prefix, content) = (&string[..1], &string[2..string.len() - 1]);
    let what = if prefix == "f" { "does not interpolate" } else { "is text, not bytes" };
    let error = Diagnostic::error(Code("E0018"), at, format!("`'…'` is raw: it {what}"));
    if content.contains(['"', '\\', '{', '}']) {
        error.hint(format!("use `{prefix}\"…\"`"))
    } else {
        error.fix(format!("use `{prefix}\"…\"`"), vec![(at, format!("{prefix}\"{content}\""))])
    }
}

/// E0019: `'''`.
pub(crate) fn triple_single_quotes(at: Span) -> Diagnostic {
    Diagnostic::error(Code("E0019"), at, "`'''` does not begin a string of several lines").hint("use `\"\"\"`")
}

fn text(span: Span, source: &str) -> &str {
    &source[span.lo as usize..span.hi as usize]
}

fn closing(bracket: &str) -> &'static str {
    match bracket {
        "(" => ")",
        "[" | "#[" => "]",
        "\"" => "\"",
        _ => "}",
    }
}
