//! Arithmetic that takes more than one instruction: what the rows of the operation table call.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, Opcode, Type, ValueDef, types};
use tandem_runtime::Fault;

use crate::function::FunctionLowering;

impl FunctionLowering<'_> {
    /// A constant `Int`.
    pub(crate) fn int(&mut self, value: i64) -> ir::Value {
        self.ins().iconst(types::I64, value)
    }

    /// A constant `Bool`.
    pub(crate) fn bool(&mut self, value: bool) -> ir::Value {
        self.ins().iconst(types::I8, i64::from(value))
    }

    /// Fails if `b` is zero.
    pub(crate) fn check_zero(&mut self, b: ir::Value) {
        if self.constant(b).is_none_or(|b| b == 0) {
            let zero = self.int(0);
            let is_zero = self.ins().icmp(IntCC::Equal, b, zero);
            self.fail_if(is_zero, Fault::DivisionByZero);
        }
    }

    /// Fails if `a / b` has no result: `b` is zero, or the quotient does not fit. One comparison on the usual path.
    pub(crate) fn check_division(&mut self, a: ir::Value, b: ir::Value) {
        if self.constant(b).is_some_and(|b| b != 0 && b != -1) {
            return;
        }
        let one = self.int(1);
        let above = self.ins().iadd(b, one);
        let unusual = self.ins().icmp(IntCC::UnsignedLessThanOrEqual, above, one);
        let cold = self.cold_block();
        let go_on = self.builder.create_block();
        self.ins().brif(unusual, cold, &[], go_on, &[]);

        self.enter_block(cold);
        let zero = self.int(0);
        let is_zero = self.ins().icmp(IntCC::Equal, b, zero);
        self.fail_if(is_zero, Fault::DivisionByZero);
        let min = self.int(i64::MIN);
        let is_min = self.ins().icmp(IntCC::Equal, a, min);
        self.fail_if(is_min, Fault::Overflow);
        self.ins().jump(go_on, &[]);
        self.enter_block(go_on);
    }

    /// Quotient rounded down and its remainder, of a division that has been checked.
    pub(crate) fn floor_division(&mut self, a: ir::Value, b: ir::Value) -> (ir::Value, ir::Value) {
        if let Some(shift) = self.power_of_two(b) {
            let count = self.int(shift);
            let quotient = self.ins().sshr(a, count);
            return (quotient, self.floor_modulo(a, b));
        }
        let quotient = self.ins().sdiv(a, b);
        let product = self.ins().imul(quotient, b);
        let remainder = self.ins().isub(a, product);
        let below = self.signs_differ(remainder, b);
        let one = self.ins().uextend(types::I64, below);
        let floor = self.ins().isub(quotient, one);
        let sum = self.ins().iadd(remainder, b);
        (floor, self.ins().select(below, sum, remainder))
    }

    /// Remainder with the sign of `b`, which is not zero.
    pub(crate) fn floor_modulo(&mut self, a: ir::Value, b: ir::Value) -> ir::Value {
        if let Some(shift) = self.power_of_two(b) {
            let mask = self.int((1 << shift) - 1);
            return self.ins().band(a, mask);
        }
        let remainder = self.ins().srem(a, b);
        let below = self.signs_differ(remainder, b);
        let sum = self.ins().iadd(remainder, b);
        self.ins().select(below, sum, remainder)
    }

    /// Whether a remainder is not zero and has another sign than the divisor.
    fn signs_differ(&mut self, remainder: ir::Value, divisor: ir::Value) -> ir::Value {
        let zero = self.int(0);
        let some = self.ins().icmp(IntCC::NotEqual, remainder, zero);
        let signs = self.ins().bxor(remainder, divisor);
        let differ = self.ins().icmp(IntCC::SignedLessThan, signs, zero);
        self.ins().band(some, differ)
    }

    /// Keeps the low bits, signed.
    pub(crate) fn sign_extend(&mut self, narrow: Type, value: ir::Value) -> ir::Value {
        let low = self.ins().ireduce(narrow, value);
        self.ins().sextend(types::I64, low)
    }

    /// Keeps the low bits, unsigned.
    pub(crate) fn zero_extend(&mut self, narrow: Type, value: ir::Value) -> ir::Value {
        let low = self.ins().ireduce(narrow, value);
        self.ins().uextend(types::I64, low)
    }

    /// `value`, which has overflowed unless `narrowed` is the same.
    pub(crate) fn check_same(&mut self, value: ir::Value, narrowed: ir::Value) -> ir::Value {
        let differ = self.ins().icmp(IntCC::NotEqual, value, narrowed);
        self.fail_if(differ, Fault::Overflow);
        value
    }

    /// The exponent of a constant power of two.
    fn power_of_two(&self, value: ir::Value) -> Option<i64> {
        let constant = self.constant(value)?;
        (constant > 0 && constant & (constant - 1) == 0).then(|| i64::from(constant.trailing_zeros()))
    }

    /// The number, when a value is a constant.
    fn constant(&self, value: ir::Value) -> Option<i64> {
        let dfg = &self.builder.func.dfg;
        let ValueDef::Result(inst, _) = dfg.value_def(value) else { return None };
        if let ir::InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } = dfg.insts[inst] {
            Some(imm.bits())
        } else {
            None
        }
    }
}
