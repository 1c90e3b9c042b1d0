//! Copy propagation: copies, and block parameters that always get the same value, are replaced by what they stand for.

use cranelift_entity::SecondaryMap;

use super::Substitution;
use crate::analysis::Cfg;
use crate::{BlockId, Function, Inst, Value};

/// Propagates copies.
pub fn propagate(function: &mut Function<Value>) {
    let mut substitution = Substitution::new();
    for block in function.blocks.values_mut() {
        block.insts.retain(|(inst, _)| {
            let Inst::Copy { dst, src } = inst else { return true };
            substitution.replace(*dst, *src);
            false
        });
    }
    let cfg = Cfg::new(function);
    let mut redundant: SecondaryMap<BlockId, Vec<bool>> = SecondaryMap::new();
    loop {
        let mut changed = false;
        for &id in cfg.reverse_postorder() {
            let params = function.blocks[id].params.clone();
            redundant[id].resize(params.len(), false);
            for (index, param) in params.iter().enumerate() {
                if !redundant[id][index]
                    && let Some(value) = only_argument(function, &cfg, &substitution, id, index, *param)
                {
                    substitution.replace(*param, value);
                    redundant[id][index] = true;
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
    drop_params(function, &redundant);
    substitution.apply(function);
}

/// The one value that a parameter gets besides itself.
fn only_argument(
    function: &Function<Value>,
    cfg: &Cfg,
    substitution: &Substitution<Value>,
    id: BlockId,
    index: usize,
    param: Value,
) -> Option<Value> {
    let mut only = None;
    let mut differ = cfg.predecessors(id).is_empty();
    for &before in cfg.predecessors(id) {
        function.blocks[before].terminator.for_each_edge(|edge| {
            if edge.block == id {
                let value = substitution.resolve(edge.args[index]);
                differ |= value != param && *only.get_or_insert(value) != value;
            }
        });
    }
    if differ { None } else { only.filter(|value| *value != param) }
}

/// Drops the parameters that are marked, and the arguments for them.
pub(super) fn drop_params(function: &mut Function<Value>, marked: &SecondaryMap<BlockId, Vec<bool>>) {
    let retain = |operands: &mut crate::Operands<Value>, marks: &[bool]| {
        let mut marks = marks.iter();
        operands.retain(|_| !marks.next().copied().unwrap_or(false));
    };
    let entry = function.entry();
    for (id, block) in function.blocks.iter_mut() {
        if Some(id) != entry {
            retain(&mut block.params, &marked[id]);
        }
        block.terminator.for_each_edge_mut(|edge| retain(&mut edge.args, &marked[edge.block]));
    }
}
