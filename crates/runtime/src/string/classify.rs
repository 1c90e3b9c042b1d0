//! What kinds of characters there are, as Python's `is…` methods see them.

use super::unicode::{ALPHABETIC_BUT_NO_LETTER, DECIMAL, DIGIT, NUMERIC_LETTER};

fn contains(ranges: &[(u32, u32)], character: char) -> bool {
    let code = character as u32;
    let index = ranges.partition_point(|range| range.1 < code);
    ranges.get(index).is_some_and(|range| range.0 <= code)
}

/// A blank: Unicode's white space and the four separators below it.
pub(crate) fn is_python_space(character: char) -> bool {
    character.is_whitespace() || ('\x1c'..='\x1f').contains(&character)
}

pub(super) fn is_letter(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphabetic();
    }
    character.is_alphabetic() && !contains(ALPHABETIC_BUT_NO_LETTER, character)
}

pub(super) fn is_decimal(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_digit() } else { contains(DECIMAL, character) }
}

pub(super) fn is_digit(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_digit() } else { contains(DIGIT, character) }
}

pub(super) fn is_numeric(character: char) -> bool {
    character.is_numeric() || contains(NUMERIC_LETTER, character)
}

pub(super) fn is_alphanumeric(character: char) -> bool {
    is_letter(character) || is_numeric(character)
}

/// `ǅ` and its like: neither upper nor lower.
pub(super) fn is_titlecase(character: char) -> bool {
    matches!(character as u32, 0x1c5 | 0x1c8 | 0x1cb | 0x1f2 | 0x1f88..=0x1f8f | 0x1f98..=0x1f9f | 0x1fa8..=0x1faf)
        || matches!(character as u32, 0x1fbc | 0x1fcc | 0x1ffc)
}

pub(super) fn is_cased(character: char) -> bool {
    character.is_uppercase() || character.is_lowercase() || is_titlecase(character)
}

/// All characters pass, and there is one.
pub(super) fn all(text: &str, test: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(test)
}

/// There is a letter with case, and all are upper.
pub(super) fn is_upper(text: &str) -> bool {
    let wrong = |character: char| character.is_lowercase() || is_titlecase(character);
    !text.chars().any(wrong) && text.chars().any(char::is_uppercase)
}

/// There is a letter with case, and all are lower.
pub(super) fn is_lower(text: &str) -> bool {
    let wrong = |character: char| character.is_uppercase() || is_titlecase(character);
    !text.chars().any(wrong) && text.chars().any(char::is_lowercase)
}

/// Each word begins with a capital, and only there one stands.
pub(super) fn is_title(text: &str) -> bool {
    let (mut inside, mut any) = (false, false);
    for character in text.chars() {
        let capital = character.is_uppercase() || is_titlecase(character);
        if capital && inside || character.is_lowercase() && !inside {
            return false;
        }
        inside = capital || character.is_lowercase();
        any |= inside;
    }
    any
}
