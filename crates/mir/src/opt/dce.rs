//! Dead code: instructions that neither fail nor change anything and whose results nobody reads, and block parameters
//! that nobody reads.

use cranelift_entity::SecondaryMap;

use super::copies::drop_params;
use crate::analysis::BitSet;
use crate::{BlockId, Function, Value};

/// Who defines a value.
#[derive(Clone, Copy)]
enum Definition {
    Nobody,
    Inst(BlockId, usize),
    Param(BlockId, usize),
}

/// Removes dead code.
pub fn remove_dead(function: &mut Function<Value>) {
    let alive = alive_values(function);
    let entry = function.entry();
    let mut dead: SecondaryMap<BlockId, Vec<bool>> = SecondaryMap::new();
    for (id, block) in function.blocks.iter_mut() {
        block.insts.retain(|(inst, _)| !inst.is_droppable() || inst.dsts().iter().any(|dst| alive.contains(*dst)));
        if Some(id) != entry {
            dead[id] = block.params.iter().map(|param| !alive.contains(*param)).collect();
        }
    }
    drop_params(function, &dead);
}

/// The values that something that stays reads, directly or not.
fn alive_values(function: &Function<Value>) -> BitSet<Value> {
    let mut definitions: SecondaryMap<Value, Definition> = SecondaryMap::with_default(Definition::Nobody);
    let mut alive = BitSet::empty(function.lanes.len());
    let mut pending = Vec::new();
    // Arguments of edges are alive only if their parameters are.
    let mut incoming: SecondaryMap<BlockId, Vec<BlockId>> = SecondaryMap::new();
    for (id, block) in &function.blocks {
        for (index, param) in block.params.iter().enumerate() {
            definitions[*param] = Definition::Param(id, index);
        }
        for (index, (inst, _)) in block.insts.iter().enumerate() {
            inst.dsts().iter().for_each(|dst| definitions[*dst] = Definition::Inst(id, index));
            if !inst.is_droppable() {
                inst.for_each_read(|v| pending.push(v));
            }
        }
        let mut terminator = block.terminator.clone();
        terminator.for_each_edge_mut(|edge| {
            incoming[edge.block].push(id);
            edge.args.clear();
        });
        terminator.for_each_read(|v| pending.push(v));
    }
    while let Some(value) = pending.pop() {
        if !alive.insert(value) {
            continue;
        }
        match definitions[value] {
            Definition::Nobody => {}
            Definition::Inst(block, index) => {
                function.blocks[block].insts[index].0.for_each_read(|v| pending.push(v));
            }
            Definition::Param(block, index) => {
                for &before in &incoming[block] {
                    function.blocks[before].terminator.for_each_edge(|edge| {
                        if edge.block == block {
                            pending.push(edge.args[index]);
                        }
                    });
                }
            }
        }
    }
    alive
}
