//! Compiles all functions and puts their code together.
//!
//! The code of an image refers to nothing outside itself: the only relocations are calls between its functions, which
//! are relative and resolved here. Functions of the program come first, in the order of their numbers, then those of
//! [`crate::stub`] that somebody calls, and the entry.

use std::fmt::{self, Write};
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::ir::ExternalName;
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::{CodegenError, CompiledCode, Context, FinalizedRelocTarget};
use cranelift_frontend::FunctionBuilderContext;
use rustc_hash::FxHashMap;
use tandem_mir::{EntityRef, FnId, Program, Value};
use tandem_runtime::image::{CodeFunction, Image, NO_PLACE};

use crate::stub::{self, Symbol};
use crate::{Options, Target, arch, function, isa};

/// A program has too much code for native code: a function that Cranelift cannot hold, or more than 2 GiB together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// The function, as backtraces name it.
    pub function: String,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is too large to be compiled", self.function)
    }
}

/// Bytes of a frame that need not be asked for before it is made: well below what the runtime keeps for itself under the
/// limit of the stack.
const LARGE_FRAME: u32 = 16 * 1024;

/// Makes the image of a program.
pub(crate) fn compile(program: &Program<Value>, options: &Options) -> Result<Image, TooLarge> {
    let isa = isa::isa(options.target);
    let mut linker = Linker::default();
    let mut compiler = Compiler::new(program, &*isa);
    for (id, compiled) in program.functions.keys().zip(compile_functions(program, &*isa)) {
        let compiled = compiled?;
        if compiled.frame > LARGE_FRAME {
            linker.add(Symbol::Function(id), compiler.compile_guard(id, compiled.frame)?)?;
            linker.add(Symbol::Body(id), compiled)?;
        } else {
            linker.add(Symbol::Function(id), compiled)?;
        }
    }
    linker.add(Symbol::Entry, compiler.compile(Symbol::Entry)?)?;
    while let Some(symbol) = linker.next_missing() {
        linker.add(symbol, compiler.compile(symbol)?)?;
    }
    Ok(linker.image(program))
}

/// Compiles the functions of a program, in order, on all processors if there are many of them.
fn compile_functions(program: &Program<Value>, isa: &dyn TargetIsa) -> Vec<Result<Compiled, TooLarge>> {
    const WORTH_A_THREAD: usize = 40;
    let count = program.functions.len();
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = processors.min(count / WORTH_A_THREAD).max(1);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut compiler = Compiler::new(program, isa);
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return done;
            }
            done.push((index, compiler.compile(Symbol::Function(FnId::new(index)))));
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, compiled)| compiled).collect()
}

/// What Cranelift keeps from one function to the next.
struct Compiler<'a> {
    program: &'a Program<Value>,
    isa: &'a dyn TargetIsa,
    context: Context,
    builder_context: FunctionBuilderContext,
}

/// A function's code and what belongs to it, with offsets from its start.
struct Compiled {
    code: Vec<u8>,
    calls: Vec<Call>,
    stack_maps: Vec<(u32, Vec<u32>)>,
    places: Vec<(u32, u32)>,
    /// Bytes of its frame.
    frame: u32,
}

/// A relative call that is to be resolved.
struct Call {
    /// Where the 32-bit distance stands.
    at: u32,
    addend: i64,
    to: Symbol,
}

impl<'a> Compiler<'a> {
    fn new(program: &'a Program<Value>, isa: &'a dyn TargetIsa) -> Self {
        Compiler { program, isa, context: Context::new(), builder_context: FunctionBuilderContext::new() }
    }

    fn lower(&mut self, symbol: Symbol) {
        self.context.clear();
        let target = &mut self.context.func;
        let frontend = self.isa.frontend_config();
        match symbol {
            Symbol::Function(id) => function::lower(self.program, id, target, &mut self.builder_context, frontend),
            Symbol::Body(_) | Symbol::Fail(_) | Symbol::Interrupt | Symbol::Entry => {
                stub::lower(self.program, symbol, target, &mut self.builder_context, frontend);
            }
        }
    }

    fn compile(&mut self, symbol: Symbol) -> Result<Compiled, TooLarge> {
        self.lower(symbol);
        self.finish(symbol)
    }

    fn compile_guard(&mut self, id: FnId, frame: u32) -> Result<Compiled, TooLarge> {
        self.context.clear();
        let target = &mut self.context.func;
        let frontend = self.isa.frontend_config();
        stub::lower_guard(self.program, id, frame, target, &mut self.builder_context, frontend);
        self.finish(Symbol::Function(id))
    }

    /// Makes code of what has been lowered, and gives it.
    fn finish(&mut self, symbol: Symbol) -> Result<Compiled, TooLarge> {
        self.emit(symbol)?;
        let code = self.context.compiled_code().expect("it has just been compiled");
        let mut bytes = code.code_buffer().to_vec();
        arch::shorten_epilogues(&mut bytes, code);
        Ok(Compiled {
            code: bytes,
            calls: self.calls(code),
            stack_maps: stack_maps(code),
            places: places(code),
            frame: code.buffer.frame_layout().map_or(0, |layout| layout.frame_to_fp_offset),
        })
    }

    /// Makes code of what has been lowered.
    fn emit(&mut self, symbol: Symbol) -> Result<(), TooLarge> {
        match self.context.compile(self.isa, &mut Default::default()) {
            Ok(_) => Ok(()),
            Err(error) if matches!(error.inner, CodegenError::ImplLimitExceeded | CodegenError::CodeTooLarge) => {
                Err(TooLarge { function: describe(self.program, symbol) })
            }
            Err(error) => {
                let error = cranelift_codegen::print_errors::pretty_error(error.func, error.inner);
                panic!("Cranelift rejects {}: {error}", describe(self.program, symbol))
            }
        }
    }

