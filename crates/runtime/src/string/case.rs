//! Changing case.

use super::classify::is_cased;
use super::unicode::{FOLD, TITLE};

fn mapped(table: &[(char, &'static str)], character: char) -> Option<&'static str> {
    table.binary_search_by_key(&character, |entry| entry.0).ok().map(|index| table[index].1)
}

fn push_title(out: &mut String, character: char) {
    match mapped(TITLE, character) {
        Some(title) => out.push_str(title),
        None => out.extend(character.to_uppercase()),
    }
}

/// `text` in lower case, where `Σ` at the end of a word is `ς`.
pub(super) fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() }
}

pub(super) fn upper(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_uppercase() } else { text.to_uppercase() }
}

/// A text in lower case, read along with the text itself: what a `Σ` becomes depends on its neighbours.
struct Lowered {
    text: String,
    at: usize,
}

impl Lowered {
    fn new(text: &str) -> Lowered {
        Lowered { text: lower(text), at: 0 }
    }

    /// The lower-case form of the next character.
    fn next(&mut self, character: char) -> &str {
        // Both forms of a lower-case sigma are as long as the upper-case letter.
        let length: usize = character.to_lowercase().map(char::len_utf8).sum();
        let start = self.at;
        self.at += length;
        &self.text[start..self.at]
    }
}

/// The first character in title case, the others in lower case.
pub(super) fn capitalize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lowered = Lowered::new(text);
    for (at, character) in text.char_indices() {
        let lower = lowered.next(character);
        if at == 0 {
            push_title(&mut out, character);
        } else {
            out.push_str(lower);
        }
    }
    out
}

/// The first letter of each word in title case, the others in lower case.
pub(super) fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut lowered, mut inside) = (Lowered::new(text), false);
    for character in text.chars() {
        let lower = lowered.next(character);
        if inside {
            out.push_str(lower);
        } else {
            push_title(&mut out, character);
        }
        inside = is_cased(character);
    }
    out
}

pub(super) fn swapcase(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lowered = Lowered::new(text);
    for character in text.chars() {
        let lower = lowered.next(character);
        if character.is_uppercase() {
            out.push_str(lower);
        } else if character.is_lowercase() {
            out.extend(character.to_uppercase());
        } else {
            out.push(character);
        }
    }
    out
}

/// For comparing without regard to case.
pub(super) fn casefold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match mapped(FOLD, character) {
            Some(folded) => out.push_str(folded),
            None => out.extend(character.to_lowercase()),
        }
    }
    out
}
