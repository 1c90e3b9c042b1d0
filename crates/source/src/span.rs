//! Places in source text.

use crate::FileId;

/// A range of bytes of one file. `lo..hi`, both on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub lo: u32,
    /// Offset behind the last byte.
    pub hi: u32,
}

impl Span {
    /// The bytes `lo..hi` of `file`.
    pub fn new(file: FileId, lo: u32, hi: u32) -> Self {
        debug_assert!(lo <= hi);
        Span { file, lo, hi }
    }

    /// The empty place at the start of this one.
    pub fn start(self) -> Self {
        Span { hi: self.lo, ..self }
    }

    /// The empty place at the end of this one.
    pub fn end(self) -> Self {
        Span { lo: self.hi, ..self }
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Span) -> Self {
        debug_assert_eq!(self.file, other.file);
        Span { file: self.file, lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.hi - self.lo) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.lo == self.hi
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}..{}", self.file.0, self.lo, self.hi)
    }
}

/// A value and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}
