//! The context: what every engine passes to every runtime function, and native code to every function.
//!
//! The first fields are read and written by native code at the offsets in [`offset`]; the rest is Rust's own. One
//! context belongs to one actor.
//!
//! How execution stops: whoever finds a failure records it with [`Context::fail`] (or the program's wish to end with
//! [`Context::exit`]) and returns the [`Failed`] it gets. An engine that receives one unwinds its frames and asks
//! [`Context::take_stop`] what happened; native code is left by a jump to the innermost `enter`, after its backtrace
//! has been taken.

use crate::arch;
use crate::fault::{Failed, Fault};
use crate::ffi::{Lane, RtFn};
use crate::format::TextBuffer;
use crate::heap::{Heap, Immortals, RootSource};
use crate::image::registry::CodeRegistry;
use crate::output::{Output, Sink};
use crate::report::Backtrace;
use crate::stack::Stack;
use crate::system::Input;

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
    /// Stack pointer of that frame at the call: `[native_sp]` is the return address. 0 if there is none.
    pub native_sp: usize,
    /// Stack pointer saved by the innermost `enter`, to which a failure returns.
    pub entry_sp: usize,
    /// One byte a function name (MIR's `NameId`), a set of the bits of [`executed`], written by the `CountExecution`
    /// instruction of test builds.
    pub executed: *mut u8,

    pub(crate) heap: Heap,
    /// References held by runtime functions and hosts.
    pub(crate) handles: Vec<RawRef>,
    pub(crate) root_sources: Vec<RootSource>,
    pub(crate) code: CodeRegistry,
    pub(crate) output: Output,
    pub(crate) input: Input,
    /// What the `rt_fmt_…` functions append to.
    pub(crate) text: TextBuffer,
    pub(crate) args: Vec<String>,
    pub(crate) global_lanes: Vec<Lane>,
    /// Native frames outside the innermost `enter`.
    pub(crate) outer_frames: Vec<OuterFrames>,
    stop: Option<Stop>,
    /// Native frames at the failure, when it was native code that failed.
    native_backtrace: Backtrace,
    stack: Option<Stack>,
    global_values: Box<[u64]>,
    constant_refs: Box<[RawRef]>,
    function_table: Box<[usize]>,
    executions: Box<[u8]>,
    // Last, so that it is dropped after everything that points into it.
    _immortals: Immortals,
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

/// What a program brings along besides its code.
#[derive(Clone, Debug, Default)]
pub struct ProgramData<'a> {
    /// String constants.
    pub constants: &'a [String],
    /// Lanes of the module variables; they start as zero (`nil`).
    pub globals: &'a [Lane],
    /// Lanes of the heap objects that `TupleLit` makes, by shape.
    pub shapes: &'a [Vec<Lane>],
    /// How many function names there are, for counting executions.
    pub names: usize,
}

/// How a program is run.
#[derive(Debug, Default)]
pub struct Options {
    /// The program's arguments, without its name.
    pub args: Vec<String>,
    /// Where standard output goes.
    pub sink: Sink,
}

/// Why execution stopped.
#[derive(Debug)]
pub enum Stop {
    /// A runtime error.
    Failure(Failure),
    /// The program asked to end, with this status (already modulo 256).
    Exit(u8),
}

/// A runtime error without its place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Failure {
    pub fault: Fault,
    pub message: String,
}

/// Native frames below an inner `enter`, as their trampoline noted them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OuterFrames {
    pub native_fp: usize,
    pub native_sp: usize,
}

/// Open runtime functions close their scope of handles by this mark.
#[derive(Clone, Copy, Debug)]
pub struct Scope(usize);

impl Context {
    /// A context for one run of a program. Its address is passed to native code, therefore the box.
    pub fn new(program: &ProgramData, options: Options) -> Box<Context> {
        let mut immortals = Immortals::default();
        let constant_refs: Box<[RawRef]> = program.constants.iter().map(|text| immortals.string(text)).collect();
        let mut global_values = vec![0u64; program.globals.len()].into_boxed_slice();
        let mut executions = vec![0u8; program.names].into_boxed_slice();
        let function_table: Box<[usize]> = crate::ffi::ALL.iter().map(|function| (function.address)()).collect();
        Box::new(Context {
            stack_limit: 0,
            interpreter_limit: 0,
            functions: function_table.as_ptr(),
            constants: constant_refs.as_ptr(),
            globals: global_values.as_mut_ptr(),
            native_fp: 0,
            native_sp: 0,
            entry_sp: 0,
            executed: executions.as_mut_ptr(),
            heap: Heap::new(program.shapes),
            handles: Vec::with_capacity(64),
            root_sources: Vec::new(),
            code: CodeRegistry::default(),
            output: Output::new(options.sink),
            input: Input::default(),
            text: TextBuffer::default(),
            args: options.args,
            global_lanes: program.globals.to_vec(),
            outer_frames: Vec::new(),
            stop: None,
            native_backtrace: Backtrace::default(),
            stack: None,
            global_values,
            constant_refs,
            function_table,
            executions,
            _immortals: immortals,
        })
    }

    /// Records a failure; the place is added by the engine that receives the [`Failed`].
    #[cold]
    pub fn fail(&mut self, fault: Fault, message: impl Into<String>) -> Failed {
        self.text.clear();
        self.stop = Some(Stop::Failure(Failure { fault, message: message.into() }));
        Failed::recorded()
    }

