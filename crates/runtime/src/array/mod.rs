//! Arrays: an object with the length, and a buffer with the elements, which a push replaces by a larger one when it is
//! full. The header tells what the elements are ([`Element`]).

mod compare;
mod print;
pub(crate) mod rows;

use crate::context::{Context, RawRef};
use crate::fault::{Failed, Fault};
use crate::heap::object::{ARRAY_WORDS, BUFFER_DATA, words_for};
use crate::heap::{Element, Handle, Header, Kind, Object};
use crate::string::Str;

/// A rooted array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Array(pub(crate) Handle);

/// An array as a raw reference, for runtime functions that do not allocate.
#[derive(Clone, Copy)]
pub struct Items(Object);

impl Items {
    pub(crate) fn new(reference: RawRef) -> Items {
        let object = Object::from_ref(reference);
        debug_assert_eq!(object.kind(), Kind::Array);
        Items(object)
    }

    pub(crate) fn len(self) -> usize {
        self.0.get(1) as usize
    }

    pub(crate) fn element(self) -> Element {
        self.0.header().element()
    }

    fn data(self) -> *mut u8 {
        Object::from_ref(self.0.get(2)).bytes_at(BUFFER_DATA)
    }

    /// The raw lane of element `index`.
    #[inline]
    pub(crate) fn get(self, index: usize) -> u64 {
        assert!(index < self.len());
        // SAFETY: the buffer holds at least `len` elements of that size, aligned to it.
        unsafe {
            match self.element().size() {
                1 => u64::from(*self.data().add(index)),
                _ => *self.data().cast::<u64>().add(index),
            }
        }
    }

    /// Changes the raw lane of element `index`.
    #[inline]
    pub(crate) fn set(self, index: usize, lane: u64) {
        assert!(index < self.len());
        // SAFETY: as in `get`.
        unsafe {
            match self.element().size() {
                1 => *self.data().add(index) = lane as u8,
                _ => *self.data().cast::<u64>().add(index) = lane,
            }
        }
    }

    /// The raw lanes.
    pub(crate) fn iter(self) -> impl Iterator<Item = u64> {
        (0..self.len()).map(move |index| self.get(index))
    }
}

/// Where index `index` of a sequence of that length points; negative ones count from the end.
#[inline]
pub(crate) fn position(index: i64, len: usize) -> Option<usize> {
    let from_start = if index < 0 { index + len as i64 } else { index };
    usize::try_from(from_start).ok().filter(|index| *index < len)
}

impl Context {
    /// The array's elements, until the next allocation.
    pub(crate) fn items(&self, array: Array) -> Items {
        Items::new(self.rooted(array.0))
    }

    /// An empty array with room for so many elements.
    pub fn new_array(&mut self, element: Element, capacity: usize) -> Result<Array, Failed> {
        let array = self.allocate(Header::array(element), ARRAY_WORDS)?;
        array.set(1, 0);
        array.set(2, 0);
        let array = Array(self.root(array.address()));
        if capacity > 0 {
            self.grow(array, capacity)?;
        }
        Ok(array)
    }

    /// An array of strings.
    pub fn new_string_array<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) -> Result<Array, Failed> {
        let array = self.new_array(Element::Ref, 0)?;
        for text in texts {
            self.push_text(array, text)?;
        }
        Ok(array)
    }

    /// Appends a new string to an array of references.
    pub(crate) fn push_text(&mut self, array: Array, text: &str) -> Result<(), Failed> {
        let scope = self.open_scope();
        let result = self.new_string(text).and_then(|string| self.push_ref(array, string.0));
        self.close_scope(scope);
        result
    }

    /// Appends a string to an array of references.
    pub(crate) fn push_string(&mut self, array: Array, string: Str) -> Result<(), Failed> {
        self.push_ref(array, string.0)
    }

    /// Appends a reference.
    pub(crate) fn push_ref(&mut self, array: Array, value: Handle) -> Result<(), Failed> {
        self.make_room(array)?;
        let value = self.rooted(value);
        self.place_lane(array, value);
        Ok(())
    }

    /// Appends a lane that is no reference.
    pub(crate) fn push_lane(&mut self, array: Array, lane: u64) -> Result<(), Failed> {
        self.make_room(array)?;
        self.place_lane(array, lane);
        Ok(())
    }

    fn make_room(&mut self, array: Array) -> Result<(), Failed> {
        let (len, capacity) = (self.items(array).len(), self.capacity(array));
        if len < capacity { Ok(()) } else { self.grow(array, (capacity * 2).max(4)) }
    }

    fn place_lane(&mut self, array: Array, lane: u64) {
        let items = self.items(array);
        let len = items.len();
        items.0.set(1, len as u64 + 1);
        if items.element() == Element::Ref {
            Object::from_ref(items.0.get(2)).set(2, len as u64 + 1);
        }
        items.set(len, lane);
    }

    fn capacity(&self, array: Array) -> usize {
        let items = self.items(array);
        match (items.0.get(2), items.element()) {
            (0, _) => 0,
            (buffer, Element::Ref) => Object::from_ref(buffer).get(1) as usize,
            (buffer, element) => Object::from_ref(buffer).get(1) as usize / element.size(),
        }
    }

    /// Replaces the buffer by one for so many elements.
    fn grow(&mut self, array: Array, capacity: usize) -> Result<(), Failed> {
        let element = self.items(array).element();
        let Some(bytes) = capacity.checked_mul(element.size()) else { return Err(self.out_of_memory()) };
        let (kind, size) = match element {
            Element::Ref => (Kind::Refs, capacity),
            Element::Int | Element::UInt | Element::Float | Element::F32 | Element::Bool => (Kind::Bytes, bytes),
        };
        let buffer = self.allocate(Header::new(kind), BUFFER_DATA + words_for(bytes))?;
        let items = self.items(array);
        let len = items.len();
        buffer.set(1, size as u64);
        buffer.set(2, if kind == Kind::Refs { len as u64 } else { size as u64 });
        if len > 0 {
            // SAFETY: both buffers have room for `len` elements, and they are different objects.
            unsafe {
                std::ptr::copy_nonoverlapping(items.data(), buffer.bytes_at(BUFFER_DATA), len * element.size());
            }
        }
        items.0.set(2, buffer.address());
        Ok(())
    }

    /// The position of `index`, or the failure R0003.
    pub(crate) fn checked_position(&mut self, index: i64, items: Items) -> Result<usize, Failed> {
        match position(index, items.len()) {
            Some(position) => Ok(position),
            None => Err(self.out_of_bounds(index, "an array", items.len())),
        }
    }

    /// The failure R0003.
    #[cold]
    pub(crate) fn out_of_bounds(&mut self, index: i64, what: &str, len: usize) -> Failed {
        self.fail(Fault::OutOfBounds, format!("index {index} is out of bounds for {what} of length {len}"))
    }
}
