//! x86-64: a better epilogue than Cranelift's.
//!
//! Cranelift ends a function with `add rsp, N; mov rsp, rbp; pop rbp; ret`. The second instruction changes nothing: the
//! first has already freed the frame, whose size is fixed. But it makes the stack pointer depend on `rbp`, which the
//! callee's epilogue has just loaded from the stack, so that a chain of returns becomes a chain of loads: fib(38) takes
//! 0.26 s with it and 0.20 s without (AMD EPYC). It is overwritten by a no-op.
//!
//! The epilogue is found by the source location of its `return`: a mark of its own, beyond all places, so that the
//! stretch of code it covers ends with the epilogue and nothing else can be taken for one.

use cranelift_codegen::CompiledCode;
use cranelift_codegen::ir::SourceLoc;

/// The smallest mark. Programs have fewer places.
const MARKS: u32 = 1 << 31;

/// The source location of the function's `index`th return.
pub(crate) fn return_mark(index: u32) -> u32 {
    MARKS + index
}

/// Whether a source location is that of a return.
pub(crate) fn is_return_mark(loc: SourceLoc) -> bool {
    !loc.is_default() && loc.bits() >= MARKS
}

/// Takes the needless instruction out of all epilogues.
pub(crate) fn shorten_epilogues(code: &mut [u8], compiled: &CompiledCode) {
    const MOV_RSP_RBP: [u8; 3] = [0x48, 0x89, 0xec];
    const POP_RBP: u8 = 0x5d;
    const RET: u8 = 0xc3;
    const NO_OP: [u8; 3] = [0x0f, 0x1f, 0x00];
    for stretch in compiled.buffer.get_srclocs_sorted() {
        if !is_return_mark(stretch.loc) {
            continue;
        }
        if let Some((_, end)) = code[stretch.start as usize..stretch.end as usize].split_last_chunk_mut::<5>()
            && end[..3] == MOV_RSP_RBP
            && end[3..] == [POP_RBP, RET]
        {
            end[..3].copy_from_slice(&NO_OP);
        }
    }
}
