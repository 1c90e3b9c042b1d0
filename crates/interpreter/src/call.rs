//! Running a program: how it begins, what interrupts mean, how it ends.

use tandem_mir::verify::debug_verify;
use tandem_mir::{Program, Reg};
use tandem_runtime::context::Stop;
use tandem_runtime::report::Backtrace;
use tandem_runtime::{Context, Ending, Failed, Fault};

use crate::code::{Code, Word};
use crate::encode::encode;
use crate::frame::{Frame, Stacks};
use crate::step::Halt;

/// A program in the form that the interpreter runs.
#[derive(Debug)]
pub struct Interpreter {
    code: Code,
}

impl Interpreter {
    /// Prepares a program, which the verifier must have accepted.
    pub fn new(program: &Program<Reg>) -> Interpreter {
        debug_verify(program, "lowering");
        Interpreter { code: encode(program) }
    }

    /// Runs the program in a context made for it.
    pub fn run(&self, cx: &mut Context) -> Ending {
        let Some(stacks) = Stacks::reserve() else {
            let failed = cx.fail(Fault::OutOfMemory, "out of memory: no room for the stack");
            return ending(cx, failed, Backtrace::default());
        };
        let mut machine = Machine::new(&self.code, stacks);
        let outer_limit = std::mem::replace(&mut cx.interpreter_limit, machine.stacks.limit());
        let halt = machine.execute(cx);
        cx.interpreter_limit = outer_limit;
        let failed = match halt {
            Halt::Returned(status) => return Ending::Exited(status as u8),
            Halt::Fault(fault) => cx.fail(fault, fault.words()),
            Halt::Failed(failed) => failed,
        };
        ending(cx, failed, machine.backtrace())
    }
}

/// Prepares and runs a program, which the verifier must have accepted, in a context made for it.
pub fn run(program: &Program<Reg>, cx: &mut Context) -> Ending {
    Interpreter::new(program).run(cx)
}

fn ending(cx: &mut Context, failed: Failed, backtrace: Backtrace) -> Ending {
    match cx.take_stop(failed) {
        Stop::Exit(status) => Ending::Exited(status),
        Stop::Failure(failure) => Ending::Failed(failure, backtrace),
    }
}

/// The state of the interpreter between two steps.
pub(crate) struct Machine<'a> {
    code: &'a Code,
    stacks: Stacks,
    /// The next word.
    pub pc: *const Word,
    /// The first register of the innermost frame.
    pub base: *mut u64,
    /// Behind what is noted about the callers.
    pub frame: *mut Frame,
}

impl<'a> Machine<'a> {
    /// At the first instruction of the program.
    fn new(code: &'a Code, mut stacks: Stacks) -> Self {
        let base = stacks.first_register();
        let frame = stacks.first_frame();
        Machine { code, pc: code.words.as_ptr(), base, frame, stacks }
    }

    /// The code that is run.
    pub fn code(&self) -> &'a Code {
        self.code
    }

    /// How many callers are noted.
    pub fn depth(&self) -> usize {
        (self.frame as usize - self.stacks.frames.as_ptr() as usize) / size_of::<Frame>()
    }

    /// The number of a word of the code.
    pub fn index(&self, pc: *const Word) -> usize {
        (pc as usize - self.code.words.as_ptr() as usize) / size_of::<Word>()
    }

    /// Whether a new frame that ends at `end` does not fit; if it does, somebody has interrupted us.
    #[cold]
    pub fn is_overflow(&mut self, cx: &mut Context, end: usize) -> bool {
        if !end < self.stacks.limit() {
            return true;
        }
        self.answer_interrupt(cx);
        false
    }

    /// Goes on after an interrupt. Nobody asks for anything yet.
    #[cold]
    pub fn answer_interrupt(&mut self, cx: &mut Context) {
        cx.interpreter_limit = self.stacks.limit();
    }

    /// Where each frame is, innermost first.
    fn backtrace(&self) -> Backtrace {
        // The outermost goes on at `HALT`: it is nobody's.
        let locs = self.frames().take(self.depth()).map(|frame| self.code.loc_before(self.index(frame.pc)));
        locs.map(|loc| loc.as_u32()).collect()
    }
}
