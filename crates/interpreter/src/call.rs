//! Running a program: entry, interrupts, the frames as the collector and backtraces see them.

use tandem_mir::{EntityRef, Program, Reg};
use tandem_runtime::context::RawRef;
use tandem_runtime::heap::Roots;
use tandem_runtime::report::Backtrace;
use tandem_runtime::{Context, Fault};

use crate::code::{Code, Word};
use crate::frame::{Frame, Stacks};

/// The state of the interpreter between two steps.
pub(crate) struct Machine<'a> {
    code: &'a Code,
    program: &'a Program<Reg>,
    stacks: Stacks,
    /// The next word.
    pub pc: *const Word,
    /// The first register of the innermost frame.
    pub base: *mut u64,
    /// Behind what is noted about the innermost frame's caller.
    pub frame: *mut Frame,
}
