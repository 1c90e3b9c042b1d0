//! `+` and `*`.

use super::{Str, characters, fill, is_ascii, text};
use crate::context::Context;
use crate::fault::Failed;
use crate::heap::object::{APPENDED_WORDS, BUFFER_DATA, words_for};
use crate::heap::{Header, Kind, Object};

/// Shorter results are always copied.
const SHORTEST_BUFFER: usize = 128;

impl Context {
    /// `a + b`
    #[inline]
    pub(crate) fn concat(&mut self, a: Str, b: Str) -> Result<Str, Failed> {
        let (first, second) = (self.object(a), self.object(b));
        let (head, tail) = (text(first).len(), text(second).len());
        if tail == 0 {
            return Ok(a);
        }
        if head == 0 {
            return Ok(b);
        }
        let (bytes, count) = (head + tail, characters(first) + characters(second));
        if bytes >= SHORTEST_BUFFER {
            if first.kind() == Kind::Appended {
                return self.append_in_place(a, b);
            }
            if first.header().is_joined() {
                return self.begin_buffer(a, b);
            }
        }
        let object = self.allocate_string(bytes, count)?;
        fill(object, 0, self.str(a).as_bytes());
        fill(object, head, self.str(b).as_bytes());
        object.set_header(object.header().joined());
        Ok(Str(self.root(object.address())))
    }

    /// `a + b` where `a` is the beginning of a buffer: what lies behind its end is free, or belongs to a later string.
    fn append_in_place(&mut self, a: Str, b: Str) -> Result<Str, Failed> {
        let buffer = Object::from_ref(self.object(a).get(4));
        let (head, tail) = (self.str(a).len(), self.str(b).len());
        let (capacity, used) = (buffer.get(1) as usize, buffer.get(2) as usize);
        if used != head || capacity - used < tail {
            return self.begin_buffer(a, b);
        }
        let result = self.allocate_appended(a, b)?;
        let buffer = Object::from_ref(self.object(a).get(4));
        append_text(buffer, self.str(b).as_bytes());
        result.set(4, buffer.address());
        Ok(Str(self.root(result.address())))
    }

    /// `a + b` in a new buffer with room for as much again.
    fn begin_buffer(&mut self, a: Str, b: Str) -> Result<Str, Failed> {
        let capacity = (self.str(a).len() + self.str(b).len()) * 2;
        let buffer = self.allocate(Header::new(Kind::Bytes), BUFFER_DATA + words_for(capacity))?;
        buffer.set(1, capacity as u64);
        buffer.set(2, 0);
        append_text(buffer, self.str(a).as_bytes());
        append_text(buffer, self.str(b).as_bytes());
        let buffer = self.root(buffer.address());
        let result = self.allocate_appended(a, b)?;
        result.set(4, self.rooted(buffer));
        Ok(Str(self.root(result.address())))
    }

    /// The object of the string `a + b`, but for its buffer.
    fn allocate_appended(&mut self, a: Str, b: Str) -> Result<Object, Failed> {
        let (first, second) = (self.object(a), self.object(b));
        let ascii = is_ascii(first) && is_ascii(second);
        let header = Header::new(Kind::Appended);
        let object = self.allocate(if ascii { header.all_ascii() } else { header }, APPENDED_WORDS)?;
        let (first, second) = (self.object(a), self.object(b));
        object.set(1, (text(first).len() + text(second).len()) as u64);
        object.set(2, (characters(first) + characters(second)) as u64);
        // The crumbs of the beginning hold for the whole.
        object.set(3, if first.kind() == Kind::Ascii { 0 } else { first.get(3) });
        Ok(object)
    }

    /// `s * times`; nothing for zero and less.
    pub(crate) fn repeat(&mut self, s: Str, times: i64) -> Result<Str, Failed> {
        let source = self.object(s);
        let (unit, count) = (text(source).len(), characters(source));
        let times = usize::try_from(times).unwrap_or(0);
        if unit == 0 || times == 0 {
            return Ok(self.short_string(None));
        }
        let Some(bytes) = unit.checked_mul(times) else { return Err(self.out_of_memory()) };
        let object = self.allocate_string(bytes, count * times)?;
        let unit = self.str(s).as_bytes();
        for index in 0..times {
            fill(object, index * unit.len(), unit);
        }
        Ok(Str(self.root(object.address())))
    }
}

/// Writes text behind the used part of a buffer that has room for it.
fn append_text(buffer: Object, bytes: &[u8]) {
    let used = buffer.get(2) as usize;
    debug_assert!(used + bytes.len() <= buffer.get(1) as usize);
    // SAFETY: the buffer has `capacity` bytes, of which the used ones alone belong to strings; `bytes` lies among those
    // or elsewhere.
    unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), buffer.bytes_at(BUFFER_DATA).add(used), bytes.len()) };
    buffer.set(2, (used + bytes.len()) as u64);
}
