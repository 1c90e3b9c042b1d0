//! Conversions between numbers.

use tandem_frontend::hir::{Conversion, Expr};
use tandem_frontend::ty::IntTy;
use tandem_runtime::number::IntKind;
use tandem_runtime::{Fault, ffi};

use super::arith::{Arithmetic, check, extension};
use super::compare::Limits;
use super::{FunctionCx, Into, Regs};
use crate::{Op, Reg};

impl FunctionCx<'_> {
    pub(super) fn convert(&mut self, expr: &Expr, kind: Conversion, operand: &Expr, into: Into) -> Regs {
        let value = self.expr(operand, None);
        self.at(expr.span);
        if !self.b.is_reachable() {
            return self.new_regs(expr.ty);
        }
        let (x, from, to) = (value[0], self.arithmetic(operand.ty), self.arithmetic(expr.ty));
        let result = match (kind, from, to) {
            // Registers hold every integer widened.
            (Conversion::Widen, ..) => x,
            (Conversion::Checked, Arithmetic::Int(from), Arithmetic::Int(to)) => self.checked_int(from, to, x, into),
            (Conversion::Wrap, Arithmetic::Int(_), Arithmetic::Int(to)) => match extension(to) {
                Some(op) => self.op1(op, x, into),
                None => x,
            },
            (Conversion::IntToFloat, Arithmetic::Int(from), to) => {
                let op = if from == IntTy::U64 { Op::UIntToFloat } else { Op::IntToFloat };
                if to == Arithmetic::F32 {
                    let wide = self.op1(op, x, None);
                    self.op1(Op::FloatRoundF32, wide, into)
                } else {
                    self.op1(op, x, into)
                }
            }
            (Conversion::FloatToInt, _, Arithmetic::Int(to)) => self.float_to_int(to, x, into),
            (Conversion::FloatToFloat, _, Arithmetic::F32) => self.op1(Op::FloatRoundF32, x, into),
            (Conversion::FloatToFloat, ..) => x,
            (Conversion::BoolToInt, ..) => self.op1(Op::BoolToInt, x, into),
            (kind, from, to) => unreachable!("checked: {kind:?} of {from:?} to {to:?}"),
        };
        Regs::from_slice(&[result])
    }

    /// R0001 unless the integer fits.
    fn checked_int(&mut self, from: IntTy, to: IntTy, x: Reg, into: Into) -> Reg {
        // Between `u64` and signed types the bits of large values mean something else.
        if (from == IntTy::U64) != (to == IntTy::U64) {
            let zero = self.b.int(0);
            let fits = self.b.binary(Op::IntLe, zero, x);
            let (ok, failed) = (self.b.block(), self.b.cold_block());
            self.b.branch(fits, ok, failed);
            self.b.switch_to(failed);
            self.b.fail(Fault::Overflow, None);
            self.b.switch_to(ok);
        }
        match check(to) {
            Some(op) => self.op1(op, x, into),
            None => x,
        }
    }

    /// R0007 unless the float, truncated, is in range.
    fn float_to_int(&mut self, to: IntTy, x: Reg, into: Into) -> Reg {
        let limits = Limits::of(to);
        let whole = self.b.unary(Op::FloatTrunc, x);
        let (least, above) = (self.b.float(limits.least), self.b.float(limits.above));
        let enough = self.b.binary(Op::FloatLe, least, whole);
        let below = self.b.binary(Op::FloatLt, whole, above);
        let fits = self.b.binary(Op::BoolAnd, enough, below);
        let (ok, failed) = (self.b.block(), self.b.cold_block());
        self.b.branch(fits, ok, failed);
        self.b.switch_to(failed);
        // It fails with the message.
        let kind = self.b.int(kind(to) as i64);
        self.b.call_rt(&ffi::FLOAT_NARROW, &[x, kind]);
        self.b.unreachable();
        self.b.switch_to(ok);
        self.op1(limits.to_int, whole, into)
    }
}

/// The type's number in the runtime.
fn kind(int: IntTy) -> IntKind {
    match int {
        IntTy::I8 => IntKind::I8,
        IntTy::I16 => IntKind::I16,
        IntTy::I32 => IntKind::I32,
        IntTy::I64 => IntKind::I64,
        IntTy::U8 => IntKind::U8,
        IntTy::U16 => IntKind::U16,
        IntTy::U32 => IntKind::U32,
        IntTy::U64 => IntKind::U64,
    }
}
