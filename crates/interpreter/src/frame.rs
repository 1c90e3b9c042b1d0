//! The interpreter's stacks: registers of all frames, and where their callers go on.
//!
//! Both are reserved once and grow upwards; memory is only touched as it is used. A frame's registers begin in its
//! caller's window, so arguments and results are not copied. Only the stack of registers is checked for overflow: a
//! frame lies at least [`SMALLEST_WINDOW`](crate::allocate::SMALLEST_WINDOW) registers above its caller's, and those
//! take as much room as what is noted about the caller, so the two stacks, equally large, cannot overflow in the other
//! order.

use crate::allocate::SMALLEST_WINDOW;
use crate::code::Word;

/// Where a caller goes on.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    /// The next word.
    pub pc: *const Word,
    /// Its first register.
    pub base: *mut u64,
}

const _: () = assert!(size_of::<Frame>() <= SMALLEST_WINDOW as usize * size_of::<u64>());

/// Bytes that each stack tries to reserve.
const LARGEST: usize = 256 << 20;
/// Bytes below which the interpreter does not start.
const SMALLEST: usize = 1 << 20;

/// The two stacks. Their memory is uninitialised: registers are written before they are read.
pub(crate) struct Stacks {
    registers: Vec<u64>,
    /// What calls note.
    pub frames: Vec<Frame>,
}

impl Stacks {
    /// Reserves as much as the system gives, up to 512 MiB in all; `None` if that is too little.
    pub fn reserve() -> Option<Stacks> {
        let mut size = LARGEST;
        while size >= SMALLEST {
            let mut stacks = Stacks { registers: Vec::new(), frames: Vec::new() };
            let registers = stacks.registers.try_reserve_exact(size / size_of::<u64>());
            // One more for the frame below the first.
            let frames = stacks.frames.try_reserve_exact(size / size_of::<Frame>() + 1);
            if registers.is_ok() && frames.is_ok() {
                return Some(stacks);
            }
            size /= 2;
        }
        None
    }

    /// The first register.
    pub fn first_register(&mut self) -> *mut u64 {
        self.registers.as_mut_ptr()
    }

    /// The first frame.
    pub fn first_frame(&mut self) -> *mut Frame {
        self.frames.as_mut_ptr()
    }

    /// What `Context::interpreter_limit` holds when nobody interrupts: the complement of the end of the registers, so
    /// that the complement of an address behind it is below, as is every address when the highest one is set.
    pub fn limit(&self) -> usize {
        !(self.registers.as_ptr() as usize + self.registers.capacity() * size_of::<u64>())
    }
}
