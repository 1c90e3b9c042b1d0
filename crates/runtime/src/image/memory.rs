//! Memory for machine code: written once, then executable and no longer writable.

use std::ptr::null_mut;

/// A private mapping that holds code.
#[derive(Debug)]
pub struct CodeMemory {
    base: usize,
    size: usize,
}

impl CodeMemory {
    /// Copies code into executable memory.
    pub fn new(code: &[u8]) -> std::io::Result<CodeMemory> {
        let size = code.len().max(1).next_multiple_of(4096);
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
        // SAFETY: an anonymous mapping at an address of the system's choice touches nothing that exists.
        let base = unsafe { libc::mmap(null_mut(), size, libc::PROT_READ | libc::PROT_WRITE, flags, -1, 0) };
        if base == libc::MAP_FAILED {
            return Err(std::io::Error::last_os_error());
        }
        let memory = CodeMemory { base: base as usize, size };
        // SAFETY: the mapping is ours, writable and at least as long as the code.
        let result = unsafe {
            std::ptr::copy_nonoverlapping(code.as_ptr(), base.cast(), code.len());
            libc::mprotect(base, size, libc::PROT_READ | libc::PROT_EXEC)
        };
        if result == 0 { Ok(memory) } else { Err(std::io::Error::last_os_error()) }
    }

    /// The code, and zeros up to the end of the page.
    pub fn code(&self) -> &[u8] {
        // SAFETY: the mapping is ours, readable, and never written again.
        unsafe { std::slice::from_raw_parts(self.base as *const u8, self.size) }
    }
}

impl Drop for CodeMemory {
    fn drop(&mut self) {
        // SAFETY: the mapping is ours; its code runs only while `run_image` borrows it.
        unsafe { libc::munmap(self.base as *mut libc::c_void, self.size) };
    }
}
