//! The beginning of every executable that `tandem build` makes: the runtime, which runs the program behind it.
//!
//! The kernel has mapped the program with the rest of the file; `tandem_codegen::aot` says how. Nothing is opened or
//! looked up, so an executable also runs in an empty root.

use std::process::ExitCode;
use std::slice;

use tandem_runtime::Options;
use tandem_runtime::image::{self, MARK};

fn main() -> ExitCode {
    if !is_x86_64_v2() {
        eprintln!("error: this program needs a processor with SSE4.2 and POPCNT (x86-64-v2)");
        return ExitCode::from(NOT_RUN);
    }
    let Some(program) = program() else {
        eprintln!("error: this file holds no program (it is the stub of `tandem build`)");
        return ExitCode::from(NOT_RUN);
    };
    let args = std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
    // SAFETY: this is the segment that `tandem build` has put there, for the runtime in this stub; the kernel has mapped
    // it executable.
    match unsafe { image::run_segment(program, Options { args, ..Options::default() }) } {
        Some(status) => ExitCode::from(status as u8),
        None => {
            eprintln!("error: the program in this file is damaged");
            ExitCode::from(NOT_RUN)
        }
    }
}

/// Exit status when the program could not be started.
const NOT_RUN: u8 = 126;

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
