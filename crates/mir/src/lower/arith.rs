//! Arithmetic, by the type of the operands.
//!
//! Narrow integers: the operation on `int`, then a check or, where it wraps, an extension. That is enough: a result
//! that does not fit `int` (`u32 * u32`) does not fit the narrow type either, and `-128i8 // -1` gives 128, which the
//! check refuses. `u64` has operations of its own. An `f32` is rounded after each operation.

use tandem_frontend::hir::{BinaryOp, Expr, ExprKind, UnaryOp};
use tandem_frontend::ty::{IntTy, Ty, TyKind};
use tandem_runtime::Fault;
use tandem_runtime::ffi;

use super::{FunctionCx, Into, Regs};
use crate::{Inst, Lane, Op, Reg};

/// How a type computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Int(IntTy),
    Float,
    F32,
    Bool,
}

impl FunctionCx<'_> {
    /// How values of a type compute.
    pub(super) fn arithmetic(&self, ty: Ty) -> Arithmetic {
        match self.kind(ty) {
            TyKind::Int(int) => Arithmetic::Int(*int),
            TyKind::Float => Arithmetic::Float,
            TyKind::F32 => Arithmetic::F32,
            TyKind::Bool => Arithmetic::Bool,
            other @ (TyKind::Str
            | TyKind::Nil
            | TyKind::Never
            | TyKind::Tuple(_)
            | TyKind::Option(_)
            | TyKind::Range
            | TyKind::Array(_)
            | TyKind::FnItem(_)
            | TyKind::Error
            | TyKind::Var(_)) => unreachable!("checked: {other:?} has no arithmetic"),
        }
    }

    /// The type of operands of which one may not come back.
    pub(super) fn operand_type(&self, lhs: &Expr, rhs: &Expr) -> Ty {
        if matches!(self.kind(lhs.ty), TyKind::Never) { rhs.ty } else { lhs.ty }
    }

    pub(super) fn unary(&mut self, expr: &Expr, op: UnaryOp, operand: &Expr, into: Into) -> Regs {
        let arg = self.scalar(operand, expr.ty);
        self.at(expr.span);
        if !self.b.is_reachable() {
            return self.new_regs(expr.ty);
        }
        let result = match (op, self.arithmetic(expr.ty)) {
            (UnaryOp::Neg, Arithmetic::Int(IntTy::U64)) => {
                let zero = self.b.int(0);
                self.op2(Op::UIntSub, zero, arg, into)
            }
            (UnaryOp::Neg, Arithmetic::Int(int)) => self.checked(int, into, |cx, into| cx.op1(Op::IntNeg, arg, into)),
            (UnaryOp::BitNot, Arithmetic::Int(int)) => {
                self.wrapped(int, into, |cx, into| cx.op1(Op::IntNot, arg, into))
            }
            (UnaryOp::Neg, Arithmetic::Float | Arithmetic::F32) => self.op1(Op::FloatNeg, arg, into),
            (UnaryOp::Not, Arithmetic::Bool) => self.op1(Op::BoolNot, arg, into),
            (op, of) => unreachable!("checked: {op:?} on {of:?}"),
        };
        Regs::from_slice(&[result])
    }

    pub(super) fn binary(&mut self, expr: &Expr, op: BinaryOp, lhs: &Expr, rhs: &Expr, into: Into) -> Regs {
        let is_shift = matches!(op, BinaryOp::Shl | BinaryOp::Shr);
        let ty = if is_shift { lhs.ty } else { self.operand_type(lhs, rhs) };
        let values = self.operands(&[(lhs, ty), (rhs, if is_shift { rhs.ty } else { ty })]);
        self.at(expr.span);
        if !self.b.is_reachable() {
            return self.new_regs(expr.ty);
        }
        let (a, b) = (values[0][0], values[1][0]);
        let result = match self.arithmetic(ty) {
            Arithmetic::Int(int) if is_shift => self.shift(int, op, a, rhs, b, into),
            Arithmetic::Int(int) => self.int_binary(int, op, a, b, into),
            Arithmetic::Float => self.float_binary(op, a, b, into),
            Arithmetic::F32 => {
                let wide = self.float_binary(op, a, b, None);
                self.op1(Op::FloatRoundF32, wide, into)
            }
            Arithmetic::Bool => self.op2(bool_op(op), a, b, into),
        };
        Regs::from_slice(&[result])
    }

    fn int_binary(&mut self, int: IntTy, op: BinaryOp, a: Reg, b: Reg, into: Into) -> Reg {
        let unsigned = int == IntTy::U64;
        let by_sign = |signed, of_u64| if unsigned { of_u64 } else { signed };
        match op {
            BinaryOp::Add => self.checked(int, into, |cx, to| cx.op2(by_sign(Op::IntAdd, Op::UIntAdd), a, b, to)),
            BinaryOp::Sub => self.checked(int, into, |cx, to| cx.op2(by_sign(Op::IntSub, Op::UIntSub), a, b, to)),
            BinaryOp::Mul => self.checked(int, into, |cx, to| cx.op2(by_sign(Op::IntMul, Op::UIntMul), a, b, to)),
            BinaryOp::Div => self.checked(int, into, |cx, to| cx.op2(by_sign(Op::IntDiv, Op::UIntDiv), a, b, to)),
            BinaryOp::FloorDiv => {
                self.checked(int, into, |cx, to| cx.op2(by_sign(Op::IntFloorDiv, Op::UIntDiv), a, b, to))
            }
            BinaryOp::Pow => self.checked(int, into, |cx, to| {
                let dst = cx.one(to, Lane::Int);
                let function = if unsigned { &ffi::UINT_POW } else { &ffi::INT_POW };
                cx.b.inst(Inst::CallRt {
                    dsts: [dst].into_iter().collect(),
                    function,
                    args: [a, b].into_iter().collect(),
                });
                dst
            }),
            BinaryOp::Rem => self.op2(by_sign(Op::IntRem, Op::UIntRem), a, b, into),
            BinaryOp::Mod => self.op2(by_sign(Op::IntMod, Op::UIntRem), a, b, into),
            BinaryOp::WrapAdd => self.wrapped(int, into, |cx, to| cx.op2(Op::IntWrapAdd, a, b, to)),
            BinaryOp::WrapSub => self.wrapped(int, into, |cx, to| cx.op2(Op::IntWrapSub, a, b, to)),
            BinaryOp::WrapMul => self.wrapped(int, into, |cx, to| cx.op2(Op::IntWrapMul, a, b, to)),
            BinaryOp::BitAnd => self.op2(Op::IntAnd, a, b, into),
            BinaryOp::BitOr => self.op2(Op::IntOr, a, b, into),
            BinaryOp::BitXor => self.op2(Op::IntXor, a, b, into),
            BinaryOp::Shl | BinaryOp::Shr => unreachable!("shifts are lowered by `shift`"),
        }
    }

    fn float_binary(&mut self, op: BinaryOp, a: Reg, b: Reg, into: Into) -> Reg {
        let function = match op {
            BinaryOp::Add => return self.op2(Op::FloatAdd, a, b, into),
            BinaryOp::Sub => return self.op2(Op::FloatSub, a, b, into),
            BinaryOp::Mul => return self.op2(Op::FloatMul, a, b, into),
            BinaryOp::Div => return self.op2(Op::FloatDiv, a, b, into),
            BinaryOp::FloorDiv => &ffi::FLOAT_FLOOR_DIV,
            BinaryOp::Rem => &ffi::FLOAT_REM,
            BinaryOp::Mod => &ffi::FLOAT_MOD,
            BinaryOp::Pow => &ffi::FLOAT_POW,
            BinaryOp::WrapAdd
            | BinaryOp::WrapSub
            | BinaryOp::WrapMul
            | BinaryOp::BitAnd
            | BinaryOp::BitOr
            | BinaryOp::BitXor
            | BinaryOp::Shl
            | BinaryOp::Shr => unreachable!("checked: {op:?} is not for floats"),
        };
        let dst = self.one(into, Lane::Float);
        self.b.inst(Inst::CallRt { dsts: [dst].into_iter().collect(), function, args: [a, b].into_iter().collect() });
        dst
    }

    /// R0005 unless the count is within the width.
    fn shift(&mut self, int: IntTy, op: BinaryOp, a: Reg, count: &Expr, n: Reg, into: Into) -> Reg {
        let width = width(int);
        let is_known = matches!(count.kind, ExprKind::Int(known) if (0..width).contains(&known));
        if !is_known {
            let limit = self.b.int(width);
            let fits = self.b.binary(Op::UIntLt, n, limit);
            let (ok, failed) = (self.b.block(), self.b.cold_block());
            self.b.branch(fits, ok, failed);
            self.b.switch_to(failed);
            self.append_text("shift count ");
            self.append_scalar(count.ty, n);
            self.append_text(&format!(" is outside the width {width}"));
            self.fail_with_text(Fault::ShiftCount);
            self.b.switch_to(ok);
        }
        if op == BinaryOp::Shl {
            return self.wrapped(int, into, |cx, to| cx.op2(Op::IntShl, a, n, to));
        }
        self.op2(if is_signed(int) { Op::IntSar } else { Op::IntShr }, a, n, into)
    }

    // ---- building blocks

    /// The register offered, or a new one.
    pub(super) fn one(&mut self, into: Into, lane: Lane) -> Reg {
        match into {
            Some([reg]) if self.b.lane(*reg) == lane => *reg,
            Some(_) | None => self.b.reg(lane),
        }
    }

    pub(super) fn op1(&mut self, op: Op, arg: Reg, into: Into) -> Reg {
        let dst = self.one(into, op.info().result);
        self.b.inst(Inst::UnaryOp { dst, op, arg });
        dst
    }

    pub(super) fn op2(&mut self, op: Op, lhs: Reg, rhs: Reg, into: Into) -> Reg {
        let dst = self.one(into, op.info().result);
        self.b.inst(Inst::BinOp { dst, op, lhs, rhs });
        dst
    }

    /// A result that must fit its type.
    fn checked(&mut self, int: IntTy, into: Into, result: impl FnOnce(&mut Self, Into) -> Reg) -> Reg {
        match check(int) {
            None => result(self, into),
            Some(op) => {
                let wide = result(self, None);
                self.op1(op, wide, into)
            }
        }
    }

    /// A result of which the bits of its type are kept.
    fn wrapped(&mut self, int: IntTy, into: Into, result: impl FnOnce(&mut Self, Into) -> Reg) -> Reg {
        match extension(int) {
            None => result(self, into),
            Some(op) => {
                let wide = result(self, None);
                self.op1(op, wide, into)
            }
        }
    }
}

