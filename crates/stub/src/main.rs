//! The beginning of every executable that `tandem build` makes: the runtime, which runs the program behind it.
//!
//! The kernel has mapped the program with the rest of the file; `tandem_codegen::aot` says how. Nothing is opened or
//! looked up, so an executable also runs in an empty root.
//!
//! It is started by C's `main` rather than Rust's: what Rust prepares before its own (a handler for overflows of a stack
//! that we do not use, the name of the main thread) would cost more than the rest of a short program.
#![no_main]

use std::ffi::{c_char, c_int};
use std::slice;

use tandem_runtime::Options;
use tandem_runtime::image::{self, MARK};

#[unsafe(no_mangle)]
extern "C" fn main(_argc: c_int, _argv: *const *const c_char) -> c_int {
    // A reader of our output that goes away is an error of a write, not a signal.
    // SAFETY: this changes what a signal does, before anything else runs.
    unsafe { libc::signal(libc::SIGPIPE, libc::SIG_IGN) };
    start().unwrap_or_else(|problem| {
        eprintln!("error: {problem}");
        NOT_RUN
    })
}

/// Runs the program; gives its exit status.
fn start() -> Result<c_int, &'static str> {
    if !is_x86_64_v2() {
        return Err("this program needs a processor with SSE4.2 and POPCNT (x86-64-v2)");
    }
    let program = program().ok_or("this file holds no program (it is the stub of `tandem build`)")?;
    let args = std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
    // SAFETY: this is the segment that `tandem build` has put there, for the runtime in this stub; the kernel has mapped
    // it executable.
    let status = unsafe { image::run_segment(program, Options { args, ..Options::default() }) };
    status.ok_or("the program in this file is damaged")
}

/// Exit status when the program could not be started.
const NOT_RUN: c_int = 126;

/// What the code of images uses beyond the first x86-64 processors.
fn is_x86_64_v2() -> bool {
    is_x86_feature_detected!("sse4.2") && is_x86_feature_detected!("popcnt") && is_x86_feature_detected!("cmpxchg16b")
}

/// The bytes of the program, which live as long as the process.
fn program() -> Option<&'static [u8]> {
    // SAFETY: both only read the vector that the kernel has put on the stack.
    let (table, count) = unsafe { (libc::getauxval(libc::AT_PHDR), libc::getauxval(libc::AT_PHNUM)) };
    if table == 0 {
        return None;
    }
    // SAFETY: the kernel gives the address and the number of this executable's program headers, which are mapped with
    // its first segment and never change.
    let headers = unsafe { slice::from_raw_parts(table as *const libc::Elf64_Phdr, count as usize) };
    // A position-independent executable lies where its headers say, moved by the same distance.
    let own = headers.iter().find(|header| header.p_type == libc::PT_PHDR);
    let moved = own.map_or(0, |own| table - own.p_vaddr);
    let program = headers.iter().find(|header| header.p_type == libc::PT_LOAD && header.p_paddr == MARK)?;
    // SAFETY: the kernel has mapped this segment, readable, for the life of the process.
    Some(unsafe { slice::from_raw_parts((moved + program.p_vaddr) as *const u8, program.p_filesz as usize) })
}
