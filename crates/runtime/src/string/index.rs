//! From a character's position to its byte.

use super::{Str, characters, is_ascii, text};
use crate::context::Context;
use crate::fault::Failed;
use crate::heap::object::{BUFFER_DATA, words_for};
use crate::heap::{Header, Kind, Object};

/// A crumb is the byte position of every such character but the first.
const STRIDE: usize = 128;
/// So many characters behind the last crumb may be walked.
const LONGEST_WALK: usize = 4 * STRIDE;

/// The crumbs of a text, as the content of a `Bytes` object; `None` if it is too short to need any.
pub(crate) fn crumbs(text: &str) -> Option<Vec<u8>> {
    (text.len() > LONGEST_WALK).then(|| extend_crumbs(Vec::new(), text))
}

/// Adds the crumbs that are missing.
fn extend_crumbs(mut crumbs: Vec<u8>, text: &str) -> Vec<u8> {
    let mut at = crumbs.last_chunk().map_or(0, |last| u64::from_ne_bytes(*last) as usize);
    while let Some((offset, _)) = text[at..].char_indices().nth(STRIDE) {
        at += offset;
        crumbs.extend_from_slice(&(at as u64).to_ne_bytes());
    }
    crumbs
}

/// The byte at which character `index` begins (`index` may be the length) in a string that has its crumbs.
pub(super) fn byte_offset(object: Object, index: usize) -> usize {
    if is_ascii(object) {
        return index;
    }
    let (text, count) = (text(object), characters(object));
    if index >= count {
        return text.len();
    }
    let (at, skip) = match known_crumbs(object) {
        [] => (0, index),
        crumbs => match (index / STRIDE).min(crumbs.len()) {
            0 => (0, index),
            step => (u64::from_ne_bytes(crumbs[step - 1]) as usize, index - step * STRIDE),
        },
    };
    at + text[at..].char_indices().nth(skip).map_or(text.len() - at, |(offset, _)| offset)
}

/// The crumbs that a string which is not ASCII has so far.
fn known_crumbs<'a>(object: Object) -> &'a [[u8; 8]] {
    match object.get(3) {
        0 => &[],
        crumbs => {
            let crumbs = Object::from_ref(crumbs);
            // SAFETY: a `Bytes` object has so many used bytes; nobody allocates while they are looked at.
            let bytes = unsafe { std::slice::from_raw_parts(crumbs.bytes_at(BUFFER_DATA), crumbs.get(2) as usize) };
            bytes.as_chunks().0
        }
    }
}

impl Context {
    /// Sees to it that [`byte_offset`] walks no more than a few hundred characters.
    pub(super) fn prepare_index(&mut self, s: Str) -> Result<(), Failed> {
        let object = self.object(s);
        if is_ascii(object) {
            return Ok(());
        }
        let known = known_crumbs(object);
        if characters(object) - known.len() * STRIDE <= LONGEST_WALK || object.header().is_immortal() {
            return Ok(());
        }
        let crumbs = extend_crumbs(known.as_flattened().to_vec(), text(object));
        let buffer = self.allocate(Header::new(Kind::Bytes), BUFFER_DATA + words_for(crumbs.len()))?;
        buffer.set(1, crumbs.len() as u64);
        buffer.set(2, crumbs.len() as u64);
        // SAFETY: the buffer was just made with room for them.
        unsafe { std::ptr::copy_nonoverlapping(crumbs.as_ptr(), buffer.bytes_at(BUFFER_DATA), crumbs.len()) };
        self.object(s).set(3, buffer.address());
        Ok(())
    }
}
