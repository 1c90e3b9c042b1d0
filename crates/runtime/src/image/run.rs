//! Runs a compiled program.

use super::{CodeMemory, Image, Places};
use crate::context::{Context, Options, ProgramData, Stop};
use crate::fault::Failed;

/// Loads an image's code into memory of its own and runs it. Gives the exit status.
pub fn run_image(image: &Image, options: Options) -> i32 {
    let memory = match CodeMemory::new(&image.code) {
        Ok(memory) => memory,
        Err(error) => {
            let reason = crate::output::reason(&error);
            crate::output::write_error(format!("error: no memory for code: {reason}\n").as_bytes());
            return 101;
        }
    };
    // SAFETY: the memory holds the image's code and lives until the end of the run.
    unsafe { run_mapped(image, memory.base(), options) }
}

/// Runs an image whose code is already executable at `base`. Gives the exit status.
///
/// # Safety
/// `base` is the address of the image's code as compiled for this runtime, and stays so.
pub unsafe fn run_mapped(image: &Image, base: usize, options: Options) -> i32 {
    // SAFETY: the caller's promise.
    let (mut cx, result) = unsafe { run_in_context(image, base, options) };
    cx.conclude(result, &image.places)
}

/// The run itself, without its report.
unsafe fn run_in_context(image: &Image, base: usize, options: Options) -> (Box<Context>, Result<i64, Failed>) {
    let data = ProgramData { constants: &image.constants, globals: &image.globals, shapes: &image.shapes };
    let mut cx = Context::new(&data, options);
    cx.code.add(base, image.code.len(), image.functions.clone());
    // SAFETY: the caller's promise; the code has just been registered.
    let result = unsafe { cx.call_native(base + image.entry as usize) };
    (cx, result)
}

impl Context {
    /// Ends a native run: the status of the entry or of `exit`, or the report of the failure and 101.
    fn conclude(&mut self, result: Result<i64, Failed>, places: &Places) -> i32 {
        match result {
            Ok(status) => self.finish((status as u8).into()),
            Err(failed) => match self.take_stop(failed) {
                Stop::Exit(status) => self.finish(status.into()),
                Stop::Failure(failure) => {
                    let backtrace = self.take_native_backtrace();
                    self.report_failure(&failure, &backtrace, places)
                }
            },
        }
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests;
