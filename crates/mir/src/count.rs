//! Makes test builds count which functions run.

use crate::{Inst, LocId, Operand, Program};

/// Puts `CountExecution` first in each function. It survives inlining, so a function counts wherever its code runs.
pub fn count_executions<V: Operand>(program: &mut Program<V>) {
    for function in program.functions.values_mut() {
        let name = function.name;
        let Some(entry) = function.entry() else { continue };
        let entry = &mut function.blocks[entry];
        let loc: LocId = entry.insts.first().map_or(entry.terminator_loc, |(_, loc)| *loc);
        entry.insts.insert(0, (Inst::CountExecution { name }, loc));
    }
}
