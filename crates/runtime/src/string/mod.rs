//! Strings: immutable UTF-8, indexed by Unicode scalar values.
//!
//! A string knows its bytes and its characters; if they are as many, it is ASCII and a character's position is its
//! byte's. Longer strings with other characters get *crumbs*, the byte position of every 128th character, when they are
//! first indexed. `+` in a loop is amortised linear in what is added: the second `+` in a chain copies into a buffer
//! with room to spare, and later ones append to it in place, because nobody sees beyond the end of the older string
//! ([`concat`]). (Adding in front copies.)

mod access;
mod buffer;
mod build;
mod case;
mod classify;
mod concat;
mod index;
mod pad;
pub(crate) mod rows;
mod search;
mod split;
mod unicode;

pub(crate) use classify::is_python_space;
pub(crate) use index::crumbs;

use std::hash::BuildHasher;

use crate::context::{Context, RawRef};
use crate::fault::Failed;
use crate::heap::object::{ASCII_TEXT, BUFFER_DATA, UNICODE_TEXT, words_for};
use crate::heap::{Handle, Header, Kind, Object};

/// A rooted string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Str(pub(crate) Handle);

/// A string as a raw reference, for runtime functions that do not allocate.
#[derive(Clone, Copy)]
pub struct Text(Object);

impl Text {
    pub(crate) fn new(reference: RawRef) -> Text {
        Text(Object::from_ref(reference))
    }

    /// Its text, valid until the next allocation.
    #[inline]
    pub(crate) fn as_str(&self) -> &str {
        text(self.0)
    }

    /// Its length in characters.
    #[inline]
    pub(crate) fn characters(&self) -> usize {
        characters(self.0)
    }

    pub(crate) fn object(&self) -> Object {
        self.0
    }
}

/// The text of a string object; the caller sees to it that nothing is allocated while it is used.
#[inline]
fn text<'a>(object: Object) -> &'a str {
    let data = match object.kind() {
        Kind::Ascii => object.bytes_at(ASCII_TEXT),
        Kind::Unicode => object.bytes_at(UNICODE_TEXT),
        Kind::Appended => Object::from_ref(object.get(4)).bytes_at(BUFFER_DATA),
        Kind::Bytes | Kind::Refs | Kind::Array | Kind::Tuple => unreachable!("verified: a string is expected"),
    };
    // SAFETY: a string object holds that many bytes of UTF-8, which do not change.
    unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(data, object.get(1) as usize)) }
}

/// The number of characters of a string object.
#[inline]
fn characters(object: Object) -> usize {
    object.get(if object.kind() == Kind::Ascii { 1 } else { 2 }) as usize
}

/// Whether a string object has as many characters as bytes.
#[inline]
fn is_ascii(object: Object) -> bool {
    object.kind() == Kind::Ascii || object.header().is_all_ascii()
}

/// A hash of the text, the same in every run.
pub(crate) fn hash(text: &str) -> u64 {
    foldhash::fast::FixedState::with_seed(0).hash_one(text)
}

impl Context {
    /// The text of a string.
    #[inline]
    pub fn str(&self, string: Str) -> &str {
        text(self.object(string))
    }

    /// Roots a reference to a string.
    #[inline]
    pub fn root_string(&mut self, reference: RawRef) -> Str {
        Str(self.root(reference))
    }

    /// The reference of a rooted string.
    #[inline]
    pub fn string_ref(&self, string: Str) -> RawRef {
        self.rooted(string.0)
    }

    #[inline]
    pub(crate) fn object(&self, string: Str) -> Object {
        Object::from_ref(self.rooted(string.0))
    }

    /// A new string.
    pub fn new_string(&mut self, content: &str) -> Result<Str, Failed> {
        if content.len() <= 1 && content.is_ascii() {
            return Ok(self.short_string(content.bytes().next()));
        }
        let characters = if content.is_ascii() { content.len() } else { content.chars().count() };
        let object = self.allocate_string(content.len(), characters)?;
        fill(object, 0, content.as_bytes());
        Ok(Str(self.root(object.address())))
    }

    /// The string of that one ASCII character, or the empty one; without allocation.
    pub(crate) fn short_string(&mut self, character: Option<u8>) -> Str {
        Str(self.root(crate::heap::short_string(character)))
    }

    /// A new string of so many bytes and characters; the caller fills in the text ([`fill`]) before the next allocation.
    #[inline]
    fn allocate_string(&mut self, bytes: usize, characters: usize) -> Result<Object, Failed> {
        if bytes == characters {
            let object = self.allocate(Header::new(Kind::Ascii), ASCII_TEXT + words_for(bytes))?;
            object.set(1, bytes as u64);
            Ok(object)
        } else {
            let object = self.allocate(Header::new(Kind::Unicode), UNICODE_TEXT + words_for(bytes))?;
            object.set(1, bytes as u64);
            object.set(2, characters as u64);
            object.set(3, 0);
            Ok(object)
        }
    }
}

/// Writes text into a string that has just been allocated.
#[inline]
fn fill(object: Object, at: usize, bytes: &[u8]) {
    let data = object.bytes_at(if object.kind() == Kind::Ascii { ASCII_TEXT } else { UNICODE_TEXT });
    debug_assert!(at + bytes.len() <= object.get(1) as usize);
    // SAFETY: the object was allocated with room for its text, and nothing else overlaps fresh memory.
    unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), data.add(at), bytes.len()) };
}

#[cfg(test)]
mod tests;
