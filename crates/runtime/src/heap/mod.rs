//! The heap of one actor: a copying collector with precise roots.
//!
//! Small objects lie in one [`Space`] that is filled from the bottom; when it is full, what can be reached is copied to
//! a fresh space (Cheney 1970). Objects from 64 KiB on lie apart and never move; they are marked. Constants
//! ([`Immortals`]) lie outside and are never looked at.
//!
//! Invariants:
//! - An object begins with a header word ([`object`]) whose lowest bit is 0; while collecting, 1 means that the object
//!   has moved and the word is its new address + 1.
//! - Every reference is 0 or the address of an object's header, in this heap or immortal. Immortal objects refer only
//!   to immortal ones.
//! - An allocated object is filled completely before the next allocation: the collector never sees it half made.
//! - Only [`Context::allocate`](crate::Context) collects. A raw [`Object`](object::Object) lives from one allocation to
//!   the next at most; what must survive is held by a handle ([`roots`]), an interpreter slot, a stack map entry or a
//!   module variable.
//! - Whoever would grow the heap above its limit fails with R0013, and the heap stays valid.
//!
//! `TANDEM_GC` holds words separated by commas: `stress` (each allocation first moves every object, large ones
//! included, to fresh memory and poisons the old), `verify` (walks the heap after each collection), `log` (a line for
//! each collection on standard error).

mod collect;
mod immortal;
pub(crate) mod object;
mod roots;
mod space;
pub mod tuple;
mod verify;

pub(crate) use immortal::{Immortals, short_string};
pub use object::Element;
pub(crate) use object::{Header, Kind, Object};
pub use roots::{Handle, RootSource, Roots};

use std::alloc::Layout;
use std::ptr::NonNull;

use crate::context::Context;
use crate::fault::{Failed, Fault};
use crate::ffi::Lane;
use space::Space;

/// Objects of this many bytes and more lie apart.
const LARGE: usize = 64 * 1024;
/// The least amount to allocate between two collections.
const SMALLEST_STEP: usize = 1024 * 1024;

/// Where lane `n` of an object made by `TupleLit` lies: `TUPLE_LANES + 8 * n` bytes from its address.
pub const TUPLE_LANES: usize = 8;

/// The heap.
pub(crate) struct Heap {
    space: Space,
    /// Old spaces, the last retired last; used again where they fit.
    retired: Vec<Space>,
    large: Vec<Box<[u64]>>,
    large_bytes: usize,
    /// The heap is collected when the large objects exceed this.
    large_trigger: usize,
    /// Bytes in all that are never exceeded.
    limit: usize,
    shapes: Box<[Box<[Lane]>]>,
    mode: Mode,
    collections: u64,
    peak: usize,
}

/// What `TANDEM_GC` asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Mode {
    stress: bool,
    verify: bool,
    log: bool,
}

impl Mode {
    fn from_environment() -> Mode {
        let mut mode = Mode::default();
        for word in std::env::var("TANDEM_GC").unwrap_or_default().split(',') {
            match word.trim() {
                "stress" => mode.stress = true,
                "verify" => mode.verify = true,
                "log" => mode.log = true,
                _ => {}
            }
        }
        mode
    }
}

impl Heap {
    /// An empty heap for a program with these shapes.
    pub(crate) fn new(shapes: &[Vec<Lane>]) -> Heap {
        Heap {
            space: Space::empty(),
            retired: Vec::new(),
            large: Vec::new(),
            large_bytes: 0,
            large_trigger: 16 * SMALLEST_STEP,
            limit: default_limit(),
            shapes: shapes.iter().map(|lanes| lanes.as_slice().into()).collect(),
            mode: Mode::from_environment(),
            collections: 0,
            peak: 0,
        }
    }

    /// The lanes of objects of that shape.
    pub(crate) fn shape(&self, shape: u32) -> &[Lane] {
        &self.shapes[shape as usize]
    }

    /// How many collections there have been.
    pub(crate) fn collections(&self) -> u64 {
        self.collections
    }

