//! Numbers from text, with Python's syntax: blanks around, `_` between digits.

/// The text without the blanks around it and the `_` inside; `None` if one of those is not between digits.
fn cleaned(text: &str) -> Option<String> {
    let text = text.trim();
    let bytes = text.as_bytes();
    let digit = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_digit);
    let misplaced = (0..bytes.len()).any(|at| bytes[at] == b'_' && !(at > 0 && digit(at - 1) && digit(at + 1)));
    (!misplaced).then(|| text.replace('_', ""))
}

/// `int(text)`
pub fn parse_int(text: &str) -> Option<i64> {
    cleaned(text)?.parse().ok()
}

/// `float(text)`
pub fn parse_float(text: &str) -> Option<f64> {
    cleaned(text)?.parse().ok()
}
