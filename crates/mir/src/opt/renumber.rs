//! Numbers blocks in reverse postorder (cold ones last) and values in the order of their definitions.

use cranelift_entity::packed_option::ReservedValue;
use cranelift_entity::{PrimaryMap, SecondaryMap};

use crate::analysis::Cfg;
use crate::{BlockId, Function, Role, Temperature, Value};

/// Numbers blocks and values anew; unreachable blocks go.
pub fn renumber(function: &mut Function<Value>) {
    let cfg = Cfg::new(function);
    let is_cold = |block: &BlockId| function.blocks[*block].temperature == Temperature::Cold;
    let (mut order, cold): (Vec<BlockId>, Vec<BlockId>) =
        cfg.reverse_postorder().iter().partition(|block| !is_cold(block) || Some(**block) == function.entry());
    order.extend(cold);

    let mut block_numbers: SecondaryMap<BlockId, BlockId> = SecondaryMap::with_default(BlockId::reserved_value());
    for (index, block) in order.iter().enumerate() {
        block_numbers[*block] = BlockId::from_u32(index as u32);
    }
    let mut lanes = PrimaryMap::new();
    let mut numbers: SecondaryMap<Value, Value> = SecondaryMap::with_default(Value::reserved_value());
    for block in &order {
        let block = &function.blocks[*block];
        for v in block.params.iter().chain(block.insts.iter().flat_map(|(inst, _)| inst.dsts())) {
            numbers[*v] = lanes.push(function.lanes[*v]);
        }
    }
    let mut blocks = PrimaryMap::with_capacity(order.len());
    for id in &order {
        let mut block = function.blocks[*id].clone();
        block.params.iter_mut().for_each(|param| *param = numbers[*param]);
        for (inst, _) in &mut block.insts {
            *inst = inst.map(|v, _: Role| numbers[v]);
        }
        block.terminator = block.terminator.map(|v| numbers[v], |block| block_numbers[block]);
        blocks.push(block);
    }
    function.params.iter_mut().for_each(|param| *param = numbers[*param]);
    function.blocks = blocks;
    function.lanes = lanes;
}
