//! Safepoints: polls, and what surrounds a call during which objects may move.
//!
//! A poll compares the stack pointer with the context's limit. The limit is also the interrupt flag: raised to the
//! highest address, it makes every poll take its cold path, which calls the image's interrupt function. That one
//! preserves all registers, so a poll does not disturb the registers of the loop around it.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    self, Inst, InstBuilder, SourceLoc, StackSlot, StackSlotData, StackSlotKind, UserStackMapEntry, types,
};
use cranelift_frontend::FunctionBuilder;
use tandem_mir::analysis::Cfg;
use tandem_mir::{BlockId, Function, Value};
use tandem_runtime::context::offset;

use crate::function::FunctionLowering;
use crate::memory::Region;
use crate::roots::Home;
use crate::stub::Symbol;

/// Instructions of a leaf that surely fits the stack below the limit.
const SMALL_LEAF: usize = 500;

/// A slot for a reference.
pub(crate) fn slot(builder: &mut FunctionBuilder<'_>) -> StackSlot {
    builder.create_sized_stack_slot(StackSlotData::new(StackSlotKind::ExplicitSlot, 8, 3))
}

/// Whether a function has to check the stack when it begins: those that call no other and do not loop leave it to their
/// caller, unless they are large.
pub(crate) fn needs_prologue_poll(function: &Function<Value>, cfg: &Cfg) -> bool {
    let mut length = 0;
    for &block in cfg.reverse_postorder() {
        let insts = &function.blocks[block].insts;
        length += insts.len();
        if insts.iter().any(|(inst, _)| matches!(inst, tandem_mir::Inst::Call { .. } | tandem_mir::Inst::Wait)) {
            return true;
        }
    }
    length > SMALL_LEAF
}

impl FunctionLowering<'_> {
    /// The poll of `Wait`.
    pub(crate) fn poll(&mut self, at: (BlockId, usize)) {
        let alive = self.roots.alive_after(at.0, at.1).to_vec();
        self.poll_with(&alive);
    }

    /// The poll of the prologue. It has no place: a stack overflow is reported at the call.
    pub(crate) fn prologue_poll(&mut self) {
        self.builder.set_srcloc(SourceLoc::default());
        let alive = self.roots.alive_at_entry().to_vec();
        self.poll_with(&alive);
    }

    fn poll_with(&mut self, alive: &[Value]) {
        let cx = self.cx;
        let limit = self.load(types::I64, Region::Limit, cx, offset::STACK_LIMIT);
        let sp = self.ins().get_stack_pointer(types::I64);
        let below = self.ins().icmp(IntCC::UnsignedLessThan, sp, limit);
        let cold = self.cold_block();
        let go_on = self.builder.create_block();
        self.ins().brif(below, cold, &[], go_on, &[]);

        self.enter_block(cold);
        self.spill_values(alive);
        let interrupt = self.symbol(Symbol::Interrupt);
        let call = self.ins().call(interrupt, &[cx]);
        self.reload_values(call, alive);
        self.ins().jump(go_on, &[]);
        self.enter_block(go_on);
    }

    /// Puts what is alive across the safepoint there into its slots.
    pub(crate) fn spill(&mut self, at: (BlockId, usize)) {
        let alive = self.roots.alive_after(at.0, at.1).to_vec();
        self.spill_values(&alive);
    }

    /// Names the slots in the stack map of a call, and reads back what may have moved.
    pub(crate) fn reload(&mut self, call: Inst, at: (BlockId, usize)) {
        let alive = self.roots.alive_after(at.0, at.1).to_vec();
        self.reload_values(call, &alive);
    }

    fn spill_values(&mut self, alive: &[Value]) {
        for value in alive {
            if let Home::Spilled { slot } = self.roots.home(*value) {
                let value = self.value(*value);
                self.store_root(slot, value);
            }
        }
    }

    fn reload_values(&mut self, call: Inst, alive: &[Value]) {
        for value in alive {
            let slot = self.roots.home(*value).slot().expect("what is alive across a safepoint has a slot");
            let slot = self.slots[slot];
            let entry = UserStackMapEntry { ty: types::I64, slot, offset: 0 };
            self.builder.func.dfg.append_user_stack_map_entry(call, entry);
            let address = self.ins().stack_addr(types::I64, slot, 0);
            let moved = self.load(types::I64, Region::Roots, address, 0);
            self.rebind(*value, moved);
        }
    }

    /// Stores a reference in its slot.
    pub(crate) fn store_root(&mut self, slot: usize, value: ir::Value) {
        let slot = self.slots[slot];
        let address = self.ins().stack_addr(types::I64, slot, 0);
        self.store(Region::Roots, value, address, 0);
    }
}
