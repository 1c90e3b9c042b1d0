//! Simplifies the control-flow graph, in both forms.
//!
//! - A branch whose ends are the same, or of which one is never reached, becomes a jump.
//! - What leads to an empty block that only jumps leads on to its target.
//! - A block whose only predecessor jumps to it becomes part of that.
//! - Blocks that nothing leads to go.

use cranelift_entity::packed_option::ReservedValue;
use cranelift_entity::{PrimaryMap, SecondaryMap};

use super::Substitution;
use crate::analysis::{BitSet, Cfg};
use crate::{Block, BlockId, Edge, Function, Operand, Operands, Terminator};

/// Simplifies a function.
pub fn simplify<V: Operand + ReservedValue>(function: &mut Function<V>) {
    loop {
        let mut changed = simplify_branches(function);
        changed |= skip_empty_blocks(function);
        changed |= merge_chains(function);
        if !changed {
            break;
        }
    }
    remove_unreachable(function);
}

fn simplify_branches<V: Operand>(function: &mut Function<V>) -> bool {
    let never: SecondaryMap<BlockId, bool> = {
        let mut map = SecondaryMap::new();
        for (id, block) in &function.blocks {
            map[id] = block.insts.is_empty() && block.terminator == Terminator::Unreachable;
        }
        map
    };
    let mut changed = false;
    for block in function.blocks.values_mut() {
        let simpler = match &mut block.terminator {
            Terminator::Branch { then, otherwise, .. } => {
                if then == otherwise || never[otherwise.block] {
                    Some(then.clone())
                } else if never[then.block] {
                    Some(otherwise.clone())
                } else {
                    None
                }
            }
            Terminator::Switch { cases, default, .. } => {
                let len = cases.len();
                cases.retain(|(_, edge)| edge != default);
                changed |= cases.len() != len;
                cases.is_empty().then(|| default.clone())
            }
            Terminator::Jump { to } if never[to.block] => {
                block.terminator = Terminator::Unreachable;
                changed = true;
                None
            }
            Terminator::Jump { .. } | Terminator::Return { .. } | Terminator::Fail { .. } | Terminator::Unreachable => {
                None
            }
        };
        if let Some(to) = simpler {
            block.terminator = Terminator::Jump { to };
            changed = true;
        }
    }
    changed
}

/// A block that only jumps.
#[derive(Clone)]
struct EmptyBlock<V> {
    params: Operands<V>,
    to: Edge<V>,
}

/// Skips empty blocks that only jump, and whose parameters nobody else reads.
fn skip_empty_blocks<V: Operand>(function: &mut Function<V>) -> bool {
    let Some(entry) = function.entry() else { return false };
    let mut read_elsewhere: BitSet<V> = BitSet::empty(function.lanes.len());
    for block in function.blocks.values() {
        let mut reads = |v: V| {
            if !block.params.contains(&v) {
                read_elsewhere.insert(v);
            }
        };
        block.insts.iter().for_each(|(inst, _)| inst.for_each_read(&mut reads));
        block.terminator.for_each_read(reads);
    }
    // The target of each empty block. A chain of them is followed over several rounds.
    let mut targets: SecondaryMap<BlockId, Option<EmptyBlock<V>>> = SecondaryMap::new();
    for (id, block) in &function.blocks {
        if let Terminator::Jump { to } = &block.terminator
            && block.insts.is_empty()
            && id != entry
            && to.block != id
            && targets[to.block].is_none()
            && !block.params.iter().any(|param| read_elsewhere.contains(*param))
        {
            targets[id] = Some(EmptyBlock { params: block.params.clone(), to: to.clone() });
        }
    }
    let mut changed = false;
    for (id, block) in function.blocks.iter_mut() {
        block.terminator.for_each_edge_mut(|edge| {
            let Some(EmptyBlock { params, to }) = &targets[edge.block] else { return };
            // A loop of empty blocks stays.
            if to.block == id && targets[id].is_some() {
                return;
            }
            let argument = |v: &V| params.iter().position(|param| param == v).map_or(*v, |index| edge.args[index]);
            let args = to.args.iter().map(argument).collect();
            *edge = Edge { block: to.block, args };
            changed = true;
        });
    }
    changed
}

/// Appends each block to its only predecessor if that jumps to it.
fn merge_chains<V: Operand + ReservedValue>(function: &mut Function<V>) -> bool {
    let cfg = Cfg::new(function);
    let mut substitution = Substitution::new();
    let mut changed = false;
    for &head in cfg.reverse_postorder() {
        while let Terminator::Jump { to } = &function.blocks[head].terminator {
            let next = to.block;
            // The one predecessor is this block, or a block that has become part of it.
            if next == head || cfg.predecessors(next).len() != 1 {
                break;
            }
            let args = to.args.clone();
            let block = &mut function.blocks[next];
            let params = std::mem::take(&mut block.params);
            let insts = std::mem::take(&mut block.insts);
            let terminator = std::mem::replace(&mut block.terminator, Terminator::Unreachable);
            let terminator_loc = block.terminator_loc;
            params.iter().zip(&args).for_each(|(param, arg)| substitution.replace(*param, *arg));
            let block = &mut function.blocks[head];
            block.insts.extend(insts);
            block.terminator = terminator;
            block.terminator_loc = terminator_loc;
            changed = true;
        }
    }
    substitution.apply(function);
    changed
}

/// Drops blocks that nothing leads to and numbers the others anew, in their order.
pub fn remove_unreachable<V: Operand>(function: &mut Function<V>) {
    let cfg = Cfg::new(function);
    if function.blocks.keys().all(|block| cfg.is_reachable(block)) {
        return;
    }
    let mut numbers: SecondaryMap<BlockId, BlockId> = SecondaryMap::with_default(BlockId::reserved_value());
    let mut kept = PrimaryMap::new();
    let old = std::mem::take(&mut function.blocks);
    for (id, block) in old {
        if cfg.is_reachable(id) {
            numbers[id] = kept.push(block);
        }
    }
    for block in kept.values_mut() {
        let block: &mut Block<V> = block;
        block.terminator.for_each_edge_mut(|edge| edge.block = numbers[edge.block]);
    }
    function.blocks = kept;
}
