//! What is particular to a processor: entering native code, leaving it, walking its frames.

#[cfg(target_arch = "x86_64")]
mod x86_64;
#[cfg(target_arch = "x86_64")]
pub(crate) use x86_64::{Frames, enter, resume, trampoline};
