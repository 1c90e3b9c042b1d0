//! Failing.
//!
//! A failure is a call that does not come back: of a small function of the image, one per fault ([`crate::stub`]), which
//! calls `rt_fail`. The runtime finds the place by the return address, so each place of a function has its own call, in a
//! cold block that all checks of the same fault there share.

use cranelift_codegen::ir::{self, Block, InstBuilder};
use tandem_mir::{LocId, Value};
use tandem_runtime::Fault;
use tandem_runtime::ffi::failing;

use crate::function::{FunctionLowering, UNREACHABLE};
use crate::stub::Symbol;

impl FunctionLowering<'_> {
    /// Fails at the current location if `condition` is true.
    pub(crate) fn fail_if(&mut self, condition: ir::Value, fault: Fault) {
        let fail = self.failure(fault);
        let go_on = self.builder.create_block();
        self.ins().brif(condition, fail, &[], go_on, &[]);
        self.enter_block(go_on);
    }

    /// The block that fails at the current location.
    fn failure(&mut self, fault: Fault) -> Block {
        if let Some(block) = self.failures.get(&(fault, self.loc)) {
            return *block;
        }
        let block = self.cold_block();
        self.failures.insert((fault, self.loc), block);
        block
    }

    /// Fills the cold blocks, when all checks are emitted.
    pub(crate) fn emit_failures(&mut self) {
        let mut failures: Vec<((Fault, LocId), Block)> = self.failures.drain().collect();
        failures.sort_by_key(|(_, block)| *block);
        for ((fault, loc), block) in failures {
            self.enter_block(block);
            self.set_loc(loc);
            self.fail(fault);
        }
    }

    /// Ends the current block by failing.
    pub(crate) fn fail(&mut self, fault: Fault) {
        let stub = self.symbol(Symbol::Fail(fault));
        let cx = self.cx;
        self.ins().call(stub, &[cx]);
        self.ins().trap(UNREACHABLE);
    }

    /// Ends the current block by failing with a message.
    pub(crate) fn fail_with(&mut self, fault: Fault, message: Value) {
        let fault = self.int(i64::from(fault.number()));
        let args = [self.cx, fault, self.value(message)];
        self.call_runtime(&failing::FAIL, &args);
        self.ins().trap(UNREACHABLE);
    }
}
