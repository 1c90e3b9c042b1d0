//! The front end: names, types, instances, exhaustiveness, lints; from syntax trees to [`hir`].
//!
//! [`check()`] is the way in. `resolve` loads modules and declares names; `check` makes an instance of each function for
//! each set of argument types it is used with; `exhaustive` proves that matches cover their values; `errors` has what
//! there is to say. The result is a [`hir::Program`] without open types or names, or the errors in the order of the text.
#![forbid(unsafe_code)]

mod check;
mod errors;
mod exhaustive;
pub mod hir;
mod resolve;
pub mod ty;

use tandem_source::{Diagnostic, FileId, SourceMap};

pub use errors::unsupported::Feature;
pub use resolve::{FileError, Files, Library};

/// Stack for the checker: functions that lead into functions that lead into functions.
const STACK: usize = 1 << 30;

/// Checks a program: the script `main`, already in `sources`, and the modules it uses, which `files` gives.
///
/// There is a program if and only if none of the diagnostics, which are sorted by place, is an error.
pub fn check(
    main: FileId,
    sources: &mut SourceMap,
    files: &mut (dyn Files + Send),
    library: Library,
) -> (Option<hir::Program>, Vec<Diagnostic>) {
    std::thread::scope(|scope| {
        let work = move || check_here(main, sources, files, library);
        let thread = std::thread::Builder::new().name("check".to_owned()).stack_size(STACK).spawn_scoped(scope, work);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(checked)) => checked,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => panic!("no thread for the checker: {error}"),
        }
    })
}

/// [`check()`] on the stack of the caller, where there are no threads.
pub fn check_here(
    main: FileId,
    sources: &mut SourceMap,
    files: &mut dyn Files,
    library: Library,
) -> (Option<hir::Program>, Vec<Diagnostic>) {
    let mut names = resolve::Names::new(sources, files, library);
    let script = names.load_script(main);
    if !names.syntax_errors.is_empty() {
        // What else there is to say about a text that could not be read would be guesses.
        return (None, check::in_order(names.syntax_errors));
    }
    names.check_imports();
    check::program(check::Cx::new(names), script)
}