    /// Records that the program ends now, with `status` modulo 256.
    pub fn exit(&mut self, status: i64) -> Failed {
        self.stop = Some(Stop::Exit(status as u8));
        Failed::recorded()
    }

    /// What was recorded, by whoever received the [`Failed`].
    pub fn take_stop(&mut self, proof: Failed) -> Stop {
        let Failed(()) = proof;
        self.stop.take().expect("a Failed exists only after something was recorded")
    }

    /// Where native code was when it failed; the interpreter collects its own frames.
    pub fn take_native_backtrace(&mut self) -> Backtrace {
        std::mem::take(&mut self.native_backtrace)
    }

    /// Writes out what standard output has buffered and gives the exit status to use: `status`, unless the reader of
    /// the output has gone away.
    pub fn finish(&mut self, status: i32) -> i32 {
        match self.output.flush() {
            Ok(()) => status,
            Err(error) => error.status(),
        }
    }

    /// What was printed, if the output is captured.
    pub fn take_captured(&mut self) -> Vec<u8> {
        self.output.take_captured()
    }

    /// A string constant of the program.
    pub fn constant(&self, index: usize) -> RawRef {
        self.constant_refs[index]
    }

    /// A lane of a module variable.
    pub fn global(&mut self, index: usize) -> &mut u64 {
        &mut self.global_values[index]
    }

    /// The bytes behind [`Context::executed`].
    pub(crate) fn executions(&self) -> &[u8] {
        &self.executions
    }

    /// How many runtime functions native code can call through [`Context::functions`].
    pub fn function_count(&self) -> usize {
        self.function_table.len()
    }

    /// Opens a scope: handles made from now on last until it is closed.
    #[inline]
    pub fn open_scope(&self) -> Scope {
        Scope(self.handles.len())
    }

    /// Closes a scope.
    #[inline]
    pub fn close_scope(&mut self, scope: Scope) {
        self.handles.truncate(scope.0);
    }

    /// Calls native code, a function `fn(cx) -> i64`, on the actor's own stack.
    ///
    /// # Safety
    /// `code` is the address of such a function, registered in this context with its stack maps and places.
    pub(crate) unsafe fn call_native(&mut self, code: usize) -> Result<i64, Failed> {
        let top = match self.native_stack() {
            Some(top) => top,
            None => return Err(self.fail(Fault::OutOfMemory, "out of memory: no room for the stack")),
        };
        let scope = self.open_scope();
        let outer = OuterFrames { native_fp: self.native_fp, native_sp: self.native_sp };
        self.outer_frames.push(outer);
        self.native_sp = 0;
        // SAFETY: the caller vouches for the code; the stack is ours and either unused or the current one.
        let result = unsafe { arch::enter(self, code, top) };
        self.outer_frames.pop();
        self.native_fp = outer.native_fp;
        self.native_sp = outer.native_sp;
        self.close_scope(scope);
        if self.stop.is_some() { Err(Failed::recorded()) } else { Ok(result) }
    }

    /// Where the next `enter` puts its frames: at the top of the actor's stack, or 0 to go on where we are.
    fn native_stack(&mut self) -> Option<usize> {
        if !self.outer_frames.is_empty() {
            return Some(0);
        }
        if self.stack.is_none() {
            self.stack = Stack::reserve();
        }
        let stack = self.stack.as_ref()?;
        self.stack_limit = stack.limit();
        Some(stack.top())
    }

    /// Leaves native code after a failure has been recorded.
    ///
    /// # Safety
    /// Called by the native entry of a runtime function, with nothing alive that needs dropping.
    #[cold]
    pub(crate) unsafe fn leave_native(&mut self, proof: Failed) -> ! {
        let Failed(()) = proof;
        if matches!(self.stop, Some(Stop::Failure(_))) {
            self.native_backtrace = self.collect_native_backtrace();
        }
        // SAFETY: native code runs only inside `enter`; the rest is the caller's promise.
        unsafe { arch::resume(self) }
    }

    fn collect_native_backtrace(&self) -> Backtrace {
        let mut backtrace = Backtrace::default();
        if self.native_sp != 0 {
            // SAFETY: the entry that called us is behind a trampoline, which noted its caller's frame.
            let frames = unsafe { arch::Frames::new(self.native_fp, self.native_sp) };
            // Deep stacks are recursions: the same return address over and over.
            let (mut pc, mut location) = (0, None);
            for frame in frames {
                if frame.pc != pc {
                    (pc, location) = (frame.pc, self.code.location(frame.pc));
                }
                let Some(loc) = location else { break };
                if let Some(loc) = loc {
                    backtrace.push(loc);
                }
            }
        }
        backtrace
    }

    /// The cold path of prologues and back-edges: what made `sp < stack_limit` true?
    pub(crate) fn interrupted(&mut self) -> Result<(), Failed> {
        let limit = self.stack.as_ref().map_or(0, Stack::limit);
        if self.native_sp < limit {
            return Err(self.fail(Fault::StackOverflow, Fault::StackOverflow.words()));
        }
        self.stack_limit = limit;
        Ok(())
    }
}

/// The runtime functions by the number native code uses.
pub fn function_by_index(index: usize) -> &'static RtFn {
    crate::ffi::ALL[index]
}
