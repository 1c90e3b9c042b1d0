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

/// The lower-case form of the character at `at`, which may depend on its neighbours.
fn push_lower(out: &mut String, text: &str, at: usize, character: char) {
    if character == 'Σ' {
        // The neighbours decide, so that the library's rule for the whole text is asked.
        let prefix = lower(&text[..at]).len();
        let lowered = lower(text);
        out.extend(lowered[prefix..].chars().next());
    } else {
        out.extend(character.to_lowercase());
    }
}

/// The first character in title case, the others in lower case.
pub(super) fn capitalize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        if at == 0 {
            push_title(&mut out, character);
        } else {
            push_lower(&mut out, text, at, character);
        }
    }
    out
}

/// The first letter of each word in title case, the others in lower case.
pub(super) fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for (at, character) in text.char_indices() {
        if inside {
            push_lower(&mut out, text, at, character);
        } else {
            push_title(&mut out, character);
        }
        inside = is_cased(character);
    }
    out
}

pub(super) fn swapcase(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        if character.is_uppercase() {
            push_lower(&mut out, text, at, character);
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
