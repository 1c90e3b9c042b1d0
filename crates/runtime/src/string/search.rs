//! Searching and replacing.

use memchr::memmem::{Finder, FinderRev};

use super::build::Size;
use super::{Str, Text};
use crate::context::Context;
use crate::fault::{Failed, Fault};
use crate::format::push_repr;

/// From which end to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Search {
    First,
    Last,
}

/// The byte range that `[start:end]` of a text means, with Python's clamping; `None` if it begins behind the end.
fn window(text: Text, start: i64, end: i64) -> Option<std::ops::Range<usize>> {
    let len = text.characters() as i64;
    let clamp = |position: i64| if position < 0 { position.saturating_add(len).max(0) } else { position };
    let (start, end) = (clamp(start), clamp(end).min(len));
    if start > end {
        return None;
    }
    let offset = |position: i64| super::index::byte_offset(text.object(), position as usize);
    Some(offset(start)..offset(end))
}

/// How many characters there are before that byte.
fn characters_before(text: Text, at: usize) -> i64 {
    let whole = text.as_str();
    if text.characters() == whole.len() { at as i64 } else { whole[..at].chars().count() as i64 }
}

/// The position of the first or last occurrence.
pub(super) fn find(text: Text, wanted: Text, start: i64, end: i64, search: Search) -> Option<i64> {
    let window = window(text, start, end)?;
    let (hay, needle) = (&text.as_str().as_bytes()[window.clone()], wanted.as_str().as_bytes());
    let at = match search {
        Search::First => Finder::new(needle).find(hay)?,
        Search::Last => FinderRev::new(needle).rfind(hay)?,
    };
    Some(characters_before(text, window.start + at))
}

/// How often `wanted` occurs, without overlaps.
pub(super) fn count(text: Text, wanted: Text, start: i64, end: i64) -> i64 {
    let Some(window) = window(text, start, end) else { return 0 };
    let hay = &text.as_str()[window];
    match wanted.as_str() {
        "" => hay.chars().count() as i64 + 1,
        wanted => Finder::new(wanted).find_iter(hay.as_bytes()).count() as i64,
    }
}

pub(super) fn contains(text: Text, wanted: Text) -> bool {
    Finder::new(wanted.as_str()).find(text.as_str().as_bytes()).is_some()
}

/// Whether `wanted` stands at the beginning of `[start:end]`.
pub(super) fn starts_with(text: Text, wanted: Text, start: i64, end: i64) -> bool {
    window(text, start, end).is_some_and(|window| text.as_str()[window].starts_with(wanted.as_str()))
}

/// Whether `wanted` stands at the end of `[start:end]`.
pub(super) fn ends_with(text: Text, wanted: Text, start: i64, end: i64) -> bool {
    window(text, start, end).is_some_and(|window| text.as_str()[window].ends_with(wanted.as_str()))
}

impl Context {
    /// `s.replace(old, new, limit)`; a negative limit is none.
    pub(super) fn replace(&mut self, s: Str, old: Str, new: Str, limit: i64) -> Result<Str, Failed> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        // Where occurrences begin; an empty one is before each character and at the end.
        let (text, wanted) = (self.str(s), self.str(old));
        let found: Vec<usize> = if wanted.is_empty() {
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.take(limit).collect()
        } else {
            Finder::new(wanted).find_iter(text.as_bytes()).take(limit).collect()
        };
        if found.is_empty() {
            return Ok(s);
        }
        let (whole, gone, come) = (self.size(s), self.size(old), self.size(new));
        let size = come.times(found.len()).and_then(|come| {
            let kept = Size {
                bytes: whole.bytes - gone.bytes * found.len(),
                characters: whole.characters - gone.characters * found.len(),
            };
            kept.plus(come)
        });
        self.build_string(size, |cx, out| {
            let (text, new) = (cx.str(s), cx.str(new));
            let mut kept = 0;
            for at in found {
                out.push(&text[kept..at]);
                out.push(new);
                kept = at + gone.bytes;
            }
            out.push(&text[kept..]);
        })
    }

    /// The failure of `index`: R0004.
    pub(super) fn not_found(&mut self, wanted: &str) -> Failed {
        let mut message = String::from("value not found: ");
        push_repr(&mut message, wanted);
        self.fail(Fault::KeyNotFound, message)
    }
}
