//! The context: what every engine passes to every runtime function, and native code to every function.
//!
//! The first fields are read and written by native code at the offsets in [`offset`]; the rest is Rust's own. One
//! context belongs to one actor.

use crate::fault::{Failed, Fault};
use crate::ffi::RtFn;

/// A reference as it lies in registers, slots and objects: the address of an object, or 0 for `nil`.
pub type RawRef = u64;

/// The state of one actor.
#[repr(C)]
pub struct Context {
    /// Stack limit and interrupt flag in one word. Native prologues and back-edges compare the stack pointer with it
    /// (`sp < stack_limit` takes the cold path `rt_interrupt`); the interpreter compares its own stack pointer with
    /// `interpreter_limit`. To interrupt, both are set to the highest address.
    pub stack_limit: usize,
    /// The same for the interpreter's own stack.
    pub interpreter_limit: usize,
    /// The entry points of the runtime functions for native code, by [`RtFn::index`].
    pub functions: *const usize,
    /// The string constants of the program, as references to immortal objects, by constant.
    pub constants: *const RawRef,
    /// The lanes of the module variables.
    pub globals: *mut u64,
    /// Frame pointer of the native frame that called into the runtime last.
    pub native_fp: usize,
    /// Stack pointer of that frame at the call: `[native_sp]` is the return address.
    pub native_sp: usize,
    /// Stack pointer saved by the innermost `enter`, to which a failure returns.
    pub entry_sp: usize,
    /// One byte a function name (MIR's `NameId`), a set of the bits of [`executed`], written by the `CountExecution`
    /// instruction of test builds; null when nothing is counted.
    pub executed: *mut u8,
}

/// The bits of [`Context::executed`].
pub mod executed {
    /// Native code ran the function.
    pub const NATIVE: u8 = 1;
    /// The interpreter ran the function.
    pub const INTERPRETED: u8 = 2;
}

/// Offsets of the fields that native code and trampolines use, in bytes.
pub mod offset {
    use super::Context;
    use std::mem::offset_of;

    #[allow(missing_docs)]
    pub const STACK_LIMIT: usize = offset_of!(Context, stack_limit);
    #[allow(missing_docs)]
    pub const FUNCTIONS: usize = offset_of!(Context, functions);
    #[allow(missing_docs)]
    pub const CONSTANTS: usize = offset_of!(Context, constants);
    #[allow(missing_docs)]
    pub const GLOBALS: usize = offset_of!(Context, globals);
    #[allow(missing_docs)]
    pub const NATIVE_FP: usize = offset_of!(Context, native_fp);
    #[allow(missing_docs)]
    pub const NATIVE_SP: usize = offset_of!(Context, native_sp);
    #[allow(missing_docs)]
    pub const ENTRY_SP: usize = offset_of!(Context, entry_sp);
    #[allow(missing_docs)]
    pub const EXECUTED: usize = offset_of!(Context, executed);
}

impl Context {
    /// Records a failure; the place is added by the engine that receives the [`Failed`].
    pub fn fail(&mut self, fault: Fault, message: impl Into<String>) -> Failed {
        let _ = (fault, message.into());
        Failed::recorded()
    }
}

/// The runtime functions by the number native code uses.
pub fn function_by_index(index: usize) -> &'static RtFn {
    crate::ffi::ALL[index]
}
