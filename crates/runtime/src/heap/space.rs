//! A stretch of memory that is filled from the bottom.

use std::ptr::null_mut;

/// A mapping of its own. Pages are touched as they are filled.
pub(super) struct Space {
    base: usize,
    reserved: usize,
    top: usize,
    /// Allocation stops here, at most at the end of the mapping.
    end: usize,
}

impl Space {
    /// Nothing: the first allocation collects and so makes a real one.
    pub(super) fn empty() -> Space {
        Space { base: 0, reserved: 0, top: 0, end: 0 }
    }

    /// A space of at least that many bytes, if the system gives them.
    pub(super) fn reserve(bytes: usize) -> Option<Space> {
        let reserved = bytes.checked_next_multiple_of(1 << 16)?;
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        // SAFETY: an anonymous mapping at an address of the system's choice touches nothing that exists.
        let base = unsafe { libc::mmap(null_mut(), reserved, libc::PROT_READ | libc::PROT_WRITE, flags, -1, 0) };
        if base == libc::MAP_FAILED {
            return None;
        }
        let base = base as usize;
        Some(Space { base, reserved, top: base, end: base + reserved })
    }

    #[inline]
    pub(super) fn bump(&mut self, bytes: usize) -> Option<*mut u64> {
        let address = self.top;
        let top = address.checked_add(bytes)?;
        if top > self.end {
            return None;
        }
        self.top = top;
        Some(address as *mut u64)
    }

    /// Lets allocation fill so many bytes more, if the mapping has them.
    pub(super) fn allow(&mut self, bytes: usize) {
        self.end = (self.top + bytes).min(self.base + self.reserved);
    }

    pub(super) fn reserved(&self) -> usize {
        self.reserved
    }

    pub(super) fn used(&self) -> usize {
        self.top - self.base
    }

    pub(super) fn free(&self) -> usize {
        self.end - self.top
    }

    pub(super) fn base(&self) -> usize {
        self.base
    }

    pub(super) fn top(&self) -> usize {
        self.top
    }

    pub(super) fn contains(&self, address: usize) -> bool {
        (self.base..self.top).contains(&address)
    }

    /// Empties it.
    pub(super) fn reset(&mut self) {
        self.top = self.base;
        self.end = self.base + self.reserved;
    }

    /// Overwrites what has been allocated, so that a stale reference is noticed.
    pub(super) fn poison(&mut self) {
        // SAFETY: the range is ours, and nothing refers to it any more.
        unsafe { std::ptr::write_bytes(self.base as *mut u8, 0xDB, self.top - self.base) };
    }
}

impl Drop for Space {
    fn drop(&mut self) {
        if self.reserved != 0 {
            // SAFETY: the mapping is ours, and nothing refers to it any more.
            unsafe { libc::munmap(self.base as *mut libc::c_void, self.reserved) };
        }
    }
}
