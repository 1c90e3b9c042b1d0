//! Strings that are read from outside: bytes come into a buffer of the heap, which then becomes the text of a string.

use super::{Str, build::Size};
use crate::context::Context;
use crate::fault::Failed;
use crate::heap::object::{APPENDED_WORDS, BUFFER_DATA, words_for};
use crate::heap::{Handle, Header, Kind, Object};

/// Shorter texts are copied, so that they have no buffer with room to spare.
const SHORTEST: usize = 4096;

impl Context {
    /// A rooted buffer of so many bytes, all zero.
    pub(crate) fn new_buffer(&mut self, bytes: usize) -> Result<Handle, Failed> {
        let Some(words) = bytes.checked_add(8 * BUFFER_DATA).map(words_for) else { return Err(self.out_of_memory()) };
        let buffer = self.allocate(Header::new(Kind::Bytes), words)?;
        buffer.set(1, bytes as u64);
        buffer.set(2, 0);
        if !buffer.header().is_large() {
            // SAFETY: a small buffer of `bytes` bytes, in memory that may have been used before.
            unsafe { std::ptr::write_bytes(buffer.bytes_at(BUFFER_DATA), 0, bytes) };
        }
        Ok(self.root(buffer.address()))
    }

    /// A larger buffer that begins with the `used` bytes of another.
    pub(crate) fn grow_buffer(&mut self, buffer: Handle, bytes: usize, used: usize) -> Result<Handle, Failed> {
        let larger = self.new_buffer(bytes)?;
        let old = Object::from_ref(self.rooted(buffer)).bytes_at(BUFFER_DATA);
        let new = Object::from_ref(self.rooted(larger)).bytes_at(BUFFER_DATA);
        // SAFETY: both buffers hold at least `used` bytes, and they are different objects.
        unsafe { std::ptr::copy_nonoverlapping(old, new, used) };
        Ok(larger)
    }

    /// The bytes of a buffer, to be written.
    pub(crate) fn buffer_bytes(&mut self, buffer: Handle) -> &mut [u8] {
        let buffer = Object::from_ref(self.rooted(buffer));
        // SAFETY: a buffer has `capacity` bytes, which `new_buffer` has initialised; nothing is allocated as long as the
        // context is borrowed.
        unsafe { std::slice::from_raw_parts_mut(buffer.bytes_at(BUFFER_DATA), buffer.get(1) as usize) }
    }

    /// The string of the first `used` bytes of a buffer, which must not be written any more; `None` if they are not
    /// UTF-8.
    pub(crate) fn buffer_string(&mut self, buffer: Handle, used: usize) -> Result<Option<Str>, Failed> {
        let Ok(text) = std::str::from_utf8(&self.buffer_bytes(buffer)[..used]) else { return Ok(None) };
        if used < SHORTEST {
            let text = text.to_string();
            return self.new_string(&text).map(Some);
        }
        let size = Size::of(text);
        let header = Header::new(Kind::Appended);
        let header = if size.bytes == size.characters { header.all_ascii() } else { header };
        let string = self.allocate(header, APPENDED_WORDS)?;
        let buffer = Object::from_ref(self.rooted(buffer));
        buffer.set(2, used as u64);
        string.set(1, size.bytes as u64);
        string.set(2, size.characters as u64);
        string.set(3, 0);
        string.set(4, buffer.address());
        Ok(Some(Str(self.root(string.address()))))
    }
}
