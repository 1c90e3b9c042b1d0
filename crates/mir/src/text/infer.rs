//! Lanes of operands as they follow from their definitions.

use cranelift_entity::{PrimaryMap, SecondaryMap};
use tandem_runtime::ffi::Lane;

use crate::{Block, BlockId, FnId, GlobalId, Inst, Operand, ShapeId};

/// What definitions refer to.
pub(super) struct Context<'a, R> {
    /// Lanes of the results of each function, if it exists.
    pub results: R,
    pub globals: &'a PrimaryMap<GlobalId, Lane>,
    pub shapes: &'a PrimaryMap<ShapeId, Vec<Lane>>,
}

/// Adds to `known` (the lanes of all parameters) those that follow from instructions.
pub(super) fn infer<'a, V: Operand, R: Fn(FnId) -> Option<&'a [Lane]>>(
    cx: &Context<'a, R>,
    blocks: &PrimaryMap<BlockId, Block<V>>,
    known: &mut SecondaryMap<V, Option<Lane>>,
) {
    loop {
        let mut changed = false;
        for (inst, _) in blocks.values().flat_map(|block| &block.insts) {
            for (index, dst) in inst.dsts().iter().enumerate() {
                if known[*dst].is_none() {
                    known[*dst] = result(cx, inst, index, known);
                    changed |= known[*dst].is_some();
                }
            }
        }
        if !changed {
            return;
        }
    }
}

fn result<'a, V: Operand, R: Fn(FnId) -> Option<&'a [Lane]>>(
    cx: &Context<'a, R>,
    inst: &Inst<V>,
    index: usize,
    known: &SecondaryMap<V, Option<Lane>>,
) -> Option<Lane> {
    match inst {
        Inst::ConstInt { .. } => Some(Lane::Int),
        Inst::ConstFloat { .. } => Some(Lane::Float),
        Inst::ConstBool { .. } => Some(Lane::Bool),
        Inst::ConstNil { .. } | Inst::ConstString { .. } | Inst::TupleLit { .. } => Some(Lane::Ref),
        Inst::Copy { src, .. } => known[*src],
        Inst::UnaryOp { op, .. } | Inst::BinOp { op, .. } => Some(op.info().result),
        Inst::Call { function, .. } => (cx.results)(*function)?.get(index).copied(),
        Inst::CallRt { function, .. } => function.results.get(index).copied(),
        Inst::GlobalGet { global, .. } => cx.globals.get(*global).copied(),
        Inst::FieldGet { shape, index, .. } => cx.shapes.get(*shape)?.get(*index as usize).copied(),
        Inst::GlobalSet { .. } | Inst::Wait | Inst::CountExecution { .. } => None,
    }
}
