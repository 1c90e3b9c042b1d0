//! Objects: a header word and what the kind says.
//!
//! | kind | words |
//! |---|---|
//! | `Ascii` | header, bytes, text… (all ASCII) |
//! | `Unicode` | header, bytes, characters, crumbs (`Bytes` or 0), text… |
//! | `Appended` | header, bytes, characters, crumbs, buffer (`Bytes`): the text is the beginning of the buffer |
//! | `Bytes` | header, capacity in bytes, used bytes, raw memory… |
//! | `Refs` | header, capacity in words, used words, references… |
//! | `Array` | header, length, buffer (`Bytes`, or `Refs` for references) |
//! | `Tuple` | header, lanes… (their kinds by the shape) |
//!
//! Header: bit 0 is 0 (see [`super`]), bits 1-7 the kind, then a byte of flags, a byte for the element of an array, and
//! in the upper half the shape of a tuple.

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)] // see the table above
pub(crate) enum Kind {
    Ascii,
    Unicode,
    Appended,
    Bytes,
    Refs,
    Array,
    Tuple,
}

impl Kind {
    const ALL: [Kind; 7] =
        [Kind::Ascii, Kind::Unicode, Kind::Appended, Kind::Bytes, Kind::Refs, Kind::Array, Kind::Tuple];
}

/// What an array holds, for its layout and for printing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Element {
    Int,
    /// `u64`: as `Int`, printed unsigned.
    UInt,
    Float,
    /// `f32`: as `Float`, printed with its own digits.
    F32,
    /// A byte each.
    Bool,
    Ref,
}

impl Element {
    /// Every element, by number.
    pub const ALL: [Element; 6] =
        [Element::Int, Element::UInt, Element::Float, Element::F32, Element::Bool, Element::Ref];

    /// How many bytes an element takes.
    pub(crate) fn size(self) -> usize {
        match self {
            Element::Bool => 1,
            Element::Int | Element::UInt | Element::Float | Element::F32 | Element::Ref => 8,
        }
    }
}

/// Words before the text of a string, by kind.
pub(crate) const ASCII_TEXT: usize = 2;
pub(crate) const UNICODE_TEXT: usize = 4;
/// Words of an `Appended` string.
pub(crate) const APPENDED_WORDS: usize = 5;
/// Words before the contents of a buffer.
pub(crate) const BUFFER_DATA: usize = 3;
/// Words of an array.
pub(crate) const ARRAY_WORDS: usize = 3;

const IMMORTAL: u64 = 1 << 8;
const LARGE: u64 = 1 << 9;
const MARKED: u64 = 1 << 10;
const ALL_ASCII: u64 = 1 << 11;
const JOINED: u64 = 1 << 12;

/// An object's first word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header(pub(crate) u64);

impl Header {
    pub(crate) const fn new(kind: Kind) -> Header {
        Header((kind as u64) << 1)
    }

    pub(crate) const fn array(element: Element) -> Header {
        Header(Header::new(Kind::Array).0 | (element as u64) << 16)
    }

    pub(crate) const fn tuple(shape: u32) -> Header {
        Header(Header::new(Kind::Tuple).0 | (shape as u64) << 32)
    }

    /// An `Appended` string of which all characters are ASCII.
    pub(crate) const fn all_ascii(self) -> Header {
        Header(self.0 | ALL_ASCII)
    }

    /// A string that `+` made.
    pub(crate) fn joined(self) -> Header {
        Header(self.0 | JOINED)
    }

    pub(crate) fn is_joined(self) -> bool {
        self.0 & JOINED != 0
    }

    pub(crate) const fn immortal(self) -> Header {
        Header(self.0 | IMMORTAL)
    }

    pub(super) const fn large(self) -> Header {
        Header(self.0 | LARGE)
    }

    #[inline]
    pub(crate) fn kind(self) -> Kind {
        let number = (self.0 as u8 >> 1) as usize;
        debug_assert!(number < Kind::ALL.len(), "header {:#x}", self.0);
        Kind::ALL[number]
    }

