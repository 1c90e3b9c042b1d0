//! Native code: MIR in SSA to x86-64 through Cranelift.
//!
//! [`compile`] makes an [`Image`]: position-independent code, stack maps and places as plain data. The JIT loads it into
//! memory ([`tandem_runtime::image`]); [`aot`] appends it to the stub of an executable. There is no third way and no
//! linker: calls between functions of the program are relative and patched by [`image`], calls of the runtime go through
//! the table in the context, and nothing else is referred to.
//!
//! No rule of the language stands here. A regular operation is emitted by the `lower` side of its row in the operation
//! table ([`op`]), everything else by its structural instruction ([`inst`], [`call`]).
//!
//! Conventions of the code:
//! - language functions use Cranelift's `tail` convention: the context, then one parameter per lane; results by lane;
//! - runtime functions and the image's entry use System V;
//! - prologues and [`Wait`](tandem_mir::Inst::Wait) compare the stack pointer with the context's limit ([`safepoint`]);
//! - references that are alive across a safepoint lie in the slots that [`roots`] gives them.

pub mod aot;
#[path = "arch/x86_64.rs"]
mod arch;
mod arithmetic;
mod call;
mod fail;
mod function;
mod image;
mod inst;
mod isa;
mod memory;
mod op;
mod roots;
mod safepoint;
mod stub;
mod tuple;

use tandem_mir::{Program, Value};
use tandem_runtime::image::Image;

pub use image::TooLarge;

/// What to compile for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The processor.
    pub target: Target,
}

/// Which instructions the processor has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// Those of the processor we run on.
    #[default]
    Host,
    /// Those of x86-64-v2, for executables that go elsewhere.
    Baseline,
}

/// Compiles every function of a program. [`Image::places`] is left empty: it needs the source text, and whoever has that
/// fills it in.
pub fn compile(program: &Program<Value>, options: &Options) -> Result<Image, TooLarge> {
    image::compile(program, options)
}

/// The program as Cranelift's intermediate language, before its optimisations.
pub fn dump_clif(program: &Program<Value>) -> String {
    image::dump(program, image::Stage::Clif)
}

/// The program as instructions of the processor we run on.
pub fn dump_asm(program: &Program<Value>) -> String {
    image::dump(program, image::Stage::Asm)
}