    fn calls(&self, code: &CompiledCode) -> Vec<Call> {
        let names = self.context.func.params.user_named_funcs();
        let call = |reloc: &cranelift_codegen::FinalizedMachReloc| match (&reloc.target, reloc.kind) {
            (FinalizedRelocTarget::ExternalName(ExternalName::User(name)), Reloc::X86CallPCRel4) => {
                let to = Symbol::by_name(&names[*name]).expect("it was made from a symbol");
                Call { at: reloc.offset, addend: reloc.addend, to }
            }
            (target, kind) => unreachable!("the flags leave no relocations but calls: {kind} to {target:?}"),
        };
        code.buffer.relocs().iter().map(call).collect()
    }
}

fn describe(program: &Program<Value>, symbol: Symbol) -> String {
    match symbol {
        Symbol::Function(id) | Symbol::Body(id) => program.names[program.functions[id].name].name.clone(),
        Symbol::Fail(_) | Symbol::Interrupt | Symbol::Entry => format!("{symbol:?}"),
    }
}

fn stack_maps(code: &CompiledCode) -> Vec<(u32, Vec<u32>)> {
    let maps = code.buffer.user_stack_maps().iter();
    maps.map(|(return_offset, _, map)| (*return_offset, map.entries().map(|(_, offset)| offset).collect())).collect()
}

/// The location of each stretch of code. Code without one (prologues, epilogues) says so, so that its frames are left
/// out and do not borrow the location of what stands before.
fn places(code: &CompiledCode) -> Vec<(u32, u32)> {
    let mut places: Vec<(u32, u32)> = Vec::new();
    let mut end = 0;
    let mut put = |at: u32, loc: u32| match places.last() {
        Some((_, last)) if *last == loc => {}
        None if loc == NO_PLACE => {}
        _ => places.push((at, loc)),
    };
    for stretch in code.buffer.get_srclocs_sorted() {
        if stretch.start > end {
            put(end, NO_PLACE);
        }
        let loc = stretch.loc;
        put(stretch.start, if loc.is_default() || arch::is_return_mark(loc) { NO_PLACE } else { loc.bits() });
        end = stretch.end;
    }
    places
}

/// Puts functions one behind the other.
#[derive(Default)]
struct Linker {
    code: Vec<u8>,
    functions: Vec<CodeFunction>,
    starts: FxHashMap<Symbol, u32>,
    /// Calls to resolve, with offsets in `code`.
    calls: Vec<Call>,
    /// How many of them have been looked at for callees that do not exist yet.
    looked_at: usize,
}

impl Linker {
    fn add(&mut self, symbol: Symbol, compiled: Compiled) -> Result<(), TooLarge> {
        const ALIGNMENT: usize = 16;
        const INT3: u8 = 0xcc;
        let start = self.code.len().next_multiple_of(ALIGNMENT);
        if start + compiled.code.len() > i32::MAX as usize {
            return Err(TooLarge { function: "the program".to_string() });
        }
        self.code.resize(start, INT3);
        self.code.extend_from_slice(&compiled.code);
        let start = start as u32;
        self.starts.insert(symbol, start);
        self.calls.extend(compiled.calls.into_iter().map(|call| Call { at: start + call.at, ..call }));
        self.functions.push(CodeFunction {
            start,
            len: compiled.code.len() as u32,
            stack_maps: compiled.stack_maps,
            places: compiled.places,
        });
        Ok(())
    }

    /// A function that is called and does not exist yet.
    fn next_missing(&mut self) -> Option<Symbol> {
        while let Some(call) = self.calls.get(self.looked_at) {
            if !self.starts.contains_key(&call.to) {
                return Some(call.to);
            }
            self.looked_at += 1;
        }
        None
    }

    fn image(mut self, program: &Program<Value>) -> Image {
        for call in &self.calls {
            let distance = i64::from(self.starts[&call.to]) + call.addend - i64::from(call.at);
            let at = call.at as usize;
            self.code[at..at + 4].copy_from_slice(&(distance as i32).to_le_bytes());
        }
        Image {
            code: self.code,
            functions: self.functions,
            entry: self.starts[&Symbol::Entry],
            constants: program.constants.values().map(|text| text.to_string()).collect(),
            globals: program.globals.values().copied().collect(),
            shapes: program.shapes.values().cloned().collect(),
            places: Default::default(),
        }
    }
}

/// What [`dump`] shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Clif,
    Asm,
}

/// The functions of a program as text.
pub(crate) fn dump(program: &Program<Value>, stage: Stage) -> String {
    let isa = isa::isa(Target::Host);
    let mut compiler = Compiler::new(program, &*isa);
    let mut text = String::new();
    for id in program.functions.keys() {
        let symbol = Symbol::Function(id);
        compiler.lower(symbol);
        let body = match stage {
            Stage::Clif => compiler.context.func.display().to_string(),
            Stage::Asm => {
                compiler.context.set_disasm(true);
                match compiler.emit(symbol) {
                    Ok(()) => compiler.context.compiled_code().and_then(|code| code.vcode.clone()).unwrap_or_default(),
                    Err(error) => error.to_string(),
                }
            }
        };
        let comment = if stage == Stage::Clif { ";" } else { "#" };
        writeln!(text, "{comment} {id} {}\n{body}", describe(program, symbol)).expect("writing to a string");
    }
    text
}