    pub(super) fn kind_checked(self) -> Option<Kind> {
        Kind::ALL.get((self.0 as u8 >> 1) as usize).copied()
    }

    #[inline]
    pub(crate) fn element(self) -> Element {
        Element::ALL[(self.0 >> 16) as u8 as usize]
    }

    #[inline]
    pub(crate) fn shape(self) -> u32 {
        (self.0 >> 32) as u32
    }

    #[inline]
    pub(crate) fn is_all_ascii(self) -> bool {
        self.0 & ALL_ASCII != 0
    }

    pub(crate) fn is_immortal(self) -> bool {
        self.0 & IMMORTAL != 0
    }

    pub(crate) fn is_large(self) -> bool {
        self.0 & LARGE != 0
    }

    pub(super) fn is_marked(self) -> bool {
        self.0 & MARKED != 0
    }

    pub(super) fn marked(self) -> Header {
        Header(self.0 | MARKED)
    }

    pub(super) fn unmarked(self) -> Header {
        Header(self.0 & !MARKED)
    }
}

/// A living object. Valid until the next allocation (see [`super`]); the accessors rely on that.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Object(*mut u64);

impl Object {
    /// Writes the header of a new object.
    ///
    /// # Safety
    /// `address` points to fresh memory of the words that the kind needs.
    #[inline]
    pub(crate) unsafe fn create(address: *mut u64, header: Header) -> Object {
        // SAFETY: the caller's promise.
        unsafe { *address = header.0 };
        Object(address)
    }

    /// The object a reference points to.
    #[inline]
    pub(crate) fn from_ref(reference: u64) -> Object {
        debug_assert!(reference != 0 && reference & 7 == 0, "a reference to an object: {reference:#x}");
        Object(reference as *mut u64)
    }

    #[inline]
    pub(crate) fn address(self) -> u64 {
        self.0 as u64
    }

    #[inline]
    pub(crate) fn header(self) -> Header {
        Header(self.get(0))
    }

    pub(crate) fn set_header(self, header: Header) {
        self.set(0, header.0);
    }

    #[inline]
    pub(crate) fn kind(self) -> Kind {
        self.header().kind()
    }

    /// Word `index`.
    #[inline]
    pub(crate) fn get(self, index: usize) -> u64 {
        // SAFETY: a living object has the words of its kind (invariants of the heap), and callers stay within them.
        unsafe { *self.0.add(index) }
    }

    /// Changes word `index`.
    #[inline]
    pub(crate) fn set(self, index: usize, value: u64) {
        // SAFETY: as in `get`; immortal objects are never changed.
        unsafe { *self.0.add(index) = value }
    }

    /// The memory from word `index` on.
    #[inline]
    pub(crate) fn bytes_at(self, index: usize) -> *mut u8 {
        self.0.wrapping_add(index).cast()
    }

    /// The address of word `index`.
    #[inline]
    pub(crate) fn word_at(self, index: usize) -> *mut u64 {
        self.0.wrapping_add(index)
    }

    /// Its size in words; `tuple_lanes` tells that of a tuple by its shape.
    pub(crate) fn words(self, tuple_lanes: impl Fn(u32) -> usize) -> usize {
        let header = self.header();
        match header.kind() {
            Kind::Ascii => ASCII_TEXT + words_for(self.get(1) as usize),
            Kind::Unicode => UNICODE_TEXT + words_for(self.get(1) as usize),
            Kind::Appended => APPENDED_WORDS,
            Kind::Bytes => BUFFER_DATA + words_for(self.get(1) as usize),
            Kind::Refs => BUFFER_DATA + self.get(1) as usize,
            Kind::Array => ARRAY_WORDS,
            Kind::Tuple => 1 + tuple_lanes(header.shape()),
        }
    }
}

/// The words that hold so many bytes.
pub(crate) const fn words_for(bytes: usize) -> usize {
    bytes.div_ceil(8)
}
