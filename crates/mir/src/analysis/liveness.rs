//! Liveness: which operands are read later on some path.

use cranelift_entity::SecondaryMap;

use crate::analysis::{BitSet, Cfg};
use crate::{BlockId, Function, Inst, Operand};

/// The operands alive at the borders of each reachable block.
///
/// Block parameters are defined by their block: they are not alive at its start. Arguments of edges are read by the
/// terminator of the block they leave.
#[derive(Clone, Debug)]
pub struct Liveness<V: Operand> {
    live_in: SecondaryMap<BlockId, BitSet<V>>,
    live_out: SecondaryMap<BlockId, BitSet<V>>,
}

impl<V: Operand> Liveness<V> {
    /// Liveness of a function.
    pub fn new(function: &Function<V>, cfg: &Cfg) -> Self {
        let len = function.lanes.len();
        let mut live = Liveness { live_in: SecondaryMap::new(), live_out: SecondaryMap::new() };
        for &block in cfg.reverse_postorder() {
            live.live_in[block] = BitSet::empty(len);
            live.live_out[block] = BitSet::empty(len);
        }
        let mut pending: Vec<BlockId> = cfg.reverse_postorder().to_vec();
        let mut is_pending = BitSet::full(function.blocks.len());
        while let Some(block) = pending.pop() {
            is_pending.remove(block);
            let mut out = BitSet::empty(len);
            function.blocks[block].terminator.for_each_edge(|edge| {
                out.union(&live.live_in[edge.block]);
            });
            let mut at = out.clone();
            live.live_out[block] = out;
            Self::walk(function, block, &mut at, |_, _, _| {});
            for param in &function.blocks[block].params {
                at.remove(*param);
            }
            if at != live.live_in[block] {
                live.live_in[block] = at;
                for &before in cfg.predecessors(block) {
                    if is_pending.insert(before) {
                        pending.push(before);
                    }
                }
            }
        }
        live
    }

    /// Alive at the start of a block, without its parameters.
    pub fn live_in(&self, block: BlockId) -> &BitSet<V> {
        &self.live_in[block]
    }

    /// Alive behind a block's terminator: what its successors read besides their parameters.
    pub fn live_out(&self, block: BlockId) -> &BitSet<V> {
        &self.live_out[block]
    }

    /// Calls `f` for each instruction of a block, from the last to the first, with its index and what is alive behind
    /// it (what it defines included, if that is read).
    pub fn for_each_inst_backward(
        &self,
        function: &Function<V>,
        block: BlockId,
        f: impl FnMut(usize, &Inst<V>, &BitSet<V>),
    ) {
        let mut at = self.live_out[block].clone();
        Self::walk(function, block, &mut at, f);
    }

    /// Goes from behind the terminator to the start of the block, keeping `at` up to date.
    fn walk(
        function: &Function<V>,
        block: BlockId,
        at: &mut BitSet<V>,
        mut f: impl FnMut(usize, &Inst<V>, &BitSet<V>),
    ) {
        let block = &function.blocks[block];
        block.terminator.for_each_read(|v| {
            at.insert(v);
        });
        for (index, (inst, _)) in block.insts.iter().enumerate().rev() {
            f(index, inst, at);
            for dst in inst.dsts() {
                at.remove(*dst);
            }
            inst.for_each_read(|v| {
                at.insert(v);
            });
        }
    }
}
