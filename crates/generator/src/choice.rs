//! Decisions, read from the byte source.

use arbitrary::Unstructured;

/// Reads decisions. When the bytes are used up every decision is the first one, so generators put the simplest first.
pub struct Choice<'a, 'b> {
    source: &'b mut Unstructured<'a>,
    length: usize,
}

impl<'a, 'b> Choice<'a, 'b> {
    pub fn new(source: &'b mut Unstructured<'a>) -> Self {
        let length = source.len();
        Choice { source, length }
    }

    /// Whether more than so many percent of the bytes are left.
    pub fn has_left(&self, percent: usize) -> bool {
        self.source.len() * 100 > self.length * percent
    }

    /// Whether the bytes are used up.
    pub fn exhausted(&self) -> bool {
        self.source.is_empty()
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        if bound <= 1 || self.exhausted() { 0 } else { self.source.int_in_range(0..=bound - 1).unwrap_or(0) }
    }

    /// A number in a range, both ends included.
    pub fn within(&mut self, low: i128, high: i128) -> i128 {
        if low >= high || self.exhausted() { low } else { self.source.int_in_range(low..=high).unwrap_or(low) }
    }

    /// True in `times` of `of` cases, never when the bytes are used up.
    pub fn chance(&mut self, times: usize, of: usize) -> bool {
        self.below(of) >= of - times && !self.exhausted()
    }

    /// One of these.
    pub fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }
}
