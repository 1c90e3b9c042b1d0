//! Index, slice, iteration.

use super::index::byte_offset;
use super::{Str, build::Size, characters, is_ascii, text};
use crate::array::{Array, position};
use crate::context::Context;
use crate::fault::Failed;
use crate::heap::Element;

impl Context {
    /// `s[index]`
    #[inline]
    pub(super) fn character(&mut self, s: Str, index: i64) -> Result<Str, Failed> {
        let object = self.object(s);
        let Some(at) = position(index, characters(object)) else {
            return Err(self.out_of_bounds(index, "a string", characters(object)));
        };
        if is_ascii(object) {
            return Ok(self.short_string(Some(text(object).as_bytes()[at])));
        }
        self.prepare_index(s)?;
        let start = byte_offset(self.object(s), at);
        Ok(self.character_at(s, start)?.0)
    }

    /// The character that begins at that byte, and where the next one does.
    #[inline]
    pub(super) fn character_at(&mut self, s: Str, start: usize) -> Result<(Str, usize), Failed> {
        let text = self.str(s);
        let first = text.as_bytes()[start];
        if first.is_ascii() {
            return Ok((self.short_string(Some(first)), start + 1));
        }
        let end = start + text[start..].chars().next().map_or(1, char::len_utf8);
        Ok((self.substring(s, start..end)?, end))
    }

    /// The bytes of a range of characters.
    pub(super) fn byte_range(
        &mut self,
        s: Str,
        range: std::ops::Range<usize>,
    ) -> Result<std::ops::Range<usize>, Failed> {
        self.prepare_index(s)?;
        let object = self.object(s);
        Ok(byte_offset(object, range.start)..byte_offset(object, range.end))
    }

    /// `s[start:stop:step]`
    pub(super) fn string_slice(
        &mut self,
        s: Str,
        start: Option<i64>,
        stop: Option<i64>,
        step: i64,
    ) -> Result<Str, Failed> {
        let slice = self.slice(self.size(s).characters, start, stop, step)?;
        if let Some(range) = slice.as_range() {
            let bytes = self.byte_range(s, range)?;
            return self.substring(s, bytes);
        }
        if self.is_ascii(s) {
            let size = Size { bytes: slice.len(), characters: slice.len() };
            return self.build_string(Some(size), |cx, out| {
                let text = cx.str(s);
                slice.for_each(|at| out.push(&text[at..at + 1]));
            });
        }
        let characters: Vec<char> = self.str(s).chars().collect();
        let picked: String = slice.map(|at| characters[at]).collect();
        self.new_string(&picked)
    }

    /// An array of the characters.
    pub(super) fn characters(&mut self, s: Str) -> Result<Array, Failed> {
        let array = self.new_array(Element::Ref, self.size(s).characters)?;
        let mut at = 0;
        while at < self.str(s).len() {
            let scope = self.open_scope();
            let (character, next) = self.character_at(s, at)?;
            self.push_string(array, character)?;
            self.close_scope(scope);
            at = next;
        }
        Ok(array)
    }
}