/// The operation on bools.
fn bool_op(op: BinaryOp) -> Op {
    match op {
        BinaryOp::BitAnd => Op::BoolAnd,
        BinaryOp::BitOr => Op::BoolOr,
        BinaryOp::BitXor => Op::BoolNe,
        BinaryOp::Add
        | BinaryOp::Sub
        | BinaryOp::Mul
        | BinaryOp::Div
        | BinaryOp::FloorDiv
        | BinaryOp::Rem
        | BinaryOp::Mod
        | BinaryOp::Pow
        | BinaryOp::WrapAdd
        | BinaryOp::WrapSub
        | BinaryOp::WrapMul
        | BinaryOp::Shl
        | BinaryOp::Shr => unreachable!("checked: {op:?} is not for bools"),
    }
}

/// The check that an `int` fits; none for the widths that have operations of their own.
pub(super) fn check(int: IntTy) -> Option<Op> {
    match int {
        IntTy::I8 => Some(Op::CheckI8),
        IntTy::I16 => Some(Op::CheckI16),
        IntTy::I32 => Some(Op::CheckI32),
        IntTy::U8 => Some(Op::CheckU8),
        IntTy::U16 => Some(Op::CheckU16),
        IntTy::U32 => Some(Op::CheckU32),
        IntTy::I64 | IntTy::U64 => None,
    }
}

/// Keeps the bits of a width; none if that is all of them.
pub(super) fn extension(int: IntTy) -> Option<Op> {
    match int {
        IntTy::I8 => Some(Op::SignExtend8),
        IntTy::I16 => Some(Op::SignExtend16),
        IntTy::I32 => Some(Op::SignExtend32),
        IntTy::U8 => Some(Op::ZeroExtend8),
        IntTy::U16 => Some(Op::ZeroExtend16),
        IntTy::U32 => Some(Op::ZeroExtend32),
        IntTy::I64 | IntTy::U64 => None,
    }
}

/// Bits of a type.
pub(super) fn width(int: IntTy) -> i64 {
    match int {
        IntTy::I8 | IntTy::U8 => 8,
        IntTy::I16 | IntTy::U16 => 16,
        IntTy::I32 | IntTy::U32 => 32,
        IntTy::I64 | IntTy::U64 => 64,
    }
}

pub(super) fn is_signed(int: IntTy) -> bool {
    match int {
        IntTy::I8 | IntTy::I16 | IntTy::I32 | IntTy::I64 => true,
        IntTy::U8 | IntTy::U16 | IntTy::U32 | IntTy::U64 => false,
    }
}
