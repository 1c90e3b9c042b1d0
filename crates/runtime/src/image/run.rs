//! Runs a compiled program.

use std::borrow::Cow;

use super::{CodeMemory, Image};
use crate::context::{Context, Options, ProgramData};
use crate::ending::{Ending, RunStatistics};
use crate::fault::Failed;
use crate::output::Sink;

/// Loads an image's code into memory of its own and runs it. Gives the exit status and
/// what was counted.
pub fn run_image(image: &Image, options: Options) -> (i32, RunStatistics) {
    let memory = match CodeMemory::new(&image.code) {
        Ok(memory) => memory,
        Err(error) => {
            let reason = crate::output::reason(&error);
            crate::output::write_error(format!("error: no memory for code: {reason}\n").as_bytes());
            return (101, RunStatistics::default());
        }
    };
    // SAFETY: the memory holds the image's code and lives until the end of the run.
    unsafe { run_mapped(image, memory.code(), options) }
}

/// Runs a compiled program and keeps what it prints, for comparisons within a process: that, and how it ended. `None`
/// when there is no memory for code.
pub fn run_captured(image: &Image) -> Option<(Vec<u8>, Ending)> {
    let memory = CodeMemory::new(&image.code).ok()?;
    let options = Options { sink: Sink::Captured, ..Options::default() };
    // SAFETY: the memory holds the image's code and lives until the end of the run.
    let (mut cx, result) = unsafe { run_in_context(image, memory.code(), options) };
    let ending = cx.ending(result);
    Some((cx.take_captured(), ending))
}

/// Runs an image whose code already lies in executable memory. Gives the exit status.
///
/// # Safety
/// `code` is the image's code as compiled for this runtime, executable, and stays there during the run.
pub unsafe fn run_mapped(image: &Image, code: &[u8], options: Options) -> (i32, RunStatistics) {
    // SAFETY: the caller's promise.
    let (mut cx, result) = unsafe { run_in_context(image, code, options) };
    let ending = cx.ending(result);
    let status = cx.conclude(ending, || Cow::Borrowed(&image.places));
    (status, cx.statistics())
}

/// The run itself, without its report.
unsafe fn run_in_context(image: &Image, code: &[u8], options: Options) -> (Box<Context>, Result<i64, Failed>) {
    let data = ProgramData {
        constants: &image.constants,
        globals: &image.globals,
        shapes: &image.shapes,
        names: image.places.functions.len(),
    };
    let mut cx = Context::new(&data, options);
    // SAFETY: the caller's promise; the code is registered before it is called.
    let result = unsafe {
        cx.add_code(image, code);
        cx.call_entry(image, code)
    };
    (cx, result)
}

impl Context {
    /// Makes known where the code of an image lies, for the collector and for backtraces.
    ///
    /// # Safety
    /// `code` is the image's code as compiled for this runtime, and stays there for as long as the context lives.
    pub unsafe fn add_code(&mut self, image: &Image, code: &[u8]) {
        self.code.add(code.as_ptr() as usize, code.len(), image.functions.clone());
    }

    /// Runs the entry of an image; gives the program's status.
    ///
    /// # Safety
    /// This code was added with the image and is executable, and the context was made for the image's constants, module
    /// variables and shapes.
    pub unsafe fn call_entry(&mut self, image: &Image, code: &[u8]) -> Result<i64, Failed> {
        // SAFETY: the caller's promise.
        unsafe { self.call_native(code.as_ptr() as usize + image.entry as usize) }
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests;