    /// No object is larger than this many bytes.
    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// Collects at each allocation from now on.
    #[cfg(test)]
    pub(crate) fn set_stress(&mut self) {
        self.mode = Mode { stress: true, verify: true, log: false };
    }

    /// The most bytes that objects took: now, or when a collection began.
    pub(crate) fn peak(&self) -> usize {
        self.peak.max(self.used())
    }

    fn is_large(&self, bytes: usize) -> bool {
        bytes >= LARGE && !self.mode.stress
    }

    /// Room for a small object, if the space has it.
    #[inline]
    fn bump(&mut self, words: usize) -> Option<*mut u64> {
        self.space.bump(words * 8)
    }

    /// Memory for a large object, zeroed, if the system has it.
    fn allocate_large(&mut self, words: usize) -> Option<*mut u64> {
        let layout = Layout::array::<u64>(words).ok()?;
        // SAFETY: a large object has at least a word; the block becomes the box that frees it in the same way.
        let memory = unsafe {
            let address = NonNull::new(std::alloc::alloc_zeroed(layout).cast::<u64>())?;
            Box::from_raw(std::ptr::slice_from_raw_parts_mut(address.as_ptr(), words))
        };
        self.large.push(memory);
        self.large_bytes += words * 8;
        self.large.last_mut().map(|memory| memory.as_mut_ptr())
    }
}

/// Half of the machine's memory: while collecting there may be two copies.
fn default_limit() -> usize {
    // SAFETY: asks for two numbers.
    let (pages, size) = unsafe { (libc::sysconf(libc::_SC_PHYS_PAGES), libc::sysconf(libc::_SC_PAGESIZE)) };
    match (usize::try_from(pages), usize::try_from(size)) {
        (Ok(pages), Ok(size)) if pages > 0 => pages.saturating_mul(size) / 2,
        _ => 1 << 32,
    }
}

impl Context {
    /// A new object of that many words, the header included; the rest holds anything and must be filled before the
    /// next allocation. Collects if need be; every reference outside the roots is lost.
    #[inline]
    pub(crate) fn allocate(&mut self, header: Header, words: usize) -> Result<Object, Failed> {
        if words * 8 < LARGE
            && !self.heap.mode.stress
            && let Some(address) = self.heap.bump(words)
        {
            // SAFETY: fresh memory of at least a word.
            return Ok(unsafe { Object::create(address, header) });
        }
        self.allocate_slowly(header, words)
    }

    #[cold]
    fn allocate_slowly(&mut self, header: Header, words: usize) -> Result<Object, Failed> {
        let bytes = words.checked_mul(8).filter(|bytes| *bytes <= self.heap.limit);
        let Some(bytes) = bytes else { return Err(self.out_of_memory()) };
        if self.heap.is_large(bytes) {
            let full = self.heap.used() + bytes > self.heap.limit;
            if full || self.heap.large_bytes + bytes > self.heap.large_trigger {
                self.collect(0)?;
            }
            if self.heap.used() + bytes > self.heap.limit {
                return Err(self.out_of_memory());
            }
            return match self.heap.allocate_large(words) {
                // SAFETY: fresh memory of at least a word.
                Some(address) => Ok(unsafe { Object::create(address, header.large()) }),
                None => Err(self.out_of_memory()),
            };
        }
        if self.heap.mode.stress || self.heap.bump_would_fail(bytes) {
            self.collect(bytes)?;
        }
        match self.heap.bump(words) {
            // SAFETY: fresh memory of at least a word.
            Some(address) => Ok(unsafe { Object::create(address, header) }),
            None => Err(self.out_of_memory()),
        }
    }

    /// The failure R0013.
    #[cold]
    pub(crate) fn out_of_memory(&mut self) -> Failed {
        self.fail(Fault::OutOfMemory, Fault::OutOfMemory.words())
    }
}

impl Heap {
    fn used(&self) -> usize {
        self.space.used() + self.large_bytes
    }

    fn bump_would_fail(&self, bytes: usize) -> bool {
        self.space.free() < bytes
    }
}

#[cfg(test)]
mod tests;
