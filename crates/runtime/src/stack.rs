//! The stack of the main actor: address space reserved once, touched as needed.

use std::ptr::null_mut;

/// What a runtime function may use below the limit that prologues check: [`Stack::limit`] stands that far above the
/// lowest byte.
pub(crate) const RED_ZONE: usize = 64 * 1024;

const LARGEST: usize = 1 << 30;
const SMALLEST: usize = 1 << 20;

/// A mapping that grows from its end downwards; below its lowest page lies one that cannot be touched.
pub(crate) struct Stack {
    base: usize,
    size: usize,
}

impl Stack {
    /// Reserves 1 GiB, or as much as the system gives.
    pub(crate) fn reserve() -> Option<Stack> {
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        let mut size = LARGEST;
        while size >= SMALLEST {
            // SAFETY: an anonymous mapping at an address of the system's choice touches nothing that exists.
            let base = unsafe { libc::mmap(null_mut(), size, libc::PROT_READ | libc::PROT_WRITE, flags, -1, 0) };
            if base != libc::MAP_FAILED {
                // SAFETY: both calls concern the mapping just made. Huge pages would make a small stack cost 2 MiB.
                unsafe {
                    libc::madvise(base, size, libc::MADV_NOHUGEPAGE);
                    libc::mprotect(base, 4096, libc::PROT_NONE);
                }
                return Some(Stack { base: base as usize, size });
            }
            size /= 2;
        }
        None
    }

    /// Where the stack begins.
    pub(crate) fn top(&self) -> usize {
        self.base + self.size
    }

    /// Below this native code calls nothing any more.
    pub(crate) fn limit(&self) -> usize {
        self.base + 4096 + RED_ZONE
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: the mapping is ours, and nobody runs on it: `enter` borrows the context that owns it.
        unsafe { libc::munmap(self.base as *mut libc::c_void, self.size) };
    }
}
