//! Objects that are never collected: the program's constants, and one string for each ASCII character.

use super::object::{ASCII_TEXT, Header, Kind, UNICODE_TEXT, words_for};
use crate::context::RawRef;

/// Objects outside the heap, which live as long as their context.
#[derive(Default)]
pub(crate) struct Immortals {
    memory: Vec<Box<[u64]>>,
}

impl Immortals {
    /// A string constant.
    pub(crate) fn string(&mut self, text: &str) -> RawRef {
        if text.len() <= 1 && text.is_ascii() {
            return short_string(text.bytes().next());
        }
        let words = words_for(text.len());
        let mut object = if text.is_ascii() {
            let mut object = Vec::with_capacity(ASCII_TEXT + words);
            object.extend([Header::new(Kind::Ascii).immortal().0, text.len() as u64]);
            object
        } else {
            let crumbs = crate::string::crumbs(text).map_or(0, |crumbs| self.bytes(&crumbs));
            let mut object = Vec::with_capacity(UNICODE_TEXT + words);
            let characters = text.chars().count() as u64;
            object.extend([Header::new(Kind::Unicode).immortal().0, text.len() as u64, characters, crumbs]);
            object
        };
        object.extend(pack(text.as_bytes()));
        self.keep(object)
    }

    fn bytes(&mut self, content: &[u8]) -> RawRef {
        let len = content.len() as u64;
        let mut object = vec![Header::new(Kind::Bytes).immortal().0, len, len];
        object.extend(pack(content));
        self.keep(object)
    }

    fn keep(&mut self, object: Vec<u64>) -> RawRef {
        self.memory.push(object.into_boxed_slice());
        self.memory.last().map_or(0, |object| object.as_ptr() as RawRef)
    }
}

fn pack(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes.chunks(8).map(|chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        u64::from_ne_bytes(word)
    })
}

/// The string of that one ASCII character, or the empty string.
#[inline]
pub(crate) fn short_string(character: Option<u8>) -> RawRef {
    let index = character.map_or(128, usize::from);
    SHORT[index].as_ptr() as RawRef
}

static SHORT: [[u64; 3]; 129] = {
    let mut table = [[Header::new(Kind::Ascii).immortal().0, 1, 0]; 129];
    let mut index = 0;
    while index < 128 {
        table[index][2] = (index as u64).to_le();
        index += 1;
    }
    table[128][1] = 0;
    table
};
