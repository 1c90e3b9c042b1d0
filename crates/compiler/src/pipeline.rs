//! The stages: a type each, one method to the next, so that none can be skipped.
//!
//! ```text
//! Source ── check ── Checked ── lower ── Lowered ─┬─ interpret
//!                                                 └─ optimize ── Optimized ── compile ── Native ─┬─ run
//!                                                                                                └─ executable
//! ```

use std::borrow::Cow;

use tandem_codegen::{Options as CodeOptions, aot};
use tandem_frontend::hir;
use tandem_interpreter::Outcome;
use tandem_mir::{Program, Reg, Value};
use tandem_runtime::image::Image;
use tandem_runtime::{Context, Ending, Options, ProgramData, RunStatistics, Sink};
use tandem_source::{Diagnostic, FileId, Severity, SourceMap};
use tandem_syntax::{decode, dump_ast, dump_tokens, lex};

use crate::disk::Disk;

pub use tandem_codegen::Target;

/// Text of a script, not looked at yet.
#[derive(Debug)]
pub struct Source {
    files: SourceMap,
    script: FileId,
}

/// Why a stage was not reached: the files and what to say about them, in order; at least one is an error.
#[derive(Debug)]
pub struct Rejected {
    /// The files that the messages speak of.
    pub files: SourceMap,
    /// The messages.
    pub diagnostics: Vec<Diagnostic>,
}

/// A program without errors.
#[derive(Debug)]
pub struct Checked {
    files: SourceMap,
    program: hir::Program,
    lints: Vec<Diagnostic>,
}

/// A program in the slot form of MIR.
#[derive(Debug)]
pub struct Lowered {
    program: Program<Reg>,
    files: SourceMap,
}

/// A program in SSA, optimised.
#[derive(Debug)]
pub struct Optimized {
    program: Program<Value>,
    files: SourceMap,
}

/// A program as native code.
#[derive(Debug)]
pub struct Native {
    image: Image,
}

/// Whether a program counts which of its functions run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Counting {
    Off,
    On,
}

impl Source {
    /// The bytes of a file. `name` is what messages call it; modules are looked for beside it.
    ///
    /// # Errors
    /// When they are not UTF-8.
    pub fn new(name: &str, bytes: &[u8]) -> Result<Source, Rejected> {
        let mut files = SourceMap::new();
        match decode(bytes) {
            Ok(text) => {
                let script = files.add(name, text.as_ref());
                Ok(Source { files, script })
            }
            Err(error) => {
                let file = files.add(name, error.text());
                Err(Rejected { diagnostics: vec![error.diagnostic(file)], files })
            }
        }
    }

    /// The tokens, for people.
    pub fn dump_tokens(&self) -> String {
        let text = &self.files.file(self.script).text;
        dump_tokens(&lex(self.script, text).tokens, text)
    }

    /// The syntax tree, for people; with errors it is what could be read.
    pub fn dump_ast(&self) -> String {
        dump_ast(&tandem_syntax::parse(self.script, &self.files.file(self.script).text).module)
    }

    /// Parses and checks the script and every module it uses.
    ///
    /// # Errors
    /// When the program has compile errors.
    pub fn check(mut self) -> Result<Checked, Rejected> {
        let library = tandem_frontend::Library(tandem_runtime::library::FILES);
        let (program, diagnostics) = tandem_frontend::check(self.script, &mut self.files, &mut Disk, library);
        let has_errors = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        match program {
            Some(program) if !has_errors => Ok(Checked { files: self.files, program, lints: diagnostics }),
            Some(_) | None => Err(Rejected { files: self.files, diagnostics }),
        }
    }
}

impl Checked {
    /// What `check` and `build` remark on, and the files it stands in.
    pub fn lints(&self) -> (&[Diagnostic], &SourceMap) {
        (&self.lints, &self.files)
    }

    /// How many instances of functions there are.
    pub fn instances(&self) -> usize {
        self.program.functions.len()
    }

