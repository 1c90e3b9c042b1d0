//! Making strings of which the size is known before.

use std::ops::Range;

use super::{Str, characters, fill, is_ascii, text};
use crate::context::Context;
use crate::fault::Failed;
use crate::heap::Object;

/// Fills a new string from its beginning.
pub(super) struct Writer {
    object: Object,
    at: usize,
}

impl Writer {
    pub(super) fn push(&mut self, text: &str) {
        fill(self.object, self.at, text.as_bytes());
        self.at += text.len();
    }

    pub(super) fn push_times(&mut self, text: &str, times: usize) {
        (0..times).for_each(|_| self.push(text));
    }
}

/// The size of a string to be made; `None` where numbers end.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Size {
    pub bytes: usize,
    pub characters: usize,
}

impl Size {
    pub(super) fn of(text: &str) -> Size {
        let characters = if text.is_ascii() { text.len() } else { text.chars().count() };
        Size { bytes: text.len(), characters }
    }

    pub(super) fn plus(self, other: Size) -> Option<Size> {
        Some(Size {
            bytes: self.bytes.checked_add(other.bytes)?,
            characters: self.characters.checked_add(other.characters)?,
        })
    }

    pub(super) fn times(self, times: usize) -> Option<Size> {
        Some(Size { bytes: self.bytes.checked_mul(times)?, characters: self.characters.checked_mul(times)? })
    }
}

impl Context {
    /// A new string of exactly that size, written by `write`.
    pub(super) fn build_string(
        &mut self,
        size: Option<Size>,
        write: impl FnOnce(&Context, &mut Writer),
    ) -> Result<Str, Failed> {
        let Some(size) = size else { return Err(self.out_of_memory()) };
        if size.bytes == 0 {
            return Ok(self.short_string(None));
        }
        let object = self.allocate_string(size.bytes, size.characters)?;
        let mut writer = Writer { object, at: 0 };
        write(self, &mut writer);
        assert_eq!(writer.at, size.bytes, "the size was known before");
        Ok(Str(self.root(object.address())))
    }

    /// The size of a string.
    pub(super) fn size(&self, string: Str) -> Size {
        let object = self.object(string);
        Size { bytes: text(object).len(), characters: characters(object) }
    }

    /// Whether all its characters are ASCII.
    pub(super) fn is_ascii(&self, string: Str) -> bool {
        is_ascii(self.object(string))
    }

    /// The string of these bytes of `s`, which begin and end between characters.
    pub(super) fn substring(&mut self, s: Str, bytes: Range<usize>) -> Result<Str, Failed> {
        let whole = self.str(s);
        if bytes.len() == whole.len() {
            return Ok(s);
        }
        let part = &whole[bytes.clone()];
        if part.len() <= 1 {
            let character = part.bytes().next();
            return Ok(self.short_string(character));
        }
        let size = if self.is_ascii(s) { Size { bytes: part.len(), characters: part.len() } } else { Size::of(part) };
        self.build_string(Some(size), |cx, out| out.push(&cx.str(s)[bytes]))
    }
}
