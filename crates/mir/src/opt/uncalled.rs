//! Drops functions that the entry does not reach (all their calls have been inlined) and numbers the others anew, in
//! their order.

use cranelift_entity::{PrimaryMap, SecondaryMap};

use crate::{FnId, Inst, Program, Value};

/// Drops functions that are not called any more.
pub fn remove_uncalled(program: &mut Program<Value>) {
    let mut is_called: SecondaryMap<FnId, bool> = SecondaryMap::new();
    let mut pending = vec![program.entry];
    while let Some(id) = pending.pop() {
        if std::mem::replace(&mut is_called[id], true) {
            continue;
        }
        for (inst, _) in program.functions[id].blocks.values().flat_map(|block| &block.insts) {
            if let Inst::Call { function, .. } = inst {
                pending.push(*function);
            }
        }
    }
    let mut numbers: SecondaryMap<FnId, Option<FnId>> = SecondaryMap::new();
    let mut kept = PrimaryMap::new();
    for (id, function) in std::mem::take(&mut program.functions) {
        if is_called[id] {
            numbers[id] = Some(kept.push(function));
        }
    }
    let number = |id: FnId| numbers[id].expect("functions that are called are kept");
    for function in kept.values_mut() {
        for (inst, _) in function.blocks.values_mut().flat_map(|block| &mut block.insts) {
            if let Inst::Call { function, .. } = inst {
                *function = number(*function);
            }
        }
    }
    program.functions = kept;
    program.entry = number(program.entry);
}