    /// The program, for people.
    pub fn dump(&self) -> String {
        hir::dump(&self.program)
    }

    /// Makes MIR.
    pub fn lower(self, counting: Counting) -> Lowered {
        let mut program = tandem_mir::lower::lower(&self.program);
        if counting == Counting::On {
            tandem_mir::count_executions(&mut program);
        }
        tandem_mir::verify::debug_verify(&program, "lowering");
        Lowered { program, files: self.files }
    }
}

impl Lowered {
    /// How many functions there are.
    pub fn functions(&self) -> usize {
        self.program.functions.len()
    }

    /// The program as text.
    pub fn dump(&self) -> String {
        tandem_mir::text::print(&self.program)
    }

    /// A context for one run.
    fn context(&self, options: Options) -> Box<Context> {
        let constants: Vec<String> = self.program.constants.values().map(|text| text.to_string()).collect();
        let globals: Vec<_> = self.program.globals.values().copied().collect();
        let shapes: Vec<_> = self.program.shapes.values().cloned().collect();
        let names = self.program.names.len();
        let data = ProgramData { constants: &constants, globals: &globals, shapes: &shapes, names };
        Context::new(&data, options)
    }

    /// Runs it on the interpreter; gives the exit status and what was counted. A failure has been reported.
    pub fn interpret(&self, options: Options) -> (i32, RunStatistics) {
        let mut cx = self.context(options);
        let ending = match tandem_interpreter::run(&self.program, &mut cx) {
            Outcome::Exited(status) => Ending::Exited(status),
            Outcome::Failed(failure, backtrace) => Ending::Failed(failure, backtrace),
        };
        let status = cx.conclude(ending, || Cow::Owned(tandem_mir::places::places(&self.program, &self.files)));
        (status, cx.statistics())
    }

    /// Runs it on the interpreter and keeps what it prints: that, and how it ended.
    pub fn interpret_captured(&self) -> (Vec<u8>, Ending) {
        let mut cx = self.context(Options { sink: Sink::Captured, ..Options::default() });
        let ending = tandem_interpreter::run(&self.program, &mut cx);
        (cx.take_captured(), ending)
    }

    /// Makes SSA and optimises it.
    pub fn optimize(self) -> Optimized {
        let mut program = tandem_mir::ssa::build(&self.program);
        tandem_mir::verify::debug_verify(&program, "building SSA");
        tandem_mir::opt::optimize(&mut program);
        Optimized { program, files: self.files }
    }
}

impl Optimized {
    /// The program as text.
    pub fn dump(&self) -> String {
        tandem_mir::text::print(&self.program)
    }

    /// The program in Cranelift's language.
    pub fn dump_clif(&self) -> String {
        tandem_codegen::dump_clif(&self.program)
    }

    /// The program as instructions of this processor.
    pub fn dump_asm(&self) -> String {
        tandem_codegen::dump_asm(&self.program)
    }

    /// Makes native code.
    ///
    /// # Errors
    /// When the program is too large for it.
    pub fn compile(self, target: Target) -> Result<Native, tandem_codegen::TooLarge> {
        let mut image = tandem_codegen::compile(&self.program, &CodeOptions { target })?;
        image.places = tandem_mir::places::places(&self.program, &self.files);
        Ok(Native { image })
    }
}

impl Native {
    /// Runs it; gives the exit status and what was counted. A failure has been reported.
    pub fn run(&self, options: Options) -> (i32, RunStatistics) {
        tandem_runtime::image::run_image(&self.image, options)
    }

    /// The bytes of an executable: a stub with this program behind it.
    ///
    /// # Errors
    /// When the stub is none.
    pub fn executable(&self, stub: &[u8]) -> Result<Vec<u8>, aot::BadStub> {
        aot::executable(stub, &self.image.write())
    }

    /// The code and its tables.
    pub fn image(&self) -> &Image {
        &self.image
    }
}
