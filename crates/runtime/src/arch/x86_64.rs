//! x86-64 with the System V calling convention.
//!
//! Native code keeps frame pointers (`push rbp; mov rbp, rsp`) and preserves the callee-saved registers, so a frame
//! is found from the one below it and [`enter`] need save them only once for the whole activation.

use std::arch::naked_asm;

use crate::context::{Context, offset};

/// Calls the native function `code(cx) -> i64` on the stack that ends at `stack_top` (0: on the current stack).
///
/// It pushes the callee-saved registers and the outer `entry_sp` and makes its own stack pointer the new one; both an
/// ordinary return and [`resume`] pop exactly that.
///
/// # Safety
/// `cx` is valid, `code` is such a function, `stack_top` is 0 or the 16-byte aligned end of a writable stack that
/// nobody else uses until the call ends.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn enter(cx: *mut Context, code: usize, stack_top: usize) -> i64 {
    naked_asm!(
        "push rbp",
        "mov rbp, rsp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "push [rdi + {entry_sp}]",
        "mov rbx, rdi",
        "mov [rdi + {entry_sp}], rsp",
        "test rdx, rdx",
        "cmovnz rsp, rdx",
        "call rsi",
        "mov rsp, [rbx + {entry_sp}]",
        "pop [rbx + {entry_sp}]",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
        entry_sp = const offset::ENTRY_SP,
    )
}

/// Leaves everything above the innermost [`enter`], which then returns 0 to its caller.
///
/// # Safety
/// An `enter` is active on this context, and no frame between it and here owns anything: no destructor runs.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn resume(cx: *mut Context) -> ! {
    naked_asm!(
        "mov rbx, rdi",
        "mov rsp, [rdi + {entry_sp}]",
        "pop [rbx + {entry_sp}]",
        "xor eax, eax",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
        entry_sp = const offset::ENTRY_SP,
    )
}

/// Defines the entry for native code of a runtime function that may collect or fail: it notes the caller's frame in
/// the context, where the collector and the backtrace find it, and goes on at the body with the same arguments.
macro_rules! trampoline {
    ($name:ident => $body:ident) => {
        #[unsafe(naked)]
        unsafe extern "C" fn $name() {
            std::arch::naked_asm!(
                "mov [rdi + {fp}], rbp",
                "mov [rdi + {sp}], rsp",
                "jmp {body}",
                fp = const $crate::context::offset::NATIVE_FP,
                sp = const $crate::context::offset::NATIVE_SP,
                body = sym $body,
            )
        }
    };
}
pub(crate) use trampoline;

/// A native frame: where it goes on, and its stack pointer there (the callee's return address popped).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// The return address into this frame's function.
    pub pc: usize,
    /// What stack maps are relative to.
    pub sp: usize,
    fp: usize,
}

/// Walks from the frame that called into the runtime outwards. The caller stops at the first `pc` that belongs to no
/// native function: that is [`enter`].
pub(crate) struct Frames {
    next: Frame,
}

impl Frames {
    /// The walk that begins at the frame noted by a trampoline.
    ///
    /// # Safety
    /// The two words were stored by a trampoline whose call is still active, and whoever iterates stops at the first
    /// `pc` outside native code.
    pub(crate) unsafe fn new(native_fp: usize, native_sp: usize) -> Frames {
        // SAFETY: at a trampoline's entry the stack pointer points to the return address.
        let pc = unsafe { *(native_sp as *const usize) };
        Frames { next: Frame { pc, sp: native_sp + 8, fp: native_fp } }
    }
}

impl Iterator for Frames {
    type Item = Frame;

    fn next(&mut self) -> Option<Frame> {
        let frame = self.next;
        // SAFETY: native code keeps frame pointers, so `fp` points to the saved one of the next outer frame, above
        // which lies its return address. The outermost native frame's is that of `enter`, which is readable too.
        self.next = unsafe {
            let fp = frame.fp as *const usize;
            Frame { pc: *fp.add(1), sp: frame.fp + 16, fp: *fp }
        };
        Some(frame)
    }
}
